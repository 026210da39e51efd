//! Instances: the list, and one instance with its own Logview panel.

use leptos::prelude::*;
use odps::instances::Item;

use crate::api::{Polled, every, instances};
use crate::components::age::{Age, Moment};
use crate::components::drop_logview::DropLogview;
use crate::components::logview::{status_word, tone};
use crate::components::open_by_id::OpenById;
use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::route::{Here, Route};
use crate::state::clock::Clock;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::status::Status;

pub mod detail;
pub mod file;

/// How often the list is read.
const PAUSE: u64 = 15_000;

/// The list of instances.
#[component]
pub fn Instances() -> impl IntoView {
    let (t, profile, here) = (sentences(), Profile::expect(), Here::expect());
    let words = move || &t.get().instances;
    let list = every(PAUSE, move || {
        let connection = profile.now();
        async move { instances::list(&crate::api::target(connection).await?, None).await }
    });
    let open = Callback::new(move |id: String| here.go(Route::Instance(id)));
    view! {
        <Page
            title=Signal::derive(move || words().title.to_owned())
            lead=move || words().lead
            actions=move || view! { <OpenById id="instance-id" label=Signal::derive(move || words().open_by_id.to_owned()) word=Signal::derive(move || words().open.to_owned()) open/> }
        >
            <List list/>
            <Age at=list.at() stale=list.stale()/>
            <DropLogview taken=Callback::new(move |()| here.go(Route::LogviewFile))/>
        </Page>
    }
}

#[component]
fn List(list: Polled<Vec<Item>>) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().instances;
    move || {
        match (list.value(), list.problem()) {
        (None, Some(problem)) => {
            let again = Callback::new(move |()| list.refresh());
            view! { <ProblemNotice problem retry=again/> }.into_any()
        }
        (None, None) => view! { <p class="quiet">{move || t.get().shell.reading}</p> }.into_any(),
        (Some(items), _) if items.is_empty() => view! {
            <div class="empty"><p>{move || words().none}</p><p class="quiet">{move || words().none_next}</p></div>
        }
        .into_any(),
        (Some(items), _) => view! {
            <div class="table-box">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{move || words().id}</th>
                            <th scope="col">{move || words().state}</th>
                            <th scope="col">{move || words().owner}</th>
                            <th scope="col">{move || words().started}</th>
                            <th scope="col" class="number">{move || words().lasted}</th>
                        </tr>
                    </thead>
                    <tbody>{items.into_iter().map(|item| view! { <Row item/> }).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    }
    }
}

#[component]
fn Row(item: Item) -> impl IntoView {
    let (t, clock) = (sentences(), Clock::expect());
    let (start, end, status) = (item.start_time, item.end_time, item.status);
    let lasted = move || {
        let until = end.unwrap_or_else(|| clock.now());
        start.map(|start| format::elapsed(until.saturating_sub(start)))
    };
    let word = Signal::derive(move || status_word(t.get(), status));
    let href = Route::Instance(item.id.clone()).path();
    view! {
        <tr>
            <th scope="row" class="mono"><a href=href>{item.id}</a></th>
            <td><Status tone=tone(status, &[]) word/></td>
            <td>{item.owner}</td>
            <td><Moment at=start/></td>
            <td class="number">{lasted}</td>
        </tr>
    }
}
