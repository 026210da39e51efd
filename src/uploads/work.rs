//! One file at work: looked at, or read, converted, and sent block by block.

use std::cell::Cell;
use std::rc::Rc;

use bytes::{Bytes, BytesMut};
use file::import::{
    Bad, Converter, HEAD, ImportError, Looked, ReadOptions, Reading, Want, WholeFile, guess, look,
};
use odps::tables::PartitionSpec;
use odps::tunnel::download::Source;
use odps::tunnel::frame::CHUNK_SIZE;
use odps::tunnel::rows::Writer;
use odps::tunnel::schema::{Column, Type, arrow_type};
use web_sys::DedicatedWorkerGlobalScope;
use wire::Target;

use super::disk::decoder;
use super::send::Sender;
use super::{Failure, Job, Progress, Tell};
use crate::files::input::Abort;
use crate::frames::{Fault, browser};
use crate::worker::{breathe, now};

/// A block is sent when it is so large.
const BLOCK: usize = 8 << 20;

/// Looks at a file; without options it finds them out.
pub fn first_look(
    file: &WholeFile,
    name: &str,
    options: Option<ReadOptions>,
) -> Result<Looked, ImportError> {
    let options = match options {
        Some(options) => options,
        None => {
            let head = usize::try_from(file.length()).unwrap_or(HEAD).min(HEAD);
            let head = file.piece(0, head);
            guess(
                name,
                &head.map_err(|error| ImportError::Damaged(error.to_string()))?,
            )
        }
    };
    look(file, &options, decoder(&options))
}

/// What a worker has for its work.
pub struct Hands {
    /// The worker.
    pub scope: DedicatedWorkerGlobalScope,
    /// Set when it is stopped.
    pub stopped: Rc<Cell<bool>>,
    /// Ends what is on its way.
    pub abort: Abort,
    /// Tells the page.
    pub say: Rc<dyn Fn(&Tell)>,
}

/// Writes a file into a table, and tells how it ends.
pub async fn run(job: Job, file: WholeFile, hands: Hands) {
    let say = Rc::clone(&hands.say);
    let stopped = Rc::clone(&hands.stopped);
    let mut work = Work::new(job, hands);
    let outcome = work.all(&file).await;
    let told = match outcome {
        Ok(()) => Tell::Done {
            progress: work.progress(),
            report: Box::new(work.report()),
        },
        Err(Failure::Commit(fault)) => work.failed(Failure::Commit(fault)),
        Err(_) if stopped.get() => Tell::Cancelled,
        Err(failure) => work.failed(failure),
    };
    say(&told);
}

struct Work {
    job: Job,
    sender: Sender,
    say: Rc<dyn Fn(&Tell)>,
    begun: f64,
    converter: Option<Converter>,
    progress: Progress,
}

impl Work {
    fn new(job: Job, hands: Hands) -> Self {
        let partition = job.partition.as_deref().map(PartitionSpec::read);
        let place = Source {
            schema: job.schema.clone(),
            partition: partition.and_then(Result::ok),
            ..Source::table(&job.table)
        };
        Self {
            begun: now(&hands.scope),
            sender: Sender {
                target: Target {
                    project: job.project.clone(),
                },
                place,
                scope: hands.scope,
                stopped: hands.stopped,
                abort: hands.abort,
                retries: Cell::new(0),
            },
            job,
            say: hands.say,
            converter: None,
            progress: Progress::default(),
        }
    }

    async fn all(&mut self, file: &WholeFile) -> Result<(), Failure> {
        let service = Failure::Service;
        let options = &self.job.options;
        let mut reading = Reading::open(file, options, decoder(options)).map_err(Failure::File)?;
        self.progress.of = reading.all();
        let session = self
            .sender
            .open(self.job.overwrite)
            .await
            .map_err(service)?;
        let wants = wants(&session.columns, &self.job.columns).map_err(service)?;
        let zone = self.job.zone.as_deref().and_then(browser::zone);
        let width = reading.names().len();
        let converter = Converter::new(wants, width, self.job.policy, zone);
        let mut block = Block::new(&converter)?;
        self.converter = Some(converter);
        let mut sent = Vec::new();
        while let Some(chunk) = reading.chunk().map_err(Failure::File)? {
            let Some(converter) = &mut self.converter else {
                break;
            };
            let batch = converter.take(&chunk).map_err(Failure::File)?;
            block.add(&batch)?;
            self.progress.read = reading.bytes();
            if block.bytes.len() >= BLOCK {
                let full = std::mem::replace(&mut block, Block::new(converter)?);
                self.send(&session.id, full, &mut sent).await?;
            }
            self.tell();
            // Lets a wish to stop be heard.
            breathe().await;
            self.go_on()?;
        }
        if block.rows > 0 {
            self.send(&session.id, block, &mut sent).await?;
        }
        self.progress.committing = true;
        self.tell();
        let mut there = self.sender.blocks(&session.id).await.map_err(service)?;
        there.sort_unstable();
        if there != sent {
            return Err(Failure::Blocks);
        }
        self.go_on()?;
        let committed = self.sender.commit(&session.id).await;
        committed.map_err(|fault| match fault {
            Fault::Unreachable { .. } => Failure::Commit(fault),
            Fault::Refused { status, .. } if status >= 500 => Failure::Commit(fault),
            other => Failure::Service(other),
        })
    }

