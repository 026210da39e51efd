//! How far a query is: state, queue, stages; and at its end what came of it and what was spent.

use odps::instances::{
    Get, JobSource, Payload, Progress, Queue, Stage, Status, Summary, TaskOutcome, TaskResult,
    TaskState, TaskStatus, TaskStatusWord,
};
use odps::tunnel::download::{Create, Source};
use serde_json::Value;
use wire::{Millis, Target};

use super::super::{Doing, Problem, instances, send};
use super::kept::{Spent, State};
use crate::state::clock::now;

/// One look at a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Where it is; never [`State::Stopping`], which only the page knows.
    pub state: State,
    /// When it was submitted.
    pub began: Option<Millis>,
    /// When it ended.
    pub ended: Option<Millis>,
    /// Its priority in the queue, where the service says so.
    pub priority: Option<i64>,
    /// Its stages, as far as they are known.
    pub stages: Vec<Stage>,
    /// What came of it, once it has ended.
    pub outcome: Option<Outcome>,
    /// What was spent, once it has ended and the service says so.
    pub spent: Option<Spent>,
    /// When this was read.
    pub at: Millis,
}

/// What came of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Rows; how many, unless only a part may be read.
    Rows(Option<u64>),
    /// A text; empty where there is nothing to say.
    Text(String),
    /// An error, in the service's words.
    Failed(String),
    /// Somebody asked for its end.
    Cancelled,
}

/// Looks once. Whether a statement leaves rows is known by its text: others are not asked for any.
pub async fn look(target: &Target, id: &str, text: &str) -> Result<Look, Problem> {
    let failed = |failure| Problem::of(Doing::ReadInstance, failure);
    let id = id.to_owned();
    let instance = send(&Get { id: id.clone() }, target)
        .await
        .map_err(failed)?;
    let states = send(&TaskStatus { id: id.clone() }, target)
        .await
        .map_err(failed)?;
    let task = states.tasks.into_iter().next();
    let stages = match &task {
        // What a service does not answer here is not missed.
        Some(task) => send(&progress(&id, task), target)
            .await
            .map(|all| all.stages)
            .unwrap_or_default(),
        None => Vec::new(),
    };
    let over = instance.status == Status::Terminated;
    let mut look = Look {
        state: state(over, task.as_ref()),
        began: instance.start_time,
        ended: instance.end_time.filter(|_| over),
        priority: None,
        stages,
        outcome: None,
        spent: None,
        at: now(),
    };
    if over {
        look.spent = match &task {
            Some(task) => spent(target, &id, task).await,
            None => None,
        };
        look.outcome = Some(outcome(target, &id, look.state, gives_rows(text)).await?);
    } else if look.state == State::Waiting {
        look.priority = send(&Queue { id }, target)
            .await
            .ok()
            .and_then(|queue| queue.priority);
    }
    Ok(look)
}

/// The statement of an instance and its flags; none when it is no SQL.
pub async fn source(
    target: &Target,
    id: &str,
) -> Result<Option<(String, Vec<(String, String)>)>, Problem> {
    Ok(read_source(&instances::source(target, id).await?))
}

fn read_source(source: &JobSource) -> Option<(String, Vec<(String, String)>)> {
    let task = source.job.tasks.first()?;
    let Payload::Query(text) = &task.payload else {
        return None;
    };
    let settings = task.property("settings").unwrap_or("{}");
    let settings: serde_json::Map<String, Value> =
        serde_json::from_str(settings).unwrap_or_default();
    let flags = settings.into_iter().map(|(key, value)| match value {
        Value::String(text) => (key, text),
        other => (key, other.to_string()),
    });
    Some((
        text.trim().trim_end_matches(';').to_owned(),
        flags.collect(),
    ))
}

fn progress(id: &str, task: &TaskState) -> Progress {
    Progress {
        id: id.to_owned(),
        task: task.name.clone(),
    }
}

fn state(over: bool, task: Option<&TaskState>) -> State {
    match (over, task.map(|task| &task.status)) {
        (false, None | Some(TaskStatusWord::Waiting)) => State::Waiting,
        (false, _) => State::Running,
        (true, Some(TaskStatusWord::Success)) => State::Done,
        (true, Some(TaskStatusWord::Failed)) => State::Failed,
        (true, _) => State::Cancelled,
    }
}

/// Whether the last statement of a text is a query.
fn gives_rows(text: &str) -> bool {
    let last = query::split(text).pop();
    last.is_none_or(|last| query::kind(last.text(text)) == query::Kind::Rows)
}

