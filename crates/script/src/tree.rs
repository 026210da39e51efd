//! A tree as text, one node a line: what the golden files hold.

use std::fmt::Write;

use crate::ast::{Ast, Expr, ExprKind, StatementKind};

impl Ast {
    /// Writes the tree, two blanks for each level.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for statement in &self.statements {
            match &statement.kind {
                StatementKind::Import { module, name } => {
                    line(&mut out, 0, &format!("import {module} as {name}"));
                }
                StatementKind::Assign { name, value } => {
                    line(&mut out, 0, &format!("{name} ="));
                    expr(&mut out, 1, value);
                }
                StatementKind::AssignSeveral { names, value } => {
                    line(&mut out, 0, &format!("{} =", names.join(", ")));
                    expr(&mut out, 1, value);
                }
                StatementKind::AssignItem { name, parts, value } => {
                    line(&mut out, 0, &format!("{name}[] ="));
                    parts.iter().for_each(|part| expr(&mut out, 1, part));
                    expr(&mut out, 1, value);
                }
                StatementKind::Expression(value) => expr(&mut out, 0, value),
            }
        }
        out
    }
}

fn line(out: &mut String, level: usize, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{:1$}{text}", "", level * 2);
}

fn expr(out: &mut String, level: usize, value: &Expr) {
    let below = level + 1;
    match &value.kind {
        ExprKind::Integer(value) => line(out, level, &value.to_string()),
        ExprKind::Float(value) => line(out, level, &format!("{value:?}")),
        ExprKind::Text(text) => line(out, level, &format!("{text:?}")),
        ExprKind::Bool(true) => line(out, level, "True"),
        ExprKind::Bool(false) => line(out, level, "False"),
        ExprKind::None => line(out, level, "None"),
        ExprKind::Ellipsis => line(out, level, "..."),
        ExprKind::Name(name) => line(out, level, name),
        ExprKind::List(items) => group(out, level, "list", items),
        ExprKind::Tuple(items) => group(out, level, "tuple", items),
        ExprKind::Dict(items) => {
            line(out, level, "dict");
            for (key, value) in items {
                expr(out, below, key);
                expr(out, below + 1, value);
            }
        }
        ExprKind::Unary(operator, of) => {
            line(out, level, &format!("unary {}", operator.as_str()));
            expr(out, below, of);
        }
        ExprKind::Binary(operator, left, right) => {
            line(out, level, operator.as_str());
            expr(out, below, left);
            expr(out, below, right);
        }
        ExprKind::Attribute(of, name, _) => {
            line(out, level, &format!(".{name}"));
            expr(out, below, of);
        }
        ExprKind::Call(of, arguments) => {
            line(out, level, "call");
            expr(out, below, of);
            for argument in arguments {
                match &argument.name {
                    Some((name, _)) => {
                        line(out, below, &format!("{name} ="));
                        expr(out, below + 1, &argument.value);
                    }
                    None => expr(out, below, &argument.value),
                }
            }
        }
        ExprKind::Index(of, parts) => {
            line(out, level, "index");
            expr(out, below, of);
            for part in parts {
                expr(out, below, part);
            }
        }
        ExprKind::Slice(start, stop, step) => {
            line(out, level, "slice");
            for part in [start, stop, step] {
                match part {
                    Some(part) => expr(out, below, part),
                    None => line(out, below, "-"),
                }
            }
        }
    }
}

fn group(out: &mut String, level: usize, word: &str, items: &[Expr]) {
    line(out, level, word);
    for item in items {
        expr(out, level + 1, item);
    }
}
