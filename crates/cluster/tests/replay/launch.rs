//! `create_cluster_0.9.json` and its kin: the same requests in the same order with the same bodies.

use cluster::{
    Connection, EndedWhy, Launch, LaunchEvent, LaunchFailure, LaunchIds, Launched, Problem, Spec,
};
use odps::cupid::plan::fill_credentials;
use odps::sign::Account;
use serde_json::Value;
use wire::{Request, Secret, Service};

use crate::support::{START, answer_of, body_of, drive, drive_some, exchanges, names, not_ready};

const CLUSTER: &str = "20260101000000001gstub0001";

pub(crate) fn connection() -> Connection {
    Connection {
        project: "vec_project".into(),
        endpoint: "http://127.0.0.1:18765/api".into(),
        proxy_endpoint: "proxy.test:18765".into(),
        logview_host: "http://logview.stub.test".into(),
    }
}

/// The ids that the recorded client drew.
fn ids(flow: &[Value]) -> LaunchIds {
    let name = flow[1]["request"]["headers"]["x-odps-resource-name"]
        .as_str()
        .unwrap();
    let body = flow[2]["request"]["body"].as_str().unwrap();
    let (_, rest) = body.split_once("<Name>uuid</Name>").unwrap();
    let (_, rest) = rest.split_once("<Value>").unwrap();
    let (task, _) = rest.split_once("</Value>").unwrap();
    LaunchIds {
        plan: name.trim_start_matches("cupid_plan_").into(),
        task: task.into(),
    }
}

/// What of a flow is the launch's own: without the logview host (the connection's), the proxy
/// tokens (the gateway's), a repeated reading of the status in a row, and calls made afterwards.
fn own(flow: &[Value]) -> Vec<Value> {
    let mut own: Vec<Value> = Vec::new();
    let mut session_seen = false;
    for (at, exchange) in flow.iter().enumerate() {
        let request = &exchange["request"];
        let path = request["path"].as_str().unwrap();
        let body = request["body"].as_str().unwrap_or("");
        let temp = request["headers"]["x-odps-resource-istemp"] == "true";
        let token = temp || body.contains("eAsyncNotFuxiJob");
        let other = path.contains("/instances/") && !path.ends_with(CLUSTER);
        let is_same = |last: &Value| {
            last["request"]["path"] == request["path"]
                && last["request"]["query"] == request["query"]
                && request["method"] == "GET"
        };
        let repeated = at > 0 && is_same(&flow[at - 1]);
        if path.ends_with("/logview/host") || token || other || repeated || session_seen {
            continue;
        }
        session_seen = path == "/api/session";
        own.push(exchange.clone());
    }
    own
}

/// Compares a request with a recorded one: everything but the host, the agent and the signature.
fn assert_same(service: &Service, request: &Request, recorded: &Value) {
    let wanted = &recorded["request"];
    let of_mars = recorded["service"] == "mars-web";
    assert_eq!(matches!(service, Service::Mars(_)), of_mars, "{wanted}");
    assert_eq!(
        request.method().as_str(),
        wanted["method"].as_str().unwrap()
    );
    let path = wanted["path"].as_str().unwrap();
    let path = if of_mars {
        path
    } else {
        path.strip_prefix("/api").unwrap()
    };
    assert_eq!(request.uri().path(), path);
    let mut query: Vec<&str> = wanted["query"].as_str().unwrap().split('&').collect();
    if of_mars {
        // The gateway adds it, as it does the signature.
        query.retain(|item| !item.starts_with("curr_project"));
    }
    let ours = request.uri().query().unwrap_or("");
    let ours: Vec<&str> = ours.split('&').filter(|item| !item.is_empty()).collect();
    let bare = |items: &[&str]| -> Vec<String> {
        items
            .iter()
            .map(|item| item.trim_end_matches('=').to_owned())
            .collect()
    };
    assert_eq!(bare(&ours), bare(&query), "{path}");
    for (name, value) in wanted["headers"].as_object().unwrap() {
        let name = name.to_lowercase();
        if name.starts_with("x-odps-") || name == "content-type" || name == "content-disposition" {
            let ours = request.headers().get(&name).map(|v| v.to_str().unwrap());
            assert_eq!(ours, value.as_str(), "{name} of {path}");
        }
    }
    let body = if path.ends_with("/resources") {
        let account = Account {
            access_id: "FAKE_ACCESS_ID_0001".into(),
            access_key: Secret::new("fake-secret-key-for-vectors-0001"),
        };
        fill_credentials(request.body(), &account).unwrap().to_vec()
    } else {
        request.body().to_vec()
    };
    let wanted = body_of(recorded);
    assert_eq!(
        String::from_utf8_lossy(&body),
        String::from_utf8_lossy(&wanted),
        "{path}"
    );
}

/// A gateway and a service that answer as recorded, and insist on the recorded requests. A probe
/// that the recorded client did not make yet is the gateway's chance to run its token task.
struct Recorded {
    flow: Vec<Value>,
    at: usize,
}

impl Recorded {
    fn answer(
        &mut self,
        service: &Service,
        request: &Request,
    ) -> Result<wire::Response, wire::Unreachable> {
        let Some(next) = self.flow.get(self.at) else {
            panic!(
                "one request too many: {} {}",
                request.method(),
                request.uri()
            );
        };
        let probe = matches!(service, Service::Mars(_)) && request.uri().path() == "/api";
        if probe && next["service"] != "mars-web" {
            return not_ready();
        }
        assert_same(service, request, next);
        self.at += 1;
        Ok(answer_of(next))
    }
}

