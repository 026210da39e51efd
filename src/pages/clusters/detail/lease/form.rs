//! The form of a lease: one of three rules and its figure.

use cluster::lease::Rule;
use leptos::prelude::*;

use super::Keeper;
use crate::state::clock::now;
use crate::text::sentences;
use crate::ui::button::Button;

/// The form.
#[component]
pub fn Form(
    /// What keeps the lease.
    keeper: Keeper,
    /// The gateway runs leases.
    by_gateway: Signal<bool>,
    /// There is one already.
    has: Signal<bool>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().lease;
    let kind = RwSignal::new("idle".to_owned());
    let (minutes, time) = (RwSignal::new("30".to_owned()), RwSignal::new(String::new()));
    let wrong = RwSignal::new(false);
    let at = move || kind.with(|kind| kind == "at");
    let set = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let millis = js_sys::Date::parse(&time.get_untracked());
        let rule = rule(&kind.get_untracked(), &minutes.get_untracked(), millis);
        let good = rule.filter(|rule| rule.check(now()).is_ok());
        wrong.set(good.is_none());
        if let Some(rule) = good {
            keeper.set(rule, None);
        }
    };
    let error = move || wrong.get().then(|| words().wrong);
    view! {
        <form class="cluster-lease-form" on:submit=set>
            <label for="lease-rule">{move || words().choose}</label>
            <select id="lease-rule" prop:value=move || kind.get() on:change=move |event| kind.set(event_target_value(&event))>
                <option value="idle">{move || words().idle}</option>
                <option value="at">{move || words().at}</option>
                <option value="tab" disabled=move || !by_gateway.get()>{move || words().last_tab}</option>
            </select>
            <Show when=at fallback=move || view! {
                <label for="lease-minutes">{move || words().minutes}</label>
                <input id="lease-minutes" inputmode="numeric" aria-describedby="lease-error"
                    prop:value=move || minutes.get() on:input=move |event| minutes.set(event_target_value(&event))/>
            }>
                <label for="lease-time">{move || words().time}</label>
                <input id="lease-time" type="datetime-local" step="1" aria-describedby="lease-error"
                    prop:value=move || time.get() on:input=move |event| time.set(event_target_value(&event))/>
            </Show>
            <Button submit=true busy=keeper.busy>
                {move || if has.get() { words().change } else { words().set }}
            </Button>
        </form>
        <Show when=move || !by_gateway.get()><p class="quiet">{move || words().no_last_tab}</p></Show>
        <p class="field-error" id="lease-error" role="alert">{error}</p>
    }
}

/// The rule that is typed.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a time of this era, which fits 2^53"
)]
fn rule(kind: &str, minutes: &str, millis: f64) -> Option<Rule> {
    let minutes = minutes.trim().parse().ok();
    match kind {
        "at" => (millis.is_finite() && millis > 0.0).then_some(Rule::At {
            millis: millis as u64,
        }),
        "tab" => minutes.map(|grace_minutes| Rule::LastTab { grace_minutes }),
        _ => minutes.map(|minutes| Rule::Idle { minutes }),
    }
}

#[cfg(test)]
mod tests {
    use cluster::lease::Rule;

    use super::rule;

    #[test]
    fn what_is_typed() {
        let nan = f64::NAN;
        assert_eq!(rule("idle", " 5 ", nan), Some(Rule::Idle { minutes: 5 }));
        assert_eq!(
            rule("tab", "5", nan),
            Some(Rule::LastTab { grace_minutes: 5 })
        );
        assert_eq!(rule("at", "", 7.0), Some(Rule::At { millis: 7 }));
        for (kind, minutes) in [("idle", "-1"), ("idle", "1.5"), ("tab", ""), ("at", "5")] {
            assert_eq!(rule(kind, minutes, nan), None, "{kind} {minutes}");
        }
    }
}
