//! What is not as it should be with a cluster, and why it ended.

use cluster::{EndedWhy, Side};
use leptos::prelude::*;

use super::super::life::Life;
use crate::api::{Doing, Problem};
use crate::components::problem_notice::ProblemNotice;
use crate::text::{Text, sentences};

/// What is not as it should be, over every view.
#[component]
pub fn Notes(
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let side = Memo::new(move |_| life.with(|life| life.side));
    let problem =
        Memo::new(move |_| life.with(|life| life.problem.clone().map(|problem| problem.what)));
    let ended = Memo::new(move |_| life.with(|life| life.end().cloned()));
    let side_note = move || {
        let said = side_word(t.get(), side.get()?);
        Some(view! { <p class="hint" role="status">{said}</p> })
    };
    let problem_note = move || {
        let reported = problem.get()?;
        // "Not registered yet" is what starting looks like, not a problem.
        if matches!(reported, cluster::Problem::NotReady { .. }) {
            return None;
        }
        let problem = Problem::of(Doing::WatchCluster, reported);
        Some(view! { <ProblemNotice problem/> })
    };
    let end_note = move || ended.get().map(|ended| view! { <EndNote why=ended.why/> });
    view! { {side_note} {problem_note} {end_note} }
}

/// Why it ended: the cause and the next step, and the service's own text.
#[component]
fn EndNote(why: EndedWhy) -> impl IntoView {
    let t = sentences();
    let text = match &why {
        EndedWhy::Failed { text } => Some(text.clone()),
        EndedWhy::Odd { status } => Some(status.clone()),
        _ => None,
    };
    let cause = match &why {
        EndedWhy::Failed { text } => Some(Problem::why_failed(text)),
        _ => None,
    };
    let failed = text.is_some().then_some("true");
    let advice = cause.map(|cause| {
        let next = cause.clone();
        view! {
            <strong>{move || (t.get().problems.why)(&cause)}</strong>
            <p>{move || (t.get().problems.next)(&next)}</p>
        }
    });
    view! {
        <div class="ended-note" data-failed=failed role="status">
            {advice}
            <p class="quiet">{move || (t.get().life.ended_why)(&why)}</p>
            {text.map(|text| view! { <pre tabindex="0">{text}</pre> })}
        </div>
    }
}

fn side_word(text: &Text, side: Side) -> String {
    let words = &text.life;
    match side {
        Side::Unreachable => words.side_unreachable.to_owned(),
        Side::Degraded { most } => (words.side_degraded)(most),
        Side::Unknown { .. } => words.side_unknown.to_owned(),
        _ => words.side_not_answering.to_owned(),
    }
}
