//! Flights made of the recorded lists of workers.

use cluster::flight::{DAY, EndWord, HOUR, MOST_SAMPLES, ProblemWord, SideWord, StageWord};
use cluster::{ClusterState, Ended, EndedWhy, Flight, Moment, Problem, Side, Stage, Watch};
use mars::v04::session::{WorkerList, Workers};
use proptest::prelude::*;
use wire::Call;

use crate::support::{START, answer_of, drive, engine, name, recorded, status, text};

/// A list as it was recorded.
pub(crate) fn list(file: &str) -> WorkerList {
    let call = Workers {
        instance: String::new(),
    };
    call.from_response(answer_of(&recorded(file))).unwrap()
}

pub(crate) fn idle() -> WorkerList {
    list("http_03_worker_meta.json")
}

pub(crate) fn busy() -> WorkerList {
    list("http_71_worker_meta_two_workers.json")
}

/// A state as the watch makes it, with nothing read yet.
fn state() -> ClusterState {
    let mut watch = Watch::new("p", "2026g1");
    let run = drive(&mut watch, |_, service, request| {
        match name(service, request).as_str() {
            "GET instances" => status("Terminated"),
            _ => text("<Instance><Status>Terminated</Status></Instance>"),
        }
    });
    ClusterState {
        stage: Stage::Accepted,
        ..run.events[0].clone()
    }
}

/// A reading of a complete cluster with this list, at this moment after the start.
pub(crate) fn reading(after: u64, list: WorkerList) -> (u64, ClusterState) {
    let at = START + after;
    let have = u32::try_from(list.workers.len()).unwrap();
    let state = ClusterState {
        stage: Stage::Full { have },
        read_at: Some(at),
        workers: Some(Moment { at, what: list }),
        ..state()
    };
    (at, state)
}

pub(crate) fn flight(readings: impl IntoIterator<Item = (u64, ClusterState)>) -> Flight {
    let mut flight = Flight::new("2026g1");
    for (at, state) in readings {
        flight.record(at, &state);
    }
    flight
}

/// The list without the second worker.
pub(crate) fn one(mut list: WorkerList) -> WorkerList {
    list.workers.truncate(1);
    list
}

#[test]
fn a_lost_worker_stays_with_its_times_and_lives_in_the_past() {
    let flight = flight([
        reading(0, busy()),
        reading(5_000, busy()),
        reading(10_000, one(busy())),
        reading(15_000, one(busy())),
    ]);
    let lane = &flight.lanes()[1];
    assert_eq!(lane.endpoint, "127.0.0.1:27111");
    assert_eq!(
        (lane.first(), lane.last()),
        (Some(START), Some(START + 5_000))
    );
    assert_eq!(lane.lost(), Some(START + 10_000));
    let then = flight.at(START + 9_999);
    assert_eq!(then.workers[1].lost, None);
    assert_eq!(then.workers[1].sample.unwrap().1.operands, 60);
    assert_eq!(then.sessions, ["6863fa2eff7f8a1f475f0db0b322861d"]);
    let now = flight.at(START + 15_000);
    assert_eq!(now.workers[1].lost, Some(START + 10_000));
    assert_eq!(now.workers[0].lost, None);
    assert!(flight.at(START - 1).workers.is_empty());
}

#[test]
fn figures_are_the_recorded_ones_and_survive_the_file() {
    let flight = flight([reading(0, busy())]);
    let sample = &flight.frames()[0].samples[0];
    assert_eq!(sample.cpu_used, Some(117));
    assert_eq!(sample.memory_total, Some(25_276_514_304));
    assert_eq!(sample.disk_used, Some(27_927_724_032));
    assert_eq!(sample.updated, Some(1_795_360_890_409));
    assert_eq!(sample.slots, Some(2));
    assert_eq!(flight.frames()[0].samples[1].running, 1);
    let again = Flight::from_json(flight.to_json().as_bytes()).unwrap();
    assert_eq!(again.to_json(), flight.to_json());
    assert_eq!(again.frames(), flight.frames());
}

#[test]
fn no_text_of_a_service_gets_in() {
    let (at, mut state) = reading(0, idle());
    state.owner = Some("SECRET".to_owned());
    state.stage = Stage::Starting {
        detail: "SECRET".to_owned(),
    };
    state.side = Some(Side::Unreachable);
    state.problem = Some(Moment {
        at,
        what: Problem::Refused {
            status: 403,
            code: "token=SECRET".to_owned(),
            message: "SECRET".to_owned(),
            request_id: Some("SECRET".to_owned()),
        },
    });
    let mut flight = flight([(at, state)]);
    let mark = &flight.marks()[0];
    assert_eq!(mark.side, Some(SideWord::Unreachable));
    let word = ProblemWord::Refused {
        status: 403,
        code: None,
    };
    assert_eq!(mark.problem, Some(word));
    let why = EndedWhy::Failed {
        text: "SECRET".to_owned(),
    };
    let ended = Ended { at: None, why };
    flight.end(at + 1, &ended);
    assert_eq!(flight.ended(), Some((at + 1, EndWord::Failed)));
    assert_eq!(flight.at(at).mark.unwrap().stage, StageWord::Starting);
    assert!(!flight.to_json().contains("SECRET"));
}

