//! Launches that meet refusals, silence and reloads.

use cluster::{Ended, EndedWhy, Launch, LaunchEvent, LaunchFailure, LaunchIds, Problem, Spec};
use odps::instances::{Job, JobSource, Task};
use wire::{Millis, Reply, Request, Response, Service, Unreachable};

use crate::launch::connection;
use crate::support::{
    START, cut, drive, drive_some, name, names, not_ready, refused, status, text,
};

fn launch() -> Launch {
    let ids = LaunchIds {
        plan: "plan-1".into(),
        task: "task-1".into(),
    };
    Launch::new(Spec::guide(), connection(), ids)
}

fn accepted() -> Result<Response, Unreachable> {
    let location = "http://h/api/projects/vec_project/instances/2026g1";
    let mut response = Response::new(Default::default());
    *response.status_mut() = http::StatusCode::CREATED;
    response
        .headers_mut()
        .insert("location", location.parse().unwrap());
    Ok(response)
}

/// A service on which everything goes well, by the name of the request.
fn good(name: &str) -> Result<Response, Unreachable> {
    match name {
        "POST resources" => {
            let mut response = Response::new(Default::default());
            *response.status_mut() = http::StatusCode::CREATED;
            Ok(response)
        }
        "POST instances" => accepted(),
        "POST authorization?sign_bearer_token=" => {
            text("<Authorization><Result>token</Result></Authorization>")
        }
        "GET instances" => status("Running"),
        "GET mars:/api" => text(""),
        "GET mars:/api/worker?action=count" => text("5"),
        "POST mars:/api/session" => text(r#"{"session_id":"s1"}"#),
        other => panic!("unexpected {other}"),
    }
}

fn problems(events: &[cluster::Moment<LaunchEvent>]) -> usize {
    let is_problem = |e: &&cluster::Moment<LaunchEvent>| matches!(e.what, LaunchEvent::Problem(_));
    events.iter().filter(is_problem).count()
}

#[test]
fn all_five_workers_at_once_are_usable_and_full() {
    let run = drive(&mut launch(), |_, s, r| good(&name(s, r)));
    assert!(run.output.is_ok());
    let told: Vec<&LaunchEvent> = run.events.iter().map(|event| &event.what).collect();
    assert!(told.contains(&&LaunchEvent::Usable) && told.contains(&&LaunchEvent::Full));
}

#[test]
fn a_wrong_key_and_a_missing_quota_end_the_launch_before_anything_runs() {
    for (at, status, code) in [
        ("POST resources", 401, "Unauthorized"),
        ("POST resources", 404, "NoSuchProject"),
        ("POST instances", 403, "NoPermission"),
        ("POST instances", 400, "QuotaExceeded"),
    ] {
        let run = drive(&mut launch(), |_, s, r| match name(s, r) {
            name if name == at => refused(status, code, "no"),
            name => good(&name),
        });
        let Err(LaunchFailure::Refused { problem }) = run.output else {
            panic!("{at} {code}: {:?}", run.output);
        };
        assert_eq!(problem.code(), Some(code));
        assert_eq!(problem.request_id(), Some("REQ-1"));
        assert_eq!(
            names(&run.sent).last().map(String::as_str),
            Some(at),
            "nothing follows"
        );
    }
}

#[test]
fn a_service_that_does_not_answer_is_tried_again_and_then_told() {
    let run = drive(&mut launch(), |_, _, _| cut());
    let reason = String::from("connection reset");
    let problem = Problem::Unreachable { reason };
    assert_eq!(run.output, Err(LaunchFailure::NotUploaded { problem }));
    assert_eq!(names(&run.sent), ["POST resources"; 4]);
    assert_eq!(problems(&run.events), 3, "the last one is the outcome");
}

/// An instance that was submitted with this plan, as `?source` shows it.
fn source(plan: &str) -> Result<Response, Unreachable> {
    let plan = format!("cupid_plan_{plan},vec_project,eHasFuxiJob");
    Ok(JobSource::of(Job::of(Task::cupid(plan, "u"))).into_response())
}

fn list(ids: &[&str]) -> Result<Response, Unreachable> {
    let items: String = ids
        .iter()
        .map(|id| format!("<Instance><Name>{id}</Name><Status>Running</Status></Instance>"))
        .collect();
    text(&format!("<Instances><Marker/>{items}</Instances>"))
}

#[test]
fn an_instance_whose_id_was_lost_is_found_by_its_plan() {
    let run = drive(&mut launch(), |_, s, r| {
        let path = r.uri().path().to_owned();
        match name(s, r).as_str() {
            "POST instances" => cut(),
            name if name.starts_with("GET instances?onlyowner")
                || name.starts_with("GET instances?daterange") =>
            {
                list(&["2026other", "2026ours"])
            }
            "GET instances?source=" if path.ends_with("2026ours") => source("plan-1"),
            "GET instances?source=" => source("plan-2"),
            name => good(name),
        }
    });
    assert_eq!(run.output.unwrap().instance, "2026ours");
    let posts = names(&run.sent)
        .iter()
        .filter(|n| *n == "POST instances")
        .count();
    assert_eq!(posts, 1, "never submitted twice");
}

#[test]
fn a_submission_that_never_arrived_is_told_after_a_search() {
    let run = drive(&mut launch(), |_, s, r| match name(s, r).as_str() {
        "POST instances" => cut(),
        name if name.contains("daterange") => list(&[]),
        name => good(name),
    });
    assert_eq!(run.output, Err(LaunchFailure::NotSubmitted));
    assert!(run.now - START >= 7_000, "it was searched for some time");
}

#[test]
fn a_reload_after_the_submission_left_searches_instead_of_submitting_again() {
    let mut launch = launch();
    let mut answer = |_, s: &Service, r: &Request| match name(s, r).as_str() {
        // The tab dies while this one is on its way.
        "POST instances" => panic!("gone"),
        name => good(name),
    };
    let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        drive_some(&mut launch, START, 100, &mut answer)
    }));
    assert!(died.is_err());
    let kept = serde_json::to_string(&launch).unwrap();
    let mut again: Launch = serde_json::from_str(&kept).unwrap();
    let run = drive(&mut again, |_, s, r| match name(s, r).as_str() {
        "POST instances" => panic!("submitted twice"),
        name if name.contains("daterange") => list(&["2026ours"]),
        "GET instances?source=" => source("plan-1"),
        name => good(name),
    });
    assert_eq!(run.output.unwrap().instance, "2026ours");
}

