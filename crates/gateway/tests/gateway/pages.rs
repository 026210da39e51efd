//! The built page: routes, caching, compression and the headers of every answer.

use serde_json::json;

use crate::world::{Upstream, World, assert_document, header_of};

const INDEX: &str = "<!DOCTYPE html><base href=\"/\"><script src=\"start.js\"></script>";

async fn world() -> World {
    world_with(json!({})).await
}

async fn world_with(change: serde_json::Value) -> World {
    let world = World::with(Upstream::plain().await.port, change).await;
    world.file("index.html", INDEX);
    world.file("start.js", "start();".repeat(100));
    world.file("console-0123456789abcdef.js", "loader");
    world.file("console-0123456789abcdef_bg.wasm", b"\0asm");
    world.file("console-0123456789abcdef_bg.wasm.br", b"packed");
    world
}

#[tokio::test]
async fn page_routes_get_the_index_and_files_that_are_missing_do_not() {
    let world = world().await;
    for page in [
        "/",
        "/clusters/new?worker_num=5",
        "/clusters/2026g1",
        "/tables/p.t",
        "/index.html",
    ] {
        let response = world.get(page).send().await.unwrap();
        assert_eq!(response.status(), 200, "{page}");
        assert_eq!(
            header_of(&response, "content-type"),
            "text/html; charset=utf-8",
            "{page}"
        );
        assert_eq!(response.text().await.unwrap(), INDEX, "{page}");
    }
    for absent in ["/missing.js", "/-/other", "/odps", "/tunnel/", "/mars"] {
        let response = world.get(absent).send().await.unwrap();
        assert_document(response, 404, "NoSuchObject").await;
    }
    let response = world
        .get("/%2e%2e/%2e%2e/etc/passwd.txt")
        .send()
        .await
        .unwrap();
    assert!(response.status().is_client_error());
    let response = world.post("/clusters").send().await.unwrap();
    assert_document(response, 405, "MethodNotAllowed").await;
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_sent_as_they_were_compressed() {
    let world = world().await;
    let wasm = "/console-0123456789abcdef_bg.wasm";
    let plain = world.get(wasm).send().await.unwrap();
    assert_eq!(header_of(&plain, "content-type"), "application/wasm");
    assert_eq!(
        header_of(&plain, "cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(header_of(&plain, "vary"), "accept-encoding");
    assert_eq!(plain.bytes().await.unwrap().as_ref(), b"\0asm");
    let packed = world
        .get(wasm)
        .header("accept-encoding", "gzip, br")
        .send()
        .await
        .unwrap();
    assert_eq!(header_of(&packed, "content-encoding"), "br");
    assert_eq!(header_of(&packed, "content-type"), "application/wasm");
    assert_eq!(packed.bytes().await.unwrap().as_ref(), b"packed");
}

#[tokio::test]
async fn what_is_not_hashed_is_asked_for_again() {
    let world = world().await;
    for encoding in ["identity", "gzip", "br"] {
        let first = world
            .get("/start.js")
            .header("accept-encoding", encoding)
            .send()
            .await
            .unwrap();
        assert_eq!(first.status(), 200);
        assert_eq!(header_of(&first, "cache-control"), "no-cache");
        let expected = if encoding == "identity" { "" } else { encoding };
        assert_eq!(header_of(&first, "content-encoding"), expected);
        let tag = header_of(&first, "etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() > 20, "{tag}");
        assert_eq!(
            tag.ends_with(&format!("-{encoding}\"")),
            encoding != "identity",
            "{tag}"
        );
        let again = world
            .get("/start.js")
            .header("accept-encoding", encoding)
            .header("if-none-match", &tag)
            .send()
            .await
            .unwrap();
        assert_eq!(again.status(), 304);
        assert_eq!(again.bytes().await.unwrap().len(), 0);
    }
    let tag = header_of(&world.get("/start.js").send().await.unwrap(), "etag").to_owned();
    world.file("start.js", "other();");
    let changed = world
        .get("/start.js")
        .header("if-none-match", tag)
        .send()
        .await
        .unwrap();
    assert_eq!(changed.text().await.unwrap(), "other();");
}

#[tokio::test]
async fn the_policy_allows_the_console_and_nothing_else() {
    let world = world_with(json!({ "frame_ancestors": ["https://ops.example"] })).await;
    let response = world.get("/clusters").send().await.unwrap();
    let policy = header_of(&response, "content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors https://ops.example",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    assert_eq!(header_of(&response, "x-content-type-options"), "nosniff");
    assert_eq!(header_of(&response, "referrer-policy"), "no-referrer");
    assert_eq!(
        header_of(&response, "cross-origin-opener-policy"),
        "same-origin"
    );
    assert_eq!(
        header_of(&response, "cross-origin-resource-policy"),
        "same-origin"
    );
    let closed = crate::pages::world().await.get("/").send().await.unwrap();
    assert!(header_of(&closed, "content-security-policy").ends_with("frame-ancestors 'none'"));
}

#[tokio::test]
async fn everything_moves_below_a_base_path() {
    let world = world_with(json!({ "base_path": "/ops/mars" })).await;
    let page = world
        .get("/ops/mars/clusters")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(page.contains("<base href=\"/ops/mars/\">"), "{page}");
    assert_eq!(
        world
            .get("/ops/mars/start.js")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    assert_eq!(
        world
            .get("/ops/mars/-/health")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    let answer = world.get("/ops/mars/odps/projects/p").send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "fine");
    for outside in ["/", "/start.js", "/odps/projects/p", "/-/health"] {
        let response = world.get(outside).send().await.unwrap();
        assert_document(response, 404, "NoSuchObject").await;
    }
}

#[tokio::test]
async fn a_page_that_is_not_built_is_said_so() {
    let world = World::new(Upstream::plain().await.port).await;
    let response = world.get("/clusters").send().await.unwrap();
    let text = assert_document(response, 503, "PageMissing").await;
    assert!(text.contains("index.html"), "{text}");
}

#[tokio::test]
async fn the_connection_holds_no_secret() {
    let world = world().await;
    let text = world
        .get("/-/connection")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let connection: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(connection["project"], crate::world::PROJECT);
    assert_eq!(connection["access_id"], crate::world::ACCESS_ID);
    assert_eq!(connection["credentials"], "gateway");
    assert_eq!(connection["local"], true);
    assert!(!text.contains(crate::world::ACCESS_KEY), "{text}");
}
