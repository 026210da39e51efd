//! How the text of the file is read; another choice looks at it anew.

use file::import::{Encoding, Form, ReadOptions};
use leptos::prelude::*;

use super::draft::Draft;
use crate::text::sentences;
use crate::ui::field::Field;
use crate::ui::segmented::Segmented;

const DELIMITERS: [char; 4] = [',', ';', '|', '\t'];
const ENCODINGS: [Encoding; 2] = [Encoding::Utf8, Encoding::Gb18030];
const SWITCH: [bool; 2] = [true, false];

/// The choices.
#[component]
pub fn ReadingOptions(
    /// What is chosen.
    draft: Draft,
) -> impl IntoView {
    let t = sentences();
    let options = Memo::new(move |_| draft.seen().map(|seen| seen.options).unwrap_or_default());
    let form = move || (t.get().uploads.form_name)(options.with(|options| options.form));
    let text = move || options.with(|options| options.form.is_text());
    let fields = move || options.with(|options| options.form == Form::Delimited);
    let zone = move || {
        let zone = draft.zone().unwrap_or_else(|| "UTC".to_owned());
        (t.get().uploads.zone)(&zone)
    };
    view! {
        <section class="section" aria-labelledby="upload-form">
            <h2 id="upload-form">{move || t.get().uploads.form}" · "{form}</h2>
            <div class="upload-choices">
                <Show when=fields><Delimited draft=draft options=options/></Show>
                <Show when=text>
                    <Choice
                        label=Signal::derive(move || t.get().uploads.encoding)
                        choices=&ENCODINGS
                        chosen=Signal::derive(move || options.with(|options| options.encoding))
                        word=Callback::new(move |encoding| (t.get().uploads.encoding_name)(encoding).to_owned())
                        on_choose=Callback::new(move |encoding| again(draft, |options| options.encoding = encoding))
                    />
                </Show>
            </div>
            <p class="quiet">{zone}</p>
        </section>
    }
}

/// Looks at the file anew, with one choice changed.
fn again(draft: Draft, change: impl FnOnce(&mut ReadOptions)) {
    if let Some(Ok(seen)) = draft.looked.get_untracked() {
        let mut options = seen.options;
        change(&mut options);
        draft.look(Some(options));
    }
}

/// What fields between delimiters have.
#[component]
fn Delimited(
    /// What is chosen.
    draft: Draft,
    /// How the file is read.
    options: Memo<ReadOptions>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().uploads;
    let null = draft.null;
    let typed = move |_| {
        let typed = null.get_untracked();
        if options.with_untracked(|options| options.null != typed) {
            again(draft, |options| options.null = typed);
        }
    };
    view! {
        <Choice
            label=Signal::derive(move || words().delimiter)
            choices=&DELIMITERS
            chosen=Signal::derive(move || options.with(|options| options.delimiter))
            word=Callback::new(move |delimiter| (t.get().files.delimiter_name)(delimiter).to_owned())
            on_choose=Callback::new(move |delimiter| again(draft, |options| options.delimiter = delimiter))
        />
        <Choice
            label=Signal::derive(move || words().header)
            choices=&SWITCH
            chosen=Signal::derive(move || options.with(|options| options.header))
            word=Callback::new(move |on| (words().header_on)(on).to_owned())
            on_choose=Callback::new(move |on| again(draft, |options| options.header = on))
        />
        <Choice
            label=Signal::derive(move || words().quotes)
            choices=&SWITCH
            chosen=Signal::derive(move || options.with(|options| options.quote.is_some()))
            word=Callback::new(move |on| (words().quotes_on)(on).to_owned())
            on_choose=Callback::new(move |on: bool| again(draft, |options| options.quote = on.then_some('"')))
        />
        <div class="upload-null" on:change=typed>
            <Field
                name="upload-null"
                label=Signal::derive(move || words().null.to_owned())
                value=null
                hint=Signal::derive(move || words().null_hint.to_owned())
            />
        </div>
    }
}

/// One of a few, with its name before it.
#[component]
pub fn Choice<C: Copy + PartialEq + Send + Sync + 'static>(
    /// The name.
    label: Signal<&'static str>,
    /// The choices.
    choices: &'static [C],
    /// The chosen one.
    chosen: Signal<C>,
    /// The word for a choice.
    word: Callback<C, String>,
    /// Called with the new choice.
    on_choose: Callback<C>,
) -> impl IntoView {
    view! {
        <div class="upload-choice">
            <span aria-hidden="true">{move || label.get()}</span>
            <Segmented
                label=Signal::derive(move || label.get().to_owned())
                choices=choices
                chosen=chosen
                word=word
                on_choose=on_choose
            />
        </div>
    }
}
