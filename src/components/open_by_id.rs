//! A small form that opens something by its id.

use leptos::prelude::*;

use crate::ui::button::Button;

/// A field for an id and a button.
#[component]
pub fn OpenById(
    /// The id of the field on the page.
    id: &'static str,
    /// The name of the field.
    #[prop(into)]
    label: Signal<String>,
    /// The word on the button.
    #[prop(into)]
    word: Signal<String>,
    /// Opens what was typed.
    open: Callback<String>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = text.get_untracked().trim().to_owned();
        if !typed.is_empty() {
            open.run(typed);
        }
    };
    view! {
        <form class="open-by-id" on:submit=submit>
            <label class="visually-hidden" for=id>{move || label.get()}</label>
            <div class="field-box">
                <input
                    id=id
                    name=id
                    placeholder=move || label.get()
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </div>
            <Button submit=true>{move || word.get()}</Button>
        </form>
    }
}
