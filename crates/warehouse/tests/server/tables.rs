//! Tables and partitions of the sample project.

use crate::world::{World, get};
use odps::tables::{Get, GetExtended, GetPartition, List, PartitionSpec, Partitions};
use wire::Service;

fn table(name: &str) -> Get {
    Get {
        schema: None,
        table: name.into(),
    }
}

#[tokio::test]
async fn the_sample_tables_are_listed() {
    let world = World::open().await;
    let names = async |call: List| {
        let page = world.ask(&call).await.unwrap();
        page.tables
            .into_iter()
            .map(|item| item.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(List::default()).await,
        ["lineitem_1m", "sales", "sales_history", "test_mars"]
    );
    let test = List {
        prefix: Some("te".into()),
        ..List::default()
    };
    assert_eq!(names(test).await, ["test_mars"]);
    let views = List {
        kind: Some("VIRTUAL_VIEW".into()),
        ..List::default()
    };
    assert!(names(views).await.is_empty());
}

#[tokio::test]
async fn a_table_describes_itself() {
    let world = World::open().await;
    let guide = world.ask(&table("Test_Mars")).await.unwrap();
    let columns = guide.schema.columns.iter();
    let columns: Vec<_> = columns
        .map(|c| (c.name.as_str(), c.kind.to_string()))
        .collect();
    assert_eq!(
        columns,
        [("col1", "bigint".to_owned()), ("col2", "bigint".to_owned())]
    );
    assert_eq!(guide.schema.record_num, Some(9));
    assert!(guide.created.is_some() && guide.owner.is_some());

    let sales = world.ask(&table("sales")).await.unwrap();
    assert_eq!(sales.schema.partition_keys[0].name, "dt");
    let kinds: Vec<_> = sales
        .schema
        .columns
        .iter()
        .map(|c| c.kind.to_string())
        .collect();
    assert!(
        kinds.contains(&"struct<street:string,zip:bigint>".to_owned()),
        "{kinds:?}"
    );
    let call = GetExtended {
        schema: None,
        table: "sales".into(),
        partition: None,
    };
    assert_eq!(world.ask(&call).await.unwrap().file_num, Some(4));
}

#[tokio::test]
async fn partitions_are_listed_and_found() {
    let world = World::open().await;
    let mut call = Partitions {
        table: "sales".into(),
        ..Partitions::default()
    };
    let all = world.ask(&call).await.unwrap().partitions;
    let days: Vec<_> = all.iter().map(|one| one.spec.to_string()).collect();
    assert_eq!(
        days,
        ["dt=20260101", "dt=20260102", "dt=20260103", "dt=20261122"]
    );
    assert!(all.iter().all(|one| one.records == Some(12)));
    call.prefix = Some(PartitionSpec::read("dt='20260102'").unwrap());
    assert_eq!(world.ask(&call).await.unwrap().partitions.len(), 1);

    let mut history = Partitions {
        table: "sales_history".into(),
        reverse: true,
        ..Partitions::default()
    };
    let all = world.ask(&history).await.unwrap().partitions;
    let ends = [&all[0], &all[199]].map(|one| one.spec.to_string());
    assert_eq!(
        ends,
        ["dt=20251230,region=华南", "dt=20251111,region=overseas"]
    );
    history.prefix = Some(PartitionSpec::read("dt='20251111'").unwrap());
    assert_eq!(world.ask(&history).await.unwrap().partitions.len(), 4);
    history.table = "test_mars".into();
    assert_eq!(
        world.ask(&history).await.unwrap_err().code(),
        "InvalidParameter"
    );

    let one = |day: &str| GetPartition {
        schema: None,
        table: "sales".into(),
        spec: PartitionSpec::read(day).unwrap(),
    };
    assert_eq!(
        world.ask(&one("dt='20260101'")).await.unwrap().records,
        Some(12)
    );
    for absent in ["dt='20990101'", "hh=1", "dt='..'"] {
        assert_eq!(
            world.ask(&one(absent)).await.unwrap_err().code(),
            "NoSuchPartition"
        );
    }
}

#[tokio::test]
async fn a_missing_table_is_told() {
    let world = World::open().await;
    let error = world.ask(&table("missing")).await.unwrap_err();
    assert!(error.is_absent());
    assert!(
        error
            .to_string()
            .contains("mars_console_sample.missing cannot be resolved"),
        "{error}"
    );
}

#[tokio::test]
async fn the_head_is_csv() {
    let world = World::open().await;
    let head = async |query: &str| {
        let path = format!("/projects/mars_console_sample/tables/{query}");
        let answer = world.send(&Service::Odps, get(&path)).await;
        (
            answer.status().as_u16(),
            String::from_utf8(answer.body().to_vec()).unwrap(),
        )
    };
    let guide = head("test_mars?data=&linenum=2").await;
    assert_eq!(guide, (200, "\"col1\",\"col2\"\n0,0\n0,1\n".to_owned()));
    let sales = "sales?data&linenum=7&partition=dt%3D%2720260101%27&cols=customer%2Cprice";
    let (status, text) = head(sales).await;
    assert_eq!(status, 200);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "\"customer\",\"price\"");
    assert!(
        lines[4].starts_with("\"\",") && lines[5].starts_with("\"NULL\","),
        "{lines:?}"
    );
    assert!(lines[6].starts_with("\\N,"), "{lines:?}");
    assert!(
        lines[7].starts_with("\"Acme, \"\"West\"\" GmbH\","),
        "{lines:?}"
    );
    assert_eq!(head("test_mars?data&linenum=x").await.0, 400);
    assert_eq!(head("test_mars?data&cols=nope").await.0, 400);
    assert_eq!(head("missing?data&linenum=1").await.0, 404);
}
