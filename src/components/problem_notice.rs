//! An error, said: what happened, why, what to do next; evidence beside, the trace folded.

use leptos::prelude::*;

use crate::api::Problem;
use crate::text::sentences;
use crate::ui::button::Button;
use crate::ui::icon::{Glyph, Icon};

/// Shows a problem in the place of what could not be shown.
#[component]
pub fn ProblemNotice(
    /// The problem.
    #[prop(into)]
    problem: Signal<Problem>,
    /// Asks again.
    #[prop(optional)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let t = sentences();
    let evidence = move || {
        let (problem, shell) = (problem.get(), &t.get().shell);
        let item = |name: &'static str, value: Option<String>| {
            value.map(|value| view! { <span>{name}" "<code>{value}</code></span> })
        };
        view! {
            {item(shell.code, problem.code)}
            {item(shell.request_id, problem.request_id)}
        }
    };
    let detail = move || {
        problem.get().detail.map(|detail| {
            view! {
                <details class="problem-detail">
                    <summary>{t.get().shell.details}</summary>
                    <pre tabindex="0">{detail}</pre>
                </details>
            }
        })
    };
    let again = retry.map(|retry| {
        view! { <Button on_press=retry>{move || t.get().shell.retry}</Button> }
    });
    view! {
        <div class="problem" role="alert">
            <Icon glyph=Glyph::Failed/>
            <div class="problem-body">
                <strong>{move || problem.get().what(t.get())}</strong>
                <p>{move || problem.get().why(t.get())}</p>
                <p class="problem-next">{move || problem.get().next(t.get())}</p>
                <div class="problem-evidence">{evidence}</div>
                {detail}
                {again}
            </div>
        </div>
    }
}
