//! Requests that make no sense get an error document with a request id, never a failure of the server.

use crate::world::World;
use odps::Error;
use wire::Service;

const BODIES: [&[u8]; 6] = [
    b"",
    b"<Instance>",
    b"<Instance><Job><Tasks/></Job></Instance>",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]><Instance><Job>&b;</Job></Instance>",
    b"{\"policy\": [",
    b"\xff\xfe\0\x80",
];

const PATHS: [&str; 16] = [
    "",
    "/",
    "/projects",
    "/projects/",
    "/projects//tables",
    "/projects/%2e%2e/tables",
    "/projects/mars_console_sample/../../keys.json",
    "/projects/mars_console_sample/tables/%2e%2e%2f%2e%2e?data&linenum=-1",
    "/projects/mars_console_sample/tables/sales?partition=",
    "/projects/mars_console_sample/tables/sales?partition=dt&data",
    "/projects/mars_console_sample/tables/test_mars?data&downloadid=x&rowrange=(0",
    "/projects/mars_console_sample/instances?daterange=x&maxitems=-1&status=Odd",
    "/projects/mars_console_sample/instances/%00?instancedetail&taskname=%ff",
    "/projects/mars_console_sample/instances/a/b/c",
    "/projects/mars_console_sample/resources/..%2f..%2fkeys.json",
    "/projects/mars_console_sample/authorization?sign_bearer_token",
];

#[tokio::test]
async fn nonsense_is_refused_in_the_protocols_words() {
    let world = World::open().await;
    for service in [Service::Odps, Service::Tunnel] {
        for path in PATHS
            .iter()
            .filter(|path| service == Service::Odps || path.len() > 12)
        {
            for method in ["GET", "PUT", "POST", "DELETE", "PATCH"] {
                for body in BODIES {
                    let Ok(uri) = path.parse::<http::Uri>() else {
                        continue;
                    };
                    let request = http::Request::builder().method(method).uri(uri);
                    let request = request.body(bytes::Bytes::from_static(body)).unwrap();
                    let answer = world.send(&service, request).await;
                    let status = answer.status().as_u16();
                    let what = format!("{method} {path} {body:?}");
                    assert!(status < 500, "{what}: {status}");
                    assert!(answer.headers().contains_key("x-odps-request-id"), "{what}");
                    if status >= 400 {
                        assert!(
                            Error::from_response(&answer).request_id().is_some(),
                            "{what}"
                        );
                    }
                    let text = String::from_utf8_lossy(answer.body()).into_owned();
                    assert!(!text.contains(world.account.access_key.expose()), "{what}");
                }
            }
        }
    }
}
