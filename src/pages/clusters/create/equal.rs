//! The same creation, elsewhere: the PyODPS call, a link to the filled form, the requests as curl.

use cluster::Spec;
use leptos::prelude::*;

use crate::api::curl;
use crate::components::code::Code;
use crate::route::{self, Query, Route};
use crate::state::profile::Profile;
use crate::text::sentences;

/// The equal calls, while the form can be read.
#[component]
pub fn Equal(
    /// What is asked for, while the form can be read.
    #[prop(into)]
    spec: Signal<Option<Spec>>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().clusters.create;
    let call = move || {
        spec.get()
            .map(|spec| spec.as_pyodps_call())
            .unwrap_or_default()
    };
    let link = move || spec.get().map(|spec| link(&spec)).unwrap_or_default();
    let (profile, naming) = (Profile::expect(), StoredValue::new(curl::Naming::new()));
    let requests = move || match (spec.get(), profile.get()) {
        (Some(spec), Some(connection)) => {
            naming.with_value(|naming| curl::launch(&spec, &connection, naming))
        }
        _ => String::new(),
    };
    view! {
        <section class="section">
            <h2>{move || words().equal}</h2>
            <h3>{move || words().python}</h3>
            <Code text=Signal::derive(call) what=Signal::derive(move || words().python.to_owned())/>
            <h3>{move || words().link}</h3>
            <Code text=Signal::derive(link) what=Signal::derive(move || words().link.to_owned())/>
            <details>
                <summary>{move || words().curl}</summary>
                <p class="quiet">{move || words().curl_hint}</p>
                <Code text=Signal::derive(requests) what=Signal::derive(move || words().curl.to_owned())/>
            </details>
        </section>
    }
}

fn link(spec: &Spec) -> String {
    route::absolute(&Route::NewCluster.with(Query::parse(&spec.to_query())))
}
