//! What a cluster that is not usable yet waits for, with a budget for each phase.

use cluster::{Budget, Phase, Stage};
use leptos::prelude::*;
use wire::Millis;

use super::super::life::{Life, Step};
use super::stop::StopControl;
use crate::components::waiting::Waiting as Note;
use crate::route::Route;
use crate::state::clock::now;
use crate::text::{Text, sentences};

/// The wait, until the cluster is usable.
#[component]
pub fn Waiting(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let phase = Memo::new(move |_| life.with(|life| Phase::of(life.stage.as_ref(), life.side)));
    let begun = Memo::new(move |before: Option<&Option<Budget>>| {
        let phase = phase.get();
        let since = life.with_untracked(|life| phase.and_then(|phase| since(life, phase)));
        Budget::follow(before.copied().flatten(), phase, since.unwrap_or_else(now))
    });
    let renewed = RwSignal::new(None::<Budget>);
    let budget = Signal::derive(move || {
        let (begun, renewed) = (begun.get()?, renewed.get());
        let same = |other: &Budget| (other.phase, other.since) == (begun.phase, begun.since);
        Some(renewed.filter(same).unwrap_or(begun))
    });
    let renew = move |()| renewed.set(budget.get_untracked().map(|budget| budget.renewed(now())));
    let answer = Signal::derive(move || life.with(|life| answer(t.get(), life)));
    view! {
        <Note budget answer on_renew=Callback::new(renew)>
            <StopControl id=id.clone() life/>
            <a class="button" href=Route::Clusters.path()>{move || t.get().create.leave}</a>
        </Note>
    }
}

/// Since when a phase goes on, as far as somebody saw.
fn since(life: &Life, phase: Phase) -> Option<Millis> {
    let at = |wanted: Step| {
        let found = life.reached.iter().find(|(step, _)| *step == wanted);
        found.and_then(|(_, at)| *at)
    };
    match phase {
        Phase::Queue => at(Step::Accepted).or(life.started),
        Phase::Start => at(Step::Starting),
        Phase::Workers => at(Step::Web),
        _ => None,
    }
}

/// The last thing that was read: a problem, the gateway's words, or how many workers there are.
fn answer(text: &Text, life: &Life) -> Option<String> {
    if let Some(problem) = &life.problem {
        return Some(problem.what.to_string());
    }
    match &life.stage {
        Some(Stage::Starting { detail }) if !detail.is_empty() => Some(detail.clone()),
        Some(Stage::Suspended) => Some(text.life.word_suspended.to_owned()),
        Some(_) => super::count(text, life),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use cluster::{Phase, Stage};

    use super::{Life, Step, answer, since};
    use crate::text::en::EN;

    #[test]
    fn a_phase_goes_on_since_its_step_was_reached() {
        let mut life = Life::default();
        life.reach(Step::Accepted, Some(10));
        life.reach(Step::Starting, Some(20));
        assert_eq!(since(&life, Phase::Queue), Some(10));
        assert_eq!(since(&life, Phase::Start), Some(20));
        assert_eq!(since(&life, Phase::Workers), None);
    }

    #[test]
    fn the_last_answer_is_the_newest_fact() {
        let mut life = Life::default();
        assert_eq!(answer(&EN, &life), None);
        let detail = "not registered".to_owned();
        life.stage = Some(Stage::Starting { detail });
        assert_eq!(answer(&EN, &life).as_deref(), Some("not registered"));
        life.stage = Some(Stage::Workers { have: 1 });
        life.counted = Some(1);
        assert!(answer(&EN, &life).is_some_and(|said| said.contains('1')));
    }
}
