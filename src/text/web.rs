//! Sentences of the engine's own page and of its notebook.
#![expect(
    missing_docs,
    reason = "a field is described by its English sentence in en/web.rs"
)]

use crate::api::framed::Why;

pub struct Web {
    pub tab: &'static str,
    pub tab_notebook: &'static str,
    pub frame: fn(&str) -> String,
    pub lead: &'static str,
    pub reload: &'static str,
    pub open: &'static str,
    pub opening: &'static str,
    pub link_only: &'static str,
    pub why: fn(Why) -> &'static str,
    pub ended: &'static str,
    pub ended_next: &'static str,
    pub notebook_unsaved: &'static str,
    pub notebook_unsaved_next: &'static str,
    pub notebook_lead: &'static str,
    pub notebook_why: &'static str,
    pub notebook_open: &'static str,
    pub notebook_token: &'static str,
    pub notebook_missing: &'static str,
}
