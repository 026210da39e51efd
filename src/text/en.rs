//! The English catalogue.

use super::Text;

mod archive;
mod clusters;
pub(super) mod files;
mod grid;
mod instances;
mod life;
mod notebook;
mod overview;
mod problems;
mod shell;
mod sql;
mod tables;
mod uploads;

/// The English catalogue.
pub static EN: Text = Text {
    archive: archive::ARCHIVE,
    clusters: clusters::CLUSTERS,
    files: files::FILES,
    grid: grid::GRID,
    instances: instances::INSTANCES,
    overview: overview::OVERVIEW,
    connect: overview::CONNECT,
    settings: overview::SETTINGS,
    life: life::LIFE,
    notebook: notebook::NOTEBOOK,
    shell: shell::SHELL,
    problems: problems::PROBLEMS,
    sql: sql::SQL,
    tables: tables::TABLES,
    uploads: uploads::UPLOADS,
};
