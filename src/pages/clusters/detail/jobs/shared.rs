//! A notebook given away and taken in: as a link, as a file.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::book::Book;
use super::notebook::EXAMPLES;
use crate::api::notebook::Notebook;
use crate::api::notebook::share::{self, Unshared};
use crate::api::{self, files};
use crate::components::copy;
use crate::route::{self, Query, Route};
use crate::state::toasts::Toasts;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// No notebook is larger than so many bytes.
const MOST: u32 = 4 << 20;

/// Share, open, and the two files.
#[component]
pub fn Sharing(
    /// The notebook.
    book: Book,
) -> impl IntoView {
    let (t, toasts) = (sentences(), Toasts::expect());
    let words = move || &t.get().notebook;
    let read = move || untrack(move || book.read());
    let python = Callback::new(move |()| files::save_text(&read().to_python(), "notebook.py"));
    let jupyter = Callback::new(move |()| files::save_text(&read().to_ipynb(), "notebook.ipynb"));
    let share = Callback::new(move |()| match share::fragment(&read().texts()) {
        Ok(fragment) => {
            let place = Route::Cluster(book.instance()).with(Query::default().with("tab", "jobs"));
            let link = format!("{}{fragment}", route::absolute(&place));
            api::spawn(async move {
                match copy::write(&link).await {
                    true => toasts.done(t.now().notebook.shared),
                    false => toasts.failed(t.now().shell.copy_failed),
                }
            });
        }
        Err(Unshared::TooLong) => {
            files::save_text(&read().to_ipynb(), "notebook.ipynb");
            toasts.done(t.now().notebook.too_long);
        }
        Err(Unshared::Secret(place)) => toasts.failed((t.now().notebook.secret)(place)),
    });
    let chosen = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let file = input.files().and_then(|files| files.get(0));
        // The same file can be chosen again after it was changed.
        input.set_value("");
        let Some(file) = file else { return };
        api::spawn(async move {
            let text = files::read_text(&file, MOST).await;
            let texts = text.and_then(|text| Notebook::read_file(&file.name(), &text));
            match texts {
                Some(texts) if !book.cells.is_disposed() => book.take(&texts, &EXAMPLES),
                Some(_) => {}
                None => toasts.failed((t.now().notebook.no_notebook)(&file.name())),
            }
        });
    };
    view! {
        <Button on_press=share>{move || words().share}</Button>
        <label class="button">
            <input type="file" class="visually-hidden" accept=".ipynb,.py" on:change=chosen/>
            {move || words().open}
        </label>
        <Button on_press=python>".py"</Button>
        <Button on_press=jupyter>".ipynb"</Button>
    }
}

/// What the link of the page carries, until it is taken or left.
#[component]
pub fn Arrived(
    /// The notebook.
    book: Book,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().notebook;
    let arrived = RwSignal::new(share::carried(&route::fragment()));
    let take = Callback::new(move |()| {
        if let Some(texts) = arrived.get_untracked() {
            book.take(&texts, &EXAMPLES);
        }
        arrived.set(None);
        route::drop_fragment();
    });
    let leave = Callback::new(move |()| {
        arrived.set(None);
        route::drop_fragment();
    });
    move || {
        arrived.get().map(|texts| {
            view! {
                <section class="rehearsal" aria-label=move || words().arrived>
                    <p>{move || words().arrived_hint}</p>
                    {texts.into_iter().map(|text| view! { <pre class="cell-plain" tabindex="0">{text}</pre> }).collect_view()}
                    <div class="row">
                        <Button on_press=take weight=Weight::Primary>{move || words().take}</Button>
                        <Button on_press=leave>{move || words().leave_it}</Button>
                    </div>
                </section>
            }
        })
    }
}
