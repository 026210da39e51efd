//! A launch that survives a reload: the machine is written down before each of its requests leaves.

use std::time::Duration;

use leptos::prelude::set_timeout;

use cluster::{Launch, LaunchEvent, LaunchFailure, LaunchIds, Launched, Moment, Spec};
use serde_json::{Value, json};
use wire::{Machine, Millis, Response, Step, Unreachable};

use super::kept;
use super::random::uuid;
use crate::state::profile::Connection;

/// Where the machine is written until the page of its cluster has taken it up.
const PENDING: &str = "mars-console.launch";
/// How long the page of a cluster stands before the form no longer leads to it.
const SETTLED: Duration = Duration::from_secs(1);

/// A launch that writes itself down in the tab's own storage.
pub struct KeptLaunch {
    launch: Launch,
    reached: Vec<(String, Millis)>,
}

impl KeptLaunch {
    /// A new launch.
    pub fn new(spec: Spec, connection: &Connection) -> Self {
        let ids = LaunchIds {
            plan: uuid(),
            task: uuid(),
        };
        Self {
            launch: Launch::new(spec, place(connection), ids),
            reached: Vec::new(),
        }
    }

    /// The launch that was under way in this tab and that no cluster's page has taken up yet.
    pub fn pending() -> Option<Self> {
        Self::read(&kept::intent(PENDING)?)
    }

    /// The launch of this instance that was under way in this tab; its cluster's page takes it up.
    pub fn of(instance: &str) -> Option<Self> {
        let taken = instance.to_owned();
        // A reload that was under way may still bring the form back: that page ends before this does.
        set_timeout(move || Self::settle(&taken), SETTLED);
        Self::read(&kept::intent(&key(instance))?)
    }

    /// Writes a launch down that the form is to take up.
    pub fn intend(&self) {
        self.write();
    }

    /// The instance, once it is known.
    pub fn instance(&self) -> Option<&str> {
        self.launch.instance()
    }

    /// What is launched.
    pub fn spec(&self) -> &Spec {
        self.launch.spec()
    }

    /// The steps that were reached, with their times.
    pub fn reached(&self) -> &[(String, Millis)] {
        &self.reached
    }

    /// Forgets what was written down for an instance, or for the submission without one.
    pub fn forget(instance: Option<&str>) {
        kept::set_intent(&instance.map_or_else(|| PENDING.to_owned(), key), None);
    }

    /// The page of an instance has taken its launch up for good.
    fn settle(instance: &str) {
        if Self::pending().is_some_and(|launch| launch.instance() == Some(instance)) {
            Self::forget(None);
        }
    }

    fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let launch = serde_json::from_value(value.get("launch")?.clone()).ok()?;
        let reached = serde_json::from_value(value.get("reached")?.clone()).ok()?;
        Some(Self { launch, reached })
    }

    fn write(&self) {
        let text = json!({ "launch": self.launch, "reached": self.reached }).to_string();
        match self.launch.instance() {
            None => kept::set_intent(PENDING, Some(&text)),
            Some(instance) => {
                kept::set_intent(&key(instance), Some(&text));
                // A reload may overtake the move to the cluster's address: the form then knows where to go.
                if kept::intent(PENDING).is_some() {
                    kept::set_intent(PENDING, Some(&text));
                }
            }
        }
    }

    fn note(&mut self, event: &Moment<LaunchEvent>) {
        let step = match &event.what {
            LaunchEvent::Submitted => "submitted",
            LaunchEvent::Accepted { .. } => "accepted",
            LaunchEvent::Starting { .. } => "starting",
            LaunchEvent::WebReachable => "web",
            LaunchEvent::Workers { .. } => "workers",
            LaunchEvent::Usable => "usable",
            LaunchEvent::Full => "full",
            _ => return,
        };
        if self.reached.iter().all(|(known, _)| known != step) {
            self.reached.push((step.to_owned(), event.at));
        }
    }
}

/// What a launch must know of the connection.
pub fn place(connection: &Connection) -> cluster::Connection {
    cluster::Connection {
        project: connection.project.clone(),
        endpoint: connection.odps_endpoint.clone(),
        proxy_endpoint: connection.mars_proxy.clone(),
        logview_host: String::new(),
    }
}

fn key(instance: &str) -> String {
    format!("{PENDING}.{instance}")
}

impl Machine for KeptLaunch {
    type Event = Moment<LaunchEvent>;
    type Output = Result<Launched, LaunchFailure>;

    fn poll(&mut self, now: Millis) -> Step<Self::Event, Self::Output> {
        let step = self.launch.poll(now);
        match &step {
            Step::Send(..) => self.write(),
            Step::Event(event) => {
                self.note(event);
                self.write();
            }
            Step::Done(_) => Self::forget(self.launch.instance()),
            Step::Wait(_) => {}
        }
        step
    }

    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>) {
        self.launch.feed(now, outcome);
    }
}
