//! Who is let in: V1 signatures, clock skew, bearer tokens.

use crate::world::{World, addressed, config, get, now};
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use odps::Error;
use odps::authorization::SignBearerToken;
use odps::date::rfc1123;
use odps::instances::{Create, Job, Task};
use odps::sign::{Account, STS_TOKEN, v1};
use serde_json::{Value, json};
use tempfile::TempDir;
use warehouse::Warehouse;
use wire::{Call as _, Request, Secret, Service, Target};

fn refusal(world: &World, response: wire::Response) -> (u16, String) {
    assert!(response.headers().contains_key("x-odps-request-id"));
    let body = String::from_utf8(response.body().to_vec()).unwrap();
    assert!(!body.contains(world.account.access_key.expose()));
    match Error::from_response(&response) {
        Error::Status {
            status,
            code,
            request_id: Some(_),
            ..
        } => (status, code),
        other => panic!("{other:?}"),
    }
}

fn project(world: &World) -> Request {
    odps::projects::Get.to_request(&world.target)
}

#[tokio::test]
async fn the_local_account_is_let_in() {
    let world = World::open().await;
    let found = world.ask(&odps::projects::Get).await.unwrap();
    assert_eq!(found.name, "mars_console_sample");
    assert!(found.owner.is_some() && found.created.is_some() && found.modified.is_some());
}

#[tokio::test]
async fn everyone_else_gets_an_error_document() {
    let world = World::open().await;
    let signed = |account: &Account, at: u64| {
        let mut request = project(&world);
        v1::authorize(account, &mut request, &rfc1123(at));
        addressed(&Service::Odps, request)
    };
    let other_key = Account {
        access_key: Secret::new("wrong"),
        ..world.account.clone()
    };
    let other_id = Account {
        access_id: "NOBODY".into(),
        ..world.account.clone()
    };

    let answer = world.raw(addressed(&Service::Odps, project(&world))).await;
    assert_eq!(refusal(&world, answer), (401, "Unauthorized".into()));
    let answer = world.raw(signed(&other_key, now())).await;
    assert_eq!(
        refusal(&world, answer),
        (401, "InvalidAuthorization".into())
    );
    let answer = world.raw(signed(&other_id, now())).await;
    assert_eq!(refusal(&world, answer), (401, "InvalidParameter".into()));
    let answer = world.raw(signed(&world.account, now() - 3_600_000)).await;
    assert_eq!(
        refusal(&world, answer),
        (400, "RequestTimeTooSkewed".into())
    );

    let mut undated = signed(&world.account, now());
    undated.headers_mut().remove("date");
    assert_eq!(
        refusal(&world, world.raw(undated).await).1,
        "InvalidAuthorization"
    );
    let mut garbled = signed(&world.account, now());
    garbled
        .headers_mut()
        .insert(AUTHORIZATION, HeaderValue::from_static("Basic x"));
    assert_eq!(refusal(&world, world.raw(garbled).await).1, "Unauthorized");
}

