//! The proxy tokens of a cluster: how they are asked for, kept and dropped, and what the engine's
//! own pages may do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use odps::cupid::detail::State;
use odps::cupid::plan::Plan;
use serde_json::json;

use crate::world::{Got, Upstream, World, assert_document, header_of, typed};

pub(crate) const WEB_TOKEN: &str = "webtoken0001";

/// A cluster manager and the web server of one cluster.
///
/// `registered` is asked with the app's name and the number of the try, from 1.
pub(crate) struct Manager<R, W> {
    registered: R,
    web: W,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// App by name of the plan.
    plans: HashMap<String, String>,
    /// App and try by instance.
    tasks: HashMap<String, (String, usize)>,
}

impl<R, W> Manager<R, W>
where
    R: Fn(&str, usize) -> State + Send + Sync + 'static,
    W: Fn(&Got) -> Response + Send + Sync + 'static,
{
    pub(crate) async fn start(registered: R, web: W) -> Upstream {
        let manager = Arc::new(Self {
            registered,
            web,
            known: Mutex::default(),
        });
        Upstream::start(move |got| {
            let manager = Arc::clone(&manager);
            async move { manager.answer(&got) }
        })
        .await
    }

    fn answer(&self, got: &Got) -> Response {
        if got.host().contains(".localhost") {
            return (self.web)(got);
        }
        let mut known = self.known.lock().unwrap();
        let path = got.uri.path();
        if got.method == Method::POST && path.ends_with("/resources") {
            let Ok(Plan::ProxyToken { app, .. }) = Plan::read(&got.body) else {
                return StatusCode::BAD_REQUEST.into_response();
            };
            let name = got.header("x-odps-resource-name").unwrap().to_owned();
            known.plans.insert(name, app);
            return StatusCode::CREATED.into_response();
        }
        if got.method == Method::POST {
            let body = String::from_utf8_lossy(&got.body).into_owned();
            let plan = known
                .plans
                .iter()
                .find(|(name, _)| body.contains(name.as_str()));
            let app = plan
                .map(|(_, app)| app.clone())
                .expect("a task names its plan");
            let number = 1 + known
                .tasks
                .values()
                .filter(|(other, _)| *other == app)
                .count();
            let id = format!("2026{}g", known.tasks.len());
            known.tasks.insert(id.clone(), (app, number));
            let location = format!("http://upstream{path}/{id}");
            return (StatusCode::CREATED, [(header::LOCATION, location)]).into_response();
        }
        let id = path.rsplit('/').next().unwrap();
        let Some((app, number)) = known.tasks.get(id) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        if got.query().contains("instancedetail") {
            typed("text/plain", (self.registered)(app, *number).to_text())
        } else {
            let headers = [
                ("content-type", "application/xml"),
                ("x-odps-owner", "ALIYUN$someone"),
                ("x-odps-start-time", "Thu, 01 Jan 2026 00:00:00 GMT"),
                ("x-odps-end-time", ""),
            ];
            let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                <Instance><Status>Running</Status></Instance>";
            (headers, text).into_response()
        }
    }
}

/// Every app is registered at once.
pub(crate) fn at_once(app: &str, _: usize) -> State {
    State::success(if app == "MarsWeb" {
        WEB_TOKEN
    } else {
        "notebooktoken"
    })
}

fn engine(_: &Got) -> Response {
    typed("text/html; charset=UTF-8", "5")
}

