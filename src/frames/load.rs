//! Reading one frame, without IO: says which request comes next, takes answers and pieces of
//! streams, keeps the rows that are proven.
//!
//! Whatever goes wrong, the rows that came stay, and reading goes on behind them when it is asked to.

mod memory;
mod pause;
mod preview;
mod result;
mod table;

use std::ops::Range;

use arrow::array::{Array as _, RecordBatch};
use frame::Table;
use odps::tunnel::rows::BadText;
use wire::{Millis, Request, Response, Service, Target, Unreachable};

use super::{BUDGET, Fault, Head, Phase, Progress, Source};
use memory::MemoryOrigin;
use pause::Pause;
use preview::PreviewOrigin;
use result::ResultOrigin;
use table::TableOrigin;

/// What reading wants next.
#[derive(Debug)]
pub enum Step {
    /// Send this and hand the whole answer to [`Load::answered`].
    Send(Service, Request),
    /// Send this; a good answer's body goes piece by piece to [`Load::chunk`], then
    /// [`Load::ended`]; another answer whole to [`Load::answered`].
    Stream(Service, Request),
    /// Hand these bytes of the memory that came with the question to [`Load::chunk`].
    Piece(Range<u64>),
    /// Nothing to do for so many milliseconds.
    Wait(Millis),
    /// Reading has ended; [`Load::progress`] says how.
    Rest,
}

/// What a source wants next.
enum Next {
    Send(Request),
    Stream(Request),
    Piece(Range<u64>),
    Wait(Millis),
    /// Every row that was asked for is there; the flag says whether more exist.
    Done {
        more: bool,
    },
    Broken(Fault),
}

/// What an answer brought.
enum Given {
    /// Nothing that the reader sees.
    Nothing,
    /// Columns and facts: the frame begins, or begins again.
    Opened(Table, Head),
    /// Rows behind those that are there, with the head, which may be known only now.
    Rows(Box<Table>, Head),
}

/// A source of rows.
trait Origin {
    fn service(&self) -> Service;
    /// What to send when `have` rows are there and `limit` are wanted.
    fn next(&mut self, target: &Target, have: u64, limit: Option<u64>) -> Next;
    /// Takes the whole answer to the last request.
    fn answer(&mut self, response: Response) -> Result<Given, Fault>;
    /// Takes a piece of a streamed answer; batches stay good when it fails after them.
    fn chunk(&mut self, bytes: Vec<u8>, batches: &mut Vec<RecordBatch>) -> Result<(), Fault>;
    /// Columns and facts, where they come in a piece before the rows.
    fn opened(&self) -> Option<(Table, Head)> {
        None
    }
    /// The stream has ended.
    fn end(&mut self, batches: &mut Vec<RecordBatch>) -> Result<(), Fault>;
    /// Reading broke off or was stopped; the next request begins behind the proven rows.
    fn broke_off(&mut self, fault: Option<&Fault>);
    /// The cells of the rows since the last call whose text is no UTF-8; their rows are counted from
    /// the beginning of the stream.
    fn bad_text(&mut self) -> Vec<BadText> {
        Vec::new()
    }
    /// Rows do not fit those that are there; true when the source can be read again from the start.
    fn begin_again(&mut self) -> bool;
    /// Another way to the same rows, when this one is refused before the first row.
    fn instead(&self, _fault: &Fault) -> Option<Box<dyn Origin>> {
        None
    }
}

/// One frame and how far it is read.
pub struct Load {
    origin: Box<dyn Origin>,
    target: Target,
    limit: Option<u64>,
    table: Option<Table>,
    head: Option<Head>,
    progress: Progress,
    /// Rows that the current stream must still bring; it ends too early with fewer.
    due: Option<u64>,
    /// The rows that were there when the stream began.
    begun: u64,
    /// The zone of instants.
    zone: Option<frame::Zone>,
    /// Rows that were taken out; none where the rows are kept.
    taken: Option<u64>,
    pause: Pause,
    /// Bytes that the rows take, and the most that they may.
    held: u64,
    budget: u64,
}

impl Load {
    /// A frame whose rows are taken out as they come, so that it may be larger than memory.
    pub fn streamed(source: Source, limit: Option<u64>) -> Self {
        Self {
            taken: Some(0),
            ..Self::new(source, limit)
        }
    }

    /// The rows that came since the last time, of a frame that is [`Load::streamed`].
    pub fn take_batches(&mut self) -> Vec<RecordBatch> {
        let (Some(taken), Some(table)) = (&mut self.taken, &mut self.table) else {
            return Vec::new();
        };
        *taken += table.rows();
        self.held = 0;
        table.take_batches()
    }

