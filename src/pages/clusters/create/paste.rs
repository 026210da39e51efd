//! A pasted PyODPS call fills in the form.

use cluster::{Field, LeftOut, Pasted, parse_pyodps_call};
use leptos::prelude::*;

use super::form::ClusterForm;
use crate::route::Route;
use crate::text::{Text, sentences};
use crate::ui::button::Button;

/// How reading the pasted text went.
#[derive(Clone, PartialEq)]
enum Outcome {
    Nothing,
    Filled {
        left_out: Vec<LeftOut>,
        renamed: Vec<(String, Field)>,
    },
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
            Outcome::Filled {
                left_out: pasted.left_out,
                renamed: pasted.renamed,
            }
        }
    }
}

fn say(text: &'static Text, outcome: Outcome) -> AnyView {
    let words = &text.clusters.create;
    match outcome {
        Outcome::Nothing => ().into_any(),
        Outcome::Filled { left_out, renamed } => view! {
            <p class="quiet">{words.pasted}</p>
            {notes(text, &left_out, &renamed)}
        }
        .into_any(),
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

/// Every argument that is not as it was pasted, with what to do instead.
fn notes(
    text: &'static Text,
    left_out: &[LeftOut],
    renamed: &[(String, Field)],
) -> impl IntoView + use<> {
    let words = &text.create;
    let moved = renamed.iter().map(|(name, field)| {
        view! { <li>{(words.renamed)(name, field.as_str())}</li> }
    });
    let left = left_out.iter().map(|left| {
        let place = (words.place)(left.at.line, left.at.column);
        view! {
            <li>
                <code>{left.name.clone()}</code>" "<span class="quiet">"("{place}")"</span>" "
                {(words.instead)(left.instead)}
            </li>
        }
    });
    let items: Vec<_> = moved
        .map(IntoAny::into_any)
        .chain(left.map(IntoAny::into_any))
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="effects">{items}</ul> })
}
