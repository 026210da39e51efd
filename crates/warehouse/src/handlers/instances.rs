//! Instances: submit, list, look, stop.

use super::{cupid, internal};
use crate::app::App;
use crate::auth::{self, Caller};
use crate::clock;
use crate::instances::{Instance, Progress};
use crate::keys::Role;
use http::StatusCode;
use odps::Error;
use odps::cupid::detail::State;
use odps::instances::{
    self as wire_of, Create, Created, Detail, DetailText, Get, Item, JobSource, List, Page, Source,
    Status, Stop, Stopping, Summary, TaskOutcome, TaskResult, TaskResults, TaskState, TaskStates,
    TaskStatus, TaskStatusWord, TaskSummary,
};
use std::sync::Arc;

/// Items of one page of the list.
const PAGE: usize = 1000;

/// What a submitted SQL task ends with.
const NO_SQL: &str = "ODPS-0130071:[1,1] Semantic analysis exception - the local MaxCompute cannot \
                      run SQL yet; its tables are read through the tunnel";

/// Takes a job. A task that cannot be run here ends its instance as failed, as the service does with
/// a task that turns out wrong.
pub(super) fn create(
    app: &Arc<App>,
    project: &str,
    caller: &Caller,
    call: Create,
) -> Result<Created, Error> {
    let [task] = call.job.tasks.as_slice() else {
        return Err(Error::status(
            StatusCode::BAD_REQUEST,
            "InvalidArgument",
            "ODPS-0420061: Invalid parameter in HTTP request - a job has exactly one task here",
        ));
    };
    if task.kind == "CUPID" && app.keys.role(&caller.owner, project) != Some(Role::Owner) {
        let path = format!("projects/{project}/instances");
        return Err(auth::denied("odps:CreateInstance", &path));
    }
    let tasks = vec![(task.kind.clone(), task.name.clone())];
    let task = task.clone();
    let source = JobSource::of(call.job).xml;
    let instance = app
        .instances
        .create(project, &caller.owner, source, tasks)
        .map_err(internal)?;
    tracing::info!(id = instance.id, kind = task.kind, "instance accepted");
    match task.kind.as_str() {
        "CUPID" => cupid::submit(app, &instance, &task),
        "SQL" | "SQLCost" | "SQLRT" => {
            app.instances
                .finish(&instance.id, Progress::Failed, Some(NO_SQL.to_owned()));
        }
        other => {
            let text = format!(
                "ODPS-0420111: Unsupported task - the local MaxCompute runs no task of kind {other}"
            );
            app.instances
                .finish(&instance.id, Progress::Failed, Some(text));
        }
    }
    Ok(Created::at(&app.endpoint(), project, &instance.id))
}

/// The state. It follows the processes, not the wish to stop them.
pub(super) fn get(app: &Arc<App>, project: &str, call: Get) -> Result<wire_of::Instance, Error> {
    let instance = find(app, project, &call.id)?;
    Ok(wire_of::Instance {
        status: status(&instance),
        owner: Some(instance.owner),
        start_time: Some(instance.started),
        end_time: instance.ended,
    })
}

/// A page of the list, newest first: the caller's own unless all are asked for.
pub(super) fn list(
    app: &Arc<App>,
    project: &str,
    caller: &Caller,
    call: List,
) -> Result<Page, Error> {
    let own = call.only_owner.unwrap_or(true);
    let within = |instance: &Instance| {
        let second = instance.started / 1000;
        call.range.is_none_or(|range| {
            range.from.is_none_or(|from| second >= from) && range.to.is_none_or(|to| second <= to)
        })
    };
    let wanted = app.instances.list(project).into_iter().filter(|instance| {
        call.status.is_none_or(|wanted| wanted == status(instance))
            && within(instance)
            && (!own || instance.owner == caller.owner)
            // Ids begin with the time, so they are in the order of the list.
            && call.marker.as_ref().is_none_or(|marker| instance.id < *marker)
    });
    let size = call
        .max_items
        .map_or(PAGE, |max| PAGE.min(max as usize))
        .max(1);
    let mut instances: Vec<Item> = wanted
        .take(size + 1)
        .map(|instance| Item {
            status: status(&instance),
            id: instance.id,
            owner: Some(instance.owner),
            start_time: Some(instance.started),
            end_time: instance.ended,
        })
        .collect();
    let more = instances.len() > size;
    instances.truncate(size);
    let marker = instances
        .last()
        .filter(|_| more)
        .map(|last| last.id.clone());
    Ok(Page { instances, marker })
}

