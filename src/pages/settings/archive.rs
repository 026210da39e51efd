//! Settings: the Logviews that this browser keeps, and how much room they may take.

use leptos::prelude::*;

use crate::api;
use crate::api::archive::{self, Cap, Entry};
use crate::api::store::StoreError;
use crate::components::age::offset;
use crate::format;
use crate::route::Route;
use crate::state::prefs::{Choice, Prefs};
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::segmented::Segmented;

/// What is kept, or why the browser keeps nothing; nothing while it is read.
type List = RwSignal<Option<Result<Vec<Entry>, StoreError>>>;

/// The section.
#[component]
pub fn KeptLogviews() -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().archive;
    let (list, cap): (List, _) = (RwSignal::new(None), RwSignal::new(Cap::read()));
    change(list, async { Ok(()) });
    let choose = Callback::new(move |chosen: Cap| {
        cap.set(chosen);
        change(list, archive::set_cap(chosen));
    });
    let body = move || match list.get() {
        None => view! { <p class="quiet">{move || words().reading}</p> }.into_any(),
        Some(Err(StoreError::Absent)) => {
            view! { <p class="quiet">{move || words().no_storage}</p> }.into_any()
        }
        Some(Err(error)) => {
            view! { <p role="alert">{move || (words().storage_failed)(&error.to_string())}</p> }
                .into_any()
        }
        Some(Ok(entries)) if entries.is_empty() => {
            view! { <p class="quiet">{move || words().none}</p> }.into_any()
        }
        Some(Ok(entries)) => view! { <Table entries list/> }.into_any(),
    };
    view! {
        <section class="setting archive-setting" aria-labelledby="kept-logviews">
            <h2 id="kept-logviews">{move || words().title}</h2>
            <p class="quiet">{move || words().lead}</p>
            <Segmented
                label=Signal::derive(move || words().cap.to_owned())
                choices=Cap::ALL
                chosen=cap
                word=Callback::new(move |cap: Cap| (words().megabytes)(cap.as_str()))
                on_choose=choose
            />
            {body}
        </section>
    }
}

/// Does something to what is kept, and reads the list again.
fn change(list: List, doing: impl Future<Output = Result<(), StoreError>> + 'static) {
    api::spawn(async move {
        let outcome = match doing.await {
            Ok(()) => archive::list().await,
            Err(error) => Err(error),
        };
        list.try_set(Some(outcome));
    });
}

#[component]
fn Table(
    /// What is kept.
    entries: Vec<Entry>,
    /// Where the list is read anew.
    list: List,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().archive;
    let (count, size) = (entries.len(), entries.iter().map(|entry| entry.size).sum());
    let rows = entries
        .into_iter()
        .map(|entry| view! { <Row entry list/> })
        .collect_view();
    let clear = Callback::new(move |()| change(list, archive::clear()));
    view! {
        <p>{move || (words().sum)(count, &format::bytes(size))}</p>
        <div class="table-box">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{move || words().instance}</th>
                        <th scope="col">{move || words().project}</th>
                        <th scope="col">{move || words().kept_on}</th>
                        <th scope="col" class="number">{move || words().size}</th>
                        <th scope="col"><span class="visually-hidden">{move || words().remove}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Button weight=Weight::Danger on_press=clear>{move || words().remove_all}</Button>
    }
}

#[component]
fn Row(
    /// One that is kept.
    entry: Entry,
    /// Where the list is read anew.
    list: List,
) -> impl IntoView {
    let (t, zone) = (sentences(), Prefs::expect().zone);
    let (at, size) = (entry.at, format::bytes(entry.size));
    let href = Route::Instance(entry.instance.clone()).path();
    let (id, project) = (entry.instance.clone(), entry.project.clone());
    let named = id.clone();
    let remove = move |_| {
        let entry = entry.clone();
        change(list, async move { archive::remove(&entry).await });
    };
    view! {
        <tr>
            <th scope="row" class="mono"><a href=href>{id}</a></th>
            <td>{project}</td>
            <td>{move || format::moment(at, offset(zone.get(), at))}</td>
            <td class="number">{size}</td>
            <td>
                <button
                    type="button"
                    class="button"
                    data-weight="quiet"
                    aria-label=move || (t.get().archive.remove_one)(&named)
                    on:click=remove
                >
                    {move || t.get().archive.remove}
                </button>
            </td>
        </tr>
    }
}
