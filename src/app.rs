//! The whole page: contexts, shell, and the page of the current route.

use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::components::shell::Shell;
use crate::pages;
use crate::route::{self, Here, Query};
use crate::state::{clock::Clock, prefs::Prefs, profile::Profile, toasts::Toasts};

/// Provides what the whole page shares and shows it.
#[component]
pub fn App() -> impl IntoView {
    let search = web_sys::window().and_then(|window| window.location().search().ok());
    Prefs::provide(&Query::parse(search.as_deref().unwrap_or_default()));
    Clock::provide();
    Toasts::provide();
    Profile::provide();
    view! {
        <Router base=route::base_path()>
            <Framed/>
        </Router>
    }
}

/// The shell with the page in it. A page is made anew when another thing is looked at, not when
/// the view of it changes.
#[component]
fn Framed() -> impl IntoView {
    Here::provide();
    let here = Here::expect();
    // The router holds a clicked link back until the routes have been built; they are, at once.
    let browser = use_context::<BrowserUrl>();
    Effect::new(move |_| {
        here.route.track();
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
    });
    let page = Memo::new(move |_| here.route.get().page());
    view! { <Shell>{move || pages::page(page.get())}</Shell> }
}
