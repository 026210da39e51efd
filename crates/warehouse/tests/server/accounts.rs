//! Accounts and projects of the configuration file: both signatures, temporary pairs, applications,
//! roles, and tokens with their end.

use crate::world::{World, addressed, config, now};
use http::{HeaderName, HeaderValue};
use odps::Error;
use odps::authorization::{SignBearerToken, token};
use odps::date::rfc1123;
use odps::instances::{Create, Get, Job, List, Stop, Task};
use odps::sign::{Account, STS_TOKEN, application, v1, v4};
use serde_json::json;
use tempfile::TempDir;
use warehouse::Warehouse;
use wire::{Call, Request, Secret, Service, Target};

const FILE: &str = r#"{
    "accounts": [
        {"name": "ALIYUN$alice", "access_id": "ALICE", "access_key": "alice-key"},
        {"name": "ALIYUN$alice", "access_id": "STS.ALICE", "access_key": "short-key",
         "sts_token": "alice-token"},
        {"name": "ALIYUN$alice", "access_id": "STS.OLD", "access_key": "old-key",
         "sts_token": "old-token", "expires": "2020-01-01T00:00:00Z"},
        {"name": "ALIYUN$bob", "access_id": "BOB", "access_key": "bob-key"}
    ],
    "applications": [{"access_id": "APP", "access_key": "app-key"}],
    "projects": [
        {"name": "first", "owners": ["ALIYUN$alice"], "readers": ["ALIYUN$bob"]},
        {"name": "second", "comment": "another", "owners": ["ALIYUN$bob"]},
        {"name": "shared", "owners": ["ALIYUN$alice"], "readers": ["ALIYUN$bob"]}
    ]
}"#;

pub(crate) async fn world() -> World {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("accounts.json");
    std::fs::write(&file, FILE).unwrap();
    let mut config = config(&folder.path().join("data"));
    config.accounts = Some(file);
    let warehouse = Warehouse::open(config).await.unwrap();
    let ready = warehouse.ready(([127, 0, 0, 1], 1).into());
    World {
        warehouse,
        account: Account {
            access_id: ready.access_id,
            access_key: Secret::new(ready.access_key),
        },
        target: Target {
            project: "first".into(),
        },
        folder,
    }
}

pub(crate) fn account(id: &str, key: &str) -> Account {
    Account {
        access_id: id.into(),
        access_key: Secret::new(key),
    }
}

pub(crate) fn alice() -> Account {
    account("ALICE", "alice-key")
}

pub(crate) fn bob() -> Account {
    account("BOB", "bob-key")
}

/// Makes a call in the name of an account.
pub(crate) async fn ask<C: Call<Error = Error>>(
    world: &World,
    account: &Account,
    call: &C,
) -> Result<C::Reply, Error> {
    let mut request = call.to_request(&world.target);
    v1::authorize(account, &mut request, &rfc1123(now()));
    let answer = world.raw(addressed(&call.service(), request)).await;
    call.from_response(answer)
}

/// Sends a request for the project that `prepare` has signed; status and code of the answer.
async fn project(world: &World, prepare: impl FnOnce(&mut Request)) -> (u16, String) {
    let mut request = odps::projects::Get.to_request(&world.target);
    prepare(&mut request);
    let answer = world.raw(addressed(&Service::Odps, request)).await;
    match answer.status().as_u16() {
        200 => (200, String::new()),
        status => (status, Error::from_response(&answer).code().to_owned()),
    }
}

fn header(request: &mut Request, name: &'static str, value: &str) {
    let value = HeaderValue::from_str(value).unwrap();
    request
        .headers_mut()
        .insert(HeaderName::from_static(name), value);
}

#[tokio::test]
async fn both_signatures_and_temporary_pairs() {
    let world = world().await;
    let date = || rfc1123(now());
    let sts = account("STS.ALICE", "short-key");
    let old = account("STS.OLD", "old-key");
    let ok = (200, String::new());
    let refused = |code: &str| (401, code.to_owned());

    let answer = project(&world, |request| {
        v4::authorize(&alice(), request, "cn-x", now())
    })
    .await;
    assert_eq!(answer, ok);
    let wrong = account("ALICE", "another-key");
    let answer = project(&world, |request| {
        v4::authorize(&wrong, request, "cn-x", now())
    })
    .await;
    assert_eq!(answer, refused("InvalidAuthorization"));
    let late = now() - 3_600_000;
    let answer = project(&world, |request| {
        v4::authorize(&alice(), request, "cn-x", late)
    })
    .await;
    assert_eq!(answer, (400, "RequestTimeTooSkewed".to_owned()));

    let with_token = async |account: &Account, token: Option<&str>| {
        project(&world, |request| {
            v1::authorize(account, request, &date());
            if let Some(token) = token {
                header(request, STS_TOKEN, token);
            }
        })
        .await
    };
    assert_eq!(with_token(&sts, Some("alice-token")).await, ok);
    assert_eq!(with_token(&sts, None).await, refused("Unauthorized"));
    assert_eq!(
        with_token(&sts, Some("bob-token")).await,
        refused("Unauthorized")
    );
    assert_eq!(
        with_token(&alice(), Some("alice-token")).await,
        refused("Unauthorized")
    );
    assert_eq!(
        with_token(&old, Some("old-token")).await,
        refused("AuthenticationRequestExpired")
    );
}

