//! Arguments of later PyODPS that this generation of the engine does not have. Authority: the two
//! signatures of `create_mars_cluster` in PyODPS 0.12 (`oscar/core.py`, `legacy/core.py`).

use super::Place;
use crate::spec::Field;

/// An argument that could not be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub at: Place,
    /// What to do instead.
    pub instead: Instead,
}

/// What to do instead of giving an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Instead {
    /// Use the console's notebook.
    Notebook,
    /// Set the automatic stop on the page of the cluster.
    AutoStop,
    /// Nothing: the engine decides the size of this part.
    Fixed,
    /// Nothing: this engine has no such part.
    NoSuchPart,
    /// Nothing: the page asks when a phase takes too long.
    Budgets,
    /// Choose the project in the connection.
    Connection,
    /// Nothing is known of such an argument.
    Unknown,
}

/// What stands for an argument that this generation does not have.
pub(super) fn instead(name: &str) -> Instead {
    match name {
        "with_notebook" | "notebook_cpu" | "notebook_mem" => Instead::Notebook,
        "instance_idle_timeout" => Instead::AutoStop,
        "disk_size" | "supervisor_cpu" | "supervisor_mem" | "scheduler_cpu" | "scheduler_mem"
        | "web_num" | "web_cpu" | "web_mem" => Instead::Fixed,
        "with_graphscope" | "coordinator_cpu" | "coordinator_mem" | "extra_env"
        | "node_blacklist" => Instead::NoSuchPart,
        "timeout" | "master_timeout" => Instead::Budgets,
        "project" => Instead::Connection,
        _ => Instead::Unknown,
    }
}

/// The field that an argument has become, or was.
pub(super) fn renamed(name: &str) -> Option<Field> {
    match name {
        "supervisor_num" => Some(Field::SchedulerNum),
        "extra_modules" => Some(Field::ModulePath),
        "image" => Some(Field::MarsAppImage),
        _ => None,
    }
}
