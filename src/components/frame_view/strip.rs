//! What a column holds, in the height of two lines over it: bars, how many are NULL, how many
//! values differ. Pressing a bar keeps the rows in it.

use leptos::prelude::*;

use super::sight::{Panel, Sight};
use crate::format;
use crate::text::{Text, sentences};
use frame::{Condition, Distinct, Profile, Test};

/// The most frequent values that are drawn as a band.
const BAND: usize = 5;

/// The strip over one column.
#[component]
pub fn Strip(
    /// The frame and its arrangement.
    sight: Sight,
    /// The column of the frame.
    column: u32,
) -> impl IntoView {
    let t = sentences();
    let rests = Memo::new(move |_| {
        (sight.frame.progress).with(|progress| (!progress.phase.runs()).then_some(progress.rows))
    });
    let wanted = move || sight.profiled.get() && rests.get().is_some_and(|rows| rows > 0);
    let profile = Memo::new(move |_| sight.profiles.with(|all| all.get(&column).cloned()));
    Effect::new(move |_| {
        if wanted() && profile.with(Option::is_none) {
            sight.profile(column);
        }
    });
    let open = move |_| sight.panel.set(Some(Panel::Column(column)));
    move || {
        if !sight.profiled.get() {
            return None;
        }
        let body = profile.get().map(|profile| {
            let line = summary(t.get(), &profile);
            view! {
                <Bars sight=sight profile=profile/>
                <div class="strip-line">{line}</div>
            }
        });
        Some(view! { <div class="strip" on:dblclick=open>{body}</div> })
    }
}

/// The bars of a strip: of a histogram, of the most frequent values, or of the share of NULL.
#[component]
fn Bars(
    /// The frame and its arrangement.
    sight: Sight,
    /// What the column holds.
    profile: Profile,
) -> impl IntoView {
    let column = profile.column;
    let keep = move |test: Test| sight.filter(None, Condition { column, test });
    let bins = profile.numbers.map(|numbers| numbers.histogram);
    let bins = bins.filter(|bins| bins.len() > 1);
    if let Some(bins) = bins {
        let most = bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1);
        let bars = bins.into_iter().map(|bin| {
            let height = percent(bin.count, most);
            let title = format!("{} – {}: {}", bin.low, bin.high, format::grouped(bin.count));
            let (low, high) = (bin.low, bin.high);
            let press = move |_| {
                keep(Test::Between {
                    low: low.clone(),
                    high: high.clone(),
                });
            };
            view! { <i style:block-size=height title=title on:click=press></i> }
        });
        return view! { <div class="strip-bars" aria-hidden="true">{bars.collect_view()}</div> }
            .into_any();
    }
    let rows = profile.rows.max(1);
    let tops = profile.top.into_iter().take(BAND).map(|top| {
        let width = percent(top.count, rows);
        let title = format!("{}: {}", top.text, format::grouped(top.count));
        let text = (!top.clipped).then_some(top.text);
        let press = move |_| {
            if let Some(text) = text.clone() {
                keep(Test::In(vec![Some(text)]));
            }
        };
        view! { <i style:inline-size=width title=title on:click=press></i> }
    });
    view! { <div class="strip-band" aria-hidden="true">{tops.collect_view()}</div> }.into_any()
}

/// Per cent of a whole, at least a line where there is anything.
fn percent(part: u64, whole: u64) -> String {
    let thousandths = part.saturating_mul(1_000) / whole.max(1);
    let thousandths = thousandths.max(u64::from(part > 0) * 20);
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// One line: the share of NULL and how many values differ.
fn summary(text: &Text, profile: &Profile) -> String {
    let words = &text.grid;
    let distinct = match profile.distinct {
        Distinct::Exact(count) => Some((words.distinct)(&format::grouped(count))),
        Distinct::About(count) => Some((words.distinct_about)(&format::grouped(count))),
        Distinct::Unknown => None,
    };
    let nulls = (profile.nulls > 0).then(|| (words.nulls)(&share(profile.nulls, profile.rows)));
    let parts: Vec<String> = nulls.into_iter().chain(distinct).collect();
    parts.join(" · ")
}

/// A share with one digit after the point; what is not nothing is never said to be.
pub fn share(part: u64, whole: u64) -> String {
    let (part, whole) = (u128::from(part), u128::from(whole.max(1)));
    let thousandths = part * 1_000 / whole;
    match (part, thousandths) {
        (0, _) => "0%".to_owned(),
        (_, 0) => "<0.1%".to_owned(),
        (part, 999) if part < whole && (part * 1_000).div_ceil(whole) == 1_000 => {
            ">99.9%".to_owned()
        }
        (_, thousandths) if thousandths % 10 == 0 => format!("{}%", thousandths / 10),
        (_, thousandths) => format!("{}.{}%", thousandths / 10, thousandths % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_rounded_to_nothing_or_to_all() {
        assert_eq!(share(0, 10), "0%");
        assert_eq!(share(1, 1_000_000), "<0.1%");
        assert_eq!(share(999_999, 1_000_000), ">99.9%");
        assert_eq!(share(10, 10), "100%");
        assert_eq!(share(1, 3), "33.3%");
        assert_eq!(share(0, 0), "0%");
    }

    #[test]
    fn a_bar_of_something_is_seen() {
        assert_eq!(percent(0, 10), "0.0%");
        assert_eq!(percent(1, 100_000), "2.0%");
        assert_eq!(percent(10, 10), "100.0%");
    }
}
