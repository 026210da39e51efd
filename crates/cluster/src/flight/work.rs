//! Operands that the engine began again without saying so: seen when one that was being calculated
//! waits for its inputs again, or is on another worker.

use std::collections::HashMap;

use mars::v04::session::WorkerList;
use serde::{Deserialize, Serialize};
use wire::Millis;

/// So many are kept one by one; it is their number that tells.
const MOST_RETRIES: usize = 200;
/// So many operands of a list are compared with the next.
const MOST_OPERANDS: usize = 20_000;

/// An operand that was begun again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// When it was seen.
    pub at: Millis,
    /// On which worker it is now.
    pub worker: String,
    /// What it computes, such as `TensorRand`.
    pub operand: String,
    /// Its key.
    pub key: String,
}

/// The operands of the last list: how far each was, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Work(HashMap<String, (u8, String)>);

impl Work {
    pub(super) fn compare(&mut self, retries: &mut Vec<Retry>, now: Millis, list: &WorkerList) {
        let mut seen: HashMap<String, (u8, String)> = HashMap::new();
        for worker in &list.workers {
            for (session, key, operand, stage) in &worker.progress {
                if seen.len() >= MOST_OPERANDS {
                    break;
                }
                let (rank, place) = (rank(stage), &worker.endpoint);
                let id = format!("{session}/{key}");
                let begun = self.0.get(&id).filter(|(before, _)| *before >= CALCULATING);
                // An operand that lingers on its old worker is not a second one.
                let back = begun.is_some_and(|(_, old)| old == place && rank < CALCULATING)
                    || begun.is_some_and(|(_, old)| old != place && !listed(list, old, key));
                if back && retries.len() < MOST_RETRIES {
                    retries.push(Retry {
                        at: now,
                        worker: place.clone(),
                        operand: operand.clone(),
                        key: key.clone(),
                    });
                }
                let entry = seen.entry(id).or_insert((rank, place.clone()));
                if rank > entry.0 {
                    *entry = (rank, place.clone());
                }
            }
        }
        self.0 = seen;
    }
}

/// Whether a worker still lists an operand.
fn listed(list: &WorkerList, endpoint: &str, key: &str) -> bool {
    let worker = list
        .workers
        .iter()
        .find(|worker| worker.endpoint == endpoint);
    worker.is_some_and(|worker| worker.progress.iter().any(|row| row.1 == key))
}

const CALCULATING: u8 = 4;

/// The order of the engine's stages (`ExecutionState` of its worker).
fn rank(stage: &str) -> u8 {
    match stage {
        "PRE_PUSHED" => 1,
        "ALLOCATING" => 2,
        "PREPARING_INPUTS" => 3,
        "CALCULATING" => CALCULATING,
        "STORING" => 5,
        _ => 0,
    }
}
