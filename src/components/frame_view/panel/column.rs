//! What a column holds: shares, extremes, exact sums, quantiles, bars and the most frequent values;
//! each bar and value keeps the rows that have it.

use leptos::prelude::*;

use super::super::sight::Sight;
use super::super::strip::share;
use crate::format;
use crate::text::{Text, sentences};
use frame::{Bin, Condition, Distinct, Profile, Test, Top};

/// The names of the quantiles.
const QUANTILES: [&str; 5] = ["5%", "25%", "50%", "75%", "95%"];

/// The column.
#[component]
pub fn ColumnPanel(
    /// The frame and its arrangement.
    sight: Sight,
    /// The column of the frame.
    column: u32,
) -> impl IntoView {
    let t = sentences();
    let profile = Memo::new(move |_| sight.profiles.with(|all| all.get(&column).cloned()));
    Effect::new(move |_| {
        let rests = sight.frame.progress.with(|progress| !progress.phase.runs());
        if rests && profile.with(Option::is_none) {
            sight.profile(column);
        }
    });
    let place = column as usize;
    let keep = Callback::new(move |test: Test| {
        sight.filter(
            None,
            Condition {
                column: place,
                test,
            },
        );
    });
    move || match profile.get() {
        None => {
            view! { <p class="quiet" role="status">{move || t.get().grid.profiling}</p> }.into_any()
        }
        Some(profile) => view! { <Held profile=profile keep=keep/> }.into_any(),
    }
}

/// What it holds.
#[component]
fn Held(
    /// The profile.
    profile: Profile,
    /// Keeps the rows that fulfil a test.
    keep: Callback<Test>,
) -> impl IntoView {
    let t = sentences();
    let facts = {
        let profile = profile.clone();
        move || {
            let line = |(name, value): (String, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
            facts(t.get(), &profile)
                .into_iter()
                .map(line)
                .collect_view()
        }
    };
    let rows = profile.rows;
    let nulls = (profile.nulls > 0).then(|| {
        let press = move |_| keep.run(Test::Null);
        view! { <button type="button" class="button" data-weight="quiet" on:click=press>{move || t.get().grid.keep_nulls}</button> }
    });
    let bins = profile
        .numbers
        .map(|numbers| numbers.histogram)
        .unwrap_or_default();
    view! {
        <p class="frame-hint">{move || (t.get().grid.of_rows)(&format::grouped(rows))}</p>
        <dl class="frame-stats">{facts}</dl>
        {nulls}
        {(!bins.is_empty()).then(|| view! { <h4>{move || t.get().grid.histogram}</h4> <BinList bins=bins keep=keep/> })}
        {(!profile.top.is_empty()).then(|| view! { <h4>{move || t.get().grid.top}</h4> <TopList top=profile.top rows=rows keep=keep/> })}
    }
}

/// The bars, each a button.
#[component]
fn BinList(
    /// The bars.
    bins: Vec<Bin>,
    /// Keeps the rows that fulfil a test.
    keep: Callback<Test>,
) -> impl IntoView {
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1);
    let bar = move |bin: Bin| {
        let width = format!("{}%", bin.count * 100 / most);
        let label = match bin.low == bin.high {
            true => bin.low.clone(),
            false => format!("{} – {}", bin.low, bin.high),
        };
        let (low, high) = (bin.low, bin.high);
        let press = move |_| {
            keep.run(Test::Between {
                low: low.clone(),
                high: high.clone(),
            });
        };
        view! {
            <li><button type="button" class="frame-bar" on:click=press>
                <span>{label}</span><i style:inline-size=width></i><b>{format::grouped(bin.count)}</b>
            </button></li>
        }
    };
    view! { <ul class="frame-bars">{bins.into_iter().map(bar).collect_view()}</ul> }
}

/// The most frequent values, each a button.
#[component]
fn TopList(
    /// The values.
    top: Vec<Top>,
    /// Of how many rows.
    rows: u64,
    /// Keeps the rows that fulfil a test.
    keep: Callback<Test>,
) -> impl IntoView {
    let value = move |top: Top| {
        let width = format!("{}%", top.count * 100 / rows.max(1));
        let dots = if top.clipped { "…" } else { "" };
        let shown = match top.text.is_empty() {
            true => "''".to_owned(),
            false => format!("{}{dots}", top.text),
        };
        let count = format!(
            "{} · {}",
            format::grouped(top.count),
            share(top.count, rows)
        );
        let text = top.text;
        let press = move |_| keep.run(Test::In(vec![Some(text.clone())]));
        view! {
            <li><button type="button" class="frame-bar" disabled=top.clipped on:click=press>
                <span>{shown}</span><i style:inline-size=width></i><b>{count}</b>
            </button></li>
        }
    };
    view! { <ul class="frame-bars">{top.into_iter().map(value).collect_view()}</ul> }
}

/// Names and values of what is counted.
fn facts(text: &Text, profile: &Profile) -> Vec<(String, String)> {
    let words = &text.grid;
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: String| facts.push((name.to_owned(), value));
    let counted = |count: u64| {
        format!(
            "{} · {}",
            format::grouped(count),
            share(count, profile.rows)
        )
    };
    fact("NULL", counted(profile.nulls));
    match profile.distinct {
        Distinct::Exact(count) => fact(words.distinct_name, format::grouped(count)),
        Distinct::About(count) => fact(words.distinct_name, (words.about)(&format::grouped(count))),
        Distinct::Unknown => {}
    }
    if profile.nan > 0 {
        fact("NaN", counted(profile.nan));
    }
    if profile.infinite > 0 {
        fact("±Infinity", counted(profile.infinite));
    }
    for (name, count) in [("true", profile.trues), ("false", profile.falses)] {
        if let Some(count) = count {
            fact(name, counted(count));
        }
    }
    for (name, value) in [(words.min, &profile.min), (words.max, &profile.max)] {
        if let Some(value) = value {
            fact(name, value.clone());
        }
    }
    if let Some(numbers) = &profile.numbers {
        for (name, value) in [(words.mean, &numbers.mean), (words.sum, &numbers.sum)] {
            if let Some(value) = value {
                fact(name, value.clone());
            }
        }
        for (name, value) in QUANTILES.iter().zip(&numbers.quantiles) {
            fact(name, value.clone());
        }
    }
    if let Some(lengths) = &profile.lengths {
        fact(
            words.lengths,
            format!("{} – {} – {}", lengths.min, lengths.mean, lengths.max),
        );
        if lengths.empty > 0 {
            fact(words.empty, counted(lengths.empty));
        }
    }
    facts
}
