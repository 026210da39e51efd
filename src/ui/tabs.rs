//! Tabs that are links: each view has its address, so the browser's keys and history work.

use leptos::prelude::*;

/// One tab.
#[derive(Clone, PartialEq, Eq)]
pub struct Tab {
    /// The value in the address.
    pub key: &'static str,
    /// The visible name.
    pub name: String,
    /// Its address.
    pub href: String,
    /// A number beside the name.
    pub count: Option<String>,
}

/// A row of tabs over a page's views.
#[component]
pub fn Tabs(
    /// The name of the row.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
    /// The key of the shown one.
    #[prop(into)]
    current: Signal<String>,
) -> impl IntoView {
    let row =
        move || {
            let current = current.get();
            tabs.get().into_iter().map(|tab| {
            let chosen = (tab.key == current).then_some("page");
            view! {
                <a href=tab.href aria-current=chosen data-noscroll="true">
                    {tab.name}
                    {tab.count.map(|count| view! { <span class="tabs-count">{count}</span> })}
                </a>
            }
        }).collect_view()
        };
    view! { <nav class="tabs" aria-label=move || label.get()>{row}</nav> }
}
