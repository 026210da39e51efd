//! Security queries, users and roles: as the configuration has them.

use crate::accounts::{alice, bob, world};
use crate::world::{World, addressed, get, now};
use odps::Error;
use odps::date::rfc1123;
use odps::sign::{Account, v1};
use serde_json::{Value, json};
use wire::{Request, Response, Service};

async fn send(world: &World, account: &Account, mut request: Request) -> Response {
    v1::authorize(account, &mut request, &rfc1123(now()));
    world.raw(addressed(&Service::Odps, request)).await
}

async fn asked(world: &World, account: &Account, query: &str, as_json: bool) -> Response {
    let mut request = get("/projects/first/authorization");
    *request.method_mut() = http::Method::POST;
    *request.body_mut() = format!(
        "<Authorization><Query>{query}</Query>\
         <ResponseInJsonFormat>{as_json}</ResponseInJsonFormat></Authorization>"
    )
    .into();
    send(world, account, request).await
}

/// The text inside `<Result>`.
async fn result(world: &World, account: &Account, query: &str, as_json: bool) -> String {
    let answer = asked(world, account, query, as_json).await;
    assert_eq!(answer.status(), 200, "{query}");
    let text = String::from_utf8(answer.body().to_vec()).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    assert!(document.root_element().has_tag_name("Authorization"));
    let mut nodes = document.descendants();
    let result = nodes.find(|node| node.has_tag_name("Result")).unwrap();
    result.text().unwrap_or_default().to_owned()
}

async fn answer(world: &World, account: &Account, query: &str) -> Value {
    serde_json::from_str(&result(world, account, query, true).await).unwrap()
}

#[tokio::test]
async fn what_is_asked_is_answered_from_accounts_and_roles() {
    let world = world().await;
    let me = answer(&world, &bob(), "whoami").await;
    assert_eq!(me["DisplayName"], "ALIYUN$bob");
    let id = me["ID"].as_str().unwrap();
    assert!(id.len() == 16 && id.bytes().all(|digit| digit.is_ascii_digit()));
    assert!(
        result(&world, &bob(), "whoami;", false)
            .await
            .starts_with("Name: ALIYUN$bob\n")
    );

    let users = answer(&world, &bob(), "list users").await;
    let names: Vec<_> = users
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["DisplayName"])
        .collect();
    assert_eq!(
        names,
        ["ALIYUN$alice", "ALIYUN$bob", "ALIYUN$local@mars-console"]
    );
    assert_eq!(users[1]["ID"], id);
    assert_eq!(
        result(&world, &alice(), "LIST ROLES", false).await,
        "reader\nowner\n"
    );
    let role = answer(&world, &alice(), "describe role reader").await;
    assert_eq!(role["Users"], json!(["ALIYUN$bob"]));

    let grants = answer(&world, &bob(), "show grants").await;
    assert_eq!(grants["Roles"], json!(["reader"]));
    assert_eq!(grants["ACL"][0]["Resource"], "acs:odps:*:projects/first");
    let others = answer(&world, &bob(), "show grants for user ALIYUN$alice").await;
    assert_eq!(others["ACL"][0]["Action"], json!(["odps:*"]));

    for query in [
        "grant admin to ALIYUN$bob",
        "show grants for a b c",
        "",
        "add user x",
    ] {
        let refused = asked(&world, &alice(), query, true).await;
        assert_eq!(
            Error::from_response(&refused).code(),
            "InvalidParameter",
            "{query}"
        );
    }
    for query in [
        "describe role nobody",
        "show acl for table no_such_table",
        "show grants for ALIYUN$carol",
    ] {
        let refused = asked(&world, &alice(), query, true).await;
        assert_eq!(
            Error::from_response(&refused).code(),
            "NoSuchObject",
            "{query}"
        );
    }
}

#[tokio::test]
async fn users_and_roles_are_listed() {
    let world = world().await;
    let ask = async |path: &str| {
        let answer = send(&world, &bob(), get(&format!("/projects/first{path}"))).await;
        let text = String::from_utf8(answer.body().to_vec()).unwrap();
        (answer.status().as_u16(), text)
    };
    let (status, users) = ask("/users").await;
    assert_eq!(status, 200);
    assert_eq!(users.matches("<User>").count(), 3, "{users}");
    let (_, one) = ask("/users/ALIYUN%24bob?type=displayname").await;
    assert!(
        one.contains("<DisplayName>ALIYUN$bob</DisplayName>"),
        "{one}"
    );
    let (_, roles) = ask("/users/ALIYUN%24bob?roles&type=displayname").await;
    assert!(roles.contains("<Role><Name>reader</Name></Role>") && !roles.contains("owner"));
    let (_, readers) = ask("/roles/reader?users").await;
    assert!(
        readers.contains("ALIYUN$bob") && !readers.contains("alice"),
        "{readers}"
    );
    assert_eq!(ask("/users/nobody").await.0, 404);
    assert_eq!(ask("/roles/nobody").await.0, 404);
}
