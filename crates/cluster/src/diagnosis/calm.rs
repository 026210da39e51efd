//! A cluster that nobody uses, and one that does not answer.

use wire::Millis;

use super::{Finding, What};
use crate::flight::{Flight, SideWord};

/// Usable for so long without one operand: longer than a coffee, shorter than the bill hurts. The
/// engine's own idle stop does not begin to count before a first session, so nothing else ends it.
const UNUSED: Millis = 1_800_000;
/// A single missed round happens to every network.
const SPELL: Millis = 10_000;

/// Usable for long, and no operand, session or graph was ever seen. Told only of the time that was
/// watched.
pub(super) fn never_used(flight: &Flight, all: &mut Vec<Finding>) {
    let worked = flight.marks().iter().any(|mark| mark.busy == Some(true));
    if worked || !flight.sessions().is_empty() || !flight.graphs().is_empty() {
        return;
    }
    let usable = flight.marks().iter().find(|mark| mark.stage.is_usable());
    let end = flight.ended().map(|(at, _)| at);
    let last = flight.frames().last().map(|frame| frame.at);
    let (Some(usable), Some(last)) = (usable, last) else {
        return;
    };
    let length = last.saturating_sub(usable.at);
    if length >= UNUSED {
        all.push(Finding {
            from: usable.at,
            until: end,
            worker: None,
            what: What::NeverUsed { length },
        });
    }
}

/// The times in which the engine's web service, once there, did not answer.
pub(super) fn unreachable(flight: &Flight, all: &mut Vec<Finding>) {
    let away = |side| matches!(side, Some(SideWord::Unreachable | SideWord::Unknown));
    let mut spells: Vec<(Millis, Option<Millis>)> = Vec::new();
    let mut open = false;
    for mark in flight.marks() {
        match (away(mark.side), open) {
            (true, false) => spells.push((mark.at, None)),
            (false, true) => {
                if let Some(spell) = spells.last_mut() {
                    spell.1 = Some(mark.at);
                }
            }
            _ => {}
        }
        open = away(mark.side);
    }
    let last = flight.span().map_or(0, |(_, last)| last);
    let length = |spell: &(Millis, Option<Millis>)| spell.1.unwrap_or(last).saturating_sub(spell.0);
    spells.retain(|spell| length(spell) >= SPELL);
    if let (Some(first), Some(end)) = (spells.first(), spells.last()) {
        all.push(Finding {
            from: first.0,
            until: end.1,
            worker: None,
            what: What::Unreachable {
                spells: spells.len(),
                longest: spells.iter().map(length).max().unwrap_or(0),
            },
        });
    }
}
