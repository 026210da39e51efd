//! English: tables and frames.

use crate::text::tables::{Frame, Tables};

pub(super) const TABLES: Tables = Tables {
    title: "Tables",
    lead: |project| format!("Project {project}"),
    search: "Search tables",
    search_hint: "Part of a name or an owner",
    count: |shown, all| match (shown, all) {
        (_, 1) if shown == all => "1 table".to_owned(),
        _ if shown == all => format!("{all} tables"),
        _ => format!("{shown} of {all} tables"),
    },
    none: |project| format!("The project {project} has no table that you may see."),
    none_found: |filter| format!("No table matches “{filter}”."),
    clear_search: "Clear the search",
    refresh: "Read again",
    loading: "Reading the list of tables…",
    reading: "Reading the table…",
    drawn: |shown, all| format!("{shown} of {all} are listed here; search to find the others."),
    name: "Name",
    kind: "Kind",
    rows: "Rows",
    size: "Size",
    owner: "Owner",
    comment: "Comment",
    changed: "Data changed",
    created: "Created",
    read: "Last read",
    lifecycle: "Lifecycle",
    for_ever: "kept until it is dropped",
    days: |days| {
        if days == 1 {
            "1 day".to_owned()
        } else {
            format!("{days} days")
        }
    },
    managed: "table",
    view: "view",
    materialized: "materialized view",
    external: "external table",
    partitioned: "partitioned",
    size_note: "Compressed size in storage; in memory it is larger.",
    data: "Data",
    columns: "Columns",
    columns_of: |count| {
        if count == 1 {
            "1 column".to_owned()
        } else {
            format!("{count} columns")
        }
    },
    facts: "Facts",
    definition: "Definition",
    position: "No.",
    column_type: "Type",
    nullable: "May be NULL",
    yes: "yes",
    no: "no",
    partition_key: "partition key",
    partition: "Partition",
    partitions_of: |count| {
        if count == 1 {
            "1 partition".to_owned()
        } else {
            format!("{count} partitions")
        }
    },
    no_partition: "The table has partition keys but no partition yet, so there is nothing to read.",
    view_rows: "A view keeps no rows of its own. SQL reads it:",
    python: "The same in PyODPS",
    frame: Frame {
        label: |name| format!("Rows of {name}"),
        row: "Row",
        opening: "Opening…",
        reading: |rows, of| match of {
            Some(of) => format!("Reading: {rows} of {of} rows"),
            None => format!("Reading: {rows} rows"),
        },
        rate: |size, per_second| format!("{size}, {per_second}/s"),
        stop: "Stop reading",
        slow: |elapsed| format!("waiting for the first bytes since {elapsed}"),
        complete: |rows| format!("All {rows} rows are here."),
        empty: "There are no rows.",
        ledger: |fetched, exist| format!("{fetched} of {exist} rows are here."),
        ledger_open: |fetched| format!("{fetched} rows are here; how many exist is not known."),
        cut_limit: |limit| format!("The limit of {limit} rows left the rest out."),
        cut_user: "Reading was stopped.",
        cut_memory: |budget| {
            format!(
                "The rest does not fit: at most {budget} of rows are held here. Choose fewer columns or a partition, or let SQL filter."
            )
        },
        needs_memory: |rows, size, budget, fit| {
            format!(
                "All {rows} rows need about {size} of memory; {budget} are held here, which is about {fit} rows. Choose fewer columns or a partition, or let SQL filter."
            )
        },
        busy: |wait, attempt, of| {
            format!("MaxCompute is busy; asking again after {wait} s (wait {attempt} of {of}).")
        },
        changed: "The table changed while it was read: its rows were read again from the first one.",
        restarted: "The program that holds the rows ended and was started again; the rows were read anew.",
        cut_columns: |hidden, shown| {
            format!(
                "{hidden} more columns are not shown; at most {shown} are. Slice the result to see them."
            )
        },
        cut_fault: "Reading broke off; these rows passed their checksums.",
        fetch_up_to: |rows| format!("{rows} rows"),
        fetch_all: "All rows",
        fetch_rest: "Read the rest",
        more: "Read more:",
        shape: "Shape",
        dtype: "Type",
        scalar: "a single value",
        value: |row, column| format!("Row {row}, {column}"),
        value_cut: |shown, all| format!("first {shown} of {all} characters; copy takes all"),
        value_null: "no value",
        value_empty: "empty text",
        choose: "Choose a cell to see its whole value; Ctrl+C copies the selection.",
        copied_cells: |rows, columns| format!("Copied {rows} × {columns} cells, tab-separated"),
        copied_part: |rows, of| {
            format!("Copied the first {rows} of {of} rows: a copy holds at most 64 MiB")
        },
        copy_failed: "The browser did not allow copying.",
        from_row: |row| format!("Trying again goes on at row {row}."),
        keys: "Arrow keys move, Shift extends, Ctrl+C copies, Ctrl+Shift+C copies with column names, Ctrl+A selects all.",
    },
};
