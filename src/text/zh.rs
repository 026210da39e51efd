//! The Chinese catalogue.

use super::Text;

mod problems;
mod shell;
mod tables;

/// The Chinese catalogue.
pub static ZH: Text = Text {
    shell: shell::SHELL,
    problems: problems::PROBLEMS,
    tables: tables::TABLES,
};
