//! What goes up and what comes back: signature, project, headers, credentials of plans.

use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use odps::cupid::plan::{self, StartPlan, StartRequest};
use odps::sign::Account;
use wire::Secret;

use crate::world::{ACCESS_ID, ACCESS_KEY, PROJECT, Upstream, World, assert_document, header_of};

#[tokio::test]
async fn requests_are_signed_dated_and_belong_to_the_project() {
    let upstream = Upstream::plain().await;
    let world = World::new(upstream.port).await;
    for (path, prefix) in [
        (
            "/odps/projects/sample_project/instances/1g?instancedetail=&taskname=cupid_task",
            "/api",
        ),
        (
            "/tunnel/projects/sample_project/tables/%E8%AE%A2%E5%8D%95?downloads=&x=a+b%2Bc",
            "",
        ),
    ] {
        let answer = world.get(path).send().await.unwrap();
        assert_eq!(answer.text().await.unwrap(), "fine");
        let got = upstream.last();
        assert!(got.is_signed(prefix), "{got:?}");
        let date = httpdate::parse_http_date(got.header("date").unwrap()).unwrap();
        assert!(date.elapsed().unwrap_or_default().as_secs() < 60);
        assert!(
            got.query().ends_with("&curr_project=sample_project"),
            "{}",
            got.query()
        );
    }
    world.get("/odps/logview/host").send().await.unwrap();
    assert_eq!(
        upstream.last().uri,
        "/api/logview/host?curr_project=sample_project"
    );
    world
        .get("/odps/projects/p?curr_project=other")
        .send()
        .await
        .unwrap();
    assert_eq!(upstream.last().query(), "curr_project=other");
    assert!(upstream.last().is_signed("/api"));
}

#[tokio::test]
async fn what_is_the_browsers_stays_here() {
    let upstream = Upstream::plain().await;
    let world = World::new(upstream.port).await;
    let request = world
        .post("/odps/projects/p/instances")
        .header("cookie", "session=1")
        .header("authorization", "Bearer page")
        .header("origin", format!("http://127.0.0.1:{}", world.port))
        .header("referer", "http://127.0.0.1/clusters")
        .header("sec-fetch-site", "same-origin")
        .header("sec-ch-ua", "x")
        .header("connection", "keep-alive, x-odd")
        .header("x-odd", "1")
        .header("x-odps-resource-istemp", "true")
        .header("content-type", "application/xml")
        .body("<Instance/>");
    request.send().await.unwrap();
    let got = upstream.last();
    for name in [
        "cookie",
        "origin",
        "referer",
        "sec-fetch-site",
        "sec-ch-ua",
        "x-odd",
    ] {
        assert_eq!(got.header(name), None, "{name}");
    }
    assert!(
        got.header("authorization")
            .unwrap()
            .starts_with(&format!("ODPS {ACCESS_ID}:"))
    );
    assert_eq!(got.header("x-odps-resource-istemp"), Some("true"));
    assert_eq!(got.header("content-type"), Some("application/xml"));
    assert_eq!(got.header("content-length"), Some("11"));
    assert_eq!(got.host(), format!("127.0.0.1:{}", upstream.port));
    assert_eq!(got.body.as_ref(), b"<Instance/>");
    assert!(got.is_signed("/api"));
}

