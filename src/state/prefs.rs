//! How the reader wants the page: language, theme, density, zone. Remembered in local storage; the
//! query (`lang`, `theme`, `tz`) overrides for the visit without being remembered.

use leptos::prelude::*;

use crate::route::Query;
use crate::text::Text;

/// A language of the catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese (simplified).
    Zh,
}

/// Which values the tokens take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast, on the system's side of light and dark.
    Contrast,
}

/// How much air there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// 13 px text, close rows.
    #[default]
    Compact,
    /// 14 px text, more air.
    Comfortable,
}

/// In which zone times are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// The browser's.
    #[default]
    Browser,
    /// UTC.
    Utc,
}

/// A choice with a name that is stored and that a query may give.
pub trait Choice: Copy + PartialEq + Sized + 'static {
    /// Every value, in the order of a menu.
    const ALL: &'static [Self];
    /// The stored name.
    fn as_str(self) -> &'static str;
    /// Reads a stored name.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|choice| choice.as_str() == text)
    }
}

impl Choice for Language {
    const ALL: &'static [Self] = &[Self::En, Self::Zh];
    fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
    fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        Self::ALL
            .iter()
            .copied()
            .find(|choice| text.split('-').next() == Some(choice.as_str()))
    }
}

impl Choice for Theme {
    const ALL: &'static [Self] = &[Self::Auto, Self::Light, Self::Dark, Self::Contrast];
    fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "hc",
        }
    }
}

impl Choice for Density {
    const ALL: &'static [Self] = &[Self::Compact, Self::Comfortable];
    fn as_str(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Comfortable => "comfortable",
        }
    }
}

impl Choice for Zone {
    const ALL: &'static [Self] = &[Self::Browser, Self::Utc];
    fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Utc => "utc",
        }
    }
}

impl Language {
    /// The catalogue of this language.
    pub fn text(self) -> &'static Text {
        match self {
            Self::En => &crate::text::en::EN,
            Self::Zh => &crate::text::zh::ZH,
        }
    }

    /// The value of `lang` on the document.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }
}

/// The preferences of the page.
#[derive(Clone, Copy)]
pub struct Prefs {
    /// Language of every sentence.
    pub language: RwSignal<Language>,
    /// Values of the tokens.
    pub theme: RwSignal<Theme>,
    /// Air.
    pub density: RwSignal<Density>,
    /// Zone of shown times.
    pub zone: RwSignal<Zone>,
}

impl Prefs {
    /// Takes what was remembered, then what the query says, and keeps the document in step.
    pub fn provide(query: &Query) {
        let browser = web_sys::window()
            .and_then(|window| window.navigator().language())
            .and_then(|tag| Language::parse(&tag));
        let prefs = Self {
            language: RwSignal::new(start("lang", query, browser.unwrap_or_default())),
            theme: RwSignal::new(start("theme", query, Theme::Auto)),
            density: RwSignal::new(start("density", query, Density::Compact)),
            zone: RwSignal::new(start("tz", query, Zone::Browser)),
        };
        provide_context(prefs);
        Effect::new(move |_| mark("lang", prefs.language.get().tag()));
        Effect::new(move |_| mark("data-theme", prefs.theme.get().as_str()));
        Effect::new(move |_| mark("data-density", prefs.density.get().as_str()));
    }

    /// The preferences of the page.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Changes the language and remembers it.
    pub fn set_language(self, language: Language) {
        remember("lang", language);
        self.language.set(language);
    }

    /// Changes the theme and remembers it.
    pub fn set_theme(self, theme: Theme) {
        remember("theme", theme);
        self.theme.set(theme);
    }

    /// Changes the density and remembers it.
    pub fn set_density(self, density: Density) {
        remember("density", density);
        self.density.set(density);
    }

    /// Changes the zone and remembers it.
    pub fn set_zone(self, zone: Zone) {
        remember("tz", zone);
        self.zone.set(zone);
    }
}

fn start<C: Choice>(key: &str, query: &Query, otherwise: C) -> C {
    let asked = query.get(key).and_then(C::parse);
    let kept = || {
        storage()?
            .get_item(&stored(key))
            .ok()
            .flatten()
            .as_deref()
            .and_then(C::parse)
    };
    asked.or_else(kept).unwrap_or(otherwise)
}

fn remember<C: Choice>(key: &str, choice: C) {
    if let Some(storage) = storage() {
        // Storage may be full or forbidden; the choice then lasts for this visit.
        let _ = storage.set_item(&stored(key), choice.as_str());
    }
}

fn stored(key: &str) -> String {
    format!("mars-console.{key}")
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn mark(attribute: &str, value: &str) {
    let root = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.document_element());
    if let Some(root) = root {
        // Fails only for a malformed attribute name, and these are constants.
        let _ = root.set_attribute(attribute, value);
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Density, Language, Theme, Zone};

    #[test]
    fn every_choice_reads_back() {
        fn check<C: Choice + std::fmt::Debug>() {
            for choice in C::ALL {
                assert_eq!(C::parse(choice.as_str()), Some(*choice));
            }
            assert_eq!(C::parse("?"), None);
        }
        check::<Language>();
        check::<Theme>();
        check::<Density>();
        check::<Zone>();
    }

    #[test]
    fn a_language_tag_counts_by_its_first_part() {
        assert_eq!(Language::parse("zh-Hans-CN"), Some(Language::Zh));
        assert_eq!(Language::parse("EN-gb"), Some(Language::En));
        assert_eq!(Language::parse("de"), None);
    }
}
