//! The engine's pages below a key: who gets one, what it opens and what it never does.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

use crate::tokens::{Manager, WEB_TOKEN, at_once};
use crate::world::{Got, Upstream, World, assert_document, header_of, typed};

const HTML: &str = "text/html; charset=UTF-8";

fn engine(got: &Got) -> axum::response::Response {
    let host = got.host();
    match got.uri.path() {
        "/" => typed(HTML, r#"<a href="/worker">Workers</a>"#),
        "/worker/1/timeline" => {
            let page = format!(r#"<script src="http://{host}/bk/autoload.js?x=1"></script>"#);
            typed(HTML, page)
        }
        "/bk/autoload.js" => {
            let text = format!(r#"["static/js/bokeh.js", "{}"]"#, got.query());
            typed("application/javascript", text)
        }
        "/old" => {
            let there = format!("http://{host}/worker");
            (StatusCode::FOUND, [(header::LOCATION, there)]).into_response()
        }
        _ => typed("text/css", "a { color: red }"),
    }
}

async fn world() -> (Upstream, World) {
    let upstream = Manager::start(at_once, engine).await;
    let world = World::new(upstream.port).await;
    (upstream, world)
}

async fn key(world: &World, instance: &str) -> String {
    let answer = world
        .post(&format!("/-/web/{instance}"))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(header_of(&answer, "cache-control"), "no-store");
    let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    format!("/{}", body["path"].as_str().unwrap())
}

#[tokio::test]
async fn pages_stand_below_their_key_and_do_not_name_the_token() {
    let (_upstream, world) = world().await;
    let key = key(&world, "20260101g").await;
    let answer = world.get(&key).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let policy = header_of(&answer, "content-security-policy").to_owned();
    assert!(
        policy.starts_with("sandbox allow-scripts allow-popups "),
        "{policy}"
    );
    assert!(
        !policy.contains("allow-same-origin") && !policy.contains("allow-forms"),
        "{policy}"
    );
    assert_eq!(header_of(&answer, "access-control-allow-origin"), "null");
    assert_eq!(header_of(&answer, "access-control-allow-credentials"), "");
    assert_eq!(header_of(&answer, "referrer-policy"), "no-referrer");
    let page = answer.text().await.unwrap();
    assert_eq!(page, format!(r#"<a href="{key}worker">Workers</a>"#));

    let timeline = world
        .get(&format!("{key}worker/1/timeline"))
        .send()
        .await
        .unwrap();
    let page = timeline.text().await.unwrap();
    assert_eq!(
        page,
        format!(r#"<script src="{key}bk/autoload.js?x=1"></script>"#)
    );
    assert!(!page.contains(WEB_TOKEN));

    let loader = format!("{key}bk/autoload.js?bokeh-app-path=/bk&bokeh-absolute-url=http://x/bk");
    let script = world
        .get(&loader)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        script.contains(&format!(r#""{key}static/js/bokeh.js""#)),
        "{script}"
    );
    assert!(!script.contains("absolute"), "{script}");

    let moved = world.get(&format!("{key}old")).send().await.unwrap();
    assert_eq!(header_of(&moved, "location"), format!("{key}worker"));
    let style = world
        .get(&format!("{key}static/a.css"))
        .send()
        .await
        .unwrap();
    assert_eq!(style.text().await.unwrap(), "a { color: red }");
}

#[tokio::test]
async fn nothing_is_changed_and_no_api_is_read_below_a_key() {
    let (upstream, world) = world().await;
    let key = key(&world, "20260101g").await;
    world.get(&key).send().await.unwrap();
    let before = upstream.got().len();
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let url = world.url(&format!("{key}session"));
        let answer = world.client.request(method, url).send().await.unwrap();
        assert_document(answer, 405, "MethodNotAllowed").await;
    }
    for path in [
        "api",
        "api/session",
        "%61pi/session",
        "/api/session",
        "api%2Fsession",
    ] {
        let answer = world.get(&format!("{key}{path}")).send().await.unwrap();
        assert_document(answer, 404, "NoSuchObject").await;
    }
    // A script of the engine is never one of the console's own pages.
    for kind in ["script", "worker", "serviceworker", "style"] {
        let request = world.get(&format!("{key}static/a.js"));
        let request = request.header("sec-fetch-site", "same-origin");
        let answer = request.header("sec-fetch-dest", kind).send().await.unwrap();
        assert_document(answer, 403, "ForbiddenOrigin").await;
    }
    assert_eq!(upstream.got().len(), before, "nothing was passed on");
}

#[tokio::test]
async fn a_key_opens_one_instance_only() {
    let (upstream, world) = world().await;
    let (first, second) = (
        key(&world, "20260101g").await,
        key(&world, "20260202g").await,
    );
    assert_ne!(first, second);
    assert!(upstream.got().is_empty(), "a key alone asks for nothing");
    for foreign in [
        "/-/framed/20260101g/".to_owned(),
        "/-/framed/00000000000000000000000000000000/".to_owned(),
        first.replace("framed/", "framed/0"),
    ] {
        let answer = world.get(&foreign).send().await.unwrap();
        let policy = header_of(&answer, "content-security-policy").to_owned();
        assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
        assert_document(answer, 403, "KeyEnded").await;
    }
    assert!(upstream.got().is_empty());
}

#[tokio::test]
async fn only_the_console_gets_a_key() {
    let (_upstream, world) = world().await;
    for origin in ["null", "http://evil.example"] {
        let request = world.post("/-/web/20260101g").header("origin", origin);
        assert_document(request.send().await.unwrap(), 403, "ForbiddenOrigin").await;
    }
    let odd = world.post("/-/web/a.b").send().await.unwrap();
    assert_document(odd, 400, "InvalidArgument").await;
    assert_eq!(
        world.get("/-/web/20260101g").send().await.unwrap().status(),
        405
    );
}

#[tokio::test]
async fn the_notebook_is_led_to_by_its_own_address() {
    let upstream = Manager::start(at_once, engine).await;
    let world = World::with(upstream.port, json!({})).await;
    let answer = world.get("/-/notebook/20260101g").send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let there = format!("http://notebooktoken.localhost:{}/", upstream.port);
    assert_eq!(header_of(&answer, "location"), there);
    assert_eq!(header_of(&answer, "cache-control"), "no-store");
    let request = world
        .get("/-/notebook/20260101g")
        .header("sec-fetch-site", "cross-site");
    assert_document(request.send().await.unwrap(), 403, "ForbiddenOrigin").await;
}
