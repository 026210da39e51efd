//! Instances: submit, list, look, stop.

mod log;
pub(super) mod queue;
mod submit;
pub(super) mod watch;

pub(super) use submit::create;

use super::csv::csv;
use super::{internal, query};
use crate::app::App;
use crate::auth::Caller;
use crate::catalog::arrow;
use crate::clock;
use crate::instances::{Instance, Progress};
use crate::results::{self, Written};
use crate::scan::Scan;
use frame::Table;
use http::StatusCode;
use odps::Error;
use odps::cupid::detail::State;
use odps::instances::{
    self as wire_of, Detail, DetailText, Form, Get, Item, JobSource, List, Page, Source, Status,
    Stop, Stopping, Summary, TaskOutcome, TaskResult, TaskResults, TaskState, TaskStates,
    TaskStatus, TaskStatusWord, TaskSummary,
};
use std::sync::Arc;
use std::time::Duration;
use wire::{Call as _, Request};

/// Items of one page of the list.
const PAGE: usize = 1000;

/// The longest that a client is kept waiting for the end of a query.
const BLOCKED: Duration = Duration::from_secs(5);

/// How long it waits when it did not ask to.
const MOMENT: Duration = Duration::from_millis(200);

/// Milliseconds in which a query is young.
const YOUNG: u64 = 2000;

/// Rows of a result that is not read through the tunnel, as by the service.
const RESULT_ROWS: u64 = 10_000;

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

/// Lets the question for the state wait for the end of a query: for long when the client wants that
/// (`?instancestatus`), and a moment while the query is young, so that what takes no time costs no
/// round of polling.
pub(crate) async fn hold(app: &App, request: &Request) {
    let Ok(call) = Get::from_request(request) else {
        return;
    };
    let limit = match query(request, "instancestatus") {
        Some(_) => BLOCKED,
        None => MOMENT,
    };
    let Some(project) = odps::request::project(request) else {
        return;
    };
    let Some(instance) = app.instances.get(&project, &call.id) else {
        return;
    };
    let young = clock::now().saturating_sub(instance.started) < YOUNG;
    let query = instance.tasks.iter().all(|task| task.kind != "CUPID");
    if query && (young || limit == BLOCKED) {
        app.instances.ended(&project, &call.id, limit).await;
    }
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
        start_time: Some(instance.began.unwrap_or(instance.started)),
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
    let rows = match &instance.rows {
        Some(written) => Some(csv_of(app, &instance, written)?),
        None => None,
    };
    let outcome = |task: crate::instances::Task| TaskOutcome {
        kind: task.kind,
        name: task.name,
        format: if rows.is_some() { "csv" } else { "text" }.to_owned(),
        text: rows.clone().or(task.result).unwrap_or_default(),
        status: Some(word(task.progress)),
    };
    Ok(TaskResults {
        tasks: instance.tasks.into_iter().map(outcome).collect(),
    })
}

/// The first rows that a query has left, as CSV.
fn csv_of(app: &App, instance: &Instance, written: &Written) -> Result<String, Error> {
    let file = results::file(&app.store, &instance.project, &instance.id, written);
    let schema = arrow(&written.columns).map_err(internal)?;
    let mut shown: Option<Table> = None;
    for batch in Scan::new(vec![file], 0, written.rows.min(RESULT_ROWS), schema) {
        let batch = batch.map_err(internal)?;
        let shown = shown.get_or_insert_with(|| Table::new(batch.schema()));
        shown.append(batch).map_err(|error| {
            let text = format!("ODPS-0010000: System internal error - {error}");
            Error::status(
                StatusCode::INTERNAL_SERVER_ERROR,
                "InternalServerError",
                text,
            )
        })?;
    }
    let places: Vec<usize> = (0..written.columns.len()).collect();
    Ok(csv(&written.columns, shown, &places))
}

pub(super) fn source(app: &Arc<App>, project: &str, call: Source) -> Result<JobSource, Error> {
    JobSource::read(&find(app, project, &call.id)?.source)
}

/// The detail of a Cupid task is its state, in the second form the processes of its cluster; that of
/// a query its stages.
pub(super) fn detail(app: &Arc<App>, project: &str, call: Detail) -> Result<DetailText, Error> {
    let instance = find(app, project, &call.id)?;
    let Some(task) = instance.tasks.iter().find(|task| task.name == call.task) else {
        return Err(Error::no_such_object(format!(
            "Task not found - '{}'",
            call.task
        )));
    };
    if task.kind != "CUPID" {
        let second = call.form == Form::Task;
        return Ok(DetailText(
            watch::detail(app, &instance, second).to_string(),
        ));
    }
    if call.form == Form::Task
        && let Some(processes) = log::processes(app, &instance, &task.name)
    {
        return Ok(DetailText(processes.to_string()));
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
        (Progress::Running | Progress::Waiting, _, Some(text)) => State::Running(text.clone()),
        (Progress::Running | Progress::Waiting, _, None) => State::Ready,
    };
    Ok(DetailText(state.to_text()))
}

/// What a query read and made. Clusters are not metered.
pub(super) fn summary(app: &Arc<App>, project: &str, call: Summary) -> Result<TaskSummary, Error> {
    Ok(watch::summary(&find(app, project, &call.id)?))
}

/// Takes the wish to stop. A query reads `Terminated` once it has let go, a cluster once its
/// processes are gone.
pub(super) fn stop(app: &Arc<App>, project: &str, call: Stop) -> Result<Stopping, Error> {
    let instance = find(app, project, &call.id)?;
    if instance.terminated() {
        return Err(Stop::already_ended());
    }
    tracing::info!(id = instance.id, "asked to stop");
    app.instances.update(&instance.id, |instance| {
        instance.stop_requested.get_or_insert_with(clock::now);
    });
    if !app.jobs.stop(&instance.id) && !app.clusters.stop(&instance.id) {
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
        Progress::Waiting => TaskStatusWord::Waiting,
        Progress::Running => TaskStatusWord::Running,
        Progress::Success => TaskStatusWord::Success,
        Progress::Failed => TaskStatusWord::Failed,
        Progress::Cancelled => TaskStatusWord::Cancelled,
    }
}
