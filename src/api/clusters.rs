//! The Mars clusters of the project: found among its instances by what was submitted, watched
//! together, and joined with what this browser keeps of its own.

use std::collections::{BTreeMap, BTreeSet};

use cluster::fate::{Fate, Signs};
use cluster::fleet::{Crew, Fleet, FleetEvent, Member, Owners};
use cluster::{Activity, Moment, Origin, Spec, recover_name};
use leptos::prelude::*;
use odps::instances::Status;
use odps::projects::Users;
use wire::Millis;

use super::kept::{self, KeptCluster};
use super::{Doing, Driving, Problem, drive_on, send, spawn, target};
use crate::state::profile::Profile;

/// How many ended clusters that no list holds are looked for.
const KEPT: usize = 10;
/// How many instances are remembered for the next page of this tab.
const REMEMBERED: usize = 3_000;

/// A cluster in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The instance.
    pub id: String,
    /// The name that was given to it, or that its task's hash was made of.
    pub name: Option<String>,
    /// Who submitted it.
    pub owner: Option<String>,
    /// Where the instance is.
    pub status: Status,
    /// When it was accepted.
    pub start_time: Option<Millis>,
    /// When it ended.
    pub end_time: Option<Millis>,
    /// What was asked for, where its job or this browser tells.
    pub spec: Option<Spec>,
    /// Its workers, when they were last listed.
    pub crew: Option<Moment<Crew>>,
    /// Whether it computes, as far as this page saw.
    pub activity: Option<Activity>,
    /// Why its workers could not be listed.
    pub problem: Option<Moment<cluster::Problem>>,
    /// Whether its owner is a member of the project, where the members may be read.
    pub owner_present: Option<bool>,
}

impl Entry {
    /// It has not ended.
    pub fn runs(&self) -> bool {
        self.status != Status::Terminated
    }

    /// How long it has been there, or was.
    pub fn age(&self, now: Millis) -> Option<Millis> {
        let until = self.end_time.filter(|_| !self.runs()).unwrap_or(now);
        self.start_time.map(|start| until.saturating_sub(start))
    }

    /// Since when nothing computes on it, as far as this page saw.
    pub fn idle_since(&self) -> Option<Millis> {
        self.activity
            .filter(|activity| !activity.busy && self.runs())
            .map(|activity| activity.since)
    }

    /// What ends it if nobody does anything.
    pub fn fate(&self, now: Millis) -> Option<Fate> {
        let signs = Signs {
            started: self.start_time,
            busy: self.activity.map(|activity| activity.busy),
            idle_since: self.idle_since(),
            used: None,
            owner_present: self.owner_present,
        };
        self.runs().then(|| Fate::of(&signs, now))
    }
}

/// Clusters that are being watched.
#[derive(Clone, Copy)]
pub struct Watched {
    /// By instance.
    pub entries: RwSignal<BTreeMap<String, Entry>>,
    /// When the list was last read whole.
    pub at: RwSignal<Option<Millis>>,
    /// There are more running instances than are looked at.
    pub cut: RwSignal<bool>,
    /// Why there is no newer list.
    pub problem: RwSignal<Option<Problem>>,
    members: StoredValue<Option<BTreeSet<String>>>,
    driving: StoredValue<Driving, LocalStorage>,
    /// How often it began: what an older beginning brings is not wanted any more.
    turn: StoredValue<u32>,
}

impl Watched {
    /// All of them, those that run first, newest first; nothing before the first list. Subscribes.
    pub fn list(self) -> Option<Vec<Entry>> {
        let mut list: Vec<Entry> = self
            .entries
            .with(|entries| entries.values().cloned().collect());
        if list.is_empty() && self.at.get().is_none() {
            return None;
        }
        list.sort_by_key(|entry| (!entry.runs(), std::cmp::Reverse(entry.start_time)));
        Some(list)
    }

    /// Newer readings failed; subscribes.
    pub fn stale(self) -> Signal<bool> {
        Signal::derive(move || self.problem.with(Option::is_some))
    }

