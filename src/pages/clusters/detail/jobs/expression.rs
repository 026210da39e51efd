//! The expression box: text, its errors with their place, run and wait.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use script::Error;

use super::super::super::life::Life;
use super::submit::{Refused, build, submit};
use crate::api::{self, Problem};
use crate::components::problem_notice::ProblemNotice;
use crate::route::Here;
use crate::state::profile::Profile;
use crate::state::toasts::Toasts;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::icon::{Glyph, Icon};

/// What a new user may start from; the guide's first.
const EXAMPLES: [&str; 5] = [
    "mt.random.rand(100, 100)",
    "o.to_mars_dataframe('test_mars').iloc[:6]",
    "mt.ones((3, 4)) + 1",
    "mt.arange(10).sum()",
    "a = mt.random.rand(1000, 4)\na.mean(axis=0)",
];

/// The box.
#[component]
pub fn Expression(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let (t, here, toasts) = (sentences(), Here::expect(), Toasts::expect());
    let profile = Profile::expect();
    let words = move || &t.get().life.jobs;
    let text = RwSignal::new(EXAMPLES[0].to_owned());
    let wait = RwSignal::new(true);
    let busy = RwSignal::new(false);
    let errors: RwSignal<Vec<Error>> = RwSignal::new(Vec::new());
    let problem: RwSignal<Option<Problem>> = RwSignal::new(None);
    let usable = Memo::new(move |_| life.with(Life::is_usable));
    let refused = move || (!usable.get()).then(|| words().refused_not_usable.to_owned());
    let run = move || {
        if busy.get_untracked() || !usable.get_untracked() {
            return;
        }
        problem.set(None);
        let typed = text.get_untracked();
        let Some(connection) = profile.now() else {
            return;
        };
        busy.set(true);
        let (instance, waits) = (id.clone(), wait.get_untracked());
        api::spawn(async move {
            let lowered = match build(&typed, &connection.target()).await {
                Ok(lowered) => lowered,
                Err(refused) => {
                    busy.set(false);
                    return match refused {
                        Refused::Script(wrong) => errors.set(wrong),
                        Refused::Problem(failed) => problem.set(Some(failed)),
                    };
                }
            };
            errors.set(Vec::new());
            let place = instance.clone();
            submit(
                connection.project,
                instance,
                typed,
                lowered,
                move |outcome| {
                    busy.set(false);
                    match outcome {
                        Ok(handle) if waits => here.go(handle.place(&place)),
                        Ok(_) => {
                            toasts.done(t.now().life.jobs.left_running);
                            here.view("kept", "");
                        }
                        Err(failed) => problem.set(Some(failed)),
                    }
                },
            );
        });
    };
    let run = StoredValue::new_local(run);
    let press = move |event: SubmitEvent| {
        event.prevent_default();
        run.with_value(|run| run());
    };
    let key = move |event: KeyboardEvent| {
        let modified = event.ctrl_key() || event.meta_key();
        if event.key() == "Enter" && modified && !event.is_composing() {
            event.prevent_default();
            run.with_value(|run| run());
        }
    };
    let wrong = move || {
        let typed = text.get_untracked();
        errors
            .get()
            .into_iter()
            .map(|error| view! { <Wrong error text=typed.clone()/> })
            .collect_view()
    };
    view! {
        <form class="expression" on:submit=press>
            <label for="expression" class="expression-label">{move || words().expression}</label>
            <div class="field-box">
                <textarea
                    id="expression"
                    rows="4"
                    spellcheck="false"
                    autocapitalize="off"
                    aria-describedby="expression-hint expression-errors"
                    aria-invalid=move || errors.with(|errors| !errors.is_empty()).then_some("true")
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                    on:keydown=key
                ></textarea>
            </div>
            <p class="field-hint" id="expression-hint">{move || words().hint}</p>
            <div id="expression-errors" role="status">{wrong}</div>
            {move || problem.get().map(|problem| view! { <ProblemNotice problem/> })}
            <div class="row">
                <Button submit=true weight=Weight::Primary busy refused=Signal::derive(refused)>
                    <Icon glyph=Glyph::Run/>
                    {move || if busy.get() { words().running } else { words().run }}
                </Button>
                <label class="check" title=move || words().wait_hint>
                    <input
                        type="checkbox"
                        prop:checked=move || wait.get()
                        on:change=move |event| wait.set(event_target_checked(&event))
                    />
                    {move || words().wait}
                </label>
                <Examples text/>
            </div>
        </form>
    }
}

#[component]
fn Examples(text: RwSignal<String>) -> impl IntoView {
    let t = sentences();
    view! {
        <div class="examples" role="group" aria-label=move || t.get().life.jobs.examples>
            <span class="quiet">{move || t.get().life.jobs.examples}</span>
            {EXAMPLES.map(|example| view! {
                <button type="button" class="example" on:click=move |_| text.set(example.to_owned())>
                    {example.lines().last()}
                </button>
            })}
        </div>
    }
}

/// One error: the sentence, and the line with its place marked.
#[component]
fn Wrong(error: Error, text: String) -> impl IntoView {
    let t = sentences();
    let (line, marks) = marked(&text, &error);
    let said = move || say(t.get(), &error);
    view! {
        <div class="wrong">
            <p class="field-error">{said}</p>
            <pre aria-hidden="true">{line}"\n"<span class="wrong-mark">{marks}</span></pre>
        </div>
    }
}

fn say(text: &Text, error: &Error) -> String {
    let words = &text.life.jobs;
    format!(
        "{}: {}",
        (words.at)(error.at.line, error.at.column),
        (words.error)(&error.kind)
    )
}

/// The line of an error and a line of carets under its place.
fn marked(text: &str, error: &Error) -> (String, String) {
    let number = usize::try_from(error.at.line)
        .unwrap_or(1)
        .saturating_sub(1);
    let line = text.lines().nth(number).unwrap_or_default().to_owned();
    let before = usize::try_from(error.at.column)
        .unwrap_or(1)
        .saturating_sub(1);
    let left = line.chars().count().saturating_sub(before).max(1);
    let length = text
        .get(error.at.start..error.at.end)
        .map_or(1, |part| part.chars().count());
    let marks = format!(
        "{}{}",
        " ".repeat(before),
        "^".repeat(length.clamp(1, left))
    );
    (line, marks)
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn the_place_is_marked() {
        let text = "a = mt.ones(3)\nb = mt.oness(3)";
        let lowered = {
            let (ast, errors) = script::parse(text);
            assert_eq!(errors, []);
            let mut count = 0;
            script::lower(
                &ast,
                &script::Project::default(),
                || {
                    count += 1;
                    format!("k{count}")
                },
                1,
            )
        };
        let error = lowered.expect_err("there is no oness");
        let (line, marks) = marked(text, &error);
        assert_eq!(line, "b = mt.oness(3)");
        assert_eq!(marks.trim_start().len(), marks.trim().len());
        assert!(marks.contains('^'));
        assert!(marks.chars().count() <= line.chars().count());
    }
}
