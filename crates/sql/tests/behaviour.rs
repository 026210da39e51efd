//! Cancelling, progress, cost, and input that must not break anything.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::StreamExt;
use sql::{CancellationToken, Options, Outcome, Progress, Session};

use crate::catalog::Memory;
use crate::golden::answer;

fn session() -> Session {
    Session::new(Arc::new(Memory::new()), Options::default())
}

async fn numbers(session: &Session) {
    let made = answer(
        session,
        "create table n as select x from (select explode(sequence(1, 20000)) as (x)) t;",
    )
    .await;
    assert_eq!(made, "(nothing)\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_query_is_cancelled_within_a_second() {
    let session = session();
    numbers(&session).await;
    let cancel = CancellationToken::new();
    let script = "select count(*), sum(a.x * b.x % 7) from n a join n b on a.x <> b.x join n c on c.x <> b.x;";
    let outcome = session
        .run(script, &Progress::new(), cancel.clone())
        .await
        .unwrap();
    let Outcome::Rows(mut rows) = outcome else {
        panic!("no rows");
    };
    let stop = cancel.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(500)).await;
        stop.cancel();
    });
    let start = Instant::now();
    let error = rows.batches.next().await.unwrap().unwrap_err();
    assert!(error.is_cancelled(), "{error}");
    assert!(start.elapsed() < Duration::from_millis(1500));
    assert!(rows.batches.next().await.is_none());
}

