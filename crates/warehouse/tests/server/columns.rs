//! Statements that change columns and partitions, from SQL through the catalogue to the files.

use crate::instances::run;
use crate::world::World;
use odps::instances::TaskStatusWord;

/// The text of a script's result.
async fn answer(world: &World, text: &str) -> String {
    let (_, status, outcome) = run(world, text).await;
    assert_eq!(status, TaskStatusWord::Success, "{text}: {outcome:?}");
    outcome.text
}

async fn refused(world: &World, text: &str) -> String {
    let (_, status, outcome) = run(world, text).await;
    assert_eq!(status, TaskStatusWord::Failed, "{text}: {outcome:?}");
    outcome.text
}

#[tokio::test]
async fn a_dropped_column_stays_gone() {
    let world = World::open().await;
    let script = "create table w (a bigint default 7, b string, c int); \
                  insert into w values (1, 'old', 9223372036854775807 - 9223372036854775800);";
    answer(&world, script).await;
    answer(&world, "alter table w drop columns b").await;
    answer(&world, "alter table w add columns (b string)").await;
    answer(&world, "alter table w rename column c to d").await;
    answer(&world, "alter table w change column d d bigint").await;
    answer(
        &world,
        "insert into w (b, d) values ('new', 9223372036854775807)",
    )
    .await;
    let rows = answer(&world, "select a, d, b from w order by d").await;
    assert_eq!(
        rows,
        "\"a\",\"d\",\"b\"\n1,7,\\N\n7,9223372036854775807,\"new\"\n"
    );
    let text = refused(&world, "alter table w drop columns no_such").await;
    assert_eq!(
        text,
        "ODPS-0130071:[1,13] Semantic analysis exception - column no_such cannot be resolved"
    );
}

#[tokio::test]
async fn partitions_are_merged_renamed_and_dropped_by_range() {
    let world = World::open().await;
    let script = "create table w (a bigint) partitioned by (pt string); \
                  insert into w partition (pt) values (1, '20200101'), (2, '20200102'), \
                  (3, '20200103'), (4, '20200104');";
    answer(&world, script).await;
    answer(&world, "alter table w drop partition (pt < '20200102')").await;
    answer(
        &world,
        "alter table w partition (pt='20200102') rename to partition (pt='renamed')",
    )
    .await;
    answer(
        &world,
        "alter table w merge partition (pt > '20200102' and pt < '2021') overwrite partition \
         (pt='merged')",
    )
    .await;
    let rows = answer(&world, "select pt, a from w where pt > '' order by a").await;
    assert_eq!(
        rows,
        "\"pt\",\"a\"\n\"renamed\",2\n\"merged\",3\n\"merged\",4\n"
    );
    assert_eq!(
        answer(&world, "show partitions w").await,
        "pt=merged\npt=renamed\n"
    );
    let text = refused(
        &world,
        "alter table w partition (pt='merged') rename to partition (pt='renamed')",
    )
    .await;
    assert!(text.starts_with("ODPS-0110061:[1,13]"), "{text}");
}

#[tokio::test]
async fn one_source_fills_several_tables() {
    let world = World::open().await;
    let script =
        "create table w1 (a bigint); create table w2 (a bigint) partitioned by (pt string);";
    answer(&world, script).await;
    answer(
        &world,
        "from (select 1 as a union all select 2) s insert overwrite table w1 select a where a = 1 \
         insert into table w2 partition (pt='x') select a where a = 2",
    )
    .await;
    let rows = answer(
        &world,
        "@all := select a from w1 union all select a from w2 where pt = 'x'; select * from @all \
         order by a",
    )
    .await;
    assert_eq!(rows, "\"a\"\n1\n2\n");
}
