//! Resources: as recorded from PyODPS 0.9 (`resources_0.9.json`).

use crate::world::{World, get};
use odps::resources::{Create, Delete, Get};
use wire::{Call as _, Service};

fn create(name: &str, content: &'static [u8]) -> Create {
    Create {
        name: name.into(),
        kind: "file".into(),
        temp: true,
        comment: None,
        content: content.into(),
    }
}

#[tokio::test]
async fn a_resource_comes_back_and_goes() {
    let world = World::open().await;
    let name = "../weird name.txt";
    let made = world.ask(&create(name, b"hello vectors\0")).await.unwrap();
    assert!(made.location.unwrap().contains("/resources/"));

    let found = world
        .ask(&Get {
            name: name.into(),
            meta: false,
        })
        .await
        .unwrap();
    assert_eq!(&found.body[..], b"hello vectors\0");
    let meta = world
        .ask(&Get {
            name: name.into(),
            meta: true,
        })
        .await
        .unwrap();
    assert_eq!((meta.size, meta.kind.as_deref()), (Some(14), Some("file")));
    assert!(meta.body.is_empty() && meta.created.is_some());

    let again = world.ask(&create(name, b"other")).await.unwrap_err();
    assert_eq!(again.code(), "ObjectAlreadyExists");
    let list = world
        .send(
            &Service::Odps,
            get("/projects/mars_console_sample/resources"),
        )
        .await;
    let text = String::from_utf8_lossy(list.body()).into_owned();
    assert!(text.contains("<Name>../weird name.txt</Name>"), "{text}");

    world.ask(&Delete { name: name.into() }).await.unwrap();
    assert!(
        world
            .ask(&Get {
                name: name.into(),
                meta: true
            })
            .await
            .unwrap_err()
            .is_absent()
    );
    assert!(
        world
            .ask(&Delete { name: name.into() })
            .await
            .unwrap_err()
            .is_absent()
    );
}

#[tokio::test]
async fn put_replaces() {
    let world = World::open().await;
    world.ask(&create("a.txt", b"one")).await.unwrap();
    let mut request = create("a.txt", b"two").to_request(&world.target);
    *request.method_mut() = http::Method::PUT;
    *request.uri_mut() = "/projects/mars_console_sample/resources/a.txt"
        .parse()
        .unwrap();
    assert_eq!(world.send(&Service::Odps, request).await.status(), 200);
    let found = world
        .ask(&Get {
            name: "a.txt".into(),
            meta: false,
        })
        .await
        .unwrap();
    assert_eq!(&found.body[..], b"two");
}

#[tokio::test]
async fn a_restart_removes_what_was_temporary() {
    let world = World::open().await;
    world.ask(&create("temporary", b"1")).await.unwrap();
    let kept = Create {
        temp: false,
        ..create("kept", b"2")
    };
    world.ask(&kept).await.unwrap();
    let world = World::on(world.leave()).await;
    let meta = |name: &str| Get {
        name: name.into(),
        meta: true,
    };
    assert!(world.ask(&meta("temporary")).await.unwrap_err().is_absent());
    assert_eq!(world.ask(&meta("kept")).await.unwrap().size, Some(1));
}

#[tokio::test]
async fn parts_become_one_resource() {
    let world = World::open().await;
    let path = "/projects/mars_console_sample/resources";
    let post = async |name: &str, action: &str, total: &str, content: &'static [u8]| {
        let mut request = create(name, content).to_request(&world.target);
        *request.uri_mut() = format!("{path}?{action}=true").parse().unwrap();
        if !total.is_empty() {
            let total = total.parse().unwrap();
            let headers = request.headers_mut();
            headers.insert("x-odps-resource-merge-total-bytes", total);
            headers.insert("x-odps-resource-istemp", "false".parse().unwrap());
        }
        world.send(&Service::Odps, request).await
    };
    assert_eq!(
        post("big.part.tmp.1.000000", "rIsPart", "", b"hello ")
            .await
            .status(),
        201
    );
    assert_eq!(
        post("big.part.tmp.1.000001", "rIsPart", "", b"world")
            .await
            .status(),
        201
    );
    let list = "5eb63bbbe01eeed093cb22bb8f5acdc3|big.part.tmp.1.000000,big.part.tmp.1.000001";
    let wrong = "00000000000000000000000000000000|big.part.tmp.1.000000";
    assert_eq!(
        post("big", "rOpMerge", "6", wrong.as_bytes())
            .await
            .status(),
        400
    );
    assert_eq!(
        post("big", "rOpMerge", "12", list.as_bytes())
            .await
            .status(),
        400
    );
    assert_eq!(
        post("big", "rOpMerge", "11", list.as_bytes())
            .await
            .status(),
        201
    );
    let meta = |name: &str| Get {
        name: name.into(),
        meta: true,
    };
    assert!(
        world
            .ask(&meta("big.part.tmp.1.000000"))
            .await
            .unwrap_err()
            .is_absent()
    );
    let world = World::on(world.leave()).await;
    let piece = world
        .send(
            &Service::Odps,
            get(&format!("{path}/big?rOffset=6&rSize=3")),
        )
        .await;
    assert_eq!(&piece.body()[..], b"wor");
    assert_eq!(piece.headers()["x-odps-resource-has-remaining"], "true");
    assert_eq!(
        piece.headers()["content-md5"],
        "5eb63bbbe01eeed093cb22bb8f5acdc3"
    );
    let rest = world
        .send(
            &Service::Odps,
            get(&format!("{path}/big?rOffset=9&rSize=3")),
        )
        .await;
    assert_eq!(rest.headers()["x-odps-resource-has-remaining"], "false");
}

#[tokio::test]
async fn a_table_is_a_resource_too() {
    let world = World::open().await;
    let mut request = Create {
        kind: "table".into(),
        temp: false,
        ..create("t_res", b"")
    }
    .to_request(&world.target);
    let source = "mars_console_sample.sales partition(dt='20260101')";
    let value = http::HeaderValue::from_static(source);
    request
        .headers_mut()
        .insert("x-odps-copy-table-source", value);
    assert_eq!(world.send(&Service::Odps, request).await.status(), 201);
    let path = "/projects/mars_console_sample/resources/t_res?meta";
    let meta = world.send(&Service::Odps, get(path)).await;
    assert_eq!(meta.headers()["x-odps-copy-table-source"], source);
    assert_eq!(meta.headers()["x-odps-resource-type"], "table");
    let strange = Create {
        kind: "spreadsheet".into(),
        ..create("x", b"")
    };
    assert_eq!(
        world.ask(&strange).await.unwrap_err().code(),
        "InvalidParameter"
    );
}
