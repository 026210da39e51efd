//! Filling the form in from what is known: shipped sizes, the one that was used last, the reader's
//! presets, and the clusters that were created in this browser.

use cluster::Spec;
use leptos::prelude::*;

use super::form::ClusterForm;
use super::presets::Presets;
use crate::api::kept::{self, KeptCluster};
use crate::api::presets;
use crate::components::age::offset;
use crate::format;
use crate::state::prefs::Prefs;
use crate::state::profile::Profile;
use crate::text::{Text, sentences};
use crate::ui::button::Button;

/// One worker, the least that runs anything.
fn small() -> Spec {
    Spec {
        worker_cpu: 1,
        worker_mem: 4,
        ..Spec::default()
    }
}

/// The row of beginnings above the form.
#[component]
pub fn Again(
    /// The form.
    form: ClusterForm,
    /// What the form asks for, while it can be read.
    #[prop(into)]
    spec: Signal<Option<Spec>>,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().create;
    let project = Memo::new(move |_| profile.get().map(|connection| connection.project));
    let last = move || {
        let spec = presets::last(&project.get()?)?;
        Some(view! { <Start form spec name=Signal::derive(move || words().last.to_owned())/> })
    };
    let kept = move || {
        project.get().map(|project| {
            view! {
                <Clone form project=project.clone()/>
                <Presets form spec project/>
            }
        })
    };
    view! {
        <section class="section create-again" aria-labelledby="again-title">
            <h2 id="again-title">{move || words().from}</h2>
            <p class="quiet">{move || words().from_lead}</p>
            <div class="row">
                <Start form spec=Spec::guide() name=Signal::derive(move || words().guide.to_owned())/>
                <Start form spec=small() name=Signal::derive(move || words().small.to_owned())/>
                {last}
            </div>
            {kept}
        </section>
    }
}

/// A button that fills the form in.
#[component]
pub fn Start(
    /// The form.
    form: ClusterForm,
    /// What it fills in.
    spec: Spec,
    /// What it is called.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let t = sentences();
    let (num, cpu, mem) = (spec.worker_num, spec.worker_cpu, spec.worker_mem);
    let press = move |()| form.fill(&spec);
    view! {
        <Button on_press=Callback::new(press)>
            {move || name.get()}" "<span class="quiet">{move || (t.get().create.size)(num, cpu, mem)}</span>
        </Button>
    }
}

/// The clusters of this browser whose size is known.
#[component]
fn Clone(form: ClusterForm, project: String) -> impl IntoView {
    let t = sentences();
    let zone = Prefs::expect().zone;
    let rows: Vec<KeptCluster> = kept::clusters(&project)
        .into_iter()
        .filter(|row| row.spec.is_some())
        .collect();
    let known = rows.clone();
    let choose = move |event: leptos::ev::Event| {
        let id = event_target_value(&event);
        let chosen = known.iter().find(|row| row.id == id);
        if let Some(spec) = chosen.and_then(|row| row.spec.as_ref()) {
            form.fill(spec);
        }
    };
    let option = move |row: KeptCluster| {
        let id = row.id.clone();
        let said = move || {
            let at = format::moment(row.at, offset(zone.get(), row.at));
            described(t.get(), &row, &at)
        };
        view! { <option value=id>{said}</option> }
    };
    (!rows.is_empty()).then(|| {
        view! {
            <div class="create-clone">
                <label for="clone">{move || t.get().create.clone}</label>
                <div class="field-box">
                    <select id="clone" on:change=choose>
                        <option value="">{move || t.get().create.clone_none}</option>
                        {rows.into_iter().map(option).collect_view()}
                    </select>
                </div>
            </div>
        }
    })
}

/// `nightly · 2 × 1 cores, 4 GB · 2026-11-23 17:40:01`
fn described(text: &Text, row: &KeptCluster, at: &str) -> String {
    let Some(spec) = &row.spec else {
        return row.id.clone();
    };
    let name = spec.name.clone().unwrap_or_else(|| row.id.clone());
    let size = (text.create.size)(spec.worker_num, spec.worker_cpu, spec.worker_mem);
    format!("{name} · {size} · {at}")
}

#[cfg(test)]
mod tests {
    use super::{KeptCluster, Spec, described, small};
    use crate::text::en::EN;

    #[test]
    fn the_small_one_breaks_no_rule_and_deserves_no_hint() {
        assert_eq!((small().validate(), small().hints()), (vec![], vec![]));
    }

    #[test]
    fn a_cluster_is_described_by_its_name_or_its_id() {
        let mut row = KeptCluster {
            id: "20261122g1".into(),
            spec: Some(Spec::guide()),
            at: 5,
        };
        assert_eq!(
            described(&EN, &row, "now"),
            "20261122g1 · 5 × 4 cores, 16 GB · now"
        );
        row.spec = Some(Spec {
            name: Some("nightly".into()),
            ..Spec::guide()
        });
        assert_eq!(
            described(&EN, &row, "now"),
            "nightly · 5 × 4 cores, 16 GB · now"
        );
    }
}