#[test]
fn the_newest_hour_is_whole_and_the_rest_is_thinned_with_its_ranges() {
    let step = 5_000;
    let rounds = 2 * DAY / step;
    let spike = START + DAY / 2 + 7_000;
    let flight = flight((0..rounds).step_by(3).map(|round| {
        let (at, mut state) = reading(round * step, idle());
        let list = &mut state.workers.as_mut().unwrap().what;
        if at.abs_diff(spike) < 3 * step {
            list.workers[0].memory_used = Some(25_000_000_000);
        }
        (at, state)
    }));
    let (_, last) = flight.span().unwrap();
    let frames = flight.frames();
    let newest = frames.iter().filter(|frame| last - frame.at < HOUR);
    assert_eq!(newest.count() as u64, HOUR / (3 * step));
    let day = frames
        .iter()
        .filter(|it| (HOUR..DAY).contains(&(last - it.at)));
    assert!(day.count() <= 23 * 60 + 1);
    assert!(
        frames.len() < 240 + 23 * 60 + 24 * 6 + 3,
        "{}",
        frames.len()
    );
    let thinned = frames
        .iter()
        .find(|frame| frame.from <= spike && spike <= frame.at + 600_000);
    assert!(thinned.is_some());
    let most = frames
        .iter()
        .filter_map(|frame| frame.samples[0].memory_range);
    assert_eq!(most.map(|range| range.1).max(), Some(25_000_000_000));
    assert_eq!(frames[0].from, START);
}

#[test]
fn a_hundred_workers_for_hours_stay_within_the_bound() {
    let mut many = WorkerList::default();
    for place in 0..200 {
        let mut worker = idle().workers[0].clone();
        worker.raw = serde_json::Value::Null;
        worker.endpoint = format!("10.0.0.{place}:1");
        many.workers.push(worker);
    }
    let flight = flight((0..720).map(|round| reading(round * 5_000, many.clone())));
    let samples: usize = flight
        .frames()
        .iter()
        .map(|frame| frame.samples.len())
        .sum();
    assert!(samples <= MOST_SAMPLES);
    assert!(samples > MOST_SAMPLES / 4);
    assert!(Flight::from_json(flight.to_json().as_bytes()).is_ok());
}

#[test]
fn a_clock_that_was_set_back_keeps_the_order() {
    let flight = flight([
        reading(60_000, idle()),
        reading(0, idle()),
        reading(61_000, idle()),
    ]);
    assert!(flight.frames().is_sorted_by_key(|frame| frame.at));
    assert!(Flight::from_json(flight.to_json().as_bytes()).is_ok());
}

#[test]
fn a_later_version_and_contradictions_are_refused() {
    let text = flight([reading(0, busy())]).to_json();
    let bad = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        Flight::from_json(text.replacen(from, to, 1).as_bytes()).is_err()
    };
    assert!(bad("\"version\":1", "\"version\":2"));
    assert!(bad("mars-console-flight", "something"));
    assert!(bad("\"samples\":[[0,", "\"samples\":[[9,"));
    assert!(engine("http_03_worker_meta.json").is_ok());
}

proptest! {
    #[test]
    fn noise_is_refused_or_safe(place in 0_usize..4000, byte: u8, at: u64) {
        let mut bytes = flight([reading(0, busy()), reading(5_000, one(idle()))]).to_json().into_bytes();
        let place = place % bytes.len();
        bytes[place] = byte;
        if let Ok(mut flight) = Flight::from_json(&bytes) {
            let _ = flight.at(at);
            let _ = cluster::diagnosis::diagnose(&flight);
            let (now, state) = reading(10_000, busy());
            flight.record(now, &state);
        }
    }

    #[test]
    fn any_order_of_lists_reads_back(steps in prop::collection::vec((0_u64..5_000_000, 0_u8..4), 1..40)) {
        let mut after = 0;
        let flight = flight(steps.into_iter().map(|(step, kind)| {
            after += step;
            reading(after, match kind { 0 => idle(), 1 => busy(), 2 => one(busy()), _ => WorkerList::default() })
        }));
        let again = Flight::from_json(flight.to_json().as_bytes()).unwrap();
        prop_assert_eq!(again.to_json(), flight.to_json());
        let (_, last) = flight.span().unwrap();
        prop_assert_eq!(flight.at(last).workers.len(), flight.lanes().len());
    }
}
