//! What an editor shows while one types: what is wrong and where, what each name stands for, what
//! every statement gives, and what may follow.
//!
//! Nothing here fails: a text that is half written gives what can be known of its other half. The
//! same table of operators as for the lowering is read, so that nothing is offered that does not run.

mod complete;
mod context;
mod look;

use crate::lower::notes::Fact;
use crate::span::Span;

pub use complete::{Completion, Item, ItemKind, complete};
pub use look::look;

/// What is known of a text.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// What is wrong, in the order of the text; each statement says one thing at most.
    pub errors: Vec<crate::Error>,
    /// What the statements give, in the order of the text.
    pub hints: Vec<Hint>,
    /// The statements that give a value which needs no cluster, or nothing.
    pub plain: Vec<Span>,
    /// What names and calls stand for, in the order of the text.
    pub facts: Vec<Fact>,
}

impl Looked {
    /// What is known of the word at a byte of the text.
    pub fn at(&self, byte: usize) -> Option<&Fact> {
        let inside = |fact: &&Fact| fact.at.start <= byte && byte < fact.at.end;
        self.facts.iter().find(inside)
    }
}

/// What a statement gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The statement.
    pub at: Span,
    /// Kind, type and shape: `tensor float64 (100, 100)`.
    pub said: String,
}
