//! A state said three times: icon, word, colour.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// What a state means for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Works.
    Good,
    /// On its way.
    Busy,
    /// Waits.
    Waiting,
    /// Wants attention.
    Warning,
    /// Failed.
    Bad,
    /// Over, or nothing to say.
    Quiet,
}

impl Tone {
    /// The value of `data-tone`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Busy => "busy",
            Self::Waiting => "waiting",
            Self::Warning => "warning",
            Self::Bad => "bad",
            Self::Quiet => "quiet",
        }
    }

    /// The icon of it.
    pub fn glyph(self) -> Glyph {
        match self {
            Self::Good => Glyph::Good,
            Self::Busy => Glyph::Busy,
            Self::Waiting => Glyph::Waiting,
            Self::Warning => Glyph::Warning,
            Self::Bad => Glyph::Failed,
            Self::Quiet => Glyph::Ended,
        }
    }
}

/// A state with its word.
#[component]
pub fn Status(
    /// What it means.
    #[prop(into)]
    tone: Signal<Tone>,
    /// The word for it.
    #[prop(into)]
    word: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="status" data-tone=move || tone.get().as_str()>
            <Icon glyph=Signal::derive(move || tone.get().glyph())/>
            <span>{move || word.get()}</span>
        </span>
    }
}
