//! A labelled text field with hint and error.

use leptos::prelude::*;

/// What can be typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    #[default]
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers with a point.
    Decimal,
}

impl Kind {
    fn mode(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "numeric",
            Self::Decimal => "decimal",
        }
    }
}

/// A labelled text field. What is typed stays text; reading it is the form's work.
#[component]
pub fn Field(
    /// The wire's name: id and key of the field.
    name: &'static str,
    /// The visible name.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What can be typed.
    #[prop(optional)]
    kind: Kind,
    /// A unit or an example, shown in the field's end.
    #[prop(optional, into)]
    unit: Signal<Option<&'static str>>,
    /// One quiet line below.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Why what is typed cannot be used.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let described = format!("{name}-hint {name}-error");
    view! {
        <div class="field" data-kind=kind.mode() data-invalid=move || error.with(Option::is_some).then_some("true")>
            <label for=name>{move || label.get()}</label>
            <div class="field-box">
                <input
                    id=name
                    name=name
                    type="text"
                    inputmode=kind.mode()
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=described
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
                <span class="field-unit">{move || unit.get()}</span>
            </div>
            <p class="field-hint" id=format!("{name}-hint")>{move || hint.get()}</p>
            <p class="field-error" id=format!("{name}-error")>{move || error.get()}</p>
        </div>
    }
}
