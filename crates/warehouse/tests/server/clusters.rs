//! Clusters: from the plan to the last process. The engine is the tests' own launcher.

use crate::world::{World, eventually, get};
use http::header::{AUTHORIZATION, HOST};
use http::{HeaderValue, StatusCode};
use odps::Error;
use odps::cupid::detail::{Answer, State};
use odps::cupid::plan::{self, StartPlan, StartRequest};
use odps::cupid::{PlanReference, RunningMode, TASK_NAME};
use odps::instances::{
    self, Create, Detail, Form, Get, Job, Log, Status, Stop, Task, TaskResult, TaskStatus,
    TaskStatusWord,
};
use odps::sign::Account;
use serde_json::Value;
use std::path::{Path, PathBuf};
use wire::Secret;

impl World {
    async fn submit(&self, name: &str, plan: bytes::Bytes, mode: RunningMode) -> String {
        let resource = odps::resources::Create {
            name: name.into(),
            kind: "file".into(),
            temp: mode == RunningMode::AsyncNotFuxiJob,
            comment: None,
            content: plan,
        };
        self.ask(&resource).await.unwrap();
        let reference = PlanReference::new(name, &self.target.project, mode);
        let job = Job::of(Task::cupid(reference.to_string(), "uuid"));
        self.ask(&Create { job }).await.unwrap().id
    }

    async fn start_as(&self, account: &Account, modules: &[&str]) -> String {
        let request = StartRequest::new(2, 1, 4).with_modules(modules.iter().copied());
        let plan = StartPlan::new("http://h/api", &self.target.project, "localhost", request);
        let plan = plan::fill_credentials(&plan.to_bytes(), account).unwrap();
        let name = format!("cupid_plan_{}", self.count());
        self.submit(&name, plan, RunningMode::HasFuxiJob).await
    }

    async fn start(&self, modules: &[&str]) -> String {
        self.start_as(&self.account, modules).await
    }

    async fn token(&self, cluster: &str, app: &str) -> State {
        let name = format!("cupid_plan_{}", self.count());
        let plan = plan::proxy_token(cluster, app, 1);
        let id = self.submit(&name, plan, RunningMode::AsyncNotFuxiJob).await;
        self.state(&id).await
    }

    async fn web_token(&self, cluster: &str) -> String {
        eventually("the web token", async || {
            match self.token(cluster, "MarsWeb").await {
                State::Success(success) => Some(success.success_msg),
                State::BizFailed(text) => {
                    assert!(text.contains("not registered yet"), "{text}");
                    None
                }
                other => panic!("{other:?}"),
            }
        })
        .await
    }

    async fn state(&self, id: &str) -> State {
        let call = Detail {
            id: id.into(),
            task: TASK_NAME.into(),
            form: Form::Instance,
        };
        match Answer::read(&self.ask(&call).await.unwrap().0).unwrap() {
            Answer::State(state) => state,
            other => panic!("{other:?}"),
        }
    }

    async fn ended(&self, id: &str) -> (TaskStatusWord, String) {
        eventually("the end of the instance", async || {
            let found = self.ask(&Get { id: id.into() }).await.unwrap();
            (found.status == Status::Terminated).then_some(())
        })
        .await;
        let states = self.ask(&TaskStatus { id: id.into() }).await.unwrap();
        let results = self.ask(&TaskResult { id: id.into() }).await.unwrap();
        (
            states.tasks[0].status.clone(),
            results.tasks[0].text.clone(),
        )
    }

    fn count(&self) -> usize {
        let folder = self.folder.path().join("data/resources");
        std::fs::read_dir(folder).map_or(0, Iterator::count)
    }

    fn pids(&self, cluster: &str) -> Option<Vec<u32>> {
        let file = self
            .folder
            .path()
            .join("clusters")
            .join(cluster)
            .join("pids");
        let text = std::fs::read_to_string(file)
            .ok()
            .filter(|text| !text.is_empty())?;
        Some(text.split(' ').map(|pid| pid.parse().unwrap()).collect())
    }
}

/// Whether a process is there and no zombie.
pub(crate) fn alive(pid: u32) -> bool {
    let path: PathBuf = Path::new("/proc").join(pid.to_string()).join("stat");
    let stat = std::fs::read_to_string(path).unwrap_or_default();
    stat.rsplit_once(')')
        .is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
}

