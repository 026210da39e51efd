//! A flight as a file: saved, and opened again.

use cluster::Flight;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::api::files::{read_text, save_text};
use crate::api::flights::Recorder;
use crate::text::sentences;
use crate::ui::button::Button;

/// Files of more bytes are not read.
const MOST: u32 = 64 << 20;

/// The buttons, and whose flight a file holds.
#[component]
pub fn Tools(
    /// What was recorded of this cluster.
    recorder: Recorder,
    /// The flight of an opened file.
    opened: RwSignal<Option<Flight>>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().flight;
    let problem = RwSignal::new(None::<String>);
    let export = Callback::new(move |()| {
        let text = |flight: &Flight| (flight.instance().to_owned(), flight.to_json());
        let (instance, text) = match opened.with_untracked(|it| it.as_ref().map(text)) {
            Some(document) => document,
            None => recorder.flight.with_untracked(text),
        };
        save_text(&text, &format!("{instance}.flight.json"));
    });
    let open = move |event: leptos::ev::Event| {
        let input = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file can be chosen again.
        input.set_value("");
        crate::api::spawn(async move {
            let text = read_text(&file, MOST).await.unwrap_or_default();
            match Flight::from_json(text.as_bytes()) {
                Ok(flight) => {
                    problem.try_set(None);
                    opened.try_set(Some(flight));
                }
                Err(error) => {
                    problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    let close = Callback::new(move |()| opened.set(None));
    let whose = Memo::new(move |_| {
        opened.with(|flight| flight.as_ref().map(|flight| flight.instance().to_owned()))
    });
    let banner = move || {
        let instance = whose.get()?;
        Some(view! {
            <p class="hint" role="status">{move || (words().opened)(&instance)}</p>
            <Button on_press=close>{move || words().close}</Button>
        })
    };
    let refused = move || {
        let why = problem.get()?;
        Some(view! { <p class="hint" role="alert">{move || (words().unreadable)(&why)}</p> })
    };
    view! {
        <div class="flight-tools">
            <Button on_press=export>{move || words().export}</Button>
            <label class="button">
                <input type="file" class="visually-hidden" accept=".json,application/json" on:change=open/>
                {move || words().open}
            </label>
            {banner}
        </div>
        {refused}
    }
}
