//! English: SQL.

use crate::api::sql::kept::State;
use crate::text::sql::{Flag, Sql};

pub(super) const SQL: Sql = Sql {
    title: "SQL",
    lead: "Runs in MaxCompute as an instance: close the tab and come back by its address.",
    text: "SQL text",
    hint: "Ctrl+Enter (⌘ Enter) runs the selection, or the statement at the cursor. Ctrl+Space completes. Tab indents; Esc and then Tab leaves the editor.",
    tabs: "Queries",
    tab: |number| format!("Query {number}"),
    new_tab: "New query",
    close_tab: |name| format!("Close {name}"),
    run: "Run",
    run_all: "Run all",
    estimate: "Estimate cost",
    format: "Format",
    no_format: "The text could not be formatted: it is not complete SQL. Nothing was changed.",
    nothing: "There is no statement to run.",
    still_running: "The run of this query is still going. Cancel it, or open a new query.",
    unkept: "This browser has no room left: what you write now is not kept over a reload. Delete runs from the history.",
    checking: "Asking MaxCompute what this would read…",
    cost: |bytes, complexity, money| match complexity {
        Some(complexity) => {
            format!(
                "Reads about {bytes} at complexity {complexity}: {}.",
                about(money)
            )
        }
        None => format!("Reads about {bytes}: {}.", about(money)),
    },
    book: |date| {
        format!("By the pay-as-you-go price of {date}; a subscription is not charged by scan.")
    },
    book_link: "Price page",
    full_scan: |table, keys, partitions, size| match size {
        Some(size) => format!(
            "Full scan: no filter on {keys} of table {table} ({partitions} partitions, {size})."
        ),
        None => {
            format!("Full scan: no filter on {keys} of table {table} ({partitions} partitions).")
        }
    },
    ask_title: "Run this query?",
    above: |threshold| {
        format!("This is more than {threshold}, from where on you want to be asked.")
    },
    run_anyway: "Run it",
    settings: |flags| format!("Settings ({flags})"),
    flags: "Flags",
    flag_name: "Flag",
    flag_value: "Value",
    flag_add: "Add a flag",
    flag_remove: |name| format!("Remove {name}"),
    flag_wrong: |fits| format!("Possible: {fits}."),
    flag_free: "Not known to the console; sent as it is.",
    flag: |flag| match flag {
        Flag::Types => "Types of MaxCompute 2.0: TINYINT, INT, TIMESTAMP, DECIMAL(p,s) and others.",
        Flag::Decimal => "DECIMAL with precision and scale, as in MaxCompute 2.0.",
        Flag::Hive => "Functions and conversions behave as in Hive.",
        Flag::FullScan => "Allows reading a partitioned table without a filter on its partitions.",
        Flag::Cartesian => "Allows a join without a condition.",
        Flag::Priority => "Place in the queue: 0 comes first, 9 is usual.",
        Flag::Split => "MB that one mapper reads; smaller means more mappers.",
        Flag::Reducers => "Number of reducers; without it MaxCompute decides.",
        Flag::Submit => "The text goes as one script: all or nothing.",
        Flag::Schema => "Names of three parts are project.schema.table.",
        Flag::Zone => "Time zone of DATETIME and of functions of time, such as Asia/Shanghai.",
        Flag::Quota => "The quota that the run uses.",
    },
    script: "Send several statements together, as one instance (script mode)",
    threshold: "Ask before reading more than (GiB)",
    threshold_hint: |bytes, money| {
        format!(
            "{bytes}, about {money} at complexity 1. Leave it empty to run without an estimate."
        )
    },
    threshold_none: "Nothing is estimated before a run.",
    threshold_wrong: "A number such as 100 or 0.5.",
    run_label: "Run",
    statements: "Statements of this run",
    left: |count| match count {
        1 => "One statement was not sent yet.".to_owned(),
        count => format!("{count} statements were not sent yet."),
    },
    go_on: "Go on",
    state: |state| match state {
        State::Unsent => "Not sent",
        State::Waiting => "Waiting",
        State::Running => "Running",
        State::Stopping => "Cancel asked",
        State::Done => "Done",
        State::Failed => "Failed",
        State::Cancelled => "Cancelled",
    },
    elapsed: "Time since it was sent",
    cancel: "Cancel",
    cancelling: "Cancel asked",
    queued: |priority| match priority {
        Some(priority) => format!("Accepted; waits in the queue with priority {priority}."),
        None => "Accepted; waits in the queue.".to_owned(),
    },
    stages: "Stages",
    stage: |input, output, done, workers| {
        format!("{input} rows in, {output} out; {done} of {workers} workers done")
    },
    spent: |cpu, bytes| {
        let cpu = cpu.map(|cpu| format!("{cpu} core seconds"));
        let bytes = bytes.map(|bytes| format!("{bytes} read"));
        let said: Vec<String> = [cpu, bytes].into_iter().flatten().collect();
        format!("Spent until then or in all: {}.", said.join(", "))
    },
    spent_unknown: "What was spent is not known: MaxCompute does not say it of this instance.",
    cancelled: "Cancelled.",
    cancelled_next: "The query was cancelled: there is no result. Run it again when you want one.",
    expected: |cost| format!("Before the run: {cost}"),
    logview: "Logview",
    result: "Result",
    result_of: |instance| format!("result {instance}"),
    rows: |rows| format!("{rows} rows"),
    done: |verb| format!("{verb} is done. The statement gives no rows."),
    place: |line, column| format!("Line {line}, column {column} of the statement."),
    show_place: "Show the place",
    text_changed: "The text was changed since it ran.",
    instance: "Instance",
    history: "SQL history",
    history_lead: "Runs that were begun or opened in this browser. Deleting one here does nothing to its instance.",
    new_query: "New query",
    search: "Search text, flags and ids",
    found: |shown, all| match shown == all {
        true => format!("{all} runs"),
        false => format!("{shown} of {all} runs"),
    },
    no_runs: "No runs yet.",
    query: "Query",
    state_name: "State",
    began: "Began",
    lasted: "Lasted",
    rows_name: "Rows",
    read_name: "Read",
    cost_name: "Estimated cost",
    actions: "Actions",
    again: "Open to run again",
    forget: "Delete",
    forget_named: |name| format!("Delete {name} from the history"),
    compare: "Compare",
    compare_left: |name| format!("Compare {name} as A"),
    compare_right: |name| format!("Compare {name} as B"),
    compared: "A and B",
    difference: "Lines that differ",
    same_text: "Both texts are the same.",
    too_long: "The texts are too long to be compared line by line.",
};

/// An amount is an estimate; `< USD 0.000001` is a bound.
fn about(money: &str) -> String {
    match money.strip_prefix("< ") {
        Some(bound) => format!("less than {bound}"),
        None => format!("about {money}"),
    }
}
