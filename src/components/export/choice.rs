//! What is chosen in the dialog; the last choice is remembered.

use file::{Format, Options};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ExportSource;
use crate::state::prefs::{Language, Prefs};

const KEY: &str = "mars-console.export";

/// Which rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// As they are seen.
    #[default]
    View,
    /// All, read anew.
    Whole,
}

/// What is chosen.
#[derive(Clone, Copy)]
pub struct Choice {
    /// Which rows.
    pub which: RwSignal<Which>,
    /// The format.
    pub format: RwSignal<Format>,
    /// What is chosen in it.
    pub options: RwSignal<Options>,
    /// The word for no value, as typed.
    pub null: RwSignal<String>,
    /// The file's name, without its ending.
    pub name: RwSignal<String>,
    /// Whether a note is written beside.
    pub beside: RwSignal<bool>,
}

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    format: Format,
    options: Options,
    beside: bool,
}

impl Choice {
    /// What was chosen last; at first CSV, with a byte-order mark for readers of Chinese.
    pub fn begin(source: &ExportSource, name: &str) -> Self {
        let kept = storage()
            .and_then(|storage| storage.get_item(KEY).ok().flatten())
            .and_then(|text| serde_json::from_str(&text).ok());
        let chinese = Prefs::expect().language.get_untracked() == Language::Zh;
        let kept: Kept = kept.unwrap_or_else(|| Kept {
            format: Format::Csv,
            options: Options {
                bom: chinese,
                ..Options::default()
            },
            beside: false,
        });
        let which = match source.view {
            Some(_) => Which::View,
            None => Which::Whole,
        };
        Self {
            which: RwSignal::new(which),
            format: RwSignal::new(kept.format),
            null: RwSignal::new(kept.options.null.clone()),
            options: RwSignal::new(kept.options),
            name: RwSignal::new(plain(name)),
            beside: RwSignal::new(kept.beside),
        }
    }

    /// The options as they are chosen now.
    pub fn options(&self) -> Options {
        Options {
            null: self.null.get_untracked(),
            ..self.options.get_untracked()
        }
    }

    /// Whether the word for no value would need quotes; subscribes.
    pub fn null_bad(&self) -> bool {
        let delimiter = match self.format.get() {
            Format::Csv => self.options.with(|options| options.delimiter),
            Format::Tsv => '\t',
            _ => return false,
        };
        self.null
            .with(|null| null.contains(['"', '\r', '\n', delimiter]))
    }

    /// Remembers what is chosen.
    pub fn keep(&self) {
        let kept = Kept {
            format: self.format.get_untracked(),
            options: self.options(),
            beside: self.beside.get_untracked(),
        };
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&kept)) {
            // Storage may be full or forbidden; the choice then is not remembered.
            let _ = storage.set_item(KEY, &text);
        }
    }
}

/// A name that every file system takes.
pub fn plain(name: &str) -> String {
    let safe = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\'' => '_',
        c if c.is_control() => '_',
        other => other,
    };
    let name: String = name.trim().chars().take(120).map(safe).collect();
    match name.trim_matches('.') {
        "" => "rows".to_owned(),
        name => name.to_owned(),
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_are_safe() {
        assert_eq!(plain("p.sales dt=20260101/r=x"), "p.sales dt=20260101_r=x");
        assert_eq!(plain("../a:b\n"), "_a_b");
        assert_eq!(plain(" .. "), "rows");
        assert_eq!(plain("销售"), "销售");
    }
}
