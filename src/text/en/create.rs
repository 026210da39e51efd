//! English: around creating a cluster.

use cluster::{Field, IfExists, Instead, Phase};

use crate::text::create::Create;

pub(super) const CREATE: Create = Create {
    from: "Start from",
    from_lead: "Fills the form in; nothing is created yet.",
    guide: "The guide's",
    small: "Small",
    last: "Last used",
    size: |num, cpu, mem| format!("{num} × {cpu} cores, {mem} GB"),
    clone: "A cluster created here before",
    clone_none: "Choose one",
    presets: "Presets",
    preset_name: "Name of a new preset",
    save: "Keep this form as a preset",
    save_no_name: "Give it a name first",
    save_no_spec: "Correct the marked fields first",
    no_room: "The browser has no room for it, or forbids it.",
    rename: "Rename",
    rename_named: |name| format!("Rename the preset {name}"),
    delete: "Delete",
    delete_named: |name| format!("Delete the preset {name}"),
    new_name: |name| format!("New name for {name}"),
    if_exists: "If one of this name runs already",
    exists_word: |choice| match choice {
        IfExists::Ignore => "Ignore",
        IfExists::Reuse => "Reuse",
        IfExists::Raise => "Raise",
        IfExists::Restart => "Restart",
    },
    exists_hint: |choice| match choice {
        IfExists::Ignore => "if_exists: creates another one without looking, as PyODPS 0.9 does",
        IfExists::Reuse => "if_exists: shows how the running one differs, then offers it",
        IfExists::Raise => "if_exists: creates nothing and says which one runs",
        IfExists::Restart => "if_exists: stops the running one, then creates this one",
    },
    not_a_choice: "Must be ignore, reuse, raise or restart",
    compare: "What is wanted and what runs",
    figure: "Figure",
    wanted: "Wanted",
    found: "Running",
    figure_of: |field| match field {
        Field::WorkerNum => "Workers",
        Field::WorkerCpu => "Cores per worker",
        Field::WorkerMem => "Memory per worker, GB",
        Field::MinWorkerNum => "Usable from",
        Field::CacheMem => "Cache per worker, GB",
        Field::DiskNum => "Disks per worker",
        Field::SchedulerNum => "Schedulers",
        other => other.as_str(),
    },
    hour: "Per hour, about",
    age: "Started",
    unknown: "unknown",
    same: "same",
    differs: "differs",
    never_usable: |have, need| {
        format!(
            "It was asked for {have} workers and never reaches the {need} that this form waits for."
        )
    },
    size_unknown: "It was created elsewhere: its size is not known here.",
    more_found: |more| match more {
        1 => "One more cluster of this name runs.".to_owned(),
        more => format!("{more} more clusters of this name run."),
    },
    back: "Back to the form",
    raised: |name, id| {
        format!("Nothing was created: a cluster named {name} runs already, as instance {id}.")
    },
    raised_open: "Open that cluster",
    restart_title: "Stop the running cluster and create this one?",
    restart_body: |id| {
        format!(
            "Instance {id} runs under this name. It is stopped first; the new one is created only when its end was read."
        )
    },
    restart_go: "Stop it, then create",
    restart_step: |at, of, id| match of {
        1 => format!("Stopping {id}."),
        of => format!("Stopping {id} ({at} of {of})."),
    },
    restart_not_confirmed: "Its end was not seen in time, so nothing was created. Try again, or look at the cluster.",
    unsearched_title: "It is not known whether one of this name runs",
    unsearched_body: "The running clusters could not be read, so nothing was created. A second cluster of the same name would cost twice.",
    unsearched_again: "Look again",
    waits_for: |phase| match phase {
        Phase::Search => "the list of running clusters",
        Phase::Accept => "MaxCompute's first answer",
        Phase::Queue => "the instance's turn",
        Phase::Start => "the engine to register its web service",
        Phase::Web => "the web service to answer again",
        Phase::Workers => "workers to join",
    },
    waiting: |what, waited, budget| format!("Waiting for {what}: {waited} of {budget}, since "),
    waiting_since: ".",
    over: |what, waited| format!("Still waiting for {what}, for {waited} now, since "),
    last_answer: |answer| format!("Last answer: {answer}"),
    no_answer: "No answer yet.",
    go_on: "Go on waiting",
    stop_waiting: "Stop waiting",
    stopped_waiting: "This page waits no longer. What had already left may still arrive: look into the list of clusters before creating another one.",
    leave: "Leave it running, back to the list",
    renamed: |given, field| format!("{given} was read as {field}, its name in this generation."),
    instead: |instead| match instead {
        Instead::Notebook => "Left out: the console has a notebook of its own, under Notebook.",
        Instead::AutoStop => "Left out: set the automatic stop on the page of the cluster.",
        Instead::Fixed => "Left out: this engine decides the size of that part itself.",
        Instead::NoSuchPart => "Left out: this engine has no such part; do without it.",
        Instead::Budgets => "Left out: the page asks when a phase takes too long.",
        Instead::Connection => "Left out: the project is the connection's; choose it there.",
        _ => "Left out: no PyODPS that is known here has it; check the spelling.",
    },
    place: |line, column| format!("line {line}, column {column}"),
};
