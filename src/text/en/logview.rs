//! English: the Logview panel.

use crate::components::logview::lines::Severity;
use crate::text::logview::Logview;

pub(super) const LOGVIEW: Logview = Logview {
    kind: "Kind",
    priority: "Priority",
    waited: "Waited",
    waited_hint: "From being accepted until the first task began.",
    instance: "Instance",
    queue: "Queue",
    queue_none: "The service says nothing of the queue of this instance.",
    queue_chart: |points| {
        format!("Progress in per cent at the {points} moments at which this page saw a change")
    },
    queue_table: "The same as a table",
    queue_at: "Read at",
    queue_state: "State",
    queue_percent: "Done (%)",
    stages: "Stages",
    stages_none: "The service tells no stages of this instance: there are none yet, or its kind has none.",
    stages_cluster: "A Mars cluster has no stages. What runs on it is on the tab Jobs of the cluster.",
    stage: "Stage",
    total: "Workers",
    running: "Running",
    done: "Done",
    failed: "Failed",
    rows_in: "Rows in",
    rows_out: "Rows out",
    lasted: "Lasted",
    time: "Timeline",
    bar: |from, lasted| format!("began after {from}, lasted {lasted}"),
    slowest: "slowest",
    slowest_is: |name, lasted| format!("The slowest stage is {name}: {lasted}."),
    no_times: "The service tells no times of these stages, so there is no timeline.",
    plan: "Plan",
    plan_none: "The names of the stages tell no plan: none of them says what it reads, or there are too many to draw.",
    plan_picture: |stages, lines| {
        format!(
            "Plan of {stages} stages with {lines} connections; the table of stages has the same"
        )
    },
    trace: "Everything that was said",
    request: "Request id",
    summary: "Summary",
    summary_none: "The service tells no summary of this instance.",
    script: "Script",
    settings: "Settings",
    settings_none: "Nothing was set.",
    setting: "Setting",
    value: "Value",
    masked: "Values that look like keys or tokens are shown as dots.",
    log: "Worker logs",
    log_none: "The service names no worker of this instance, so there is no log to ask for.",
    log_open: "Read the logs",
    log_worker: "Worker",
    log_kind: "Log",
    log_kind_all: "as the service has it",
    log_follow: "Follow",
    log_search: "Search in the log",
    log_severity: "At least",
    severity: |severity| match severity {
        Severity::Debug => "everything",
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    },
    log_count: |shown, fitting, all| match shown == fitting {
        true => format!("{fitting} of {all} lines"),
        false => format!("the last {shown} of {fitting} fitting lines, of {all}"),
    },
    log_empty: "No line fits.",
    log_text: |worker| format!("Log of {worker}"),
};
