//! Every Mars cluster of a project, read again and again: lists of instances, what was submitted as
//! each (once, it never changes), and the workers of those that run, each in its turn.
//!
//! One request at a time, and no more than [`PER_MINUTE`] for workers: a fleet of a thousand is read
//! as gently as one of fifty, only less often. Never done; whoever drives it ends it.

mod listing;
mod member;

use std::collections::{BTreeMap, VecDeque};

use mars::v04::session::Workers;
use odps::instances::{Get, Item, Source};
use wire::{Machine, Millis, Request, Response, Service, Step, Unreachable};

use crate::busy::Slots;
use crate::exchange::{Outcome, backoff, mars, odps, request};
use crate::search::{self, Origin};
use crate::{Moment, Problem};

use listing::Listing;
pub use member::{Crew, Member};

/// How many requests a minute workers are worth at most.
pub const PER_MINUTE: u64 = 120;
/// Between two lists of running instances.
const LIST_PACE: Millis = 10_000;
/// Between two lists of ended ones.
const ENDED_PACE: Millis = 60_000;
/// Between two readings of one cluster's workers, while there are few clusters.
const CREW_PACE: Millis = 15_000;
/// How many ended instances are looked into after one list: each costs a request, once.
const LOOKS: usize = 60;

/// Whose clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owners {
    /// The caller's own.
    Mine,
    /// Everybody's, as far as the caller may see them.
    All,
}

/// What a fleet tells.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FleetEvent {
    /// A cluster is new or something about it changed.
    Member(Box<Member>),
    /// The service no longer tells of a cluster.
    Gone(String),
    /// What an instance is: the start of a cluster, or none. Worth keeping, it never changes.
    Known(String, Option<Origin>),
    /// All running instances were listed and looked into.
    Listed {
        /// When.
        at: Millis,
        /// There are more than are looked at.
        cut: bool,
    },
    /// The list could not be read; what is known stays.
    Problem(Moment<Problem>),
}

/// Reads the clusters of a project.
#[derive(Debug)]
pub struct Fleet {
    project: String,
    owners: Owners,
    /// How far back ended ones are listed.
    span: Millis,
    known: BTreeMap<String, Option<Origin>>,
    members: BTreeMap<String, Member>,
    slots: BTreeMap<String, Slots>,
    /// When a cluster's workers are read next.
    due: BTreeMap<String, Millis>,
    failed: BTreeMap<String, u32>,
    listing: Option<Listing>,
    list_at: Millis,
    ended_at: Millis,
    /// Not before this moment: the last list failed.
    pause: Millis,
    trials: u32,
    /// Instances whose source is still to be read.
    unknown: VecDeque<Item>,
    /// Clusters that are in no list: their state is asked for.
    strayed: VecDeque<String>,
    told: bool,
    cut: bool,
    asking: Option<Ask>,
    events: VecDeque<FleetEvent>,
}

#[derive(Clone, Debug)]
enum Ask {
    List,
    Source(Item),
    State(String),
    Crew(String),
}

impl Fleet {
    /// Will read the clusters of a project, ended ones of the last `days` days.
    pub fn new(project: impl Into<String>, owners: Owners, days: u32) -> Self {
        Self {
            project: project.into(),
            owners,
            span: u64::from(days) * 86_400_000,
            known: BTreeMap::new(),
            members: BTreeMap::new(),
            slots: BTreeMap::new(),
            due: BTreeMap::new(),
            failed: BTreeMap::new(),
            listing: None,
            list_at: 0,
            ended_at: 0,
            pause: 0,
            trials: 0,
            unknown: VecDeque::new(),
            strayed: VecDeque::new(),
            told: true,
            cut: false,
            asking: None,
            events: VecDeque::new(),
        }
    }

    /// Knows what these instances are, from an earlier reading.
    pub fn knowing(mut self, known: impl IntoIterator<Item = (String, Option<Origin>)>) -> Self {
        self.known.extend(known);
        self
    }

    /// Looks for these clusters too, though no list may hold them: older ones, or a colleague's.
    pub fn and(mut self, instances: impl IntoIterator<Item = String>) -> Self {
        self.strayed.extend(instances);
        self
    }

