//! `/settings`: language, theme, density, zone.

use leptos::prelude::*;

use crate::components::page::Page;
use crate::components::shell::{language_name, theme_name};
use crate::state::prefs::{Choice, Density, Language, Prefs, Theme, Zone};
use crate::text::sentences;
use crate::ui::segmented::Segmented;

pub mod archive;

/// The settings.
#[component]
pub fn Settings() -> impl IntoView {
    let (t, prefs) = (sentences(), Prefs::expect());
    let words = move || &t.get().settings;
    let density = move |density| match density {
        Density::Compact => words().compact.to_owned(),
        Density::Comfortable => words().comfortable.to_owned(),
    };
    let zone = move |zone| match zone {
        Zone::Browser => words().zone_browser.to_owned(),
        Zone::Utc => words().zone_utc.to_owned(),
    };
    view! {
        <Page title=Signal::derive(move || words().title.to_owned()) lead=move || words().lead>
            <div class="settings">
                <Setting
                    label=Signal::derive(move || t.get().shell.language.to_owned())
                    hint=Signal::derive(move || words().language_hint)
                    chosen=prefs.language
                    word=Callback::new(move |language: Language| language_name(language).to_owned())
                    choose=Callback::new(move |language| prefs.set_language(language))
                />
                <Setting
                    label=Signal::derive(move || t.get().shell.theme.to_owned())
                    hint=Signal::derive(move || words().theme_hint)
                    chosen=prefs.theme
                    word=Callback::new(move |theme: Theme| theme_name(t.get(), theme).to_owned())
                    choose=Callback::new(move |theme| prefs.set_theme(theme))
                />
                <Setting
                    label=Signal::derive(move || words().density.to_owned())
                    hint=Signal::derive(move || words().density_hint)
                    chosen=prefs.density
                    word=Callback::new(density)
                    choose=Callback::new(move |density| prefs.set_density(density))
                />
                <Setting
                    label=Signal::derive(move || words().zone.to_owned())
                    hint=Signal::derive(move || words().zone_hint)
                    chosen=prefs.zone
                    word=Callback::new(zone)
                    choose=Callback::new(move |zone| prefs.set_zone(zone))
                />
                <archive::KeptLogviews/>
            </div>
        </Page>
    }
}

#[component]
fn Setting<C: Choice + Send + Sync>(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] hint: Signal<&'static str>,
    chosen: RwSignal<C>,
    word: Callback<C, String>,
    choose: Callback<C>,
) -> impl IntoView {
    view! {
        <div class="setting">
            <h2>{move || label.get()}</h2>
            <Segmented label choices=C::ALL chosen word on_choose=choose/>
            <p class="quiet">{move || hint.get()}</p>
        </div>
    }
}
