//! The reader's own presets: used, kept, renamed and deleted.

use cluster::Spec;
use leptos::prelude::*;

use super::again::Start;
use super::form::ClusterForm;
use crate::api::presets::{self, Preset};
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// The presets of a project, and the way to keep another one.
#[component]
pub fn Presets(
    /// The form.
    form: ClusterForm,
    /// What the form asks for, while it can be read.
    spec: Signal<Option<Spec>>,
    /// Whose presets.
    project: String,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().create;
    let list = RwSignal::new(presets::list(&project));
    let full = RwSignal::new(false);
    let project = StoredValue::new(project);
    let written = Callback::new(move |room: bool| {
        full.set(!room);
        list.set(project.with_value(|project| presets::list(project)));
    });
    let name = RwSignal::new(String::new());
    let refused = move || match (name.with(|name| name.trim().is_empty()), spec.get()) {
        (_, None) => Some(words().save_no_spec.to_owned()),
        (true, _) => Some(words().save_no_name.to_owned()),
        _ => None,
    };
    let save = move |()| {
        let Some(spec) = spec.get_untracked() else {
            return;
        };
        let preset = Preset {
            name: name.get_untracked().trim().to_owned(),
            spec,
        };
        written.run(project.with_value(|project| presets::save(project, preset)));
        name.set(String::new());
    };
    view! {
        <details class="create-presets" open=move || list.with(|list| !list.is_empty())>
            <summary>{move || words().presets}</summary>
            <ul class="presets">
                <For each=move || list.get() key=|preset| (preset.name.clone(), preset.spec.to_query()) let:preset>
                    <One form preset project written/>
                </For>
            </ul>
            <label for="preset-name">{move || words().preset_name}</label>
            <div class="row">
                <div class="field-box">
                    <input
                        id="preset-name"
                        type="text"
                        autocomplete="off"
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                </div>
                <Button on_press=Callback::new(save) refused=Signal::derive(refused)>{move || words().save}</Button>
            </div>
            <p role="status" class="field-error">{move || full.get().then_some(words().no_room)}</p>
        </details>
    }
}

/// One preset: a press fills the form in.
#[component]
fn One(
    form: ClusterForm,
    preset: Preset,
    project: StoredValue<String>,
    written: Callback<bool>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().create;
    let Preset { name, spec } = preset;
    let label = StoredValue::new(name.clone());
    let editing = RwSignal::new(false);
    let typed = RwSignal::new(name.clone());
    let rename = move || {
        let to = typed.get_untracked().trim().to_owned();
        editing.set(false);
        if !to.is_empty() {
            let from = label.get_value();
            written.run(project.with_value(|project| presets::rename(project, &from, &to)));
        }
    };
    let delete = move |()| {
        let name = label.get_value();
        written.run(project.with_value(|project| presets::remove(project, &name)));
    };
    let keyed = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => rename(),
        "Escape" => editing.set(false),
        _ => {}
    };
    let press = move |()| {
        if editing.get_untracked() {
            rename();
        } else {
            editing.set(true);
        }
    };
    view! {
        <li class="row">
            <Start form spec name=Signal::derive(move || label.get_value())/>
            <Show when=move || editing.get()>
                <div class="field-box">
                    <input
                        type="text"
                        autocomplete="off"
                        aria-label=move || (words().new_name)(&label.get_value())
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                        on:keydown=keyed
                    />
                </div>
            </Show>
            <Button weight=Weight::Quiet on_press=Callback::new(press)>
                <span aria-hidden="true">{move || words().rename}</span>
                <span class="visually-hidden">{move || (words().rename_named)(&label.get_value())}</span>
            </Button>
            <Button weight=Weight::Quiet on_press=Callback::new(delete)>
                <span aria-hidden="true">{move || words().delete}</span>
                <span class="visually-hidden">{move || (words().delete_named)(&label.get_value())}</span>
            </Button>
        </li>
    }
}
