//! `GET /api/console/scheduler` (`http_72`; `http_77` of a cluster without it).

use super::{Document, Told, float, number, rows, text, told};
use crate::Error;
use crate::v04::session::path::{Parts, request};
use http::Method;
use serde_json::{Value, json};
use wire::{Call, Request, Response, Service, Target};

/// Asks for the facts of the schedulers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedulers {
    /// The instance of the cluster.
    pub instance: String,
}

/// The version of the engine and its schedulers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchedulerFacts {
    /// The version of Mars.
    pub version: Option<String>,
    /// In the order of their addresses.
    pub schedulers: Vec<Scheduler>,
}

/// One scheduler.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scheduler {
    /// Address and port.
    pub endpoint: String,
    /// The machine's name.
    pub host_name: Option<String>,
    /// Its system.
    pub platform: Option<String>,
    /// Python, as it names itself.
    pub sys_version: Option<String>,
    /// Packages, a line each.
    pub package_info: Option<String>,
    /// The revision of the engine.
    pub git_info: Option<String>,
    /// Cores in use.
    pub cpu_used: Option<f64>,
    /// Cores in all.
    pub cpu_total: Option<u64>,
    /// Bytes in use.
    pub memory_used: Option<u64>,
    /// Bytes in all.
    pub memory_total: Option<u64>,
    /// Unix seconds of the report.
    pub update_time: Option<f64>,
}

impl Scheduler {
    fn read(row: &Value) -> Option<Self> {
        Some(Self {
            endpoint: text(row, "endpoint")?,
            host_name: text(row, "host_name"),
            platform: text(row, "platform"),
            sys_version: text(row, "sys_version"),
            package_info: text(row, "package_info"),
            git_info: text(row, "git_info"),
            cpu_used: float(row, "cpu_used"),
            cpu_total: number(row, "cpu_total"),
            memory_used: number(row, "memory_used"),
            memory_total: number(row, "memory_total"),
            update_time: float(row, "update_time"),
        })
    }
}

impl Document for SchedulerFacts {
    fn read(document: &Value) -> Self {
        Self {
            version: text(document, "version"),
            schedulers: rows(document, "schedulers", Scheduler::read),
        }
    }

    fn write(&self) -> Value {
        let schedulers = self.schedulers.iter().map(|one| {
            json!({
                "endpoint": one.endpoint, "host_name": one.host_name, "platform": one.platform,
                "sys_version": one.sys_version, "package_info": one.package_info,
                "git_info": one.git_info, "cpu_used": one.cpu_used, "cpu_total": one.cpu_total,
                "memory_used": one.memory_used, "memory_total": one.memory_total,
                "update_time": one.update_time,
            })
        });
        json!({ "version": self.version, "schedulers": schedulers.collect::<Vec<_>>() })
    }
}

impl Call for Schedulers {
    type Reply = Told<SchedulerFacts>;
    type Error = Error;

    fn service(&self) -> Service {
        Service::Mars(self.instance.clone())
    }

    fn to_request(&self, _: &Target) -> Request {
        request(Method::GET, &["console", "scheduler"], &[])
    }

    fn from_response(&self, response: Response) -> Result<Self::Reply, Error> {
        told("the facts of the schedulers", response)
    }

    fn from_request(request: &Request) -> Result<Self, Error> {
        let pattern = ["console", "scheduler"];
        Parts::take("Schedulers", request, &Method::GET, &pattern)?;
        Ok(Self {
            instance: String::new(),
        })
    }
}
