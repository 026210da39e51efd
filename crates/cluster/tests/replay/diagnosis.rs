//! What stands out, told from flights that are made of the recorded lists.

use cluster::diagnosis::{Finding, Next, What, diagnose};
use cluster::{Activity, ClusterState, Ended, EndedWhy, Flight, Side};
use mars::v04::session::WorkerList;

use crate::flight::{busy, flight, idle, one, reading};
use crate::support::START;

const STEP: u64 = 5_000;

/// Readings every five seconds; each report is a new one unless `change` says otherwise.
fn rounds(count: u64, change: impl Fn(u64, &mut WorkerList)) -> Vec<(u64, ClusterState)> {
    let make = |round: u64| {
        let mut list = idle();
        for worker in &mut list.workers {
            worker.update_time = Some(1_795_360_780.0 + round as f64);
        }
        change(round, &mut list);
        reading(round * STEP, list)
    };
    (0..count).map(make).collect()
}

fn only(flight: &Flight) -> Finding {
    let mut found = diagnose(flight);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_calm_cluster_has_no_findings() {
    assert_eq!(diagnose(&flight(rounds(60, |_, _| {}))), []);
}

#[test]
fn a_lost_worker_is_told_with_its_time_and_not_as_part_of_a_stop() {
    let lose = |round, list: &mut WorkerList| {
        if round >= 10 {
            *list = one(list.clone());
        }
    };
    let mut lost = flight(rounds(30, lose));
    let found = only(&lost);
    assert_eq!(found.from, START + 10 * STEP);
    assert_eq!(found.until, None);
    assert_eq!(found.worker.as_deref(), Some("127.0.0.1:27111"));
    assert_eq!(found.what, What::WorkerLost { left: 1 });
    assert_eq!(found.what.next(), Next::ReadLogview);
    let stop = Ended {
        at: None,
        why: EndedWhy::Cancelled,
    };
    lost.end(START + 40 * STEP, &stop);
    assert_eq!(only(&lost), found, "long before the stop");
    let mut stopped = flight(rounds(12, lose));
    stopped.end(START + 12 * STEP, &stop);
    assert_eq!(diagnose(&stopped), []);
}

#[test]
fn a_silent_worker_is_stale_after_thirty_seconds() {
    let silent = |round, list: &mut WorkerList| {
        if round > 10 {
            list.workers[0].update_time = Some(1_795_360_790.0);
        }
    };
    assert_eq!(diagnose(&flight(rounds(16, silent))), []);
    let found = only(&flight(rounds(18, silent)));
    assert_eq!(found.what, What::WorkerStale { silent: 7 * STEP });
    assert_eq!(found.from, START + 10 * STEP);
    assert_eq!(found.worker.as_deref(), Some("127.0.0.1:27110"));
}

#[test]
fn one_busy_and_one_idle_worker_are_unbalanced() {
    let load = |round, list: &mut WorkerList| {
        if round >= 2 {
            list.workers[0].slots.insert("cpu".into(), 0);
        }
    };
    assert_eq!(diagnose(&flight(rounds(6, load))), []);
    let What::Unbalanced { busy, idle, least } = only(&flight(rounds(30, load))).what else {
        panic!()
    };
    assert_eq!((busy, idle.as_str(), least), (1000, "127.0.0.1:27111", 0));
}

#[test]
fn full_memory_and_a_growing_disk_stand_out() {
    let full = |round, list: &mut WorkerList| {
        if (5..8).contains(&round) {
            list.workers[1].memory_used = Some(23_000_000_000);
        }
    };
    let found = only(&flight(rounds(20, full)));
    assert_eq!(
        (found.from, found.until),
        (START + 5 * STEP, Some(START + 7 * STEP))
    );
    let (used, total) = (23_000_000_000, 25_276_514_304);
    assert_eq!(found.what, What::MemoryPressure { used, total });
    let spill = |round: u64, list: &mut WorkerList| {
        let disk = list.workers[1].disk_used.unwrap();
        list.workers[1].disk_used = Some(disk + round * 100_000_000);
        list.workers[1].progress = busy().workers[1].progress.clone();
    };
    assert_eq!(diagnose(&flight(rounds(10, spill))), []);
    let found = only(&flight(rounds(20, spill)));
    assert_eq!(
        found.what,
        What::Spill {
            grown: 1_900_000_000
        }
    );
}

#[test]
fn operands_that_hold_slots_and_do_not_move_are_stuck() {
    let hold = |moves: bool, is_busy: bool| {
        let rows = rounds(70, |round, list| {
            list.workers[1].progress = busy().workers[1].progress.clone();
            if moves {
                list.workers[1].progress[0].1 = round.to_string();
            }
        });
        flight(rows.into_iter().map(|(at, mut state)| {
            let since = at;
            state.activity = Some(Activity {
                busy: is_busy,
                since,
            });
            (at, state)
        }))
    };
    assert_eq!(diagnose(&hold(true, true)), []);
    assert_eq!(diagnose(&hold(false, false)), [], "finished ones linger");
    let found = only(&hold(false, true));
    let (operands, length) = (60, 69 * STEP);
    assert_eq!(found.what, What::Stuck { operands, length });
    assert_eq!(found.what.next(), Next::CancelGraph);
}

#[test]
fn operands_that_go_back_are_hidden_retries() {
    let back = |times: usize| {
        flight(rounds(10, move |round, list| {
            list.workers[1].progress = busy().workers[1].progress.clone();
            for (place, row) in list.workers[1].progress.iter_mut().enumerate() {
                row.3 = match round == 4 || (round > 4 && place >= times) {
                    true => "CALCULATING",
                    false => "PREPARING_INPUTS",
                }
                .to_owned();
            }
        }))
    };
    assert_eq!(diagnose(&back(2)), []);
    let found = only(&back(5));
    let operand = "TensorRand".to_owned();
    assert_eq!(found.what, What::HiddenRetries { times: 5, operand });
    assert_eq!(found.from, START + 5 * STEP);
}

#[test]
fn a_cluster_that_nobody_used_is_told_after_half_an_hour() {
    assert_eq!(diagnose(&flight(rounds(359, |_, _| {}))), []);
    let mut unused = flight(rounds(362, |_, _| {}));
    let length = 361 * STEP;
    assert_eq!(only(&unused).what, What::NeverUsed { length });
    unused.graph(START, "s", "g", "succeeded", None);
    assert_eq!(diagnose(&unused), []);
}

#[test]
fn spells_without_an_answer_are_counted() {
    let rows = rounds(40, |_, _| {}).into_iter().enumerate();
    let away = flight(rows.map(|(round, (at, mut state))| {
        // One missed round, then one of fifteen seconds.
        if round == 5 || (10..13).contains(&round) {
            state.side = Some(Side::Unreachable);
        }
        (at, state)
    }));
    let found = only(&away);
    let (spells, longest) = (1, 3 * STEP);
    assert_eq!(found.what, What::Unreachable { spells, longest });
    assert_eq!(found.until, Some(START + 13 * STEP));
}
