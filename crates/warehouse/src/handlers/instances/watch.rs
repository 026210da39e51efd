//! What is asked of a running or ended instance beside its state: progress, details of its stages,
//! information, logs and quota. Recorded: `instance_progress_0.9.json`.

use super::{find, log, queue, word};
use crate::app::App;
use crate::handlers::{escape, query};
use crate::instances::{Instance, Progress, Stage};
use crate::routes::page;
use http::{Method, StatusCode};
use odps::Error;
use serde_json::{Value, json};
use wire::{Request, Response};

/// Answers, if one of these is asked.
pub(in crate::handlers) fn answer(
    app: &App,
    project: &str,
    request: &Request,
) -> Option<Result<Response, Error>> {
    let parts: Vec<&str> = request.uri().path().trim_matches('/').split('/').collect();
    let ["projects", _, "instances", id] = parts.as_slice() else {
        return None;
    };
    let asked = |name: &str| query(request, name).is_some();
    let answer: fn(&App, &Instance, &Request) -> Result<Response, Error> = match *request.method() {
        Method::GET if asked("instanceprogress") => progress,
        Method::GET if asked("cached") => queue::one,
        Method::GET if asked("instancequota") => |_, _, _| Ok(json_page(&json!({}))),
        Method::GET if asked("log") => log::answer,
        Method::GET if asked("info") => info,
        // Nothing that a client may set has a meaning here.
        Method::PUT if asked("info") => |_, _, _| Ok(text_page(String::new())),
        _ => return None,
    };
    Some(find(app, project, id).and_then(|instance| answer(app, &instance, request)))
}

/// The stages now, or as they were at the end.
pub(super) fn stages(app: &App, instance: &Instance) -> Vec<Stage> {
    let running = app.jobs.stages(&instance.id);
    running.unwrap_or_else(|| instance.stages.clone())
}

/// Per cent that are done; a stage that runs is never called done.
pub(super) fn percentage(stage: &Stage) -> u64 {
    if stage.terminated >= stage.workers {
        100
    } else {
        stage.terminated * 100 / stage.workers
    }
}

fn progress(app: &App, instance: &Instance, _: &Request) -> Result<Response, Error> {
    let mut document = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Progress>");
    for stage in stages(app, instance) {
        let running = stage.workers.saturating_sub(stage.terminated);
        let state = if running == 0 {
            "TERMINATED"
        } else {
            "RUNNING"
        };
        // Clients read no stage but those that are children of the root.
        document.push_str(&format!(
            "<Stage ID=\"{}\"><InputRecords>{}</InputRecords><OutputRecords>{}</OutputRecords>\
             <TotalWorkers>{}</TotalWorkers><RunningWorkers>{running}</RunningWorkers>\
             <TerminatedWorkers>{}</TerminatedWorkers><BackupWorkers>0</BackupWorkers>\
             <FinishedPercentage>{}</FinishedPercentage><Status>{state}</Status></Stage>",
            escape(&stage.name),
            stage.input_rows,
            stage.output_rows,
            stage.workers,
            stage.terminated,
            percentage(&stage),
        ));
    }
    document.push_str("</Progress>");
    Ok(page(StatusCode::OK, "application/xml", document))
}

/// Information by key; only warnings have one, and there are none.
fn info(_: &App, _: &Instance, request: &Request) -> Result<Response, Error> {
    match query(request, "key").as_deref() {
        Some("warnings") => Ok(text_page(json!({"warnings": []}).to_string())),
        _ => Ok(text_page(String::new())),
    }
}

/// The stages of a query as `instancedetail` and `detail` tell them.
pub(super) fn detail(app: &App, instance: &Instance, second: bool) -> Value {
    let stages = stages(app, instance);
    let state = |stage: &Stage| {
        if stage.terminated >= stage.workers {
            "Terminated"
        } else {
            "Running"
        }
    };
    if second {
        let tasks = stages.iter().map(|stage| {
            let mut worker = json!({
                "id": format!("{}#0_0", stage.name), "logId": stage.name, "status": state(stage),
                "input_records": stage.input_rows, "output_records": stage.output_rows,
            });
            for (key, at) in [("startTime", stage.began), ("endTime", stage.ended)] {
                if let Some(at) = at {
                    worker[key] = at.into();
                }
            }
            json!({"name": stage.name, "instances": [worker]})
        });
        let tasks: Vec<Value> = tasks.collect();
        return json!({"mapReduce": {"jobs": [{"name": instance.id, "tasks": tasks}]}});
    }
    let stages = stages.iter().map(|stage| {
        json!({"StageID": stage.name, "Status": state(stage), "Workers": [{
            "WorkerID": format!("{}#0_0", stage.name), "LogID": stage.name,
        }]})
    });
    let stages: Vec<Value> = stages.collect();
    json!({"Instance": {
        "Stages": stages,
        "Status": word(instance.tasks.first().map_or(Progress::Running, |task| task.progress)).as_str(),
    }})
}

/// The summary of a query that has ended: what it read and made.
pub(super) fn summary(instance: &Instance) -> odps::instances::TaskSummary {
    let Some(ended) = instance.ended.filter(|_| !instance.stages.is_empty()) else {
        return odps::instances::TaskSummary::default();
    };
    let seconds = ended.saturating_sub(instance.began.unwrap_or(ended)) / 1000;
    let workers: u64 = instance.stages.iter().map(|stage| stage.workers).sum();
    let mut text = format!("resource cost: cpu {} Core * Sec\n", seconds * workers);
    text.push_str(&format!("inputs: {} bytes\n", instance.input_bytes));
    for stage in &instance.stages {
        let Stage {
            name,
            workers,
            input_rows,
            output_rows,
            ..
        } = stage;
        text.push_str(&format!(
            "{name}:\n\tinstance count: {workers}\n\tinput records: {input_rows}\n\t\
             output records: {output_rows}\n"
        ));
    }
    let cost = json!({"Cost": {"CPU": seconds * workers * 100, "Memory": 0, "Input": instance.input_bytes}});
    odps::instances::TaskSummary {
        json: Some(cost.to_string()),
        text: Some(text),
    }
}

pub(super) fn json_page(value: &Value) -> Response {
    page(StatusCode::OK, "application/json", value.to_string())
}

pub(super) fn text_page(text: String) -> Response {
    page(StatusCode::OK, "text/plain; charset=utf-8", text)
}
