//! Failures on request: named inputs that make the warehouse fail the way the real service can.
//!
//! `PUT /-/faults/<name>` with optional JSON parameters sets one, `DELETE /-/faults` clears them.
//! They are never persisted.

use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

/// Everything that can be asked to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Fault {
    /// The engine's Python is not where it should be.
    EngineDoesNotStart,
    /// The launcher kills one worker while the cluster comes up.
    WorkerDiesWhileStarting,
    /// The cluster has none of the additional facts of the engine, as one in MaxCompute.
    StockEngine,
    /// A tunnel stream ends early: parameter `after` (bytes kept), else its last 6 bytes are missing.
    TunnelTruncated,
    /// One bit of a tunnel stream is flipped: parameter `at` (byte offset, 64 unless told).
    TunnelCorrupt,
    /// Download sessions of tables are refused, as in a protected project.
    TunnelForbidden,
    /// Reads of rows wait for their turn: the next `times` (1) are refused with `status` (429) and, where
    /// `after` is given, with that many seconds in `Retry-After`.
    TunnelBusy,
    /// The next `times` (1) reads of rows find that their session is forgotten.
    TunnelExpired,
    /// Rows come slowly: `millis` (200) of waiting before each piece.
    TunnelSlow,
    /// Arrow rows come without their last column, as if the table had another one.
    TunnelOtherColumns,
    /// The last byte of the text in row `row` (0) of every batch of Arrow rows is no UTF-8.
    TunnelBadText,
    /// The web UI counts as not registered for `seconds` (10) after the cluster was accepted.
    SlowStart,
    /// There is no quota left for a cluster.
    QuotaExceeded,
    /// The proxy cannot reach the web UI of any cluster.
    MarsUnreachable,
}

impl FromStr for Fault {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Ok(match name {
            "engine-does-not-start" => Self::EngineDoesNotStart,
            "worker-dies-while-starting" => Self::WorkerDiesWhileStarting,
            "stock-engine" => Self::StockEngine,
            "tunnel-truncated" => Self::TunnelTruncated,
            "tunnel-corrupt" => Self::TunnelCorrupt,
            "tunnel-forbidden" => Self::TunnelForbidden,
            "tunnel-busy" => Self::TunnelBusy,
            "tunnel-expired" => Self::TunnelExpired,
            "tunnel-slow" => Self::TunnelSlow,
            "tunnel-other-columns" => Self::TunnelOtherColumns,
            "tunnel-bad-text" => Self::TunnelBadText,
            "slow-start" => Self::SlowStart,
            "quota-exceeded" => Self::QuotaExceeded,
            "mars-unreachable" => Self::MarsUnreachable,
            _ => return Err(()),
        })
    }
}

/// The faults that are set now, with their parameters.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<BTreeMap<Fault, Map<String, Value>>>);

impl Faults {
    /// Sets a fault; its earlier parameters are forgotten.
    pub(crate) fn set(&self, fault: Fault, parameters: Map<String, Value>) {
        self.lock().insert(fault, parameters);
    }

    /// Clears every fault.
    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// Whether the fault is set.
    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.lock().contains_key(&fault)
    }

    /// A number among the fault's parameters, `default` if it is not given; nothing if the fault is
    /// not set.
    pub(crate) fn number(&self, fault: Fault, name: &str, default: u64) -> Option<u64> {
        let faults = self.lock();
        let given = faults.get(&fault)?.get(name);
        Some(given.and_then(Value::as_u64).unwrap_or(default))
    }

    /// Whether the fault strikes now: it is set, and did not strike `times` (1) already.
    pub(crate) fn strikes(&self, fault: Fault) -> bool {
        let mut faults = self.lock();
        let Some(given) = faults.get_mut(&fault) else {
            return false;
        };
        let times = given.get("times").and_then(Value::as_u64).unwrap_or(1);
        given.insert("times".to_owned(), times.saturating_sub(1).into());
        times > 0
    }

    /// All faults as JSON, by name.
    pub(crate) fn all(&self) -> Value {
        let faults = self.lock();
        let named = faults.iter().filter_map(|(fault, parameters)| {
            let name = serde_json::to_value(fault).ok()?.as_str()?.to_owned();
            Some((name, Value::Object(parameters.clone())))
        });
        Value::Object(named.collect())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Fault, Map<String, Value>>> {
        // Nothing can panic while the lock is held; if it did, the map would still be whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Faults};
    use serde_json::{Map, json};

    #[test]
    fn every_name_reads_back_as_written() {
        for fault in [
            Fault::EngineDoesNotStart,
            Fault::WorkerDiesWhileStarting,
            Fault::TunnelTruncated,
            Fault::TunnelCorrupt,
            Fault::TunnelForbidden,
            Fault::TunnelBusy,
            Fault::TunnelExpired,
            Fault::TunnelSlow,
            Fault::TunnelOtherColumns,
            Fault::TunnelBadText,
            Fault::SlowStart,
            Fault::QuotaExceeded,
            Fault::MarsUnreachable,
        ] {
            let name = serde_json::to_value(fault).unwrap();
            assert_eq!(name.as_str().unwrap().parse(), Ok(fault));
        }
        assert!("tunnel".parse::<Fault>().is_err());
    }

    #[test]
    fn parameters_have_defaults() {
        let faults = Faults::default();
        assert_eq!(faults.number(Fault::SlowStart, "seconds", 10), None);
        faults.set(Fault::SlowStart, Map::new());
        assert_eq!(faults.number(Fault::SlowStart, "seconds", 10), Some(10));
        let mut given = Map::new();
        given.insert("seconds".into(), json!(3));
        faults.set(Fault::SlowStart, given);
        assert_eq!(faults.number(Fault::SlowStart, "seconds", 10), Some(3));
        assert_eq!(faults.all(), json!({"slow-start": {"seconds": 3}}));
        faults.clear();
        assert!(!faults.has(Fault::SlowStart));
    }
    #[test]
    fn a_fault_strikes_as_often_as_it_was_told() {
        let faults = Faults::default();
        assert!(!faults.strikes(Fault::TunnelBusy));
        faults.set(Fault::TunnelBusy, Map::new());
        assert!(faults.strikes(Fault::TunnelBusy) && !faults.strikes(Fault::TunnelBusy));
        let two = json!({"times": 2}).as_object().unwrap().clone();
        faults.set(Fault::TunnelBusy, two);
        let struck = (0..5).filter(|_| faults.strikes(Fault::TunnelBusy));
        assert_eq!(struck.count(), 2);
    }
}
