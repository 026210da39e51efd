//! Odd names, odd documents and odd sizes: refused in the protocol's words, and the next good request is
//! answered.

use crate::world::{World, eventually, get};
use arrow::array::AsArray;
use arrow::datatypes::Decimal128Type;
use bytes::Bytes;
use odps::Error;
use odps::instances::{Create, Get, Job, Status, Task, TaskResult};
use odps::tables::Partitions;
use odps::tunnel::download::{self, Source};
use odps::tunnel::records;
use odps::tunnel::upload;
use odps::types::Type;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use wire::{Request, Response, Service};

const PROJECT: &str = "/projects/mars_console_sample";

impl World {
    async fn sql(&self, text: &str) -> String {
        let job = Job::of(Task::sql(text, [], "u"));
        let id = self.ask(&Create { job }).await.unwrap().id;
        eventually("the end of an instance", async || {
            let found = self.ask(&Get { id: id.clone() }).await.unwrap();
            (found.status == Status::Terminated).then_some(())
        })
        .await;
        let mut results = self.ask(&TaskResult { id }).await.unwrap();
        results.tasks.remove(0).text
    }

    async fn good(&self) {
        let found = self.ask(&odps::projects::Get).await.unwrap();
        assert_eq!(found.name, "mars_console_sample");
    }

    async fn does(&self, text: &str) {
        let answer = self.sql(text).await;
        assert!(!answer.contains("ODPS-"), "{text:.200}: {answer:.2000}");
    }
}

fn request(method: &str, path: &str, body: impl Into<Bytes>) -> Request {
    let mut request = get(&format!("{PROJECT}{path}"));
    *request.method_mut() = method.parse().unwrap();
    *request.body_mut() = body.into();
    request
}

fn assert_refused(answer: &Response, what: &str) {
    let status = answer.status().as_u16();
    assert!((400..500).contains(&status), "{what}: {status}");
    let error = Error::from_response(answer);
    assert!(error.request_id().is_some(), "{what}");
    assert!(!error.code().is_empty(), "{what}");
    let text = std::str::from_utf8(answer.body()).unwrap();
    assert!(roxmltree::Document::parse(text).is_ok(), "{what}: {text}");
}

#[tokio::test]
async fn a_name_reaches_nothing_outside() {
    let world = World::open().await;
    let long = "x".repeat(60_000);
    let long_chinese = "数".repeat(3_000);
    for name in [
        "../keys.json",
        "..",
        "../../../../etc/passwd",
        "a/b",
        "a%2Fb",
        "a\0b",
        "\u{1}",
        "a\r\nx-odps-owner: me",
        "a<b>&\"'",
        "\u{202e}txt",
        &long,
        &long_chinese,
    ] {
        let encoded = utf8_percent_encode(name, NON_ALPHANUMERIC).to_string();
        let what = name.chars().take(30).collect::<String>();
        for path in [
            format!("/tables/{encoded}"),
            format!("/tables/{encoded}?partitions"),
            format!("/tables/test_mars?curr_schema={encoded}"),
            format!("/tables/sales?partition=dt%3D%27{encoded}%27"),
            format!("/resources/{encoded}?meta"),
            format!("/registration%2Ffunctions/{encoded}"),
            format!("/schemas/{encoded}"),
            format!("/users/{encoded}"),
        ] {
            let answer = world.send(&Service::Odps, request("GET", &path, "")).await;
            assert_refused(&answer, &format!("GET {what} {path:.20}"));
        }
        for (path, root, tag) in [
            ("/registration%2Ffunctions", "Function", "Alias"),
            ("/schemas", "Schema", "Name"),
        ] {
            let inside: String = name
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .chars()
                .collect();
            let body = format!("<{root}><{tag}>{inside}</{tag}></{root}>");
            let answer = world
                .send(&Service::Odps, request("POST", path, body))
                .await;
            assert_refused(&answer, &format!("POST {path} {what}"));
        }
    }
    world.good().await;
    // Nothing was made beside the data folder.
    let beside = std::fs::read_dir(world.folder.path()).unwrap().count();
    assert_eq!(
        beside,
        World::open()
            .await
            .folder
            .path()
            .read_dir()
            .unwrap()
            .count()
    );
}

