//! What the workers show of a job: `progress` and `stats` of `GET /api/worker`
//! (`http_03_worker_meta.json`, `http_71_worker_meta_two_workers.json`).

use mars::v04::session::WorkerList;
use serde::{Deserialize, Serialize};

/// A fingerprint of what the workers report; any change in it is a sign of life.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Progress {
    /// Operands of the job that are listed, and where: worker, key, stage.
    operands: Vec<(String, String, String)>,
    /// How many operands were measured on all workers, whoever they belong to.
    measured: u64,
    /// How many operands of the job are listed.
    pub(super) running: u32,
}

impl Progress {
    pub(super) fn of(list: &WorkerList, session: &str) -> Self {
        let mut operands = Vec::new();
        let mut measured = 0_u64;
        for worker in &list.workers {
            for (of, key, _, stage) in &worker.progress {
                if of == session {
                    operands.push((worker.endpoint.clone(), key.clone(), stage.clone()));
                }
            }
            let counts = worker.stats.values().map(|stat| stat.count);
            measured = counts.fold(measured, u64::saturating_add);
        }
        operands.sort();
        let running = u32::try_from(operands.len()).unwrap_or(u32::MAX);
        Self {
            operands,
            measured,
            running,
        }
    }
}
