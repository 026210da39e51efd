//! WebSockets through the gateway: both ways, with the handshake's headers, until either side ends.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy, split};

use crate::tokens::{Manager, at_once};
use crate::world::{World, assert_document, header_of, listen};

/// Answers the handshake with what it was asked, then says everything back.
async fn echo(mut request: Request) -> Response {
    let headers = request.headers().clone();
    let Some(key) = headers.get("sec-websocket-key").cloned() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let private = headers.contains_key("origin") || headers.contains_key("cookie");
    if private || headers.contains_key("sec-fetch-site") {
        return StatusCode::IM_A_TEAPOT.into_response();
    }
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let (mut from, mut to) = split(TokioIo::new(upgrade.await.unwrap()));
        copy(&mut from, &mut to).await.unwrap();
        to.shutdown().await.unwrap();
    });
    Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(header::CONNECTION, "Upgrade")
        .header(header::UPGRADE, "websocket")
        .header("sec-websocket-accept", key)
        .header("set-cookie", "a=b")
        .body(Body::empty())
        .unwrap()
}

async fn world() -> World {
    let manager = Manager::start(at_once, |_| StatusCode::OK.into_response()).await;
    let port = listen(Router::new().fallback(echo)).await;
    World::with(
        manager.port,
        json!({ "mars_proxy": format!("localhost:{port}") }),
    )
    .await
}

async fn key(world: &World) -> String {
    let answer = world.post("/-/web/20260101g").send().await.unwrap();
    let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    format!("/{}", body["path"].as_str().unwrap())
}

async fn shake(world: &World, path: &str, origin: Option<&str>) -> reqwest::Response {
    let request = world
        .get(path)
        .header("connection", "Upgrade")
        .header("upgrade", "websocket")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "c2FtcGxl")
        .header("cookie", "mine=1");
    let request = match origin {
        Some(origin) => request.header("origin", origin),
        None => request,
    };
    request.send().await.unwrap()
}

async fn says_back(answer: reqwest::Response) {
    assert_eq!(answer.status(), 101);
    assert_eq!(header_of(&answer, "sec-websocket-accept"), "c2FtcGxl");
    assert_eq!(header_of(&answer, "set-cookie"), "");
    let mut socket = answer.upgrade().await.unwrap();
    let long: Vec<u8> = (0..=255).cycle().take(200_000).collect();
    let (mut from, mut to) = split(&mut socket);
    let sent = async {
        to.write_all(&long).await.unwrap();
        // The end of one direction reaches the other side, which then ends its own.
        to.shutdown().await.unwrap();
    };
    let mut got = Vec::new();
    let read = from.read_to_end(&mut got);
    let both = async { tokio::join!(sent, read).1.unwrap() };
    tokio::time::timeout(Duration::from_secs(10), both)
        .await
        .unwrap();
    assert!(got == long);
}

#[tokio::test]
async fn bytes_go_both_ways_and_the_end_is_passed_on() {
    let world = world().await;
    let own = format!("http://127.0.0.1:{}", world.port);
    let path = "/mars/20260101g/bk/ws";
    says_back(shake(&world, path, Some(&own)).await).await;
    let key = key(&world).await;
    // A framed page has no origin.
    says_back(shake(&world, &format!("{key}bk/ws"), Some("null")).await).await;
}

#[tokio::test]
async fn sockets_are_guarded_like_requests() {
    let world = world().await;
    for origin in ["null", "http://evil.example"] {
        let answer = shake(&world, "/mars/20260101g/bk/ws", Some(origin)).await;
        assert_document(answer, 403, "ForbiddenOrigin").await;
    }
    let answer = shake(&world, "/-/framed/0/bk/ws", Some("null")).await;
    assert_document(answer, 403, "KeyEnded").await;
    let key = key(&world).await;
    for path in ["bk/other", "api/kernels/ws"] {
        let answer = shake(&world, &format!("{key}{path}"), Some("null")).await;
        assert_document(answer, 404, "NoSuchObject").await;
    }
}
