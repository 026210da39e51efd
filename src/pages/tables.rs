//! `/tables`: the tree of the project's tables, with search. `/tables/:table` is in [`table`].

pub mod columns;
pub mod definition;
pub mod equal;
pub mod facts;
pub mod find;
pub mod finder;
pub mod kept;
pub mod partitions;
pub mod pinyin;
pub mod rights;
pub mod rows;
pub mod side;
pub mod stock;
pub mod table;
pub mod tree;

use leptos::prelude::*;

use crate::components::page::Page;
use crate::components::problem_notice::ProblemNotice;
use crate::route::{Here, Route};
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::Button;
use finder::Finder;
use stock::Stock;

/// The tree of all tables.
#[component]
pub fn Tables() -> impl IntoView {
    let (t, here, profile) = (sentences(), Here::expect(), Profile::expect());
    let query = Signal::derive(move || here.query.get().get("q").unwrap_or_default().to_owned());
    let on_query = Callback::new(move |text: String| here.replace(here.at("q", &text)));
    let project = Memo::new(move |_| profile.get().map(|facts| facts.project));
    let title = Signal::derive(move || t.get().tables.title.to_owned());
    let lead = move || project.get().map(|project| (t.get().tables.lead)(&project));
    let again = Callback::new(move |()| {
        if let Some(project) = project.get_untracked() {
            Stock::of(&project).read_again();
        }
    });
    let reading = Signal::derive(move || {
        project
            .get()
            .is_none_or(|project| Stock::of(&project).reading())
    });
    let body = move || match project.get() {
        Some(project) => {
            let stock = Stock::of(&project);
            view! { <Finder stock=stock query=query on_query=on_query/> }.into_any()
        }
        None => match profile.problem() {
            Some(problem) => view! { <ProblemNotice problem=problem/> }.into_any(),
            None => {
                view! { <p class="quiet" role="status">{t.get().tables.loading}</p> }.into_any()
            }
        },
    };
    view! {
        <Page title=title lead=move || lead actions=move || view! {
            <a class="button" href=Route::Upload.path()>{move || t.get().uploads.upload}</a>
            <Button on_press=again busy=reading>{move || t.get().tables.refresh}</Button>
        }>
            <div class="tables-find-all">{body}</div>
        </Page>
    }
}

/// A kind of table in words.
fn kind_word(kind: Option<&str>, partitioned: bool, text: &crate::text::tables::Tables) -> String {
    let word = match kind.unwrap_or_default() {
        "" | "MANAGED_TABLE" => text.managed,
        "VIRTUAL_VIEW" => text.view,
        "MATERIALIZED_VIEW" => text.materialized,
        "EXTERNAL_TABLE" => text.external,
        other => return other.to_owned(),
    };
    match partitioned {
        true => text.partitioned.to_owned(),
        false => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::en::EN;

    #[test]
    fn a_kind_that_is_not_known_is_said_as_it_is() {
        assert_eq!(kind_word(None, false, &EN.tables), "table");
        assert_eq!(kind_word(Some("VIRTUAL_VIEW"), false, &EN.tables), "view");
        assert_eq!(
            kind_word(Some("MANAGED_TABLE"), true, &EN.tables),
            "partitioned"
        );
        assert_eq!(
            kind_word(Some("OBJECT_TABLE"), false, &EN.tables),
            "OBJECT_TABLE"
        );
    }
}
