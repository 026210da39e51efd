//! Rows on their way out: read, encoded, packed and sent batch by batch, with a bounded queue between
//! disk and client. A stream of any size costs a few batches of memory.

use super::bend::Bend;
use crate::Error;
use crate::app::App;
use crate::faults::Fault;
use arrow::datatypes::SchemaRef;
use arrow::ipc::writer::StreamWriter;
use arrow::record_batch::RecordBatch;
use axum::body::Body;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderValue, Response};
use odps::tunnel::coding::{Coding, Packer};
use odps::tunnel::frame::CHUNK_SIZE;
use odps::tunnel::rows::{Writer, moment_schema, with_moments};
use odps::tunnel::{records, rows};
use odps::types::Type;
use std::io::Write as _;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Encoded batches that may wait for the client.
const QUEUE: usize = 4;

/// The forms in which rows travel.
pub(crate) enum Encoder {
    /// A framed Arrow stream.
    Arrow(Box<Writer>),
    /// The same with timestamps as seconds and nanoseconds.
    Moments(Box<Writer>, SchemaRef),
    /// The same with text that is no UTF-8 in one row of each batch.
    Wounded(Box<Writer>, u64),
    /// Protobuf records.
    Records(records::Writer),
    /// A plain Arrow stream with its schema, timestamps as seconds and nanoseconds.
    Plain(Box<StreamWriter<Vec<u8>>>, SchemaRef),
}

impl Encoder {
    /// Frames of Arrow, for batches of this schema.
    pub(crate) fn arrow(schema: &SchemaRef) -> Result<Self, Error> {
        Ok(Self::Arrow(Writer::new(schema, CHUNK_SIZE)?.into()))
    }

    /// Frames of Arrow with timestamps as seconds and nanoseconds, for batches of this schema.
    #[expect(
        dead_code,
        reason = "the form of results, which their own tunnel sends"
    )]
    pub(crate) fn moments(schema: &SchemaRef) -> Result<Self, Error> {
        let schema = moment_schema(schema);
        Ok(Self::Moments(
            Writer::new(&schema, CHUNK_SIZE)?.into(),
            schema,
        ))
    }

    /// Frames of Arrow whose text is no UTF-8 in this row of each batch.
    pub(crate) fn wounded(schema: &SchemaRef, row: u64) -> Result<Self, Error> {
        let writer = Writer::new(&super::wound::schema(schema), CHUNK_SIZE)?;
        Ok(Self::Wounded(writer.into(), row))
    }

    /// Records, for batches of columns of these types.
    pub(crate) fn records(kinds: impl IntoIterator<Item = Type>) -> Result<Self, Error> {
        Ok(Self::Records(records::Writer::new(kinds)?))
    }

    /// A plain Arrow stream, for batches of this schema.
    pub(crate) fn plain(schema: &SchemaRef) -> Result<Self, Error> {
        let schema = moment_schema(schema);
        let writer = StreamWriter::try_new(Vec::new(), &schema)?;
        Ok(Self::Plain(writer.into(), schema))
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<Bytes, Error> {
        match self {
            Self::Arrow(writer) => Ok(writer.write(batch)?),
            Self::Moments(writer, schema) => Ok(writer.write(&with_moments(batch, schema)?)?),
            Self::Wounded(writer, row) => Ok(writer.write(&super::wound::batch(batch, *row)?)?),
            Self::Records(writer) => Ok(writer.write(batch)?),
            Self::Plain(writer, schema) => {
                writer.write(&with_moments(batch, schema)?)?;
                Ok(std::mem::take(writer.get_mut()).into())
            }
        }
    }

    fn finish(self) -> Result<Bytes, Error> {
        match self {
            Self::Arrow(writer) | Self::Moments(writer, _) | Self::Wounded(writer, _) => {
                Ok(writer.finish())
            }
            Self::Records(writer) => Ok(writer.finish()),
            Self::Plain(mut writer, _) => {
                writer.finish()?;
                Ok(std::mem::take(writer.get_mut()).into())
            }
        }
    }
}