#[tokio::test]
async fn a_cluster_lives_and_its_processes_die_before_it_reads_terminated() {
    let world = World::open().await;
    let id = world.start(&[]).await;
    let token = world.web_token(&id).await;
    assert!(
        token
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    );

    // What was scaled is told.
    let State::Running(told) = world.state(&id).await else {
        panic!("not running")
    };
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["asked"]["worker_num"], 2);
    assert_eq!(told["asked"]["worker_mem"], 4_u64 << 30);
    assert_eq!(told["got"]["worker_cpu"], 1);
    assert!(told["machine"]["cores"].as_u64().unwrap() >= 1);

    // The proxy: by host in any case, with and without a signature, which is not passed on.
    let mut request = get("/api/worker?action=count&curr_project=p");
    let host = format!("{}.localhost:1", token.to_uppercase());
    request
        .headers_mut()
        .insert(HOST, HeaderValue::from_str(&host).unwrap());
    request
        .headers_mut()
        .insert(AUTHORIZATION, HeaderValue::from_static("ODPS a:b"));
    *request.method_mut() = http::Method::POST;
    *request.body_mut() = "pyver=3.7.16".into();
    let answer = world.raw(request.clone()).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let seen: Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(seen["path"], "/api/worker?action=count&curr_project=p");
    assert_eq!(seen["method"], "POST");
    assert_eq!(seen["authorization"], Value::Null);
    assert!(
        world
            .poke("PUT", "/-/faults/mars-unreachable", "")
            .await
            .status()
            .is_success()
    );
    assert_eq!(
        world.raw(request.clone()).await.status(),
        StatusCode::BAD_GATEWAY
    );
    world.poke("DELETE", "/-/faults", "").await;

    let State::Success(notebook) = world.token(&id, "MarsNotebook").await else {
        panic!()
    };
    let mut page = get("/tree?a=b");
    let host = format!("{}.localhost:1", notebook.success_msg);
    page.headers_mut()
        .insert(HOST, HeaderValue::from_str(&host).unwrap());
    let page = world.raw(page).await;
    assert_eq!(page.status(), StatusCode::OK);
    let seen: Value = serde_json::from_slice(page.body()).unwrap();
    assert_eq!(seen["path"], "/tree?a=b");
    // The key of the notebook is the proxy's own: 32 hexadecimal digits that no client knows.
    let key = seen["authorization"].as_str().unwrap();
    let key = key.strip_prefix("token ").unwrap();
    assert!(key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_ne!(key, notebook.success_msg);

    // The stop: a wish first, the truth later.
    let pids = world.pids(&id).unwrap();
    assert!(pids.iter().all(|pid| alive(*pid)));
    world.ask(&Stop { id: id.clone() }).await.unwrap();
    assert_eq!(world.ended(&id).await.0, TaskStatusWord::Cancelled);
    assert!(!pids.iter().any(|pid| alive(*pid)), "processes are left");
    assert_eq!(world.state(&id).await, State::Cancelled);
    assert_eq!(world.raw(request).await.status(), StatusCode::NOT_FOUND);
    let again = world.ask(&Stop { id }).await.unwrap_err();
    assert_eq!(again.code(), "InvalidStateSetting");
}

#[tokio::test]
async fn the_details_name_the_logs_of_the_processes_and_nothing_else_is_read() {
    let world = World::open().await;
    let id = world.start(&[]).await;
    world.web_token(&id).await;
    let folder = world.folder.path().join("clusters").join(&id);
    std::fs::write(folder.join("worker-0.log"), "one\ntwo\n").unwrap();
    let detail = Detail {
        id: id.clone(),
        task: TASK_NAME.into(),
        form: Form::Task,
    };
    let stages = world.ask(&detail).await.unwrap().stages();
    let logs: Vec<&str> = stages[0]
        .workers
        .iter()
        .filter_map(|worker| worker.log.as_deref())
        .collect();
    assert_eq!(logs, ["launcher", "worker-0"]);
    let log = |log: &str| Log {
        id: id.clone(),
        log: log.into(),
        kind: None,
        size: Some(4),
    };
    assert_eq!(world.ask(&log("worker-0")).await.unwrap().0, "two\n");
    for other in ["../../keys", "pids", "worker-1", ""] {
        let error = world.ask(&log(other)).await.unwrap_err();
        assert_eq!(error.code(), "NoSuchObject", "{other}");
    }
}

#[tokio::test]
async fn a_notebook_that_cannot_start_says_why() {
    let world = World::open().await;
    let id = world.start(&["test.no_notebook"]).await;
    world.web_token(&id).await;
    let State::Success(notebook) = world.token(&id, "MarsNotebook").await else {
        panic!()
    };
    let mut page = get("/tree");
    let host = format!("{}.localhost:1", notebook.success_msg);
    page.headers_mut()
        .insert(HOST, HeaderValue::from_str(&host).unwrap());
    let page = world.raw(page).await;
    assert_eq!(page.status(), StatusCode::BAD_GATEWAY);
    let text = String::from_utf8_lossy(page.body());
    assert!(
        text.contains("notebook ended with code 1: no room"),
        "{text}"
    );
}

#[tokio::test]
async fn a_cluster_can_be_stopped_while_it_starts() {
    let world = World::open().await;
    let id = world.start(&[]).await;
    world.ask(&Stop { id: id.clone() }).await.unwrap();
    world.ask(&Stop { id: id.clone() }).await.unwrap();
    assert_eq!(world.ended(&id).await.0, TaskStatusWord::Cancelled);
    assert!(
        !world
            .pids(&id)
            .unwrap_or_default()
            .iter()
            .any(|pid| alive(*pid))
    );
}

#[tokio::test]
async fn children_that_a_launcher_leaves_are_ended() {
    let world = World::open().await;
    let id = world.start(&["test.leaves_children"]).await;
    world.web_token(&id).await;
    let pids = world.pids(&id).unwrap();
    world.ask(&Stop { id: id.clone() }).await.unwrap();
    world.ended(&id).await;
    assert!(!pids.iter().any(|pid| alive(*pid)), "processes are left");
}

