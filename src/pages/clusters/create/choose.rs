//! `if_exists`: what to do when a cluster of that name runs already.

use cluster::{Field, IfExists, Rule};
use leptos::prelude::*;

use super::form::ClusterForm;
use crate::text::sentences;
use crate::ui::segmented::Segmented;

/// The choice, with what it means.
#[component]
pub fn Choose(
    /// The form.
    form: ClusterForm,
    /// Why what stands there, such as from a link, cannot be used.
    #[prop(into)]
    broken: Signal<Option<Rule>>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().create;
    let text = form.text(Field::IfExists);
    let chosen = Signal::derive(move || IfExists::parse(text.get().trim()).unwrap_or_default());
    let choose = move |choice: IfExists| text.set(choice.as_str().to_owned());
    let hint = move || (words().exists_hint)(chosen.get());
    let error = move || {
        broken
            .get()
            .map(|rule| (t.get().clusters.create.rule)(&rule))
    };
    view! {
        <div class="create-exists">
            <span aria-hidden="true">{move || words().if_exists}</span>
            <Segmented
                label=Signal::derive(move || words().if_exists.to_owned())
                choices=&IfExists::ALL
                chosen
                word=Callback::new(move |choice| (words().exists_word)(choice).to_owned())
                on_choose=Callback::new(choose)
            />
            <p class="field-hint" aria-live="polite">{hint}</p>
            <p class="field-error">{error}</p>
        </div>
    }
}
