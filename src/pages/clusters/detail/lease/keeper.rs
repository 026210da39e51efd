//! Keeps the lease of one cluster as long as its page is open: asks the gateway how it stands, tells
//! it that this tab is there, and, where the gateway runs none, runs the lease itself.

use cluster::lease::{Check, Checked, Decision, Due, Rule, Standing, What};
use cluster::{Stop, StopOutcome};
use leptos::prelude::*;
use wire::Millis;

use super::super::super::life::Life;
use crate::api::leases::{self, OwnLease};
use crate::api::{self, Polled, Problem, random};
use crate::state::profile::Profile;

/// Between two questions to the gateway; each is a beat of this tab too.
const PACE: u64 = 5_000;

/// The lease of one cluster.
#[derive(Clone, Copy)]
pub struct Keeper {
    gateway: Polled<Standing>,
    own: RwSignal<OwnLease>,
    decision: RwSignal<Option<Decision>>,
    /// A change is on its way.
    pub busy: Signal<bool>,
    /// Why a change was not made.
    pub problem: RwSignal<Option<Problem>>,
    changing: RwSignal<bool>,
    stopping: RwSignal<bool>,
    id: StoredValue<String>,
    profile: Profile,
}

/// Keeps the lease of a cluster as long as the component lives.
pub fn keep(id: &str, life: RwSignal<Life>) -> Keeper {
    let tab = random::uuid();
    let (asked, beating) = (id.to_owned(), tab.clone());
    let gateway = api::every(PACE, move || {
        let (id, tab) = (asked.clone(), beating.clone());
        async move {
            let standing = leases::standing(&id).await?;
            let rule = standing.lease.as_ref().map(|lease| lease.rule);
            if standing.watcher && matches!(rule, Some(Rule::LastTab { .. })) {
                leases::beat(&id, &tab);
            }
            Ok(standing)
        }
    });
    let changing = RwSignal::new(false);
    let keeper = Keeper {
        gateway,
        own: RwSignal::new(OwnLease::restored(id)),
        decision: RwSignal::new(None),
        busy: changing.into(),
        problem: RwSignal::new(None),
        changing,
        stopping: RwSignal::new(false),
        id: StoredValue::new(id.to_owned()),
        profile: Profile::expect(),
    };
    let said = id.to_owned();
    let hears = move || {
        gateway.reading.try_with_untracked(|it| {
            it.value
                .as_ref()
                .is_some_and(|it| it.watcher && it.lease.is_some())
        })
    };
    let bye = move || {
        if hears() == Some(true) {
            leases::farewell(&said, &tab);
        }
    };
    let bye = send_wrapper::SendWrapper::new(bye);
    let leaving = bye.clone();
    let handle = window_event_listener_untyped("pagehide", move |_| leaving());
    on_cleanup(move || {
        handle.remove();
        bye();
    });
    Effect::new(move |_| keeper.look(life));
    keeper
}

impl Keeper {
    /// How the lease stands; nothing before the gateway has answered. Subscribes.
    pub fn standing(self) -> Option<Standing> {
        let of_gateway = self.gateway.value()?;
        if of_gateway.watcher {
            return Some(of_gateway);
        }
        let own = self.own.get();
        Some(Standing {
            decision: self.decision.get().filter(|_| own.lease.is_some()),
            lease: own.lease,
            entries: own.entries,
            ..of_gateway
        })
    }

    /// Makes or changes the lease.
    pub fn set(self, rule: Rule, not_before: Option<Millis>) {
        let id = self.id.get_value();
        if self.runs_itself() {
            let Some(connection) = self.profile.now() else {
                return;
            };
            let (project, by) = (&connection.project, &connection.access_id);
            let lease = OwnLease::wish(&id, project, by, rule, not_before);
            self.decision.set(None);
            self.change(|own| own.set(Some(lease)));
            return;
        }
        self.ask(async move { leases::set(&id, rule, not_before).await });
    }

    /// Takes the lease back.
    pub fn drop_lease(self) {
        let id = self.id.get_value();
        if self.runs_itself() {
            self.change(|own| own.set(None));
            return;
        }
        self.ask(async move { leases::drop_lease(&id).await });
    }

    fn ask(self, change: impl Future<Output = Result<Standing, Problem>> + 'static) {
        self.changing.set(true);
        api::spawn(async move {
            let outcome = change.await;
            self.changing.try_set(false);
            self.problem.try_set(outcome.err());
            self.gateway.refresh();
        });
    }

    fn runs_itself(self) -> bool {
        let gateway = self.gateway.reading;
        gateway.with_untracked(|it| it.value.as_ref().is_some_and(|it| !it.watcher))
    }

    fn change(self, change: impl FnOnce(&mut OwnLease)) {
        self.own.try_update(change);
        self.own
            .try_with_untracked(|own| self.id.with_value(|id| own.keep(id)));
    }

    /// A reading came in: decides, where this tab runs the lease.
    fn look(self, life: RwSignal<Life>) {
        let (read_at, busy, ended) = life.with(|life| {
            let listed = life.workers.as_ref();
            let listed = listed.filter(|workers| !workers.what.workers.is_empty());
            let busy = life.activity.map(|activity| activity.busy);
            let ended = life.end().is_some();
            (
                life.read_at,
                busy.zip(listed.map(|listed| listed.at)),
                ended,
            )
        });
        let ours = self.own.with_untracked(|own| own.lease.is_some());
        if !self.runs_itself() || !ours || self.stopping.get_untracked() {
            return;
        }
        let mut due = None;
        self.change(|own| {
            let decision = own.read(read_at, busy, ended);
            self.decision.set(decision);
            due = own.confirmed(decision, read_at);
        });
        if let Some(why) = due {
            self.stopping.set(true);
            self.confirm(why);
        }
    }

    /// The last look before the stop.
    fn confirm(self, why: Due) {
        let Some(connection) = self.profile.now() else {
            self.stopping.set(false);
            return;
        };
        if why == Due::Time {
            return self.stop(why, connection.project);
        }
        let project = connection.project;
        let check = Check::new(project.clone(), self.id.get_value());
        api::drive(
            check,
            |never| match never {},
            move |checked| match checked {
                Checked::Idle => self.stop(why, project),
                Checked::Busy => self.tried(What::Held, why, None),
                Checked::Unknown { problem } => {
                    self.tried(What::Held, why, Some(problem.to_string()));
                }
            },
        );
    }

    fn stop(self, why: Due, project: String) {
        let stop = Stop::new(project, self.id.get_value());
        api::drive_on(
            stop,
            |_| {},
            move |outcome| match outcome {
                StopOutcome::Stopped { .. } => self.tried(What::Stopped, why, None),
                StopOutcome::NoSuchInstance => self.tried(What::Gone, why, None),
                StopOutcome::Refused { problem } => {
                    self.tried(What::NotStopped, why, Some(problem.to_string()));
                }
                _ => self.tried(What::NotStopped, why, None),
            },
        );
    }

    fn tried(self, what: What, why: Due, detail: Option<String>) {
        self.change(|own| own.tried(what, why, detail));
        self.stopping.try_set(false);
    }
}
