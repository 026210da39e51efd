//! The export dialog: which rows, which format, what is chosen in it, how it goes.

pub mod button;
pub mod choice;
pub mod options;
pub mod work;

use leptos::prelude::*;
use web_sys::MessagePort;

use crate::api::files;
use crate::format;
use crate::frames::Source;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use choice::{Choice, Which};
use options::OptionFields;
use work::Work;

/// The rows that can be exported.
#[derive(Clone, Default)]
pub struct ExportSource {
    /// All rows, read anew.
    pub whole: Option<Whole>,
    /// The rows as they are seen.
    pub view: Option<Seen>,
}

/// All rows of a source.
#[derive(Clone)]
pub struct Whole {
    /// The source.
    pub source: Source,
    /// How many rows exist.
    pub rows: Option<u64>,
    /// How many bytes they take where they are.
    pub bytes: Option<u64>,
}

/// The rows as they are seen.
#[derive(Clone, Copy)]
pub struct Seen {
    /// A port to them, of [`crate::api::frames::Frame::export`].
    pub port: Callback<(), Option<MessagePort>>,
    /// How many there are.
    pub rows: Signal<u64>,
}

/// What is known of what there is, for the note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerFacts {
    /// Rows that were fetched.
    pub fetched: u64,
    /// Rows that exist.
    pub exist: Option<u64>,
    /// What the fetched rows leave out, in sentences.
    pub cut: Option<String>,
    /// What the source itself leaves out, however it is read.
    pub whole_cut: Option<String>,
    /// The zone of instants; none for UTC.
    pub zone: Option<String>,
}

/// The export dialog.
#[component]
pub fn ExportDialog(
    /// Whether it is open; it closes itself.
    open: RwSignal<bool>,
    /// The rows.
    #[prop(into)]
    source: Signal<ExportSource>,
    /// Where the rows are from, in words; also the beginning of the file's name.
    #[prop(into)]
    name: Signal<String>,
    /// What is known of what there is.
    #[prop(into)]
    facts: Signal<LedgerFacts>,
) -> impl IntoView {
    let t = sentences();
    let body = move || {
        open.get().then(|| {
            let choice = Choice::begin(&source.get_untracked(), &name.get_untracked());
            view! { <Body open=open source=source name=name facts=facts choice=choice/> }
        })
    };
    let title = Signal::derive(move || (t.get().files.title)(&name.get()));
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog open=open on_close=close title=title>
            <div class="export">{body}</div>
        </Dialog>
    }
}

/// What stands in the open dialog.
#[component]
fn Body(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The rows.
    source: Signal<ExportSource>,
    /// Where the rows are from.
    name: Signal<String>,
    /// What is known of what there is.
    facts: Signal<LedgerFacts>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let t = sentences();
    let work = Work::new(open, source, name, facts, choice);
    let idle = move || !work.running();
    let ledger = move || {
        let facts = facts.get();
        match choice.which.get() {
            Which::View => facts.cut,
            Which::Whole => facts.whole_cut,
        }
    };
    let disk = move || match files::streams() {
        true => t.get().files.to_disk,
        false => t.get().files.in_parts,
    };
    let start = Callback::new(move |()| work.start());
    let leave = Callback::new(move |()| match work.running() {
        true => work.cancel(),
        false => open.set(false),
    });
    let leave_word = move || match work.running() {
        true => t.get().files.stop,
        false => t.get().files.cancel,
    };
    let refused =
        Signal::derive(move || choice.null_bad().then(|| t.get().files.null_bad.to_owned()));
    view! {
        <fieldset class="export-body" disabled=move || !idle()>
            <RowsChoice source=source choice=choice/>
            <OptionFields choice=choice/>
        </fieldset>
        <p class="export-ledger">{ledger}</p>
        <p class="export-hint">{disk}</p>
        <work::Progress work=work/>
        <div class="dialog-actions">
            <Button on_press=leave>{leave_word}</Button>
            <Button weight=Weight::Primary on_press=start busy=Signal::derive(move || work.running()) refused=refused>
                {move || t.get().files.save}
            </Button>
        </div>
    }
}

/// The choice between what is seen and everything.
#[component]
fn RowsChoice(
    /// The rows.
    source: Signal<ExportSource>,
    /// What is chosen.
    choice: Choice,
) -> impl IntoView {
    let t = sentences();
    let line = move |which: Which,
                     word: Signal<String>,
                     hint: fn(&crate::text::files::Files) -> &'static str| {
        view! {
            <label class="export-choice">
                <input
                    type="radio"
                    name="export-rows"
                    prop:checked=move || choice.which.get() == which
                    on:change=move |_| choice.which.set(which)
                />
                <span>{move || word.get()}<small>{move || hint(&t.get().files)}</small></span>
            </label>
        }
    };
    let seen = move || {
        source.get().view.map(|seen| {
            let word = Signal::derive(move || {
                (t.get().files.rows_view)(&format::grouped(seen.rows.get()))
            });
            line(Which::View, word, |text| text.rows_view_hint)
        })
    };
    let whole = move || {
        source.get().whole.map(|whole| {
            let word = Signal::derive(move || {
                let (rows, size) = (
                    whole.rows.map(format::grouped),
                    whole.bytes.map(format::bytes),
                );
                (t.get().files.rows_whole)(rows.as_deref(), size.as_deref())
            });
            line(Which::Whole, word, |text| text.rows_whole_hint)
        })
    };
    view! {
        <fieldset class="export-group">
            <legend>{move || t.get().files.rows}</legend>
            {seen}
            {whole}
        </fieldset>
    }
}
