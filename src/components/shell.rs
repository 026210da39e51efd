//! The frame around every page: top bar, navigation, content, notes.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::components::toaster::Toaster;
use crate::route::{Here, Route};
use crate::state::prefs::{Choice, Language, Prefs, Theme};
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::icon::{Glyph, Icon};

/// The frame around every page.
#[component]
pub fn Shell(
    /// The page.
    children: Children,
) -> impl IntoView {
    let t = sentences();
    let main = NodeRef::<leptos::html::Main>::new();
    let skip = move |event: MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            // The element is on the page; focus cannot fail.
            let _ = main.focus();
        }
    };
    view! {
        <a class="skip-link" href="#content" on:click=skip>{move || t.get().shell.skip}</a>
        <div class="shell">
            <header class="topbar">
                <a class="brand" href=Route::Overview.path()>
                    <Mark/>
                    <span>{move || t.get().shell.product}</span>
                </a>
                <Facts/>
                <div class="topbar-end">
                    <ThemeMenu/>
                    <LanguageSwitch/>
                </div>
            </header>
            <Navigation/>
            <main class="content" id="content" tabindex="-1" node_ref=main>{children()}</main>
        </div>
        <Toaster/>
    }
}

/// The planet.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
            <circle cx="12" cy="12" r="9" class="mark-planet"/>
            <path d="M4.2 8.6c3.3 1.9 6.6.4 9.3 1.3 2.4.8 4.6 1 7 .1M3.3 13.9c2.7-1 5.2.9 8.1.7 3-.2 5.4-2 9.3-.6" class="mark-line"/>
        </svg>
    }
}

/// Which connection this is.
#[component]
fn Facts() -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let facts = move || {
        profile.get().map(|facts| {
            let local = facts.local.then(|| {
                view! {
                    <span class="badge" data-kind="local" title=move || t.get().shell.local_title>
                        {move || t.get().shell.local}
                    </span>
                }
            });
            view! {
                <a class="facts" href=Route::Connect.path()>
                    <span class="facts-name">{facts.name}</span>
                    <span class="facts-project">
                        <span class="visually-hidden">{move || t.get().shell.project}" "</span>
                        {facts.project}
                    </span>
                </a>
                {local}
            }
        })
    };
    view! { <div class="topbar-facts">{facts}</div> }
}

#[component]
fn Navigation() -> impl IntoView {
    let t = sentences();
    let label = move || t.get().shell.navigation;
    view! {
        <nav class="sidenav" aria-label=label>
            <NavItem route=Route::Overview glyph=Glyph::Overview name=|text| text.shell.overview/>
            <NavItem route=Route::Clusters glyph=Glyph::Cluster name=|text| text.shell.clusters/>
            <NavItem route=Route::Tables glyph=Glyph::Table name=|text| text.shell.tables/>
            <NavItem route=Route::NewSql glyph=Glyph::Sql name=|text| text.shell.sql/>
            <NavItem route=Route::Instances glyph=Glyph::Instance name=|text| text.shell.instances/>
            <span class="sidenav-gap"></span>
            <NavItem route=Route::Connect glyph=Glyph::Connection name=|text| text.shell.connection/>
            <NavItem route=Route::Settings glyph=Glyph::Settings name=|text| text.shell.settings/>
        </nav>
    }
}

#[component]
fn NavItem(route: Route, glyph: Glyph, name: fn(&Text) -> &'static str) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let href = route.path();
    let current = move || (section(&here.route.get()) == Some(&route)).then_some("page");
    view! {
        <a class="sidenav-item" href=href aria-current=current>
            <Icon glyph/>
            <span>{move || name(t.get())}</span>
        </a>
    }
}

/// The entry of the navigation that a page belongs to.
fn section(route: &Route) -> Option<&'static Route> {
    match route {
        Route::Overview => Some(&Route::Overview),
        Route::Connect => Some(&Route::Connect),
        Route::Clusters | Route::NewCluster | Route::Cluster(_) => Some(&Route::Clusters),
        Route::Tables | Route::Table(_) | Route::Upload => Some(&Route::Tables),
        Route::Jobs | Route::NewSql | Route::Job(_) => Some(&Route::NewSql),
        Route::Instances | Route::Instance(_) | Route::LogviewFile => Some(&Route::Instances),
        Route::Settings => Some(&Route::Settings),
        Route::Missing(_) => None,
    }
}

#[component]
fn ThemeMenu() -> impl IntoView {
    let (t, prefs) = (sentences(), Prefs::expect());
    let choose = move |event| {
        if let Some(theme) = Theme::parse(&event_target_value(&event)) {
            prefs.set_theme(theme);
        }
    };
    view! {
        <label class="quiet-select">
            <span class="visually-hidden">{move || t.get().shell.theme}</span>
            <Icon glyph=Glyph::Theme/>
            <select on:change=choose prop:value=move || prefs.theme.get().as_str()>
                {Theme::ALL.iter().map(|theme| view! {
                    <option value=theme.as_str() selected=move || prefs.theme.get() == *theme>
                        {move || theme_name(t.get(), *theme)}
                    </option>
                }).collect_view()}
            </select>
        </label>
    }
}

/// The word for a theme.
pub fn theme_name(text: &Text, theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => text.shell.theme_auto,
        Theme::Light => text.shell.theme_light,
        Theme::Dark => text.shell.theme_dark,
        Theme::Contrast => text.shell.theme_contrast,
    }
}

/// The word for a language, in that language.
pub fn language_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Zh => "中文",
    }
}

#[component]
fn LanguageSwitch() -> impl IntoView {
    let (t, prefs) = (sentences(), Prefs::expect());
    view! {
        <div class="segmented" role="group" aria-label=move || t.get().shell.language>
            {Language::ALL.iter().map(|language| view! {
                <button
                    type="button"
                    lang=language.tag()
                    aria-pressed=move || (prefs.language.get() == *language).to_string()
                    on:click=move |_| prefs.set_language(*language)
                >
                    {language_name(*language)}
                </button>
            }).collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::section;
    use crate::route::Route;

    #[test]
    fn a_cluster_belongs_to_clusters() {
        assert_eq!(section(&Route::Cluster("x".into())), Some(&Route::Clusters));
        assert_eq!(section(&Route::Missing("x".into())), None);
    }
}
