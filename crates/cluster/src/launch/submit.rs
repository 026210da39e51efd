//! The two requests that start a cluster: the plan as a resource, and the instance.

use odps::cupid::plan::{StartPlan, StartRequest};
use odps::cupid::{PLAN_PREFIX, PlanReference, RunningMode};
use odps::instances::{self, Job, Task};
use odps::resources;
use wire::Millis;

use super::{Launch, LaunchEvent, LaunchFailure, Phase, TRIALS};
use crate::exchange::{Outcome, backoff, odps};
use crate::{Connection, IfExists, Spec};

impl Launch {
    pub(super) fn plan_name(&self) -> String {
        format!("{PLAN_PREFIX}{}", self.ids.plan)
    }

    pub(super) fn plan_upload(&self) -> resources::Create {
        resources::Create {
            name: self.plan_name(),
            kind: String::from("file"),
            temp: false,
            comment: None,
            content: self.spec.plan(&self.connection).to_bytes(),
        }
    }

    pub(super) fn submission(&self) -> instances::Create {
        let plan = PlanReference::new(
            &self.plan_name(),
            &self.connection.project,
            RunningMode::HasFuxiJob,
        );
        let mut job = Job::of(Task::cupid(plan.to_string(), &self.ids.task));
        job.running_cluster = self.spec.running_cluster.clone();
        if let Some(priority) = self.spec.priority {
            job.priority = i32::try_from(priority).ok();
        }
        if let Some(name) = &self.spec.name {
            // Only a named cluster differs from what PyODPS sends: the name and what was asked for
            // can then be read back from the source of the instance.
            let unnamed = Spec {
                name: None,
                if_exists: IfExists::Ignore,
                ..self.spec.clone()
            };
            job.name = Some(name.clone());
            job.comment = Some(unnamed.to_query());
        }
        instances::Create { job }
    }

    pub(super) fn plan_uploaded(&mut self, now: Millis, outcome: Outcome) {
        match odps(&self.plan_upload(), outcome) {
            Ok(_) => self.phase = Phase::Instance,
            // Sent a second time after a lost answer: the first one had arrived.
            Err(problem) if problem.code().is_some_and(|c| c.contains("AlreadyExist")) => {
                self.phase = Phase::Instance;
            }
            Err(problem) if problem.is_final() => self.fail(LaunchFailure::Refused { problem }),
            Err(problem) => {
                self.trials += 1;
                self.next = now + backoff(self.trials);
                if self.trials >= TRIALS {
                    self.fail(LaunchFailure::NotUploaded { problem });
                } else {
                    self.tell(now, LaunchEvent::Problem(problem));
                }
                return;
            }
        }
        self.trials = 0;
    }

    pub(super) fn submitted(&mut self, now: Millis, outcome: Outcome) {
        match odps(&self.submission(), outcome) {
            Ok(created) => self.accepted(now, created.id),
            // It may have been carried out: look for it instead of sending it again.
            Err(problem) if problem.is_uncertain() => {
                self.tell(now, LaunchEvent::Problem(problem));
                self.next = now + backoff(1);
                self.search(now, 1);
            }
            Err(problem) => self.fail(LaunchFailure::Refused { problem }),
        }
    }
}

impl Spec {
    /// The plan that starts such a cluster, without the two credential items.
    pub(crate) fn plan(&self, connection: &Connection) -> StartPlan {
        let mut request = StartRequest::new(self.worker_num, self.worker_cpu, self.worker_mem);
        if let Some(cache) = self.cache_mem {
            request = request.with_cache_mem(&cache.to_string());
        }
        if !self.module_path.is_empty() {
            request = request.with_modules(&self.module_path);
        }
        request.disk_num = self.disk_num;
        request.scheduler_num = self.scheduler_num;
        let proxy = self.proxy_endpoint.as_deref();
        let proxy = proxy.unwrap_or(&connection.proxy_endpoint);
        let mut plan = StartPlan::new(&connection.endpoint, &connection.project, proxy, request);
        plan.resources = Some(self.resources.clone()).filter(|names| !names.is_empty());
        plan.image = self.mars_app_image.clone();
        plan.running_cluster = self.running_cluster.clone();
        plan
    }
}
