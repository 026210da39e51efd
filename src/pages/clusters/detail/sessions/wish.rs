//! Ending a graph or a session: asked first, with its effects.

use leptos::prelude::*;

use super::{Key, Shared};
use crate::api::{Problem, engine, spawn, target};
use crate::components::problem_notice::ProblemNotice;
use crate::state::profile::Profile;
use crate::state::toasts::Toasts;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;

/// What the reader wishes for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The end of a graph.
    Cancel(Key),
    /// The end of a session with so many graphs.
    Delete(String, usize),
}

/// The question.
#[component]
pub fn Wishes(
    /// What the tab shares.
    shared: Shared,
) -> impl IntoView {
    let (t, profile, toasts) = (sentences(), Profile::expect(), Toasts::expect());
    let (busy, problem) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let close = Callback::new(move |()| {
        shared.wish.set(None);
        problem.set(None);
    });
    let go = Callback::new(move |()| {
        let Some(wish) = shared.wish.get_untracked() else {
            return;
        };
        let (id, connection) = (shared.id.get_value(), profile.now());
        busy.set(true);
        problem.set(None);
        spawn(async move {
            let outcome = async {
                let target = target(connection).await?;
                match wish.clone() {
                    Wish::Cancel(key) => engine::cancel(&target, &id, key).await,
                    Wish::Delete(session, _) => engine::delete(&target, &id, session).await,
                }
            };
            let outcome = outcome.await;
            // The page may have been left meanwhile.
            if busy.try_set(false).is_some() {
                return;
            }
            match (outcome, wish) {
                (Err(failed), _) => problem.set(Some(failed)),
                (Ok(()), Wish::Cancel(key)) => {
                    shared.asked.update(|asked| {
                        asked.insert(key);
                    });
                    close.run(());
                }
                (Ok(()), Wish::Delete(..)) => {
                    toasts.done(t.now().engine.deleted);
                    close.run(());
                }
            }
            shared.read.refresh();
        });
    });
    let said = move |pick: fn(&Text, &Wish) -> String| {
        move || {
            shared
                .wish
                .get()
                .map(|wish| pick(t.get(), &wish))
                .unwrap_or_default()
        }
    };
    let failed = move || {
        problem
            .get()
            .map(|problem| view! { <ProblemNotice problem/> })
    };
    view! {
        <Dialog
            open=Signal::derive(move || shared.wish.with(Option::is_some))
            on_close=close
            title=Signal::derive(said(title))
        >
            <p class="break">{said(body)}</p>
            {failed}
            <div class="row dialog-actions">
                <Button on_press=close>{move || t.get().engine.keep}</Button>
                <Button weight=Weight::Danger on_press=go busy>{said(confirm)}</Button>
            </div>
        </Dialog>
    }
}

fn title(text: &Text, wish: &Wish) -> String {
    match wish {
        Wish::Cancel(_) => text.engine.cancel_title,
        Wish::Delete(..) => text.engine.delete_title,
    }
    .to_owned()
}

fn body(text: &Text, wish: &Wish) -> String {
    match wish {
        Wish::Cancel((_, graph)) => (text.engine.cancel_body)(graph),
        Wish::Delete(session, graphs) => (text.engine.delete_body)(session, *graphs),
    }
}

fn confirm(text: &Text, wish: &Wish) -> String {
    match wish {
        Wish::Cancel(_) => text.engine.cancel_confirm,
        Wish::Delete(..) => text.engine.delete_confirm,
    }
    .to_owned()
}
