//! A fleet: what is listed, what is asked once, and how gently workers are read.

use std::cell::RefCell;
use std::collections::BTreeMap;

use cluster::fleet::{Fleet, FleetEvent, Member, Owners, PER_MINUTE};
use odps::instances::{Job, JobSource, Status, Task};
use wire::{Millis, Reply, Request, Response, Service, Unreachable};

use crate::support::{START, cut, drive_some, engine, name, not_ready, refused, status, text};

/// A project of instances by id: their states.
#[derive(Default)]
struct World {
    running: Vec<String>,
    ended: Vec<String>,
    asked: RefCell<Vec<(Millis, String)>>,
}

impl World {
    fn answer(
        &self,
        now: Millis,
        service: &Service,
        request: &Request,
    ) -> Result<Response, Unreachable> {
        self.asked.borrow_mut().push((now, name(service, request)));
        let query = request.uri().query().unwrap_or("");
        let path = request.uri().path().to_owned();
        let id = path.rsplit('/').next().unwrap_or("");
        match service {
            Service::Mars(of) if of.contains("starting") => not_ready(),
            Service::Mars(of) if of.contains("lost") => cut(),
            Service::Mars(_) => engine("http_71_worker_meta_two_workers.json"),
            _ if query.contains("source") => source(id),
            _ if id != "instances" => match self.running.iter().any(|known| known == id) {
                true => status("Running"),
                false if self.ended.iter().any(|known| known == id) => status("Terminated"),
                false => refused(404, "NoSuchObject", "gone"),
            },
            _ if query.contains("status=Running") => page(&self.running, "Running"),
            _ => page(&self.ended, "Terminated"),
        }
    }

    fn asked(&self, of: &str) -> Vec<Millis> {
        let asked = self.asked.borrow();
        asked
            .iter()
            .filter(|(_, name)| name == of)
            .map(|(at, _)| *at)
            .collect()
    }
}

fn page(ids: &[String], state: &str) -> Result<Response, Unreachable> {
    let items: String = ids
        .iter()
        .map(|id| {
            format!(
                "<Instance><Name>{id}</Name><Owner>ALIYUN$me</Owner>\
                 <StartTime>Thu, 01 Jan 2026 00:00:00 GMT</StartTime><EndTime/>\
                 <Status>{state}</Status></Instance>"
            )
        })
        .collect();
    text(&format!("<Instances><Marker/>{items}</Instances>"))
}

fn source(id: &str) -> Result<Response, Unreachable> {
    if id.contains("sql") {
        return Ok(JobSource::of(Job::of(Task::sql("select 1", [], "u"))).into_response());
    }
    let job = Job::of(Task::cupid(format!("cupid_plan_{id},p,eHasFuxiJob"), "u"));
    Ok(JobSource::of(job).into_response())
}

/// What a reader of the events knows.
fn known(events: &[FleetEvent]) -> BTreeMap<String, Member> {
    let mut known = BTreeMap::new();
    for event in events {
        match event {
            FleetEvent::Member(member) => {
                known.insert(member.instance.clone(), (**member).clone());
            }
            FleetEvent::Gone(id) => {
                known.remove(id);
            }
            _ => {}
        }
    }
    known
}

fn watched(world: &World, fleet: &mut Fleet, start: Millis, steps: usize) -> Vec<FleetEvent> {
    drive_some(fleet, start, steps, &mut |now, service, request| {
        world.answer(now, service, request)
    })
    .err()
    .expect("a fleet has no end")
}

