//! Where instances stand: of one (`?cached`), and of all of a project that have not ended
//! (`GET …/cachedinstances`, a document whose content is JSON). Recorded: `instance_progress_0.9.json`.

use super::watch::{json_page, percentage, stages};
use super::{PAGE, status};
use crate::app::App;
use crate::auth::Caller;
use crate::handlers::{document, escape, said};
use crate::instances::{Instance, Progress};
use http::Method;
use odps::Error;
use odps::date::iso8601;
use serde_json::{Value, json};
use wire::{Request, Response};

/// Answers, if the list is asked for.
pub(in crate::handlers) fn answer(
    app: &App,
    project: &str,
    caller: &Caller,
    request: &Request,
) -> Option<Response> {
    let parts: Vec<&str> = request.uri().path().trim_matches('/').split('/').collect();
    let asked = matches!(parts.as_slice(), ["projects", _, "cachedinstances"]);
    (asked && request.method() == Method::GET).then(|| list(app, project, caller, request))
}

/// Newest first: the caller's own, unless all are asked for.
fn list(app: &App, project: &str, caller: &Caller, request: &Request) -> Response {
    let own = said(request, "onlyowner").is_none_or(|own| own != "no");
    let wanted = said(request, "status");
    let marker = said(request, "marker");
    let size = said(request, "maxitems").and_then(|max| max.parse().ok());
    let size = size.unwrap_or(PAGE).clamp(1, PAGE);
    let open = app.instances.list(project).into_iter().filter(|instance| {
        !instance.terminated()
            && (!own || instance.owner == caller.owner)
            && marker.as_ref().is_none_or(|marker| instance.id < *marker)
    });
    let mut infos: Vec<Value> = open
        .map(|instance| place(app, &instance))
        .filter(|info| {
            wanted
                .as_ref()
                .is_none_or(|wanted| info["status"] == **wanted)
        })
        .take(size + 1)
        .collect();
    let more = infos.len() > size;
    infos.truncate(size);
    let marker = infos.last().filter(|_| more);
    let marker = marker.and_then(|last| last["instanceId"].as_str());
    let content = Value::Array(infos.clone()).to_string();
    let content = format!("<Content>{}</Content>", escape(&content));
    document("Instances", marker, &content)
}

/// Of one instance.
pub(super) fn one(app: &App, instance: &Instance, _: &Request) -> Result<Response, Error> {
    Ok(json_page(&place(app, instance)))
}

fn place(app: &App, instance: &Instance) -> Value {
    let stages = stages(app, instance);
    let done = match (instance.terminated(), stages.len()) {
        (true, _) => 100,
        (false, 0) => 0,
        (false, count) => stages.iter().map(percentage).sum::<u64>() / count as u64,
    };
    let task = instance.tasks.first();
    // `2026-01-01 00:00:00`, as clients take it apart.
    let moment = iso8601(instance.started).replace('T', " ");
    let waits = task.is_some_and(|task| task.progress == Progress::Waiting);
    json!({
        "instanceId": instance.id,
        "instancePriority": 9,
        "instanceProcess": done.to_string(),
        "jobName": "",
        "projectName": instance.project,
        "skynetId": "",
        "startTime": moment.split('.').next(),
        "taskType": task.map(|task| &task.kind),
        "taskName": task.map(|task| &task.name),
        "userAccount": instance.owner,
        "status": if waits { "Waiting" } else { status(instance).as_str() },
        "subStatus": [],
    })
}