    /// What is to be asked now, or when there will be something.
    fn choose(&mut self, now: Millis) -> Result<Ask, Millis> {
        if let Some(ask) = (now >= self.pause).then(|| self.control(now)).flatten() {
            return Ok(ask);
        }
        let next = self.list_at.max(self.pause);
        match self.due.iter().min_by_key(|(_, at)| **at) {
            Some((id, at)) if *at <= now => Ok(Ask::Crew(id.clone())),
            Some((_, at)) => Err((*at).min(next)),
            None => Err(next),
        }
    }

    /// What is to be asked of the control plane now.
    fn control(&mut self, now: Millis) -> Option<Ask> {
        if self.listing.is_none() && now >= self.list_at {
            self.list_at = now + LIST_PACE;
            self.listing = Some(Listing::running());
            self.told = false;
        }
        if self.listing.is_some() {
            return Some(Ask::List);
        }
        if let Some(id) = self.strayed.pop_front() {
            return Some(Ask::State(id));
        }
        let unknown = self.unknown.pop_front().map(Ask::Source);
        if unknown.is_none() && !self.told {
            self.told = true;
            self.events.push_back(FleetEvent::Listed {
                at: now,
                cut: self.cut,
            });
        }
        unknown
    }

    fn request(&self, ask: &Ask, now: Millis) -> (Service, Request) {
        match ask {
            Ask::List => {
                let listing = self.listing.clone().unwrap_or_else(Listing::running);
                // The platform ends a cluster after three days: older ones that run are not missed.
                let span = match listing.is_running() {
                    true => self.span.max(2 * crate::fate::CAP),
                    false => self.span,
                };
                let since = now.saturating_sub(span) / 1000;
                request(&listing.call(since, self.owners), &self.project)
            }
            Ask::Source(item) => request(
                &Source {
                    id: item.id.clone(),
                },
                &self.project,
            ),
            Ask::State(id) => request(&Get { id: id.clone() }, &self.project),
            Ask::Crew(id) => request(
                &Workers {
                    instance: id.clone(),
                },
                &self.project,
            ),
        }
    }

    fn listed(&mut self, now: Millis, outcome: Outcome) {
        let Some(mut listing) = self.listing.take() else {
            return;
        };
        let page = match listing.read(outcome) {
            Ok(page) => page,
            Err(problem) => return self.refused(now, listing, problem),
        };
        self.trials = 0;
        let mut looks = if listing.is_running() {
            usize::MAX
        } else {
            LOOKS
        };
        for item in page {
            let known = self.members.contains_key(&item.id);
            if known || looks > 0 {
                looks -= usize::from(!known && !self.known.contains_key(&item.id));
                self.seen(item);
            }
        }
        if listing.has_more() {
            self.listing = Some(listing);
        } else if listing.is_running() {
            self.cut = listing.is_cut();
            self.stray(&listing);
            if now >= self.ended_at {
                self.ended_at = now + ENDED_PACE;
                self.listing = Some(Listing::ended());
            }
        }
    }

    fn refused(&mut self, now: Millis, listing: Listing, problem: Problem) {
        self.trials += 1;
        self.pause = now + backoff(self.trials);
        // A list that broke off begins anew: what was seen of it may have changed.
        if !listing.is_running() {
            self.ended_at = self.pause;
        }
        self.list_at = self.pause;
        self.told = true;
        self.events.push_back(FleetEvent::Problem(Moment {
            at: now,
            what: problem,
        }));
    }

    /// Those that ran and are no longer listed as running.
    fn stray(&mut self, listing: &Listing) {
        let gone = self
            .members
            .values()
            .filter(|member| member.runs() && !listing.holds(&member.instance));
        let gone: Vec<String> = gone.map(|member| member.instance.clone()).collect();
        // In a list that was cut, not to be listed says nothing.
        if !listing.is_cut() {
            self.strayed.extend(gone);
        }
    }

    fn seen(&mut self, item: Item) {
        if let Some(member) = self.members.get_mut(&item.id) {
            if member.listed(&item) {
                let member = member.clone();
                self.tell(member);
            }
            return;
        }
        match self.known.get(&item.id) {
            Some(Some(origin)) => {
                let member = Member::of(&item, origin.clone());
                self.join(member);
            }
            Some(None) => {}
            None => {
                let queued = self.unknown.iter().any(|known| known.id == item.id);
                if !queued {
                    self.unknown.push_back(item);
                }
            }
        }
    }