#[tokio::test]
async fn an_application_is_checked_too() {
    let world = world().await;
    for (id, key, expected) in [
        ("APP", "app-key", (200, "")),
        ("APP", "no-key", (401, "InvalidAuthorization")),
        ("OTHER", "app-key", (401, "InvalidParameter")),
    ] {
        let answer = project(&world, |request| {
            v1::authorize(&alice(), request, &rfc1123(now()));
            application::authorize(&account(id, key), request);
        })
        .await;
        assert_eq!((answer.0, answer.1.as_str()), expected, "{id} {key}");
    }
}

#[tokio::test]
async fn projects_have_members() {
    let mut world = world().await;
    let get = odps::projects::Get;
    assert_eq!(ask(&world, &alice(), &get).await.unwrap().name, "first");
    assert_eq!(ask(&world, &bob(), &get).await.unwrap().name, "first");
    let local = world.account.clone();
    assert_eq!(ask(&world, &local, &get).await.unwrap().name, "first");

    world.target.project = "second".into();
    assert_eq!(ask(&world, &bob(), &get).await.unwrap().name, "second");
    let error = ask(&world, &alice(), &get).await.unwrap_err();
    assert_eq!(error.code(), "NoPermission");
    assert!(
        error.to_string().contains("ODPS-0420095")
            && error
                .to_string()
                .contains("You don't exist in project second"),
        "{error}"
    );
    world.target.project = "third".into();
    let error = ask(&world, &alice(), &get).await.unwrap_err();
    assert_eq!(error.code(), "NoSuchObject");
}

#[tokio::test]
async fn a_reader_reads_and_does_not_write() {
    let world = world().await;
    let create = odps::resources::Create {
        name: "r.py".into(),
        kind: "py".into(),
        temp: false,
        comment: None,
        content: b"x".as_slice().into(),
    };
    let error = ask(&world, &bob(), &create).await.unwrap_err();
    assert_eq!(error.code(), "NoPermission");
    assert!(
        error.to_string().contains("ODPS-0420095: Access Denied"),
        "{error}"
    );
    ask(&world, &alice(), &create).await.unwrap();

    let job = Job::of(Task::sql("select 1", [], "u"));
    let own = ask(&world, &bob(), &Create { job: job.clone() })
        .await
        .unwrap()
        .id;
    let found = ask(&world, &bob(), &Get { id: own.clone() }).await.unwrap();
    assert_eq!(found.owner.as_deref(), Some("ALIYUN$bob"));
    let hers = ask(&world, &alice(), &Create { job }).await.unwrap().id;
    let error = ask(&world, &bob(), &Stop { id: hers.clone() })
        .await
        .unwrap_err();
    assert_eq!(error.code(), "NoPermission");

    let mine = ask(&world, &bob(), &List::default()).await.unwrap();
    let ids: Vec<_> = mine.instances.into_iter().map(|item| item.id).collect();
    assert_eq!(ids, [own]);
    let everyone = List {
        only_owner: Some(false),
        ..List::default()
    };
    assert_eq!(
        ask(&world, &bob(), &everyone)
            .await
            .unwrap()
            .instances
            .len(),
        2
    );
}

#[tokio::test]
async fn a_token_gives_no_more_than_its_signer_has() {
    let world = world().await;
    let all = |hours| SignBearerToken {
        expires_in_hours: hours,
        policy: json!({"Statement": [{
            "Effect": "Allow", "Action": ["odps:*"], "Resource": "acs:odps:*:projects/*"
        }]}),
    };
    let by_token = async |token: &str, mut request: Request| {
        header(&mut request, "x-odps-bearer-token", token);
        let answer = world.raw(addressed(&Service::Odps, request)).await;
        let code = match answer.status().as_u16() {
            200 | 201 => String::new(),
            _ => Error::from_response(&answer).code().to_owned(),
        };
        (answer.status().as_u16(), code)
    };
    let bobs = ask(&world, &bob(), &all(1)).await.unwrap().0;
    let alices = ask(&world, &alice(), &all(1)).await.unwrap().0;
    let read = || odps::projects::Get.to_request(&world.target);
    let write = || {
        let create = odps::resources::Create {
            name: "t.py".into(),
            kind: "py".into(),
            temp: false,
            comment: None,
            content: b"x".as_slice().into(),
        };
        create.to_request(&world.target)
    };
    assert_eq!(by_token(bobs.expose(), read()).await.0, 200);
    assert_eq!(
        by_token(bobs.expose(), write()).await,
        (403, "NoPermission".into())
    );
    assert_eq!(by_token(alices.expose(), write()).await.0, 201);
    // A token does not sign the next one, which would outlive it.
    let again = all(720).to_request(&world.target);
    assert_eq!(
        by_token(alices.expose(), again).await,
        (403, "NoPermission".into())
    );

    let expired = token::issue(&alice(), &all(1).policy, now() - 1000);
    assert_eq!(
        by_token(expired.expose(), read()).await,
        (401, "AuthenticationRequestExpired".into())
    );
    let forged = token::issue(&account("ALICE", "guess"), &all(1).policy, now() + 60_000);
    assert_eq!(
        by_token(forged.expose(), read()).await,
        (401, "Unauthorized".into())
    );
}

#[tokio::test]
async fn without_the_flag_there_are_no_faults() {
    let folder = TempDir::new().unwrap();
    let mut config = config(folder.path());
    config.faults = false;
    let warehouse = Warehouse::open(config).await.unwrap();
    let request = http::Request::put("/-/faults/slow-start")
        .body(axum::body::Body::empty())
        .unwrap();
    let answer = tower::ServiceExt::oneshot(warehouse.router(), request)
        .await
        .unwrap();
    assert_eq!(answer.status(), 404);
}
