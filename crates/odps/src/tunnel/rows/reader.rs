//! Reading rows while they arrive.

use arrow::array::RecordBatch;
use arrow::buffer::Buffer;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use arrow::ipc::MessageHeader;
use arrow::ipc::reader::StreamDecoder;
use bytes::{Buf, Bytes, BytesMut};

use super::message::{Message, Next};
use super::{RowsError, message, schema_message, shape};
use crate::tunnel::frame::{Decoder, FrameError};
use crate::tunnel::unpack::Unpack;

mod text;

pub use text::BadText;

/// Reads the framed stream of a download, in pieces of any size, packed or not ([`Unpack`]).
///
/// Batches come out as soon as every byte of them is proven by a checksum. After an error the
/// batches that were given stay good; the reader gives the same error for ever.
#[derive(Debug)]
pub struct Reader {
    unpack: Unpack,
    frames: Decoder,
    arrow: StreamDecoder,
    schema: SchemaRef,
    /// Proven payload that is no whole message yet.
    pending: BytesMut,
    /// Below this length `pending` is not worth another look.
    needed: usize,
    rows: u64,
    bad_text: Vec<BadText>,
    failure: Option<RowsError>,
}

impl Reader {
    /// Reads rows of this schema, in the order in which the service sends the columns.
    pub fn new(schema: SchemaRef) -> Result<Self, RowsError> {
        let not_arrow = |error: arrow::error::ArrowError| RowsError::NotArrow {
            rows: 0,
            reason: error.to_string(),
        };
        let arrow = decoder(&schema).map_err(not_arrow)?;
        Ok(Self {
            unpack: Unpack::default(),
            frames: Decoder::new(),
            arrow,
            schema,
            pending: BytesMut::new(),
            needed: 0,
            rows: 0,
            bad_text: Vec::new(),
            failure: None,
        })
    }

    /// The schema of the batches.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Rows that were given so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The cells since the last call whose text is no UTF-8; in their rows stands U+FFFD.
    pub fn take_bad_text(&mut self) -> Vec<BadText> {
        std::mem::take(&mut self.bad_text)
    }

    /// Takes bytes of the body; adds the batches that they complete, also when it fails after them.
    pub fn push(&mut self, bytes: &[u8], batches: &mut Vec<RecordBatch>) -> Result<(), RowsError> {
        self.guard()?;
        let outcome = self.take(bytes, batches);
        self.keep(outcome)
    }

    /// The body has ended; adds the batches of its last piece.
    pub fn finish(&mut self, batches: &mut Vec<RecordBatch>) -> Result<(), RowsError> {
        self.guard()?;
        let outcome = self.end(batches);
        self.keep(outcome)
    }

    fn guard(&self) -> Result<(), RowsError> {
        self.failure.clone().map_or(Ok(()), Err)
    }

    fn keep(&mut self, outcome: Result<(), RowsError>) -> Result<(), RowsError> {
        self.failure = outcome.clone().err();
        outcome
    }

    fn take(&mut self, bytes: &[u8], batches: &mut Vec<RecordBatch>) -> Result<(), RowsError> {
        let (bytes, unpacked) = self.unpack.push(bytes);
        self.unframe(&bytes, batches)?;
        Ok(unpacked?)
    }

    fn unframe(&mut self, bytes: &[u8], batches: &mut Vec<RecordBatch>) -> Result<(), RowsError> {
        for chunk in self.frames.push(bytes)? {
            self.pending.extend_from_slice(&chunk);
            self.messages(batches)?;
        }
        // A damaged chunk behind good ones is told by the next call: make it now.
        self.frames.push(&[]).map(|_| ()).map_err(RowsError::from)
    }

    fn end(&mut self, batches: &mut Vec<RecordBatch>) -> Result<(), RowsError> {
        let rest = self.unpack.finish()?;
        self.unframe(&rest, batches)?;
        let last = match self.frames.finish() {
            Ok(last) => last,
            Err(FrameError::BadTotal {
                at,
                expected,
                found,
            }) => {
                return Err(self.cut_or_damaged(at, expected, found).into());
            }
            Err(other) => return Err(other.into()),
        };
        self.pending.extend_from_slice(&last);
        self.messages(batches)?;
        if self.pending.is_empty() {
            Ok(())
        } else {
            Err(self.not_arrow("the stream ends inside a message"))
        }
    }

