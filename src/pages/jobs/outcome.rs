//! What came of the shown statement: rows in the grid, a text, what was changed, or why it failed.

use leptos::prelude::*;

use super::progress::shown;
use super::sheet::Sheet;
use crate::api::Doing;
use crate::api::sql::estimate::failure;
use crate::api::sql::follow::Outcome as Came;
use crate::api::sql::kept::Step;
use crate::components::code::Code;
use crate::components::frame_view::FrameView;
use crate::components::problem_notice::ProblemNotice;
use crate::frames::{InstanceSource, Source};
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// What came of the shown statement.
#[component]
pub fn Outcome(
    /// The page's state.
    sheet: Sheet,
    /// The instance in the address.
    instance: Memo<Option<String>>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().sql;
    let step = Memo::new(move |_| {
        let run = sheet.run()?;
        run.steps
            .get(shown(&run, instance.get().as_deref())?)
            .cloned()
    });
    let id = Memo::new(move |_| step.get().and_then(|step| step.instance));
    // The tab's run may be another one than that of the address, and not looked at yet.
    Effect::new(move |_| {
        if let Some(id) = id.get()
            && !sheet
                .desk
                .looks
                .with_untracked(|looks| looks.contains_key(&id))
        {
            sheet.desk.watch(id);
        }
    });
    let came = Memo::new(move |_| {
        let id = id.get()?;
        let look = sheet.desk.looks.with(|looks| looks.get(&id).cloned())?;
        Some((id, look.outcome?))
    });
    let body = move || {
        let (id, came) = came.get()?;
        Some(match came {
            Came::Rows(_) => view! { <Rows id/> }.into_any(),
            Came::Text(text) => view! { <Said text step/> }.into_any(),
            Came::Failed(text) => view! { <Failed sheet text step/> }.into_any(),
            Came::Cancelled => view! { <p>{move || words().cancelled_next}</p> }.into_any(),
        })
    };
    view! { <section class="section sql-result" aria-label=move || words().result>{body}</section> }
}

/// The rows, by the instance tunnel.
#[component]
fn Rows(
    /// The instance.
    id: String,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let name = id.clone();
    let name = Signal::derive(move || (t.get().sql.result_of)(&name));
    let source = Memo::new(move |_| {
        let project = profile.get().map(|facts| facts.project).unwrap_or_default();
        let instance = id.clone();
        Source::Instance(InstanceSource { project, instance })
    });
    view! { <FrameView source name linked=true/> }
}

/// A text, or what a statement without one has done.
#[component]
fn Said(
    /// The service's text.
    text: String,
    /// The statement.
    step: Memo<Option<Step>>,
) -> impl IntoView {
    let t = sentences();
    let plain = text.trim().is_empty() || text.trim() == "OK";
    if !plain {
        let what = Signal::derive(move || t.get().sql.result.to_owned());
        return view! { <Code text what/> }.into_any();
    }
    let done = move || {
        let statement = step.get().map(|step| step.text).unwrap_or_default();
        let verb = statement.split_whitespace().next().unwrap_or_default();
        (t.get().sql.done)(&verb.to_uppercase())
    };
    view! { <p role="status">{done}</p> }.into_any()
}

/// Why it failed, with its place in the text.
#[component]
fn Failed(
    /// The page's state.
    sheet: Sheet,
    /// The service's words.
    text: String,
    /// The statement.
    step: Memo<Option<Step>>,
) -> impl IntoView {
    let t = sentences();
    let error = query::ErrorText::read(&text);
    let sentence = error.sentence.clone();
    let problem = failure(Doing::RunSql, &text);
    let place = error.place.map(|place| {
        let show = Callback::new(move |()| {
            let run = sheet.run();
            let mark = run.and_then(|run| super::pane::error_mark(&run, &run.text));
            if let Some(mark) = mark {
                sheet.editor.with_value(|editor| {
                    if let Some(editor) = editor {
                        editor.show(mark.from);
                    }
                });
            }
        });
        let moved = move || {
            let run = sheet.run();
            let same = run.is_some_and(|run| run.text == sheet.tab().text);
            (!same).then(|| t.get().sql.text_changed.to_owned())
        };
        view! {
            <p class="sql-place">
                <span>{move || (t.get().sql.place)(place.line, place.column)}</span>
                <Button weight=Weight::Quiet on_press=show refused=Signal::derive(moved)>{move || t.get().sql.show_place}</Button>
            </p>
        }
    });
    let instance = move || step.get().and_then(|step| step.instance);
    view! {
        <p class="sql-error break">{sentence}</p>
        {place}
        <ProblemNotice problem/>
        <p class="quiet">{move || t.get().sql.instance}" "<code>{instance}</code></p>
    }
}