/// The apps that tokens were asked for, in order.
fn asked(upstream: &Upstream) -> Vec<String> {
    let plans = upstream
        .got()
        .into_iter()
        .filter(|got| got.uri.path().ends_with("/resources"));
    plans
        .map(|got| match Plan::read(&got.body) {
            Ok(Plan::ProxyToken { app, .. }) => app,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[tokio::test]
async fn the_first_request_gets_both_tokens_and_later_ones_reuse_them() {
    let upstream = Manager::start(at_once, engine).await;
    let world = World::new(upstream.port).await;
    for _ in 0..3 {
        let answer = world
            .get("/mars/20260101g/api/worker?action=count")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.text().await.unwrap(), "5");
    }
    assert_eq!(asked(&upstream), ["MarsWeb", "MarsNotebook"]);
    let got = upstream.last();
    assert_eq!(
        got.host(),
        format!("{WEB_TOKEN}.localhost:{}", upstream.port)
    );
    assert_eq!(
        got.uri,
        "/api/worker?action=count&curr_project=sample_project"
    );
    assert!(got.is_signed(""), "{got:?}");
    assert!(
        upstream
            .got()
            .iter()
            .filter(|got| !got.host().contains(WEB_TOKEN))
            .all(|got| got.is_signed("/api"))
    );
}

#[tokio::test]
async fn until_the_cluster_is_registered_the_managers_words_are_passed_on() {
    let registered = |app: &str, number: usize| match (app, number) {
        ("MarsWeb", 1) => State::BizFailed("app MarsWeb is not registered".to_owned()),
        _ => at_once(app, number),
    };
    let upstream = Manager::start(registered, engine).await;
    let world = World::new(upstream.port).await;
    let early = world.get("/mars/20260101g/api").send().await.unwrap();
    assert_eq!(header_of(&early, "retry-after"), "1");
    let text = assert_document(early, 503, "MarsNotReady").await;
    assert!(text.contains("app MarsWeb is not registered"), "{text}");
    // Within the pause the manager is not asked again.
    let again = world.get("/mars/20260101g/api").send().await.unwrap();
    assert_document(again, 503, "MarsNotReady").await;
    assert_eq!(asked(&upstream), ["MarsWeb"]);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let late = world.get("/mars/20260101g/api").send().await.unwrap();
    assert_eq!(late.status(), 200);
    assert_eq!(asked(&upstream), ["MarsWeb", "MarsWeb", "MarsNotebook"]);
}

#[tokio::test]
async fn a_token_that_was_obtained_is_kept_while_the_other_is_missing() {
    let registered = |app: &str, number: usize| match (app, number) {
        ("MarsNotebook", 1) => State::TaskFailed("no notebook yet".to_owned()),
        _ => at_once(app, number),
    };
    let upstream = Manager::start(registered, engine).await;
    let world = World::new(upstream.port).await;
    let early = world.get("/mars/20260101g/api").send().await.unwrap();
    let text = assert_document(early, 503, "MarsNotReady").await;
    assert!(text.contains("no notebook yet"), "{text}");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(
        world
            .get("/mars/20260101g/api")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    assert_eq!(
        asked(&upstream),
        ["MarsWeb", "MarsNotebook", "MarsNotebook"]
    );
}

#[tokio::test]
async fn one_task_runs_however_many_requests_wait() {
    let upstream = Manager::start(at_once, engine).await;
    let world = Arc::new(World::new(upstream.port).await);
    let requests: Vec<_> = (0..8)
        .map(|_| tokio::spawn(world.get("/mars/20260101g/api").send()))
        .collect();
    for request in requests {
        assert_eq!(request.await.unwrap().unwrap().status(), 200);
    }
    assert_eq!(asked(&upstream), ["MarsWeb", "MarsNotebook"]);
    assert_eq!(
        world
            .get("/mars/20260202g/api")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    assert_eq!(asked(&upstream).len(), 4);
}

#[tokio::test]
async fn a_request_does_not_wait_for_ever() {
    let running = |_: &str, _: usize| State::Running("starting".to_owned());
    let upstream = Manager::start(running, engine).await;
    let world = World::new(upstream.port).await;
    let limit = Duration::from_secs(6);
    let early = tokio::time::timeout(limit, world.get("/mars/20260101g/api").send()).await;
    let text = assert_document(early.unwrap().unwrap(), 503, "MarsNotReady").await;
    assert!(text.contains("has not registered MarsWeb yet"), "{text}");
}

#[tokio::test]
async fn a_token_that_the_proxy_does_not_know_is_dropped() {
    let web = |got: &Got| match got.uri.path() {
        "/api" => (StatusCode::NOT_FOUND, "unknown token").into_response(),
        "/api/worker" => {
            let error = odps::Error::no_such_object("the proxy token is not known");
            error.into_response().map(Into::into)
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    };
    let upstream = Manager::start(at_once, web).await;
    let world = World::new(upstream.port).await;
    // A route of the engine that is missing says nothing about the token.
    for _ in 0..2 {
        let answer = world
            .get("/mars/20260101g/api/nothing")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 404);
    }
    assert_eq!(asked(&upstream).len(), 2);
    for _ in 0..2 {
        assert_eq!(
            world
                .get("/mars/20260101g/api")
                .send()
                .await
                .unwrap()
                .status(),
            404
        );
    }
    assert_eq!(asked(&upstream).len(), 4);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named_without_the_token() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap().port();
    drop(listener);
    let upstream = Manager::start(at_once, engine).await;
    let change = json!({ "mars_proxy": format!("localhost:{closed}") });
    let world = World::with(upstream.port, change).await;
    for round in 1..=2 {
        let answer = world.get("/mars/20260101g/api").send().await.unwrap();
        let text = assert_document(answer, 502, "UpstreamUnreachable").await;
        assert!(text.contains("the Mars proxy does not answer"), "{text}");
        assert!(!text.contains(WEB_TOKEN), "{text}");
        assert_eq!(asked(&upstream).len(), 2 * round);
    }
}

#[tokio::test]
async fn pages_of_the_engine_run_in_a_sandbox() {
    let web = |got: &Got| match got.uri.path() {
        "/" => (StatusCode::FOUND, [(header::LOCATION, "/worker")]).into_response(),
        "/static/bokeh.js" => typed("text/javascript", "bokeh()"),
        _ => typed("text/html", "<script>alert(document.domain)</script>"),
    };
    let upstream = Manager::start(at_once, web).await;
    let world = World::new(upstream.port).await;
    for path in ["/mars/20260101g", "/mars/20260101g/"] {
        let moved = world.get(path).send().await.unwrap();
        assert_eq!(moved.status(), 302);
        assert_eq!(header_of(&moved, "location"), "/mars/20260101g/worker");
    }
    let page = world.get("/mars/20260101g/worker").send().await.unwrap();
    let policy = header_of(&page, "content-security-policy");
    assert!(policy.starts_with("sandbox allow-scripts"), "{policy}");
    assert!(!policy.contains("allow-same-origin"), "{policy}");
    let api = world
        .get("/mars/20260101g/api/worker")
        .send()
        .await
        .unwrap();
    let policy = header_of(&api, "content-security-policy");
    assert!(
        policy.contains("sandbox") && !policy.contains("allow-scripts"),
        "{policy}"
    );
    let file = world
        .get("/mars/20260101g/static/bokeh.js")
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-dest", "script")
        .send()
        .await
        .unwrap();
    assert_eq!(file.status(), 200);
    assert_eq!(
        header_of(&file, "cross-origin-resource-policy"),
        "cross-origin"
    );
}
