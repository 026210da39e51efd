//! Every end of the procedure, against a service made up here. The recorded ends: `tests/replay`.

use wire::Reply;

use super::*;
use crate::instances::{Created, DetailText, Instance, Status};

fn machine(deadline: Millis) -> ProxyToken {
    let ids = Ids {
        plan: "1".into(),
        task: "2".into(),
    };
    ProxyToken::new(
        Target {
            project: "p".into(),
        },
        "cluster",
        MARS_WEB,
        720,
        &ids,
        deadline,
    )
}

fn running() -> Response {
    Instance {
        status: Status::Running,
        owner: None,
        start_time: None,
        end_time: None,
    }
    .into_response()
}

/// Runs the machine against a service whose details are given, one per look.
fn run(mut machine: ProxyToken, details: &[&str]) -> (Result<Secret, Failure>, Millis, usize) {
    let (mut now, mut sent, mut details) = (0, 0, details.iter());
    loop {
        match machine.poll(now) {
            Step::Done(outcome) => return (outcome, now, sent),
            Step::Wait(until) => now = until,
            Step::Event(Event::Submitted { instance }) => assert_eq!(instance, "i"),
            Step::Send(service, request) => {
                assert_eq!(service, Service::Odps);
                sent += 1;
                let answer = if resources::Create::from_request(&request).is_ok() {
                    resources::Created::at("http://h/api", "p", "n").into_response()
                } else if instances::Create::from_request(&request).is_ok() {
                    Created::at("http://h/api", "p", "i").into_response()
                } else if let Ok(detail) = Detail::from_request(&request) {
                    let text = match detail.form {
                        Form::Instance => details.next().map_or("Cg==", |text| *text),
                        Form::Task => "{}",
                    };
                    DetailText(text.to_owned()).into_response()
                } else {
                    running()
                };
                machine.feed(now, Ok(answer));
            }
        }
    }
}

#[test]
fn a_token() {
    let success = State::success("token").to_text();
    let (outcome, at, _) = run(machine(60_000), &["{}", "CgA=", "{}", "{}", &success]);
    assert_eq!(outcome, Ok(Secret::new("token")));
    assert_eq!(at, 2 * PACE);
}

#[test]
fn every_bad_end() {
    let failed = State::TaskFailed("runTask failed: no".into()).to_text();
    let (outcome, ..) = run(machine(60_000), &[&failed]);
    assert_eq!(
        outcome,
        Err(Failure::Failed {
            text: "runTask failed: no".into(),
            user: true
        })
    );
    let (outcome, ..) = run(machine(60_000), &[&State::Cancelled.to_text()]);
    assert_eq!(outcome, Err(Failure::Cancelled));
    let (outcome, ..) = run(machine(60_000), &["Failed: recycled"]);
    assert_eq!(
        outcome,
        Err(Failure::Recycled {
            text: "Failed: recycled".into()
        })
    );
    let (outcome, ..) = run(machine(60_000), &["%"]);
    assert!(matches!(
        outcome,
        Err(Failure::Odps(Error::Malformed { .. }))
    ));
}

#[test]
fn it_never_waits_for_ever() {
    let ready = State::Ready.to_text();
    let (outcome, at, sent) = run(machine(10_500), &vec![ready.as_str(); 1000]);
    assert_eq!(outcome, Err(Failure::TimedOut { last: "ready" }));
    assert_eq!(at, 10_500);
    assert_eq!(sent, 2 + 2 * 11);
}

#[test]
fn a_call_without_answer_ends_it() {
    let mut machine = machine(1000);
    assert!(matches!(machine.poll(0), Step::Send(..)));
    let unreachable = Unreachable {
        reason: "refused".into(),
    };
    machine.feed(0, Err(unreachable.clone()));
    assert!(
        matches!(machine.poll(0), Step::Done(Err(Failure::Unreachable(found))) if found == unreachable)
    );
}