#[tokio::test]
async fn children_of_a_killed_launcher_are_ended() {
    let world = World::open().await;
    let id = world.start(&["test.dies"]).await;
    let (status, text) = world.ended(&id).await;
    assert_eq!(status, TaskStatusWord::Failed);
    assert!(
        text.starts_with("runTask failed: the launcher ended with signal: 9"),
        "{text}"
    );
    assert!(
        !world.pids(&id).unwrap().iter().any(|pid| alive(*pid)),
        "processes are left"
    );
}

#[tokio::test]
async fn every_failure_has_its_words() {
    let world = World::open().await;
    let fault = async |name: &str| {
        world.poke("DELETE", "/-/faults", "").await;
        let path = format!("/-/faults/{name}");
        assert!(
            world.poke("PUT", &path, "").await.status().is_success(),
            "{name}"
        );
    };
    let words = async |id: String| {
        let (status, text) = world.ended(&id).await;
        assert_eq!(status, TaskStatusWord::Failed, "{text}");
        assert_eq!(world.state(&id).await, State::BizFailed(text.clone()));
        text
    };
    let text = words(world.start(&["test.import_error"]).await).await;
    assert!(text.contains("No module named test.import_error"), "{text}");
    let text = words(world.start(&["test.fails"]).await).await;
    assert_eq!(
        text,
        "runTask failed: no free port for the scheduler in 5 tries"
    );
    fault("engine-does-not-start").await;
    let text = words(world.start(&[]).await).await;
    assert!(
        text.contains("python-that-is-not-there: No such file"),
        "{text}"
    );
    fault("worker-dies-while-starting").await;
    let text = words(world.start(&[]).await).await;
    assert!(
        text.contains("died while the cluster was starting (signal 9)"),
        "{text}"
    );
    fault("quota-exceeded").await;
    let text = words(world.start(&[]).await).await;
    assert!(text.contains("quota exceeded"), "{text}");
    world.poke("DELETE", "/-/faults", "").await;

    let wrong = Account {
        access_key: Secret::new("wrong"),
        ..world.account.clone()
    };
    let text = words(world.start_as(&wrong, &[]).await).await;
    assert!(
        text.contains("is not the key of") && !text.contains("wrong"),
        "{text}"
    );
    let empty = StartPlan::new("e", "p", "x", StartRequest::new(1, 1, 1)).to_bytes();
    let text = words(world.submit("p1", empty, RunningMode::HasFuxiJob).await).await;
    assert!(text.contains("the plan lacks odps.access.id"), "{text}");
    let text = words(
        world
            .submit("p2", "\u{1}".into(), RunningMode::HasFuxiJob)
            .await,
    )
    .await;
    assert!(text.contains("plan"), "{text}");
}

#[tokio::test]
async fn a_token_is_held_back_until_the_web_answers() {
    let world = World::open().await;
    world
        .poke("PUT", "/-/faults/slow-start", r#"{"seconds": 600}"#)
        .await;
    let id = world.start(&[]).await;
    eventually("the engine", async || world.pids(&id)).await;
    let early = State::BizFailed("app MarsWeb is not registered yet".into());
    assert_eq!(world.token(&id, "MarsWeb").await, early);
    world.poke("DELETE", "/-/faults", "").await;
    world.web_token(&id).await;

    for (cluster, app, words) in [
        ("20260101000000000gnone", "MarsWeb", "does not exist"),
        (
            id.as_str(),
            "GSCoordinator",
            "app GSCoordinator is not registered",
        ),
    ] {
        let State::BizFailed(text) = world.token(cluster, app).await else {
            panic!()
        };
        assert!(text.contains(words), "{text}");
    }
    world.ask(&Stop { id: id.clone() }).await.unwrap();
    world.ended(&id).await;
    let State::BizFailed(text) = world.token(&id, "MarsWeb").await else {
        panic!()
    };
    assert!(text.contains("has ended"), "{text}");
}

#[tokio::test]
async fn an_unknown_token_is_not_found() {
    let world = World::open().await;
    let mut request = get("/api");
    request
        .headers_mut()
        .insert(HOST, HeaderValue::from_static("0123.localhost:1"));
    let answer = world.raw(request).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(Error::from_response(&answer).is_absent());
}

#[tokio::test]
async fn two_clusters_stop_together_when_the_warehouse_closes() {
    let world = World::open().await;
    let ids = [world.start(&[]).await, world.start(&[]).await];
    let mut pids = Vec::new();
    for id in &ids {
        world.web_token(id).await;
        pids.extend(world.pids(id).unwrap());
    }
    world.warehouse.close().await;
    assert!(!pids.iter().any(|pid| alive(*pid)), "processes are left");
    let running = instances::List {
        status: Some(Status::Running),
        ..Default::default()
    };
    assert!(world.ask(&running).await.unwrap().instances.is_empty());
    let (_, text) = world.ended(&world.start(&[]).await).await;
    assert!(text.contains("is ending"), "{text}");
}
