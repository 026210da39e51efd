//! The text of a cell: an editor, loaded when the notebook is opened; until then, and where it
//! cannot be loaded, a plain field, so that nothing is lost and everything runs.

use leptos::ev::KeyboardEvent;
use leptos::html::{Div, Textarea};
use leptos::prelude::*;

use super::assist::Assist;
use super::book::{Book, Cell};
use crate::api;
use crate::api::editor::{Editor, Held, Program};
use crate::state::prefs::{Choice, Prefs};
use crate::text::sentences;

/// The text.
#[component]
pub fn TextField(
    /// The notebook.
    book: Book,
    /// The cell.
    cell: Cell,
    /// Its place, from 1.
    place: Memo<usize>,
    /// Runs it.
    run: Callback<()>,
    /// The id of what says what is wrong with it.
    errors: String,
) -> impl IntoView {
    let (t, prefs) = (sentences(), Prefs::expect());
    let assist = Assist::of(book, cell);
    let host = NodeRef::<Div>::new();
    let editor = StoredValue::new_local(None::<Editor>);
    let ready = RwSignal::new(false);
    let typed = move |text: String| {
        cell.text.set(text);
        if cell.errors.with_untracked(|errors| !errors.is_empty()) {
            cell.errors.set(Vec::new());
        }
    };
    let next = Callback::new(move |()| {
        run.run(());
        book.next(cell.key);
    });
    let held = move || {
        Some(Held {
            text: cell.text.try_get_untracked()?,
            changed: Box::new(typed),
            run: Box::new(move || run.run(())),
            next: Box::new(move || next.run(())),
            ask: Box::new(move |question| assist.answer(question)),
        })
    };
    Effect::new(move |_| {
        let Some(host) = host.get() else { return };
        api::spawn(async move {
            // Without it the plain field stays, which does everything but help.
            if let Ok(Some(opened)) = Editor::open(Program::Python, &host, held).await
                && editor.try_set_value(Some(opened)).is_none()
            {
                ready.set(true);
            }
        });
    });
    on_cleanup(move || {
        if let Some(editor) = editor.try_update_value(Option::take).flatten() {
            editor.close();
        }
    });
    let with = move |act: &dyn Fn(&Editor)| {
        editor.with_value(|editor| {
            if let Some(editor) = editor {
                act(editor);
            }
        });
    };
    let described = format!("cell-hint {errors}");
    let describedby = described.clone();
    Effect::new(move |_| {
        let (language, place) = (prefs.language.get(), place.get());
        if ready.get() {
            let label = (language.text().notebook.cell)(place);
            with(&|editor| editor.name(&label, &described, language.as_str()));
        }
    });
    Effect::new(move |_| {
        let text = cell.text.get();
        if ready.get() {
            with(&|editor| editor.set(&text));
        }
    });
    Effect::new(move |_| {
        let wrong = cell.errors.with(|errors| !errors.is_empty());
        if ready.get() {
            with(&|editor| editor.invalid(wrong));
        }
    });
    Effect::new(move |_| {
        let (marks, hints) = (assist.marks(t.get()), assist.hints());
        if ready.get() {
            with(&|editor| {
                editor.mark(&marks);
                editor.tell(&hints);
            });
        }
    });
    let field = NodeRef::<Textarea>::new();
    Effect::new(move |_| {
        if book.focus.get() != Some(cell.key) {
            return;
        }
        if ready.get() {
            with(&Editor::focus);
            book.focus.set(None);
        } else if let Some(field) = field.get() {
            // A field that is not shown cannot take the focus; the editor takes it when it is there.
            let _ = field.focus();
        }
    });
    let key = move |event: KeyboardEvent| {
        if event.key() != "Enter" || event.is_composing() {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            run.run(());
        } else if event.shift_key() {
            event.prevent_default();
            next.run(());
        }
    };
    let rows = move || {
        cell.text
            .with(|text| text.lines().count().clamp(2, 24))
            .to_string()
    };
    let plain = move || {
        view! {
            <div class="field-box cell-text">
                <textarea
                    node_ref=field
                    id=cell.field()
                    aria-label=move || (t.get().notebook.cell)(place.get())
                    rows=rows
                    spellcheck="false"
                    autocapitalize="off"
                    aria-describedby=describedby.clone()
                    aria-invalid=move || cell.errors.with(|errors| !errors.is_empty()).then_some("true")
                    prop:value=move || cell.text.get()
                    on:input=move |event| typed(event_target_value(&event))
                    on:keydown=key
                ></textarea>
            </div>
        }
    };
    view! {
        <div class="cell-editor" node_ref=host data-ready=move || ready.get().to_string()></div>
        {move || (!ready.get()).then(plain.clone())}
    }
}
