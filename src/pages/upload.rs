//! `/tables/new/upload?table=sales`: a file into a table, in four steps that stand below one another:
//! the file, the table, the columns, the work.

pub mod columns;
pub mod draft;
pub mod ended;
pub mod misfits;
pub mod outcome;
pub mod pick;
pub mod plan;
pub mod reading;
pub mod run;
pub mod target;

use leptos::prelude::*;

use crate::components::page::Page;
use crate::text::sentences;
use columns::ColumnList;
use draft::Draft;
use misfits::Misfits;
use outcome::Outcome;
use pick::Pick;
use reading::ReadingOptions;
use run::Run;
use target::TargetFields;

/// A file into a table.
#[component]
pub fn Upload() -> impl IntoView {
    let t = sentences();
    let draft = Draft::begin();
    let run = Run::new(draft);
    let there = Memo::new(move |_| draft.looked.with(|looked| matches!(looked, Some(Ok(_)))));
    let title = Signal::derive(move || t.get().uploads.title.to_owned());
    let steps = move || {
        there.get().then(|| {
            view! {
                <fieldset class="upload-steps" disabled=move || run.running()>
                    <ReadingOptions draft=draft/>
                    <TargetFields draft=draft/>
                    <ColumnList draft=draft/>
                    <Misfits draft=draft/>
                </fieldset>
                <Outcome run=run/>
            }
        })
    };
    view! {
        <Page title=title lead=move || t.get().uploads.lead>
            <div class="upload">
                <Pick draft=draft busy=Signal::derive(move || run.running())/>
                {steps}
            </div>
        </Page>
    }
}
