//! The partitions of a table: the one that is read, the latest, a calendar for days, a range, a
//! filter, and a list with rows and sizes.

pub mod calendar;
pub mod dates;
pub mod list;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use odps::tables::Partition;

use super::equal::{Equal, Thing};
use super::stock::{Shelf, Stock};
use crate::api::tables::TableName;
use crate::format;
use crate::route::Here;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use calendar::Calendar;
use dates::Day;
use list::PartitionList;

/// What narrows the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Narrow {
    /// Words of the partition.
    text: String,
    /// The first value of the first key.
    from: String,
    /// The last value of the first key, and what begins with it.
    to: String,
}

/// The picker.
#[component]
pub fn Partitions(
    /// The table.
    name: TableName,
    /// What is known of the project.
    stock: Stock,
    /// The partitions as far as they were read.
    shelf: Memo<Shelf<Arc<Partition>>>,
    /// The partition that is read.
    chosen: Memo<Option<String>>,
) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let narrow = RwSignal::new(Narrow::default());
    let latest = Memo::new(move |_| shelf.with(|shelf| latest(&shelf.items)));
    let found = Memo::new(move |_| {
        shelf.with(|shelf| narrow.with(|narrow| matching(&shelf.items, narrow)))
    });
    let days = Memo::new(move |_| shelf.with(|shelf| days(&shelf.items)));
    let day = Memo::new(move |_| {
        let spec = odps::tables::PartitionSpec::read(&chosen.get()?).ok()?;
        Day::read(&spec.0.first()?.1)
    });
    let choose = Callback::new(move |spec: String| here.view("partition", &spec));
    let on_day = Callback::new(move |day: Day| {
        let of_day = shelf.with_untracked(|shelf| of_day(&shelf.items, day));
        if let Some((value, first)) = of_day {
            narrow.update(|narrow| (narrow.from, narrow.to) = (value.clone(), value));
            choose.run(first);
        }
    });
    let to_latest = Callback::new(move |()| {
        if let Some(latest) = latest.get_untracked() {
            choose.run(latest);
        }
    });
    let is_latest = Signal::derive(move || {
        let same = latest.with(Option::is_some) && latest.get() == chosen.get();
        same.then(|| t.get().tables.parts.is_latest.to_owned())
    });
    let facts = move || {
        let spec = chosen.get()?;
        shelf.with(|shelf| {
            let item = shelf
                .items
                .iter()
                .find(|item| item.spec.to_string() == spec)?;
            facts_of(item.records, item.size, t.get().tables.frame.fetch_up_to)
        })
    };
    let count = move || {
        let (count, reading) = shelf.with(|shelf| (shelf.items.len(), shelf.reading));
        match reading {
            true => (t.get().tables.parts.so_far)(&format::grouped(count as u64)),
            false => (t.get().tables.partitions_of)(count),
        }
    };
    let calendar = Memo::new(move |_| !days.with(BTreeMap::is_empty));
    let thing = {
        let project = stock.project.to_string();
        Signal::derive(move || Thing {
            project: project.clone(),
            name: name.clone(),
            partition: chosen.get(),
        })
    };
    view! {
        <section class="section" aria-labelledby="table-partitions">
            <div class="tables-find">
                <h2 id="table-partitions">{move || t.get().tables.partition}</h2>
                <code class="parts-chosen"><bdi>{move || chosen.get()}</bdi></code>
                <span class="quiet">{facts}</span>
                <Button weight=Weight::Quiet on_press=to_latest refused=is_latest>{move || t.get().tables.parts.latest}</Button>
                <Equal thing=thing/>
            </div>
            <details class="parts">
                <summary>
                    {move || t.get().tables.parts.choose} " " <span class="quiet" role="status">{count}</span>
                </summary>
                <div class="parts-body">
                    {move || calendar.get().then(|| view! { <Calendar days=days chosen=day on_choose=on_day/> })}
                    <div class="parts-side">
                        <Narrowing narrow=narrow found=found/>
                        <PartitionList items=found chosen=chosen on_choose=choose/>
                    </div>
                </div>
            </details>
        </section>
    }
}

/// Filter and range, and what they leave.
#[component]
fn Narrowing(
    /// What narrows the list.
    narrow: RwSignal<Narrow>,
    /// What is left.
    found: Memo<Vec<Arc<Partition>>>,
) -> impl IntoView {
    let t = sentences();
    let sums = move || {
        let text = &t.get().tables;
        found.with(|found| {
            let (count, facts) = (found.len(), sums(found));
            let facts = facts_of(facts.0, facts.1, text.frame.fetch_up_to);
            let words = (text.partitions_of)(count);
            facts.map_or(words.clone(), |facts| format!("{words} · {facts}"))
        })
    };
    let text = move |event| narrow.update(|narrow| narrow.text = event_target_value(&event));
    let from = move |event| narrow.update(|narrow| narrow.from = event_target_value(&event));
    let to = move |event| narrow.update(|narrow| narrow.to = event_target_value(&event));
    view! {
        <div class="tables-find">
            <label class="parts-field">
                <span>{move || t.get().tables.parts.filter}</span>
                <input type="search" class="tables-search" autocomplete="off" spellcheck="false"
                    prop:value=move || narrow.with(|narrow| narrow.text.clone()) on:input=text/>
            </label>
            <label class="parts-field">
                <span>{move || t.get().tables.parts.from}</span>
                <input type="text" class="tables-search" data-short="true" autocomplete="off" spellcheck="false"
                    prop:value=move || narrow.with(|narrow| narrow.from.clone()) on:input=from/>
            </label>
            <label class="parts-field">
                <span>{move || t.get().tables.parts.to}</span>
                <input type="text" class="tables-search" data-short="true" autocomplete="off" spellcheck="false"
                    prop:value=move || narrow.with(|narrow| narrow.to.clone()) on:input=to/>
            </label>
            <span class="quiet" role="status">{sums}</span>
        </div>
    }
}

