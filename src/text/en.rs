//! The English catalogue.

use super::Text;

mod problems;
mod shell;
mod tables;

/// The English catalogue.
pub static EN: Text = Text {
    shell: shell::SHELL,
    problems: problems::PROBLEMS,
    tables: tables::TABLES,
};
