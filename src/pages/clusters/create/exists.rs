//! Clusters of the same name that run already: the question before another one is started, with
//! what they differ in.

use cluster::price::{Book, Price};
use cluster::{Difference, Found, IfExists, Spec};
use leptos::prelude::*;

use super::restart::Restart;
use super::submit::{Question, Submission};
use crate::components::age::Moment;
use crate::components::problem_notice::ProblemNotice;
use crate::route::Route;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;

/// The question, as a dialog; a refusal stands in the form.
#[component]
pub fn Exists(
    /// The submission that asks.
    submission: Submission,
) -> impl IntoView {
    let t = sentences();
    let question = submission.question();
    let raised = move || match question.get()? {
        Question::Found { found, spec } if spec.if_exists == IfExists::Raise => {
            Some(view! { <Raised spec found/> })
        }
        _ => None,
    };
    let open = Signal::derive(move || {
        question.with(|question| question.as_ref().is_some_and(Question::is_asked))
    });
    let title = Signal::derive(move || question.with(|asked| title(t.get(), asked.as_ref())));
    let body = move || match question.get()? {
        asked if !asked.is_asked() => None,
        Question::Unsearched { problem, spec } => {
            Some(view! { <Unsearched submission problem spec/> }.into_any())
        }
        Question::Found { found, spec } if spec.if_exists == IfExists::Restart => {
            Some(view! { <Restart submission found spec/> }.into_any())
        }
        Question::Found { found, spec } => {
            Some(view! { <Reuse submission found spec/> }.into_any())
        }
    };
    let close = Callback::new(move |()| submission.back());
    view! {
        {raised}
        <Dialog open on_close=close title>
            {body}
        </Dialog>
    }
}

fn title(text: &Text, question: Option<&Question>) -> String {
    match question {
        Some(Question::Unsearched { .. }) => text.create.unsearched_title,
        Some(Question::Found { spec, .. }) if spec.if_exists == IfExists::Restart => {
            text.create.restart_title
        }
        _ => text.clusters.create.twin_title,
    }
    .to_owned()
}

/// `raise`: nothing was created, and which one runs.
#[component]
fn Raised(spec: Spec, found: Vec<Found>) -> impl IntoView {
    let t = sentences();
    let id = found.into_iter().next().map(|found| found.instance)?;
    let href = Route::Cluster(id.clone()).path();
    let name = spec.name.unwrap_or_default();
    Some(view! {
        <div class="hint" role="alert">
            <p class="break">{move || (t.get().create.raised)(&name, &id)}</p>
            <a href=href>{move || t.get().create.raised_open}</a>
        </div>
    })
}

/// The search failed: nothing is started unless somebody says so.
#[component]
fn Unsearched(submission: Submission, problem: crate::api::Problem, spec: Spec) -> impl IntoView {
    let t = sentences();
    let again = spec.clone();
    let again = move |()| submission.start(again.clone());
    let anyway = move |()| submission.launch(spec.clone());
    view! {
        <p>{move || t.get().create.unsearched_body}</p>
        <ProblemNotice problem/>
        <div class="dialog-actions">
            <Back submission/>
            <Button on_press=Callback::new(anyway)>{move || t.get().clusters.create.twin_another}</Button>
            <Button weight=Weight::Primary on_press=Callback::new(again)>
                {move || t.get().create.unsearched_again}
            </Button>
        </div>
    }
}

/// `reuse`: what the running one differs in, then the choice.
#[component]
fn Reuse(submission: Submission, found: Vec<Found>, spec: Spec) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().clusters.create;
    let more = found.len().saturating_sub(1);
    let twin = found.into_iter().next()?;
    let id = StoredValue::new(twin.instance.clone());
    let another = spec.clone();
    let another = move |()| submission.launch(another.clone());
    let reuse = move |()| submission.open(id.get_value());
    Some(view! {
        <p class="break">{move || id.with_value(|id| (words().twin_body)(id))}</p>
        {(more > 0).then(|| view! { <p>{move || (t.get().create.more_found)(more)}</p> })}
        <Differences spec twin/>
        <div class="dialog-actions">
            <Back submission/>
            <Button on_press=Callback::new(another)>{move || words().twin_another}</Button>
            <Button weight=Weight::Primary on_press=Callback::new(reuse)>{move || words().twin_reuse}</Button>
        </div>
    })
}

/// Wanted beside running.
#[component]
fn Differences(spec: Spec, twin: Found) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().create;
    let started = twin.started;
    let body = move || match twin.spec.clone() {
        Some(found) => rows(t.get(), &spec, &found).into_any(),
        None => view! { <tr><td colspan="4">{words().size_unknown}</td></tr> }.into_any(),
    };
    view! {
        <div class="table-box">
            <table class="table" aria-label=move || words().compare>
                <thead>
                    <tr>
                        <th scope="col">{move || words().figure}</th>
                        <th scope="col" class="number">{move || words().wanted}</th>
                        <th scope="col" class="number">{move || words().found}</th>
                        <th scope="col"><span class="visually-hidden">{move || words().differs}</span></th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        <p class="quiet">{move || words().age}" "<Moment at=Signal::derive(move || started)/></p>
    }
}

fn rows(text: &'static Text, wanted: &Spec, found: &Spec) -> impl IntoView + use<> {
    let words = &text.create;
    let hour = |spec: &Spec| {
        let book = Book::default();
        let amount = Price::of(spec, &book).hour.rounded(2);
        format!("{} {amount}", book.currency)
    };
    let row = |name: &'static str, wanted: String, found: String, same: bool| {
        let differs = (!same).then_some("true");
        view! {
            <tr data-differs=differs>
                <th scope="row">{name}</th>
                <td class="number">{wanted}</td>
                <td class="number">{found}</td>
                <td>{if same { words.same } else { words.differs }}</td>
            </tr>
        }
    };
    let figures = wanted.against(found).into_iter().map(|difference| {
        let same = difference.is_none();
        let Difference {
            field,
            wanted,
            found,
        } = difference;
        row((words.figure_of)(field), wanted, found, same)
    });
    let (mine, theirs) = (hour(wanted), hour(found));
    let same = mine == theirs;
    let never = wanted.never_usable_in(found).then(|| {
        let said = (words.never_usable)(found.worker_num, wanted.usable_at());
        view! { <tr class="differences-warning"><td colspan="4">{said}</td></tr> }
    });
    view! {
        {figures.collect_view()}
        {row(words.hour, mine, theirs, same)}
        {never}
    }
}

/// The way back, which changes nothing.
#[component]
pub fn Back(
    /// The submission that asks.
    submission: Submission,
) -> impl IntoView {
    let t = sentences();
    view! {
        <button type="button" class="button" autofocus on:click=move |_| submission.back()>
            {move || t.get().create.back}
        </button>
    }
}
