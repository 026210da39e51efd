//! The rows of a file, batch by batch: read anew from their source, or through the port.

use std::cell::RefCell;
use std::rc::Rc;

use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use frame::Column;
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, DedicatedWorkerGlobalScope, MessageEvent, MessagePort,
    ReadableStreamDefaultReader,
};

use super::{Failure, read};
use crate::frames::load::{Load, Step};
use crate::frames::{Fault, Phase, Source};
use crate::worker;

/// How often reading goes on after it broke off, without a row between.
const TRIES: u32 = 3;

/// The request that is on its way, for whoever stops it.
pub type Abort = Rc<RefCell<Option<AbortController>>>;

/// Where the rows come from.
pub enum Input {
    /// From their source.
    Source(Box<Reading>),
    /// From the frame worker.
    Port(MessagePort),
}

/// The rows of a source on their way.
pub struct Reading {
    load: Load,
    scope: DedicatedWorkerGlobalScope,
    pieces: Option<ReadableStreamDefaultReader>,
    abort: Abort,
    tries: u32,
    rested: bool,
}

/// Some rows, which may be none.
pub struct Rows {
    /// Their types.
    pub schema: SchemaRef,
    /// Their columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub batches: Vec<RecordBatch>,
}

impl Input {
    /// Reads a source anew.
    pub fn source(source: Source, scope: DedicatedWorkerGlobalScope, abort: Abort) -> Self {
        Self::Source(Box::new(Reading {
            load: Load::streamed(source, None),
            scope,
            pieces: None,
            abort,
            tries: 0,
            rested: false,
        }))
    }

    /// How many rows there are in all, where the source says it.
    pub fn of(&self) -> Option<u64> {
        match self {
            Self::Source(reading) => reading.load.head().and_then(|head| head.exist),
            Self::Port(_) => None,
        }
    }

    /// The next rows; none at the end. The first answer tells the columns even without a row.
    pub async fn next(&mut self) -> Result<Option<Rows>, Failure> {
        match self {
            Self::Source(reading) => reading.next().await.map_err(Failure::Read),
            Self::Port(port) => match ask(port).await.dyn_into::<js_sys::ArrayBuffer>() {
                Ok(buffer) => {
                    let rows = read::rows(Uint8Array::new(&buffer).to_vec());
                    let rows = rows.ok_or(Failure::Gone)?;
                    Ok(Some(Rows {
                        schema: rows.schema,
                        columns: rows.columns,
                        batches: rows.batches,
                    }))
                }
                Err(end) if end.is_null() => Ok(None),
                Err(_) => Err(Failure::Gone),
            },
        }
    }
}

/// Asks for the next rows through the port.
async fn ask(port: &MessagePort) -> JsValue {
    let heard = Promise::new(&mut |resolve: Function, _| {
        let once = Closure::once_into_js(move |event: MessageEvent| {
            // A resolving function does not throw.
            let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
        });
        port.set_onmessage(Some(once.unchecked_ref()));
        // A port that is closed never answers, and the page ends the worker.
        let _ = port.post_message(&"next".into());
    });
    JsFuture::from(heard).await.unwrap_or(JsValue::UNDEFINED)
}

impl Reading {
    async fn next(&mut self) -> Result<Option<Rows>, Fault> {
        loop {
            let batches = self.load.take_batches();
            if !batches.is_empty() {
                self.tries = 0;
                return Ok(self.rows(batches));
            }
            if self.rested {
                return Ok(None);
            }
            match self.pieces.clone() {
                Some(pieces) => self.piece(&pieces).await,
                None => {
                    if self.step().await? {
                        self.rested = true;
                        return Ok(self.rows(Vec::new()));
                    }
                }
            }
        }
    }

    fn rows(&self, batches: Vec<RecordBatch>) -> Option<Rows> {
        let table = self.load.table()?;
        Some(Rows {
            schema: table.schema().clone(),
            columns: table.columns().to_vec(),
            batches,
        })
    }

    async fn piece(&mut self, pieces: &ReadableStreamDefaultReader) {
        match worker::next(pieces).await {
            Ok(Some(piece)) => {
                if !self.load.chunk(piece) {
                    self.pieces = None;
                    // Nobody waits for the rest; a failed cancel changes nothing.
                    let _ = JsFuture::from(pieces.cancel()).await;
                }
            }
            Ok(None) => {
                self.pieces = None;
                self.load.ended(None);
            }
            Err(error) => {
                self.pieces = None;
                self.load.ended(Some(worker::describe(&error)));
            }
        }
    }

    /// Does what reading wants next; true at its end.
    async fn step(&mut self) -> Result<bool, Fault> {
        match self.load.step() {
            Step::Send(service, request) => {
                let outcome = match worker::fetch(&self.scope, &service, &request) {
                    Ok((abort, answer)) => {
                        self.abort.replace(Some(abort));
                        match worker::begun(answer).await {
                            Ok(answer) => worker::whole(answer).await,
                            Err(gone) => Err(gone),
                        }
                    }
                    Err(gone) => Err(gone),
                };
                self.load.answered(outcome);
            }
            Step::Stream(service, request) => {
                let answer = match worker::fetch(&self.scope, &service, &request) {
                    Ok((abort, answer)) => {
                        self.abort.replace(Some(abort));
                        worker::begun(answer).await
                    }
                    Err(gone) => Err(gone),
                };
                match answer {
                    Err(gone) => self.load.answered(Err(gone)),
                    Ok(answer) => match worker::pieces(&answer) {
                        Some(pieces) => self.pieces = Some(pieces),
                        None => self.load.answered(worker::whole(answer).await),
                    },
                }
            }
            Step::Wait(millis) => worker::sleep(&self.scope, millis).await,
            // Memory is with the worker that shows it, never here.
            Step::Piece(_) => self.load.ended(Some("the memory is not there".to_owned())),
            Step::Rest => return self.rest().await,
        }
        Ok(false)
    }

    /// Reading has ended: well, or to be tried again behind the rows that are proven.
    async fn rest(&mut self) -> Result<bool, Fault> {
        let Phase::Failed(fault) = self.load.progress().phase.clone() else {
            return Ok(true);
        };
        // A session that is refused after rows came has expired; the next one goes on behind them.
        let passing = match &fault {
            Fault::Truncated { .. } | Fault::Unreachable { .. } | Fault::Corrupt { .. } => true,
            Fault::Refused { .. } => self.load.progress().rows > 0,
            Fault::Malformed { .. } | Fault::Crashed { .. } => false,
        };
        if !passing || self.tries >= TRIES {
            return Err(fault);
        }
        self.tries += 1;
        worker::sleep(&self.scope, 500 << self.tries).await;
        self.load.more(None);
        Ok(false)
    }
}