async fn outcome(
    target: &Target,
    id: &str,
    state: State,
    has_rows: bool,
) -> Result<Outcome, Problem> {
    if state == State::Cancelled {
        return Ok(Outcome::Cancelled);
    }
    if state == State::Done
        && has_rows
        && let Some(rows) = rows(target, id).await?
    {
        return Ok(rows);
    }
    let results = send(&TaskResult { id: id.to_owned() }, target).await;
    let results = results.map_err(|failure| Problem::of(Doing::ReadResult, failure))?;
    let said = |task: &TaskOutcome| task.text.trim().to_owned();
    let text: Vec<String> = results.tasks.iter().map(said).collect();
    let text = text.join("\n");
    Ok(match state {
        State::Failed => Outcome::Failed(text),
        _ => Outcome::Text(text),
    })
}

/// Whether it left rows: the tunnel refuses an instance that has none.
async fn rows(target: &Target, id: &str) -> Result<Option<Outcome>, Problem> {
    let call = Create::of(Source::instance(id));
    match send(&call, target).await {
        Ok(session) => Ok(Some(Outcome::Rows(Some(session.record_count)))),
        Err(failure) => {
            let problem = Problem::of(Doing::ReadResult, failure);
            match problem.code.as_deref() {
                Some("NoPermission") => Ok(Some(Outcome::Rows(None))),
                Some("InstanceTypeNotSupported" | "InvalidArgument" | "InvalidProjectTable") => {
                    Ok(None)
                }
                _ => Err(problem),
            }
        }
    }
}

async fn spent(target: &Target, id: &str, task: &TaskState) -> Option<Spent> {
    let call = Summary {
        id: id.to_owned(),
        task: task.name.clone(),
    };
    read_spent(&send(&call, target).await.ok()?.json?)
}

fn read_spent(json: &str) -> Option<Spent> {
    let value: Value = serde_json::from_str(json).ok()?;
    let cost = value.get("Cost")?;
    let number = |key: &str| cost.get(key).and_then(Value::as_u64);
    Some(Spent {
        cpu: number("CPU"),
        input: number("Input"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use odps::instances::{Job, Task};

    #[test]
    fn states_are_read_and_not_remembered() {
        let task = |status| TaskState {
            kind: "SQL".into(),
            name: "t".into(),
            start_time: None,
            end_time: None,
            status,
        };
        let table = [
            (false, Some(TaskStatusWord::Waiting), State::Waiting),
            (false, Some(TaskStatusWord::Running), State::Running),
            // The task is done, the instance has not said so yet.
            (false, Some(TaskStatusWord::Success), State::Running),
            (false, None, State::Waiting),
            (true, Some(TaskStatusWord::Success), State::Done),
            (true, Some(TaskStatusWord::Failed), State::Failed),
            (true, Some(TaskStatusWord::Cancelled), State::Cancelled),
            (true, None, State::Cancelled),
        ];
        for (over, word, wanted) in table {
            assert_eq!(
                state(over, word.clone().map(task).as_ref()),
                wanted,
                "{word:?}"
            );
        }
    }

    #[test]
    fn only_queries_are_asked_for_rows() {
        assert!(gives_rows("select 1"));
        assert!(gives_rows("@a := select 1;\nselect * from @a;"));
        assert!(gives_rows(""));
        assert!(!gives_rows("desc t"));
        assert!(!gives_rows("select 1; drop table t"));
    }

    #[test]
    fn what_was_spent_is_exact() {
        let json = r#"{"Cost": {"CPU": 200, "Memory": 4096, "Input": 18446744073709551615}}"#;
        let wanted = Spent {
            cpu: Some(200),
            input: Some(u64::MAX),
        };
        assert_eq!(read_spent(json), Some(wanted));
        assert_eq!(read_spent("{}"), None);
        assert_eq!(read_spent(r#"{"Cost":{}}"#), Some(Spent::default()));
    }

    #[test]
    fn a_shared_instance_gives_its_text_back() {
        let job = Job::of(Task::sql("select '中;' ", [("a.b", "true")], "u"));
        let (text, flags) = read_source(&JobSource::of(job)).expect("a query");
        assert_eq!(text, "select '中;'");
        assert_eq!(flags, [("a.b".to_owned(), "true".to_owned())]);
        let other = JobSource::of(Job::of(Task::cupid("r,p,m", "u")));
        assert_eq!(read_source(&other), None);
    }
}
