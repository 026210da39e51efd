//! SQL: runs of the reader, what is kept of them, what a run would cost; and statements that a page
//! runs by itself, submitted, then waited for.

pub mod estimate;
pub mod follow;
pub mod kept;
pub mod run;

use odps::instances::{Create, Get, Job, Status, Task, TaskResult, TaskStatus, TaskStatusWord};
use wire::Target;

use super::{Cause, Doing, Problem, random, send, sleep};

/// Milliseconds between two looks at the state.
const PAUSE: u64 = 500;

/// Runs a statement to its end, as PyODPS runs it with the types of MaxCompute 2.0.
pub async fn run(target: &Target, statement: &str, doing: Doing) -> Result<(), Problem> {
    let failed = |failure| Problem::of(doing, failure);
    let settings = [("odps.sql.type.system.odps2", "true")];
    let job = Job::of(Task::sql(statement, settings, random::key()));
    let id = send(&Create { job }, target).await.map_err(failed)?.id;
    loop {
        let call = Get { id: id.clone() };
        let state = send(&call, target).await.map_err(failed)?;
        if state.status == Status::Terminated {
            break;
        }
        sleep(PAUSE).await;
    }
    let call = TaskStatus { id: id.clone() };
    let states = send(&call, target).await.map_err(failed)?;
    let well = |task: &odps::instances::TaskState| task.status == TaskStatusWord::Success;
    if states.tasks.iter().all(well) {
        return Ok(());
    }
    let results = send(&TaskResult { id }, target).await.map_err(failed)?;
    let said: Vec<String> = results.tasks.into_iter().map(|task| task.text).collect();
    Err(Problem::new(doing, Cause::Refused).with_detail(said.join("\n")))
}
