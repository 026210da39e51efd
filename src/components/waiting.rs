//! What is waited for, since when, and what was last answered; a question once its budget is spent.

use cluster::Budget;
use leptos::prelude::*;
use wire::Millis;

use crate::components::age::Moment;
use crate::state::clock::Clock;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};

/// The fact behind a wait.
#[component]
pub fn Waiting(
    /// What is waited for; nothing is shown without.
    #[prop(into)]
    budget: Signal<Option<Budget>>,
    /// What was last answered.
    #[prop(into)]
    answer: Signal<Option<String>>,
    /// Called when the reader goes on waiting.
    on_renew: Callback<()>,
    /// The ways to stop, shown when the budget is spent.
    children: ChildrenFn,
) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let words = move || &t.get().create;
    let state =
        Memo::new(move |_| budget.with(|budget| budget.map(|budget| budget.is_over(clock.now()))));
    let said = move || {
        budget
            .get()
            .map(|budget| sentence(t.get(), &budget, clock.now()))
    };
    let since = Signal::derive(move || budget.with(|budget| budget.map(|budget| budget.since)));
    let answered = move || match answer.get() {
        Some(answer) => (words().last_answer)(&answer),
        None => words().no_answer.to_owned(),
    };
    let children = StoredValue::new(children);
    let ask = move || {
        view! {
            <div class="row">
                <Button weight=Weight::Primary on_press=on_renew>{move || words().go_on}</Button>
                {children.with_value(|children| children())}
            </div>
        }
    };
    move || {
        let over = state.get()?;
        let role = if over { "alert" } else { "note" };
        Some(view! {
            <div class="waiting" data-over=over.then_some("true") role=role>
                <p>{said}<Moment at=since/>{move || words().waiting_since}</p>
                <p class="quiet break">{answered}</p>
                {over.then(ask)}
            </div>
        })
    }
}

fn sentence(text: &Text, budget: &Budget, now: Millis) -> String {
    let words = &text.create;
    let what = (words.waits_for)(budget.phase);
    let waited = length(text, budget.waited(now));
    if budget.is_over(now) {
        (words.over)(what, &waited)
    } else {
        (words.waiting)(what, &waited, &length(text, budget.phase.budget()))
    }
}

fn length(text: &Text, ms: Millis) -> String {
    match ms / 1000 {
        seconds @ 0..=119 => (text.shell.seconds)(seconds),
        seconds => (text.shell.minutes)(seconds / 60),
    }
}

#[cfg(test)]
mod tests {
    use cluster::{Budget, Phase};

    use super::sentence;
    use crate::text::en::EN;

    #[test]
    fn the_sentence_changes_when_the_budget_is_spent() {
        let budget = Budget::new(Phase::Start, 1_000);
        assert_eq!(
            sentence(&EN, &budget, 36_000),
            "Waiting for the engine to register its web service: 35 s of 5 min, since "
        );
        assert_eq!(
            sentence(&EN, &budget, 301_000),
            "Still waiting for the engine to register its web service, for 5 min now, since "
        );
    }
}
