//! The fields by name, and reading one of them from text.

use serde::{Deserialize, Serialize};

use super::{IfExists, Spec};

/// One argument of `create_mars_cluster`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// `worker_num`
    WorkerNum,
    /// `worker_cpu`
    WorkerCpu,
    /// `worker_mem`
    WorkerMem,
    /// `cache_mem`
    CacheMem,
    /// `disk_num`
    DiskNum,
    /// `min_worker_num`
    MinWorkerNum,
    /// `resources`
    Resources,
    /// `module_path`
    ModulePath,
    /// `scheduler_num`
    SchedulerNum,
    /// `mars_app_image`
    MarsAppImage,
    /// `priority`
    Priority,
    /// `running_cluster`
    RunningCluster,
    /// `proxy_endpoint`
    ProxyEndpoint,
    /// `name`
    Name,
    /// `if_exists`
    IfExists,
}

impl Field {
    /// Every field, the positional arguments of PyODPS first and in their order.
    pub const ALL: [Field; 15] = [
        Field::WorkerNum,
        Field::WorkerCpu,
        Field::WorkerMem,
        Field::CacheMem,
        Field::DiskNum,
        Field::MinWorkerNum,
        Field::Resources,
        Field::ModulePath,
        Field::SchedulerNum,
        Field::MarsAppImage,
        Field::Priority,
        Field::RunningCluster,
        Field::ProxyEndpoint,
        Field::Name,
        Field::IfExists,
    ];

    /// How many of [`Field::ALL`] PyODPS takes by position; `instance_id` is the tenth.
    pub const POSITIONAL: usize = 9;

    /// PyODPS's name, which is the name in a link too.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::WorkerNum => "worker_num",
            Field::WorkerCpu => "worker_cpu",
            Field::WorkerMem => "worker_mem",
            Field::CacheMem => "cache_mem",
            Field::DiskNum => "disk_num",
            Field::MinWorkerNum => "min_worker_num",
            Field::Resources => "resources",
            Field::ModulePath => "module_path",
            Field::SchedulerNum => "scheduler_num",
            Field::MarsAppImage => "mars_app_image",
            Field::Priority => "priority",
            Field::RunningCluster => "running_cluster",
            Field::ProxyEndpoint => "proxy_endpoint",
            Field::Name => "name",
            Field::IfExists => "if_exists",
        }
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.as_str() == name)
    }
}

/// The rule that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Rule {
    /// Something must be given.
    Missing,
    /// A whole number is wanted.
    NotWhole,
    /// The number is below the least that makes sense.
    AtLeast(u32),
    /// The number is above the most that is allowed.
    AtMost(u32),
    /// The memory of a worker must exceed one gigabyte.
    MustExceedOneGb,
    /// More workers are waited for than are asked for.
    MoreThanWorkers {
        /// How many are asked for.
        worker_num: u32,
    },
    /// The cache must be smaller than the memory that it is part of.
    CacheNotBelowMemory {
        /// The memory of a worker.
        worker_mem: u32,
    },
    /// A character that would tear the start command apart: blank, comma, quote or control.
    BadCharacter(char),
    /// A scheme or path where only `host[:port]` may stand.
    NotAHost,
    /// Longer than anything that the service takes.
    TooLong {
        /// The longest that is taken.
        limit: usize,
    },
    /// The value is of another kind, such as a list for a number.
    WrongKind,
    /// None of the words that are known there.
    NotAChoice,
}

impl Spec {
    /// Sets one field from what a person typed or a link carries; blanks around it do not count,
    /// and an empty text means "not given". Lists are separated by commas.
    pub fn set(&mut self, field: Field, text: &str) -> Result<(), Rule> {
        let text = text.trim();
        let default = Spec::default();
        match field {
            Field::WorkerNum => self.worker_num = whole(text)?.ok_or(Rule::Missing)?,
            Field::WorkerCpu => self.worker_cpu = whole(text)?.ok_or(Rule::Missing)?,
            Field::WorkerMem => self.worker_mem = whole(text)?.ok_or(Rule::Missing)?,
            Field::CacheMem => self.cache_mem = whole(text)?,
            Field::DiskNum => self.disk_num = whole(text)?.unwrap_or(default.disk_num),
            Field::MinWorkerNum => self.min_worker_num = whole(text)?,
            Field::SchedulerNum => {
                self.scheduler_num = whole(text)?.unwrap_or(default.scheduler_num);
            }
            Field::Priority => self.priority = whole(text)?,
            Field::Resources => self.resources = list(text),
            Field::ModulePath => self.module_path = list(text),
            Field::MarsAppImage => self.mars_app_image = given(text),
            Field::RunningCluster => self.running_cluster = given(text),
            Field::ProxyEndpoint => self.proxy_endpoint = given(text),
            Field::Name => self.name = given(text),
            Field::IfExists if text.is_empty() => self.if_exists = default.if_exists,
            Field::IfExists => {
                self.if_exists = IfExists::parse(text).ok_or(Rule::NotAChoice)?;
            }
        }
        Ok(())
    }

    /// The field as text, the inverse of [`Spec::set`]; empty when not given.
    pub fn get(&self, field: Field) -> String {
        let optional = |number: Option<u32>| number.map_or_else(String::new, |n| n.to_string());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match field {
            Field::WorkerNum => self.worker_num.to_string(),
            Field::WorkerCpu => self.worker_cpu.to_string(),
            Field::WorkerMem => self.worker_mem.to_string(),
            Field::CacheMem => optional(self.cache_mem),
            Field::DiskNum => self.disk_num.to_string(),
            Field::MinWorkerNum => optional(self.min_worker_num),
            Field::SchedulerNum => self.scheduler_num.to_string(),
            Field::Priority => optional(self.priority),
            Field::Resources => self.resources.join(","),
            Field::ModulePath => self.module_path.join(","),
            Field::MarsAppImage => text(&self.mars_app_image),
            Field::RunningCluster => text(&self.running_cluster),
            Field::ProxyEndpoint => text(&self.proxy_endpoint),
            Field::Name => text(&self.name),
            Field::IfExists => self.if_exists.as_str().to_owned(),
        }
    }
}

/// A whole number; `16.0` counts as one, since Python writes it so after a division.
fn whole(text: &str) -> Result<Option<u32>, Rule> {
    if text.is_empty() {
        return Ok(None);
    }
    let text = match text.split_once('.') {
        Some((whole, zeros)) if !whole.is_empty() && zeros.bytes().all(|b| b == b'0') => whole,
        _ => text,
    };
    if text
        .strip_prefix('-')
        .is_some_and(|rest| rest.parse::<u32>().is_ok())
    {
        return Err(Rule::AtLeast(0));
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits => Ok(Some(number)),
        Err(_) if digits => Err(Rule::AtMost(u32::MAX)),
        _ => Err(Rule::NotWhole),
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

fn given(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
