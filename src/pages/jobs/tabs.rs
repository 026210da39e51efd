//! The tabs of the editor: each keeps its text and its last run over a reload.

use leptos::prelude::*;

use super::sheet::Sheet;
use crate::api::sql::kept::Tab;
use crate::text::sentences;
use crate::ui::icon::{Glyph, Icon};

/// Characters of a text that name its tab.
const SHOWN: usize = 24;

/// The row of tabs.
#[component]
pub fn TabRow(
    /// The page's state.
    sheet: Sheet,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().sql;
    let tabs = move || {
        let all = sheet.tabs.get();
        let name = |(place, tab): (usize, &Tab)| (tab.key.clone(), title(&tab.text), place + 1);
        all.tabs.iter().enumerate().map(name).collect::<Vec<_>>()
    };
    let one = move |(key, text, place): (String, String, usize)| {
        let (show, close, shown) = (key.clone(), key.clone(), key);
        let current = move || sheet.tabs.with(|tabs| tabs.active == shown);
        let name = Signal::derive(move || match text.is_empty() {
            true => (words().tab)(place),
            false => text.clone(),
        });
        let close_name = move || (words().close_tab)(&name.get());
        view! {
            <li data-current=move || current().then_some("true")>
                <button type="button" class="sql-tab" aria-pressed=move || sheet.tabs.with(|tabs| tabs.active == show).to_string() on:click={
                    let key = close.clone();
                    move |_| sheet.show(&key)
                }>{move || name.get()}</button>
                <button type="button" class="icon-button" aria-label=close_name title=close_name on:click=move |_| sheet.close(&close)>
                    <Icon glyph=Glyph::Close/>
                </button>
            </li>
        }
    };
    let add = move |_| {
        sheet.open("", None);
        sheet.leave(crate::route::Route::NewSql);
    };
    view! {
        <ul class="sql-tabs" aria-label=move || words().tabs>
            <For each=tabs key=|tab| tab.clone() children=one/>
            <li>
                <button type="button" class="icon-button" aria-label=move || words().new_tab title=move || words().new_tab on:click=add>
                    <Icon glyph=Glyph::Plus/>
                </button>
            </li>
        </ul>
    }
}

/// The first words of a text, comments and flags left out where there is more.
pub(super) fn title(text: &str) -> String {
    let pieces = query::split(text);
    let statements = pieces.iter().map(|piece| piece.text(text));
    let first = statements
        .clone()
        .find(|text| query::setting(text).is_none());
    let words: Vec<&str> = first
        .or(statements.clone().next())
        .unwrap_or(text)
        .split_whitespace()
        .collect();
    let words = words.join(" ");
    match words.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_tab_is_named_by_its_first_statement() {
        assert_eq!(
            title("-- note\nset a=b;\nselect  1\n from t"),
            "select 1 from t"
        );
        assert_eq!(
            title("select * from lineitem_1m where 中"),
            "select * from lineitem_1…"
        );
        assert_eq!(title("  "), "");
        assert_eq!(title("set a=b"), "set a=b");
    }
}