/// What PyODPS sent with a temporary key pair, signed again for the present moment.
#[tokio::test]
async fn the_recorded_temporary_pair_is_let_in() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../odps/tests/data/signing_sts.json"
    );
    let recording: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let account = Account {
        access_id: text(&recording["credentials"]["access_id"]),
        access_key: Secret::new(text(&recording["credentials"]["secret_access_key"])),
    };
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("accounts.json");
    let accounts = json!({
        "accounts": [{"name": "ALIYUN$sts", "access_id": account.access_id,
                      "access_key": account.access_key.expose(), "sts_token": "stub-sts-token"}],
        "projects": [{"name": "vec_project", "owners": ["ALIYUN$sts"]}],
    });
    std::fs::write(&file, accounts.to_string()).unwrap();
    let mut config = config(&folder.path().join("data"));
    config.accounts = Some(file);
    let world = World {
        warehouse: Warehouse::open(config).await.unwrap(),
        account: account.clone(),
        target: Target {
            project: "vec_project".into(),
        },
        folder,
    };
    let exchanges = recording["exchanges"].as_array().unwrap();
    assert!(exchanges.len() > 1);
    for exchange in exchanges {
        let sent = &exchange["request"];
        let path = text(&sent["path"]).replacen("/api", "", 1);
        let mut recorded = get(&format!("{path}?{}", text(&sent["query"])));
        *recorded.method_mut() = text(&sent["method"]).parse().unwrap();
        for (name, value) in sent["headers"].as_object().unwrap() {
            let name: HeaderName = name.parse().unwrap();
            let value = HeaderValue::from_str(value.as_str().unwrap()).unwrap();
            recorded.headers_mut().insert(name, value);
        }
        let ask = async |request: &Request| {
            let answer = world.raw(addressed(&Service::Odps, request.clone())).await;
            match answer.status().as_u16() {
                200 => (200, String::new()),
                status => (status, Error::from_response(&answer).code().to_owned()),
            }
        };
        // The signature is genuine and its date is not.
        assert_eq!(ask(&recorded).await, (400, "RequestTimeTooSkewed".into()));
        let mut fresh = recorded.clone();
        fresh.headers_mut().remove(AUTHORIZATION);
        v1::authorize(&account, &mut fresh, &rfc1123(now()));
        let there = match path.contains("/tables/") {
            true => (404, "NoSuchObject".into()),
            false => (200, String::new()),
        };
        assert_eq!(ask(&fresh).await, there, "{path}");
        // The token is not part of what is signed, and counts all the same.
        let other = HeaderValue::from_static("another-token");
        fresh.headers_mut().insert(STS_TOKEN, other);
        assert_eq!(ask(&fresh).await, (401, "Unauthorized".into()));
    }
}

#[tokio::test]
async fn the_tunnel_checks_too_and_answers_in_json() {
    let world = World::open().await;
    let path = "/projects/mars_console_sample/tables/test_mars?downloads";
    let mut request = get(path);
    *request.method_mut() = http::Method::POST;
    let answer = world.raw(request).await;
    assert_eq!(answer.headers()["content-type"], "application/json");
    assert_eq!(refusal(&world, answer), (401, "Unauthorized".into()));
}

#[tokio::test]
async fn a_bearer_token_reads_its_instance_and_nothing_else() {
    let world = World::open().await;
    let job = Job::of(Task::sql("select 1", [], "u"));
    let id = world.ask(&Create { job }).await.unwrap().id;
    let call = SignBearerToken::for_instance(&world.target.project, &id, 1);
    let token = world.ask(&call).await.unwrap().0;
    let ask = async |method: &str, path: &str| {
        let mut request = get(path);
        *request.method_mut() = method.parse().unwrap();
        let value = HeaderValue::from_str(token.expose()).unwrap();
        request.headers_mut().insert("x-odps-bearer-token", value);
        world.raw(request).await.status().as_u16()
    };
    let own = format!("/api/projects/mars_console_sample/instances/{id}");
    assert_eq!(ask("GET", &own).await, 200);
    assert_eq!(ask("GET", "/api/logview/host").await, 200);
    assert_eq!(ask("PUT", &own).await, 403);
    assert_eq!(
        ask("GET", "/api/projects/mars_console_sample/tables").await,
        403
    );

    // The address that PyODPS makes shows the same instance without any signature.
    let page = format!(
        "/logview/?h=http://127.0.0.1/api&p=mars_console_sample&i={id}&token={}",
        token.expose()
    );
    let answer = world.raw(get(&page)).await;
    assert_eq!(answer.status(), 200);
    let text = String::from_utf8_lossy(answer.body()).into_owned();
    assert!(text.contains(&id) && text.contains("select 1"), "{text}");
    assert_eq!(
        world
            .raw(get(&page.replace(&id, "20260101g1")))
            .await
            .status(),
        403
    );
    assert_eq!(
        world
            .raw(get(&page.replace("token=", "token=A")))
            .await
            .status(),
        401
    );
}

#[tokio::test]
async fn a_preflight_is_answered_without_a_signature() {
    let world = World::open().await;
    for path in ["/api/projects/p", "/projects/p/tables/t"] {
        let answer = world.poke("OPTIONS", path, "").await;
        assert_eq!(answer.status(), 204);
        assert!(answer.headers().contains_key("allow"));
    }
}
