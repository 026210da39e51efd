//! The form that writes a condition: column, test, values. The worker reads the values in the
//! column's type; what it cannot read is said beside the chips.

use leptos::{ev, prelude::*};

use super::super::sight::Sight;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use frame::{Compare, Condition, Test};

/// The tests of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Compare(Compare),
    Between,
    Contains,
    Like,
    Null,
    NotNull,
}

const CHOICES: [Choice; 11] = [
    Choice::Compare(Compare::Eq),
    Choice::Compare(Compare::Ne),
    Choice::Compare(Compare::Lt),
    Choice::Compare(Compare::Le),
    Choice::Compare(Compare::Gt),
    Choice::Compare(Compare::Ge),
    Choice::Between,
    Choice::Contains,
    Choice::Like,
    Choice::Null,
    Choice::NotNull,
];

impl Choice {
    /// How many values it takes.
    fn values(self) -> usize {
        match self {
            Self::Null | Self::NotNull => 0,
            Self::Between => 2,
            _ => 1,
        }
    }

    fn test(self, first: String, second: String) -> Test {
        match self {
            Self::Compare(op) => Test::Compare { op, value: first },
            Self::Between => Test::Between {
                low: first,
                high: second,
            },
            Self::Contains => Test::Contains {
                text: first,
                case: false,
            },
            Self::Like => Test::Like(first),
            Self::Null => Test::Null,
            Self::NotNull => Test::NotNull,
        }
    }

    /// The choice and the values that make this test; the nearest ones for a test of a click.
    fn of(test: &Test) -> (Self, String, String) {
        match test {
            Test::Compare { op, value } => (Self::Compare(*op), value.clone(), String::new()),
            Test::Between { low, high } => (Self::Between, low.clone(), high.clone()),
            Test::Contains { text, .. } => (Self::Contains, text.clone(), String::new()),
            Test::Like(pattern) => (Self::Like, pattern.clone(), String::new()),
            Test::Null => (Self::Null, String::new(), String::new()),
            Test::NotNull | Test::Not(_) => (Self::NotNull, String::new(), String::new()),
            Test::In(values) => {
                let first = values.iter().flatten().next().cloned().unwrap_or_default();
                (Self::Compare(Compare::Eq), first, String::new())
            }
        }
    }
}

/// The form.
#[component]
pub fn Editor(
    /// The frame and its arrangement.
    sight: Sight,
    /// The column that it begins with.
    column: u32,
    /// The condition that is changed.
    at: Option<usize>,
) -> impl IntoView {
    let t = sentences();
    let now = at.and_then(|at| sight.conditions.with_untracked(|all| all.get(at).cloned()));
    let (choice, first, second) = now.as_ref().map_or(
        (Choice::Compare(Compare::Eq), String::new(), String::new()),
        |now| Choice::of(&now.test),
    );
    let (column, choice) = (RwSignal::new(column), RwSignal::new(choice));
    let (first, second) = (RwSignal::new(first), RwSignal::new(second));
    let close = Callback::new(move |()| sight.tool.set(None));
    let done = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let test = choice
            .get_untracked()
            .test(first.get_untracked(), second.get_untracked());
        let column = column.get_untracked() as usize;
        sight.filter(at, Condition { column, test });
        sight.tool.set(None);
    };
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close.run(());
        }
    };
    let pick_column = move |event: ev::Event| {
        if let Ok(key) = event_target_value(&event).parse() {
            column.set(key);
        }
    };
    let pick_test = move |event: ev::Event| {
        let place = event_target_value(&event).parse().ok();
        if let Some(now) = place.and_then(|at: usize| CHOICES.get(at)) {
            choice.set(*now);
        }
    };
    let columns = move || {
        let option = |(key, one): (usize, crate::frames::Column)| {
            let chosen = column.get_untracked() as usize == key;
            view! { <option value=key.to_string() selected=chosen>{one.name}" · "{one.kind}</option> }
        };
        sight
            .columns()
            .into_iter()
            .enumerate()
            .map(option)
            .collect_view()
    };
    let word = move |one: Choice| {
        let text = &t.get().grid;
        match one {
            Choice::Compare(op) => super::words::sign(op),
            Choice::Between => text.between,
            Choice::Contains => text.contains,
            Choice::Like => "LIKE",
            Choice::Null => text.is_null,
            Choice::NotNull => text.is_not_null,
        }
    };
    let tests = (CHOICES.into_iter().enumerate())
        .map(|(at, one)| {
            let chosen = choice.get_untracked() == one;
            view! { <option value=at.to_string() selected=chosen>{move || word(one)}</option> }
        })
        .collect_view();
    let value = move |place: usize, signal: RwSignal<String>| {
        let label = move || match place {
            0 => t.get().grid.value,
            _ => t.get().grid.value_to,
        };
        view! {
            <Show when=move || { choice.get().values() > place }>
                <input
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=label
                    placeholder=label
                    prop:value=move || signal.get()
                    on:input=move |event| signal.set(event_target_value(&event))
                />
            </Show>
        }
    };
    view! {
        <form class="frame-editor" aria-label=move || t.get().grid.filter on:submit=done on:keydown=escape>
            <select aria-label=move || t.get().grid.column on:change=pick_column autofocus>{columns}</select>
            <select aria-label=move || t.get().grid.test on:change=pick_test>{tests}</select>
            {value(0, first)}
            {value(1, second)}
            <Button weight=Weight::Primary submit=true>{move || t.get().grid.apply}</Button>
            <Button weight=Weight::Quiet on_press=close>{move || t.get().grid.cancel}</Button>
            <p class="frame-hint">{move || t.get().grid.null_hint}</p>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_comes_back_into_the_form() {
        for choice in CHOICES {
            let test = choice.test("1".into(), "2".into());
            let (again, first, second) = Choice::of(&test);
            assert_eq!(again, choice);
            assert_eq!(again.test(first, second), test);
        }
    }
}
