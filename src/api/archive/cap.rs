//! How much room kept Logviews may take; the choice is kept in this browser.

use crate::api::kept;
use crate::state::prefs::Choice;

const KEY: &str = "mars-console.archive.cap";

/// How much room kept Logviews may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cap {
    /// 10 MB
    Small,
    /// 50 MB
    #[default]
    Middle,
    /// 200 MB
    Large,
}

impl Choice for Cap {
    const ALL: &'static [Self] = &[Self::Small, Self::Middle, Self::Large];
    fn as_str(self) -> &'static str {
        match self {
            Self::Small => "10",
            Self::Middle => "50",
            Self::Large => "200",
        }
    }
}

impl Cap {
    /// The chosen one.
    pub fn read() -> Self {
        kept::text(KEY)
            .and_then(|text| Self::parse(&text))
            .unwrap_or_default()
    }

    /// Keeps the choice; where the browser forbids that, it lasts until the next is read.
    pub fn write(self) {
        kept::set_text(KEY, self.as_str());
    }

    /// In bytes.
    pub fn bytes(self) -> u64 {
        let megabytes = match self {
            Self::Small => 10,
            Self::Middle => 50,
            Self::Large => 200,
        };
        megabytes << 20
    }
}
