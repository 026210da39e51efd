//! Short notes about the reader's own actions.

use std::time::Duration;

use leptos::prelude::*;

/// One note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Tells notes apart; grows.
    pub id: u32,
    /// The sentence, in the language of the moment it was made.
    pub text: String,
    /// Stays until it is closed.
    pub failed: bool,
}

/// The notes that are shown now.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// Makes the list.
    pub fn provide() {
        provide_context(Self {
            list: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        });
    }

    /// The list of the page.
    pub fn expect() -> Self {
        expect_context()
    }

    /// The notes, oldest first.
    pub fn list(self) -> Signal<Vec<Toast>> {
        self.list.into()
    }

    /// Says that something was done; goes away by itself.
    pub fn done(self, text: impl Into<String>) {
        let id = self.push(text.into(), false);
        set_timeout(move || self.close(id), Duration::from_secs(4));
    }

    /// Says that something failed; stays until closed.
    pub fn failed(self, text: impl Into<String>) {
        self.push(text.into(), true);
    }

    /// Takes one note away.
    pub fn close(self, id: u32) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
    }

    fn push(self, text: String, failed: bool) -> u32 {
        let id = self.next.get_value();
        self.next.set_value(id.wrapping_add(1));
        self.list
            .update(|list| list.push(Toast { id, text, failed }));
        id
    }
}
