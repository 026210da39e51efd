//! English: one cluster and its jobs.

use cluster::EndedWhy;
use script::ErrorKind;

use crate::pages::clusters::life::Step;
use crate::text::life::{Jobs, Life};

pub(super) const LIFE: Life = Life {
    title: |name| format!("Cluster {name}"),
    tabs: "Views of the cluster",
    tab_overview: "Overview",
    tab_workers: "Workers",
    tab_jobs: "Jobs",
    tab_logview: "Logview",
    stop: "Stop cluster",
    own_link: "Link to this cluster",
    equal_create: "The calls that create the same",
    restart: "Restart…",
    restart_title: "Restart this cluster?",
    restart_body: |id| {
        format!(
            "{id} is stopped. When its end was read, another cluster with the same parameters is started, with an instance id of its own."
        )
    },
    restart_confirm: "Stop and start anew",
    again: "Create it again",
    step: |step| match step {
        Step::Submitted => "Submitted",
        Step::Accepted => "Accepted",
        Step::Starting => "Engine starting",
        Step::Web => "Web service reachable",
        Step::Workers => "Workers joining",
        Step::Usable => "Usable",
        Step::Full => "All workers joined",
        Step::Ended => "Ended",
    },
    step_body: |step| match step {
        Step::Submitted => "The request has left this page.",
        Step::Accepted => "MaxCompute has the instance.",
        Step::Starting => "The engine starts inside MaxCompute and registers its web service.",
        Step::Web => "The gateway reaches the engine.",
        Step::Workers => "Workers report to the scheduler.",
        Step::Usable => "Enough workers for min_worker_num: jobs can run.",
        Step::Full => "Every worker that was asked for is there.",
        Step::Ended => "Read from the instance: Terminated.",
    },
    reached_before: "before this page looked",
    workers_of: |have, want, min| {
        if min < want {
            format!("{have} of {want} workers, usable from {min}")
        } else {
            format!("{have} of {want} workers")
        }
    },
    workers_some: |have| {
        if have == 1 {
            "1 worker".to_owned()
        } else {
            format!("{have} workers")
        }
    },
    usable_at: |min| format!("usable from {min}"),
    timeline: "Timeline",
    word_looking: "Looking",
    word_starting: "Starting",
    word_suspended: "Suspended",
    word_workers: "Workers joining",
    word_usable: "Usable",
    word_full: "Complete",
    word_busy: "Computing",
    word_idle: "Idle",
    word_stopping: "Stopping",
    word_ended: "Ended",
    word_failed: "Failed",
    side_not_answering: "The engine's web service does not answer yet.",
    side_unreachable: "The engine's web service answered before and does not now.",
    side_degraded: |most| format!("A worker was lost: there were {most}."),
    side_unknown: "Nothing could be read for several rounds. What is shown is the last that was read.",
    ended_why: |why| match why {
        EndedWhy::Failed { .. } => "A task failed. The engine's words:",
        EndedWhy::Finished => {
            "Every task succeeded: the cluster ended by itself, or was told to from inside."
        }
        EndedWhy::Cancelled => "It was stopped: by a person, or by the platform.",
        EndedWhy::Odd { .. } => "The instance ended with a task in an unusual state:",
        _ => "The service would not say why.",
    },
    not_mars: |kind| format!("This instance is a task of kind {kind}, not a Mars cluster."),
    no_such: |id| format!("There is no instance {id} in this project."),
    no_such_next: "Check the id for missing characters. It may belong to another project.",
    not_submitted_by_us: "Open it as an instance",
    asked_for: "Asked for",
    owner: "Owner",
    name: "Name",
    started: "Accepted",
    age: "Age",
    cost: "Cost so far",
    cost_note: "about; list price by whole minutes",
    cost_none: "nothing is billed locally",
    scaled: |asked, got| {
        format!(
            "This machine is smaller than what was asked for, so the local engine was scaled: asked for {asked}; started with {got}."
        )
    },
    scaled_part: |workers, cpu, mem| format!("{workers} × {cpu} cores, {mem} MB"),
    facts: "Facts",
    attach_call: "Attach from PyODPS",
    last_problem: "Last problem",
    worker: "Worker",
    worker_cpu: "Cores in use",
    worker_memory: "Memory in use",
    worker_updated: "Reported",
    worker_note: "As the workers report it: cores and memory in use are those of the whole machine that a worker runs on.",
    no_workers: "No worker has joined yet.",
    no_workers_next: "They show up here as they report to the scheduler.",
    of: |used, total| format!("{used} of {total}"),
    stop_title: "Stop this cluster?",
    stop_body: |id| format!("Instance {id} will be ended."),
    stop_effects: [
        "Running jobs are lost; their results cannot be fetched any more.",
        "Data that lives only in the cluster is gone. Tables in MaxCompute stay.",
        "Nobody else can use the cluster any more.",
    ],
    stop_confirm: "Stop it",
    stop_keep: "Keep it running",
    stop_asked: "MaxCompute took the request. Waiting for the instance to end.",
    stop_waiting: |elapsed, limit| {
        format!("Still running after {elapsed} s; watched for up to {limit} s.")
    },
    stopped: "Stopped: Terminated was read.",
    stopped_already: "It had ended already.",
    stop_not_confirmed: "The request was taken, but the end was not seen in time. It may still come: the state above goes on being read.",
    jobs: Jobs {
        expression: "Expression",
        run: "Run",
        running: "Running…",
        examples: "Examples",
        refused_not_usable: "The cluster is not usable yet",
        at: |line, column| format!("Line {line}, column {column}"),
        error,
        list: "Jobs from this browser",
        none: "No job was run from this browser yet.",
        none_next: "Start with an example: it fills a cell.",
        job: "Job",
        state: "State",
        submitted: "Submitted",
        back: "Open",
        close: "Close",
        cancel: "Cancel job",
        cancelling: "Cancelling…",
        word_session: "Opening a session",
        word_preparing: "Preparing",
        word_running: "Running",
        word_done: "Done",
        word_failed: "Failed",
        word_cancelled: "Cancelled",
        word_unconfirmed: "Cancel not confirmed",
        word_dropped: "Dropped by the engine",
        word_lost: "Gone",
        rejected: "The engine refused the graph while preparing it, and does not say why. Its scheduler's log does.",
        dropped: |seconds| {
            format!(
                "Nothing has moved for {seconds} s while the workers are idle: the engine has lost this job. Run it again."
            )
        },
        quiet: |seconds| format!("Nothing has moved for {seconds} s."),
        operands: |count| format!("{count} operands on workers"),
        session: "Session",
        result: "Result",
        python: "The same in PyODPS",
    },
};

