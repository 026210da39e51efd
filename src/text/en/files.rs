//! Writing files, in English.

use file::{Change, Format, LineEnd, Quoting};

use crate::text::files::Files;

pub(in crate::text) const FILES: Files = Files {
    export: "Export…",
    title: |name| format!("Export {name}"),
    rows: "Rows",
    rows_view: |rows| format!("Rows as seen here ({rows})"),
    rows_view_hint: "In this order, with these filters and columns.",
    rows_whole: |rows, size| {
        let facts: Vec<String> = (rows.map(|rows| format!("{rows} rows")).into_iter())
            .chain(size.map(str::to_owned))
            .collect();
        match facts.is_empty() {
            true => "Everything".to_owned(),
            false => format!("Everything ({})", facts.join(", ")),
        }
    },
    rows_whole_hint: "Read anew from its source, all columns, in the order of storage.",
    format: "Format",
    format_name: |format| match format {
        Format::Csv => "CSV",
        Format::Tsv => "TSV",
        Format::JsonLines => "JSON lines",
        Format::Xlsx => "Excel (XLSX)",
        Format::Parquet => "Parquet",
        Format::Arrow => "Arrow",
        Format::Markdown => "Markdown",
    },
    format_hint: |format| match format {
        Format::Csv => "Exact text. Every tool reads it.",
        Format::Tsv => "As CSV, with tabs between the fields.",
        Format::JsonLines => "One object a line; numbers digit for digit.",
        Format::Xlsx => {
            "Numbers of more than 15 digits and times finer than milliseconds are text, because Excel would change them."
        }
        Format::Parquet => "Every value in its own type, packed. Best for programs.",
        Format::Arrow => "Every value in its own type, quickest to read.",
        Format::Markdown => "A table for documents and messages.",
    },
    options: "Options",
    bom: "Byte-order mark",
    bom_hint: "Excel needs it to read Chinese and other letters right.",
    null: "No value is written as",
    null_hint: "Empty: an empty text is then written as \"\".",
    null_bad: "This word would need quotes. Choose one without quotes, line ends and the delimiter.",
    delimiter: "Between fields",
    delimiter_name: |delimiter| match delimiter {
        ',' => "Comma",
        ';' => "Semicolon",
        '|' => "Bar",
        _ => "Tab",
    },
    quoting: "Quotes",
    quoting_name: |quoting| match quoting {
        Quoting::Minimal => "Where needed",
        Quoting::All => "Always",
    },
    line_end: "Line ends",
    line_end_name: |end| match end {
        LineEnd::Lf => "LF",
        LineEnd::CrLf => "CRLF",
    },
    exact_strings: "Long numbers as strings",
    exact_strings_hint: "For readers that take every JSON number for a float, as JavaScript does.",
    beside: "Write a note beside it",
    beside_hint: "A small text file that says what the file holds and what was changed.",
    name: "File name",
    to_disk: "The browser asks where to save it; rows go to disk as they come.",
    in_parts: "This browser cannot write to disk as rows come: large files come in parts.",
    save: "Export",
    cancel: "Cancel",
    stop: "Stop",
    running: "Writing the file",
    progress: |rows, of, size| match of {
        Some(of) => format!("{rows} of {of} rows, {size}"),
        None => format!("{rows} rows, {size}"),
    },
    done: |name, rows, size| format!("{name}: {rows} rows, {size}."),
    parts: |files| format!("In {files} files."),
    stopped: "Stopped. The unfinished file was given up.",
    failed: "The file was not written",
    gone: "The rows are no longer in memory. Read them again, then export.",
    null_empty: "No value is written as nothing; an empty text as \"\".",
    null_word: |word| format!("No value is written as {word}."),
    note_source: |source| format!("From {source}"),
    note_rows: |rows, exist| match exist {
        Some(exist) => format!("Rows in this file: {rows} of {exist}"),
        None => format!("Rows in this file: {rows}"),
    },
    note_cut: |cut| format!("What is missing: {cut}"),
    note_zone: |zone| format!("Times written as text are in {zone}"),
    change: |change, count, columns| match change {
        Change::NumbersAsText => {
            format!("{count} numbers with more digits than the format keeps are text.")
        }
        Change::NotFiniteAsText => format!("{count} values that are NaN or infinite are text."),
        Change::TimesAsText => {
            format!("{count} times that the format cannot hold exactly are text.")
        }
        Change::NestedAsText if columns.is_empty() => format!("{count} nested values are text."),
        Change::NestedAsText => format!("Nested values are JSON text: {columns}."),
        Change::BytesAsHex => format!("Bytes are hexadecimal digits: {columns}."),
        Change::TypeAsText => {
            format!("The format lacks the type, so these columns are text: {columns}.")
        }
        Change::Renamed => format!("Names that came twice got a number: {columns}."),
        Change::Formulas => format!(
            "{count} texts begin like a formula; a spreadsheet may run them when it opens this file."
        ),
        Change::Cut => {
            format!("{count} texts were cut at 32 767 characters, the most that a cell holds.")
        }
        Change::Sheets => format!("The rows are on {count} sheets; one holds 1 048 576."),
    },
};
