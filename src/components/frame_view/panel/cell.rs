//! The chosen cell, taken apart: its whole text, laid out JSON, decoded bytes, the tree of a nested
//! value.

use leptos::prelude::*;

use super::super::sight::Sight;
use super::long::LongText;
use super::tree::Tree;
use crate::components::copy::Copy;
use crate::format;
use crate::frames::{Answer, Question};
use crate::text::sentences;
use frame::{Decoded, Inspection, Kind};

/// The cell.
#[component]
pub fn CellPanel(
    /// The frame and its arrangement.
    sight: Sight,
) -> impl IntoView {
    let t = sentences();
    let found = RwSignal::new(None::<Inspection>);
    let place = Memo::new(move |_| {
        sight.seen.track();
        sight.cursor.get().map(|at| (at.row, at.column as u64))
    });
    Effect::new(move |_| {
        let Some((row, column)) = place.get() else {
            found.set(None);
            return;
        };
        let question = Question::Inspect { row, column };
        sight.frame.question(question, move |answer| {
            let now = place.try_get_untracked().flatten();
            if let Answer::Inspected(inspection) = answer
                && now == Some((row, column))
            {
                found.try_set(Some(*inspection));
            }
        });
    });
    move || match found.get() {
        None => view! { <p class="quiet">{move || t.get().grid.choose_cell}</p> }.into_any(),
        Some(inspection) => {
            let at = place.get_untracked().unwrap_or_default();
            view! { <Inspected sight=sight inspection=inspection at=at/> }.into_any()
        }
    }
}

/// What was found.
#[component]
fn Inspected(
    /// The frame and its arrangement.
    sight: Sight,
    /// The cell.
    inspection: Inspection,
    /// Its place in what is seen.
    at: (u64, u64),
) -> impl IntoView {
    let t = sentences();
    let Inspection {
        column,
        badge,
        kind,
        text,
        clipped,
        length,
        bytes,
        json,
        decoded,
        tree,
    } = inspection;
    let whole = text.clone();
    let size = move || {
        let words = &t.get().grid;
        let length = (words.characters)(&format::grouped(length));
        match bytes {
            Some(bytes) => format!("{length}, {}", format::bytes(bytes)),
            None => length,
        }
    };
    let shown = move || match (kind, text.is_empty()) {
        (Kind::Null, _) => t.get().tables.frame.value_null.to_owned(),
        (Kind::Text, true) => t.get().tables.frame.value_empty.to_owned(),
        _ => text.clone(),
    };
    let cut = clipped.then(|| view! { <p class="frame-hint">{move || t.get().grid.cell_cut}</p> });
    let what = column.clone();
    let label = Signal::derive(move || t.get().grid.value.to_owned());
    view! {
        <p class="frame-side-lead">
            <b>{column}</b>" "<span class="grid-badge">{badge}</span>
            <span class="quiet">{move || (t.get().grid.row_of)(&sight.number(at.0))}</span>
            <span class="quiet">{size}</span>
            <Copy text=Signal::stored(whole) what=Signal::stored(what)/>
        </p>
        {move || view! { <LongText text=shown() label=label/> }}
        {cut}
        {json.map(|json| {
            let copied = json.clone();
            view! {
                <h4>"JSON "<Copy text=Signal::stored(copied) what=Signal::derive(|| "JSON".to_owned())/></h4>
                <LongText text=json label=Signal::derive(|| "JSON".to_owned())/>
            }
        })}
        {decoded.into_iter().map(|one| view! { <Reading one=one/> }).collect_view()}
        {tree.map(|branch| view! { <Tree sight=sight at=at branch=branch/> })}
    }
}

/// One reading of bytes as text.
#[component]
fn Reading(
    /// The reading.
    one: Decoded,
) -> impl IntoView {
    let t = sentences();
    let Decoded {
        encoding,
        valid,
        text,
        broken_at,
    } = one;
    let verdict = move || {
        let words = &t.get().grid;
        match (valid, broken_at) {
            (true, _) => words.decoded.to_owned(),
            (false, Some(at)) => (words.broken_at)(&format::grouped(at)),
            (false, None) => words.not_decoded.to_owned(),
        }
    };
    let label = encoding.clone();
    let body = (!text.is_empty()).then(|| {
        view! { <LongText text=text label=Signal::stored(label)/> }
    });
    view! {
        <h4>{encoding}" "<span class="quiet">{verdict}</span></h4>
        {body}
    }
}
