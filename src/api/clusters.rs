//! Mars clusters of this account: found among its instances by what was submitted, and by the ids
//! that this browser keeps.

use std::cell::RefCell;
use std::collections::HashMap;

use cluster::Spec;
use odps::instances::{Get, Item, JobSource, Payload, Status};
use wire::{Millis, Target};

use super::kept::{self, KeptCluster};
use super::{Doing, Failure, Problem, instances, send};

/// How many ended instances are looked into: each costs one request, once.
const ENDED: usize = 40;

/// The running mode in the plan of a task that starts a cluster; every other Cupid task of a client
/// (proxy tokens) has another.
const STARTS: &str = "eHasFuxiJob";

/// A cluster in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The instance.
    pub id: String,
    /// The name that was given to it.
    pub name: Option<String>,
    /// Who submitted it.
    pub owner: Option<String>,
    /// Where the instance is.
    pub status: Status,
    /// When it was accepted.
    pub start_time: Option<Millis>,
    /// When it ended.
    pub end_time: Option<Millis>,
    /// What was asked for, when it was asked for in this browser.
    pub spec: Option<Spec>,
}

impl Entry {
    /// It has not ended.
    pub fn runs(&self) -> bool {
        self.status != Status::Terminated
    }
}

thread_local! {
    /// What an instance is never changes, so it is asked for once: the cluster's name, or no cluster.
    static LOOKED_INTO: RefCell<HashMap<String, Option<Named>>> = RefCell::default();
}

#[derive(Clone)]
struct Named(Option<String>);

/// The clusters of this account, running ones first, newest first.
pub async fn list(target: &Target) -> Result<Vec<Entry>, Problem> {
    let kept = kept::clusters(&target.project);
    let relabel = |problem: Problem| Problem {
        what: Doing::ListClusters,
        ..problem
    };
    let running = instances::list(target, Some(Status::Running))
        .await
        .map_err(relabel)?;
    let ended = instances::list(target, Some(Status::Terminated))
        .await
        .map_err(relabel)?;
    let mut entries = Vec::new();
    for item in running.into_iter().chain(ended.into_iter().take(ENDED)) {
        if let Some(Named(name)) = look_into(target, &item.id).await {
            entries.push(entry(item, name, &kept));
        }
    }
    for missing in kept
        .iter()
        .filter(|kept| entries.iter().all(|entry| entry.id != kept.id))
        .take(10)
        .cloned()
        .collect::<Vec<_>>()
    {
        if let Some(found) = find_kept(target, &missing).await {
            entries.push(found);
        }
    }
    entries.sort_by_key(|entry| (!entry.runs(), std::cmp::Reverse(entry.start_time)));
    Ok(entries)
}

fn entry(item: Item, name: Option<String>, kept: &[KeptCluster]) -> Entry {
    let spec = kept
        .iter()
        .find(|kept| kept.id == item.id)
        .and_then(|kept| kept.spec.clone());
    Entry {
        name: name.or_else(|| spec.as_ref().and_then(|spec| spec.name.clone())),
        id: item.id,
        owner: item.owner,
        status: item.status,
        start_time: item.start_time,
        end_time: item.end_time,
        spec,
    }
}

/// The name of the cluster that an instance is, or nothing if it is none.
async fn look_into(target: &Target, id: &str) -> Option<Named> {
    if let Some(known) = LOOKED_INTO.with_borrow(|map| map.get(id).cloned()) {
        return known;
    }
    let source = instances::source(target, id).await.ok()?;
    let named = starts_cluster(&source).then(|| Named(source.job.name.clone()));
    LOOKED_INTO.with_borrow_mut(|map| map.insert(id.to_owned(), named.clone()));
    named
}

/// Whether what was submitted starts a Mars cluster.
pub fn starts_cluster(source: &JobSource) -> bool {
    source.job.tasks.iter().any(|task| {
        task.is_mars() && matches!(&task.payload, Payload::Plan(plan) if plan.ends_with(STARTS))
    })
}

/// A kept id that the list did not show: ended long ago, or of another owner.
async fn find_kept(target: &Target, kept: &KeptCluster) -> Option<Entry> {
    let call = Get {
        id: kept.id.clone(),
    };
    match send(&call, target).await {
        Ok(instance) => Some(Entry {
            id: kept.id.clone(),
            name: kept.spec.as_ref().and_then(|spec| spec.name.clone()),
            owner: instance.owner,
            status: instance.status,
            start_time: instance.start_time.or(Some(kept.at)),
            end_time: instance.end_time,
            spec: kept.spec.clone(),
        }),
        Err(Failure::Odps(error)) if error.is_absent() => {
            kept::forget_cluster(&target.project, &kept.id);
            None
        }
        Err(_) => None,
    }
}
