//! Jobs of a cluster: the notebook, the job that the address names, and the kept ones.

use leptos::prelude::*;

use super::super::life::Life;
use crate::route::{Here, Place, Query, Route};

pub mod assist;
pub mod book;
pub mod cell;
pub mod errors;
pub mod followed;
pub mod list;
pub mod notebook;
pub mod one;
pub mod rehearsal;
pub mod rows;
pub mod run;
pub mod run_view;
pub mod shared;
pub mod submit;
pub mod text_field;

use list::Kept;
use notebook::Notebook;
use one::One;

/// What names a job: enough to come back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    /// The session.
    pub session: String,
    /// The graph.
    pub graph: String,
    /// The wanted result.
    pub target: String,
}

impl Handle {
    /// Reads it from an address.
    pub fn read(query: &Query) -> Option<Self> {
        let text = |key| {
            query
                .get(key)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        Some(Self {
            session: text("session")?,
            graph: text("graph")?,
            target: text("target")?,
        })
    }

    /// The address of the job on its cluster's page.
    pub fn place(&self, instance: &str) -> Place {
        let query = Query::default()
            .with("tab", "jobs")
            .with("session", &self.session)
            .with("graph", &self.graph)
            .with("target", &self.target);
        Route::Cluster(instance.to_owned()).with(query)
    }
}

/// The jobs of a cluster.
#[component]
pub fn Jobs(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let here = Here::expect();
    let handle = Memo::new(move |_| here.query.with(Handle::read));
    let open_id = id.clone();
    let open = move || {
        let id = open_id.clone();
        handle.get().map(|handle| view! { <One id handle/> })
    };
    view! {
        <div class="jobs">
            {open}
            <Notebook id=id.clone() life/>
            <Kept id handle/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::Handle;

    #[test]
    fn a_job_has_an_address() {
        let handle = Handle {
            session: "s 1".into(),
            graph: "g".into(),
            target: "t".into(),
        };
        let place = handle.place("2026g1");
        assert_eq!(
            place.href(),
            "clusters/2026g1?tab=jobs&session=s%201&graph=g&target=t"
        );
        assert_eq!(Handle::read(&place.query), Some(handle));
        assert_eq!(Handle::read(&crate::route::Query::parse("session=s")), None);
    }
}
