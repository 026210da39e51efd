//! Instances that need no engine: SQL that cannot be run, lists, restarts.

use crate::world::World;
use odps::instances::{
    Create, DateRange, Get, Job, List, Source, Status, Stop, Task, TaskResult, TaskStatus,
    TaskStatusWord,
};

fn sql(text: &str) -> Create {
    Create {
        job: Job::of(Task::sql(text, [], "u")),
    }
}

#[tokio::test]
async fn sql_ends_failed_with_a_reason() {
    let world = World::open().await;
    let mut call = sql("select '表', 1 < 2");
    call.job.priority = Some(3);
    call.job.running_cluster = Some("AT-120N".into());
    let id = world.ask(&call).await.unwrap().id;

    let found = world.ask(&Get { id: id.clone() }).await.unwrap();
    assert_eq!(found.status, Status::Terminated);
    assert!(found.end_time >= found.start_time);
    let states = world.ask(&TaskStatus { id: id.clone() }).await.unwrap();
    assert_eq!(states.tasks[0].status, TaskStatusWord::Failed);
    let results = world.ask(&TaskResult { id: id.clone() }).await.unwrap();
    assert!(
        results.tasks[0].text.contains("cannot run SQL yet"),
        "{results:?}"
    );
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
    let id = world.ask(&sql("select 1")).await.unwrap().id;
    let key = world.account.clone();
    let world = World::on(world.leave()).await;
    assert_eq!(world.account, key);
    let results = world.ask(&TaskResult { id }).await.unwrap();
    assert!(results.tasks[0].text.contains("cannot run SQL yet"));
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
