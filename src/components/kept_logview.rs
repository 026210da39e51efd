//! The Logview panel over what was kept: the same panel, with a note that says so.

use leptos::prelude::*;

use crate::api::archive::Archive;
use crate::api::{self, Polled, instances};
use crate::components::age::offset;
use crate::components::logview::Logview;
use crate::format;
use crate::state::prefs::Prefs;
use crate::text::archive::Archive as Words;
use crate::text::sentences;

/// Where it was kept, and so what the note says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In this browser; the service says that there is no such instance.
    Forgotten,
    /// In this browser; the service cannot be asked.
    Unreachable,
    /// In a file.
    File,
}

impl Origin {
    fn note(self, words: &Words) -> fn(&str, &str) -> String {
        match self {
            Self::Forgotten => words.kept_note,
            Self::Unreachable => words.kept_unreachable,
            Self::File => words.file_note,
        }
    }
}

/// A kept Logview.
#[component]
pub fn KeptLogview(
    /// What was kept.
    archive: Archive,
    /// Where.
    #[prop(into)]
    origin: Signal<Origin>,
) -> impl IntoView {
    let (t, zone) = (sentences(), Prefs::expect().zone);
    let (at, project, id) = (
        archive.kept_at,
        archive.project.clone(),
        archive.instance.clone(),
    );
    let note = move || {
        let kept = format::moment(at, offset(zone.get(), at));
        origin.get().note(&t.get().archive)(&kept, &project)
    };
    let answers = archive.answers();
    let kept = StoredValue::new_local(Some(answers.clone()));
    let facts = RwSignal::new(None);
    let asked = id.clone();
    api::spawn(async move {
        let read = instances::read(&answers, &asked, None).await;
        facts.try_set(Some(read));
    });
    let panel = move || {
        facts.get().map(|read| match read {
            Ok(read) => {
                let facts = Polled::of(read, at);
                view! { <Logview id=id.clone() facts kept/> }.into_any()
            }
            // An answer that the panel needs is not in it.
            Err(_) => view! { <p class="archive-wrong" role="alert">{move || t.get().archive.damaged}</p> }.into_any(),
        })
    };
    view! {
        <p class="archive-note" role="note">{note}</p>
        {panel}
    }
}