    /// A frame that has read nothing yet.
    pub fn new(source: Source, limit: Option<u64>) -> Self {
        let project = match &source {
            Source::Table(table) | Source::Preview(table) => table.project.clone(),
            Source::Result(result) => result.project.clone(),
            Source::Instance(instance) => instance.project.clone(),
            Source::Memory(_) => String::new(),
        };
        let origin: Box<dyn Origin> = match source {
            Source::Table(table) => Box::new(TableOrigin::new(table)),
            Source::Preview(table) => Box::new(PreviewOrigin::new(table, None)),
            Source::Result(result) => Box::new(ResultOrigin::new(result)),
            Source::Instance(instance) => Box::new(TableOrigin::of_instance(instance)),
            Source::Memory(memory) => Box::new(MemoryOrigin::new(&memory)),
        };
        Self {
            origin,
            target: Target { project },
            limit,
            table: None,
            head: None,
            progress: Progress::default(),
            due: None,
            begun: 0,
            zone: None,
            taken: None,
            pause: Pause::default(),
            held: 0,
            budget: BUDGET,
        }
    }

    /// Holds at most so many bytes of rows.
    pub fn set_budget(&mut self, bytes: u64) {
        self.budget = bytes;
    }

    /// Columns and facts, once they are known.
    pub fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// How far reading is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The rows.
    pub fn table(&self) -> Option<&Table> {
        self.table.as_ref()
    }

    /// Writes and reads instants in a zone.
    pub fn set_zone(&mut self, zone: Option<frame::Zone>) {
        if let Some(table) = &mut self.table {
            table.set_zone(zone.clone());
        }
        self.zone = zone;
    }

    /// Adds time that was spent.
    pub fn spend(&mut self, millis: u64) {
        self.progress.millis += millis;
    }

    /// Wants more rows, or tries again.
    pub fn more(&mut self, limit: Option<u64>) {
        self.limit = limit;
        self.pause.clear();
        self.progress.waiting = None;
        self.progress.phase = match self.head.is_some() {
            true if self.held > self.budget => Phase::Full,
            true => Phase::Reading,
            false => Phase::Opening,
        };
    }

    /// Stops; the rows stay.
    pub fn cancel(&mut self) {
        if self.progress.phase.runs() {
            self.stop(Phase::Cancelled);
        }
    }

    /// What to do next.
    pub fn step(&mut self) -> Step {
        if !self.progress.phase.runs() {
            return Step::Rest;
        }
        if let Some(millis) = self.pause.take() {
            return Step::Wait(millis);
        }
        self.progress.waiting = None;
        let have = self.rows();
        (self.due, self.begun) = (None, have);
        let service = self.origin.service();
        match self.origin.next(&self.target, have, self.limit) {
            Next::Send(request) => Step::Send(service, request),
            Next::Stream(request) => {
                let exist = self
                    .head
                    .as_ref()
                    .and_then(|head| Some(head.exist?.saturating_sub(head.start)));
                let end = match (exist, self.limit) {
                    (Some(exist), Some(limit)) => Some(exist.min(limit)),
                    (exist, limit) => exist.or(limit),
                };
                self.due = end.map(|end| end.saturating_sub(have));
                Step::Stream(service, request)
            }
            Next::Piece(range) => {
                self.due = self.limit.map(|limit| limit.saturating_sub(have));
                Step::Piece(range)
            }
            Next::Wait(millis) => Step::Wait(millis),
            Next::Done { more } => {
                self.progress.phase = if more {
                    Phase::Limited
                } else {
                    Phase::Complete
                };
                Step::Rest
            }
            Next::Broken(fault) => {
                self.fail(fault);
                Step::Rest
            }
        }
    }

    /// Takes the outcome of a [`Step::Send`], or of a [`Step::Stream`] that did not begin.
    pub fn answered(&mut self, outcome: Result<Response, Unreachable>) {
        if !self.progress.phase.runs() {
            return;
        }
        let response = match outcome {
            Ok(response) => response,
            Err(gone) => {
                return self.fail(Fault::Unreachable {
                    reason: gone.reason,
                });
            }
        };
        self.progress.waiting = self.pause.asks(&self.origin.service(), &response);
        if self.progress.waiting.is_some() {
            return;
        }
        let bytes = response.body().len() as u64;
        match self.origin.answer(response) {
            Ok(Given::Nothing) => {}
            Ok(Given::Opened(table, head)) => {
                if table.rows() > 0 {
                    self.progress.bytes += bytes;
                }
                self.open(table, head);
            }
            Ok(Given::Rows(rows, head)) => {
                self.progress.bytes += bytes;
                self.join(*rows, head);
            }
            Err(fault) => match self.origin.instead(&fault).filter(|_| self.rows() == 0) {
                Some(origin) => self.origin = origin,
                None => self.fail(fault),
            },
        }
    }

