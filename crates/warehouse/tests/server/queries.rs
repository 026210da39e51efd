//! Queries as instances: rows as CSV and through the tunnel, cost, stages, the end from outside.

use crate::instances::{ended, run};
use crate::world::{World, get};
use arrow::array::AsArray as _;
use arrow::datatypes::Int64Type;
use odps::Error;
use odps::instances::{Create, Get, Job, Status, Stop, Task, TaskStatusWord};
use odps::tunnel::records::Reader;
use odps::types::{Column, Type};
use std::time::{Duration, Instant};
use wire::Service;

const QUERY: &str = "select col1, col2 from test_mars where col1 = 1 order by col2 limit 10";

#[tokio::test]
async fn rows_come_as_csv_and_stay() {
    let world = World::open().await;
    let (id, status, outcome) = run(&world, QUERY).await;
    assert_eq!(status, TaskStatusWord::Success, "{outcome:?}");
    assert_eq!(outcome.format, "csv");
    assert_eq!(outcome.text, "\"col1\",\"col2\"\n1,0\n1,1\n1,2\n");
    let world = World::on(world.leave()).await;
    assert_eq!(ended(&world, &id).await, (status, outcome));
}

#[tokio::test]
async fn rows_come_through_the_tunnel() {
    let world = World::open().await;
    let (id, ..) = run(&world, QUERY).await;
    let path = format!("/projects/{}/instances/{id}", world.target.project);
    let mut request = get(&format!("{path}?downloads"));
    *request.method_mut() = http::Method::POST;
    let answer = world.send(&Service::Tunnel, request).await;
    let session: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
    assert_eq!(session["RecordCount"], 3);
    assert_eq!(session["Schema"]["columns"][1]["name"], "col2");
    assert_eq!(session["Schema"]["columns"][1]["type"], "bigint");
    let download = session["DownloadID"].as_str().unwrap();

    let rows = format!("{path}?data&downloadid={download}&rowrange=(1,2)&columns=col2");
    let answer = world.send(&Service::Tunnel, get(&rows)).await;
    assert_eq!(answer.status(), 200);
    let column = Column::new("col2", Type::Bigint);
    let mut reader = Reader::new(answer.body().as_ref(), &[column]).unwrap();
    let batch = reader.next(10).unwrap().unwrap();
    assert_eq!(
        batch.column(0).as_primitive::<Int64Type>().values(),
        &[1, 2]
    );
    let beyond = format!("{path}?data&downloadid={download}&rowrange=(2,2)");
    let answer = world.send(&Service::Tunnel, get(&beyond)).await;
    assert_eq!(Error::from_response(&answer).code(), "InvalidRowRange");
}

#[tokio::test]
async fn a_stopped_query_lets_go() {
    let world = World::open().await;
    let text = "set odps.sql.allow.cartesian=true; select count(*) from lineitem_1m a \
                join lineitem_1m b on a.l_quantity > b.l_quantity";
    let job = Job::of(Task::sql(text, [], "u"));
    let id = world.ask(&Create { job }).await.unwrap().id;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let found = world.ask(&Get { id: id.clone() }).await.unwrap();
    assert_eq!(found.status, Status::Running);
    let began = Instant::now();
    world.ask(&Stop { id: id.clone() }).await.unwrap();
    let (status, outcome) = ended(&world, &id).await;
    assert_eq!(status, TaskStatusWord::Cancelled, "{outcome:?}");
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn what_a_query_would_cost() {
    let world = World::open().await;
    let mut job = Job::of(Task::sql(QUERY, [], "u"));
    job.tasks[0].kind = "SQLCost".into();
    let id = world.ask(&Create { job }).await.unwrap().id;
    let (status, outcome) = ended(&world, &id).await;
    assert_eq!(status, TaskStatusWord::Success, "{outcome:?}");
    let cost: serde_json::Value = serde_json::from_str(&outcome.text).unwrap();
    assert!(cost["Cost"]["SQL"]["Input"].as_u64().unwrap() > 0, "{cost}");
}

/// Clients look at once and then again after a second: the first look of a quick query sees its end.
#[tokio::test]
async fn the_first_look_at_a_quick_query_sees_its_end() {
    let world = World::open().await;
    let job = Job::of(Task::sql("select 1", [], "u"));
    let id = world.ask(&Create { job }).await.unwrap().id;
    let found = world.ask(&Get { id }).await.unwrap();
    assert_eq!(found.status, Status::Terminated);
}

/// Whoever asks to be kept waiting is, until the end and not longer.
#[tokio::test]
async fn a_question_may_wait_for_the_end() {
    let world = World::open().await;
    let text =
        "select count(*) from lineitem_1m a join lineitem_1m b on a.l_quantity > b.l_quantity";
    let job = Job::of(Task::sql(text, [], "u"));
    let id = world.ask(&Create { job }).await.unwrap().id;
    let path = format!("/projects/{}/instances/{id}", world.target.project);
    let began = Instant::now();
    let waiting = get(&format!("{path}?instancestatus"));
    let asked = world.send(&Service::Odps, waiting);
    let stopped = async {
        tokio::time::sleep(Duration::from_millis(600)).await;
        world.ask(&Stop { id: id.clone() }).await.unwrap();
    };
    let (answer, ()) = tokio::join!(asked, stopped);
    assert!(began.elapsed() >= Duration::from_millis(600));
    let text = String::from_utf8_lossy(answer.body()).into_owned();
    assert!(text.contains("Terminated"), "{text}");
}

#[tokio::test]
async fn a_view_has_no_rows_of_its_own() {
    let world = World::open().await;
    let (_, status, outcome) = run(&world, "create view seen as select * from test_mars").await;
    assert_eq!(status, TaskStatusWord::Success, "{outcome:?}");
    let path = format!("/projects/{}/tables/seen", world.target.project);
    for (service, method, query) in [
        (Service::Tunnel, http::Method::POST, "downloads"),
        (Service::Tunnel, http::Method::POST, "uploads"),
        (Service::Odps, http::Method::GET, "data&linenum=3"),
    ] {
        let mut request = get(&format!("{path}?{query}"));
        *request.method_mut() = method;
        let answer = world.send(&service, request).await;
        let error = Error::from_response(&answer);
        assert_eq!(error.code(), "NotSupportedTableType", "{query}: {error}");
    }
    let (_, status, outcome) = run(&world, "select count(*) as n from seen").await;
    assert_eq!(status, TaskStatusWord::Success, "{outcome:?}");
    assert_eq!(outcome.text, "\"n\"\n9\n");
}
