//! What this account may do with the table: what the page itself shows, and the grants that the
//! service lists when it is asked.

use leptos::prelude::*;

use crate::api::tables::{self, TableName};
use crate::api::{self, Problem};
use crate::components::problem_notice::ProblemNotice;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::Button;

/// The permissions, folded; nothing is asked before the reader asks.
#[component]
pub fn Rights(
    /// The table.
    name: StoredValue<TableName>,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let told = RwSignal::new(None::<Result<String, Problem>>);
    let busy = RwSignal::new(false);
    let ask = Callback::new(move |()| {
        busy.set(true);
        let (known, name) = (profile.now(), name.get_value());
        api::spawn(async move {
            let outcome = match api::target(known).await {
                Ok(target) => tables::acl(&target, &name).await,
                Err(problem) => Err(problem),
            };
            // The page may have been left meanwhile.
            told.try_set(Some(outcome));
            busy.try_set(false);
        });
    });
    let answer = move || match told.get()? {
        Err(problem) => Some(view! { <ProblemNotice problem=problem retry=ask/> }.into_any()),
        Ok(text) if text.trim().is_empty() => {
            Some(view! { <p role="status">{move || t.get().tables.rights_none}</p> }.into_any())
        }
        Ok(text) => Some(view! { <pre tabindex="0">{text}</pre> }.into_any()),
    };
    view! {
        <details class="tables-definition tables-rights">
            <summary>{move || t.get().tables.rights}</summary>
            <p>{move || t.get().tables.rights_lead}</p>
            <Button on_press=ask busy=busy>{move || t.get().tables.rights_ask}</Button>
            {answer}
        </details>
    }
}
