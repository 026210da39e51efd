//! The expression box: a subset of Python, read and turned into a Mars graph without Python.
//!
//! [`parse`] never fails: it returns what could be read and a list of what could not, each with
//! its place. Authority: the lexical and expression rules of the Python 3.7 reference, restricted
//! to imports, assignments to one name, and expressions.

mod absent;
mod assist;
mod ast;
mod error;
mod export;
mod lexer;
mod lower;
mod lowered;
mod operators;
mod parser;
mod project;
mod span;
mod suggest;
mod token;
mod tree;

use std::collections::HashSet;

pub use absent::Instead;
pub use assist::{Completion, Hint, Item, ItemKind, Looked, complete, look};
pub use ast::{Argument, Ast, Binary, Expr, ExprKind, Statement, StatementKind, Unary};
pub use error::{Error, ErrorKind, Expected, Feature, Wanted};
pub use export::{is_run, is_table, waits};
pub use lower::notes::Fact;
pub use lower::{Cell, lower};
pub use lowered::{Defined, Lowered, Output, Shown, Write, WriteColumn};
pub use operators::{Operator, Owner, Parameter};
pub use project::Project;
pub use span::Span;

/// How many errors are told: whoever pasted a novel need not see each of its words underlined.
const MOST_ERRORS: usize = 100;

/// Reads a script. The errors are in the order of the text, the first hundred of them; without any,
/// the tree is complete.
pub fn parse(text: &str) -> (Ast, Vec<Error>) {
    let (tokens, mut errors) = lexer::tokens(text);
    let (ast, mut more) = parser::parse(&tokens);
    // A word that could not be read makes the parser stumble too: say it once.
    let first_of_line: HashSet<u32> = errors.iter().map(|error| error.at.line).collect();
    more.retain(|error| !first_of_line.contains(&error.at.line) || errors.is_empty());
    if errors
        .iter()
        .any(|error| matches!(error.kind, ErrorKind::UnclosedBracket { .. }))
    {
        // Behind an open bracket everything counts as its inside, so what follows is an echo.
        more.retain(|error| errors.iter().all(|first| error.at.start < first.at.start));
    }
    errors.append(&mut more);
    errors.sort_by_key(|error| error.at.start);
    errors.truncate(MOST_ERRORS);
    (ast, errors)
}
