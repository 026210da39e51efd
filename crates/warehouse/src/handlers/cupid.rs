//! Cupid tasks: the start of a cluster and the request for a proxy token. Both name a plan, a
//! resource that was uploaded before (`create_cluster_0.9.json`).

use super::resources;
use crate::app::App;
use crate::clusters::App as Target;
use crate::engine::{Access, Plan as EnginePlan};
use crate::faults::Fault;
use crate::host::{QUOTA_WORKERS, Share};
use crate::instances::{Instance, Progress};
use odps::cupid::PlanReference;
use odps::cupid::plan::{Plan, StartRequest};
use odps::cupid::proto::CupidTaskParam;
use odps::instances::{JobSource, Payload, Task};
use odps::sign::Account;
use prost::Message as _;
use serde_json::json;
use std::path::PathBuf;
use std::sync::Arc;

const ACCESS_ID: &str = "odps.access.id";
const ACCESS_KEY: &str = "odps.access.key";

/// Runs a Cupid task. Whatever is wrong with it becomes the task's result.
pub(super) fn submit(app: &Arc<App>, instance: &Instance, task: &Task) {
    if let Err(why) = run(app, instance, task) {
        let text = format!("runTask failed: {why}");
        app.instances
            .finish(&instance.id, Progress::Failed, Some(text));
    }
}

fn run(app: &Arc<App>, instance: &Instance, task: &Task) -> Result<(), String> {
    let reference = match &task.payload {
        Payload::Plan(text) => PlanReference::read(text),
        _ => None,
    };
    let reference = reference.ok_or("the task has no plan of the form resource,project,mode")?;
    let resource = &reference.resource;
    let bytes = resources::content(app, &reference.project, resource)
        .map_err(|error| error.to_string())?
        .ok_or_else(|| format!("the plan {resource} is not among the resources"))?;
    let plan = Plan::read(&bytes).map_err(|error| error.to_string())?;
    match (reference.mode.as_str(), plan) {
        ("eHasFuxiJob", Plan::Start(request)) => start(app, instance, &request, &bytes),
        (
            "eAsyncNotFuxiJob",
            Plan::ProxyToken {
                instance: cluster,
                app: name,
                expired_in_hours,
            },
        ) => hand_out(app, instance, &cluster, &name, expired_in_hours),
        (mode, Plan::Other(name)) => Err(format!(
            "the local MaxCompute does not know the operation {name} ({mode})"
        )),
        (mode, _) => Err(format!("the plan cannot be run in the mode {mode}")),
    }
}

/// Starts a cluster on this machine.
fn start(
    app: &Arc<App>,
    instance: &Instance,
    request: &StartRequest,
    plan: &[u8],
) -> Result<(), String> {
    check_credentials(app, plan)?;
    let gigabytes = |number: u32| u64::from(number) << 30;
    let asked = Share {
        scheduler_num: request.scheduler_num,
        worker_num: request.worker_num,
        worker_cpu: request.worker_cpu,
        worker_mem: gigabytes(request.worker_mem),
        cache_mem: request
            .cache_bytes()
            .ok_or_else(|| format!("the cache size {} is no number of gigabytes", request.cache))?,
    };
    if asked.worker_num == 0 || asked.worker_cpu == 0 || asked.worker_mem == 0 {
        return Err("a cluster has at least one worker with one CPU and 1 GB of memory".to_owned());
    }
    let got = app.machine.scale(asked);
    let used = app.clusters.workers();
    if app.faults.has(Fault::QuotaExceeded) || used + got.worker_num > QUOTA_WORKERS {
        return Err(format!(
            "quota exceeded: the cluster asks for {} workers, {used} of {QUOTA_WORKERS} are in use",
            got.worker_num
        ));
    }
    let told = json!({"asked": asked, "got": got, "machine": app.machine}).to_string();
    app.instances
        .update(&instance.id, |instance| instance.running = Some(told));
    tracing::info!(id = instance.id, ?asked, ?got, "cluster is starting");
    let python = if app.faults.has(Fault::EngineDoesNotStart) {
        app.python.with_file_name("python-that-is-not-there")
    } else {
        app.python.clone()
    };
    app.clusters.start(EnginePlan {
        python,
        launcher: app.launcher.clone(),
        cluster: instance.id.clone(),
        folder: folder(app, &instance.id),
        share: got,
        modules: request.modules.clone(),
        access: Access {
            endpoint: app.endpoint(),
            tunnel_endpoint: format!("http://{}", app.authority()),
            project: instance.project.clone(),
            account: own_account(app, &instance.owner)?,
        },
        fault: launcher_fault(app),
    });
    Ok(())
}