    fn join(&mut self, member: Member) {
        if member.runs() {
            self.due.insert(member.instance.clone(), 0);
        }
        self.members.insert(member.instance.clone(), member.clone());
        self.tell(member);
    }

    fn tell(&mut self, member: Member) {
        if !member.runs() {
            self.due.remove(&member.instance);
        }
        self.events.push_back(FleetEvent::Member(Box::new(member)));
    }

    fn sourced(&mut self, now: Millis, item: Item, outcome: Outcome) {
        let call = Source {
            id: item.id.clone(),
        };
        let origin = match odps(&call, outcome) {
            Ok(source) => search::read(&source.job),
            // A stranger's source may be closed to the caller: then nobody knows what it is.
            Err(problem) if problem.is_final() => None,
            Err(problem) => {
                self.unknown.push_back(item);
                self.trials += 1;
                self.pause = now + backoff(self.trials);
                self.events.push_back(FleetEvent::Problem(Moment {
                    at: now,
                    what: problem,
                }));
                return;
            }
        };
        self.trials = 0;
        self.known.insert(item.id.clone(), origin.clone());
        self.events
            .push_back(FleetEvent::Known(item.id.clone(), origin.clone()));
        if let Some(origin) = origin {
            self.join(Member::of(&item, origin));
        }
    }

    fn stated(&mut self, now: Millis, id: String, outcome: Outcome) {
        let state = match odps(&Get { id: id.clone() }, outcome) {
            Ok(state) => state,
            // Forgotten by the service, or closed to the caller.
            Err(problem) if problem.is_final() => return self.forget(&id),
            Err(_) => {
                self.strayed.push_back(id);
                self.trials += 1;
                self.pause = now + backoff(self.trials);
                return;
            }
        };
        self.trials = 0;
        self.seen(Item {
            id,
            owner: state.owner,
            start_time: state.start_time,
            end_time: state.end_time,
            status: state.status,
        });
    }

    fn forget(&mut self, id: &str) {
        self.due.remove(id);
        if self.members.remove(id).is_some() {
            self.events.push_back(FleetEvent::Gone(id.to_owned()));
        }
    }

    fn crewed(&mut self, now: Millis, id: String, outcome: Outcome) {
        let answer = mars(
            &Workers {
                instance: id.clone(),
            },
            outcome,
        );
        let Some(member) = self.members.get_mut(&id) else {
            self.due.remove(&id);
            return;
        };
        let wait = match answer {
            Ok(list) => {
                let busy = self.slots.entry(id.clone()).or_default().is_busy(&list);
                member.worked(now, &list, busy);
                self.failed.remove(&id);
                0
            }
            Err(problem) => {
                let failed = self.failed.entry(id.clone()).or_default();
                *failed = failed.saturating_add(1);
                member.problem = Some(Moment {
                    at: now,
                    what: problem,
                });
                backoff(*failed)
            }
        };
        let member = member.clone();
        self.due.insert(id, now + self.crew_pace().max(wait));
        self.tell(member);
    }

    /// Between two readings of the same cluster.
    fn crew_pace(&self) -> Millis {
        let clusters = self.due.len() as u64;
        CREW_PACE.max(clusters.saturating_mul(60_000) / PER_MINUTE)
    }
}

impl Machine for Fleet {
    type Event = FleetEvent;
    type Output = std::convert::Infallible;

    fn poll(&mut self, now: Millis) -> Step<Self::Event, Self::Output> {
        if let Some(event) = self.events.pop_front() {
            return Step::Event(event);
        }
        let chosen = match self.asking.take() {
            Some(ask) => Ok(ask),
            None => self.choose(now),
        };
        // To have nothing more to ask may itself be worth telling.
        if let Some(event) = self.events.pop_front() {
            self.asking = chosen.ok();
            return Step::Event(event);
        }
        match chosen {
            Ok(ask) => {
                let (service, request) = self.request(&ask, now);
                self.asking = Some(ask);
                Step::Send(service, request)
            }
            Err(until) => Step::Wait(until),
        }
    }

    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        match self.asking.take() {
            Some(Ask::List) => self.listed(now, outcome),
            Some(Ask::Source(item)) => self.sourced(now, item, outcome),
            Some(Ask::State(id)) => self.stated(now, id, outcome),
            Some(Ask::Crew(id)) => self.crewed(now, id, outcome),
            None => {}
        }
    }
}