    /// The frames cannot tell a cut from a wound at the end; the messages can: where the last one
    /// is not whole, bytes are missing.
    fn cut_or_damaged(&self, at: u64, expected: u32, found: u32) -> FrameError {
        let doubtful = self.frames.doubtful();
        let payload = [&self.pending, &doubtful[..doubtful.len().saturating_sub(4)]].concat();
        // Where a checksum should be stands the beginning of another message.
        if expected != u32::MAX && message::ends_with_a_message(&payload) {
            FrameError::BadChecksum {
                at,
                expected,
                found,
            }
        } else {
            FrameError::Truncated {
                at: at + doubtful.len() as u64,
            }
        }
    }

    fn not_arrow(&self, reason: impl ToString) -> RowsError {
        RowsError::NotArrow {
            rows: self.rows,
            reason: reason.to_string(),
        }
    }

    /// Decodes every whole message that is pending.
    fn messages(&mut self, batches: &mut Vec<RecordBatch>) -> Result<(), RowsError> {
        while self.pending.len() >= self.needed {
            match message::next(&self.pending).map_err(|reason| self.not_arrow(reason))? {
                Next::Partial(needed) => self.needed = needed,
                Next::End(length) => {
                    self.pending.advance(length);
                    self.needed = 0;
                }
                Next::Message(extent) => {
                    self.needed = 0;
                    let bytes = self.pending.split_to(extent.end).freeze();
                    let batch = self
                        .batch(Message::new(bytes, extent))
                        .map_err(|reason| self.not_arrow(reason))?;
                    if let Some(batch) = batch {
                        self.rows += batch.num_rows() as u64;
                        batches.push(batch);
                    }
                }
            }
        }
        Ok(())
    }

    fn batch(&mut self, message: Message) -> Result<Option<RecordBatch>, String> {
        let header = message.header()?;
        match header.header_type() {
            MessageHeader::Schema => return Ok(None),
            MessageHeader::RecordBatch => {
                let batch = header
                    .header_as_record_batch()
                    .ok_or("a record batch without its header")?;
                let kinds = self.schema.fields().iter().map(|field| field.data_type());
                shape::check(&batch, kinds, message.body_length())?;
                // The stream decoder waits for more bytes before it looks at an empty body.
                if message.body_length() == 0 {
                    return match batch.length() {
                        0 => Ok(Some(RecordBatch::new_empty(self.schema.clone()))),
                        rows => Err(format!("{rows} rows without a body")),
                    };
                }
            }
            other => return Err(format!("a message of type {other:?}")),
        }
        let bytes = message.into_bytes();
        match self.arrow.decode(&mut Buffer::from(bytes.clone())) {
            Ok(Some(batch)) => Ok(Some(batch)),
            Ok(None) => Err("a message without rows".to_owned()),
            Err(error) => {
                // It fails for ever after an error.
                self.arrow = decoder(&self.schema).map_err(|error| error.to_string())?;
                self.again(bytes).map_err(|_| error.to_string())
            }
        }
    }

    /// Reads a batch again whose text is no UTF-8.
    fn again(&mut self, bytes: Bytes) -> Result<Option<RecordBatch>, ArrowError> {
        let mut arrow = decoder(&text::as_bytes(&self.schema))?;
        let Some(batch) = arrow.decode(&mut Buffer::from(bytes))? else {
            return Ok(None);
        };
        let (batch, bad) = text::mend(&batch, &self.schema, self.rows)?;
        self.bad_text.extend(bad);
        Ok(Some(batch))
    }
}

/// A decoder that has seen the schema.
fn decoder(schema: &SchemaRef) -> Result<StreamDecoder, ArrowError> {
    let mut arrow = StreamDecoder::new();
    let mut head = Buffer::from_vec(schema_message(schema)?);
    while !head.is_empty() {
        arrow.decode(&mut head)?;
    }
    Ok(arrow)
}

#[cfg(test)]
mod tests;