/// The fault that the launcher itself makes.
fn launcher_fault(app: &App) -> Option<&'static str> {
    let known = [
        (Fault::WorkerDiesWhileStarting, "worker-dies-while-starting"),
        (Fault::StockEngine, "stock-engine"),
    ];
    let mut known = known.into_iter();
    known.find_map(|(fault, name)| app.faults.has(fault).then_some(name))
}

/// The key pair in whose name a cluster reads and writes tables. A temporary pair would end before
/// the cluster does.
fn own_account(app: &App, owner: &str) -> Result<Account, String> {
    let found = app.keys.account_of(owner).cloned();
    found.ok_or_else(|| format!("{owner} has no lasting key pair for the cluster to work with"))
}

/// Work folder and logs of a cluster's engine.
fn folder(app: &App, id: &str) -> PathBuf {
    app.store.path(&["clusters", id])
}

/// The processes of a cluster act in the name of the pair in the plan, so it has to be the account's.
fn check_credentials(app: &App, plan: &[u8]) -> Result<(), String> {
    let plan = CupidTaskParam::decode(plan).map_err(|error| error.to_string())?;
    let items = plan
        .jobconf
        .map(|conf| conf.jobconfitem)
        .unwrap_or_default();
    let value = |key: &str| {
        items
            .iter()
            .find(|item| item.key == key)
            .map(|item| &item.value)
    };
    match (value(ACCESS_ID), value(ACCESS_KEY)) {
        (Some(id), Some(key)) => match app.keys.key_of(id) {
            Some(own) if own.expose() == key => Ok(()),
            Some(_) => Err(format!(
                "ODPS-0410042:Invalid signature value - {ACCESS_KEY} in the plan is not the key of {id}"
            )),
            None => Err(format!(
                "ODPS-0410051:Invalid credentials - accessKeyId not found: {id}"
            )),
        },
        _ => Err(format!(
            "ODPS-0410051:Invalid credentials - the plan lacks {ACCESS_ID} or {ACCESS_KEY}"
        )),
    }
}

/// Hands out a token for an app of a cluster, once its web server answers.
fn hand_out(
    app: &Arc<App>,
    instance: &Instance,
    cluster: &str,
    name: &str,
    hours: u32,
) -> Result<(), String> {
    let target = match name {
        "MarsWeb" => Target::Web,
        "MarsNotebook" => Target::Notebook,
        _ => {
            return Err(format!(
                "app {name} is not registered: this engine has none"
            ));
        }
    };
    let found = app.instances.get(&instance.project, cluster);
    let found = found.ok_or_else(|| format!("instance {cluster} does not exist"))?;
    let mars = JobSource::read(&found.source)
        .is_ok_and(|source| source.job.tasks.iter().any(Task::is_mars));
    if !mars {
        return Err(format!("instance {cluster} is no Mars cluster"));
    }
    if found.terminated() {
        return Err(format!("instance {cluster} has ended"));
    }
    match app.clusters.token(cluster, target, u64::from(hours)) {
        Some(token) => {
            app.instances
                .update(&instance.id, |instance| instance.token = Some(token));
            app.instances.finish(&instance.id, Progress::Success, None);
            Ok(())
        }
        None => {
            let text = format!("app {name} is not registered yet");
            app.instances
                .finish(&instance.id, Progress::Failed, Some(text));
            Ok(())
        }
    }
}
