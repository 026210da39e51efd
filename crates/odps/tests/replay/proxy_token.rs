//! The token procedure against the recorded exchange: the first try fails because the web is not
//! registered, the second succeeds, the notebook comes third.

use odps::cupid::proxy_token::{Event, Failure, Ids, MARS_NOTEBOOK, MARS_WEB, ProxyToken};
use odps::cupid::{PLAN_PREFIX, PlanReference};
use odps::{date, instances, resources};
use wire::{Call, Machine, Millis, Secret, Step};

use crate::recording::{Exchange, load, target};

const CLUSTER: &str = "20260101000000001gstub0001";

/// The time of a recorded request.
fn time(exchange: &Exchange) -> Millis {
    let text = exchange.request.headers()["date"].to_str().expect("a date");
    date::parse_rfc1123(text).expect("a date")
}

/// Runs the machine against the exchanges; it must send exactly these and then end.
fn replay(exchanges: &[Exchange], app: &str) -> Result<Secret, Failure> {
    let plan = resources::Create::from_request(&exchanges[0].request).expect("a plan comes first");
    let create = instances::Create::from_request(&exchanges[1].request).expect("then an instance");
    let ids = Ids {
        plan: plan
            .name
            .strip_prefix(PLAN_PREFIX)
            .expect("the name of a plan")
            .to_owned(),
        task: create.job.tasks[0]
            .property("uuid")
            .expect("the id of a task")
            .to_owned(),
    };
    let start = time(&exchanges[0]);
    let mut machine = ProxyToken::new(target(), CLUSTER, app, 720, &ids, start + 60_000);
    let (mut now, mut rest, mut submitted) = (start, exchanges.iter(), None);
    loop {
        match machine.poll(now) {
            Step::Wait(until) => {
                assert_eq!(until, now + 1000, "one look per second");
                now = until;
            }
            Step::Event(Event::Submitted { instance }) => submitted = Some(instance),
            Step::Send(service, request) => {
                let exchange = rest.next().expect("no more than the real client sent");
                assert_eq!(service, wire::Service::Odps);
                assert_eq!(
                    request.method(),
                    exchange.request.method(),
                    "seq {}",
                    exchange.seq
                );
                assert_eq!(
                    request.uri(),
                    exchange.request.uri(),
                    "seq {}",
                    exchange.seq
                );
                assert_eq!(
                    request.body(),
                    exchange.request.body(),
                    "seq {}",
                    exchange.seq
                );
                for (name, value) in request.headers() {
                    assert_eq!(
                        exchange.request.headers().get(name),
                        Some(value),
                        "seq {}",
                        exchange.seq
                    );
                }
                machine.feed(now, Ok(exchange.response.clone()));
            }
            Step::Done(outcome) => {
                assert!(rest.next().is_none(), "no less than the real client sent");
                assert!(submitted.is_some_and(|instance| instance.ends_with("gstub0001")));
                return outcome;
            }
        }
    }
}

#[test]
fn fails_succeeds_and_succeeds_again() {
    let recording = load("create_cluster_0.9");
    let seqs = |from: usize, to: usize| &recording.exchanges[from - 1..to];
    let failed = Failure::Failed {
        text: "stub: app MarsWeb is not registered".into(),
        user: false,
    };
    assert_eq!(replay(seqs(7, 16), MARS_WEB), Err(failed));
    assert_eq!(
        replay(seqs(18, 27), MARS_WEB),
        Ok(Secret::new("stubtokenmarsweb2"))
    );
    assert_eq!(
        replay(seqs(28, 37), MARS_NOTEBOOK),
        Ok(Secret::new("stubtokenmarsnotebook3"))
    );
}

#[test]
fn the_reference_names_plan_and_project() {
    let recording = load("create_cluster_0.9");
    let create = instances::Create::from_request(&recording.seq(8).request).expect("an instance");
    let instances::Payload::Plan(text) = &create.job.tasks[0].payload else {
        panic!("a token task has a plan");
    };
    let reference = PlanReference::read(text).expect("a reference");
    assert_eq!(
        (reference.project.as_str(), reference.mode.as_str()),
        ("vec_project", "eAsyncNotFuxiJob")
    );
}
