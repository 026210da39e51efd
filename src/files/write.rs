//! One job of the file worker: rows in, bytes out, part by part.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use file::{Error, Export, Summary};
use wasm_bindgen::JsValue;
use web_sys::{Blob, DedicatedWorkerGlobalScope};

use super::input::{Input, Rows};
use super::output::Output;
use super::{Done, Failure, Job, Tell, words};
use crate::frames::browser;
use crate::text::files::of;
use crate::worker::{breathe, describe, now};

/// Progress is told at most this often, in milliseconds.
const PACE: f64 = 80.0;

/// Tells the page, with a part of the file beside.
pub type Say = Rc<dyn Fn(&Tell, Option<&Blob>)>;

/// A job at work.
pub struct Write {
    /// What to write.
    pub job: Job,
    /// Where to.
    pub output: Output,
    /// Set when it is stopped.
    pub stopped: Rc<Cell<bool>>,
    /// Tells the page.
    pub say: Say,
    /// The worker.
    pub scope: DedicatedWorkerGlobalScope,
    /// What came so far.
    pub done: Done,
    /// The export of the part that is open.
    pub open: Option<Export>,
    /// The part before, which is the only one unless another follows.
    pub waiting: RefCell<Option<Blob>>,
}

impl Write {
    /// Writes everything.
    pub async fn run(mut self, mut input: Input) {
        let outcome = self.all(&mut input).await;
        let told = match outcome {
            Ok(()) => Tell::Done(self.done.clone()),
            Err(failure) => {
                self.output.abort().await;
                match self.stopped.get() {
                    true => Tell::Cancelled,
                    false => Tell::Failed(failure),
                }
            }
        };
        (self.say)(&told, None);
    }

    async fn all(&mut self, input: &mut Input) -> Result<(), Failure> {
        let mut told = now(&self.scope);
        let mut last = None;
        while let Some(rows) = input.next().await? {
            for batch in &rows.batches {
                self.batch(&rows, batch).await?;
                if self.stopped.get() {
                    return Err(Failure::Gone);
                }
                if now(&self.scope) - told > PACE {
                    self.tell(input.of());
                    // Lets a wish to stop be heard.
                    breathe().await;
                    told = now(&self.scope);
                }
            }
            last = Some(rows);
        }
        // A file without rows has columns all the same.
        if let Some(rows) = last.filter(|_| self.open.is_none() && self.done.files == 0) {
            self.open = Some(self.begin(&rows)?);
        }
        if self.stopped.get() {
            return Err(Failure::Gone);
        }
        self.end().await?;
        self.hand_over(self.done.files > 1);
        Ok(())
    }

    fn tell(&self, of: Option<u64>) {
        let open = self.open.as_ref().map_or(0, Export::rows);
        let progress = Tell::Progress {
            rows: self.done.summary.rows + open,
            of,
            bytes: self.done.bytes,
        };
        (self.say)(&progress, None);
    }

    fn begin(&self, rows: &Rows) -> Result<Export, Failure> {
        let zone = self.job.zone.as_deref().and_then(browser::zone);
        let (schema, columns) = (rows.schema.clone(), rows.columns.clone());
        Export::new(self.job.format, &self.job.options, schema, columns, zone).map_err(refused)
    }

    async fn batch(
        &mut self,
        rows: &Rows,
        batch: &arrow::record_batch::RecordBatch,
    ) -> Result<(), Failure> {
        if self.output.full() {
            self.end().await?;
        }
        let mut export = match self.open.take() {
            Some(export) => export,
            None => self.begin(rows)?,
        };
        // Slices, so that the text of one of them is small.
        let mut from = 0;
        while from < batch.num_rows() {
            let count = SLICE.min(batch.num_rows() - from);
            let bytes = export.batch(&batch.slice(from, count)).map_err(refused)?;
            self.append(&bytes).await?;
            from += count;
        }
        self.open = Some(export);
        Ok(())
    }

    async fn append(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.done.bytes += bytes.len() as u64;
        self.output.write(bytes).await.map_err(broken)
    }

    /// Ends the part that is open; the one before it is handed over, now that it is one of several.
    async fn end(&mut self) -> Result<(), Failure> {
        let Some(export) = self.open.take() else {
            return Ok(());
        };
        let job = self.job.clone();
        let say = move |summary: &Summary| words::lines(of(job.chinese), &job, summary);
        let finished = export.finish(&self.job.ledger, &say).map_err(refused)?;
        let (bytes, summary) = finished;
        self.append(&bytes).await?;
        self.done.summary.join(summary);
        self.hand_over(true);
        let part = self.output.end(self.job.format.media()).await;
        self.waiting.replace(part.map_err(broken)?);
        self.done.files += 1;
        Ok(())
    }

    fn hand_over(&self, several: bool) {
        if let Some(part) = self.waiting.take() {
            let ending = self.job.format.ending();
            let name = match several {
                true => format!("{}.part{}.{ending}", self.job.name, self.done.files),
                false => format!("{}.{ending}", self.job.name),
            };
            (self.say)(&Tell::Part { name }, Some(&part));
        }
    }
}

/// Rows are written so many at once.
const SLICE: usize = 8_192;

#[expect(clippy::needless_pass_by_value, reason = "maps an error")]
fn refused(error: Error) -> Failure {
    Failure::Format(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "maps an error")]
fn broken(error: JsValue) -> Failure {
    Failure::Write(describe(&error))
}
