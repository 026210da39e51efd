//! Which rows and columns are read: a window of rows, a choice of columns, and the whole table after
//! a word about its size. All of it is in the address.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use odps::types::{Column, Type};

use crate::format;
use crate::route::{Here, Query};
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;

/// The rows that are read unless the address says otherwise.
pub const FIRST: u64 = 100;
/// The guide's `head(6)`.
const HEAD: u64 = 6;
/// Columns that are offered at once; the filter reaches all.
const OFFERED: usize = 200;
/// Below this nobody is asked before a whole table is read.
const SMALL_ROWS: u64 = 100_000;
/// The same, as it will be in memory.
const SMALL_BYTES: u64 = 64 << 20;
/// What a value of no fixed length takes in memory besides its text.
const LOOSE: u64 = 24;
/// How much larger than its stored form text may be: columns are compressed.
const PACKED: u64 = 4;

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

/// What is known of the rows before they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// How many rows there are.
    pub rows: Option<u64>,
    /// Bytes in storage, compressed.
    pub stored: Option<u64>,
    /// About how many bytes in memory.
    pub memory: Option<u64>,
}

impl Size {
    /// The size of rows with these columns.
    pub fn of(rows: Option<u64>, stored: Option<u64>, columns: &[Column]) -> Self {
        let fixed: u64 = columns.iter().map(|column| width(&column.kind)).sum();
        let memory = rows.and_then(|rows| {
            let fixed = rows.checked_mul(fixed)?;
            let loose = columns.iter().any(|column| width(&column.kind) == LOOSE);
            let packed = if loose {
                stored.unwrap_or(0).checked_mul(PACKED)?
            } else {
                0
            };
            fixed.checked_add(packed)
        });
        Self {
            rows,
            stored,
            memory,
        }
    }

    /// Whether it is read without a question.
    fn is_small(&self) -> bool {
        self.rows.is_some_and(|rows| rows <= SMALL_ROWS)
            && self.memory.is_some_and(|bytes| bytes <= SMALL_BYTES)
    }
}

/// Bytes of a value in memory.
fn width(kind: &Type) -> u64 {
    match kind {
        Type::Tinyint | Type::Boolean => 1,
        Type::Smallint => 2,
        Type::Int | Type::Float | Type::Date => 4,
        Type::Bigint | Type::Double | Type::Datetime | Type::Timestamp | Type::TimestampNtz => 8,
        Type::Decimal(_) => 16,
        _ => LOOSE,
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

/// The columns, each to be left out or taken in.
#[component]
fn ColumnChoice(
    /// What the address asks for.
    wanted: Memo<Wanted>,
    /// The columns of the table.
    columns: Memo<Vec<Column>>,
    /// Goes to another address.
    go: Callback<Wanted>,
) -> impl IntoView {
    let t = sentences();
    let filter = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let names = Memo::new(move |_| {
        columns.with(|columns| {
            columns
                .iter()
                .map(|column| column.name.clone())
                .collect::<Vec<_>>()
        })
    });
    let found = Memo::new(move |_| {
        let filter = filter.get().to_lowercase();
        let fits = |name: &&String| name.to_lowercase().contains(&filter);
        names.with(|names| names.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let taken = move |name: &str| {
        wanted.with(|wanted| {
            wanted.columns.is_empty() || wanted.columns.iter().any(|one| one == name)
        })
    };
    let turn = move |name: &str| {
        let now = wanted.get_untracked();
        let columns = turned(&names.get_untracked(), &now.columns, name);
        go.run(Wanted { columns, ..now });
    };
    let one = move |name: String| {
        let (same, pressed) = (name.clone(), name.clone());
        view! {
            <label class="tables-column">
                <input type="checkbox" prop:checked=move || taken(&same) on:change=move |_| turn(&pressed)/>
                <bdi>{name}</bdi>
            </label>
        }
    };
    let word = move || {
        let all = names.with(Vec::len);
        let some = wanted.with(|wanted| {
            if wanted.columns.is_empty() {
                all
            } else {
                wanted.columns.len()
            }
        });
        (t.get().tables.window.columns)(some, all)
    };
    let every = Callback::new(move |()| {
        go.run(Wanted {
            columns: Vec::new(),
            ..wanted.get_untracked()
        })
    });
    let body = move || {
        open.get().then(|| {
            let rest = move || {
                let found = found.with(Vec::len);
                (found > OFFERED).then(|| {
                    let (offered, found) = (format::grouped(OFFERED as u64), format::grouped(found as u64));
                    (t.get().tables.drawn)(&offered, &found)
                })
            };
            view! {
                <div class="tables-columns">
                    <div class="tables-find">
                        <input type="search" class="tables-search" autocomplete="off" spellcheck="false"
                            aria-label=move || t.get().tables.parts.filter
                            on:input=move |event| filter.set(event_target_value(&event))/>
                        <Button weight=Weight::Quiet on_press=every>{move || t.get().tables.window.every}</Button>
                    </div>
                    <div class="tables-column-list" role="group" tabindex="0" aria-label=move || t.get().tables.columns>
                        {move || found.get().into_iter().take(OFFERED).map(one).collect_view()}
                    </div>
                    <p class="quiet">{rest}</p>
                </div>
            }
        })
    };
    view! {
        <details class="tables-choice" on:toggle=move |event| {
            use wasm_bindgen::JsCast;
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            open.set(target.is_some_and(|details| details.has_attribute("open")));
        }>
            <summary>{word}</summary>
            {body}
        </details>
    }
}

/// The choice with one column turned, in the order of the table; the last one cannot be left out.
fn turned(all: &[String], chosen: &[String], name: &str) -> Vec<String> {
    let taken = |one: &&String| chosen.is_empty() || chosen.contains(one);
    let after: Vec<String> = (all.iter())
        .filter(|one| taken(one) != (one.as_str() == name))
        .cloned()
        .collect();
    match after.len() {
        0 => chosen.to_vec(),
        count if count == all.len() => Vec::new(),
        _ => after,
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

    #[test]
    fn columns_are_turned_in_their_order() {
        let all: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(turned(&all, &[], "b"), ["a", "c"]);
        assert_eq!(turned(&all, &["c".into()], "a"), ["a", "c"]);
        assert_eq!(turned(&all, &["a".into(), "c".into()], "b"), [""; 0]);
        assert_eq!(turned(&all, &["a".into()], "a"), ["a"]);
    }

    #[test]
    fn a_large_table_is_asked_about() {
        let columns = |kind: Type| vec![Column::new("a", kind)];
        let size = Size::of(Some(1_000_000), Some(5 << 20), &columns(Type::Bigint));
        assert_eq!(size.memory, Some(8_000_000));
        assert!(!size.is_small());
        let text = Size::of(Some(1_000), Some(1_000), &columns(Type::String));
        assert_eq!(text.memory, Some(28_000));
        assert!(text.is_small());
        assert!(!Size::of(None, None, &columns(Type::Bigint)).is_small());
        assert_eq!(
            Size::of(Some(u64::MAX), None, &columns(Type::Bigint)).memory,
            None
        );
    }
}
