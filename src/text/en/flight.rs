//! English: a cluster's flight.

use cluster::diagnosis::{Next, What};
use cluster::flight::{EndWord, SideWord, StageWord};

use crate::format::{bytes, elapsed};
use crate::text::flight::Flight;

pub(super) const FLIGHT: Flight = Flight {
    tab: "Flight",
    lead: "What this browser read of the cluster while it was watched. Nothing is known of the times between.",
    none: "Nothing was recorded of this cluster in this browser.",
    none_next: "It is recorded while its page is open; a file that was exported elsewhere can be opened here.",
    stands_out: "What stands out",
    nothing: "Nothing stands out in what was recorded.",
    finding: |what| match what {
        What::WorkerLost { left } => {
            format!("A worker was lost: it is no longer listed. Workers left then: {left}.")
        }
        What::WorkerStale { silent } => format!(
            "A worker reports no more: its last report has been the same for {}.",
            elapsed(*silent)
        ),
        What::Unbalanced { busy, idle, least } => format!(
            "The load is not shared: {} % of this worker's slots were in use, and {} % of those of {idle}.",
            busy / 10,
            least / 10
        ),
        What::MemoryPressure { used, total } => format!(
            "Memory was nearly full: {} of {} in use.",
            bytes(*used),
            bytes(*total)
        ),
        What::Spill { grown } => format!(
            "The disk for spilling filled up by {} while operands were under way.",
            bytes(*grown)
        ),
        What::Stuck { operands, length } => format!(
            "Work stands still: {operands} operands, and nothing about them changed for {}.",
            elapsed(*length)
        ),
        What::NeverUsed { length } => format!(
            "Nobody has used it: usable for {}, and no session, operand or graph was seen.",
            elapsed(*length)
        ),
        What::HiddenRetries { times, operand } => format!(
            "The engine began operands again without saying so: {times} times, last {operand}."
        ),
        What::Unreachable { spells, longest } => format!(
            "The engine's web service did not answer: times {spells}, the longest {}.",
            elapsed(*longest)
        ),
        _ => "Something stands out that this version has no words for.".to_owned(),
    },
    next: |next| match next {
        Next::ReadLogview => {
            "Read the worker's log in the Logview tab; results that were only on it are computed again."
        }
        Next::WaitForTimeout => {
            "Wait a minute: the engine gives a silent worker up by itself. Then run the job again if it fails."
        }
        Next::SmallerChunks => {
            "Use smaller chunks, or rebalance the data, so that every worker gets a part."
        }
        Next::MoreMemory => {
            "Use smaller chunks, or create the cluster with more memory for each worker."
        }
        Next::CancelGraph => {
            "Cancel the job and run it again; if it stands still again, stop the cluster."
        }
        Next::StopCluster => {
            "Stop it if nobody needs it: the engine's own idle stop waits for a first session."
        }
        Next::CheckConnection => {
            "Compare with the network of this machine and the gateway; the cluster itself may have been well."
        }
    },
    on_worker: |worker| format!("on {worker}"),
    until_now: "still",
    moment: "Moment",
    moment_hint: "Arrow keys move by seconds, Page Up and Page Down by more.",
    to_last: "To the last reading",
    export: "Export to a file",
    open: "Open a flight file",
    opened: |instance| format!("Shown from a file: the flight of {instance}."),
    close: "Close the file",
    unreadable: |why| format!("This file cannot be opened as a flight: {why}"),
    unkept: |why| {
        format!("This browser does not keep the flight, it lasts as long as this page: {why}")
    },
    charts: "Over time",
    state: "State",
    stage: |stage| match stage {
        StageWord::Accepted => "Accepted",
        StageWord::Suspended => "Suspended",
        StageWord::Starting => "Engine starting",
        StageWord::WebReachable => "Web service reachable",
        StageWord::Workers => "Workers joining",
        StageWord::Usable => "Usable",
        StageWord::Full => "All workers there",
        StageWord::Ended(EndWord::Failed) => "Ended: failed",
        StageWord::Ended(EndWord::Cancelled) => "Ended: stopped",
        StageWord::Ended(EndWord::Finished) => "Ended: finished",
        StageWord::Ended(_) => "Ended",
    },
    side: |side| match side {
        SideWord::NotAnswering => "not answering",
        SideWord::Unreachable => "unreachable",
        SideWord::Degraded => "a worker is missing",
        SideWord::Unknown => "unknown for several rounds",
    },
    busy: "computing",
    idle: "idle",
    nothing_read: "Nothing was read yet",
    workers: "Workers",
    cpu: "Cores in use",
    memory: "Memory in use",
    disk: "Spill disk in use",
    slots: "Slots in use",
    operands: "Operands",
    network: "Network in / out",
    reported: "Reported",
    status: "State",
    present: "Listed",
    stale: |age| format!("Silent for {age}"),
    lost: |time| format!("Lost at {time}"),
    first_seen: |time| format!("First listed at {time}"),
    used_slots: |used, all| format!("{used} of {all}"),
    operands_of: |running, all| format!("{running} of {all} running"),
    traffic: |receive, send| format!("{receive}/s / {send}/s"),
    of_worker: |what, worker| format!("{what}, {worker}"),
    range: |what, low, high| format!("{what}: from {low} to {high}"),
    no_figures: |what| format!("{what}: no figures"),
    graphs: "Graphs",
    no_graphs: "No graph had been read. Graphs are recorded while the Jobs tab asks for their states.",
    graph: "Graph",
    since: "Since",
    sessions: |count| match count {
        0 => "No session had operands on workers.".to_owned(),
        1 => "1 session had operands on workers.".to_owned(),
        count => format!("{count} sessions had operands on workers."),
    },
};
