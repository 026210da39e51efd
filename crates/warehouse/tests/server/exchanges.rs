//! The poke routes: faults by name and the record of requests.

use crate::world::{World, get};
use http::HeaderValue;
use http::header::HOST;
use serde_json::{Value, json};

#[tokio::test]
async fn requests_are_recorded_without_secrets() {
    let world = World::open().await;
    let key = world.account.access_key.expose();
    let resource = odps::resources::Create {
        name: "r".into(),
        kind: "file".into(),
        temp: false,
        comment: None,
        content: format!("key {key}").into(),
    };
    world.ask(&resource).await.unwrap();
    let answer = world.poke("GET", "/-/exchanges", "").await;
    let text = String::from_utf8(answer.body().to_vec()).unwrap();
    assert!(
        !text.contains(key) && !text.contains("authorization"),
        "{text}"
    );
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["service"], "odps");
    assert_eq!(
        list[0]["path"],
        "/api/projects/mars_console_sample/resources"
    );
    assert_eq!(list[0]["query"], "curr_project=mars_console_sample");
    assert_eq!(list[0]["headers"]["x-odps-resource-name"], "r");
    assert_eq!(list[0]["body_base64"], "a2V5IEFDQ0VTU19LRVk=");
    assert_eq!(list[0]["status"], 201);
    assert_eq!(world.poke("DELETE", "/-/exchanges", "").await.status(), 200);
    assert_eq!(world.poke("GET", "/-/exchanges", "").await.body(), "[]");
}

#[tokio::test]
async fn faults_are_set_by_name() {
    let world = World::open().await;
    let set = world
        .poke("PUT", "/-/faults/slow-start", r#"{"seconds": 3}"#)
        .await;
    assert_eq!(set.status(), 200);
    let all = world.poke("GET", "/-/faults", "").await;
    let all: Value = serde_json::from_slice(all.body()).unwrap();
    assert_eq!(all, json!({"slow-start": {"seconds": 3}}));
    assert_eq!(world.poke("PUT", "/-/faults/rain", "").await.status(), 404);
    assert_eq!(
        world
            .poke("PUT", "/-/faults/slow-start", "[1]")
            .await
            .status(),
        400
    );
    assert_eq!(world.poke("DELETE", "/-/faults", "").await.status(), 200);
    assert_eq!(world.poke("GET", "/-/faults", "").await.body(), "{}");
}

#[tokio::test]
async fn a_foreign_name_does_not_reach_the_pokes() {
    let world = World::open().await;
    for (host, status) in [
        ("evil.example:80", 403),
        ("127.0.0.1:80", 200),
        ("localhost", 200),
    ] {
        let mut request = get("/-/faults");
        request
            .headers_mut()
            .insert(HOST, HeaderValue::from_static(host));
        assert_eq!(world.raw(request).await.status().as_u16(), status, "{host}");
    }
}
