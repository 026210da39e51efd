//! How the reader runs: flags with what they mean, the threshold above which a run is asked about,
//! and whether statements go together.

use leptos::prelude::*;

use super::sheet::Sheet;
use crate::api::sql::kept::{self, Habits};
use crate::format;
use crate::text::sentences;
use crate::text::sql::Flag;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::{Glyph, Icon};

/// What a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    /// `true` or `false`.
    Truth,
    /// One of these words.
    Words(&'static [&'static str]),
    /// A whole number between these.
    Whole(u64, u64),
    /// Anything.
    Text,
}

/// The flags that are known, with what they take.
const KNOWN: [(&str, Takes, Flag); 12] = [
    ("odps.sql.type.system.odps2", Takes::Truth, Flag::Types),
    ("odps.sql.decimal.odps2", Takes::Truth, Flag::Decimal),
    ("odps.sql.hive.compatible", Takes::Truth, Flag::Hive),
    ("odps.sql.allow.fullscan", Takes::Truth, Flag::FullScan),
    ("odps.sql.allow.cartesian", Takes::Truth, Flag::Cartesian),
    ("odps.instance.priority", Takes::Whole(0, 9), Flag::Priority),
    (
        "odps.sql.mapper.split.size",
        Takes::Whole(1, 2048),
        Flag::Split,
    ),
    (
        "odps.sql.reducer.instances",
        Takes::Whole(1, 99_999),
        Flag::Reducers,
    ),
    (
        "odps.sql.submit.mode",
        Takes::Words(&["script"]),
        Flag::Submit,
    ),
    ("odps.namespace.schema", Takes::Truth, Flag::Schema),
    ("odps.sql.timezone", Takes::Text, Flag::Zone),
    ("odps.task.wlm.quota", Takes::Text, Flag::Quota),
];

impl Takes {
    fn fits(self, value: &str) -> bool {
        match self {
            Self::Truth => matches!(value, "true" | "false"),
            Self::Words(words) => words.contains(&value),
            Self::Whole(least, most) => value
                .parse()
                .is_ok_and(|number: u64| (least..=most).contains(&number)),
            Self::Text => !value.trim().is_empty(),
        }
    }

    /// What may be written, for the sentence that says so.
    fn words(self) -> Option<String> {
        match self {
            Self::Truth => Some("true, false".to_owned()),
            Self::Words(words) => Some(words.join(", ")),
            Self::Whole(least, most) => Some(format!("{least} – {most}")),
            Self::Text => None,
        }
    }
}

/// What is known of a flag.
fn known(key: &str) -> Option<(Takes, Flag)> {
    let known = KNOWN.iter().find(|(name, ..)| *name == key);
    known.map(|(_, takes, flag)| (*takes, *flag))
}

/// The panel, folded until it is wanted.
#[component]
pub fn Flags(
    /// The page's state.
    sheet: Sheet,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().sql;
    let change = move |change: &dyn Fn(&mut Habits)| {
        sheet.habits.update(change);
        sheet.habits.with_untracked(kept::keep_habits);
    };
    let set = move |place: usize, key: Option<String>, value: Option<String>| {
        change(&|habits: &mut Habits| {
            if let Some(flag) = habits.flags.get_mut(place) {
                flag.0 = key.clone().unwrap_or_else(|| flag.0.clone());
                flag.1 = value.clone().unwrap_or_else(|| flag.1.clone());
            }
        });
    };
    let count = Memo::new(move |_| sheet.habits.with(|habits| habits.flags.len()));
    let row = move |place: usize| {
        let flag = Memo::new(move |_| {
            sheet
                .habits
                .with(|habits| habits.flags.get(place).cloned())
                .unwrap_or_default()
        });
        let wrong = Memo::new(move |_| {
            let (key, value) = flag.get();
            known(&key)
                .filter(|(takes, _)| !takes.fits(&value))
                .and_then(|(takes, _)| takes.words())
        });
        let help = move || {
            let (key, _) = flag.get();
            match wrong.get() {
                Some(fits) => (words().flag_wrong)(&fits),
                None => known(&key)
                    .map_or(words().flag_free, |(_, flag)| (words().flag)(flag))
                    .to_owned(),
            }
        };
        let id = format!("sql-flag-{place}");
        let remove = move |_| {
            change(&|habits: &mut Habits| {
                habits
                    .flags
                    .remove(place.min(habits.flags.len().saturating_sub(1)));
            })
        };
        view! {
            <li>
                <input
                    class="sql-input" list="sql-flags" aria-label=move || words().flag_name aria-describedby=id.clone()
                    prop:value=move || flag.get().0
                    on:change=move |event| set(place, Some(event_target_value(&event).trim().to_owned()), None)
                />
                <span aria-hidden="true">"="</span>
                <input
                    class="sql-input" aria-label=move || words().flag_value aria-describedby=id.clone()
                    aria-invalid=move || wrong.get().is_some().then_some("true")
                    prop:value=move || flag.get().1
                    on:change=move |event| set(place, None, Some(event_target_value(&event).trim().to_owned()))
                />
                <button type="button" class="icon-button" aria-label=move || (words().flag_remove)(&flag.get().0) on:click=remove>
                    <Icon glyph=Glyph::Close/>
                </button>
                <span class="quiet" id=id data-wrong=move || wrong.get().is_some().then_some("true")>{help}</span>
            </li>
        }
    };
    let add = Callback::new(move |()| {
        change(&|habits: &mut Habits| habits.flags.push(Default::default()))
    });
    let script = move |event| {
        let checked = event_target_checked(&event);
        change(&move |habits: &mut Habits| habits.script = checked);
    };
    view! {
        <details class="sql-flags">
            <summary>{move || (words().settings)(count.get())}</summary>
            <div class="sql-flags-body">
                <ul>
                    <For each=move || 0..count.get() key=|place| *place children=row/>
                </ul>
                <datalist id="sql-flags">
                    {KNOWN.map(|(key, ..)| view! { <option value=key></option> })}
                </datalist>
                <Button weight=Weight::Quiet on_press=add>{move || words().flag_add}</Button>
                <Threshold sheet/>
                <label class="sql-check-box">
                    <input type="checkbox" prop:checked=move || sheet.habits.with(|habits| habits.script) on:change=script/>
                    <span>{move || words().script}</span>
                </label>
            </div>
        </details>
    }
}

