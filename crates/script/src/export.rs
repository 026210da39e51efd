//! What has to be known of a script to run it outside the page, with PyODPS and Mars themselves.

use crate::ast::{Argument, Ast, Expr, ExprKind, Statement, StatementKind};
use crate::span::Span;

/// Whether a statement is a call that runs what it names by itself: `x.execute()`, `x.fetch()`,
/// `session.run(…)`, `print(…)`, `o.persist_mars_dataframe(…)`.
pub fn is_run(statement: &Statement) -> bool {
    let StatementKind::Expression(value) = &statement.kind else {
        return false;
    };
    let ExprKind::Call(of, _) = &value.kind else {
        return false;
    };
    match &of.kind {
        ExprKind::Name(name) => name == "print",
        ExprKind::Attribute(_, name, _) => matches!(
            name.as_str(),
            "execute" | "fetch" | "run" | "persist_mars_dataframe" | "seed"
        ),
        _ => false,
    }
}

/// Whether an expression begins with a table as PyODPS has it, `o.get_table(…)`: Python reads that
/// itself, without a session.
pub fn is_table(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Call(of, _) => match &of.kind {
            ExprKind::Attribute(_, name, _) if name == "get_table" => true,
            _ => is_table(of),
        },
        ExprKind::Attribute(of, ..) | ExprKind::Index(of, _) => is_table(of),
        _ => false,
    }
}

/// Where a script gives `wait=` to `run` or `execute`, as the guide does: the web session of Mars
/// 0.4.0rc1 takes `fetch=` for it and refuses `wait`.
pub fn waits(ast: &Ast) -> Vec<Span> {
    let mut found = Vec::new();
    for statement in &ast.statements {
        match &statement.kind {
            StatementKind::Import { .. } => {}
            StatementKind::Assign { value, .. }
            | StatementKind::AssignSeveral { value, .. }
            | StatementKind::AssignItem { value, .. }
            | StatementKind::Expression(value) => waits_in(value, &mut found),
        }
    }
    found
}

fn waits_in(value: &Expr, found: &mut Vec<Span>) {
    match &value.kind {
        ExprKind::Call(of, arguments) => {
            waits_in(of, found);
            let runs = matches!(&of.kind, ExprKind::Attribute(_, name, _) if name == "run" || name == "execute");
            for Argument { name, value } in arguments {
                match name {
                    Some((name, at)) if runs && name == "wait" => found.push(*at),
                    _ => waits_in(value, found),
                }
            }
        }
        ExprKind::Attribute(of, ..) | ExprKind::Unary(_, of) | ExprKind::Index(of, _) => {
            waits_in(of, found);
        }
        ExprKind::Binary(_, left, right) => {
            waits_in(left, found);
            waits_in(right, found);
        }
        ExprKind::List(items) | ExprKind::Tuple(items) => {
            items.iter().for_each(|item| waits_in(item, found));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::waits;

    #[test]
    fn the_guides_wait_is_found_where_something_runs() {
        let text = "session.run(t, wait=False)\nx = t.sum().execute(wait=True) + f(wait=1)\n[t.execute(wait=False)]";
        let at: Vec<usize> = waits(&crate::parse(text).0)
            .iter()
            .map(|at| at.start)
            .collect();
        let found: Vec<usize> = text.match_indices("wait").map(|(at, _)| at).collect();
        assert_eq!(at, [found[0], found[1], found[3]]);
    }
}
