//! What to do when a cluster of the same name runs already: `if_exists` of later PyODPS
//! (`client.py` of 0.12; `reuse_cluster_0.12.json`). PyODPS 0.9 never looks, which is `ignore`.

use serde::{Deserialize, Serialize};

/// The value of `if_exists`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IfExists {
    /// Start another one without looking.
    #[default]
    Ignore,
    /// Use the one that runs.
    Reuse,
    /// Refuse.
    Raise,
    /// Stop the one that runs, then start.
    Restart,
}

impl IfExists {
    /// Every choice, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Ignore, Self::Reuse, Self::Raise, Self::Restart];

    /// What later PyODPS does when it is not told.
    pub const LATER: Self = Self::Reuse;

    /// PyODPS's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::Reuse => "reuse",
            Self::Raise => "raise",
            Self::Restart => "restart",
        }
    }

    /// Reads PyODPS's word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == text)
    }
}
