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
