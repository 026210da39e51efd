//! Sentences of the notebook of a cluster.
#![expect(
    missing_docs,
    reason = "a field is described by its English sentence in en/notebook.rs"
)]

use crate::pages::clusters::detail::jobs::rehearsal::Fate;

pub struct Notebook {
    pub title: &'static str,
    pub hint: &'static str,
    pub cell: fn(usize) -> String,
    pub output: fn(usize) -> String,
    pub result: fn(usize) -> String,
    pub done: fn(usize) -> String,
    pub order: &'static str,
    pub add: &'static str,
    pub add_below: &'static str,
    pub run_all: &'static str,
    pub run_to_here: &'static str,
    pub move_up: &'static str,
    pub move_down: &'static str,
    pub remove: &'static str,
    pub forget: &'static str,
    pub nothing_ran: &'static str,
    pub guide: &'static str,
    pub unkept: &'static str,
    pub written: &'static str,
    pub rehearsal: &'static str,
    pub fate: fn(Fate, &str) -> String,
    pub column: &'static str,
    pub in_frame: &'static str,
    pub in_table: &'static str,
    pub stays_null: &'static str,
    pub not_there: &'static str,
    pub is_made: &'static str,
    pub type_name: fn(&str) -> String,
    pub write: &'static str,
    pub leave: &'static str,
}