fn error(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::Empty => "There is nothing to run.".to_owned(),
        code if starts_with_code(code) => format!("{code}."),
        other => {
            let said = other.to_string();
            let mut letters = said.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string());
            format!("{}{}.", first.unwrap_or_default(), letters.as_str())
        }
    }
}

/// Whether the sentence begins with what the user wrote, whose letters stay as they are.
fn starts_with_code(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::BadNumber(_)
            | ErrorKind::BadOperand { .. }
            | ErrorKind::BadOperands { .. }
            | ErrorKind::Graph(_)
            | ErrorKind::MissingArgument { .. }
            | ErrorKind::NoValue(_)
            | ErrorKind::NumberTooLarge(_)
            | ErrorKind::OnlyDefault { .. }
            | ErrorKind::ShapeMismatch { .. }
            | ErrorKind::TooManyArguments { .. }
            | ErrorKind::UnexpectedArgument { .. }
            | ErrorKind::UnknownFunction { .. }
            | ErrorKind::WrongArgument { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::{ErrorKind, error};

    #[test]
    fn what_was_written_keeps_its_letters() {
        let missing = ErrorKind::MissingArgument {
            function: "mt.ones".to_owned(),
            argument: "shape".to_owned(),
        };
        assert_eq!(error(&missing), "mt.ones needs shape.");
        assert_eq!(
            error(&ErrorKind::UnexpectedIndent),
            "Unexpected indentation."
        );
    }
}
