//! Watching a cluster through its life and its troubles.

use cluster::{ClusterState, EndedWhy, Side, Spec, Stage, Watch, WatchEnd};
use wire::{Response, Unreachable};

use crate::support::{Run, START, cut, drive, engine, name, not_ready, refused, status, text};

/// What the page says in a round.
type Page = fn() -> Result<Response, Unreachable>;

/// A life: each entry is one round, with what the instance and the page say in it.
fn watch(rounds: &[(&str, Page)], spec: Option<Spec>) -> Run<ClusterState, WatchEnd> {
    let mut watch = Watch::new("p", "2026g1");
    if let Some(spec) = spec {
        watch = watch.expecting(&spec);
    }
    let mut round = 0;
    drive(&mut watch, |_, s, r| match name(s, r).as_str() {
        "GET instances" => {
            round += 1;
            match rounds.get(round - 1) {
                Some((word, _)) if *word == "cut" => cut(),
                Some((word, _)) => status(word),
                None => status("Terminated"),
            }
        }
        "GET mars:/api/worker" => rounds[round - 1].1(),
        "GET instances?taskstatus=" => text(
            "<Instance><Status>Terminated</Status><Tasks><Task Type=\"CUPID\">\
             <Name>cupid_task</Name><Status>Cancelled</Status></Task></Tasks></Instance>",
        ),
        other => panic!("unexpected {other}"),
    })
}

fn workers(count: usize) -> Result<Response, Unreachable> {
    let worker = |place| format!("\"10.0.0.{place}:1\":{{\"slots\":{{\"cpu\":2}}}}");
    let list: Vec<String> = (0..count).map(worker).collect();
    text(&format!("{{{}}}", list.join(",")))
}

fn two_pairs() -> Spec {
    Spec {
        worker_num: 2,
        min_worker_num: Some(1),
        ..Spec::guide()
    }
}

#[test]
fn a_whole_life_is_read_stage_by_stage() {
    let run = watch(
        &[
            ("Running", not_ready),
            ("Suspended", not_ready),
            ("Running", not_ready),
            ("Running", || workers(0)),
            ("Running", || workers(1)),
            ("Running", || workers(2)),
            ("Running", || workers(2)),
        ],
        Some(two_pairs()),
    );
    let stages: Vec<&Stage> = run.events.iter().map(|state| &state.stage).collect();
    let detail = String::from("stub: app MarsWeb is not registered");
    assert_eq!(
        stages[..7],
        [
            &Stage::Starting {
                detail: detail.clone()
            },
            &Stage::Suspended,
            &Stage::Starting { detail },
            &Stage::WebReachable,
            &Stage::Usable { have: 1 },
            &Stage::Full { have: 2 },
            &Stage::Full { have: 2 },
        ]
    );
    let WatchEnd::Ended(ended) = &run.output else {
        panic!("{:?}", run.output)
    };
    assert_eq!(ended.why, EndedWhy::Cancelled);
    assert_eq!(stages[7], &Stage::Ended(ended.clone()));
    let full = &run.events[5..7];
    assert_eq!(full[0].since, full[1].since, "the stage has not changed");
    assert!(full[1].read_at > full[0].read_at, "but it was read again");
    assert_eq!(full[0].owner.as_deref(), Some("ALIYUN$me@example.com"));
    assert_eq!((full[0].want, full[0].min), (Some(2), Some(1)));
}

#[test]
fn the_pace_follows_the_stage() {
    let starting = watch(&[("Running", not_ready as Page); 5], Some(two_pairs()));
    let full = watch(
        &[("Running", (|| workers(2)) as Page); 5],
        Some(two_pairs()),
    );
    assert!(starting.now - START < 7_000);
    assert!(full.now - START >= 25_000);
}

#[test]
fn a_lost_worker_degrades_and_a_silent_page_is_unreachable() {
    let run = watch(
        &[
            ("Running", || workers(2)),
            ("Running", || workers(1)),
            ("Running", || workers(2)),
            ("Running", cut),
            ("Running", not_ready),
            ("Running", cut),
            ("Running", || workers(2)),
        ],
        Some(two_pairs()),
    );
    let sides: Vec<Option<Side>> = run.events.iter().map(|state| state.side).collect();
    assert_eq!(
        sides[..7],
        [
            None,
            Some(Side::Degraded { most: 2 }),
            None,
            Some(Side::Unreachable),
            Some(Side::Unreachable),
            Some(Side::Unknown { rounds: 3 }),
            None,
        ]
    );
    assert_eq!(
        run.events[4].stage,
        Stage::Full { have: 2 },
        "the last stage that was read stays"
    );
    assert!(run.events[4].problem.is_some() && run.events[6].problem.is_none());
    let listed = run.events[5].workers.as_ref().unwrap();
    assert!(
        listed.at < run.events[5].problem.as_ref().unwrap().at,
        "with its age"
    );
}

#[test]
fn a_service_that_never_answers_is_unknown_and_asked_more_and_more_seldom() {
    let run = watch(&[("cut", cut as Page); 6], None);
    let last = &run.events[5];
    assert_eq!(last.side, Some(Side::Unknown { rounds: 6 }));
    assert_eq!(last.read_at, None);
    assert!(run.now - START >= 30_000);
}

#[test]
fn a_key_without_rights_ends_the_watch() {
    let run = drive(&mut Watch::new("p", "2026g1"), |_, _, _| {
        refused(403, "NoPermission", "no")
    });
    let WatchEnd::Refused { problem } = run.output else {
        panic!("{:?}", run.output)
    };
    assert_eq!(problem.code(), Some("NoPermission"));
}

#[test]
fn activity_is_told_by_the_slots_of_the_recorded_workers() {
    let run = watch(
        &[
            ("Running", || engine("http_03_worker_meta.json")),
            ("Running", || engine("http_71_worker_meta_two_workers.json")),
            ("Running", || engine("http_03_worker_meta.json")),
        ],
        None,
    );
    let busy: Vec<bool> = run.events[..3]
        .iter()
        .map(|s| s.activity.unwrap().busy)
        .collect();
    assert_eq!(busy, [false, true, false]);
    assert_eq!(run.events[0].stage, Stage::Usable { have: 2 });
    let workers = &run.events[1].workers.as_ref().unwrap().what.workers;
    assert_eq!(workers[0].endpoint, "127.0.0.1:27110");
    assert_eq!(workers[0].memory_total, Some(25_276_514_304));
}

#[test]
fn a_watch_can_be_written_down() {
    let kept = serde_json::to_string(&Watch::new("p", "2026g1").expecting(&two_pairs())).unwrap();
    let mut again: Watch = serde_json::from_str(&kept).unwrap();
    let run = drive(&mut again, |_, _, _| refused(404, "NoSuchObject", "no"));
    assert!(matches!(run.output, WatchEnd::Refused { .. }));
}
