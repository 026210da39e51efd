//! English: tables and frames.

use crate::text::tables::{Frame, Parts, RowWindow, Tables, Tree};

pub(super) const TABLES: Tables = Tables {
    title: "Tables",
    lead: |project| format!("Project {project}"),
    search: "Search tables",
    search_hint: "Name, comment, owner or pinyin initials",
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
    gone: |ago| format!("The table does not exist any more. What was read {ago} is still shown."),
    link: "Link",
    pin: "Pin",
    unpin: "Unpin",
    all_columns: |count| format!("Show all {count} columns"),
    no_columns: "The table has no columns.",
    view_sql: "Read it by SQL",
    view_preview: "Try the preview call",
    rights: "Permissions",
    rights_lead: "That this page shows the columns means that you may look at the definition. Whether rows may be downloaded is said under them when it is refused, with the rule and what still works. The grants that the service lists for this table:",
    rights_ask: "Ask for the grants",
    rights_none: "The service lists no grant for this table; a role of the project may still allow it.",
    tree: Tree {
        pinned: "Pinned",
        recent: "Recent",
        reading: "Reading…",
        failed: "The rest could not be read.",
        none: "Nothing here",
        silent: |count| {
            format!("Comments of {count} tables were not read, so they are not searched.")
        },
        read_comments: "Read them",
        fold: "Hide the tables",
        unfold: "Show the tables",
        all: "All tables",
        edge: "Width of the list of tables",
    },
    parts: Parts {
        choose: "Choose a partition",
        latest: "Latest",
        is_latest: "This is the latest one",
        so_far: |count| format!("{count} partitions so far…"),
        filter: "Filter",
        from: "From",
        to: "To",
        list: "Partitions",
        calendar: |month| format!("Partitions in {month}"),
        month_before: "Month before",
        month_after: "Month after",
        day: |day, count| match count {
            "1" => format!("{day}, 1 partition"),
            _ => format!("{day}, {count} partitions"),
        },
        no_day: |day| format!("{day}, no partition"),
        weekdays: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    },
    window: RowWindow {
        from: "From row",
        count: "Rows",
        read: "Read",
        head: |rows| format!("First {rows}"),
        whole: "Whole table",
        whole_words: |rows, stored, memory, most| {
            format!(
                "Rows: {rows}. Stored, compressed: {stored}. In memory: about {memory}. The browser holds at most {most}; rows that do not fit are left out and said."
            )
        },
        unknown: "not known",
        cancel: "Not now",
        go: "Read all rows",
        columns: |some, all| match some == all {
            true => format!("All {all} columns"),
            false => format!("{some} of {all} columns"),
        },
        every: "All",
    },
    preview: |most| format!("Read by the preview call, which gives the first {most} rows at most."),
    preview_refused: |reason| {
        format!("The tunnel refused the download ({reason}). SQL still gives up to 10 000 rows.")
    },
    rows_from: |first, last, exist| match exist {
        Some(exist) => format!("Rows {first} to {last} of {exist} are here."),
        None => format!("Rows {first} to {last} are here."),
    },
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
        cut_service: |limit| {
            format!(
                "MaxCompute gives you no more than {limit} rows of a result: there may be more. Ask for the right to download from the table, or write the result into a table of your own."
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
        axes: "Axes",
        all_axes: "all, one below the other",
        plane: |rows, columns| format!("{rows} down, {columns} across"),
        axis: |axis| format!("axis {axis} at"),
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
