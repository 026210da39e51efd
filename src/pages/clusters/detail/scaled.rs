//! What the local engine made of the wish: told by the running task's detail as JSON, `asked` beside
//! `got`. The real service says something else there, which is not shown.

use leptos::prelude::*;
use odps::cupid::detail::{Answer, State};
use odps::instances::{Detail, Form};
use serde_json::Value;

use super::super::life::Life;
use crate::api;
use crate::state::profile::Profile;
use crate::text::{Text, sentences};

/// Says so when the engine is smaller than what was asked for.
#[component]
pub fn Scaled(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let usable = Memo::new(move |_| life.with(Life::is_usable));
    let local = Memo::new(move |_| profile.get().is_some_and(|connection| connection.local));
    let told: LocalResource<Option<Told>> = LocalResource::new(move || {
        let (id, wanted, connection) = (id.clone(), usable.get() && local.get(), profile.now());
        async move {
            if !wanted {
                return None;
            }
            let target = connection?.target();
            let call = Detail {
                id,
                task: "cupid_task".to_owned(),
                form: Form::Instance,
            };
            let text = api::send(&call, &target).await.ok()?.0;
            match Answer::read(&text).ok()? {
                Answer::State(State::Running(text)) => Told::read(&text),
                _ => None,
            }
        }
    });
    move || {
        let told = told.get().flatten().filter(|told| told.asked != told.got)?;
        Some(view! { <p class="hint" role="note">{say(t.get(), &told)}</p> })
    }
}

fn say(text: &Text, told: &Told) -> String {
    let words = &text.life;
    let part =
        |size: &Size| (words.scaled_part)(size.worker_num, size.worker_cpu, size.worker_mem >> 20);
    (words.scaled)(&part(&told.asked), &part(&told.got))
}

/// What was asked for and what was started.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    asked: Size,
    got: Size,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Size {
    worker_num: u64,
    worker_cpu: u64,
    worker_mem: u64,
}

impl Told {
    fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let size = |key: &str| {
            let number = |name: &str| value.get(key)?.get(name)?.as_u64();
            Some(Size {
                worker_num: number("worker_num")?,
                worker_cpu: number("worker_cpu")?,
                worker_mem: number("worker_mem")?,
            })
        };
        Some(Self {
            asked: size("asked")?,
            got: size("got")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Told;

    #[test]
    fn the_engines_words() {
        let part = r#"{"worker_num":5,"worker_cpu":4,"worker_mem":17179869184,"cache_mem":1}"#;
        let text = format!(r#"{{"asked":{part},"got":{part},"machine":{{"cores":2}}}}"#);
        let told = Told::read(&text).expect("both parts are complete");
        assert_eq!(told.asked, told.got);
        assert_eq!(Told::read("Running"), None);
    }
}