/// No pair of rows is let through, so that nothing ever comes out of the join.
#[tokio::test(flavor = "multi_thread")]
async fn a_join_that_gives_no_row_is_cancelled() {
    let session = session();
    let script = "create table n as select x from (select explode(sequence(1, 4000)) as (x)) t;";
    assert_eq!(answer(&session, script).await, "(nothing)\n");
    for condition in ["a.x + b.x + c.x < 0", "a.x % 1 = b.x % 1 and a.x + c.x < 0"] {
        let cancel = CancellationToken::new();
        let script = format!("select count(*) from n a join n b join n c on {condition};");
        let session = session.clone();
        let (given, stop) = (cancel.clone(), Progress::new());
        let running = tokio::spawn(async move {
            let Outcome::Rows(mut rows) = session.run(&script, &stop, given).await? else {
                panic!("no rows");
            };
            rows.batches.next().await.unwrap().map(drop)
        });
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(!running.is_finished());
        let start = Instant::now();
        cancel.cancel();
        let error = running.await.unwrap().unwrap_err();
        assert!(error.is_cancelled(), "{error}");
        assert!(start.elapsed() < Duration::from_secs(2));
        // Nothing of it computes on.
        let metrics = tokio::runtime::Handle::current().metrics();
        let deadline = Instant::now() + Duration::from_secs(20);
        while metrics.num_alive_tasks() > 0 {
            assert!(Instant::now() < deadline, "a part of the query goes on");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_insert_leaves_nothing() {
    let session = session();
    numbers(&session).await;
    answer(&session, "create table t (x bigint);").await;
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        stop.cancel();
    });
    let script = "insert into t select a.x + b.x from n a join n b on a.x <> b.x;";
    let error = session.run(script, &Progress::new(), cancel).await;
    assert!(error.is_err_and(|error| error.is_cancelled()));
    assert_eq!(
        answer(&session, "select count(*) as c from t").await,
        "c:bigint\n0\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_counts_rows() {
    let session = session();
    numbers(&session).await;
    let progress = Progress::new();
    let script = "select x % 10 as k, count(*) as c from n group by x % 10";
    let outcome = session
        .run(script, &progress, CancellationToken::new())
        .await;
    let Ok(Outcome::Rows(rows)) = outcome else {
        panic!("no rows");
    };
    let batches: Vec<_> = rows.batches.collect().await;
    let out: usize = batches
        .iter()
        .map(|batch| batch.as_ref().unwrap().num_rows())
        .sum();
    assert_eq!(out, 10);
    let stages = progress.stages();
    assert!(stages.len() >= 2, "{stages:?}");
    assert_eq!(stages[0].input_rows, 20_000, "{stages:?}");
    assert!(stages.iter().all(sql::Stage::finished));
    for stage in &stages {
        assert!(
            stage.began.is_some() && stage.began <= stage.ended,
            "{stage:?}"
        );
    }
    assert_eq!(stages.last().unwrap().output_rows, 10, "{stages:?}");
    assert_eq!(progress.inputs()[0].1, 20_000);
    answer(&session, "create table m (x bigint)").await;
    let outcome = session
        .run(
            "insert into m select x from n where x <= 5",
            &progress,
            CancellationToken::new(),
        )
        .await;
    assert!(matches!(outcome, Ok(Outcome::Text(text)) if text.is_empty()));
    assert_eq!(progress.written(), Some(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cost_is_that_of_the_partitions() {
    let session = session();
    numbers(&session).await;
    let script = "create table t (x bigint) partitioned by (pt string);
        insert into t partition (pt='1') select x from n;
        insert into t partition (pt='2') select x from n where x < 100;";
    assert_eq!(answer(&session, script).await, "(nothing)\n");
    let small = session
        .cost("select * from t where pt = '2'")
        .await
        .unwrap();
    let all = session.cost("select * from t").await.unwrap();
    assert!(
        0 < small.input && small.input < all.input,
        "{small:?} {all:?}"
    );
    assert!((small.complexity - 1.0).abs() < f64::EPSILON);
    let joined = session
        .cost("select a.pt, count(*) from t a join n b on a.x = b.x where a.pt = '2' group by a.pt")
        .await
        .unwrap();
    assert!(
        joined.complexity > 2.0 && joined.input > small.input,
        "{joined:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_is_bounded() {
    let options = Options {
        memory: 200_000,
        ..Options::default()
    };
    let session = Session::new(Arc::new(Memory::new()), options);
    let error = answer(
        &session,
        "select count(*) from (select a.x, b.y, collect_list(a.x) c from
         (select explode(sequence(1, 3000)) as (x)) a cross join
         (select explode(sequence(1, 300)) as (y)) b group by a.x, b.y) t",
    )
    .await;
    assert!(
        error.starts_with("ODPS-0123131: User exceeded resource limit"),
        "{error}"
    );
}

/// Where the side of a join that is held does not fit, and comes from an exchange.
#[tokio::test(flavor = "multi_thread")]
async fn a_join_without_room_is_refused() {
    let options = Options {
        memory: 2_000_000,
        ..Options::default()
    };
    let session = Session::new(Arc::new(Memory::new()), options);
    numbers(&session).await;
    let script = "select count(*) from n a join n b join n c
        on a.x % 1 = b.x % 1 and a.x + c.x < 0";
    let asked = tokio::time::timeout(Duration::from_secs(60), answer(&session, script));
    let error = asked.await.unwrap();
    assert!(
        error.starts_with("ODPS-0123131: User exceeded resource limit"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_written_breaks_it() {
    let session = session();
    let statement =
        "select a.`中`, cast('1' as decimal(10,2)), x[0], case when 1=1 then 'a\\'b' end
        from t lateral view explode(split('a,b', ',')) v as x where pt between 1 and 2 group by 1;";
    for end in 0..statement.len() {
        if let Some(part) = statement.get(..end) {
            let _ = answer(&session, part).await;
        }
    }
    let nested = format!("select {}1{}", "(".repeat(5000), ")".repeat(5000));
    assert!(answer(&session, &nested).await.starts_with("ODPS-0130161"));
    let chain = format!("select {} as c", vec!["1"; 1000].join("+"));
    assert_eq!(answer(&session, &chain).await, "c:bigint\n1000\n");
    for (sign, result) in [("+", 1000), ("-", -998), ("*", 1)] {
        let chain = vec!["x"; 1000].join(sign);
        let chain = format!("select {chain} as c from values (1) t(x)");
        let expected = format!("c:bigint\n{result}\n");
        assert_eq!(answer(&session, &chain).await, expected, "{sign}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_account_writes_nothing() {
    let options = Options {
        read_only: true,
        ..Options::default()
    };
    let session = Session::new(Arc::new(Memory::new()), options);
    let error = answer(&session, "create table t (a bigint)").await;
    assert!(
        error.starts_with("ODPS-0130013: Authorization exception"),
        "{error}"
    );
    assert_eq!(answer(&session, "select 1 as a").await, "a:bigint\n1\n");
}