#[test]
fn a_reload_at_any_moment_comes_to_the_same_end() {
    for steps in 1..40 {
        let mut launch = launch();
        let mut answer = |_: Millis, s: &Service, r: &Request| good(&name(s, r));
        let Err(_) = drive_some(&mut launch, START, steps, &mut answer) else {
            assert!(steps > 12, "only a whole run ends");
            return;
        };
        let kept = serde_json::to_string(&launch).unwrap();
        assert!(!kept.contains("token"), "no secret is written down: {kept}");
        let mut again: Launch = serde_json::from_str(&kept).unwrap();
        let run = drive(&mut again, |_, s, r| match name(s, r).as_str() {
            "POST resources" if again_has(&kept) => panic!("the plan was sent twice"),
            name => good(name),
        });
        assert_eq!(
            run.output.unwrap().instance,
            "2026g1",
            "after {steps} steps"
        );
    }
    panic!("the launch takes more steps than expected");
}

fn again_has(kept: &str) -> bool {
    kept.contains("2026g1")
}

#[test]
fn a_round_that_fails_is_slept_over_and_told() {
    let mut rounds = 0;
    let run = drive(&mut launch(), |_, s, r| match name(s, r).as_str() {
        "GET mars:/api" => {
            rounds += 1;
            match rounds {
                1 => not_ready(),
                2 => refused(502, "UpstreamUnreachable", "connection refused"),
                3 => refused(404, "NoSuchObject", "a proxy that knows nothing yet"),
                _ => text(""),
            }
        }
        name => good(name),
    });
    assert!(
        run.output.is_ok(),
        "no single 404 or 502 is fatal, as it is for the real client"
    );
    let statuses = names(&run.sent)
        .iter()
        .filter(|n| *n == "GET instances")
        .count();
    assert_eq!(
        statuses, 4,
        "each round begins with the state of the instance"
    );
    assert_eq!(problems(&run.events), 2);
    assert!(run.now - START >= 4_000);
}