fn ids(list: &[&str]) -> Vec<String> {
    list.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn clusters_are_told_from_other_instances_and_their_workers_counted() {
    let world = World {
        running: ids(&["2026a", "2026sql", "2026starting"]),
        ended: ids(&["2026old"]),
        ..World::default()
    };
    let mut fleet = Fleet::new("p", Owners::All, 3);
    let events = watched(&world, &mut fleet, START, 60);
    let known = known(&events);
    let found: Vec<_> = known.keys().map(String::as_str).collect();
    assert_eq!(found, ["2026a", "2026old", "2026starting"]);
    let crew = known["2026a"].crew.as_ref().expect("listed");
    assert_eq!(crew.what.workers, 2);
    assert!(crew.what.memory > 0);
    assert!(known["2026starting"].problem.is_some());
    assert_eq!(known["2026old"].status, Status::Terminated);
    assert!(
        events
            .iter()
            .any(|event| matches!(event, FleetEvent::Listed { cut: false, .. }))
    );
    let sources = world.asked.borrow();
    let sources = sources.iter().filter(|(_, name)| name.contains("source"));
    assert_eq!(sources.count(), 4, "each is asked once");
}

#[test]
fn what_is_known_is_not_asked_again() {
    let world = World {
        running: ids(&["2026a", "2026sql"]),
        ..World::default()
    };
    let mut fleet = Fleet::new("p", Owners::Mine, 3);
    let events = watched(&world, &mut fleet, START, 30);
    let kept = events.into_iter().filter_map(|event| match event {
        FleetEvent::Known(id, origin) => Some((id, origin)),
        _ => None,
    });
    let mut again = Fleet::new("p", Owners::Mine, 3).knowing(kept);
    world.asked.borrow_mut().clear();
    let events = watched(&world, &mut again, START, 30);
    assert!(known(&events).contains_key("2026a"));
    let asked = world.asked.borrow();
    assert!(asked.iter().all(|(_, name)| !name.contains("source")));
    assert!(asked.iter().any(|(_, name)| name.contains("onlyowner=yes")));
}

#[test]
fn one_that_leaves_the_list_is_asked_for_its_end() {
    let mut world = World {
        running: ids(&["2026a", "2026b"]),
        ..World::default()
    };
    let mut fleet = Fleet::new("p", Owners::All, 3);
    let before = watched(&world, &mut fleet, START, 40);
    assert!(known(&before)["2026a"].runs());
    world.running.clear();
    world.ended = ids(&["2026a"]);
    let after = watched(&world, &mut fleet, START + 120_000, 40);
    let known = known(&[before, after].concat());
    assert!(!known["2026a"].runs());
    assert!(!known.contains_key("2026b"), "the service forgot it");
}

#[test]
fn a_large_fleet_is_read_as_gently_as_a_small_one() {
    let names: Vec<String> = (0..1_000).map(|n| format!("2026c{n}")).collect();
    let world = World {
        running: names.clone(),
        ..World::default()
    };
    let origin = cluster::Origin::default();
    let known = names.iter().map(|id| (id.clone(), Some(origin.clone())));
    let mut fleet = Fleet::new("p", Owners::All, 3).knowing(known);
    watched(&world, &mut fleet, START, 5_000);
    let crew = world.asked("GET mars:/api/worker");
    // The first reading of all of them is as fast as the answers come.
    let after = START + 60_000;
    let calm: Vec<_> = crew.iter().filter(|at| **at >= after).collect();
    let minutes = (*calm[calm.len() - 1] - after) as f64 / 60_000.0;
    assert!(minutes > 2.0, "{minutes}");
    let rate = calm.len() as f64 / minutes;
    assert!(rate <= PER_MINUTE as f64 * 1.05, "{rate}");
}

#[test]
fn a_list_that_fails_keeps_what_is_known_and_is_asked_again() {
    let world = World {
        running: ids(&["2026a"]),
        ..World::default()
    };
    let mut fleet = Fleet::new("p", Owners::All, 3);
    let before = watched(&world, &mut fleet, START, 30);
    let mut down = |_: Millis, _: &Service, _: &Request| cut();
    let during = drive_some(&mut fleet, START + 60_000, 40, &mut down)
        .err()
        .expect("a fleet has no end");
    assert!(
        during
            .iter()
            .any(|event| matches!(event, FleetEvent::Problem(_)))
    );
    let stay = known(&[before, during].concat());
    assert!(stay["2026a"].runs());
    assert!(stay["2026a"].problem.is_some());
    let after = watched(&world, &mut fleet, START + 600_000, 40);
    assert!(known(&after)["2026a"].problem.is_none());
}

#[test]
fn kept_ids_are_looked_for_beside_the_lists() {
    let world = World {
        ended: ids(&["2026mine"]),
        ..World::default()
    };
    let kept = ids(&["2026mine", "2026gone"]);
    let mut fleet = Fleet::new("p", Owners::Mine, 0).and(kept);
    let events = watched(&world, &mut fleet, START, 40);
    let known = known(&events);
    assert_eq!(known.keys().collect::<Vec<_>>(), ["2026mine"]);
}
