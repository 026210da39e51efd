//! Names and origins that are not answered, and that nothing reaches an upstream then.

use serde_json::json;

use crate::world::{Upstream, World, assert_document};

#[tokio::test]
async fn unknown_names_are_refused() {
    let upstream = Upstream::plain().await;
    let world = World::with(upstream.port, json!({ "allowed_hosts": ["ops.example"] })).await;
    for path in ["/", "/odps/projects/p", "/-/connection", "/-/health"] {
        let response = world
            .get(path)
            .header("host", "rebound.example:80")
            .send()
            .await
            .unwrap();
        assert_document(response, 403, "ForbiddenHost").await;
    }
    for name in ["ops.example", "ops.example:8790", "localhost:1"] {
        let response = world
            .get("/odps/projects/p")
            .header("host", name)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{name}");
    }
    assert_eq!(upstream.got().len(), 3);
}

#[tokio::test]
async fn other_origins_cannot_use_the_key() {
    let upstream = Upstream::plain().await;
    let world = World::new(upstream.port).await;
    let own = format!("http://127.0.0.1:{}", world.port);
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
    ] {
        for path in [
            "/odps/projects/p/instances",
            "/tunnel/projects/p",
            "/mars/1g/api/session",
        ] {
            let response = world.post(path).header(name, value).send().await.unwrap();
            assert_document(response, 403, "ForbiddenOrigin").await;
        }
    }
    let response = world
        .get("/-/connection")
        .header("sec-fetch-site", "cross-site")
        .send()
        .await;
    assert_document(response.unwrap(), 403, "ForbiddenOrigin").await;
    assert!(upstream.got().is_empty());
    let response = world
        .post("/odps/projects/p/instances")
        .header("origin", own)
        .header("sec-fetch-site", "same-origin")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
}
