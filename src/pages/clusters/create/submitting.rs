//! A submission as the form shows it: what it waits for, what it asks, why it failed.

use leptos::prelude::*;

use super::exists::Exists;
use super::submit::Submission;
use crate::components::problem_notice::ProblemNotice;
use crate::components::waiting::Waiting;
use crate::route::Route;
use crate::text::sentences;
use crate::ui::button::Button;

/// Problems and questions of the submission, in the form.
#[component]
pub fn Submit(
    /// The submission.
    submission: Submission,
) -> impl IntoView {
    let t = sentences();
    let problem = move || {
        submission
            .problem
            .get()
            .map(|problem| view! { <ProblemNotice problem/> })
    };
    let resumed = move || {
        let resumed = submission.resumed.get() && submission.busy().get();
        resumed.then(|| view! { <p role="status">{t.get().clusters.create.resumed}</p> })
    };
    let given_up = move || {
        submission.given_up.get().then(|| {
            view! {
                <p class="hint" role="status">
                    {t.get().create.stopped_waiting}" "
                    <a href=Route::Clusters.path()>{t.get().clusters.title}</a>
                </p>
            }
        })
    };
    let renew = Callback::new(move |()| submission.renew());
    let stop = Callback::new(move |()| submission.give_up());
    view! {
        {problem}
        {resumed}
        {given_up}
        <Waiting budget=submission.budget answer=submission.answer on_renew=renew>
            <Button on_press=stop>{move || t.get().create.stop_waiting}</Button>
        </Waiting>
        <Exists submission/>
    }
}
