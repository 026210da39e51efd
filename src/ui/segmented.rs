//! One of a few, all visible: a group of pressed and unpressed buttons.

use leptos::prelude::*;

/// One of a few.
#[component]
pub fn Segmented<C: Copy + PartialEq + Send + Sync + 'static>(
    /// The name of the group.
    #[prop(into)]
    label: Signal<String>,
    /// The choices, in order.
    choices: &'static [C],
    /// The chosen one.
    #[prop(into)]
    chosen: Signal<C>,
    /// The word for a choice; reading signals subscribes.
    word: Callback<C, String>,
    /// Called with the new choice.
    on_choose: Callback<C>,
) -> impl IntoView {
    view! {
        <div class="segmented" role="group" aria-label=move || label.get()>
            {choices.iter().copied().map(|choice| view! {
                <button
                    type="button"
                    aria-pressed=move || (chosen.get() == choice).to_string()
                    on:click=move |_| on_choose.run(choice)
                >
                    {move || word.run(choice)}
                </button>
            }).collect_view()}
        </div>
    }
}
