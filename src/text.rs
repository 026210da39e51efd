//! Every sentence of the console, typed: a missing one does not compile. One struct per area, with
//! its two values in `en/` and `zh/`. No sentence is glued from parts elsewhere.

use leptos::prelude::*;

use crate::state::prefs::Prefs;

pub mod archive;
pub mod clusters;
pub mod create;
pub mod en;
pub mod engine;
pub mod files;
pub mod fleet;
pub mod flight;
pub mod grid;
pub mod instances;
pub mod lease;
pub mod life;
pub mod logview;
pub mod notebook;
pub mod outlook;
pub mod overview;
pub mod problems;
pub mod shell;
pub mod sql;
pub mod tables;
pub mod uploads;
pub mod web;
pub mod zh;

/// The catalogue of one language.
#[expect(missing_docs, reason = "each area is described in its own file")]
pub struct Text {
    pub archive: archive::Archive,
    pub shell: shell::Shell,
    pub clusters: clusters::Clusters,
    pub create: create::Create,
    pub engine: engine::Engine,
    pub files: files::Files,
    pub fleet: fleet::Fleet,
    pub flight: flight::Flight,
    pub grid: grid::Grid,
    pub instances: instances::Instances,
    pub outlook: outlook::Outlook,
    pub overview: overview::Overview,
    pub connect: overview::Connect,
    pub settings: overview::Settings,
    pub lease: lease::Lease,
    pub life: life::Life,
    pub logview: logview::Logview,
    pub notebook: notebook::Notebook,
    pub problems: problems::Problems,
    pub sql: sql::Sql,
    pub tables: tables::Tables,
    pub uploads: uploads::Uploads,
    pub web: web::Web,
}

/// The catalogue of the reader's language; `get` subscribes.
#[derive(Clone, Copy)]
pub struct Sentences(Prefs);

/// The sentences, for components: `{move || t.get().shell.skip}`.
pub fn sentences() -> Sentences {
    Sentences(Prefs::expect())
}

impl Sentences {
    /// The catalogue; subscribes to the language.
    pub fn get(self) -> &'static Text {
        self.0.language.get().text()
    }

    /// The catalogue at this moment, for an action.
    pub fn now(self) -> &'static Text {
        self.0.language.get_untracked().text()
    }
}
