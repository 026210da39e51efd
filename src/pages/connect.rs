//! `/connect`: the facts of the connection, and a doctor that names the first part that fails.

use leptos::prelude::*;

use crate::api::doctor::{self, Finding, Step};
use crate::api::{self};
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::state::profile::{Connection, Profile};
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::status::{Status, Tone};

/// The connection page.
#[component]
pub fn Connect() -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().connect;
    let facts = move || match (profile.get(), profile.problem()) {
        (Some(connection), _) => view! { <Facts connection/> }.into_any(),
        (None, Some(problem)) => {
            let again = Callback::new(move |()| profile.refresh());
            view! { <ProblemNotice problem retry=again/> }.into_any()
        }
        (None, None) => view! { <p class="quiet">{move || t.get().shell.reading}</p> }.into_any(),
    };
    view! {
        <Page title=Signal::derive(move || words().title.to_owned()) lead=move || words().lead>
            {facts}
            <Doctor/>
        </Page>
    }
}

#[component]
fn Facts(connection: Connection) -> impl IntoView {
    let t = sentences();
    let held = move || match connection.credentials.as_str() {
        "gateway" => t.get().connect.credentials_gateway.to_owned(),
        other => other.to_owned(),
    };
    let line = move |name: fn(&Text) -> &'static str, value: String| {
        view! { <div><dt>{move || name(t.get())}</dt><dd class="mono">{value}</dd></div> }
    };
    view! {
        <dl class="connect-facts">
            {line(|text| text.connect.name, connection.name)}
            {line(|text| text.shell.project, connection.project)}
            {line(|text| text.connect.odps_endpoint, connection.odps_endpoint)}
            {line(|text| text.connect.tunnel_endpoint, connection.tunnel_endpoint)}
            {line(|text| text.connect.mars_proxy, connection.mars_proxy)}
            {line(|text| text.connect.access_id, connection.access_id)}
            <div><dt>{move || t.get().connect.credentials}</dt><dd>{held}</dd></div>
        </dl>
    }
}

/// What is known of a step.
#[derive(Clone, PartialEq)]
enum Known {
    Nothing,
    Asking,
    Found(Finding),
}

#[component]
fn Doctor() -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().connect;
    let known = Step::ALL.map(|_| RwSignal::new(Known::Nothing));
    let busy = RwSignal::new(false);
    let run = move |()| {
        busy.set(true);
        for step in known {
            step.set(Known::Nothing);
        }
        api::spawn(async move {
            let target = profile.now().unwrap_or_default().target();
            for (step, known) in Step::ALL.into_iter().zip(known) {
                known.set(Known::Asking);
                let finding = doctor::check(step, &target).await;
                let stop = matches!(finding, Finding::Bad(_));
                known.set(Known::Found(finding));
                if stop {
                    break;
                }
            }
            busy.set(false);
        });
    };
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{move || words().doctor}</h2>
                <p class="quiet">{move || words().doctor_lead}</p>
            </div>
            <div class="row">
                <Button on_press=Callback::new(run) busy weight=Weight::Primary>
                    {move || if busy.get() { words().running } else { words().run }}
                </Button>
            </div>
            <ol class="doctor" aria-live="polite">
                {Step::ALL.into_iter().zip(known).map(|(step, known)| view! { <Check step known/> }).collect_view()}
            </ol>
        </section>
    }
}

#[component]
fn Check(step: Step, known: RwSignal<Known>) -> impl IntoView {
    let t = sentences();
    let tone = move || match known.get() {
        Known::Nothing => Tone::Quiet,
        Known::Asking => Tone::Busy,
        Known::Found(Finding::Good { .. }) => Tone::Good,
        Known::Found(_) => Tone::Bad,
    };
    let word = move || {
        let words = &t.get().connect;
        match known.get() {
            Known::Nothing => words.skipped,
            Known::Asking => words.waiting,
            Known::Found(Finding::Good { .. }) => words.good,
            Known::Found(_) => words.bad,
        }
        .to_owned()
    };
    let more = move || match known.get() {
        Known::Found(Finding::Good { took, owner, skew }) => {
            let words = &t.get().connect;
            let owner = owner.map(|owner| (words.project_owner)(&owner));
            let skew = skew.map(|skew| (words.clock_skew)(skew));
            let said = [Some((words.took)(took)), owner, skew];
            let said: Vec<String> = said.into_iter().flatten().collect();
            view! { <span class="quiet">{said.join(" · ")}</span> }.into_any()
        }
        Known::Found(Finding::Bad(problem)) => view! { <ProblemNotice problem/> }.into_any(),
        Known::Found(Finding::Skewed(skew)) => {
            let words = &t.get().connect;
            view! { <p>{(words.clock_skew)(skew)}</p> <p>{words.clock_bad}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <li>
            <span class="doctor-step">{move || step_name(t.get(), step)}</span>
            <Status tone=Signal::derive(tone) word=Signal::derive(word)/>
            {more}
        </li>
    }
}

fn step_name(text: &Text, step: Step) -> &'static str {
    match step {
        Step::Gateway => text.connect.step_gateway,
        Step::Project => text.connect.step_project,
        Step::Tunnel => text.connect.step_tunnel,
        Step::Clock => text.connect.step_clock,
    }
}
