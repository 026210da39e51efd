//! Sentences of kept Logviews.
#![expect(
    missing_docs,
    reason = "a field is described by its English sentence in en/archive.rs"
)]

pub struct Archive {
    pub title: &'static str,
    pub lead: &'static str,
    pub cap: &'static str,
    pub megabytes: fn(&str) -> String,
    pub none: &'static str,
    pub reading: &'static str,
    pub sum: fn(usize, &str) -> String,
    pub instance: &'static str,
    pub project: &'static str,
    pub kept_on: &'static str,
    pub size: &'static str,
    pub remove: &'static str,
    pub remove_one: fn(&str) -> String,
    pub remove_all: &'static str,
    pub no_storage: &'static str,
    pub storage_failed: fn(&str) -> String,
    pub save: &'static str,
    pub saving: &'static str,
    pub not_saved: &'static str,
    pub kept_note: fn(&str, &str) -> String,
    pub kept_unreachable: fn(&str, &str) -> String,
    pub file_note: fn(&str, &str) -> String,
    pub file_title: &'static str,
    pub file_lead: &'static str,
    pub drop_label: &'static str,
    pub choose: &'static str,
    pub drop: &'static str,
    pub foreign: &'static str,
    pub newer: &'static str,
    pub damaged: &'static str,
    pub too_large: &'static str,
}