#[test]
fn the_recorded_cluster_is_created_by_the_recorded_requests() {
    let flow = exchanges("create_cluster_0.9.json");
    let own = own(&flow);
    assert_eq!(own.len(), 14, "what remains of the flow is known");
    let mut side = Recorded { flow: own, at: 0 };
    let mut launch = Launch::new(Spec::guide(), connection(), ids(&flow));
    let run = drive(&mut launch, |_, service, request| {
        side.answer(service, request)
    });
    assert_eq!(side.at, side.flow.len(), "every recorded request was made");
    let launched = Launched {
        instance: CLUSTER.into(),
        session: Some("11111111-2222-3333-4444-555555555555".into()),
        workers: 3,
    };
    assert_eq!(run.output, Ok(launched));

    let logview = format!(
        "http://logview.stub.test/logview/?h=http://127.0.0.1:18765/api&p=vec_project&i={CLUSTER}\
         &token=U1RVQi1CRUFSRVItVE9LRU4sMSwxNzY5ODE3NjAwLHN0dWI="
    );
    let workers = |have| LaunchEvent::Workers {
        have,
        want: 5,
        min: 3,
    };
    let told: Vec<LaunchEvent> = run.events.iter().map(|event| event.what.clone()).collect();
    let wanted = [
        LaunchEvent::Submitted,
        LaunchEvent::Accepted {
            instance: CLUSTER.into(),
        },
        LaunchEvent::Logview {
            address: Secret::new(logview),
        },
        LaunchEvent::Starting {
            detail: "stub: app MarsWeb is not registered".into(),
        },
        LaunchEvent::WebReachable,
        workers(0),
        workers(2),
        workers(3),
        LaunchEvent::Usable,
        LaunchEvent::Session {
            id: "11111111-2222-3333-4444-555555555555".into(),
        },
    ];
    assert_eq!(told, wanted);
    assert!(run.events.is_sorted_by_key(|event| event.at));
    assert!(run.now - START > 3_000, "it slept between rounds");
}

#[test]
fn every_optional_argument_goes_out_as_recorded() {
    let flow = exchanges("create_cluster_0.9_unsigned_proxy.json");
    let spec = Spec {
        cache_mem: Some(6),
        disk_num: 2,
        resources: vec!["vec_project.extra.zip".into()],
        module_path: vec!["my.module".into()],
        scheduler_num: 2,
        mars_app_image: Some("registry.test/mars:1".into()),
        priority: Some(3),
        running_cluster: Some("StubCluster".into()),
        ..Spec::guide()
    };
    let mut side = Recorded {
        flow: own(&flow)[..3].to_vec(),
        at: 0,
    };
    let mut launch = Launch::new(spec, connection(), ids(&flow));
    let mut answer = |_, service: &Service, request: &Request| side.answer(service, request);
    // Plan, instance and token; then the test ends in the middle.
    let events = drive_some(&mut launch, START, 6, &mut answer)
        .err()
        .unwrap();
    assert_eq!(events.len(), 3);
    assert_eq!(side.at, 3);
}

#[test]
fn a_cluster_that_fails_ends_with_the_services_words() {
    let flow = exchanges("create_cluster_0.9_failed.json");
    let own = own(&flow);
    // The recorded client asked for what no rule of ours allows.
    let spec = Spec {
        worker_num: 1,
        worker_cpu: 1,
        worker_mem: 1,
        ..Spec::default()
    };
    // The first reading says Running, and the repeated one Terminated: both are needed here.
    let mut side = Recorded { flow: own, at: 0 };
    side.flow.insert(4, flow[5].clone());
    let mut launch = Launch::new(spec, connection(), ids(&flow));
    let run = drive(&mut launch, |_, service, request| {
        side.answer(service, request)
    });
    let Err(LaunchFailure::Ended { instance, ended }) = run.output else {
        panic!("{:?}", run.output);
    };
    assert_eq!(instance, CLUSTER);
    let text = "runTask failed: stub not enough resource".to_owned();
    assert_eq!(ended.why, EndedWhy::Failed { text });
    assert_eq!(ended.at, Some(START));
    let last: Vec<String> = names(&run.sent).into_iter().rev().take(3).collect();
    assert_eq!(
        last,
        [
            "GET instances?result=",
            "GET instances?taskstatus=",
            "GET instances"
        ]
    );
}

#[test]
fn the_logview_address_is_not_needed_for_a_cluster() {
    let flow = exchanges("create_cluster_0.9.json");
    let mut side = Recorded {
        flow: own(&flow),
        at: 0,
    };
    let mut launch = Launch::new(Spec::guide(), connection(), ids(&flow));
    let run = drive(&mut launch, |_, service, request| {
        let answer = side.answer(service, request);
        if request.uri().path().ends_with("/authorization") {
            return crate::support::refused(403, "NoPermission", "no");
        }
        answer
    });
    assert!(run.output.is_ok());
    let refused = run.events.iter().any(|event| {
        matches!(&event.what, LaunchEvent::Problem(Problem::Refused { code, .. }) if code == "NoPermission")
    });
    assert!(refused, "it is told all the same");
}
