//! The protobuf messages of Cupid that the life of a cluster needs: parameters of a task and its
//! detail. Names and numbers are those of the descriptors shipped in PyODPS 0.9.0.1 (proto2).
//!
//! Fields that are not listed are skipped when a message is read; what edits a plan does so on the
//! bytes ([`super::plan::fill_credentials`]) and so loses none of them.

use prost::Message;

/// What a Cupid task shall do.
#[derive(Clone, PartialEq, Message)]
pub struct CupidTaskParam {
    /// The operation.
    #[prost(message, required, tag = "1")]
    pub mcupidtaskoperator: CupidTaskOperator,
    /// Settings of the job.
    #[prost(message, optional, tag = "2")]
    pub jobconf: Option<JobConf>,
    /// Argument of `GetCupidProxyToken`.
    #[prost(message, optional, tag = "15")]
    pub cupid_proxy_token_request: Option<CupidProxyTokenRequest>,
    /// Argument of `TaskServiceRequest`.
    #[prost(message, optional, tag = "16")]
    pub task_service_request: Option<TaskServiceRequest>,
}

/// The operation of a task.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct CupidTaskOperator {
    /// `startam`, `GetCupidProxyToken`, `TaskServiceRequest`, …
    #[prost(string, required, tag = "1")]
    pub moperator: String,
    /// Name for look-ups inside the cluster.
    #[prost(string, optional, tag = "2")]
    pub mlookup_name: Option<String>,
    /// The running type of the engine.
    #[prost(string, optional, tag = "3")]
    pub menginetype: Option<String>,
}

/// A list of settings, in order.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct JobConf {
    /// The settings.
    #[prost(message, repeated, tag = "1")]
    pub jobconfitem: Vec<JobConfItem>,
}

/// A setting. Its value may be an access key: it has no readable `Debug`.
#[derive(Clone, PartialEq, Eq, Message)]
#[prost(skip_debug)]
pub struct JobConfItem {
    /// The name of the setting.
    #[prost(string, required, tag = "1")]
    pub key: String,
    /// Its value.
    #[prost(string, required, tag = "2")]
    pub value: String,
}

impl std::fmt::Debug for JobConfItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let secret = self.key.starts_with("odps.access.");
        let value = if secret { "…" } else { &self.value };
        f.debug_struct("JobConfItem")
            .field("key", &self.key)
            .field("value", &value)
            .finish()
    }
}

/// Asks for the token of an app of a cluster.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct CupidProxyTokenRequest {
    /// The cluster.
    #[prost(string, optional, tag = "1")]
    pub instance_id: Option<String>,
    /// `MarsWeb` or `MarsNotebook`.
    #[prost(string, optional, tag = "2")]
    pub app_name: Option<String>,
    /// How long the token lives.
    #[prost(int32, optional, tag = "3")]
    pub expired_in_hours: Option<i32>,
}

/// A typed call to the cluster manager.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct TaskServiceRequest {
    /// The method of `CupidTaskService`.
    #[prost(string, optional, tag = "1")]
    pub method_name: Option<String>,
    /// Its argument, encoded.
    #[prost(bytes = "bytes", optional, tag = "2")]
    pub request_in_bytes: Option<bytes::Bytes>,
}

/// The state of a Cupid task: one of the parts is there.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct CupidTaskDetailResultParam {
    /// Taken, not begun.
    #[prost(message, optional, tag = "1")]
    pub ready: Option<Empty>,
    /// Waits.
    #[prost(message, optional, tag = "2")]
    pub waiting: Option<Empty>,
    /// Runs.
    #[prost(message, optional, tag = "3")]
    pub running: Option<Running>,
    /// Went well.
    #[prost(message, optional, tag = "4")]
    pub success: Option<Success>,
    /// Did not.
    #[prost(message, optional, tag = "5")]
    pub failed: Option<Failed>,
    /// Was called off.
    #[prost(message, optional, tag = "6")]
    pub cancelled: Option<Empty>,
    /// Waits to be run again.
    #[prost(message, optional, tag = "7")]
    pub wait_for_re_run: Option<WaitForReRun>,
}

/// A message without fields (`Ready`, `Waiting`, `Cancelled`).
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Empty {}

/// A task that runs.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Running {
    /// What it says.
    #[prost(string, required, tag = "1")]
    pub running_msg: String,
}

/// A task that went well. Its text may be a token: it has no readable `Debug`.
#[derive(Clone, PartialEq, Eq, Message)]
#[prost(skip_debug)]
pub struct Success {
    /// The result.
    #[prost(string, required, tag = "1")]
    pub success_msg: String,
}

impl std::fmt::Debug for Success {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Success").finish_non_exhaustive()
    }
}

/// A task that failed: one of the two is there.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Failed {
    /// By its own work.
    #[prost(message, optional, tag = "1")]
    pub biz_failed: Option<BizFailed>,
    /// By the cluster manager.
    #[prost(message, optional, tag = "2")]
    pub cupid_task_failed: Option<CupidTaskFailed>,
}

/// A failure of the work.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct BizFailed {
    /// Why.
    #[prost(string, required, tag = "1")]
    pub biz_failed_msg: String,
}

/// A failure of the manager.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct CupidTaskFailed {
    /// Why.
    #[prost(string, required, tag = "1")]
    pub cupid_task_failed_msg: String,
}

/// A task that waits to be run again.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct WaitForReRun {
    /// What it says.
    #[prost(string, optional, tag = "1")]
    pub wait_msg: Option<String>,
}
