//! Whatever the other side answers, no machine panics, hurries, or forgets itself when written down.

use cluster::{Attach, Find, Job, Launch, LaunchIds, Spec, Stop, Watch};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::{Machine, Millis, Response, Step, Unreachable};

use crate::launch::connection;
use crate::support::START;

/// Answers of every kind: good ones, those of other calls, broken ones, none.
fn answer() -> impl Strategy<Value = Result<Response, Unreachable>> {
    let bodies = vec![
        "",
        "5",
        "0",
        "-1",
        "1e99",
        "null",
        "{}",
        "[]",
        "[[1,2],[3]]",
        r#"{"session_id":"s"}"#,
        r#"{"graph_key":"g"}"#,
        r#"{"state":"running"}"#,
        r#"{"state":"succeeded"}"#,
        r#"{"state":"failed"}"#,
        r#"{"state":"cancelling"}"#,
        r#"{"state":"ünknown"}"#,
        r#"{"w1:1":{"slots":{"cpu":2}}}"#,
        r#"{"w1:1":{"slots":{"cpu":0}},"w2:1":null}"#,
        r#"{"w1:1":{"slots":[],"progress":7,"stats":{"x":{"count":-1}}}}"#,
        "<Instance><Status>Running</Status></Instance>",
        "<Instance><Status>Suspended</Status></Instance>",
        "<Instance><Status>Terminated</Status></Instance>",
        "<Instance><Status>Terminated</Status><Tasks><Task Type=\"CUPID\"><Name>t</Name>\
         <Status>Failed</Status><Result>x</Result></Task></Tasks></Instance>",
        "<Instances><Marker>m</Marker><Instance><Name>2026g1</Name><Status>Running</Status></Instance></Instances>",
        "<Instances><Marker/></Instances>",
        "<Job><Tasks><CUPID><Name>t</Name><Plan>cupid_plan_p,p,eHasFuxiJob</Plan></CUPID></Tasks></Job>",
        "<Authorization><Result>t</Result></Authorization>",
        "<Error><Code>MarsNotReady</Code><Message>m</Message></Error>",
        "<Error><Code>InvalidStateSetting</Code></Error>",
        "<html>",
        "\u{0}\u{ffff}",
    ];
    let statuses = vec![
        200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 502, 503, 504,
    ];
    let kinds = vec!["application/json", "application/xml", "text/html"];
    let good = (
        prop::sample::select(bodies),
        prop::sample::select(statuses),
        prop::sample::select(kinds),
        any::<bool>(),
    )
        .prop_map(|(body, status, kind, location)| {
            let mut response = Response::new(body.to_owned().into());
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            let headers = response.headers_mut();
            headers.insert("content-type", kind.parse().unwrap());
            if location {
                headers.insert("location", "http://h/instances/2026g1".parse().unwrap());
            }
            Ok(response)
        });
    prop_oneof![9 => good, 1 => Just(Err(Unreachable { reason: "cut".into() }))]
}

/// Drives a machine through the answers, again and again, for an hour of its time. It is written
/// down and read back after each answer.
fn survive<M>(mut machine: M, answers: &[Result<Response, Unreachable>], rewrite: bool)
where
    M: Machine + Serialize + DeserializeOwned,
{
    let (mut now, mut sent, mut idle): (Millis, u64, u32) = (START, 0, 0);
    while now < START + 3_600_000 {
        match machine.poll(now) {
            Step::Send(..) => {
                let at = usize::try_from(sent).unwrap() % answers.len();
                sent += 1;
                now += 20;
                idle = 0;
                machine.feed(now, answers[at].clone());
                if rewrite {
                    let kept = serde_json::to_string(&machine).unwrap();
                    machine = serde_json::from_str(&kept).unwrap();
                }
            }
            Step::Wait(until) => {
                assert!(until > now, "a wait that has passed");
                now = until;
            }
            Step::Event(_) => {
                idle += 1;
                assert!(idle < 50, "events without end");
            }
            Step::Done(_) => return,
        }
        let seconds = (now - START) / 1000;
        assert!(sent <= 60 + seconds * 8, "{sent} requests in {seconds} s");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn machines_survive(
        answers in proptest::collection::vec(answer(), 1..12),
        rewrite in any::<bool>(),
    ) {
        let ids = LaunchIds { plan: "p".into(), task: "t".into() };
        survive(Launch::new(Spec::guide(), connection(), ids), &answers, rewrite);
        survive(Attach::new("p", "2026g1"), &answers, rewrite);
        survive(Watch::new("p", "2026g1").expecting(&Spec::guide()), &answers, rewrite);
        survive(Stop::new("p", "2026g1"), &answers, rewrite);
        survive(Find::all("p"), &answers, rewrite);
        survive(Job::new("p", "2026g1", "{}", "key"), &answers, rewrite);
        survive(Job::resume("p", "2026g1", "s", "g", "key", None), &answers, rewrite);
        let mut job = Job::resume("p", "2026g1", "s", "g", "key", None);
        job.cancel();
        survive(job, &answers, rewrite);
    }
}