    /// Takes a piece of the stream. False when no more is wanted.
    pub fn chunk(&mut self, bytes: Vec<u8>) -> bool {
        if !self.progress.phase.runs() {
            return false;
        }
        self.pause.clear();
        self.progress.bytes += bytes.len() as u64;
        let mut batches = Vec::new();
        let outcome = self.origin.chunk(bytes, &mut batches);
        if self.table.is_none()
            && let Some((table, head)) = self.origin.opened()
        {
            self.open(table, head);
        }
        self.take(batches, outcome);
        self.weigh();
        self.progress.phase.runs()
    }

    /// The stream has ended, or broke off for a reason.
    pub fn ended(&mut self, broken: Option<String>) {
        if !self.progress.phase.runs() {
            return;
        }
        let mut batches = Vec::new();
        let outcome = match broken {
            Some(detail) => Err(Fault::Truncated { detail }),
            None => self.origin.end(&mut batches),
        };
        self.take(batches, outcome);
        if let Some(due) = self
            .due
            .take()
            .filter(|due| *due > 0 && self.progress.phase.runs())
        {
            let detail = format!("{due} of the rows that were asked for did not come");
            self.fail(Fault::Truncated { detail });
        }
    }

    fn rows(&self) -> u64 {
        self.taken.unwrap_or(0) + self.table.as_ref().map_or(0, Table::rows)
    }

    fn open(&mut self, mut table: Table, head: Head) {
        if self.taken.is_some_and(|taken| taken > 0) {
            return self.fail(Fault::Malformed {
                detail: "the table changed while it was read".to_owned(),
            });
        }
        table.set_zone(self.zone.clone());
        self.progress.changed |= self.head.is_some();
        self.table = Some(table);
        self.head = Some(head);
        (self.progress.rows, self.held) = (self.rows(), 0);
        self.progress.phase = Phase::Reading;
    }

    /// Stops before the rows take more memory than they may; rows that are taken out take none.
    fn weigh(&mut self) {
        if self.taken.is_none() && self.held > self.budget && self.progress.phase.runs() {
            self.stop(Phase::Full);
        }
    }

    fn join(&mut self, mut rows: Table, head: Head) {
        self.held += rows.batches().iter().map(weight).sum::<u64>();
        let joined = match &mut self.table {
            None => {
                rows.set_zone(self.zone.clone());
                self.table = Some(rows);
                true
            }
            Some(table) => rows
                .batches()
                .iter()
                .all(|batch| table.append(batch.clone()).is_ok()),
        };
        if joined {
            self.head.get_or_insert(head);
        } else if self.taken.unwrap_or(0) == 0 && self.origin.begin_again() {
            (self.table, self.head, self.held) = (None, None, 0);
            self.progress.changed = true;
        } else {
            self.fail(Fault::Malformed {
                detail: "the next rows have other types".to_owned(),
            });
        }
        self.progress.rows = self.rows();
        if self.progress.phase.runs() {
            self.progress.phase = Phase::Reading;
        }
        self.weigh();
    }

    fn take(&mut self, batches: Vec<RecordBatch>, outcome: Result<(), Fault>) {
        let mut outcome = outcome;
        for batch in batches {
            // More rows than asked for are none of ours.
            let wanted = self.due.map_or(batch.num_rows() as u64, |due| {
                due.min(batch.num_rows() as u64)
            });
            let batch = batch.slice(0, usize::try_from(wanted).unwrap_or(batch.num_rows()));
            let Some(table) = &mut self.table else {
                continue;
            };
            self.held += weight(&batch);
            if let Err(error) = table.append(batch) {
                outcome = Err(Fault::Corrupt {
                    detail: error.to_string(),
                });
                break;
            }
            self.due = self.due.map(|due| due - wanted);
        }
        for cell in self.origin.bad_text() {
            self.held += cell.bytes.len() as u64;
            if let Some(table) = &mut self.table {
                table.keep_bytes(self.begun + cell.row, cell.column, cell.bytes);
            }
        }
        self.progress.rows = self.rows();
        if let Err(fault) = outcome {
            self.fail(fault);
        }
    }

    fn stop(&mut self, phase: Phase) {
        self.origin.broke_off(None);
        self.progress.phase = phase;
    }

    fn fail(&mut self, fault: Fault) {
        self.origin.broke_off(Some(&fault));
        self.progress.phase = Phase::Failed(fault);
    }
}

/// The bytes that the rows of a batch take, whatever they share with others.
fn weight(batch: &RecordBatch) -> u64 {
    let columns = batch.columns().iter().map(|column| column.to_data());
    let sizes = columns.filter_map(|data| data.get_slice_memory_size().ok());
    sizes.map(|size| size as u64).sum()
}

/// The fault that an error of the tunnel is.
pub fn odps_fault(error: odps::Error) -> Fault {
    match error {
        odps::Error::Status {
            status,
            code,
            message,
            request_id,
        } => Fault::Refused {
            status,
            code,
            message,
            request_id,
        },
        other => Fault::Malformed {
            detail: other.to_string(),
        },
    }
}
