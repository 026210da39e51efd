//! The job that the address names: followed to its end, then its rows.

use leptos::prelude::*;

use super::Handle;
use super::followed::{Failure, Known, StateLine, follow};
use super::rows::Rows;
use crate::api::kept;
use crate::components::code::Code;
use crate::route::{Here, Route};
use crate::text::sentences;
use crate::ui::button::Button;

/// The job that the address names.
#[component]
pub fn One(
    /// The instance.
    id: String,
    /// The job.
    handle: Handle,
) -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let words = move || &t.get().life.jobs;
    let kept = kept::jobs(&id)
        .into_iter()
        .find(|kept| (&kept.session, &kept.graph) == (&handle.session, &handle.graph));
    let known = RwSignal::new(Known::default());
    let begun = kept.as_ref().map(|kept| kept.at);
    let cancel = follow(&id, &handle, begun, known);
    let over = Memo::new(move |_| known.with(|known| known.outcome.clone()));
    let text = kept.map(|kept| kept.text);
    let heading = text.clone();
    let close = Callback::new({
        let id = id.clone();
        move |()| here.go(Route::Cluster(id.clone()).with(crate::route::Query::parse("tab=jobs")))
    });
    let name = text.clone().unwrap_or_else(|| handle.target.clone());
    let body = move || match over.get() {
        None => None,
        Some(Ok(result)) => {
            let (id, name) = (id.clone(), name.clone());
            Some(view! { <Rows id name result/> }.into_any())
        }
        Some(Err(failure)) => Some(view! { <Failure failure/> }.into_any()),
    };
    view! {
        <section class="job" aria-labelledby="job-title">
            <div class="section-head">
                <h2 id="job-title">{move || words().result}</h2>
                <StateLine known begun cancel/>
                <span class="row">
                    <Button on_press=close>{move || words().close}</Button>
                </span>
            </div>
            {heading.map(|text| view! { <Words text/> })}
            {body}
        </section>
    }
}

/// The expression, and the call of the guide that runs the same.
#[component]
fn Words(text: String) -> impl IntoView {
    let t = sentences();
    let name = move || t.get().life.jobs.python;
    let call = python(&text);
    view! {
        <pre class="job-text" tabindex="0" role="group" aria-label=move || t.get().life.jobs.expression>{text}</pre>
        <details>
            <summary>{name}</summary>
            <Code text=call what=Signal::derive(move || name().to_owned())/>
        </details>
    }
}

/// The call of the guide that runs the same: earlier lines as they are, the last one in `run`.
fn python(text: &str) -> String {
    match text.trim_end().rsplit_once('\n') {
        Some((before, last)) => format!("{before}\nclient.session.run({last})"),
        None => format!("client.session.run({})", text.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::python;

    #[test]
    fn the_guides_call() {
        assert_eq!(python("mt.ones(3)\n"), "client.session.run(mt.ones(3))");
        assert_eq!(
            python("a = mt.ones(3)\na + 1"),
            "a = mt.ones(3)\nclient.session.run(a + 1)"
        );
    }
}
