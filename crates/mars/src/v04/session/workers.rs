//! `GET /api/worker`: what every worker reports of itself (`http_03`, `http_71`).
//!
//! Read with tolerance: a member that is missing is `None`, the raw document of a worker is kept.
//! Figures of bytes and slots are integers on the wire and stay integers.

use super::path::{Parts, request};
use super::reply;
use crate::Error;
use http::Method;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use wire::{Call, Reply, Request, Response, Service, Target};

/// Asks for the state of all workers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workers {
    /// The instance of the cluster.
    pub instance: String,
}

/// What the workers report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkerList {
    /// In the order of the answer.
    pub workers: Vec<Worker>,
}

/// What one worker reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Worker {
    /// Address and port.
    pub endpoint: String,
    /// Unix seconds of the report.
    pub update_time: Option<f64>,
    /// Free cores.
    pub cpu: Option<f64>,
    /// Cores in use.
    pub cpu_used: Option<f64>,
    /// Cores in all.
    pub cpu_total: Option<f64>,
    /// Free bytes.
    pub memory: Option<u64>,
    /// Bytes in use.
    pub memory_used: Option<u64>,
    /// Bytes in all.
    pub memory_total: Option<u64>,
    /// Bytes of the shared object store.
    pub cached_total: Option<u64>,
    /// Bytes held in the shared object store.
    pub cached_hold: Option<u64>,
    /// Bytes allowed for execution.
    pub mem_quota_total: Option<u64>,
    /// Bytes allocated for execution.
    pub mem_quota_used: Option<u64>,
    /// Bytes of the disk for spilling.
    pub disk_total: Option<u64>,
    /// Bytes used on it.
    pub disk_used: Option<u64>,
    /// Bytes per second received.
    pub net_receive: Option<f64>,
    /// Bytes per second sent.
    pub net_send: Option<f64>,
    /// Free execution slots by kind.
    pub slots: BTreeMap<String, i64>,
    /// Measured speeds, as `calc_speed.TensorRand`.
    pub stats: BTreeMap<String, SpeedStat>,
    /// Operands under way: session, operand key, then `(operands, stage)`.
    pub progress: Vec<(String, String, String, String)>,
    /// The machine's name.
    pub host_name: Option<String>,
    /// Python and packages, as text.
    pub package_info: Option<String>,
    /// The revision of the engine.
    pub git_info: Option<String>,
    /// The whole report.
    pub raw: Value,
}

/// A measured speed in bytes per second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeedStat {
    /// How many measurements.
    pub count: u64,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation.
    pub std: f64,
}

impl Worker {
    fn read(endpoint: &str, raw: &Value) -> Self {
        let hardware = raw.get("hardware").unwrap_or(&Value::Null);
        let details = raw.get("details").unwrap_or(&Value::Null);
        let float = |name: &str| hardware.get(name).and_then(Value::as_f64);
        let bytes = |name: &str| hardware.get(name).and_then(integer);
        let text = |name: &str| details.get(name).and_then(Value::as_str).map(str::to_owned);
        let empty = Map::new();
        let object = |name: &str| raw.get(name).and_then(Value::as_object).unwrap_or(&empty);
        let slots = object("slots").iter();
        let stats = object("stats").iter();
        Self {
            endpoint: endpoint.to_owned(),
            update_time: raw.get("update_time").and_then(Value::as_f64),
            cpu: float("cpu"),
            cpu_used: float("cpu_used"),
            cpu_total: float("cpu_total"),
            memory: bytes("memory"),
            memory_used: bytes("memory_used"),
            memory_total: bytes("memory_total"),
            cached_total: bytes("cached_total"),
            cached_hold: bytes("cached_hold"),
            mem_quota_total: bytes("mem_quota_total"),
            mem_quota_used: bytes("mem_quota_used"),
            disk_total: bytes("disk_total"),
            disk_used: bytes("disk_used"),
            net_receive: float("net_receive"),
            net_send: float("net_send"),
            slots: slots
                .filter_map(|(kind, free)| Some((kind.clone(), free.as_i64()?)))
                .collect(),
            stats: stats
                .filter_map(|(name, stat)| Some((name.clone(), speed(stat)?)))
                .collect(),
            progress: progress(object("progress")),
            host_name: text("host_name"),
            package_info: text("package_info"),
            git_info: text("git_info"),
            raw: raw.clone(),
        }
    }
}

/// A figure of bytes, which some platforms report as a float without a fraction.
fn integer(value: &Value) -> Option<u64> {
    let float = || {
        value
            .as_f64()
            .filter(|number| *number >= 0.0 && number.fract() == 0.0)
    };
    // Below 2^53 such a float is exact.
    value.as_u64().or_else(|| {
        float()
            .filter(|n| *n < 9_007_199_254_740_992.0)
            .map(|n| n as u64)
    })
}

fn speed(stat: &Value) -> Option<SpeedStat> {
    Some(SpeedStat {
        count: stat.get("count")?.as_u64()?,
        mean: stat.get("mean")?.as_f64()?,
        std: stat.get("std")?.as_f64()?,
    })
}

fn progress(sessions: &Map<String, Value>) -> Vec<(String, String, String, String)> {
    let mut all = Vec::new();
    for (session, operands) in sessions {
        for (key, operand) in operands.as_object().into_iter().flatten() {
            let text = |name| {
                operand
                    .get(name)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
            };
            all.push((
                session.clone(),
                key.clone(),
                text("operands").into(),
                text("stage").into(),
            ));
        }
    }
    all
}

impl Reply for WorkerList {
    fn into_response(self) -> Response {
        let workers = self
            .workers
            .into_iter()
            .map(|worker| (worker.endpoint, worker.raw));
        reply::respond_json(&Value::Object(workers.collect()))
    }
}

impl Call for Workers {
    type Reply = WorkerList;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        request(Method::GET, &["worker"], &[])
    }

    fn from_response(&self, response: Response) -> Result<WorkerList, Error> {
        let what = "the list of workers";
        let document = reply::json(what, response)?;
        let workers = document.as_object().ok_or_else(|| Error::Malformed {
            what,
            detail: "it is no object".into(),
        })?;
        let workers = workers
            .iter()
            .map(|(endpoint, raw)| Worker::read(endpoint, raw))
            .collect();
        Ok(WorkerList { workers })
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let parts = Parts::take("Workers", request, &Method::GET, &["worker"])?;
        match parts.optional("action") {
            Some(action) => Err(parts.refused(format!("the action is {action:?}"))),
            None => Ok(Self {
                instance: String::new(),
            }),
        }
    }
}
