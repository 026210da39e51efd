//! One worker along a flight: when it was listed, and when no longer.

use serde::{Deserialize, Serialize};
use wire::Millis;

/// So often a worker may come and go; after that its oldest absences are forgotten.
const MOST_SPANS: usize = 50;

/// A worker that was listed at least once. It stays, with its times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// Address and port.
    pub endpoint: String,
    /// When it was listed, oldest first.
    pub spans: Vec<Span>,
}

/// A time in which a worker was listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    into = "(Millis, Millis, Option<Millis>)",
    from = "(Millis, Millis, Option<Millis>)"
)]
pub struct Span {
    /// The first list with it.
    pub first: Millis,
    /// The last list with it.
    pub last: Millis,
    /// The first list without it.
    pub gone: Option<Millis>,
}

impl From<Span> for (Millis, Millis, Option<Millis>) {
    fn from(span: Span) -> Self {
        (span.first, span.last, span.gone)
    }
}

impl From<(Millis, Millis, Option<Millis>)> for Span {
    fn from((first, last, gone): (Millis, Millis, Option<Millis>)) -> Self {
        Self { first, last, gone }
    }
}

impl Lane {
    pub(super) fn new(endpoint: &str) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            spans: Vec::new(),
        }
    }

    /// When it was first listed.
    pub fn first(&self) -> Option<Millis> {
        self.spans.first().map(|span| span.first)
    }

    /// When it was last listed.
    pub fn last(&self) -> Option<Millis> {
        self.spans.last().map(|span| span.last)
    }

    /// Since when it is missing, if it is.
    pub fn lost(&self) -> Option<Millis> {
        self.spans.last().and_then(|span| span.gone)
    }

    /// Since when it was missing at a moment, if it was there before.
    pub fn lost_at(&self, at: Millis) -> Option<Millis> {
        let span = self.spans.iter().rev().find(|span| span.first <= at)?;
        span.gone.filter(|gone| *gone <= at)
    }

    pub(super) fn see(&mut self, now: Millis) {
        match self.spans.last_mut() {
            Some(span) if span.gone.is_none() => span.last = now,
            _ => self.spans.push(Span {
                first: now,
                last: now,
                gone: None,
            }),
        }
        if self.spans.len() > MOST_SPANS {
            let first = self.spans.remove(0).first;
            if let Some(next) = self.spans.first_mut() {
                next.first = first;
            }
        }
    }

    pub(super) fn lose(&mut self, now: Millis) {
        if let Some(span) = self.spans.last_mut() {
            span.gone.get_or_insert(now);
        }
    }
}