#[tokio::test]
async fn names_of_any_script_are_names() {
    let world = World::open().await;
    world
        .does("create table 订单表 (编号 bigint comment '号<&>', 金额 decimal(10,2)) partitioned by (日期 string)")
        .await;
    world
        .does("alter table 订单表 add partition (日期='../三 月/%2F')")
        .await;
    let call = odps::tables::Get {
        schema: None,
        table: "订单表".into(),
    };
    let table = world.ask(&call).await.unwrap();
    assert_eq!(table.name, "订单表");
    let columns = table
        .schema
        .columns
        .iter()
        .chain(&table.schema.partition_keys);
    let columns: Vec<_> = columns
        .map(|one| (one.name.as_str(), one.comment.as_str()))
        .collect();
    assert_eq!(columns, [("编号", "号<&>"), ("金额", ""), ("日期", "")]);
    let call = Partitions {
        schema: None,
        table: "订单表".into(),
        prefix: None,
        marker: None,
        reverse: false,
    };
    let page = world.ask(&call).await.unwrap();
    assert_eq!(
        page.partitions[0].spec.0,
        [("日期".into(), "../三 月/%2F".into())]
    );
}

const DEEP: usize = 200_000;

fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">\
                <!ENTITY c \"&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;\">]><Instance><Job>&d;</Job></Instance>";
    let file =
        "<!DOCTYPE l [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Schema><Name>&a;</Name></Schema>";
    let utf16: Vec<u8> =
        "<?xml version=\"1.0\" encoding=\"utf-16\"?><Schema><Name>x</Name></Schema>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
    vec![
        ("nothing", Vec::new()),
        ("blank", b"  \n".to_vec()),
        (
            "another root",
            b"<Nonsense><Name>x</Name><Alias>x</Alias><Query>whoami</Query></Nonsense>".to_vec(),
        ),
        ("no end", b"<Schema><Name>x".to_vec()),
        ("two roots", b"<Schema/><Schema/>".to_vec()),
        ("json", b"[1, 2]".to_vec()),
        ("no text", b"\xff\xfe<\0S\0".to_vec()),
        ("utf-16", utf16),
        ("a bomb", bomb.as_bytes().to_vec()),
        ("a file", file.as_bytes().to_vec()),
        ("deep", "<a>".repeat(DEEP).into_bytes()),
        (
            "deep and right",
            ["<a>".repeat(DEEP), "</a>".repeat(DEEP)]
                .concat()
                .into_bytes(),
        ),
        ("deep json", "[".repeat(DEEP).into_bytes()),
        (
            "attributes",
            format!("<Schema {}/>", "a='1' ".repeat(1000)).into_bytes(),
        ),
        ("large", vec![b'a'; 100 << 20]),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_that_makes_no_sense_is_refused() {
    let world = World::open().await;
    let paths = [
        ("POST", "/instances"),
        ("PUT", "/instances/20260101000000000gabc"),
        ("POST", "/authorization"),
        ("POST", "/authorization?sign_bearer_token"),
        ("POST", "/schemas"),
        ("POST", "/registration%2Ffunctions"),
        ("PUT", "/registration%2Ffunctions/f"),
        ("POST", "/resources"),
        ("PUT", "/resources/r"),
        ("PUT", "/tables/test_mars"),
        ("POST", "/tables"),
        ("POST", "/users"),
        ("PUT", "/roles/reader?policy"),
    ];
    for (what, body) in bodies() {
        let body = Bytes::from(body);
        for (method, path) in paths {
            let answer = world
                .send(&Service::Odps, request(method, path, body.clone()))
                .await;
            assert_refused(&answer, &format!("{method} {path}: {what}"));
        }
        world.good().await;
    }
    let schemas = world
        .send(&Service::Odps, get(&format!("{PROJECT}/schemas")))
        .await;
    let text = String::from_utf8(schemas.body().to_vec()).unwrap();
    assert_eq!(text.matches("<Schema>").count(), 1, "{text}");
}

#[tokio::test]
async fn pages_follow_each_other_even_where_the_marker_has_gone() {
    let world = World::open().await;
    world
        .does("create table many (a bigint) partitioned by (n string)")
        .await;
    // A statement has a limit of its own.
    for first in (0..2003).step_by(500) {
        let parts: String = (first..2003.min(first + 500))
            .map(|n| format!(" partition (n='{n:04}, it=\"/\"')"))
            .collect();
        world.does(&format!("alter table many add {parts}")).await;
    }
    for reverse in [false, true] {
        let mut marker = None;
        let mut seen = Vec::new();
        let mut sizes = Vec::new();
        loop {
            let call = Partitions {
                schema: None,
                table: "many".into(),
                prefix: None,
                marker: marker.take(),
                reverse,
            };
            let page = world.ask(&call).await.unwrap();
            sizes.push(page.partitions.len());
            seen.extend(
                page.partitions
                    .into_iter()
                    .map(|one| one.spec.0[0].1.clone()),
            );
            let Some(next) = page.marker else { break };
            if !reverse {
                // Dropped between two pages.
                let gone = seen.last().unwrap();
                world
                    .does(&format!("alter table many drop partition (n='{gone}')"))
                    .await;
            }
            marker = Some(next);
        }
        let mut sorted = seen.clone();
        sorted.sort();
        if reverse {
            sorted.reverse();
            assert_eq!(sizes, [1000, 1000, 1]);
        } else {
            assert_eq!(sizes, [1000, 1000, 3]);
        }
        sorted.dedup();
        assert_eq!(seen, sorted);
    }
    let odd = request(
        "GET",
        "/tables/many?partitions&expectmarker=true&marker=%3D%3D",
        "",
    );
    assert_refused(&world.send(&Service::Odps, odd).await, "a marker of nobody");
}

#[tokio::test]
async fn if_not_exists_and_if_exists_hold_everywhere() {
    let world = World::open().await;
    for twice in [
        "create table if not exists once (a bigint) partitioned by (p string)",
        "alter table once add if not exists partition (p='1')",
        "create view if not exists seen as select a from once where p = '1'",
        "create schema if not exists s",
        "alter table once drop if exists partition (p='1')",
        "drop view if exists seen",
        "drop table if exists once",
        "drop schema if exists s",
    ] {
        world.does(twice).await;
        world.does(twice).await;
    }
    for (once, code) in [
        (
            "create table again (a bigint) partitioned by (p string)",
            "ODPS-0130121",
        ),
        ("alter table again add partition (p='1')", "ODPS-0110061"),
        ("create schema s2", "ODPS-0110061"),
    ] {
        world.does(once).await;
        let answer = world.sql(once).await;
        assert!(answer.starts_with(code), "{once}: {answer}");
    }
    world
        .does("create view looked as select a, p from again where p > '0'")
        .await;
    let call = odps::tables::Get {
        schema: None,
        table: "looked".into(),
    };
    let view = world.ask(&call).await.unwrap();
    assert!(view.schema.is_virtual_view);
    assert_eq!(
        view.schema.view_text.as_deref(),
        Some("select a, p from again where p > '0'")
    );
}

#[tokio::test]
async fn a_plain_decimal_is_one_type_for_everybody() {
    let world = World::open().await;
    world
        .does("create table d (a decimal, b array<decimal>)")
        .await;
    world
        .does("insert into d select cast('12345678901234567890.000000000000000001' as decimal), array(cast(1.5 as decimal))")
        .await;
    let call = odps::tables::Get {
        schema: None,
        table: "d".into(),
    };
    let kinds = world.ask(&call).await.unwrap().schema.columns;
    let kinds: Vec<_> = kinds.iter().map(|column| column.kind.to_string()).collect();
    assert_eq!(kinds, ["decimal(38,18)", "array<decimal(38,18)>"]);

    let create = upload::Create::of(Source::table("d"));
    let session = world.ask(&create).await.unwrap();
    let kinds = ["decimal(38,18)", "array<decimal(38,18)>"].map(Type::read);
    let mut writer = records::Writer::new(kinds).unwrap();
    let source = Source::table("d");
    let opened = world
        .ask(&download::Create::of(source.clone()))
        .await
        .unwrap();
    let read = |session: &download::Session| download::Read {
        source: source.clone(),
        id: session.id.clone(),
        start: 0,
        count: session.record_count,
        columns: None,
        arrow: false,
    };
    let body = world.ask(&read(&opened)).await.unwrap().body;
    let mut reader = records::Reader::new(&body[..], &opened.columns).unwrap();
    let batch = reader.next(10).unwrap().unwrap();
    let values = batch.column(0).as_primitive::<Decimal128Type>();
    assert_eq!(
        values.value(0),
        12_345_678_901_234_567_890_000_000_000_000_000_001
    );
    // The same row back, and SQL reads both.
    let again = [writer.write(&batch).unwrap(), writer.finish()].concat();
    let block = upload::Write {
        target: source.clone(),
        id: session.id.clone(),
        block: 0,
        arrow: false,
        content_encoding: None,
        body: again.into(),
    };
    world.ask(&block).await.unwrap();
    let commit = upload::Commit {
        target: source,
        id: session.id,
    };
    world.ask(&commit).await.unwrap();
    let answer = world.sql("select count(*), min(a) = max(a) from d").await;
    assert!(answer.contains("2") && answer.contains("true"), "{answer}");
}