/// Sends the batches. Waits while too many streams are open.
pub(crate) async fn send<I>(
    app: &App,
    batches: I,
    encoder: Encoder,
    coding: Option<Coding>,
) -> Response<Body>
where
    I: Iterator<Item = Result<RecordBatch, Error>> + Send + 'static,
{
    let bend = Bend::by(&app.faults);
    let slow = app.faults.number(Fault::TunnelSlow, "millis", 200);
    let slow = slow.map(Duration::from_millis);
    let (sender, receiver) = mpsc::channel(QUEUE);
    let turn = app.sessions.turn().await;
    tokio::task::spawn_blocking(move || {
        if let Err(error) = pump(batches, encoder, coding, bend, slow, &sender) {
            tracing::error!(%error, "the rows cannot be read");
            drop(sender.blocking_send(Err(error)));
        }
        drop(turn);
    });
    let mut response = Response::new(Body::from_stream(ReceiverStream::new(receiver)));
    let headers = response.headers_mut();
    let bytes = HeaderValue::from_static("application/octet-stream");
    headers.insert(CONTENT_TYPE, bytes);
    if let Some(coding) = coding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    response
}

type Sender = mpsc::Sender<Result<Bytes, Error>>;

/// Reads, encodes and sends until the end or until nobody listens. An error cuts the stream, whose
/// missing checksum tells the client.
fn pump(
    batches: impl Iterator<Item = Result<RecordBatch, Error>>,
    mut encoder: Encoder,
    coding: Option<Coding>,
    mut bend: Bend,
    slow: Option<Duration>,
    sender: &Sender,
) -> Result<(), Error> {
    let mut packer = Packer::new(coding, Vec::new()).map_err(Error::Packing)?;
    for batch in batches {
        if let Some(pause) = slow {
            std::thread::sleep(pause);
        }
        let bytes = encoder.write(&batch?)?;
        packer.write_all(&bytes).map_err(Error::Packing)?;
        let ready = std::mem::take(packer.get_mut());
        if !passed(sender, bend.pass(ready.into())) {
            return Ok(());
        }
    }
    packer
        .write_all(&encoder.finish()?)
        .map_err(Error::Packing)?;
    let rest = packer.finish().map_err(Error::Packing)?;
    passed(sender, bend.pass(rest.into()));
    Ok(())
}

/// Whether somebody listens.
fn passed(sender: &Sender, bytes: Bytes) -> bool {
    bytes.is_empty() || sender.blocking_send(Ok(bytes)).is_ok()
}

/// What a stream of a client has wrong, as the tunnel says it.
pub(super) fn wrong(error: &Wrong) -> (&'static str, String) {
    use odps::tunnel::frame::FrameError;
    use odps::tunnel::records::RecordsError;
    let code = match error {
        Wrong::Rows(rows::RowsError::Frame(FrameError::Truncated { .. }))
        | Wrong::Records(RecordsError::Truncated { .. }) => "IncompleteBody",
        Wrong::Rows(rows::RowsError::Frame(FrameError::BadChunkSize { .. })) => {
            "MalformedDataStream"
        }
        Wrong::Rows(rows::RowsError::Frame(_))
        | Wrong::Records(RecordsError::BadChecksum { .. } | RecordsError::BadTotal { .. }) => {
            "CorruptedDataStream"
        }
        Wrong::Packed(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            "IncompleteBody"
        }
        _ => "MalformedDataStream",
    };
    (code, error.to_string())
}

/// What is wrong with the rows that a client sends.
#[derive(Debug, thiserror::Error)]
pub(super) enum Wrong {
    #[error(transparent)]
    Rows(#[from] rows::RowsError),
    #[error(transparent)]
    Records(#[from] records::RecordsError),
    #[error("the stream cannot be unpacked: {0}")]
    Packed(std::io::Error),
    #[error("the rows do not fit the table: {0}")]
    Unfit(arrow::error::ArrowError),
}
