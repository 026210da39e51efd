//! The English catalogue.

use super::Text;

mod archive;
mod clusters;
mod create;
mod engine;
pub(super) mod files;
mod fleet;
mod flight;
mod grid;
mod instances;
mod lease;
mod life;
mod logview;
mod notebook;
mod outlook;
mod overview;
mod problems;
mod shell;
mod sql;
mod tables;
mod uploads;
mod web;

/// The English catalogue.
pub static EN: Text = Text {
    archive: archive::ARCHIVE,
    clusters: clusters::CLUSTERS,
    create: create::CREATE,
    engine: engine::ENGINE,
    files: files::FILES,
    fleet: fleet::FLEET,
    flight: flight::FLIGHT,
    grid: grid::GRID,
    instances: instances::INSTANCES,
    outlook: outlook::OUTLOOK,
    overview: overview::OVERVIEW,
    connect: overview::CONNECT,
    settings: overview::SETTINGS,
    lease: lease::LEASE,
    life: life::LIFE,
    logview: logview::LOGVIEW,
    notebook: notebook::NOTEBOOK,
    shell: shell::SHELL,
    problems: problems::PROBLEMS,
    sql: sql::SQL,
    tables: tables::TABLES,
    uploads: uploads::UPLOADS,
    web: web::WEB,
};
