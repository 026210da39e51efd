//! `/jobs/new/sql` and `/jobs/:instance`: the editor, and below it the run of its tab.
//!
//! The address names the instance that is shown, so that a reload or a shared link comes back to it.
//! `?query=` is a text to begin with; it is never run by itself.

use leptos::prelude::*;

use super::check::{AskFirst, Checked};
use super::flags::Flags;
use super::outcome::Outcome;
use super::pane::Pane;
use super::progress::Progress;
use super::sheet::Sheet;
use super::tabs::TabRow;
use crate::api::{self, Problem};
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::route::{Here, Route};
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::{Glyph, Icon};

/// The editor with its runs.
#[component]
pub fn SqlEditor() -> impl IntoView {
    let (t, here, profile) = (sentences(), Here::expect(), Profile::expect());
    let words = move || &t.get().sql;
    let sheet = Sheet::open_page();
    let failed = RwSignal::new(None::<Problem>);
    let known = Memo::new(move |_| profile.get().is_some());
    let instance = Memo::new(move |_| match here.route.get() {
        Route::Job(id) => Some(id),
        _ => None,
    });
    Effect::new(move |_| {
        if known.get() {
            sheet.desk.read();
        }
    });
    // What the address names is brought into a tab.
    Effect::new(move |_| {
        if known.get() {
            failed.set(None);
            match instance.get() {
                Some(id) => bring(sheet, id, failed),
                None => begin(sheet, here.query.get_untracked().get("query")),
            }
        }
    });
    follow_run(sheet);
    let history = Route::Jobs.path();
    view! {
        <Page
            title=Signal::derive(move || words().title.to_owned())
            lead=move || words().lead
            actions=move || view! { <a class="button" href=history.clone()>{move || words().history}</a> }
        >
            <div class="sql">
                <TabRow sheet/>
                <Pane sheet/>
                <Tools sheet/>
                <Checked sheet/>
                <AskFirst sheet/>
                {move || failed.get().map(|problem| view! { <ProblemNotice problem/> })}
                {move || sheet.desk.unkept.get().then(|| view! { <p class="sql-warning" role="status">{move || words().unkept}</p> })}
                <Progress sheet instance/>
                <Outcome sheet instance/>
            </div>
        </Page>
    }
}

/// The row of buttons under the text.
#[component]
fn Tools(
    /// The page's state.
    sheet: Sheet,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().sql;
    let busy = move || sheet.checking.get();
    let refused = Signal::derive(move || {
        let runs = sheet.run().is_some_and(|run| run.state().is_running());
        runs.then(|| words().still_running.to_owned())
    });
    let run = Callback::new(move |()| sheet.start(false));
    let all = Callback::new(move |()| sheet.start(true));
    let estimate = Callback::new(move |()| sheet.estimate());
    let format = Callback::new(move |()| sheet.format());
    view! {
        <div class="sql-tools">
            <Button weight=Weight::Primary on_press=run busy=Signal::derive(busy) refused>
                <Icon glyph=Glyph::Run/>
                {move || words().run}
            </Button>
            <Button on_press=all busy=Signal::derive(busy) refused>{move || words().run_all}</Button>
            <Button on_press=estimate busy=Signal::derive(busy)>{move || words().estimate}</Button>
            <Button on_press=format>{move || words().format}</Button>
            <Flags sheet/>
        </div>
        <p class="quiet" id="sql-hint">{move || words().hint}</p>
    }
}

/// Without an instance in the address: the shown tab stays, unless a text is given.
fn begin(sheet: Sheet, text: Option<&str>) {
    let Some(text) = text else { return };
    let tabs = sheet.tabs.get_untracked();
    match tabs.tabs.iter().find(|tab| tab.text == text) {
        Some(tab) => sheet.turn_to(&tab.key),
        None => sheet.open(text, None),
    }
}

/// The run of an instance is shown, and followed if it has not ended.
fn bring(sheet: Sheet, id: String, failed: RwSignal<Option<Problem>>) {
    if let Some(run) = sheet.desk.of(&id) {
        sheet.desk.watch(id);
        return sheet.show_run(&run);
    }
    api::spawn(async move {
        let found = sheet.desk.adopt(&id).await;
        if failed.is_disposed() {
            return;
        }
        match found {
            Ok(Some(run)) => {
                sheet.show_run(&run);
                sheet.desk.watch(id);
            }
            Ok(None) => sheet.leave(Route::Instance(id)),
            Err(problem) => failed.set(Some(problem)),
        }
    });
}

/// The address goes along when the shown run sends its next statement.
fn follow_run(sheet: Sheet) {
    let here = Here::expect();
    let last = Memo::new(move |_| {
        let run = sheet.run()?;
        let id = run.last_sent().and_then(|step| step.instance.clone());
        Some((run.key, id))
    });
    Effect::new(move |before: Option<Option<(String, Option<String>)>>| {
        let now = last.get();
        let same = |one: &Option<(String, Option<String>)>| one.as_ref().map(|one| one.0.clone());
        if let Some((_, Some(id))) = &now
            && before
                .as_ref()
                .is_some_and(|before| same(before) == same(&now) && *before != now)
        {
            here.replace(Route::Job(id.clone()));
        }
        now
    });
}
