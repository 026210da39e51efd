//! The recorded plans are made again byte for byte and read back.

use odps::cupid::plan::{Plan, StartPlan, StartRequest, fill_credentials};
use odps::resources;
use odps::sign::Account;
use wire::Call;

use crate::recording::{json, key_of, load};

fn account() -> Account {
    let access_id = "FAKE_ACCESS_ID_0001".to_owned();
    Account {
        access_key: key_of(&access_id).expect("the key"),
        access_id,
    }
}

fn plan(request: StartRequest) -> StartPlan {
    StartPlan::new(
        "http://127.0.0.1:18765/api",
        "vec_project",
        "proxy.test:18765",
        request,
    )
}

#[test]
fn the_start_of_a_cluster() {
    let request = StartRequest::new(5, 4, 16);
    let filled =
        fill_credentials(&plan(request.clone()).to_bytes(), &account()).expect("a start plan");
    let recording = load("create_cluster_0.9");
    assert_eq!(filled, recording.seq(2).request.body());
    assert_eq!(Plan::read(&filled), Ok(Plan::Start(request)));
}

#[test]
fn the_start_of_a_cluster_with_every_option() {
    let request = StartRequest {
        disk_num: 2,
        scheduler_num: 2,
        ..StartRequest::new(5, 4, 16)
            .with_cache_mem("6")
            .with_modules(["my.module"])
    };
    let plan = StartPlan {
        resources: Some(vec!["vec_project.extra.zip".to_owned()]),
        image: Some("registry.test/mars:1".to_owned()),
        running_cluster: Some("StubCluster".to_owned()),
        ..plan(request.clone())
    };
    let filled = fill_credentials(&plan.to_bytes(), &account()).expect("a start plan");
    let recording = load("create_cluster_0.9_unsigned_proxy");
    assert_eq!(filled, recording.seq(2).request.body());
    assert_eq!(Plan::read(&filled), Ok(Plan::Start(request)));
}

#[test]
fn every_plan_that_was_uploaded_is_read() {
    let expected = json("cupid_plans_decoded_0.9");
    let recording = load("create_cluster_0.9");
    let plans = recording.exchanges.iter().filter_map(|exchange| {
        let resource = resources::Create::from_request(&exchange.request).ok()?;
        Some((
            resource.name,
            Plan::read(&resource.content).expect("a plan"),
        ))
    });
    let plans: Vec<_> = plans.collect();
    let expected = expected.as_array().expect("a list");
    assert_eq!(plans.len(), expected.len());
    for ((name, plan), expected) in plans.iter().zip(expected) {
        assert_eq!(expected["resource"], name.as_str());
        let decoded = &expected["decoded"];
        match plan {
            Plan::Start(request) => {
                let items = decoded["jobconf"]["jobconfitem"]
                    .as_array()
                    .expect("settings");
                let command = items.last().expect("the command is last");
                assert_eq!(command["value"], request.command());
            }
            Plan::ProxyToken {
                instance,
                app,
                expired_in_hours,
            } => {
                let request = &decoded["cupidProxyTokenRequest"];
                assert_eq!(request["instanceId"], instance.as_str());
                assert_eq!(request["appName"], app.as_str());
                assert_eq!(request["expiredInHours"], *expired_in_hours);
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn the_plan_of_the_later_generation_is_told_apart() {
    // Its start command is another one: it is refused, not misread.
    let recording = load("create_cluster_0.12");
    let plans = recording
        .exchanges
        .iter()
        .filter_map(|exchange| resources::Create::from_request(&exchange.request).ok());
    let start = plans
        .map(|plan| Plan::read(&plan.content))
        .next()
        .expect("a plan");
    assert!(start.is_err_and(|error| error.to_string().contains("entrypoint.sh")));
}
