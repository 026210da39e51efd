//! Reading the same thing again and again: one loop, which slows while nobody looks and ends with
//! the component that asked.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;
use wire::Millis;

use super::{Problem, Reading, hidden, sleep, spawn};
use crate::state::clock::now;

type Asking<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;
type Ask<T> = Box<dyn Fn() -> Asking<T>>;

/// A value that is read again and again.
pub struct Polled<T: 'static> {
    /// The value with its age.
    pub reading: RwSignal<Reading<T>>,
    wake: StoredValue<Rc<Cell<bool>>, LocalStorage>,
}

impl<T> Clone for Polled<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Polled<T> {}

impl<T: Clone + Send + Sync + 'static> Polled<T> {
    /// A value that was read before and is not read again.
    pub fn of(value: T, at: Millis) -> Self {
        let reading = Reading {
            value: Some(value),
            at: Some(at),
            problem: None,
        };
        Self {
            reading: RwSignal::new(reading),
            wake: StoredValue::new_local(Rc::default()),
        }
    }

    /// The last good value; subscribes.
    pub fn value(self) -> Option<T> {
        self.reading.with(|reading| reading.value.clone())
    }

    /// Why there is no newer value; subscribes.
    pub fn problem(self) -> Option<Problem> {
        self.reading.with(|reading| reading.problem.clone())
    }

    /// When the value was read; subscribes.
    pub fn at(self) -> Signal<Option<Millis>> {
        Signal::derive(move || self.reading.with(|reading| reading.at))
    }

    /// Newer readings failed; subscribes.
    pub fn stale(self) -> Signal<bool> {
        Signal::derive(move || self.reading.with(|reading| reading.problem.is_some()))
    }

    /// Asks again at once.
    pub fn refresh(self) {
        self.wake.with_value(|wake| wake.set(true));
    }
}

/// Reads now and then every `pause` milliseconds.
pub fn every<T, F>(pause: u64, ask: impl Fn() -> F + 'static) -> Polled<T>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + 'static,
{
    let reading = RwSignal::new(Reading::default());
    let wake = Rc::new(Cell::new(false));
    let ended = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let over = std::sync::Arc::clone(&ended);
    on_cleanup(move || over.store(true, std::sync::atomic::Ordering::Relaxed));
    let ask: Ask<T> = Box::new(move || Box::pin(ask()));
    let woken = Rc::clone(&wake);
    spawn(async move {
        let gone = || ended.load(std::sync::atomic::Ordering::Relaxed);
        while !gone() {
            let outcome = ask().await;
            if gone() {
                break;
            }
            reading.update(|reading| reading.take(outcome));
            rest(pause, &woken, &gone).await;
        }
    });
    Polled {
        reading,
        wake: StoredValue::new_local(wake),
    }
}

/// Waits for the pause, or until woken; much longer while hidden.
async fn rest(pause: u64, wake: &Cell<bool>, gone: &impl Fn() -> bool) {
    const SLICE: u64 = 200;
    let start = now();
    while !gone() && !wake.take() {
        let limit = if hidden() {
            pause.saturating_mul(super::HIDDEN_FACTOR)
        } else {
            pause
        };
        if now().saturating_sub(start) >= limit {
            return;
        }
        sleep(SLICE.min(pause)).await;
    }
}
