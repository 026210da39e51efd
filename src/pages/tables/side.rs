//! The tree beside a table: as wide as the reader wants it, or folded away. Narrow screens have it as
//! a page of its own.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::finder::Finder;
use super::kept::storage;
use super::stock::Stock;
use crate::route::Route;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::icon::{Glyph, Icon};

/// Width in pixels: at first, at least, at most, and a step of the keys.
const WIDTH: i32 = 260;
const LEAST: i32 = 180;
const MOST: i32 = 520;
const STEP: i32 = 20;
/// Where the width is kept; 0 is folded.
const KEY: &str = "tables.side";

/// A page of a table with the tree beside it.
#[component]
pub fn Split(
    /// The table, as its address names it.
    current: String,
    /// The page.
    children: Children,
) -> impl IntoView {
    let width = RwSignal::new(kept().unwrap_or(WIDTH));
    Effect::new(move |before: Option<i32>| {
        let now = width.get();
        if let Some(storage) = storage().filter(|_| before.is_some_and(|before| before != now)) {
            // Storage may be full or forbidden; the width then lasts for this visit only.
            let _ = storage.set_item(KEY, &now.to_string());
        }
        now
    });
    let style = move || match width.get() {
        0 => "0px".to_owned(),
        width => format!("{width}px"),
    };
    view! {
        <div class="tables-split" style:--side=style data-folded=move || (width.get() == 0).then_some("true")>
            <Side current=current width=width/>
            <div class="tables-main">{children()}</div>
        </div>
    }
}

/// The tree and what changes its width.
#[component]
fn Side(
    /// The table of the page.
    current: String,
    /// The width; 0 is folded.
    width: RwSignal<i32>,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let folded = move || width.get() == 0;
    let fold = move |_| width.update(|width| *width = if *width == 0 { WIDTH } else { 0 });
    let word = move || match folded() {
        true => t.get().tables.tree.unfold,
        false => t.get().tables.tree.fold,
    };
    let project = Memo::new(move |_| profile.get().map(|facts| facts.project));
    let body = move || {
        let project = project.get().filter(|_| !folded())?;
        let stock = Stock::of(&project);
        let query: Signal<String> = stock.query.clone().into();
        let asked = stock.query.clone();
        let on_query = Callback::new(move |text: String| asked.set(text));
        let current = current.clone();
        Some(
            view! { <Finder stock=stock query=query on_query=on_query current=current narrow=true/> },
        )
    };
    view! {
        <aside class="tables-side" aria-label=move || t.get().tables.title>
            <div class="tables-side-head">
                <button type="button" class="icon-button" aria-expanded=move || (!folded()).to_string()
                    aria-label=word title=word on:click=fold>
                    <Icon glyph=Glyph::Chevron/>
                </button>
                <a class="tables-all" href=Route::Tables.path() hidden=folded>{move || t.get().tables.tree.all}</a>
            </div>
            {body}
        </aside>
        <Edge width=width/>
    }
}

/// The edge between tree and table, by pointer and by keys.
#[component]
fn Edge(
    /// The width of what is before it.
    width: RwSignal<i32>,
) -> impl IntoView {
    let t = sentences();
    let from = StoredValue::new(None::<(i32, i32)>);
    let down = move |event: PointerEvent| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(target) = target {
            // Without the capture the drag ends at the edge's own border.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        from.set_value(Some((event.client_x(), width.get_untracked())));
    };
    let drag = move |event: PointerEvent| {
        if let Some((start, before)) = from.get_value() {
            width.set((before + event.client_x() - start).clamp(LEAST, MOST));
        }
    };
    let press = move |event: KeyboardEvent| {
        let now = width.get_untracked();
        let wanted = match event.key().as_str() {
            "ArrowLeft" => now - STEP,
            "ArrowRight" => now + STEP,
            "Home" => LEAST,
            "End" => MOST,
            _ => return,
        };
        event.prevent_default();
        width.set(wanted.clamp(LEAST, MOST));
    };
    view! {
        <div
            class="tables-edge"
            role="separator"
            tabindex="0"
            hidden=move || width.get() == 0
            aria-orientation="vertical"
            aria-label=move || t.get().tables.tree.edge
            aria-valuemin=LEAST.to_string()
            aria-valuemax=MOST.to_string()
            aria-valuenow=move || width.get().to_string()
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=move |_| from.set_value(None)
            on:keydown=press
        ></div>
    }
}

fn kept() -> Option<i32> {
    let text = storage()?.get_item(KEY).ok()??;
    let width: i32 = text.parse().ok()?;
    (width == 0 || (LEAST..=MOST).contains(&width)).then_some(width)
}
