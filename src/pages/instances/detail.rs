//! `/instances/:id`: everything about one instance, from the service or as it was kept.

use leptos::prelude::*;
use odps::instances::Status;

use crate::api::archive::{self, Archive};
use crate::api::instances::Facts;
use crate::api::{self, Cause, Polled, files};
use crate::components::kept_logview::{KeptLogview, Origin};
use crate::components::logview::{Logview, watch};
use crate::components::page::Page;
use crate::route::Route;
use crate::state::profile::Profile;
use crate::state::toasts::Toasts;
use crate::text::sentences;
use crate::ui::button::Button;

/// A kept Logview that takes the place of the service's.
type Found = RwSignal<Option<Archive>, LocalStorage>;

/// One instance.
#[component]
pub fn Instance(
    /// Its id.
    id: String,
) -> impl IntoView {
    let t = sentences();
    let facts = watch(id.clone());
    let title = id.clone();
    let cluster = {
        let href = Route::Cluster(id.clone()).path();
        move || {
            let is_mars = facts
                .reading
                .with(|reading| reading.value.as_ref().is_some_and(|f| f.is_mars()));
            let href = href.clone();
            is_mars.then(|| {
                view! {
                    <p>
                        {move || t.get().instances.is_cluster}" "
                        <a href=href>{move || t.get().instances.open_cluster}</a>
                    </p>
                }
            })
        }
    };
    let (missing, found) = kept_instead(id.clone(), facts);
    let saved = id.clone();
    let actions = move || view! { <Save id=saved.clone() facts found/> };
    let body = move || match found.get() {
        Some(archive) => {
            let origin = Signal::derive(move || missing.get().unwrap_or(Origin::Forgotten));
            view! { <KeptLogview archive origin/> }.into_any()
        }
        None => view! { <Logview id=id.clone() facts/> }.into_any(),
    };
    view! {
        <Page title=Signal::stored(title) actions>
            {cluster}
            {body}
        </Page>
    }
}

/// Why the service has nothing to show, and what was kept of the instance in that case. As soon as the
/// service answers, its word counts.
fn kept_instead(id: String, facts: Polled<Facts>) -> (Memo<Option<Origin>>, Found) {
    let profile = Profile::expect();
    let found = RwSignal::new_local(None);
    let missing = Memo::new(move |_| {
        facts.reading.with(|reading| {
            let why = reading.problem.as_ref().map(|problem| &problem.why)?;
            match (reading.value.is_none(), why) {
                (true, Cause::NoSuchInstance) => Some(Origin::Forgotten),
                (true, Cause::GatewayGone | Cause::UpstreamUnreachable) => {
                    Some(Origin::Unreachable)
                }
                _ => None,
            }
        })
    });
    Effect::new(move |_| {
        if missing.get().is_none() {
            found.set(None);
            return;
        }
        let (id, project) = (
            id.clone(),
            profile.now().map(|connection| connection.project),
        );
        api::spawn(async move {
            let kept = archive::find(project.as_deref(), &id).await;
            if missing.try_get_untracked().flatten().is_some() {
                found.try_set(kept);
            }
        });
    });
    (missing, found)
}

/// Saves the Logview of an instance that has ended.
#[component]
fn Save(
    /// The instance.
    id: String,
    /// What the service says.
    facts: Polled<Facts>,
    /// What was kept.
    found: Found,
) -> impl IntoView {
    let (t, profile, toasts) = (sentences(), Profile::expect(), Toasts::expect());
    let busy = RwSignal::new(false);
    let ended = Memo::new(move |_| {
        let over = |facts: &Facts| facts.instance.status == Status::Terminated;
        found.with(Option::is_some)
            || facts
                .reading
                .with(|reading| reading.value.as_ref().is_some_and(over))
    });
    let save = Callback::new(move |()| {
        let (id, connection) = (id.clone(), profile.now());
        let known = found.get_untracked();
        busy.set(true);
        api::spawn(async move {
            let archive = match known {
                Some(archive) => Ok(archive),
                None => match api::target(connection).await {
                    Ok(target) => archive::of(&target, &id).await,
                    Err(problem) => Err(problem),
                },
            };
            match archive {
                Ok(archive) => files::save_text(&archive.write(), &format!("{id}.logview.json")),
                Err(_) => toasts.failed(t.now().archive.not_saved),
            }
            busy.try_set(false);
        });
    });
    let word = move || match busy.get() {
        true => t.get().archive.saving,
        false => t.get().archive.save,
    };
    move || {
        ended
            .get()
            .then(|| view! { <Button on_press=save busy>{word}</Button> })
    }
}