    /// Begins anew, with other owners or another time.
    pub fn begin(self, owners: Owners, days: u32) {
        self.driving.with_value(Driving::stop);
        self.at.set(None);
        self.problem.set(None);
        self.entries.update(BTreeMap::clear);
        let known = Profile::expect().now();
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        spawn(async move {
            let target = match target(known).await {
                Ok(target) => target,
                Err(problem) => {
                    self.problem.try_set(Some(problem));
                    return;
                }
            };
            self.read_members(&target).await;
            if self.turn.try_get_value() == Some(turn) {
                let drive = self.drive(&target.project, owners, days);
                self.driving.set_value(drive);
            }
        });
    }

    /// Members are asked for once; where that is forbidden, nobody is said to be gone.
    async fn read_members(self, target: &wire::Target) {
        if let Ok(list) = send(&Users, target).await {
            let names = list.names.into_iter().collect();
            self.members.try_set_value(Some(names));
        }
    }

    fn drive(self, project: &str, owners: Owners, days: u32) -> Driving {
        let kept = kept::clusters(project);
        let own = kept.iter().take(KEPT).map(|kept| kept.id.clone());
        let own: Vec<String> = own.collect();
        let fleet = Fleet::new(project, owners, days)
            .knowing(remembered(project))
            .and(own);
        let project = project.to_owned();
        let mut known = remembered(&project);
        drive_on(
            fleet,
            move |event| match event {
                FleetEvent::Member(member) => self.take(*member, &kept),
                FleetEvent::Gone(id) => {
                    kept::forget_cluster(&project, &id);
                    self.entries.try_update(|entries| entries.remove(&id));
                }
                FleetEvent::Known(id, origin) => known.push((id, origin)),
                FleetEvent::Listed { at, cut } => {
                    remember(&project, &known);
                    self.cut.try_set(cut);
                    self.problem.try_set(None);
                    self.at.try_set(Some(at));
                }
                FleetEvent::Problem(problem) => {
                    let problem = Problem::of(Doing::ListClusters, problem.what);
                    self.problem.try_set(Some(problem));
                }
                _ => {}
            },
            |never| match never {},
        )
    }

    fn take(self, member: Member, kept: &[KeptCluster]) {
        let present = self.members.try_with_value(|members| {
            let (members, owner) = (members.as_ref()?, member.owner.as_ref()?);
            Some(members.contains(owner))
        });
        let entry = entry(member, kept, present.flatten());
        self.entries
            .try_update(|entries| entries.insert(entry.id.clone(), entry));
    }
}

/// Watches clusters as long as the component lives; nothing is read before [`Watched::begin`].
pub fn watch() -> Watched {
    let driving = StoredValue::new_local(Driving::default());
    on_cleanup(move || {
        driving.try_with_value(Driving::stop);
    });
    Watched {
        entries: RwSignal::default(),
        at: RwSignal::new(None),
        cut: RwSignal::new(false),
        problem: RwSignal::new(None),
        members: StoredValue::new(None),
        driving,
        turn: StoredValue::new(0),
    }
}

fn entry(member: Member, kept: &[KeptCluster], owner_present: Option<bool>) -> Entry {
    let of_kept = kept.iter().find(|kept| kept.id == member.instance);
    let spec = of_kept.and_then(|kept| kept.spec.clone());
    let spec = spec.or_else(|| member.origin.spec.clone());
    let asked = spec.as_ref().and_then(|spec| spec.name.clone());
    let names = kept
        .iter()
        .filter_map(|kept| kept.spec.as_ref()?.name.as_deref());
    let hashed = recover_name(&member.origin.task, names.chain(["default"]));
    let name = member.origin.name.clone().or(asked);
    Entry {
        name: name.or_else(|| hashed.map(str::to_owned)),
        id: member.instance,
        owner: member.owner,
        status: member.status,
        start_time: member.started,
        end_time: member.ended,
        spec,
        crew: member.crew,
        activity: member.activity,
        problem: member.problem,
        owner_present,
    }
}

type Known = Vec<(String, Option<Origin>)>;

/// What the tab knows of instances: what they are never changes.
fn remembered(project: &str) -> Known {
    kept::intent(&memory(project))
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

fn remember(project: &str, known: &Known) {
    let newest = &known[known.len().saturating_sub(REMEMBERED)..];
    let text = serde_json::to_string(newest).ok();
    kept::set_intent(&memory(project), text.as_deref());
}

fn memory(project: &str) -> String {
    format!("mars-console.known.{project}")
}
