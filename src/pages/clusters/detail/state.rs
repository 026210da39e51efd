//! The words and the tone for what a cluster is and does.

use cluster::{Side, Stage};

use super::super::life::Life;
use crate::text::Text;
use crate::ui::status::Tone;

/// What the cluster was called, by its job or by the form that asked for it.
pub fn called(life: &Life) -> Option<String> {
    let asked = life.spec.as_ref().and_then(|spec| spec.name.clone());
    life.name.clone().or(asked).filter(|name| !name.is_empty())
}

/// What the state means.
pub fn tone(life: &Life) -> Tone {
    match (&life.stage, life.side) {
        (Some(Stage::Ended(_)), _) if life.has_failed() => Tone::Bad,
        (Some(Stage::Ended(_)), _) => Tone::Quiet,
        (_, Some(Side::Unreachable | Side::Degraded { .. } | Side::Unknown { .. })) => {
            Tone::Warning
        }
        (Some(Stage::Suspended), _) => Tone::Warning,
        (Some(Stage::Usable { .. } | Stage::Full { .. }), _) => Tone::Good,
        (None, _) => Tone::Waiting,
        _ => Tone::Busy,
    }
}

/// The word for the state.
pub fn word(text: &Text, life: &Life) -> String {
    let words = &text.life;
    match &life.stage {
        None => words.word_looking,
        Some(Stage::Suspended) => words.word_suspended,
        Some(Stage::Workers { .. }) => words.word_workers,
        Some(Stage::Usable { .. }) => words.word_usable,
        Some(Stage::Full { .. }) => match life.activity {
            Some(activity) if activity.busy => words.word_busy,
            Some(_) => words.word_idle,
            None => words.word_full,
        },
        Some(Stage::Ended(_)) if life.has_failed() => words.word_failed,
        Some(Stage::Ended(_)) => words.word_ended,
        Some(_) => words.word_starting,
    }
    .to_owned()
}

/// How many workers there are, of how many.
pub fn count(text: &Text, life: &Life) -> Option<String> {
    if life.end().is_some() {
        return None;
    }
    let have = life.counted?;
    Some(match &life.spec {
        Some(spec) => (text.life.workers_of)(have, spec.worker_num, spec.usable_at()),
        None => (text.life.workers_some)(have),
    })
}
