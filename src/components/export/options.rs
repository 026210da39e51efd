//! The format, and what can be chosen in it.

use file::{Format, LineEnd, Options, Quoting};
use leptos::prelude::*;

use super::choice::Choice;
use crate::text::sentences;
use crate::ui::field::Field;
use crate::ui::segmented::Segmented;

const DELIMITERS: [char; 4] = [',', ';', '|', '\t'];
const QUOTINGS: [Quoting; 2] = [Quoting::Minimal, Quoting::All];
const LINE_ENDS: [LineEnd; 2] = [LineEnd::Lf, LineEnd::CrLf];

/// The format with its options, and the file's name.
#[component]
pub fn OptionFields(
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let t = sentences();
    let formats = Format::ALL.map(|format| {
        view! {
            <label class="export-format">
                <input
                    type="radio"
                    name="export-format"
                    prop:checked=move || choice.format.get() == format
                    on:change=move |_| choice.format.set(format)
                />
                <span>{move || (t.get().files.format_name)(format)}</span>
            </label>
        }
    });
    let hint = move || (t.get().files.format_hint)(choice.format.get());
    let delimited = move || choice.format.get().delimited();
    let commas = move || choice.format.get() == Format::Csv;
    let json = move || choice.format.get() == Format::JsonLines;
    let bare = move || !choice.format.get().holds_note();
    view! {
        <fieldset class="export-group">
            <legend>{move || t.get().files.format}</legend>
            <div class="export-formats">{formats}</div>
            <p class="export-hint" aria-live="polite">{hint}</p>
        </fieldset>
        <Field name="export-name" label=Signal::derive(move || t.get().files.name.to_owned()) value=choice.name/>
        <Show when=delimited><Delimited choice=choice/></Show>
        <Show when=commas><Delimiter choice=choice/></Show>
        <Show when=json>
            <Check
                label=Signal::derive(move || t.get().files.exact_strings)
                hint=Signal::derive(move || t.get().files.exact_strings_hint)
                on=Signal::derive(move || choice.options.with(|options| options.exact_strings))
                set=Callback::new(move |on| choice.options.update(|options| options.exact_strings = on))
            />
        </Show>
        <Show when=bare>
            <Check
                label=Signal::derive(move || t.get().files.beside)
                hint=Signal::derive(move || t.get().files.beside_hint)
                on=choice.beside
                set=Callback::new(move |on| choice.beside.set(on))
            />
        </Show>
    }
}

/// What CSV and TSV have in common.
#[component]
fn Delimited(
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let t = sentences();
    let error =
        Signal::derive(move || choice.null_bad().then(|| t.get().files.null_bad.to_owned()));
    let set = move |change: fn(&mut Options, Quoting), value| {
        choice.options.update(|options| change(options, value))
    };
    view! {
        <Check
            label=Signal::derive(move || t.get().files.bom)
            hint=Signal::derive(move || t.get().files.bom_hint)
            on=Signal::derive(move || choice.options.with(|options| options.bom))
            set=Callback::new(move |on| choice.options.update(|options| options.bom = on))
        />
        <Field
            name="export-null"
            label=Signal::derive(move || t.get().files.null.to_owned())
            value=choice.null
            hint=Signal::derive(move || t.get().files.null_hint.to_owned())
            error=error
        />
        <div class="export-line">
            <span>{move || t.get().files.quoting}</span>
            <Segmented
                label=Signal::derive(move || t.get().files.quoting.to_owned())
                choices=&QUOTINGS
                chosen=Signal::derive(move || choice.options.with(|options| options.quoting))
                word=Callback::new(move |quoting| (t.get().files.quoting_name)(quoting).to_owned())
                on_choose=Callback::new(move |quoting| set(|options, value| options.quoting = value, quoting))
            />
        </div>
        <div class="export-line">
            <span>{move || t.get().files.line_end}</span>
            <Segmented
                label=Signal::derive(move || t.get().files.line_end.to_owned())
                choices=&LINE_ENDS
                chosen=Signal::derive(move || choice.options.with(|options| options.line_end))
                word=Callback::new(move |end| (t.get().files.line_end_name)(end).to_owned())
                on_choose=Callback::new(move |end| choice.options.update(|options| options.line_end = end))
            />
        </div>
    }
}

/// What stands between fields.
#[component]
fn Delimiter(
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let t = sentences();
    view! {
        <div class="export-line">
            <span>{move || t.get().files.delimiter}</span>
            <Segmented
                label=Signal::derive(move || t.get().files.delimiter.to_owned())
                choices=&DELIMITERS
                chosen=Signal::derive(move || choice.options.with(|options| options.delimiter))
                word=Callback::new(move |delimiter| (t.get().files.delimiter_name)(delimiter).to_owned())
                on_choose=Callback::new(move |delimiter| choice.options.update(|options| options.delimiter = delimiter))
            />
        </div>
    }
}

/// A choice of yes and no, with what it is for.
#[component]
fn Check(
    /// The choice.
    #[prop(into)]
    label: Signal<&'static str>,
    /// What it is for.
    #[prop(into)]
    hint: Signal<&'static str>,
    /// Whether it is chosen.
    #[prop(into)]
    on: Signal<bool>,
    /// Called with the new choice.
    set: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="export-choice">
            <input
                type="checkbox"
                prop:checked=move || on.get()
                on:change=move |event| set.run(event_target_checked(&event))
            />
            <span>{move || label.get()}<small>{move || hint.get()}</small></span>
        </label>
    }
}
