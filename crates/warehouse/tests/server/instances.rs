//! Instances that need no engine: how they end, what they say, lists, restarts.

use crate::world::{World, eventually, get};
use odps::Error;
use odps::instances::{
    Create, DateRange, Get, Job, List, Source, Status, Stop, Task, TaskOutcome, TaskResult,
    TaskStatus, TaskStatusWord,
};
use wire::Service;

fn sql(text: &str) -> Create {
    Create {
        job: Job::of(Task::sql(text, [], "u")),
    }
}

/// Waits for the end and gives the state of the one task with its result.
async fn ended(world: &World, id: &str) -> (TaskStatusWord, TaskOutcome) {
    eventually("the end of an instance", async || {
        let found = world.ask(&Get { id: id.into() }).await.unwrap();
        (found.status == Status::Terminated).then_some(())
    })
    .await;
    let mut states = world.ask(&TaskStatus { id: id.into() }).await.unwrap();
    let mut results = world.ask(&TaskResult { id: id.into() }).await.unwrap();
    (states.tasks.remove(0).status, results.tasks.remove(0))
}

pub(crate) async fn run(world: &World, text: &str) -> (String, TaskStatusWord, TaskOutcome) {
    let id = world.ask(&sql(text)).await.unwrap().id;
    let (status, outcome) = ended(world, &id).await;
    (id, status, outcome)
}

/// What a question about an instance is answered with.
async fn question(world: &World, id: &str, query: &str) -> String {
    let path = format!("/projects/{}/instances/{id}?{query}", world.target.project);
    let answer = world.send(&Service::Odps, get(&path)).await;
    assert_eq!(answer.status(), 200, "{query}");
    String::from_utf8(answer.body().to_vec()).unwrap()
}

#[tokio::test]
async fn a_failed_query_says_why() {
    let world = World::open().await;
    let mut call = sql("select * from 表 where 1 < 2");
    call.job.priority = Some(3);
    call.job.running_cluster = Some("AT-120N".into());
    let id = world.ask(&call).await.unwrap().id;
    let (status, outcome) = ended(&world, &id).await;
    assert_eq!(status, TaskStatusWord::Failed);
    assert_eq!(outcome.format, "text");
    assert!(outcome.text.starts_with("ODPS-0"), "{outcome:?}");
    let found = world.ask(&Get { id: id.clone() }).await.unwrap();
    assert!(found.end_time >= found.start_time);
    // Priority and running cluster are what was asked for.
    assert_eq!(
        world.ask(&Source { id: id.clone() }).await.unwrap().job,
        call.job
    );
    assert_eq!(
        world.ask(&Stop { id }).await.unwrap_err().code(),
        "InvalidStateSetting"
    );
}

#[tokio::test]
async fn every_question_about_an_instance_is_answered() {
    let world = World::open().await;
    let (id, ..) = run(&world, "select * from nowhere").await;
    let task = "taskname=AnonymousSQLTask";
    let progress = question(
        &world,
        &id,
        &format!("instanceprogress=AnonymousSQLTask&{task}"),
    )
    .await;
    assert!(progress.contains("<Progress>") && progress.ends_with("</Progress>"));
    let cached: serde_json::Value =
        serde_json::from_str(&question(&world, &id, "cached").await).unwrap();
    assert_eq!(cached["instanceId"], id.as_str());
    assert_eq!(cached["taskType"], "SQL");
    assert_eq!(cached["status"], "Terminated");
    assert_eq!(cached["startTime"].as_str().unwrap().len(), 19);
    assert_eq!(
        question(&world, &id, &format!("instancequota&{task}")).await,
        "{}"
    );
    let warnings = question(&world, &id, &format!("info&{task}&key=warnings")).await;
    assert_eq!(warnings, r#"{"warnings":[]}"#);
    for form in ["instancedetail", "detail", "instancesummary"] {
        let text = question(&world, &id, &format!("{form}&{task}")).await;
        assert!(
            serde_json::from_str::<serde_json::Value>(&text).is_ok(),
            "{form}: {text}"
        );
    }
    let path = format!(
        "/projects/{}/instances/{id}?log&id=M9",
        world.target.project
    );
    let answer = world.send(&Service::Odps, get(&path)).await;
    assert_eq!(Error::from_response(&answer).code(), "NoSuchObject");
    // Without rows the tunnel sends clients to the plain result.
    let path = format!(
        "/projects/{}/instances/{id}?downloads",
        world.target.project
    );
    let mut request = get(&path);
    *request.method_mut() = http::Method::POST;
    let answer = world.send(&Service::Tunnel, request).await;
    assert_eq!(
        Error::from_response(&answer).code(),
        "InstanceTypeNotSupported"
    );
}

#[tokio::test]
async fn an_unknown_instance_is_told() {
    let world = World::open().await;
    let error = world.ask(&Get { id: "nope".into() }).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "NoSuchObject: The specified instance does not exist."
    );
}

#[tokio::test]
async fn the_list_is_filtered_and_paged() {
    let world = World::open().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(
            world
                .ask(&sql(&format!("select {number}")))
                .await
                .unwrap()
                .id,
        );
    }
    ids.sort();
    ids.reverse();
    let all = world.ask(&List::default()).await.unwrap();
    assert_eq!(all.marker, None);
    let found: Vec<_> = all.instances.iter().map(|item| item.id.clone()).collect();
    assert_eq!(found, ids);

    for id in &ids {
        ended(&world, id).await;
    }
    let running = List {
        status: Some(Status::Running),
        ..List::default()
    };
    assert!(world.ask(&running).await.unwrap().instances.is_empty());
    let seconds = all.instances[0].start_time.unwrap() / 1000;
    let past = DateRange {
        from: None,
        to: Some(seconds - 3600),
    };
    let old = List {
        range: Some(past),
        only_owner: Some(true),
        ..List::default()
    };
    assert!(world.ask(&old).await.unwrap().instances.is_empty());
    let recent = DateRange {
        from: Some(seconds - 3600),
        to: None,
    };
    let new = List {
        range: Some(recent),
        ..List::default()
    };
    assert_eq!(world.ask(&new).await.unwrap().instances.len(), 5);

    let mut walked = Vec::new();
    let mut marker = None;
    loop {
        let page = List {
            max_items: Some(2),
            marker,
            ..List::default()
        };
        let page = world.ask(&page).await.unwrap();
        assert!(page.instances.len() <= 2);
        walked.extend(page.instances.into_iter().map(|item| item.id));
        marker = page.marker;
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(walked, ids);
}

#[tokio::test]
async fn instances_survive_a_restart() {
    let world = World::open().await;
    let (id, status, outcome) = run(&world, "select * from nowhere").await;
    let key = world.account.clone();
    let world = World::on(world.leave()).await;
    assert_eq!(world.account, key);
    assert_eq!(ended(&world, &id).await, (status, outcome));
}

#[tokio::test]
async fn other_kinds_of_tasks_are_refused_by_name() {
    let world = World::open().await;
    let mut call = sql("x");
    call.job.tasks[0].kind = "MaxFrame".into();
    let id = world.ask(&call).await.unwrap().id;
    let results = world.ask(&TaskResult { id }).await.unwrap();
    assert!(
        results.tasks[0].text.contains("no task of kind MaxFrame"),
        "{results:?}"
    );
    call.job.tasks.clear();
    assert_eq!(
        world.ask(&call).await.unwrap_err().code(),
        "InvalidArgument"
    );
}
