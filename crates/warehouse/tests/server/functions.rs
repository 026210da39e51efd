//! Functions, under the path that the clients send: with its slash encoded.

use crate::world::{World, get};
use bytes::Bytes;
use odps::Error;
use wire::{Request, Response, Service};

const BASE: &str = "/projects/mars_console_sample/registration%2Ffunctions";

fn body(name: &str, class: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Function><Alias>{name}</Alias>\
         <ClassType>{class}</ClassType><Resources><ResourceName>a.py</ResourceName>\
         <ResourceName>second/resources/b.py</ResourceName></Resources></Function>"
    )
}

fn request(method: &str, path: &str, body: &str) -> Request {
    let mut request = get(&format!("{BASE}{path}"));
    *request.method_mut() = method.parse().unwrap();
    *request.body_mut() = Bytes::from(body.to_owned());
    request
}

async fn send(world: &World, method: &str, path: &str, body: &str) -> Response {
    world
        .send(&Service::Odps, request(method, path, body))
        .await
}

fn text(answer: &Response) -> String {
    String::from_utf8(answer.body().to_vec()).unwrap()
}

#[tokio::test]
async fn a_function_is_registered_changed_and_removed() {
    let world = World::open().await;
    let made = send(&world, "POST", "", &body("我的函数", "a.F")).await;
    assert_eq!(made.status(), 201, "{}", text(&made));
    let again = send(&world, "POST", "", &body("我的函数", "a.F")).await;
    assert_eq!(
        (again.status().as_u16(), Error::from_response(&again).code()),
        (409, "ObjectAlreadyExists")
    );
    let one = "/%E6%88%91%E7%9A%84%E5%87%BD%E6%95%B0";
    let found = text(&send(&world, "GET", one, "").await);
    for part in [
        "<Alias>我的函数</Alias>",
        "<ClassType>a.F</ClassType>",
        "<ResourceName>a.py</ResourceName><ResourceName>second/resources/b.py</ResourceName>",
        "<Owner>ALIYUN$local@mars-console</Owner>",
    ] {
        assert!(found.contains(part), "{part}: {found}");
    }
    assert_eq!(
        send(&world, "PUT", one, &body("x", "a.G")).await.status(),
        200
    );
    let mut owned = request("PUT", &format!("{one}?updateowner"), "");
    owned
        .headers_mut()
        .insert("x-odps-owner", "ALIYUN$other".parse().unwrap());
    assert_eq!(world.send(&Service::Odps, owned).await.status(), 200);
    let nobody = send(&world, "PUT", &format!("{one}?updateowner"), "").await;
    assert_eq!(Error::from_response(&nobody).code(), "InvalidParameter");
    let listed = text(&send(&world, "GET", "?expectmarker=true&owner=ALIYUN$other", "").await);
    assert!(
        listed.contains("<Marker></Marker>")
            && listed.contains("<ClassType>a.G</ClassType>")
            && listed.contains("<Alias>我的函数</Alias>"),
        "{listed}"
    );
    assert_eq!(send(&world, "DELETE", one, "").await.status(), 200);
    for method in ["GET", "DELETE"] {
        let gone = send(&world, method, one, "").await;
        assert_eq!(gone.status(), 404);
        assert_eq!(
            Error::from_response(&gone).code(),
            "NoSuchObject",
            "{method}"
        );
    }
}
