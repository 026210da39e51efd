//! Sentences about writing files: the export dialog, and the note in or beside a file.

use file::{Change, Format, LineEnd, Quoting};

/// Sentences about writing files.
#[expect(missing_docs, reason = "each is named by its meaning")]
pub struct Files {
    pub export: &'static str,
    pub title: fn(&str) -> String,
    pub rows: &'static str,
    pub rows_view: fn(rows: &str) -> String,
    pub rows_view_hint: &'static str,
    pub rows_whole: fn(rows: Option<&str>, size: Option<&str>) -> String,
    pub rows_whole_hint: &'static str,
    pub format: &'static str,
    pub format_name: fn(Format) -> &'static str,
    pub format_hint: fn(Format) -> &'static str,
    pub options: &'static str,
    pub bom: &'static str,
    pub bom_hint: &'static str,
    pub null: &'static str,
    pub null_hint: &'static str,
    pub null_bad: &'static str,
    pub delimiter: &'static str,
    pub delimiter_name: fn(char) -> &'static str,
    pub quoting: &'static str,
    pub quoting_name: fn(Quoting) -> &'static str,
    pub line_end: &'static str,
    pub line_end_name: fn(LineEnd) -> &'static str,
    pub exact_strings: &'static str,
    pub exact_strings_hint: &'static str,
    pub beside: &'static str,
    pub beside_hint: &'static str,
    pub name: &'static str,
    pub to_disk: &'static str,
    pub in_parts: &'static str,
    pub save: &'static str,
    pub cancel: &'static str,
    pub stop: &'static str,
    pub running: &'static str,
    pub progress: fn(rows: &str, of: Option<&str>, size: &str) -> String,
    pub done: fn(name: &str, rows: &str, size: &str) -> String,
    pub parts: fn(files: &str) -> String,
    pub stopped: &'static str,
    pub failed: &'static str,
    pub gone: &'static str,
    pub null_empty: &'static str,
    pub null_word: fn(&str) -> String,
    pub note_source: fn(&str) -> String,
    pub note_rows: fn(rows: &str, exist: Option<&str>) -> String,
    pub note_cut: fn(&str) -> String,
    pub note_zone: fn(&str) -> String,
    pub change: fn(Change, count: &str, columns: &str) -> String,
}

/// These sentences alone, for the worker, which carries no others.
pub fn of(chinese: bool) -> &'static Files {
    match chinese {
        true => &super::zh::files::FILES,
        false => &super::en::files::FILES,
    }
}
