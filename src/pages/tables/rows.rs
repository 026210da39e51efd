//! Which rows and columns are read: a window of rows, a choice of columns, and the whole table after
//! a word about its size. All of it is in the address.

pub mod choice;
pub mod size;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use odps::types::Column;

use crate::api::frames;
use crate::format;
use crate::route::{Here, Query};
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use choice::ColumnChoice;
use size::Size;

/// The rows that are read unless the address says otherwise.
pub const FIRST: u64 = 100;
/// The guide's `head(6)`.
const HEAD: u64 = 6;
/// What an address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The first row, counted from 0.
    pub start: u64,
    /// How many rows; none for all.
    pub limit: Option<u64>,
    /// The columns; empty for all.
    pub columns: Vec<String>,
}

impl Wanted {
    /// Reads `start=500&limit=100&columns=a,b`; what makes no sense is not asked for.
    pub fn read(query: &Query) -> Self {
        let number = |key: &str| query.get(key).and_then(|text| text.parse::<u64>().ok());
        let columns = query.get("columns").unwrap_or_default().split(',');
        Self {
            start: number("start").unwrap_or(0),
            limit: match query.get("limit") {
                Some("all") => None,
                _ => Some(number("limit").filter(|rows| *rows > 0).unwrap_or(FIRST)),
            },
            columns: columns
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }

    /// The address that asks for it.
    pub fn write(&self, query: Query) -> Query {
        let some = |number: u64, usual: u64| match number == usual {
            true => String::new(),
            false => number.to_string(),
        };
        let limit = self
            .limit
            .map_or_else(|| "all".to_owned(), |limit| some(limit, FIRST));
        query
            .with("start", &some(self.start, 0))
            .with("limit", &limit)
            .with("columns", &self.columns.join(","))
    }
}

/// The controls above the rows; gives the callback that wants another limit.
#[component]
pub fn RowChoice(
    /// What the address asks for.
    wanted: Memo<Wanted>,
    /// The columns of the table.
    columns: Memo<Vec<Column>>,
    /// How large it is.
    size: Memo<Size>,
    /// Whether the whole is asked about; others set it too.
    asking: RwSignal<bool>,
) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let start = RwSignal::new(String::new());
    let count = RwSignal::new(String::new());
    let go = Callback::new(move |wanted: Wanted| {
        let query = wanted.write(here.query.get_untracked());
        here.go(here.route.get_untracked().with(query));
    });
    let shown = move |typed: RwSignal<String>, now: Signal<String>| {
        move || match typed.with(String::is_empty) {
            true => now.get(),
            false => typed.get(),
        }
    };
    let start_now = Signal::derive(move || wanted.with(|wanted| (wanted.start + 1).to_string()));
    let count_now = Signal::derive(move || {
        wanted.with(|wanted| {
            wanted
                .limit
                .map_or_else(String::new, |limit| limit.to_string())
        })
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let now = wanted.get_untracked();
        let typed = |text: String| {
            text.trim()
                .replace(['\u{2009}', ' ', ',', '_'], "")
                .parse::<u64>()
                .ok()
        };
        let first = typed(start.get_untracked()).map_or(now.start, |row| row.saturating_sub(1));
        let limit = typed(count.get_untracked())
            .filter(|rows| *rows > 0)
            .map_or(now.limit, Some);
        start.set(String::new());
        count.set(String::new());
        go.run(Wanted {
            start: first,
            limit,
            ..now
        });
    };
    let head = Callback::new(move |()| {
        go.run(Wanted {
            start: 0,
            limit: Some(HEAD),
            ..wanted.get_untracked()
        });
    });
    let whole = Callback::new(move |()| ask_whole(size, asking, wanted, go));
    let yes = Callback::new(move |()| {
        asking.set(false);
        go.run(Wanted {
            start: 0,
            limit: None,
            ..wanted.get_untracked()
        });
    });
    let warning = move || {
        let (size, text) = (size.get(), t.get());
        let known = |number: Option<u64>, write: fn(u64) -> String| {
            number.map_or_else(|| text.tables.window.unknown.to_owned(), write)
        };
        (text.tables.window.whole_words)(
            &known(size.rows, format::grouped),
            &known(size.stored, format::bytes),
            &known(size.memory, format::bytes),
            &format::bytes(frames::budget()),
        )
    };
    view! {
        <form class="tables-find" on:submit=submit>
            <label class="parts-field">
                <span>{move || t.get().tables.window.from}</span>
                <input type="text" inputmode="numeric" class="tables-search" data-short="true" autocomplete="off"
                    prop:value=shown(start, start_now) on:input=move |event| start.set(event_target_value(&event))/>
            </label>
            <label class="parts-field">
                <span>{move || t.get().tables.window.count}</span>
                <input type="text" inputmode="numeric" class="tables-search" data-short="true" autocomplete="off"
                    prop:value=shown(count, count_now) on:input=move |event| count.set(event_target_value(&event))/>
            </label>
            <Button submit=true>{move || t.get().tables.window.read}</Button>
            <Button weight=Weight::Quiet on_press=head>{move || (t.get().tables.window.head)(HEAD)}</Button>
            <Button weight=Weight::Quiet on_press=whole>{move || t.get().tables.window.whole}</Button>
            <ColumnChoice wanted=wanted columns=columns go=go/>
        </form>
        <Dialog open=asking on_close=Callback::new(move |()| asking.set(false)) title=Signal::derive(move || t.get().tables.window.whole.to_owned())>
            <p>{warning}</p>
            <p class="tables-find">
                <Button on_press=Callback::new(move |()| asking.set(false))>{move || t.get().tables.window.cancel}</Button>
                <Button weight=Weight::Primary on_press=yes>{move || t.get().tables.window.go}</Button>
            </p>
        </Dialog>
    }
}

/// Reads a small table whole at once; asks before a large one.
pub fn ask_whole(
    size: Memo<Size>,
    asking: RwSignal<bool>,
    wanted: Memo<Wanted>,
    go: Callback<Wanted>,
) {
    match size.with_untracked(Size::is_small) {
        true => go.run(Wanted {
            start: 0,
            limit: None,
            ..wanted.get_untracked()
        }),
        false => asking.set(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back() {
        let table = [
            ("", 0, Some(FIRST), 0),
            ("limit=6", 0, Some(6), 0),
            ("limit=all", 0, None, 0),
            ("limit=0", 0, Some(FIRST), 0),
            ("limit=many&start=x", 0, Some(FIRST), 0),
            ("start=500&limit=50&columns=a,b", 500, Some(50), 2),
            ("start=-1&columns=", 0, Some(FIRST), 0),
        ];
        for (query, start, limit, columns) in table {
            let wanted = Wanted::read(&Query::parse(query));
            assert_eq!(
                (wanted.start, wanted.limit, wanted.columns.len()),
                (start, limit, columns)
            );
            assert_eq!(
                Wanted::read(&wanted.write(Query::default())),
                wanted,
                "{query}"
            );
        }
        let kept = Wanted::read(&Query::default()).write(Query::parse("x=1&limit=6&start=9"));
        assert_eq!(kept, Query::parse("x=1"));
    }
}