#[tokio::test]
async fn what_is_the_upstreams_stays_there() {
    let upstream = Upstream::start(async |_| {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("set-cookie", "upstream=1"),
            ("access-control-allow-origin", "*"),
            ("content-security-policy", "default-src *"),
            ("clear-site-data", "\"*\""),
            (
                "location",
                "http://upstream.example/api/projects/p/instances/1g",
            ),
            ("x-odps-request-id", "UPSTREAM"),
            ("x-odps-owner", "ALIYUN$someone"),
            ("content-type", "text/html"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        (StatusCode::CREATED, headers, "<script>alert(1)</script>").into_response()
    })
    .await;
    let world = World::new(upstream.port).await;
    let answer = world
        .post("/odps/projects/p/instances")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 201);
    for gone in [
        "set-cookie",
        "access-control-allow-origin",
        "clear-site-data",
    ] {
        assert_eq!(header_of(&answer, gone), "", "{gone}");
    }
    let policy = header_of(&answer, "content-security-policy");
    assert!(
        policy.contains("sandbox") && !policy.contains('*'),
        "{policy}"
    );
    assert_eq!(header_of(&answer, "x-odps-request-id"), "UPSTREAM");
    assert_eq!(header_of(&answer, "x-odps-owner"), "ALIYUN$someone");
    assert!(header_of(&answer, "location").ends_with("/instances/1g"));
    assert_eq!(header_of(&answer, "cache-control"), "no-store");
    assert_eq!(header_of(&answer, "x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn paths_that_lead_elsewhere_are_refused() {
    let upstream = Upstream::plain().await;
    let world = World::new(upstream.port).await;
    // The client would resolve the segments itself, hence raw requests.
    for path in [
        "/odps/../admin",
        "/odps/a/%2e%2e/%2e%2e/admin",
        "/odps/a/..%2fadmin",
        "/mars/1g/../x",
    ] {
        let text = raw(world.port, path).await;
        assert!(text.starts_with("HTTP/1.1 400"), "{path}: {text}");
        assert!(text.contains("InvalidArgument"), "{path}: {text}");
    }
    let response = world.get("/mars/evil.example%2f/api").send().await.unwrap();
    assert_document(response, 400, "InvalidArgument").await;
    assert!(upstream.got().is_empty());
}

async fn raw(port: u16, path: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

#[tokio::test]
async fn start_plans_get_the_key_and_others_do_not() {
    let upstream = Upstream::plain().await;
    let world = World::new(upstream.port).await;
    let start = StartPlan::new("http://e/api", PROJECT, "x", StartRequest::new(2, 1, 4)).to_bytes();
    let account = Account {
        access_id: ACCESS_ID.to_owned(),
        access_key: Secret::new(ACCESS_KEY),
    };
    let filled = plan::fill_credentials(&start, &account).unwrap();
    let token = plan::proxy_token("1g", "MarsWeb", 720);
    let own = format!("/odps/projects/{PROJECT}/resources");
    for (path, name, body, expected) in [
        (own.as_str(), "cupid_plan_1", &start, &filled),
        (own.as_str(), "cupid_plan_2", &token, &token),
        (own.as_str(), "other_resource", &start, &start),
        (
            "/odps/projects/somebody_else/resources",
            "cupid_plan_3",
            &start,
            &start,
        ),
    ] {
        let request = world
            .post(path)
            .header("x-odps-resource-name", name)
            .body(body.clone());
        assert_eq!(request.send().await.unwrap().status(), 200, "{name}");
        let got = upstream.last();
        assert_eq!(&got.body, expected, "{name}");
        assert_eq!(
            got.header("content-length").unwrap(),
            expected.len().to_string(),
            "{name}"
        );
        assert!(got.is_signed("/api"), "{name}");
    }
    assert!(String::from_utf8_lossy(&filled).contains(ACCESS_KEY));
}

#[tokio::test]
async fn plans_that_cannot_be_read_are_refused() {
    let upstream = Upstream::plain().await;
    let world = World::new(upstream.port).await;
    let upload = |body: Vec<u8>| {
        let path = format!("/odps/projects/{PROJECT}/resources");
        world
            .post(&path)
            .header("x-odps-resource-name", "cupid_plan_1")
            .body(body)
            .send()
    };
    assert_document(
        upload(b"\xff\xff".to_vec()).await.unwrap(),
        400,
        "InvalidArgument",
    )
    .await;
    assert_document(
        upload(vec![0; 2 << 20]).await.unwrap(),
        413,
        "RequestTooLarge",
    )
    .await;
    assert!(upstream.got().is_empty());
}

#[tokio::test]
async fn an_upstream_that_is_not_there_is_named() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let world = World::new(port).await;
    let response = world.get("/odps/projects/p").send().await.unwrap();
    let text = assert_document(response, 502, "UpstreamUnreachable").await;
    assert!(text.contains("the ODPS endpoint does not answer"), "{text}");
    let response = world.get("/tunnel/projects/p").send().await.unwrap();
    let text = assert_document(response, 502, "UpstreamUnreachable").await;
    assert!(text.contains("refused"), "{text}");
}

#[tokio::test]
async fn the_page_says_how_rows_are_packed() {
    let upstream = Upstream::plain().await;
    for (local, asked) in [(false, "x-lz4-frame"), (true, "identity")] {
        let world = World::with(upstream.port, serde_json::json!({ "local": local })).await;
        let request = world
            .get("/tunnel/projects/p/tables/t?data=")
            .header("accept-encoding", "gzip, deflate, br, zstd")
            .header("x-mars-accept-encoding", "x-lz4-frame");
        request.send().await.unwrap();
        let got = upstream.last();
        assert_eq!(got.header("accept-encoding"), Some(asked));
        assert_eq!(got.header("x-mars-accept-encoding"), None);
        assert!(got.is_signed(""));
        // Without a wish the browser's own stays.
        let plain = world
            .get("/tunnel/projects/p")
            .header("accept-encoding", "gzip");
        plain.send().await.unwrap();
        assert_eq!(upstream.last().header("accept-encoding"), Some("gzip"));
        // Other services are no tunnel.
        let other = world
            .get("/odps/projects/p")
            .header("x-mars-accept-encoding", "x-lz4-frame");
        other.send().await.unwrap();
        assert_eq!(upstream.last().header("x-mars-accept-encoding"), None);
    }
}