/// The last partition by its values, key by key: for days that is the latest.
pub fn latest(items: &[Arc<Partition>]) -> Option<String> {
    let values = |item: &Partition| -> Vec<String> {
        item.spec.0.iter().map(|(_, value)| value.clone()).collect()
    };
    let last = items.iter().max_by_key(|item| values(item))?;
    Some(last.spec.to_string())
}

/// What is left of the partitions, the greatest values first.
fn matching(items: &[Arc<Partition>], narrow: &Narrow) -> Vec<Arc<Partition>> {
    let words: Vec<String> = narrow
        .text
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let (from, to) = (narrow.from.trim(), narrow.to.trim());
    let fits = |item: &&Arc<Partition>| {
        let value = item.spec.0.first().map_or("", |(_, value)| value.as_str());
        let text = item.spec.to_string().to_lowercase();
        (from.is_empty() || value >= from)
            && (to.is_empty() || value <= to || value.starts_with(to))
            && words.iter().all(|word| text.contains(word))
    };
    let mut left: Vec<_> = items.iter().filter(fits).cloned().collect();
    left.sort_by(|one, other| {
        let values = |item: &Partition| {
            item.spec
                .0
                .iter()
                .map(|(_, value)| value.clone())
                .collect::<Vec<_>>()
        };
        values(other).cmp(&values(one))
    });
    left
}

/// The days of the first key and how many partitions each has; empty unless every value is a day.
fn days(items: &[Arc<Partition>]) -> BTreeMap<Day, usize> {
    let mut days = BTreeMap::new();
    for item in items {
        let day = item.spec.0.first().and_then(|(_, value)| Day::read(value));
        let Some(day) = day else {
            return BTreeMap::new();
        };
        *days.entry(day).or_insert(0) += 1;
    }
    days
}

/// The value of a day and the last of its partitions.
fn of_day(items: &[Arc<Partition>], day: Day) -> Option<(String, String)> {
    let value = |item: &Partition| Some(item.spec.0.first()?.1.clone());
    let same =
        |item: &&Arc<Partition>| value(item).and_then(|value| Day::read(&value)) == Some(day);
    let items: Vec<_> = items.iter().filter(same).cloned().collect();
    Some((value(items.first()?)?, latest(&items)?))
}

/// Rows and bytes of all, where each is known.
fn sums(items: &[Arc<Partition>]) -> (Option<u64>, Option<u64>) {
    let sum = |number: fn(&Partition) -> Option<u64>| {
        items
            .iter()
            .map(|item| number(item))
            .try_fold(0_u64, |sum, number| sum.checked_add(number?))
    };
    (sum(|item| item.records), sum(|item| item.size))
}

fn facts_of(rows: Option<u64>, size: Option<u64>, word: fn(&str) -> String) -> Option<String> {
    let rows = rows.map(|rows| word(&format::grouped(rows)));
    let facts: Vec<String> = [rows, size.map(format::bytes)]
        .into_iter()
        .flatten()
        .collect();
    (!facts.is_empty()).then(|| facts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use odps::tables::PartitionSpec;

    fn items(specs: &[&str]) -> Vec<Arc<Partition>> {
        let item = |spec: &&str| {
            Arc::new(Partition {
                spec: PartitionSpec::read(spec).expect("a partition"),
                records: Some(3),
                ..Partition::default()
            })
        };
        specs.iter().map(item).collect()
    }

    fn specs(items: &[Arc<Partition>]) -> Vec<String> {
        items.iter().map(|item| item.spec.to_string()).collect()
    }

    #[test]
    fn the_latest_is_by_value_and_key_by_key() {
        let all = items(&[
            "dt=20260101,r=b",
            "dt=20260103,r=a",
            "dt=20260103,r=b",
            "dt=20260102,r=z",
        ]);
        assert_eq!(latest(&all).as_deref(), Some("dt=20260103,r=b"));
        assert_eq!(latest(&[]), None);
        let day = Day::read("20260103").expect("a day");
        let found = of_day(&all, day);
        assert_eq!(found, Some(("20260103".into(), "dt=20260103,r=b".into())));
    }

    #[test]
    fn a_range_and_words_narrow_the_list() {
        let all = items(&["dt=20260101,r=cn", "dt=20260131,r=us", "dt=20260201,r=cn"]);
        let narrow = |text: &str, from: &str, to: &str| {
            let (text, from, to) = (text.to_owned(), from.to_owned(), to.to_owned());
            specs(&matching(&all, &Narrow { text, from, to }))
        };
        assert_eq!(narrow("", "", "").len(), 3);
        assert_eq!(
            narrow("", "20260102", ""),
            ["dt=20260201,r=cn", "dt=20260131,r=us"]
        );
        assert_eq!(
            narrow("", "", "202601"),
            ["dt=20260131,r=us", "dt=20260101,r=cn"]
        );
        assert_eq!(
            narrow("CN 2026", "", ""),
            ["dt=20260201,r=cn", "dt=20260101,r=cn"]
        );
        assert_eq!(sums(&all), (Some(9), None));
        assert_eq!(sums(&[]), (Some(0), Some(0)));
    }

    #[test]
    fn days_only_where_every_value_is_one() {
        let all = days(&items(&[
            "dt=2026-01-01,r=1",
            "dt=2026-01-01,r=2",
            "dt=2026-01-03,r=1",
        ]));
        assert_eq!(all.values().copied().collect::<Vec<_>>(), [2, 1]);
        assert!(days(&items(&["dt=20260101", "dt=all"])).is_empty());
    }
}
