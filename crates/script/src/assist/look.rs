//! A text that is being written, as far as it can be understood.

use super::{Hint, Looked};
use crate::ast::{Ast, Statement, StatementKind};
use crate::error::Error;
use crate::lower::notes::said;
use crate::lower::value::Value;
use crate::lower::{Cell, Lowering};
use crate::parse;
use crate::project::Project;

/// Looks at a text, with the names of the cells that ran before it. A statement that is wrong does
/// not keep the others from being understood; what only follows from it is not said again.
pub fn look(before: &[Cell<'_>], text: &str, project: &Project) -> Looked {
    let (ast, errors) = parse(text);
    let mut looked = Looked {
        errors,
        ..Looked::default()
    };
    let unread = !looked.errors.is_empty();
    let mut lowering = behind(before, project);
    // What could not be read may have given any name.
    lowering.guess_names(unread);
    lowering.notes = Some(Vec::new());
    understand(&mut lowering, &ast, |statement, said| match said {
        Ok(Some(hint)) => looked.hints.push(Hint {
            at: statement.span,
            said: hint,
        }),
        Ok(None) => looked.plain.push(statement.span),
        Err(error) => looked.errors.push(error),
    });
    looked.facts = lowering.notes.take().unwrap_or_default();
    looked
        .facts
        .sort_by_key(|fact| (fact.at.start, fact.at.end));
    looked.errors.sort_by_key(|error| error.at.start);
    looked
}

/// What is known behind these cells. Nothing is sent, so the keys only have to differ.
pub(super) fn behind<'k>(before: &[Cell<'_>], project: &'k Project) -> Lowering<'k> {
    let mut count = 0_u64;
    let mut lowering = Lowering::new(project, move || {
        count += 1;
        format!("{count:032x}")
    });
    for earlier in before {
        understand(&mut lowering, earlier.ast, |_, _| ());
    }
    lowering
}

/// Carries out what can be, statement by statement.
pub(super) fn understand(
    lowering: &mut Lowering<'_>,
    ast: &Ast,
    mut tell: impl FnMut(&Statement, Result<Option<String>, Error>),
) {
    let last = ast.statements.len().wrapping_sub(1);
    for (at, statement) in ast.statements.iter().enumerate() {
        lowering.hidden = false;
        lowering.given = None;
        match lowering.statement(statement, at == last) {
            Ok(()) => {
                let given = lowering.given.take();
                let said = given.as_ref().and_then(Value::node).map(said);
                tell(statement, Ok(said));
            }
            Err(error) => {
                for name in names(statement) {
                    lowering.mistake(name);
                }
                if !lowering.hidden {
                    tell(statement, Err(error));
                }
            }
        }
    }
}

/// The names that a statement gives.
fn names(statement: &Statement) -> Vec<&str> {
    match &statement.kind {
        StatementKind::Import { name, .. } | StatementKind::Assign { name, .. } => vec![name],
        StatementKind::AssignSeveral { names, .. } => names.iter().map(String::as_str).collect(),
        StatementKind::AssignItem { .. } | StatementKind::Expression(_) => Vec::new(),
    }
}
