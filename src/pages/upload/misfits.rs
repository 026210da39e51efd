//! What happens to a cell that does not fit its type.

use leptos::prelude::*;

use super::draft::{Draft, Misfit};
use super::reading::Choice;
use crate::text::sentences;
use crate::ui::field::{Field, Kind};

const CHOICES: [Misfit; 3] = [Misfit::Stop, Misfit::Null, Misfit::Reject];

/// The choice.
#[component]
pub fn Misfits(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().uploads;
    let word = move |choice| {
        let at = CHOICES.iter().position(|known| *known == choice);
        (words().policy)(u8::try_from(at.unwrap_or(0)).unwrap_or(0)).to_owned()
    };
    view! {
        <div class="upload-choices">
            <Choice
                label=Signal::derive(move || words().misfits)
                choices=&CHOICES
                chosen=Signal::from(draft.misfit)
                word=Callback::new(word)
                on_choose=Callback::new(move |choice| draft.misfit.set(choice))
            />
            <Show when=move || draft.misfit.get() == Misfit::Reject>
                <Field
                    name="upload-most"
                    label=Signal::derive(move || words().most.to_owned())
                    value=draft.most
                    kind=Kind::Whole
                />
            </Show>
        </div>
    }
}
