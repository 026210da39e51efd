//! A pasted PyODPS call fills in the form.

use cluster::{Pasted, parse_pyodps_call};
use leptos::prelude::*;

use super::form::ClusterForm;
use crate::route::Route;
use crate::text::{Text, sentences};
use crate::ui::button::Button;

/// How reading the pasted text went.
#[derive(Clone, PartialEq)]
enum Outcome {
    Nothing,
    Filled(String),
    Attach(String),
    Wrong(cluster::PasteError),
}

/// The box for the call.
#[component]
pub fn Paste(
    /// The form.
    form: ClusterForm,
) -> impl IntoView {
    let t = sentences();
    let text = RwSignal::new(String::new());
    let outcome = RwSignal::new(Outcome::Nothing);
    let apply = move |()| outcome.set(take(form, &text.get_untracked()));
    view! {
        <section class="section paste">
            <h2><label for="paste">{move || t.get().clusters.create.paste}</label></h2>
            <div class="field-box">
                <textarea
                    id="paste"
                    rows="3"
                    spellcheck="false"
                    aria-describedby="paste-hint"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                ></textarea>
            </div>
            <p class="field-hint" id="paste-hint">{move || t.get().clusters.create.paste_hint}</p>
            <div class="row">
                <Button on_press=Callback::new(apply)>{move || t.get().clusters.create.paste_apply}</Button>
            </div>
            <div role="status">{move || say(t.get(), outcome.get())}</div>
        </section>
    }
}

fn take(form: ClusterForm, text: &str) -> Outcome {
    match parse_pyodps_call(text) {
        Err(error) => Outcome::Wrong(error),
        Ok(Pasted {
            instance: Some(id), ..
        }) => Outcome::Attach(id),
        Ok(pasted) => {
            form.fill(&pasted.spec);
            let names: Vec<&str> = pasted
                .left_out
                .iter()
                .map(|(name, _)| name.as_str())
                .collect();
            Outcome::Filled(names.join(", "))
        }
    }
}

fn say(text: &'static Text, outcome: Outcome) -> AnyView {
    let words = &text.clusters.create;
    match outcome {
        Outcome::Nothing => ().into_any(),
        Outcome::Filled(left_out) if left_out.is_empty() => {
            view! { <p class="quiet">{words.pasted}</p> }.into_any()
        }
        Outcome::Filled(left_out) => {
            view! { <p class="quiet">{(words.paste_left_out)(&left_out)}</p> }.into_any()
        }
        Outcome::Attach(id) => {
            let href = Route::Cluster(id.clone()).path();
            view! {
                <p>{(words.paste_attach)(&id)}" "<a href=href>{words.paste_attach_go}</a></p>
            }
            .into_any()
        }
        Outcome::Wrong(error) => {
            let said = (words.paste_error)(error.at.line, error.at.column, &error.kind);
            view! { <p class="field-error">{said}</p> }.into_any()
        }
    }
}
