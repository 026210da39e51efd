//! ODPS instances: the list, and everything that is known of one.

use odps::instances::{
    DateRange, Detail, Form, Get, Instance, Item, JobSource, List, Log, Progress, Queue, Source,
    Stage, StageWorkers, Standing, Status, Summary, TaskOutcome, TaskResult, TaskState, TaskStatus,
    TaskSummary,
};
use wire::Target;

use super::answers::Answers;
use super::{Doing, Problem, send};
use crate::state::clock::now;

/// How far back the list looks.
const DAYS: u64 = 3;

/// How many a page of the list holds at most.
const PAGE: u32 = 100;

mod track;

pub use track::{Seen, Track};

/// How much of a log is read.
pub const LOG_BYTES: u64 = 256 << 10;

/// Everything that is known of an instance.
#[derive(Clone, Debug)]
pub struct Facts {
    /// State, owner, times.
    pub instance: Instance,
    /// Its tasks.
    pub tasks: Vec<TaskState>,
    /// What was submitted.
    pub source: Option<JobSource>,
    /// What the tasks left, once it has ended.
    pub results: Vec<TaskOutcome>,
    /// Where it stands in its queue.
    pub standing: Option<Standing>,
    /// Where it stood whenever this page asked.
    pub track: Track,
    /// How far its stages are.
    pub stages: Vec<Stage>,
    /// Its stages' workers, or the processes of a cluster.
    pub workers: Vec<StageWorkers>,
    /// What it used and made, once it has ended.
    pub summary: TaskSummary,
}

impl Facts {
    /// Whether this is a Mars cluster.
    pub fn is_mars(&self) -> bool {
        self.source
            .as_ref()
            .is_some_and(|source| source.job.tasks.iter().any(|task| task.is_mars()))
    }
}

/// Own instances of the last days, newest first.
pub async fn list(target: &Target, status: Option<Status>) -> Result<Vec<Item>, Problem> {
    let from = (now() / 1000).saturating_sub(DAYS * 86_400);
    let call = List {
        status,
        range: Some(DateRange {
            from: Some(from),
            to: None,
        }),
        only_owner: Some(true),
        max_items: Some(PAGE),
        marker: None,
    };
    let page = send(&call, target)
        .await
        .map_err(|e| Problem::of(Doing::ListInstances, e))?;
    let mut items = page.instances;
    items.sort_by_key(|item| std::cmp::Reverse(item.start_time));
    Ok(items)
}

/// What was submitted as an instance.
pub async fn source(target: &Target, id: &str) -> Result<JobSource, Problem> {
    let call = Source { id: id.to_owned() };
    send(&call, target)
        .await
        .map_err(|error| Problem::of(Doing::ReadInstance, error))
}

/// Everything about one instance. Its state must be readable; the rest is shown as far as it is. Of
/// an instance that had ended `before` only the state is read again.
pub async fn read(answers: &Answers, id: &str, before: Option<Facts>) -> Result<Facts, Problem> {
    let failed = |error| Problem::of(Doing::ReadInstance, error);
    let id = id.to_owned();
    let get = Get { id: id.clone() };
    let instance = answers.send(&get).await.map_err(failed)?;
    let ended = instance.status == Status::Terminated;
    let (known, track) = match before {
        Some(before) if before.instance.status == Status::Terminated && ended => {
            return Ok(Facts { instance, ..before });
        }
        Some(before) => (before.source, before.track),
        None => (None, Track::default()),
    };
    let states = TaskStatus { id: id.clone() };
    let states = answers.send(&states).await.map_err(failed)?;
    let source = match known {
        Some(known) => Some(known),
        None => answers.send(&Source { id: id.clone() }).await.ok(),
    };
    let results = match ended {
        true => answers.send(&TaskResult { id: id.clone() }).await,
        false => Ok(odps::instances::TaskResults { tasks: Vec::new() }),
    };
    let mut facts = Facts {
        instance,
        tasks: states.tasks,
        source,
        results: results.map_err(failed)?.tasks,
        standing: answers.send(&Queue { id: id.clone() }).await.ok(),
        track,
        stages: Vec::new(),
        workers: Vec::new(),
        summary: TaskSummary::default(),
    };
    parts(answers, &id, &mut facts).await;
    if let Some(standing) = &facts.standing {
        facts.track.note(Seen::of(now(), standing));
    }
    Ok(facts)
}

/// What the tasks are made of. The service need not know: what it does not say is left out.
async fn parts(answers: &Answers, id: &str, facts: &mut Facts) {
    let tasks: Vec<(String, String)> = facts
        .tasks
        .iter()
        .map(|task| (task.kind.clone(), task.name.clone()))
        .collect();
    for (kind, task) in tasks {
        let id = id.to_owned();
        // The details of other Cupid tasks may hold a token of the proxy, which is not for the page.
        let cupid = kind == "CUPID";
        if cupid && !facts.is_mars() {
            continue;
        }
        facts
            .workers
            .extend(workers(answers, &id, &task, cupid).await);
        if cupid {
            continue;
        }
        let progress = Progress {
            id: id.clone(),
            task: task.clone(),
        };
        if let Ok(progress) = answers.send(&progress).await {
            facts.stages.extend(progress.stages);
        }
        if facts.instance.status == Status::Terminated
            && let Ok(summary) = answers.send(&Summary { id, task }).await
        {
            facts.summary = summary;
        }
    }
}

/// The stages of a task with their workers: by the second question, which says more, else the first.
async fn workers(answers: &Answers, id: &str, task: &str, second_only: bool) -> Vec<StageWorkers> {
    let forms = [Form::Task, Form::Instance];
    let forms = if second_only { &forms[..1] } else { &forms[..] };
    for form in forms {
        let detail = Detail {
            id: id.to_owned(),
            task: task.to_owned(),
            form: *form,
        };
        let stages = answers.send(&detail).await.map(|detail| detail.stages());
        match stages {
            Ok(stages) if !stages.is_empty() => return stages,
            _ => {}
        }
    }
    Vec::new()
}

/// The end of a worker's log.
pub async fn log(
    answers: &Answers,
    id: &str,
    log: &str,
    kind: Option<&str>,
) -> Result<String, Problem> {
    let call = Log {
        id: id.to_owned(),
        log: log.to_owned(),
        kind: kind.map(str::to_owned),
        size: Some(LOG_BYTES),
    };
    let text = answers.send(&call).await;
    let text = text.map_err(|error| Problem::of(Doing::ReadInstance, error))?;
    Ok(text.0)
}
