//! Files into tables, in English.

use file::import::{Bad, Encoding, Form, Why};

use crate::text::uploads::Uploads;

pub(in crate::text) const UPLOADS: Uploads = Uploads {
    upload: "Upload…",
    title: "Upload a file",
    lead: "CSV, TSV, JSON lines, Parquet or Arrow into a table. Nothing is seen of it before everything is there.",
    file: "File",
    choose: "Choose a file",
    other: "Choose another file",
    drop: "or drop it here",
    drop_hint: "It is read on this machine and sent to the table alone.",
    looking: "Looking at the file…",
    looked: |rows, whole, size| match whole {
        true => format!("All {rows} rows were looked at. {size}."),
        false => format!("Types are those of the first {rows} rows. {size}."),
    },
    rows_in_all: |rows| format!("{rows} rows in all."),
    not_read: |why| format!("The file cannot be read: {why}."),
    form: "Format",
    form_name: |form| match form {
        Form::Delimited => "CSV or TSV",
        Form::JsonLines => "JSON lines",
        Form::Parquet => "Parquet",
        Form::ArrowFile => "Arrow file",
        Form::ArrowStream => "Arrow stream",
    },
    delimiter: "Between fields",
    quotes: "Quotes",
    quotes_on: |on| {
        if on {
            "Around fields"
        } else {
            "Letters like others"
        }
    },
    header: "First row",
    header_on: |on| if on { "Names" } else { "Data" },
    encoding: "Encoding",
    encoding_name: |encoding| match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Gb18030 => "GB18030 (GBK)",
    },
    null: "The word for no value",
    null_hint: "Empty: a field with nothing in it is NULL, \"\" is an empty text.",
    zone: |zone| {
        format!("Times without a zone are taken as {zone}. Binary columns take hexadecimal digits.")
    },
    target: "Target",
    into: |new| if new { "New table" } else { "Existing table" },
    table: "Table",
    table_hint: "name, or schema.name",
    table_bad: "A letter, then letters, digits and underscores; at most 128.",
    table_read: "Reading the table…",
    columns: "Columns",
    in_table: "In the table",
    in_file: "In the file",
    kind: "Type",
    kind_of: |name| format!("Type of {name}"),
    name_of: |name| format!("Name of {name}"),
    from: |column| format!("Where {column} comes from"),
    first_values: "First values",
    nulls: "NULL",
    nothing: "nothing: NULL",
    state: "Fit",
    fits: "same type",
    checked: "other type: every value is checked",
    missing: "not in the file: NULL",
    extra: |columns| format!("Left out, because the table has no such column: {columns}."),
    keys: "Partition columns",
    keys_hint: "Names with commas between them; all are strings. Empty for none.",
    keys_bad: "A partition column has a wrong name, or one that the file has too.",
    partition: "Partition",
    known: "Partitions that exist",
    new_partition: "another, as typed below",
    statement: "The statement that makes it",
    mode: "Rows that are there",
    overwrites: |overwrite| {
        if overwrite {
            "Replace"
        } else {
            "Keep, and add"
        }
    },
    confirm: |table| format!("All rows that are there will go. Type {table} to say so."),
    misfits: "A cell that does not fit",
    policy: |choice| match choice {
        0 => "Stop the upload",
        1 => "NULL instead",
        _ => "Leave its row out",
    },
    most: "Rows left out at most",
    start: "Upload",
    stop: "Stop",
    no_file: "Choose a file first.",
    no_table: "Name a table that exists, or choose a new one.",
    no_columns: "No column of the file goes into the table.",
    no_partition: "Every partition column needs a value without / , ' \" and line ends.",
    no_confirm: |table| format!("Type {table} to replace its rows."),
    bad_columns: |names| format!("Name or type of these columns cannot be: {names}."),
    no_connection: "The connection is not known yet.",
    is_view: "A view takes no rows.",
    creating: "Making the table…",
    created: |table| format!("The new table {table} is there, without rows."),
    running: "Uploading",
    committing: "Making the rows part of the table…",
    progress: |rows, of, size, rate| match of {
        Some(of) => format!("{rows} of {of} rows, {size} sent, {rate}/s"),
        None => format!("{rows} rows, {size} sent, {rate}/s"),
    },
    again: |times| format!("{times} requests were sent again."),
    done: |rows| format!("{rows} rows were written."),
    left_out: |rows| format!("{rows} rows were left out."),
    made_null: |cells| format!("{cells} cells became NULL."),
    show: |table| format!("Show {table}"),
    cancelled: "Stopped. The table is as it was.",
    failed: |why| format!("Nothing was uploaded: {why}. The table is as it was."),
    unchanged: "The table is as it was.",
    blocks: "The service does not have all that was sent",
    commit: "The last answer did not come: the rows may be in the table or not. Look at the table before you upload again.",
    too_many: |most| format!("More than {most} rows would be left out"),
    unclosed: |row| format!("The quote that opens in row {row} is never closed"),
    damaged: |why| format!("The file is damaged or of a form that is not read here: {why}"),
    empty: "The file has no rows and no columns",
    bad: |bad: &Bad| {
        let (row, text) = (bad.row, &bad.text);
        match bad.why {
            Why::Type => format!("Row {row}, {}: “{text}” is no {}", bad.column, bad.kind),
            Why::Letters => format!(
                "Row {row}, {}: “{text}” has letters of another encoding",
                bad.column
            ),
            Why::Count { found, wanted } => {
                format!("Row {row} has {found} fields, not {wanted}: “{text}”")
            }
            Why::Json => format!("Row {row} is no JSON object: “{text}”"),
            Why::Key => {
                format!("Row {row} has the name “{text}”, which the first rows do not have")
            }
        }
    },
    bad_list: "What did not fit",
};
