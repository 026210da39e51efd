//! Cupid, the layer that runs clusters inside MaxCompute: a plan is uploaded as a resource, an
//! instance of kind `CUPID` points at it, and the answer is polled from the instance's detail.

pub mod detail;
pub mod plan;
pub mod proto;
pub mod proxy_token;

/// The name of every Cupid task that PyODPS 0.9 makes.
pub const TASK_NAME: &str = "cupid_task";

/// What the names of uploaded plans begin with; a fresh UUID follows.
pub const PLAN_PREFIX: &str = "cupid_plan_";

/// How a Cupid instance is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunningMode {
    /// The start of a cluster.
    HasFuxiJob,
    /// Everything else.
    AsyncNotFuxiJob,
}

impl RunningMode {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HasFuxiJob => "eHasFuxiJob",
            Self::AsyncNotFuxiJob => "eAsyncNotFuxiJob",
        }
    }
}

/// The text of a Cupid task's plan: `<resource>,<project>,<running mode>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanReference {
    /// The resource that holds the plan.
    pub resource: String,
    /// The project of the resource.
    pub project: String,
    /// The running mode as written; [`RunningMode::as_str`] has the known ones.
    pub mode: String,
}

impl PlanReference {
    /// Points at a plan.
    pub fn new(resource: &str, project: &str, mode: RunningMode) -> Self {
        Self {
            resource: resource.to_owned(),
            project: project.to_owned(),
            mode: mode.as_str().to_owned(),
        }
    }

    /// Reads the text.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(',').map(|part| part.trim().to_owned());
        let this = Self {
            resource: parts.next()?,
            project: parts.next()?,
            mode: parts.next()?,
        };
        (parts.next().is_none() && !this.resource.is_empty()).then_some(this)
    }
}

impl std::fmt::Display for PlanReference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{},{},{}", self.resource, self.project, self.mode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_comes_back() {
        let reference = PlanReference::new("cupid_plan_1", "p", RunningMode::HasFuxiJob);
        assert_eq!(reference.to_string(), "cupid_plan_1,p,eHasFuxiJob");
        assert_eq!(PlanReference::read(&reference.to_string()), Some(reference));
        for text in ["", "a", "a,b", "a,b,c,d", ",b,c"] {
            assert_eq!(PlanReference::read(text), None, "{text}");
        }
    }
}
