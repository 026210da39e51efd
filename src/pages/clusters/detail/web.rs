//! The engine's own page in a frame, or by link with the reason; and the way to its notebook.

use leptos::prelude::*;

use super::super::life::Life;
use crate::api::framed::{self, Found};
use crate::components::problem_notice::ProblemNotice;
use crate::text::sentences;
use crate::ui::button::Button;
use crate::ui::icon::{Glyph, Icon};

/// What the frame may do: run its scripts and open links. Without `allow-same-origin` it has no
/// origin, hence no storage and no way to act as this console; the gateway says the same in the
/// page's own headers, for a window that is no frame.
const SANDBOX: &str = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

/// The engine's own page.
#[component]
pub fn WebUi(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let ended = Memo::new(move |_| life.with(|life| life.end().is_some()));
    move || match ended.get() {
        true => view! {
            <div class="empty">
                <p>{move || t.get().web.ended}</p>
                <p class="quiet">{move || t.get().web.ended_next}</p>
            </div>
        }
        .into_any(),
        false => view! { <Opened id=id.clone()/> }.into_any(),
    }
}

/// Asks for the page, each time anew: a key ends, and another opening is what gives a new one.
#[component]
fn Opened(id: String) -> impl IntoView {
    let t = sentences();
    let tries = RwSignal::new(0_u32);
    let again = Callback::new(move |()| tries.update(|tries| *tries = tries.wrapping_add(1)));
    let asked = id.clone();
    let found = LocalResource::new(move || {
        tries.track();
        let id = asked.clone();
        async move { framed::open(&id).await }
    });
    move || match found.get() {
        None => {
            view! { <p class="quiet" role="status">{move || t.get().web.opening}</p> }.into_any()
        }
        Some(Ok(Found::Page(address))) => view! { <Frame id=id.clone() address again/> }.into_any(),
        Some(Ok(Found::LinkOnly(why, address))) => view! {
            <div class="empty" role="status">
                <p>{move || t.get().web.link_only}</p>
                <p class="quiet">{move || (t.get().web.why)(why)}</p>
                <Outside address word=Signal::derive(move || t.get().web.open.to_owned())/>
            </div>
        }
        .into_any(),
        Some(Err(problem)) => view! { <ProblemNotice problem retry=again/> }.into_any(),
    }
}

#[component]
fn Frame(id: String, address: String, again: Callback<()>) -> impl IntoView {
    let t = sentences();
    view! {
        <section class="cluster-web">
            <div class="row">
                <p class="quiet">{move || t.get().web.lead}</p>
                <span class="row push">
                    <Button on_press=again>
                        <Icon glyph=Glyph::Refresh/>
                        {move || t.get().web.reload}
                    </Button>
                    <Outside
                        address=address.clone()
                        word=Signal::derive(move || t.get().web.open.to_owned())
                    />
                </span>
            </div>
            <iframe
                src=address
                title=move || (t.get().web.frame)(&id)
                sandbox=SANDBOX
                referrerpolicy="no-referrer"
            ></iframe>
        </section>
    }
}

/// A link that leaves the console.
#[component]
fn Outside(address: String, word: Signal<String>) -> impl IntoView {
    view! {
        <a class="button" href=address target="_blank" rel="noopener noreferrer external">
            <Icon glyph=Glyph::External/>
            {word}
        </a>
    }
}

/// The way to the notebook, and what to know before.
#[component]
pub fn NotebookLink(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().web;
    let ended = Memo::new(move |_| life.with(|life| life.end().is_some()));
    let way = move || match ended.get() {
        true => view! { <p role="status">{move || words().ended}</p> }.into_any(),
        false => view! {
            <p>{move || words().notebook_lead}</p>
            <p>
                <Outside
                    address=framed::notebook_address(&id)
                    word=Signal::derive(move || words().notebook_open.to_owned())
                />
            </p>
            <p class="quiet">{move || words().notebook_why}</p>
            <p class="quiet">{move || words().notebook_token}</p>
            <p class="quiet">{move || words().notebook_missing}</p>
        }
        .into_any(),
    };
    view! {
        <section class="cluster-notebook">
            <div class="cluster-notebook-warning" role="note">
                <Icon glyph=Glyph::Warning/>
                <div>
                    <strong>{move || words().notebook_unsaved}</strong>
                    <p>{move || words().notebook_unsaved_next}</p>
                </div>
            </div>
            {way}
        </section>
    }
}
