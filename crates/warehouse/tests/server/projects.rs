//! Projects, tenants, and where the other services are.

use crate::world::{World, addressed, get};
use odps::projects::{LogviewHost, TunnelHost};
use wire::Service;

#[tokio::test]
async fn clients_find_their_way() {
    let world = World::open().await;
    assert!(
        world
            .ask(&LogviewHost)
            .await
            .unwrap()
            .0
            .starts_with("http://127.0.0.1")
    );
    assert!(
        world
            .ask(&TunnelHost)
            .await
            .unwrap()
            .0
            .starts_with("127.0.0.1")
    );
    let tenants = world
        .send(&Service::Odps, get("/tenants?curr_project=p"))
        .await;
    let tenants: serde_json::Value = serde_json::from_slice(tenants.body()).unwrap();
    assert_eq!(
        tenants["Tenant"]["Parameters"]["odps.namespace.schema"],
        "false"
    );
    let path = "/projects/mars_console_sample?extended&curr_project=mars_console_sample";
    let used = world.send(&Service::Odps, get(path)).await;
    let text = String::from_utf8_lossy(used.body()).into_owned();
    assert!(
        text.contains("<Name>usedQuotaPhysicalSize</Name><Value>"),
        "{text}"
    );
}

#[tokio::test]
async fn an_unknown_project_is_told() {
    let mut world = World::open().await;
    world.target.project = "nowhere".into();
    let error = world.ask(&odps::projects::Get).await.unwrap_err();
    assert_eq!(error.code(), "NoSuchObject");
    assert!(error.to_string().contains("'nowhere'"), "{error}");
}

#[tokio::test]
async fn usage_counters_are_taken_and_forgotten() {
    let world = World::open().await;
    let mut request = get("/projects/mars_console_sample/logs?curr_project=mars_console_sample");
    *request.method_mut() = http::Method::PUT;
    *request.body_mut() = r#"{"odps.models.instance.Instance.get": 1}"#.into();
    assert_eq!(world.send(&Service::Odps, request).await.status(), 200);
}

#[tokio::test]
async fn an_unknown_operation_is_an_error_document() {
    let world = World::open().await;
    let path = "/projects/mars_console_sample/functions?curr_project=mars_console_sample";
    let answer = world.send(&Service::Odps, get(path)).await;
    assert_eq!(
        odps::Error::from_response(&answer).code(),
        "MethodNotAllowed"
    );
    let unsigned = world
        .raw(addressed(&Service::Tunnel, get("/favicon.ico")))
        .await;
    assert_eq!(unsigned.status(), 404);
}
