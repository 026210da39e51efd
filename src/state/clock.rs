//! One clock for every relative time on the page, and the only timers outside `api.rs`.

use std::time::Duration;

use leptos::prelude::*;
use wire::Millis;

/// Ticks once per second while the page is visible.
#[derive(Clone, Copy)]
pub struct Clock(RwSignal<Millis>);

impl Clock {
    /// Starts the clock of the page.
    pub fn provide() {
        let clock = Self(RwSignal::new(now()));
        provide_context(clock);
        // Refused only where there is no window, and then there is no page.
        let _ = set_interval_with_handle(
            move || {
                if !crate::api::hidden() {
                    clock.0.set(now());
                }
            },
            Duration::from_secs(1),
        );
    }

    /// The clock of the page.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The current second; reading it subscribes.
    pub fn now(self) -> Millis {
        self.0.get()
    }
}

/// Milliseconds since the Unix epoch.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds of this era fit 2^53"
)]
#[expect(
    clippy::cast_sign_loss,
    reason = "the clock of a browser is after 1970"
)]
pub fn now() -> Millis {
    js_sys::Date::now() as Millis
}

/// Minutes that local time is ahead of UTC at this moment.
#[expect(
    clippy::cast_possible_truncation,
    reason = "offsets are whole minutes under a day"
)]
pub fn browser_offset(at: Millis) -> i32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of this era fit 2^53"
    )]
    let date = js_sys::Date::new(&(at as f64).into());
    -(date.get_timezone_offset() as i32)
}
