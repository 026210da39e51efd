//! `/tables`: the tables of the project, with search. `/tables/:table` is in [`table`].

pub mod columns;
pub mod definition;
pub mod facts;
pub mod picker;
pub mod row;
pub mod table;

use leptos::prelude::*;
use odps::tables::Item;

use crate::api::Problem;
use crate::api::tables::{self, Listed};
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::route::Here;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::Button;
use row::Row;

/// How many rows are drawn; the search reaches all.
const DRAWN: usize = 300;

/// The list of tables.
#[component]
pub fn Tables() -> impl IntoView {
    let (t, here, profile) = (sentences(), Here::expect(), Profile::expect());
    let list = LocalResource::new(move || {
        let target = profile.get().map(|connection| connection.target());
        async move {
            match target {
                Some(target) => Some(tables::list(&target).await),
                None => None,
            }
        }
    });
    let again = Callback::new(move |()| list.refetch());
    let outcome = Memo::new(move |_| list.get().flatten());
    let filter = Memo::new(move |_| here.query.get().get("q").unwrap_or_default().to_owned());
    let title = Signal::derive(move || t.get().tables.title.to_owned());
    let lead = move || {
        profile
            .get()
            .map(|facts| (t.get().tables.lead)(&facts.project))
    };
    let body = move || match outcome.get() {
        None => match profile.problem() {
            Some(problem) => view! { <ProblemNotice problem=problem/> }.into_any(),
            None => {
                view! { <p class="quiet" role="status">{t.get().tables.loading}</p> }.into_any()
            }
        },
        Some(Err(problem)) => view! { <ProblemNotice problem=problem retry=again/> }.into_any(),
        Some(Ok(all)) => view! { <List all=all filter=filter/> }.into_any(),
    };
    view! {
        <Page title=title lead=move || lead actions=move || view! {
            <Button on_press=again busy=Signal::derive(move || list.get().is_none())>
                {move || t.get().tables.refresh}
            </Button>
        }>
            {body}
        </Page>
    }
}

/// The search and what it leaves.
#[component]
fn List(
    /// Every table.
    all: Listed<Item>,
    /// What is searched for.
    filter: Memo<String>,
) -> impl IntoView {
    let (t, here, profile) = (sentences(), Here::expect(), Profile::expect());
    let count = all.items.len();
    let all = StoredValue::new(all.items);
    let found = Memo::new(move |_| {
        let filter = filter.get();
        all.with_value(|items| matching(items, &filter).cloned().collect::<Vec<_>>())
    });
    let typed = move |event| {
        here.replace(here.at("q", event_target_value(&event).trim()));
    };
    let number = move || (t.get().tables.count)(found.with(Vec::len), count);
    let clear = Callback::new(move |()| here.view("q", ""));
    let empty = move || {
        found.with(Vec::is_empty).then(|| {
            let text = &t.get().tables;
            let project = profile.get().map(|facts| facts.project).unwrap_or_default();
            match count {
                0 => view! { <p class="quiet">{(text.none)(&project)}</p> }.into_any(),
                _ => view! {
                    <p class="quiet">{(text.none_found)(&filter.get())}</p>
                    <Button on_press=clear>{text.clear_search}</Button>
                }
                .into_any(),
            }
        })
    };
    let drawn = move || found.get().into_iter().take(DRAWN).collect::<Vec<_>>();
    let rest = move || {
        let (drawn, found) = (DRAWN.min(found.with(Vec::len)), found.with(Vec::len));
        (drawn < found).then(|| {
            let (drawn, found) = (format::grouped(drawn as u64), format::grouped(found as u64));
            view! { <p class="quiet">{(t.get().tables.drawn)(&drawn, &found)}</p> }
        })
    };
    view! {
        <search class="tables-find">
            <input
                type="search"
                class="tables-search"
                prop:value=move || filter.get()
                aria-label=move || t.get().tables.search
                placeholder=move || t.get().tables.search_hint
                autocomplete="off"
                spellcheck="false"
                on:input=typed
            />
            <span class="quiet" role="status">{number}</span>
        </search>
        <div class="tables-scroll" tabindex="0" role="group" aria-label=move || t.get().tables.title>
            <table class="tables-list" hidden=move || found.with(Vec::is_empty)>
                <thead>
                    <tr>
                        <th scope="col">{move || t.get().tables.name}</th>
                        <th scope="col">{move || t.get().tables.kind}</th>
                        <th scope="col" class="number">{move || t.get().tables.rows}</th>
                        <th scope="col" class="number" title=move || t.get().tables.size_note>
                            {move || t.get().tables.size}
                        </th>
                        <th scope="col">{move || t.get().tables.owner}</th>
                        <th scope="col">{move || t.get().tables.comment}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=drawn key=|item| item.name.clone() children=|item| view! { <Row item=item/> }/>
                </tbody>
            </table>
        </div>
        {rest}
        {empty}
    }
}

/// The tables whose name or owner holds every word of the filter, whatever their case.
fn matching<'a>(items: &'a [Item], filter: &str) -> impl Iterator<Item = &'a Item> {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    items.iter().filter(move |item| {
        let text = format!(
            "{} {}",
            item.name,
            item.owner.as_deref().unwrap_or_default()
        )
        .to_lowercase();
        words.iter().all(|word| text.contains(word))
    })
}

/// A kind of table in words.
fn kind_word(kind: Option<&str>, partitioned: bool, text: &crate::text::tables::Tables) -> String {
    let word = match kind.unwrap_or_default() {
        "" | "MANAGED_TABLE" => text.managed,
        "VIRTUAL_VIEW" => text.view,
        "MATERIALIZED_VIEW" => text.materialized,
        "EXTERNAL_TABLE" => text.external,
        other => return other.to_owned(),
    };
    match partitioned {
        true => text.partitioned.to_owned(),
        false => word.to_owned(),
    }
}

/// The last good value of an outcome, for views that show nothing otherwise.
fn good<T>(outcome: Option<Result<T, Problem>>) -> Option<T> {
    outcome.and_then(Result::ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::en::EN;

    #[test]
    fn every_word_must_be_found() {
        let item = |name: &str, owner: &str| Item {
            name: name.into(),
            owner: Some(owner.into()),
            kind: None,
        };
        let items = [
            item("sales_2026", "ALIYUN$ann"),
            item("test_mars", "bob"),
            item("销售", "ann"),
        ];
        let names = |filter: &str| {
            matching(&items, filter)
                .map(|item| item.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(""), ["sales_2026", "test_mars", "销售"]);
        assert_eq!(names("SALES ann"), ["sales_2026"]);
        assert_eq!(names("ann"), ["sales_2026", "销售"]);
        assert_eq!(names("销"), ["销售"]);
        assert!(names("nothing").is_empty());
    }

    #[test]
    fn a_kind_that_is_not_known_is_said_as_it_is() {
        assert_eq!(kind_word(None, false, &EN.tables), "table");
        assert_eq!(kind_word(Some("VIRTUAL_VIEW"), false, &EN.tables), "view");
        assert_eq!(
            kind_word(Some("MANAGED_TABLE"), true, &EN.tables),
            "partitioned"
        );
        assert_eq!(
            kind_word(Some("OBJECT_TABLE"), false, &EN.tables),
            "OBJECT_TABLE"
        );
    }
}
