//! Taking a job: which kind of task it has and who runs it.

use super::super::{cupid, internal};
use crate::app::App;
use crate::auth::{self, Caller, Rights};
use crate::catalog::SqlCatalog;
use crate::instances::{Instance, Progress};
use crate::jobs::{Kind, Work};
use crate::keys::Role;
use crate::results;
use http::StatusCode;
use odps::Error;
use odps::instances::{Create, Created, JobSource, Payload, Task};
use serde_json::{Map, Value};
use sql::{Options, Session};
use std::sync::Arc;

/// The most characters of a script, as the service has it.
const SCRIPT_MAX: usize = 2 << 20;

/// Takes a job. A task that cannot be run here ends its instance as failed, as the service does with
/// a task that turns out wrong.
pub(in crate::handlers) fn create(
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
    let owner = app.keys.role(&caller.owner, project) == Some(Role::Owner);
    if task.kind == "CUPID" && !owner {
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
    let refused = match task.kind.as_str() {
        "CUPID" => {
            cupid::submit(app, &instance, &task);
            Ok(())
        }
        "SQL" | "SQLRT" => run(app, &instance, &task, Kind::Run, caller),
        "SQLCost" => run(app, &instance, &task, Kind::Cost, caller),
        other => Err(format!(
            "ODPS-0420061: Invalid parameter in HTTP request - the local MaxCompute runs no task of kind {other}"
        )),
    };
    if let Err(text) = refused {
        app.instances
            .finish(&instance.id, Progress::Failed, Some(text));
    }
    Ok(Created::at(&app.endpoint(), project, &instance.id))
}

fn run(
    app: &Arc<App>,
    instance: &Instance,
    task: &Task,
    kind: Kind,
    caller: &Caller,
) -> Result<(), String> {
    let Payload::Query(script) = &task.payload else {
        return Err("ODPS-0130161:[1,1] Parse exception - the task has no query".to_owned());
    };
    if script.chars().count() > SCRIPT_MAX {
        return Err(format!(
            "ODPS-0130161:[1,1] Parse exception - the query is longer than {SCRIPT_MAX} characters"
        ));
    }
    let rights = Rights::new(app.keys.clone(), caller.clone());
    let catalog = SqlCatalog::new(app.catalog().clone(), &instance.project, rights);
    let session = Session::new(Arc::new(catalog), Options::default());
    let session = settings(task)?
        .into_iter()
        .fold(session, |session, (key, value)| {
            session.with_setting(key, value)
        });
    app.jobs.start(Work {
        id: instance.id.clone(),
        kind,
        script: script.clone(),
        session,
        rows: results::path(&app.store, &instance.project, &instance.id),
    });
    Ok(())
}

/// The flags of a task: a JSON object of texts in its property `settings`.
fn settings(task: &Task) -> Result<Vec<(String, String)>, String> {
    let given = task.config.iter().find(|(name, _)| name == "settings");
    let Some((_, text)) = given else {
        return Ok(Vec::new());
    };
    let settings: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        format!("ODPS-0420061: Invalid parameter in HTTP request - settings: {error}")
    })?;
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    Ok(settings
        .into_iter()
        .map(|(key, value)| (key, text(value)))
        .collect())
}
