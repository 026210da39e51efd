//! Procedures of several calls, without IO: the caller sends, waits and feeds.

use crate::{Request, Response, Service};

/// Milliseconds since the Unix epoch. The caller owns the clock.
pub type Millis = u64;

/// What a machine wants next.
// Where a pointer has 32 bits the variants are not large enough for the lint.
#[cfg_attr(
    target_pointer_width = "64",
    expect(
        clippy::large_enum_variant,
        reason = "lives for one turn of a loop, never in a collection"
    )
)]
#[derive(Debug)]
pub enum Step<E, O> {
    /// Send this, then call [`Machine::feed`] with the outcome before the next poll.
    Send(Service, Request),
    /// Nothing to do before this moment.
    Wait(Millis),
    /// Something that the user should see; poll again at once.
    Event(E),
    /// The procedure has ended. The machine is not polled again.
    Done(O),
}

/// The request did not get an answer at all: refused, cut off, or timed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    /// The transport's own words, without secrets.
    pub reason: String,
}

/// A procedure of several calls.
pub trait Machine {
    /// Progress that the user should see.
    type Event;
    /// How it ended.
    type Output;

    /// Asks for the next step at the time `now`.
    fn poll(&mut self, now: Millis) -> Step<Self::Event, Self::Output>;

    /// Hands over the outcome of the last [`Step::Send`].
    fn feed(&mut self, now: Millis, outcome: Result<Response, Unreachable>);
}