#[test]
fn an_instance_that_ends_well_before_it_is_usable_ends_the_launch() {
    let mut rounds = 0;
    let run = drive(&mut launch(), |_, s, r| match name(s, r).as_str() {
        "GET instances" => {
            rounds += 1;
            status(if rounds > 3 { "Terminated" } else { "Running" })
        }
        "GET instances?taskstatus=" => text(
            "<Instance><Status>Terminated</Status><Tasks><Task Type=\"CUPID\">\
             <Name>cupid_task</Name><Status>Success</Status></Task></Tasks></Instance>",
        ),
        "GET mars:/api" => not_ready(),
        name => good(name),
    });
    let Err(LaunchFailure::Ended { ended, .. }) = run.output else {
        panic!("{:?}", run.output);
    };
    let at = Some(START + 3_600_000);
    assert_eq!(
        ended,
        Ended {
            at,
            why: EndedWhy::Finished
        }
    );
}

#[test]
fn an_end_whose_reason_cannot_be_read_is_an_end_all_the_same() {
    let run = drive(&mut launch(), |_, s, r| match name(s, r).as_str() {
        "GET instances" => status("Terminated"),
        "GET instances?taskstatus=" => cut(),
        name => good(name),
    });
    let Err(LaunchFailure::Ended { ended, .. }) = run.output else {
        panic!("{:?}", run.output);
    };
    assert!(matches!(ended.why, EndedWhy::Unread { .. }));
}

#[test]
fn a_key_that_is_withdrawn_while_waiting_leaves_the_instance_named() {
    let mut rounds = 0;
    let run = drive(&mut launch(), |_, s, r| match name(s, r).as_str() {
        "GET instances" => {
            rounds += 1;
            if rounds > 2 {
                refused(401, "Unauthorized", "no")
            } else {
                status("Running")
            }
        }
        "GET mars:/api" => not_ready(),
        name => good(name),
    });
    let Err(LaunchFailure::Lost { instance, problem }) = run.output else {
        panic!("{:?}", run.output);
    };
    assert_eq!(
        (instance.as_str(), problem.code()),
        ("2026g1", Some("Unauthorized"))
    );
}

#[test]
fn a_session_that_cannot_be_opened_leaves_the_cluster_usable() {
    let run = drive(&mut launch(), |_, s, r| match name(s, r).as_str() {
        "POST mars:/api/session" => refused(502, "UpstreamUnreachable", "reset"),
        name => good(name),
    });
    let launched = run.output.unwrap();
    assert_eq!((launched.session, launched.workers), (None, 5));
}

#[test]
fn a_name_travels_with_the_job_and_nothing_else_changes() {
    let named = Spec {
        name: Some("nightly".into()),
        ..Spec::guide()
    };
    let ids = LaunchIds {
        plan: "plan-1".into(),
        task: "task-1".into(),
    };
    let body = |spec: Spec| {
        let mut launch = Launch::new(spec, connection(), ids.clone());
        let run = drive(&mut launch, |_, s, r| good(&name(s, r)));
        String::from_utf8(run.sent[1].1.body().to_vec()).unwrap()
    };
    let (with, without) = (body(named), body(Spec::guide()));
    let added = "    <Name>nightly</Name>\n    <Comment>worker_num=5&amp;worker_cpu=4&amp;\
                 worker_mem=16&amp;min_worker_num=3</Comment>\n";
    assert!(with.contains(added), "{with}");
    assert_eq!(with.replace(added, ""), without);
}
