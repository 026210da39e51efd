//! The calls of an upload session, said again when they fail in passing.

use std::cell::Cell;
use std::rc::Rc;

use bytes::Bytes;
use odps::tunnel::download::Source;
use odps::tunnel::upload::{Commit, Create, Reload, Session, Write};
use web_sys::DedicatedWorkerGlobalScope;
use wire::{Call, Response, Target, Unreachable};

use crate::files::input::Abort;
use crate::frames::Fault;
use crate::frames::load::odps_fault;
use crate::worker;

/// How often a call is said.
const TRIES: u32 = 5;
/// Milliseconds before the second time; doubled each time.
const PAUSE: u64 = 400;

/// The way to a table.
pub struct Sender {
    /// The worker.
    pub scope: DedicatedWorkerGlobalScope,
    /// The project.
    pub target: Target,
    /// The table, and the partition.
    pub place: Source,
    /// Set when it is stopped.
    pub stopped: Rc<Cell<bool>>,
    /// Ends what is on its way.
    pub abort: Abort,
    /// How often a block was sent again.
    pub retries: Cell<u32>,
}

impl Sender {
    /// Opens a session.
    pub async fn open(&self, overwrite: bool) -> Result<Session, Fault> {
        let call = Create {
            target: self.place.clone(),
            overwrite,
            create_partition: self.place.partition.is_some(),
        };
        self.call(&call).await
    }

    /// Writes a block; the same number takes the same place however often it is sent.
    pub async fn write(&self, id: &str, block: u32, body: Bytes) -> Result<(), Fault> {
        let call = Write {
            target: self.place.clone(),
            id: id.to_owned(),
            block,
            arrow: true,
            content_encoding: None,
            body,
        };
        self.call(&call).await.map(drop)
    }

    /// The blocks that the service has.
    pub async fn blocks(&self, id: &str) -> Result<Vec<u32>, Fault> {
        let call = Reload {
            target: self.place.clone(),
            id: id.to_owned(),
        };
        self.call(&call).await.map(|session| session.blocks)
    }

    /// Makes the blocks part of the table.
    pub async fn commit(&self, id: &str) -> Result<(), Fault> {
        let call = Commit {
            target: self.place.clone(),
            id: id.to_owned(),
        };
        self.call(&call).await.map(drop)
    }

    async fn call<C: Call<Error = odps::Error>>(&self, call: &C) -> Result<C::Reply, Fault> {
        let mut tried = 1;
        loop {
            let answer = self.exchange(call).await;
            let last = tried == TRIES || self.stopped.get();
            match answer {
                Ok(answer) if last || !passing(&answer) => {
                    return call.from_response(answer).map_err(odps_fault);
                }
                Err(gone) if last => {
                    return Err(Fault::Unreachable {
                        reason: gone.reason,
                    });
                }
                _ => {}
            }
            self.retries.set(self.retries.get() + 1);
            worker::sleep(&self.scope, PAUSE << tried).await;
            tried += 1;
        }
    }

    async fn exchange<C: Call>(&self, call: &C) -> Result<Response, Unreachable> {
        let request = call.to_request(&self.target);
        let (abort, answer) = worker::fetch(&self.scope, &call.service(), &request)?;
        self.abort.replace(Some(abort));
        worker::whole(worker::begun(answer).await?).await
    }
}

/// Whether the same call may be answered otherwise in a moment.
fn passing(answer: &Response) -> bool {
    let status = answer.status();
    status.is_server_error() || matches!(status.as_u16(), 408 | 429)
}