    async fn send(&mut self, id: &str, block: Block, sent: &mut Vec<u32>) -> Result<(), Failure> {
        let number = u32::try_from(sent.len()).unwrap_or(u32::MAX);
        let (rows, body) = (block.rows, block.finish());
        let size = body.len() as u64;
        let written = self.sender.write(id, number, body).await;
        written.map_err(Failure::Service)?;
        sent.push(number);
        self.progress.rows += rows;
        self.progress.sent += size;
        self.tell();
        Ok(())
    }

    fn go_on(&self) -> Result<(), Failure> {
        match self.sender.stopped.get() {
            true => Err(Failure::Blocks),
            false => Ok(()),
        }
    }

    fn progress(&self) -> Progress {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a duration in ms"
        )]
        let millis = (now(&self.sender.scope) - self.begun).max(0.0) as u64;
        Progress {
            retries: self.sender.retries.get(),
            millis,
            ..self.progress
        }
    }

    fn tell(&self) {
        (self.say)(&Tell::Progress(self.progress()));
    }

    fn report(&self) -> file::import::Report {
        let report = self.converter.as_ref().map(|all| all.report().clone());
        report.unwrap_or_default()
    }

    fn failed(&self, failure: Failure) -> Tell {
        let bad: Vec<Bad> = self.report().bad;
        Tell::Failed { failure, bad }
    }
}

/// Rows that are sent at once.
struct Block {
    writer: Writer,
    bytes: BytesMut,
    rows: u64,
}

impl Block {
    fn new(converter: &Converter) -> Result<Self, Failure> {
        Ok(Self {
            writer: Writer::new(converter.schema(), CHUNK_SIZE).map_err(malformed)?,
            bytes: BytesMut::new(),
            rows: 0,
        })
    }

    fn add(&mut self, batch: &arrow::record_batch::RecordBatch) -> Result<(), Failure> {
        if batch.num_rows() > 0 {
            self.bytes
                .extend_from_slice(&self.writer.write(batch).map_err(malformed)?);
            self.rows += batch.num_rows() as u64;
        }
        Ok(())
    }

    fn finish(mut self) -> Bytes {
        self.bytes.extend_from_slice(&self.writer.finish());
        self.bytes.freeze()
    }
}

#[expect(clippy::needless_pass_by_value, reason = "maps an error")]
fn malformed(error: odps::tunnel::rows::RowsError) -> Failure {
    Failure::Service(Fault::Malformed {
        detail: error.to_string(),
    })
}

/// The columns of the table, each with its place in the file.
fn wants(columns: &[Column], places: &[(String, usize)]) -> Result<Vec<Want>, Fault> {
    let want = |column: &Column| {
        let place = |(name, _): &&(String, usize)| name.eq_ignore_ascii_case(&column.name);
        let letters = match column.kind {
            Type::Char(most) | Type::Varchar(most) => Some(most),
            _ => None,
        };
        Ok(Want {
            name: column.name.clone(),
            kind: column.kind.to_string(),
            source: places.iter().find(place).map(|(_, at)| *at),
            data_type: arrow_type(&column.kind).map_err(|error| Fault::Malformed {
                detail: format!("{}: {error}", column.name),
            })?,
            instant: matches!(column.kind, Type::Datetime | Type::Timestamp),
            letters,
        })
    };
    columns.iter().map(want).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_find_their_places_by_name() {
        let columns = [
            Column::new("Id", Type::Bigint),
            Column::new("at", Type::Datetime),
            Column::new("code", Type::Char(3)),
        ];
        let places = [("code".to_owned(), 0), ("id".to_owned(), 4)];
        let wants = wants(&columns, &places).unwrap();
        let sources: Vec<_> = wants.iter().map(|want| want.source).collect();
        assert_eq!(sources, [Some(4), None, Some(0)]);
        assert!(wants[1].instant && !wants[0].instant);
        assert_eq!(wants[2].letters, Some(3));
    }

    #[test]
    fn a_type_that_cannot_travel_is_told_with_its_column() {
        let columns = [Column::new("j", Type::Json)];
        let Err(Fault::Malformed { detail }) = wants(&columns, &[]) else {
            panic!("json has no form in Arrow");
        };
        assert!(detail.starts_with("j: "), "{detail}");
    }
}