/// The field of the threshold.
#[component]
fn Threshold(
    /// The page's state.
    sheet: Sheet,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().sql;
    let typed = RwSignal::new(
        sheet
            .habits
            .with_untracked(|habits| habits.threshold.map(gib).unwrap_or_default()),
    );
    let wrong = Memo::new(move |_| typed.with(|typed| threshold(typed).is_none()));
    let change = move |event| {
        typed.set(event_target_value(&event));
        if let Some(bytes) = typed.with_untracked(|typed| threshold(typed)) {
            sheet.habits.update(|habits| habits.threshold = bytes);
            sheet.habits.with_untracked(kept::keep_habits);
        }
    };
    let hint = move || {
        if wrong.get() {
            return words().threshold_wrong.to_owned();
        }
        match sheet.habits.with(|habits| habits.threshold) {
            None => words().threshold_none.to_owned(),
            Some(bytes) => {
                let estimate = query::Estimate {
                    input: bytes,
                    milli_complexity: 1000,
                };
                let micros = estimate.micros(&query::Book::default());
                (words().threshold_hint)(&format::bytes(bytes), &super::check::money(micros, bytes))
            }
        }
    };
    view! {
        <div class="sql-threshold">
            <label for="sql-threshold">{move || words().threshold}</label>
            <input
                id="sql-threshold" class="sql-input" inputmode="decimal" autocomplete="off" aria-describedby="sql-threshold-hint"
                aria-invalid=move || wrong.get().then_some("true")
                prop:value=move || typed.get()
                on:input=change
            />
            <span class="quiet" id="sql-threshold-hint" data-wrong=move || wrong.get().then_some("true")>{hint}</span>
        </div>
    }
}

/// Bytes of a number of GiB with up to nine decimals; nothing for an empty text.
fn threshold(text: &str) -> Option<Option<u64>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    if rest.len() > 9 || rest.is_empty() {
        return None;
    }
    let billionths: u128 = format!("{rest:0<9}").parse().ok()?;
    let whole: u128 = whole.parse::<u64>().ok()?.into();
    let bytes = (whole << 30) + (billionths << 30) / 1_000_000_000;
    u64::try_from(bytes).ok().map(Some)
}

/// Bytes as GiB, with as many decimals as read back the same.
fn gib(bytes: u64) -> String {
    let rest = u128::from(bytes % (1 << 30)) * 1_000_000_000;
    let rest = format!("{:09}", rest.div_ceil(1 << 30));
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{}{point}{rest}", bytes >> 30)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_know_what_fits() {
        let fits = |key, value| known(key).is_some_and(|(takes, _)| takes.fits(value));
        assert!(fits("odps.instance.priority", "3") && !fits("odps.instance.priority", "10"));
        assert!(fits("odps.sql.allow.fullscan", "true") && !fits("odps.sql.allow.fullscan", "yes"));
        assert!(fits("odps.sql.submit.mode", "script") && !fits("odps.sql.submit.mode", ""));
        assert_eq!(known("a.b"), None);
    }

    #[test]
    fn thresholds_read_back() {
        for bytes in [0, 1, 1 << 30, 100 << 30, (1 << 30) + 1, 12_345_678] {
            assert_eq!(threshold(&gib(bytes)), Some(Some(bytes)), "{}", gib(bytes));
        }
        assert_eq!(threshold("0.5"), Some(Some(1 << 29)));
        assert_eq!(threshold(" "), Some(None));
        for text in ["-1", "x", "1.", "1.0000000001", "99999999999999999999"] {
            assert_eq!(threshold(text), None, "{text}");
        }
    }
}
