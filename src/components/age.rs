//! How old a figure is.

use leptos::prelude::*;
use wire::Millis;

use crate::format;
use crate::state::clock::{Clock, browser_offset};
use crate::state::prefs::{Prefs, Zone};
use crate::text::{Text, sentences};

/// The age of a reading; amber when newer ones failed.
#[component]
pub fn Age(
    /// When it was read.
    #[prop(into)]
    at: Signal<Option<Millis>>,
    /// Newer readings failed.
    #[prop(optional, into)]
    stale: Signal<bool>,
    /// Only how long ago, where the column says what.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let zone = Prefs::expect().zone;
    let words = move || {
        at.get().map(|at| {
            let ago = ago(t.get(), clock.now().saturating_sub(at));
            if bare {
                return ago;
            }
            let shell = &t.get().shell;
            if stale.get() {
                (shell.read_failed)(&ago)
            } else {
                (shell.read_at)(&ago)
            }
        })
    };
    let exact = move || {
        at.get()
            .map(|at| format::moment(at, offset(zone.get(), at)))
    };
    view! {
        <time class="age" data-stale=move || stale.get().then_some("true") title=exact>{words}</time>
    }
}

/// A moment of the day, in the reader's zone, with the whole date on hover.
#[component]
pub fn Moment(
    /// The moment.
    #[prop(into)]
    at: Signal<Option<Millis>>,
) -> impl IntoView {
    let zone = Prefs::expect().zone;
    let exact = move || {
        at.get()
            .map(|at| format::moment(at, offset(zone.get(), at)))
    };
    let time = move || {
        at.get()
            .map(|at| format::time_of_day(at, offset(zone.get(), at)))
    };
    view! { <time class="moment" title=exact>{time}</time> }
}

/// Minutes from UTC in the reader's zone.
pub fn offset(zone: Zone, at: Millis) -> i32 {
    match zone {
        Zone::Browser => browser_offset(at),
        Zone::Utc => 0,
    }
}

/// `4 s ago` in the reader's language; below two seconds it is just now.
pub fn ago(text: &Text, ms: Millis) -> String {
    let seconds = ms / 1000;
    let shell = &text.shell;
    let length = match seconds {
        0..=1 => return shell.just_now.to_owned(),
        2..=119 => (shell.seconds)(seconds),
        120..=7_199 => (shell.minutes)(seconds / 60),
        7_200..=172_799 => (shell.hours)(seconds / 3_600),
        _ => (shell.days)(seconds / 86_400),
    };
    (shell.ago)(&length)
}

#[cfg(test)]
mod tests {
    use super::ago;
    use crate::text::{en::EN, zh::ZH};

    #[test]
    fn ages() {
        assert_eq!(ago(&EN, 900), "just now");
        assert_eq!(ago(&EN, 4_000), "4 s ago");
        assert_eq!(ago(&EN, 600_000), "10 min ago");
        assert_eq!(ago(&ZH, 4_000), "4 秒前");
        assert_eq!(ago(&ZH, 3 * 86_400_000), "3 天前");
    }
}
