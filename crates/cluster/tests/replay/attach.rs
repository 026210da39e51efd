//! `attach_cluster_0.9.json`, and every verdict.

use cluster::{Attach, EndedWhy, Problem, Verdict};
use odps::instances::{Job, JobSource, Task};
use wire::{Reply, Response, Unreachable};

use crate::support::{
    START, answer_of, cut, drive, exchanges, name, names, not_ready, refused, status, text,
};

fn source(task: Task) -> Result<Response, Unreachable> {
    Ok(JobSource::of(Job::of(task)).into_response())
}

fn mars() -> Result<Response, Unreachable> {
    source(Task::cupid("cupid_plan_1,p,eHasFuxiJob", "u"))
}

fn attach(mut answer: impl FnMut(&str) -> Result<Response, Unreachable>) -> (Verdict, Vec<String>) {
    let mut attach = Attach::new("p", "2026g1");
    let run = drive(&mut attach, |_, s, r| answer(&name(s, r)));
    (run.output, names(&run.sent))
}

#[test]
fn the_recorded_cluster_is_alive() {
    let flow = exchanges("attach_cluster_0.9.json");
    let of_path = |path: &str, service: &str| {
        let found = flow.iter().find(|e| {
            e["service"] == service && e["request"]["path"].as_str().unwrap().ends_with(path)
        });
        Ok(answer_of(found.unwrap()))
    };
    let (verdict, sent) = attach(|name| match name {
        "GET instances" => of_path("20260101000000001gstub0001", "odps"),
        "GET instances?source=" => mars(),
        "GET mars:/api" => of_path("/api", "mars-web"),
        other => panic!("unexpected {other}"),
    });
    // The real client reads the status and probes the page; the source is our addition.
    assert_eq!(
        sent,
        ["GET instances", "GET instances?source=", "GET mars:/api"]
    );
    let Verdict::Alive(facts) = verdict else {
        panic!("{verdict:?}")
    };
    assert_eq!(facts.owner.as_deref(), Some("ALIYUN$stub@example.com"));
    assert_eq!(facts.started, Some(START));
    assert_eq!(facts.name, None);
    assert!(facts.source.unwrap().contains("cupid_plan_1,p,eHasFuxiJob"));
}

#[test]
fn what_the_console_wrote_is_read_back() {
    let (verdict, _) = attach(|name| match name {
        "GET instances" => status("Running"),
        "GET instances?source=" => {
            let mut job = Job::of(Task::cupid("cupid_plan_1,p,eHasFuxiJob", "u"));
            job.name = Some("nightly".into());
            job.comment = Some("worker_num=2&worker_cpu=1&worker_mem=4&min_worker_num=1".into());
            Ok(JobSource::of(job).into_response())
        }
        _ => text(""),
    });
    let Verdict::Alive(facts) = verdict else {
        panic!("{verdict:?}")
    };
    let spec = facts.spec.unwrap();
    assert_eq!((spec.worker_num, spec.usable_at()), (2, 1));
    assert_eq!(spec.name.as_deref(), Some("nightly"));
}

#[test]
fn a_page_that_is_not_there_yet_means_starting() {
    let (verdict, _) = attach(|name| match name {
        "GET instances" => status("Running"),
        "GET instances?source=" => mars(),
        _ => not_ready(),
    });
    let Verdict::Starting { problem, .. } = verdict else {
        panic!("{verdict:?}")
    };
    assert!(matches!(problem, Problem::NotReady { .. }));
}

#[test]
fn an_ended_cluster_says_why_and_when() {
    for (word, why) in [
        ("Success", EndedWhy::Finished),
        ("Cancelled", EndedWhy::Cancelled),
        (
            "Failed",
            EndedWhy::Failed {
                text: "no quota".into(),
            },
        ),
        (
            "Waiting",
            EndedWhy::Odd {
                status: "Waiting".into(),
            },
        ),
    ] {
        let task = format!("<Task Type=\"CUPID\"><Name>cupid_task</Name><Status>{word}</Status>");
        let (verdict, _) = attach(|name| match name {
            "GET instances" => status("Terminated"),
            "GET instances?source=" => mars(),
            "GET instances?taskstatus=" => text(&format!(
                "<Instance><Status>Terminated</Status><Tasks>{task}</Task></Tasks></Instance>"
            )),
            "GET instances?result=" => text(&format!(
                "<Instance><Tasks>{task}<Result Format=\"text\">no quota</Result></Task></Tasks></Instance>"
            )),
            other => panic!("unexpected {other}"),
        });
        let Verdict::Ended { ended, .. } = verdict else {
            panic!("{verdict:?}")
        };
        assert_eq!(ended.why, why);
        assert_eq!(ended.at, Some(START + 3_600_000));
    }
}

#[test]
fn other_instances_are_told_by_their_kind() {
    let kinds = [
        (source(Task::sql("select 1", [], "u")), "SQL"),
        // A Mars task, but the one that asks for a proxy token.
        (
            source(Task::cupid("cupid_plan_2,p,eAsyncNotFuxiJob", "u")),
            "CUPID",
        ),
    ];
    for (source, kind) in kinds {
        let (verdict, _) = attach(|name| match name {
            "GET instances" => status("Running"),
            _ => source.clone(),
        });
        assert_eq!(verdict, Verdict::NotMars { kind: kind.into() });
    }
}

#[test]
fn what_does_not_exist_or_is_not_ours_is_told_at_once() {
    let (verdict, sent) = attach(|_| refused(404, "NoSuchObject", "no such instance"));
    assert_eq!((verdict, sent.len()), (Verdict::NoSuchInstance, 1));
    for (status, code) in [(401, "Unauthorized"), (403, "NoPermission")] {
        let (verdict, sent) = attach(|_| refused(status, code, "no"));
        let Verdict::NotYours { problem } = verdict else {
            panic!("{verdict:?}")
        };
        assert_eq!((problem.code(), sent.len()), (Some(code), 1));
    }
}

#[test]
fn silence_is_asked_again_and_then_told() {
    let (verdict, sent) = attach(|_| cut());
    assert!(matches!(verdict, Verdict::Unreadable { .. }), "{verdict:?}");
    assert_eq!(sent.len(), 3);
    let (verdict, _) = attach(|_| text("<html>a portal login page</html>"));
    let Verdict::Unreadable { problem } = verdict else {
        panic!("{verdict:?}")
    };
    assert!(matches!(problem, Problem::Malformed { .. }));
}
