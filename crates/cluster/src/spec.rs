//! What a cluster should be like: the arguments of `create_mars_cluster` in PyODPS 0.9, under their
//! own names. Authority: the signature in PyODPS 0.9.0.1 and the start command recorded in
//! `create_cluster_0.9_unsigned_proxy.json`, in which every argument was given.

mod check;
mod difference;
mod exists;
mod field;
mod hint;
mod python;
mod query;

use serde::{Deserialize, Serialize};

pub use check::FieldProblem;
pub use difference::Difference;
pub use exists::IfExists;
pub use field::{Field, Rule};
pub use hint::{Hint, Repair, WORKER_LIMIT};

/// The arguments of one `create_mars_cluster`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// How many workers.
    pub worker_num: u32,
    /// Cores of each worker.
    pub worker_cpu: u32,
    /// Memory of each worker in GB.
    pub worker_mem: u32,
    /// Memory of each worker in GB that is kept for results; 48 % of the memory when not given.
    pub cache_mem: Option<u32>,
    /// Disks of each worker.
    pub disk_num: u32,
    /// From how many workers on the cluster counts as usable; all of them when not given.
    pub min_worker_num: Option<u32>,
    /// How many schedulers.
    pub scheduler_num: u32,
    /// Resources that replace the engine's own packages; PyODPS names its two when empty.
    pub resources: Vec<String>,
    /// Python modules that every process loads at start.
    pub module_path: Vec<String>,
    /// Container image.
    pub mars_app_image: Option<String>,
    /// Priority of the instance, 0 (first) to 9; PyODPS sends 9 when not given.
    pub priority: Option<u32>,
    /// The compute cluster to run in.
    pub running_cluster: Option<String>,
    /// Where the web page of the cluster is reached, without scheme.
    pub proxy_endpoint: Option<String>,
    /// The console's own name for the cluster. PyODPS 0.9 has none (its task is always called
    /// `cupid_task`), so it travels as the name of the job, which that client leaves out.
    pub name: Option<String>,
    /// What to do when a cluster of that name runs already. It is no property of the cluster.
    #[serde(default)]
    pub if_exists: IfExists,
}

impl Default for Spec {
    /// PyODPS's own defaults.
    fn default() -> Self {
        Self {
            worker_num: 1,
            worker_cpu: 8,
            worker_mem: 32,
            cache_mem: None,
            disk_num: 1,
            min_worker_num: None,
            scheduler_num: 1,
            resources: Vec::new(),
            module_path: Vec::new(),
            mars_app_image: None,
            priority: None,
            running_cluster: None,
            proxy_endpoint: None,
            name: None,
            if_exists: IfExists::Ignore,
        }
    }
}

impl Spec {
    /// The arguments of the guide's example: five workers of 4 cores and 16 GB, usable at three.
    pub fn guide() -> Self {
        Self {
            worker_num: 5,
            worker_cpu: 4,
            worker_mem: 16,
            min_worker_num: Some(3),
            ..Self::default()
        }
    }

    /// From how many workers on the cluster counts as usable.
    pub fn usable_at(&self) -> u32 {
        self.min_worker_num.unwrap_or(self.worker_num)
    }
}
