//! A text of any length, a piece at a time: a browser lays out one line of a million characters for
//! minutes.

use leptos::prelude::*;

use crate::format;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};

/// How many characters are shown at a time.
const PIECE: usize = 16_384;

/// The text in its first piece, and a button for the next.
#[component]
pub fn LongText(
    /// The text.
    text: String,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let t = sentences();
    let pieces = cut(&text, PIECE);
    let (count, length) = (pieces.len(), text.chars().count());
    let pieces = StoredValue::new(pieces);
    let shown = RwSignal::new(1_usize);
    let piece = move |at: usize| {
        let text = pieces.with_value(|pieces| pieces.get(at).cloned());
        view! { <span class="frame-piece">{text}</span> }
    };
    let next = Callback::new(move |()| shown.update(|shown| *shown = (*shown + 1).min(count)));
    let more = move || {
        let seen = shown.get();
        (seen < count).then(|| {
            let words = move || {
                let text = &t.get().grid;
                (text.text_more)(
                    &format::grouped((seen * PIECE) as u64),
                    &format::grouped(length as u64),
                )
            };
            view! {
                <p class="frame-hint">{words}</p>
                <Button weight=Weight::Quiet on_press=next>{move || t.get().grid.text_next}</Button>
            }
        })
    };
    view! {
        <pre class="frame-text" tabindex="0" aria-label=label>
            <For each=move || 0..shown.get() key=|at| *at let:at>{piece(at)}</For>
        </pre>
        {more}
    }
}

/// A text in pieces of at most so many characters; an empty one is one piece.
fn cut(text: &str, most: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((end, _)) = rest.char_indices().nth(most) {
        let (piece, behind) = rest.split_at(end);
        pieces.push(piece.to_owned());
        rest = behind;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn pieces_are_cut_between_characters_and_make_the_text() {
        assert_eq!(cut("", 2), [""]);
        assert_eq!(cut("长x", 2), ["长x"]);
        assert_eq!(cut("长x长x👩", 2), ["长x", "长x", "👩"]);
        let text = "é长x".repeat(1_000);
        let pieces = cut(&text, 7);
        assert!(pieces.iter().all(|piece| piece.chars().count() <= 7));
        assert_eq!(pieces.concat(), text);
    }
}
