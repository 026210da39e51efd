//! The life of a Mars cluster: what to ask for, how to start it, find it again, watch it, run a job
//! on it and stop it. Procedures are machines without IO, clock or random numbers; each can be
//! written down and taken up again.

mod attach;
mod budget;
mod busy;
mod connection;
pub mod diagnosis;
mod ended;
mod exchange;
pub mod fate;
mod find;
pub mod fleet;
pub mod flight;
pub mod forecast;
mod job;
mod launch;
pub mod lease;
mod moment;
mod name;
mod pasted;
pub mod price;
mod problem;
mod search;
mod spec;
mod stop;
mod watch;

pub use attach::{Attach, Facts, Verdict};
pub use budget::{Budget, Phase};
pub use connection::Connection;
pub use ended::{Ended, EndedWhy};
pub use find::Find;
pub use flight::Flight;
pub use job::{Job, JobEvent, JobFailure, JobOutcome, JobResult};
pub use launch::{Launch, LaunchEvent, LaunchFailure, LaunchIds, Launched};
pub use moment::Moment;
pub use name::recover_name;
pub use pasted::{Instead, LeftOut, PasteError, PasteErrorKind, Pasted, Place, parse_pyodps_call};
pub use problem::Problem;
pub use search::{Found, Origin};
pub use spec::{Difference, Field, FieldProblem, Hint, IfExists, Repair, Rule, Spec, WORKER_LIMIT};
pub use stop::{STOP_DEADLINE, Stop, StopEvent, StopOutcome};
pub use watch::{Activity, ClusterState, Side, Stage, Watch, WatchEnd};
