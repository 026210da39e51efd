//! Whether a cluster computes, told by its workers' free slots. The list of operands does not tell:
//! finished ones linger in it.

use std::collections::BTreeMap;

use mars::v04::session::WorkerList;
use serde::{Deserialize, Serialize};

/// The most free slots seen of each worker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Slots(BTreeMap<String, i64>);

impl Slots {
    /// Whether a worker has fewer free slots than it once had.
    pub(crate) fn is_busy(&mut self, list: &WorkerList) -> bool {
        let mut busy = false;
        for worker in &list.workers {
            let free = worker.slots.get("cpu").copied().unwrap_or(0);
            let most = self.0.entry(worker.endpoint.clone()).or_insert(free);
            *most = free.max(*most);
            busy |= free < *most;
        }
        busy
    }
}
