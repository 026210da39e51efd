//! Tables that tests put there in any number, what the extended list tells, schemas as a list, and a
//! tunnel that is forbidden.

use crate::world::World;
use odps::tables::{Get, List, ListSchemas, PartitionSpec, Partitions, ShowAcl};
use odps::tunnel::download::{Create, Source};
use odps::tunnel::preview::Preview;

const TABLES: &str = r#"[
    {"name": "<b>x</b>", "comment": "a & b", "columns": [["c<1>", "bigint", "\u202e"]]},
    {"name": "bare"},
    {"name": "parts", "columns": [["id", "bigint", ""]], "partition_keys": [["ds", "string", ""]],
     "partitions": ["ds='20260101'", "ds='20260102'"], "lifecycle": 7},
    {"name": "seen", "view_text": "select 1 as one", "columns": [["one", "int", ""]]}
]"#;

#[tokio::test]
async fn planted_tables_are_like_others() {
    let world = World::open().await;
    let answer = world.poke("PUT", "/-/tables", TABLES).await;
    assert_eq!(
        (answer.status().as_u16(), answer.body().as_ref()),
        (200, b"4".as_ref())
    );
    let call = List {
        extended: true,
        ..List::default()
    };
    let page = world.ask(&call).await.unwrap();
    let hostile = &page.tables[0];
    assert_eq!(hostile.name, "<b>x</b>");
    assert_eq!(hostile.comment.as_deref(), Some("a & b"));
    // Without the extension nothing is said, and an empty comment is said to be empty.
    let plain = world.ask(&List::default()).await.unwrap();
    assert!(plain.tables.iter().all(|item| item.comment.is_none()));
    let bare = page.tables.iter().find(|item| item.name == "bare").unwrap();
    assert_eq!(bare.comment.as_deref(), Some(""));
    let get = |table: &str| Get {
        schema: None,
        table: table.into(),
    };
    let table = world.ask(&get("<b>x</b>")).await.unwrap();
    assert_eq!(table.schema.columns[0].name, "c<1>");
    assert!(
        world
            .ask(&get("bare"))
            .await
            .unwrap()
            .schema
            .columns
            .is_empty()
    );
    assert!(
        world
            .ask(&get("seen"))
            .await
            .unwrap()
            .schema
            .is_virtual_view
    );
    let parts = Partitions {
        table: "parts".into(),
        ..Partitions::default()
    };
    assert_eq!(world.ask(&parts).await.unwrap().partitions.len(), 2);
    let wrong = world.poke("PUT", "/-/tables", r#"[{"nane": "x"}]"#).await;
    assert_eq!(wrong.status().as_u16(), 400);
}

#[tokio::test]
async fn a_forbidden_tunnel_still_shows_the_first_rows() {
    let world = World::open().await;
    world.poke("PUT", "/-/faults/tunnel-forbidden", "").await;
    let refused = world.ask(&Create::of(Source::table("test_mars"))).await;
    assert_eq!(refused.unwrap_err().code(), "NoPermission");
    let call = Preview {
        source: Source::table("test_mars"),
        limit: Some(4),
        columns: None,
    };
    let rows = world.ask(&call).await.unwrap();
    let (_, batches) = odps::tunnel::preview::read(&rows).unwrap().unwrap();
    assert_eq!(
        batches.iter().map(|batch| batch.num_rows()).sum::<usize>(),
        4
    );
    let partition = Some(PartitionSpec::read("ds=1").unwrap());
    let none = Preview {
        source: Source {
            partition,
            ..Source::table("test_mars")
        },
        ..call
    };
    assert!(world.ask(&none).await.is_err());
}

#[tokio::test]
async fn schemas_and_grants_are_told() {
    let world = World::open().await;
    let schemas = world.ask(&ListSchemas).await.unwrap();
    let names: Vec<_> = schemas.0.into_iter().map(|schema| schema.name).collect();
    assert_eq!(names, ["default"]);
    let call = ShowAcl {
        table: "test_mars".into(),
    };
    let acl = world.ask(&call).await.unwrap();
    assert!(acl.0.contains("/tables/test_mars: "));
}