pub(super) fn task_status(
    app: &Arc<App>,
    project: &str,
    call: TaskStatus,
) -> Result<TaskStates, Error> {
    let instance = find(app, project, &call.id)?;
    let state = |task: &crate::instances::Task| TaskState {
        kind: task.kind.clone(),
        name: task.name.clone(),
        start_time: Some(instance.started),
        end_time: instance.ended,
        status: word(task.progress),
    };
    Ok(TaskStates {
        status: status(&instance),
        tasks: instance.tasks.iter().map(state).collect(),
    })
}

pub(super) fn result(
    app: &Arc<App>,
    project: &str,
    call: TaskResult,
) -> Result<TaskResults, Error> {
    let instance = find(app, project, &call.id)?;
    let outcome = |task: crate::instances::Task| TaskOutcome {
        kind: task.kind,
        name: task.name,
        format: "text".to_owned(),
        text: task.result.unwrap_or_default(),
        status: Some(word(task.progress)),
    };
    Ok(TaskResults {
        tasks: instance.tasks.into_iter().map(outcome).collect(),
    })
}

pub(super) fn source(app: &Arc<App>, project: &str, call: Source) -> Result<JobSource, Error> {
    JobSource::read(&find(app, project, &call.id)?.source)
}

/// The detail of a Cupid task is its state; other kinds have none here.
pub(super) fn detail(app: &Arc<App>, project: &str, call: Detail) -> Result<DetailText, Error> {
    let instance = find(app, project, &call.id)?;
    let Some(task) = instance.tasks.iter().find(|task| task.name == call.task) else {
        return Err(Error::no_such_object(format!(
            "Task not found - '{}'",
            call.task
        )));
    };
    if task.kind != "CUPID" {
        return Ok(DetailText("{}".to_owned()));
    }
    let result = task.result.clone().unwrap_or_default();
    let state = match (task.progress, &instance.token, &instance.running) {
        (Progress::Success, Some(token), _) => State::success(token.expose()),
        // The token died with the process that knew it.
        (Progress::Success, None, _) => {
            return Ok(DetailText(format!(
                "Failed: instance {} is recycled",
                instance.id
            )));
        }
        (Progress::Failed, ..) => State::BizFailed(result),
        (Progress::Cancelled, ..) => State::Cancelled,
        (Progress::Running, _, Some(text)) => State::Running(text.clone()),
        (Progress::Running, _, None) => State::Ready,
    };
    Ok(DetailText(state.to_text()))
}

/// Nothing is metered here.
pub(super) fn summary(app: &Arc<App>, project: &str, call: Summary) -> Result<TaskSummary, Error> {
    find(app, project, &call.id)?;
    Ok(TaskSummary::default())
}

/// Takes the wish to stop. A cluster reads `Terminated` once its processes are gone.
pub(super) fn stop(app: &Arc<App>, project: &str, call: Stop) -> Result<Stopping, Error> {
    let instance = find(app, project, &call.id)?;
    if instance.terminated() {
        return Err(Stop::already_ended());
    }
    tracing::info!(id = instance.id, "asked to stop");
    app.instances.update(&instance.id, |instance| {
        instance.stop_requested.get_or_insert_with(clock::now);
    });
    if !app.clusters.stop(&instance.id) {
        app.instances
            .finish(&instance.id, Progress::Cancelled, None);
    }
    Ok(Stopping)
}

fn find(app: &App, project: &str, id: &str) -> Result<Instance, Error> {
    app.instances
        .get(project, id)
        .ok_or_else(|| Error::no_such_object("The specified instance does not exist."))
}

fn status(instance: &Instance) -> Status {
    if instance.terminated() {
        Status::Terminated
    } else {
        Status::Running
    }
}

fn word(progress: Progress) -> TaskStatusWord {
    match progress {
        Progress::Running => TaskStatusWord::Running,
        Progress::Success => TaskStatusWord::Success,
        Progress::Failed => TaskStatusWord::Failed,
        Progress::Cancelled => TaskStatusWord::Cancelled,
    }
}
