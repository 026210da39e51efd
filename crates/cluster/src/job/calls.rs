//! The requests of a job, one for each phase.

use mars::v04::session::{
    GraphCancel, GraphState, GraphSubmit, NSplits, SessionCheck, SessionCreate, Workers,
};
use wire::{Millis, Request, Service};

use super::{Cancel, Job, Phase};
use crate::exchange::request;

impl Job {
    pub(super) fn submit_call(&self) -> GraphSubmit {
        GraphSubmit {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
            graph: self.graph.clone(),
            target: std::iter::once(&self.target)
                .chain(&self.others)
                .cloned()
                .collect(),
            names: Vec::new(),
            compose: None,
        }
    }

    pub(super) fn state_call(&self) -> GraphState {
        GraphState {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
            graph_key: self.graph_key.clone().unwrap_or_default(),
            // All waits of a cluster share one thread: never make it wait.
            wait_timeout: 0,
        }
    }

    pub(super) fn cancel_call(&self) -> GraphCancel {
        GraphCancel {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
            graph_key: self.graph_key.clone().unwrap_or_default(),
        }
    }

    pub(super) fn check_call(&self) -> SessionCheck {
        SessionCheck {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
        }
    }

    pub(super) fn shape_call(&self) -> NSplits {
        NSplits {
            instance: self.instance.clone(),
            session_id: self.session.clone().unwrap_or_default(),
            graph_key: self.graph_key.clone().unwrap_or_default(),
            tileable_key: self.target.clone(),
        }
    }

    pub(super) fn workers_call(&self) -> Workers {
        Workers {
            instance: self.instance.clone(),
        }
    }

    pub(super) fn request(&mut self, now: Millis) -> (Service, Request) {
        self.begun.get_or_insert(now);
        if self.phase == Phase::Poll {
            if self.cancel == Cancel::Wished {
                self.phase = Phase::Cancel;
            } else if now >= self.workers_at && self.is_running() {
                self.phase = Phase::Workers;
            }
        }
        let project = &self.project;
        match self.phase {
            Phase::Session => request(&SessionCreate::new(&self.instance), project),
            Phase::Baseline | Phase::Workers => request(&self.workers_call(), project),
            Phase::Submit => request(&self.submit_call(), project),
            Phase::Poll => request(&self.state_call(), project),
            Phase::Cancel => request(&self.cancel_call(), project),
            Phase::Check => request(&self.check_call(), project),
            Phase::Shape => request(&self.shape_call(), project),
        }
    }
}
