//! English: sessions, graphs, schedulers and timelines of an engine.

use mars::v04::session::State;

use crate::pages::clusters::detail::worker_timeline::lanes::Work;
use crate::text::engine::Engine;

pub(super) const ENGINE: Engine = Engine {
    tab: "Sessions",
    lead: "Every session on this cluster, whoever made it, with the graphs that were run in it.",
    ended: "The cluster has ended. Its sessions and their results ended with it.",
    absent: "This engine tells no list of sessions, no operand progress, no scheduler facts and no timelines: a Mars cluster in MaxCompute shows those on its own web page only. Below are the sessions that this browser made, as its API tells them.",
    absent_none: "This browser has made no session here.",
    none: "No session",
    none_next: "A session is made with the first job, from here or from PyODPS.",
    session: |id| format!("Session {id}"),
    created: "Made",
    graphs: |count| match count {
        1 => "1 graph".to_owned(),
        count => format!("{count} graphs"),
    },
    graphs_of: |session| format!("Graphs of session {session}"),
    no_graphs: "No graph was run in it.",
    graph: "Graph",
    state: "State",
    word: |state| {
        match state {
            State::Unscheduled => "Waiting",
            State::Preparing => "Preparing",
            State::Running => "Running",
            State::Succeeded => "Done",
            State::Failed => "Failed",
            State::Cancelling => "Cancelling",
            State::Cancelled => "Cancelled",
            State::Other(_) => "Not told",
        }
        .to_owned()
    },
    asked: "Cancel asked",
    started: "Started",
    over: "Ended",
    lasted: "Lasted",
    operands: "Operands done",
    done_of: |done, all| format!("{done} of {all}"),
    size: |all| format!("{all} in all"),
    made_by: "Made by",
    made_in: |cell, text| format!("Cell {cell}: {text}"),
    made_elsewhere: "Not from this browser",
    actions: "Actions",
    open: |graph| format!("Operands of graph {graph}"),
    cancel: "Cancel",
    cancel_title: "Cancel this graph?",
    cancel_body: |graph| {
        format!(
            "Graph {graph} stops. What it has calculated is dropped. Other graphs of the session go on."
        )
    },
    cancel_confirm: "Cancel the graph",
    keep: "Leave it",
    delete: "Delete session",
    delete_title: "Delete this session?",
    delete_body: |session, graphs| {
        format!(
            "Session {session} with its {graphs} graphs ends. All results that it holds are freed; whoever works in it, here or in PyODPS, loses them."
        )
    },
    delete_confirm: "Delete the session",
    deleted: "The session is deleted.",
    progress: |graph| format!("Operands of graph {graph}"),
    close: "Close",
    gone: "The engine does not know this graph any more.",
    kind: "Kind",
    share: "Share",
    done: "Done",
    runs: "Running",
    waits: "Waiting",
    failed: "Failed or cancelled",
    all: "All",
    running_nodes: |count| format!("Running nodes: {count}"),
    running_some: |shown| format!("The first {shown} are listed."),
    node: "Node",
    worker: "Worker",
    scheduler: "Scheduler",
    scheduler_at: "Address",
    version: "Mars",
    host: "Host",
    cpu: "Cores in use",
    memory: "Memory in use",
    python: "Python",
    packages: "Packages",
    revision: "Revision",
    timelines: "Timelines of the workers",
    timelines_lead: "What each process of a worker did: calculations, transfers, disk.",
    timeline_of: |worker| format!("Timeline of {worker}"),
    window: "Shown",
    last: |seconds| match seconds {
        0..=119 => format!("Last {seconds} s"),
        _ => format!("Last {} min", seconds / 60),
    },
    quiet: "Nothing was done in this time.",
    left_off: |count| format!("{count} older events are not shown."),
    work: |work| match work {
        Work::Compute => "Compute",
        Work::Transfer => "Transfer",
        Work::Disk => "Disk",
        Work::Other => "Other",
    },
    process: "Process",
    times: "Times",
    busy: "Busy",
    events: |count| match count {
        1 => "The newest event".to_owned(),
        count => format!("The newest {count} events"),
    },
    going_on: "going on",
};
