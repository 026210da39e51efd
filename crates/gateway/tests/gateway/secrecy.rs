//! No key, token, signature or page's secret reaches the log, at its most talkative level.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use odps::cupid::plan::{StartPlan, StartRequest};
use tracing::level_filters::LevelFilter;

use crate::tokens::{Manager, WEB_TOKEN, at_once};
use crate::world::{ACCESS_KEY, Got, PROJECT, World};

/// What was logged by every test of this program since the first call.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Captured {
    fn start() -> &'static Self {
        static CAPTURED: OnceLock<Captured> = OnceLock::new();
        CAPTURED.get_or_init(|| {
            let captured = Captured::default();
            let writer = captured.clone();
            let log = gateway::log(true, LevelFilter::TRACE, move || writer.clone());
            tracing::subscriber::set_global_default(log).unwrap();
            captured
        })
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[tokio::test]
async fn secrets_do_not_reach_the_log() {
    let captured = Captured::start();
    let web = |got: &Got| match got.uri.path() {
        "/api" => (StatusCode::NOT_FOUND, "unknown token").into_response(),
        _ => ([("x-odps-request-id", "UPSTREAM-ID-1")], "5").into_response(),
    };
    let upstream = Manager::start(at_once, web).await;
    let world = World::new(upstream.port).await;
    let plan = StartPlan::new("http://e/api", PROJECT, "x", StartRequest::new(2, 1, 4)).to_bytes();
    let resources = format!("/odps/projects/{PROJECT}/resources");
    let upload = world
        .post(&resources)
        .header("x-odps-resource-name", "cupid_plan_1")
        .body(plan);
    upload.send().await.unwrap();
    for path in [
        "/odps/projects/p?secret_query=1",
        "/mars/20260101g/api/worker?secret_query=1",
        "/mars/20260101g/api",
        "/-/connection",
        "/odps/a/%2e%2e/b",
    ] {
        let request = world.get(path).header("cookie", "secret_cookie=1");
        request
            .header("authorization", "Bearer secret_bearer")
            .send()
            .await
            .unwrap();
    }
    // An upstream that is gone: the error must not name the address with the token in it.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap().port();
    drop(listener);
    let change = serde_json::json!({ "mars_proxy": format!("localhost:{closed}") });
    let lost = World::with(upstream.port, change).await;
    assert_eq!(
        lost.get("/mars/20260101g/api")
            .send()
            .await
            .unwrap()
            .status(),
        502
    );

    let text = captured.text();
    let signatures: Vec<String> = upstream
        .got()
        .iter()
        .filter_map(|got| {
            got.header("authorization")?
                .split_once(':')
                .map(|(_, s)| s.to_owned())
        })
        .collect();
    assert!(signatures.len() > 4);
    let fixed = [
        ACCESS_KEY,
        WEB_TOKEN,
        "notebooktoken",
        "secret_",
        "Authorization",
        "ODPS ",
    ];
    for secret in fixed
        .into_iter()
        .chain(signatures.iter().map(String::as_str))
    {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    // The log says what happened all the same, and joins the upstream's request id.
    assert!(text.contains("proxy token obtained"), "{text}");
    assert!(text.contains("UPSTREAM-ID-1"), "{text}");
    assert!(text.contains("UpstreamUnreachable"), "{text}");
    for line in text.lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
}
