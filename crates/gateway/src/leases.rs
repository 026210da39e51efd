//! Leases that the gateway runs for its users: a watcher for each, which reads the cluster, decides
//! with `cluster::lease`, and stops it in two phases. On only when the configuration names a folder.
//!
//! Every change is on the disk before it counts, so that whatever ends the gateway, it goes on where
//! it was. One folder belongs to one gateway at a time.

mod audit;
mod drive;
mod routes;
mod store;
mod tabs;
mod watcher;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cluster::lease::{Decision, Entry, Lease, Standing, What};
use tokio::task::AbortHandle;
use wire::Millis;

use crate::Gateway;
use crate::tokens::now;
use audit::Audit;
use store::{Kept, Store};
use tabs::Tabs;

pub(crate) use routes::{drop_one, list, one, seen, set};

/// As many leases as one gateway runs.
const MOST: usize = 500;

/// A lease that is being run.
#[derive(Debug)]
struct Held {
    kept: Kept,
    decision: Option<(Decision, Millis)>,
    tabs: Tabs,
    task: Option<AbortHandle>,
}

/// All leases of a gateway.
#[derive(Debug)]
pub(crate) struct Leases {
    store: Store,
    audit: Audit,
    held: Mutex<HashMap<String, Held>>,
}

impl Leases {
    /// Takes the folder over, with what an earlier gateway left in it.
    pub(crate) fn open(folder: &Path) -> std::io::Result<Self> {
        let store = Store::open(folder)?;
        let audit = Audit::open(folder)?;
        let started = now();
        let held = store.read_all()?.into_iter().map(|kept| {
            let held = Held {
                tabs: Tabs::new(started),
                kept,
                decision: None,
                task: None,
            };
            (held.kept.lease.instance.clone(), held)
        });
        Ok(Self {
            held: Mutex::new(held.collect()),
            store,
            audit,
        })
    }

    /// Begins, or goes on, to watch every cluster with a lease.
    pub(crate) fn begin(&self, gateway: &Arc<Gateway>) {
        let instances: Vec<String> = self.held().keys().cloned().collect();
        for instance in instances {
            self.watch(gateway, &instance);
        }
    }

    /// Ends all watchers; the leases stay on the disk.
    pub(crate) fn end(&self) {
        for held in self.held().values_mut() {
            if let Some(task) = held.task.take() {
                task.abort();
            }
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(&self, gateway: &Arc<Gateway>, instance: &str) {
        let task = tokio::spawn(watcher::run(Arc::clone(gateway), instance.to_owned()));
        let handle = task.abort_handle();
        let before = self
            .held()
            .get_mut(instance)
            .and_then(|held| held.task.replace(handle));
        if let Some(before) = before {
            before.abort();
        }
    }

    /// Makes or changes a lease; it is on the disk when this returns.
    fn set(&self, gateway: &Arc<Gateway>, lease: Lease) -> std::io::Result<bool> {
        let instance = lease.instance.clone();
        {
            let mut all = self.held();
            let before = all.remove(&instance);
            if before.is_none() && all.len() >= MOST {
                return Ok(false);
            }
            let what = before.as_ref().map_or(What::Made, |_| What::Changed);
            let sight = before.as_ref().map(|held| held.kept.sight);
            let kept = Kept::new(lease, sight.unwrap_or_default());
            if let Err(error) = self.store.write(&kept) {
                if let Some(before) = before {
                    all.insert(instance, before);
                }
                return Err(error);
            }
            self.note(&kept.lease, what, None, None);
            let (tabs, task) = before.map_or_else(
                || (Tabs::new(now()), None),
                |before| (before.tabs, before.task),
            );
            let held = Held {
                kept,
                decision: None,
                tabs,
                task,
            };
            all.insert(instance.clone(), held);
        }
        self.watch(gateway, &instance);
        Ok(true)
    }

    /// Forgets a lease for the given reason; false when there is none.
    fn finish(
        &self,
        instance: &str,
        what: What,
        why: Option<cluster::lease::Due>,
        detail: Option<String>,
    ) -> std::io::Result<bool> {
        let mut all = self.held();
        let Some(held) = all.get(instance) else {
            return Ok(false);
        };
        self.store.remove(instance)?;
        self.note(&held.kept.lease, what, why, detail);
        if let Some(task) = all.remove(instance).and_then(|held| held.task) {
            // The watcher itself comes here too, as its last act.
            task.abort();
        }
        Ok(true)
    }

    /// Writes a line of the audit log.
    fn note(
        &self,
        lease: &Lease,
        what: What,
        why: Option<cluster::lease::Due>,
        detail: Option<String>,
    ) {
        let entry = Entry {
            at: now(),
            instance: lease.instance.clone(),
            project: lease.project.clone(),
            by: lease.by.clone(),
            rule: lease.rule,
            what,
            why,
            detail,
        };
        tracing::info!(instance = entry.instance, ?what, "lease");
        if let Err(error) = self.audit.append(&entry) {
            tracing::error!(%error, "the audit log of leases cannot be written");
        }
    }

    fn standing(&self, instance: &str) -> Standing {
        let entries = self.audit.of(instance);
        let all = self.held();
        let held = all.get(instance);
        let decision = held.and_then(|held| held.decision);
        Standing {
            watcher: true,
            lease: held.map(|held| held.kept.lease.clone()),
            decision: decision.map(|(decision, _)| decision),
            decided_at: decision.map(|(_, at)| at),
            again_at: held.and_then(|held| held.kept.again_at),
            entries,
        }
    }
}
