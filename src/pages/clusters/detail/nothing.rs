//! An address without a cluster: why, and the way on.

use leptos::prelude::*;

use super::follow::{Follow, NoCluster};
use crate::components::problem_notice::ProblemNotice;
use crate::route::Route;
use crate::text::sentences;

/// Why there is no cluster at this address, and the way on.
#[component]
pub fn Nothing(
    /// Why.
    none: NoCluster,
    /// The instance that the address names.
    id: String,
    /// Begins anew.
    follow: Follow,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().life;
    match none {
        NoCluster::Problem(problem) => {
            let again = Callback::new(move |()| follow.begin());
            view! { <ProblemNotice problem retry=again/> }.into_any()
        }
        NoCluster::Missing => view! {
            <div class="empty" role="alert">
                <p>{move || (words().no_such)(&id)}</p>
                <p class="quiet">{move || words().no_such_next}</p>
                <a class="button" href=Route::Clusters.path()>{move || t.get().clusters.title}</a>
            </div>
        }
        .into_any(),
        NoCluster::NotMars(kind) => {
            let href = Route::Instance(id).path();
            view! {
                <div class="empty" role="alert">
                    <p>{move || (words().not_mars)(&kind)}</p>
                    <a class="button" href=href>{move || words().not_submitted_by_us}</a>
                </div>
            }
            .into_any()
        }
    }
}
