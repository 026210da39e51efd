//! Schemas and functions, as PyODPS 0.12 and 0.13 speak of them.

use crate::world::{World, get};
use http::Method;
use wire::{Request, Response, Service};

const PROJECT: &str = "/projects/mars_console_sample";

fn request(method: Method, path: &str, body: &str) -> Request {
    let mut request = get(&format!("{PROJECT}{path}"));
    *request.method_mut() = method;
    *request.body_mut() = body.to_owned().into();
    request
}

async fn send(world: &World, method: Method, path: &str, body: &str) -> Response {
    let request = request(method, path, body);
    world.send(&Service::Odps, request).await
}

fn text(response: &Response) -> String {
    String::from_utf8_lossy(response.body()).into_owned()
}

fn code(response: &Response) -> String {
    odps::Error::from_response(response).code().to_owned()
}

#[tokio::test]
async fn a_schema_is_made_found_and_dropped() {
    let world = World::open().await;
    let body = "<Schema><Name>S1</Name><Description>说明 &amp; more</Description></Schema>";
    let made = send(&world, Method::POST, "/schemas", body).await;
    assert_eq!(made.status(), 201);
    let again = send(&world, Method::POST, "/schemas", body).await;
    assert_eq!(code(&again), "ObjectAlreadyExists");
    let list = text(&send(&world, Method::GET, "/schemas?expectmarker=true", "").await);
    assert!(
        list.contains("<Name>default</Name>") && list.contains("<Name>s1</Name>"),
        "{list}"
    );
    assert!(list.contains("<Marker></Marker>"), "{list}");
    let one = send(&world, Method::GET, "/schemas/S1", "").await;
    assert!(text(&one).contains("<Description>说明 &amp; more</Description>"));
    for header in ["x-odps-owner", "x-odps-creation-time", "last-modified"] {
        assert!(one.headers().contains_key(header), "{header}");
    }
    assert_eq!(
        send(&world, Method::DELETE, "/schemas/s1", "")
            .await
            .status(),
        200
    );
    assert_eq!(
        code(&send(&world, Method::GET, "/schemas/s1", "").await),
        "NoSuchObject"
    );
    assert_eq!(
        code(&send(&world, Method::DELETE, "/schemas/default", "").await),
        "InvalidParameter"
    );
    assert_eq!(
        code(&send(&world, Method::POST, "/schemas", "<Schema>").await),
        "MalformedXML"
    );
    let bad = "<Schema><Name>../x</Name></Schema>";
    assert_eq!(
        code(&send(&world, Method::POST, "/schemas", bad).await),
        "InvalidParameter"
    );
}

#[tokio::test]
async fn a_function_is_registered_changed_and_removed() {
    let world = World::open().await;
    let path = "/registration/functions";
    let body = |class: &str| {
        format!(
            "<Function><Alias>My_Sum</Alias><ClassType>{class}</ClassType>\
             <Resources><ResourceName>a.py</ResourceName><ResourceName>b.zip</ResourceName>\
             </Resources></Function>"
        )
    };
    let made = send(&world, Method::POST, path, &body("a.Sum")).await;
    assert_eq!(made.status(), 201);
    assert!(
        made.headers()["location"]
            .to_str()
            .unwrap()
            .ends_with("/functions/My_Sum")
    );
    let again = send(&world, Method::POST, path, &body("a.Sum")).await;
    assert_eq!(code(&again), "ObjectAlreadyExists");
    let one = format!("{path}/my_sum");
    let found = text(&send(&world, Method::GET, &one, "").await);
    assert!(found.contains("<Alias>My_Sum</Alias>"), "{found}");
    assert!(
        found.contains("<ResourceName>a.py</ResourceName><ResourceName>b.zip</ResourceName>"),
        "{found}"
    );
    assert_eq!(
        send(&world, Method::PUT, &one, &body("a.Other"))
            .await
            .status(),
        200
    );
    let list = text(
        &send(
            &world,
            Method::GET,
            &format!("{path}?name=my&expectmarker=true"),
            "",
        )
        .await,
    );
    assert!(list.contains("<ClassType>a.Other</ClassType>"), "{list}");
    assert_eq!(send(&world, Method::DELETE, &one, "").await.status(), 200);
    for method in [Method::GET, Method::DELETE] {
        assert_eq!(code(&send(&world, method, &one, "").await), "NoSuchObject");
    }
}

#[tokio::test]
async fn projects_are_listed() {
    let world = World::open().await;
    let list = world
        .send(&Service::Odps, get("/projects?expectmarker=true"))
        .await;
    let list = text(&list);
    assert!(
        list.starts_with("<?xml") && list.contains("<Name>mars_console_sample</Name>"),
        "{list}"
    );
    let none = world
        .send(&Service::Odps, get("/projects?name=other"))
        .await;
    assert!(!text(&none).contains("<Project>"));
    let bad = world
        .send(&Service::Odps, get("/projects?maxitems=x"))
        .await;
    assert_eq!(code(&bad), "InvalidParameter");
}
