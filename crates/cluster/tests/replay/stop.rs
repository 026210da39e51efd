//! `stop_cluster.json`, and stops that are late, refused or not needed.

use cluster::{STOP_DEADLINE, Stop, StopEvent, StopOutcome};
use wire::{Response, Unreachable};

use crate::support::{
    Run, START, body_of, cut, drive, exchanges, name, names, refused, status, text,
};

fn stop(
    mut answer: impl FnMut(&str) -> Result<Response, Unreachable>,
) -> Run<cluster::Moment<StopEvent>, StopOutcome> {
    let mut stop = Stop::new("vec_project", "20260101000000001gstub0001");
    drive(&mut stop, |_, s, r| answer(&name(s, r)))
}

#[test]
fn the_wish_is_the_recorded_request_and_the_end_is_read() {
    let recorded = &exchanges("stop_cluster.json")[0];
    let mut reads = 0;
    let run = stop(|name| match name {
        "PUT instances" => text(""),
        "GET instances" => {
            reads += 1;
            status(if reads < 3 { "Running" } else { "Terminated" })
        }
        other => panic!("unexpected {other}"),
    });
    let (_, request) = &run.sent[0];
    let path = recorded["request"]["path"].as_str().unwrap();
    assert_eq!(format!("/api{}", request.uri().path()), path);
    assert_eq!(request.body().to_vec(), body_of(recorded));
    assert_eq!(request.headers()["content-type"], "application/xml");
    let at = Some(START + 3_600_000);
    assert_eq!(run.output, StopOutcome::Stopped { at, already: false });
    let told: Vec<&StopEvent> = run.events.iter().map(|event| &event.what).collect();
    assert!(matches!(
        told.as_slice(),
        [
            StopEvent::Asked,
            StopEvent::StillRunning { .. },
            StopEvent::StillRunning { .. }
        ]
    ));
}

#[test]
fn a_stop_of_a_stopped_cluster_is_no_error() {
    let run = stop(|name| match name {
        "PUT instances" => refused(400, "InvalidStateSetting", "already terminated"),
        _ => status("Terminated"),
    });
    assert!(matches!(
        run.output,
        StopOutcome::Stopped { already: true, .. }
    ));
    assert_eq!(run.sent.len(), 2, "the end is read even then");
}

#[test]
fn an_end_that_does_not_come_is_said_so() {
    let run = stop(|name| match name {
        "PUT instances" => text(""),
        _ => status("Running"),
    });
    assert_eq!(run.output, StopOutcome::NotConfirmed { problem: None });
    assert!(run.now - START >= STOP_DEADLINE);
    assert!(run.now - START < STOP_DEADLINE + 5_000);
}

#[test]
fn silence_after_the_wish_is_not_taken_for_an_end() {
    let run = stop(|name| match name {
        "PUT instances" => text(""),
        _ => cut(),
    });
    assert!(matches!(
        run.output,
        StopOutcome::NotConfirmed { problem: Some(_) }
    ));
}

#[test]
fn a_refused_wish_is_told_and_nothing_more_is_asked() {
    let run = stop(|_| refused(403, "NoPermission", "not your instance"));
    let StopOutcome::Refused { problem } = run.output else {
        panic!("{:?}", run.output)
    };
    assert_eq!(problem.code(), Some("NoPermission"));
    assert_eq!(names(&run.sent), ["PUT instances"]);
    let run = stop(|_| refused(404, "NoSuchObject", "no"));
    assert_eq!(run.output, StopOutcome::NoSuchInstance);
    let run = stop(|_| cut());
    assert!(matches!(run.output, StopOutcome::Refused { .. }));
    assert_eq!(run.sent.len(), 3);
}
