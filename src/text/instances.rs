//! Sentences of the instances pages and of the native Logview panel.
#![expect(
    missing_docs,
    reason = "a field is described by its English sentence in en/instances.rs"
)]

use odps::instances::{Status, TaskStatusWord};

pub struct Instances {
    pub title: &'static str,
    pub lead: &'static str,
    pub open_by_id: &'static str,
    pub open: &'static str,
    pub id: &'static str,
    pub state: &'static str,
    pub owner: &'static str,
    pub started: &'static str,
    pub ended: &'static str,
    pub lasted: &'static str,
    pub none: &'static str,
    pub none_next: &'static str,
    pub status: fn(Status) -> &'static str,
    pub status_hint: &'static str,
    pub tasks: &'static str,
    pub no_tasks: &'static str,
    pub task: &'static str,
    pub kind: &'static str,
    pub task_status: fn(&TaskStatusWord) -> String,
    pub source: &'static str,
    pub source_none: &'static str,
    pub result: &'static str,
    pub result_pending: &'static str,
    pub result_empty: &'static str,
    pub error_text: &'static str,
    pub logview: &'static str,
    pub logview_lead: &'static str,
    pub make: &'static str,
    pub making: &'static str,
    pub lives: &'static str,
    pub hours: fn(u32) -> String,
    pub until: fn(&str) -> String,
    pub address: &'static str,
    pub address_warning: &'static str,
    pub open_address: &'static str,
    pub forget: &'static str,
    pub is_cluster: &'static str,
    pub open_cluster: &'static str,
}
