//! The four things that the whole page shares. Each is a newtype with `provide` and `expect`.

pub mod clock;
pub mod prefs;
pub mod profile;
pub mod toasts;
