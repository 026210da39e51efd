//! What the words of a text stand for, noted on the way.

use mars::v04::graph::{Kind, Label, Node, Rows};

use super::value::Value;
use crate::ast::{Expr, ExprKind};
use crate::operators::{Operator, Owner};
use crate::span::Span;

/// So many columns of a frame are told.
const SHOWN: usize = 40;

/// What a word stands for.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The word.
    pub at: Span,
    /// Its value in a few words; that of a function is what its call gives, or nothing.
    pub value: String,
    /// The columns of a frame with their types, and the index, a line each.
    pub parts: Vec<String>,
    /// The operator that it names.
    pub operator: Option<(&'static Operator, Owner)>,
}

/// Kind, type and shape of a node.
pub(crate) fn said(node: &Node) -> String {
    let dtype = node.dtype().map(|dtype| format!(" {}", dtype.name()));
    let dtype = dtype.unwrap_or_default();
    format!("{}{dtype} {}", node.kind().as_str(), node.shape_text())
}

/// The word of an expression that stands for its value: a name, or that of the function called.
fn word(expr: &Expr) -> Option<Span> {
    match &expr.kind {
        ExprKind::Name(_) => Some(expr.span),
        ExprKind::Attribute(_, _, at) => Some(*at),
        ExprKind::Call(of, _) => word(of),
        _ => None,
    }
}

/// Notes what an expression stands for; a call adds to what was noted of its function.
pub(super) fn note(notes: &mut Vec<Fact>, expr: &Expr, value: &Value) {
    let Some(at) = word(expr) else { return };
    let (text, parts) = match value {
        Value::Node(node) => (said(node), parts(node)),
        Value::Function(..) | Value::Method(..) => (String::new(), Vec::new()),
        other => (other.describe(), Vec::new()),
    };
    let operator = match value {
        Value::Function(operator, owner) | Value::Method(_, operator, owner) => {
            Some((*operator, *owner))
        }
        _ => None,
    };
    let known = notes.iter_mut().rev().find(|fact| fact.at == at);
    match known {
        Some(fact) => {
            fact.value = text;
            fact.parts = parts;
            fact.operator = operator.or(fact.operator);
        }
        None => notes.push(Fact {
            at,
            value: text,
            parts,
            operator,
        }),
    }
}

fn parts(node: &Node) -> Vec<String> {
    let columns = node.columns();
    let mut lines: Vec<String> = columns
        .iter()
        .take(SHOWN)
        .map(|column| format!("{}: {}", column.label, column.dtype.name()))
        .collect();
    if columns.len() > SHOWN {
        lines.push(format!("… {}", columns.len() - SHOWN));
    }
    if node.kind() != Kind::Tensor {
        lines.push(format!("index: {}", index(node)));
    }
    lines
}

fn index(node: &Node) -> String {
    match node.rows() {
        Rows::Range { start, stop, step } => format!("RangeIndex({start}, {stop}, {step})"),
        Rows::Labels(labels) => {
            let labels = labels.iter().take(SHOWN).map(ToString::to_string);
            labels.collect::<Vec<_>>().join(", ")
        }
        Rows::Unknown { dtype, name, .. } => match name {
            Label::Null => dtype.name(),
            name => format!("{name}: {}", dtype.name()),
        },
        Rows::Multi { names, .. } => {
            let names = names.iter().map(ToString::to_string);
            format!("({})", names.collect::<Vec<_>>().join(", "))
        }
    }
}
