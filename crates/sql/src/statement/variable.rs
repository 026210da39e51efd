//! Variables of a script: `@x := SELECT …`, `@y BIGINT := 1`. Where a variable is named, what it stands
//! for is put: MaxCompute too compiles a script as one statement.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::{
    Expr, Ident, Query, Spanned, TableAlias, TableFactor, Value, VisitMut, VisitorMut,
};
use datafusion::sql::sqlparser::tokenizer::Span;

use super::reader::Reader;
use super::{Insert, Statement};
use crate::dialect::{CAST, call, text};
use crate::error::SqlError;
use crate::rewrite::parts;
use crate::script::position;

/// What a variable stands for.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    Rows(Box<Query>),
    Value(Box<Expr>),
}

/// The variables of a script so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variables(BTreeMap<String, Meaning>);

impl Variables {
    /// Gives a variable its meaning; the variables in it mean what they mean now.
    pub(crate) fn assign(
        &mut self,
        name: String,
        mut meaning: Meaning,
    ) -> Result<Meaning, SqlError> {
        match &mut meaning {
            Meaning::Rows(query) => self.bind(query)?,
            Meaning::Value(expr) => self.bind(expr)?,
        }
        self.0.insert(name, meaning.clone());
        Ok(meaning)
    }

    /// Puts the meanings into a statement.
    pub(crate) fn bind_statement(&self, statement: &mut Statement) -> Result<(), SqlError> {
        let insert = |insert: &mut Insert| {
            for (_, value) in &mut insert.partition {
                self.bind(value)?;
            }
            self.bind(&mut insert.query)
        };
        match statement {
            Statement::Query(query) | Statement::Explain(query) => self.bind(query),
            Statement::Insert(one) => insert(one),
            Statement::MultiInsert(all) => all.iter_mut().try_for_each(insert),
            Statement::CreateTable(create) => self.bind(&mut create.query),
            _ => Ok(()),
        }
    }

    fn bind(&self, tree: &mut impl VisitMut) -> Result<(), SqlError> {
        match tree.visit(&mut Binder(self)) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(error) => Err(error),
        }
    }

    fn find(&self, name: &str, span: Span) -> Result<&Meaning, SqlError> {
        self.0.get(name).ok_or_else(|| {
            SqlError::semantic(format_args!("variable {name} cannot be resolved"))
                .at(position(span.start))
        })
    }
}

/// The name of a variable, if it is one.
fn variable(name: &Ident) -> Option<&str> {
    (name.quote_style.is_none() && name.value.starts_with('@')).then_some(&name.value)
}

struct Binder<'a>(&'a Variables);

impl VisitorMut for Binder<'_> {
    type Break = SqlError;

    fn post_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<SqlError> {
        let TableFactor::Table { name, alias, .. } = factor else {
            return ControlFlow::Continue(());
        };
        let names = parts(name);
        let [one] = names.as_slice() else {
            return ControlFlow::Continue(());
        };
        if !one.starts_with('@') {
            return ControlFlow::Continue(());
        }
        let span = name.span();
        match self.0.find(one, span) {
            Err(error) => ControlFlow::Break(error),
            Ok(Meaning::Value(_)) => {
                let message = format!("variable {one} is no table");
                ControlFlow::Break(SqlError::semantic(message).at(position(span.start)))
            }
            Ok(Meaning::Rows(query)) => {
                let alias = alias.take().unwrap_or_else(|| TableAlias {
                    explicit: false,
                    name: Ident::with_span(span, one),
                    columns: Vec::new(),
                    at: None,
                });
                *factor = TableFactor::Derived {
                    lateral: false,
                    subquery: query.clone(),
                    alias: Some(alias),
                    sample: None,
                };
                ControlFlow::Continue(())
            }
        }
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<SqlError> {
        let Expr::Identifier(name) = expr else {
            return ControlFlow::Continue(());
        };
        let Some(found) = variable(name) else {
            return ControlFlow::Continue(());
        };
        match self.0.find(found, name.span) {
            Err(error) => ControlFlow::Break(error),
            Ok(Meaning::Value(value)) => {
                *expr = Expr::Nested(value.clone());
                ControlFlow::Continue(())
            }
            Ok(Meaning::Rows(query)) => {
                *expr = Expr::Subquery(query.clone());
                ControlFlow::Continue(())
            }
        }
    }
}

impl Reader<'_> {
    /// `@x [type] := query or expression`
    pub(super) fn assign(&mut self) -> Result<Statement, SqlError> {
        let name = self.peek_word().unwrap_or_default();
        self.advance();
        let mut kind = None;
        if self.word("table") {
            self.symbol("(")?;
            self.columns()?;
        } else if !self.peek_symbol(":=") {
            kind = Some(self.kind()?);
        }
        let typed = |value: Expr| match &kind {
            Some(kind) => {
                let span = value.span();
                call(CAST, vec![value, text(kind.to_string())], span)
            }
            None => value,
        };
        if kind.is_some() && !self.peek_symbol(":=") {
            let null = typed(Expr::Value(Value::Null.into()));
            let meaning = Meaning::Value(Box::new(null));
            return Ok(Statement::Assign { name, meaning });
        }
        self.symbol(":=")?;
        self.words(&["cache", "on"]);
        let begins = matches!(
            self.peek_word().as_deref(),
            Some("select" | "with" | "values" | "from")
        );
        let meaning = if begins || (self.peek_symbol("(") && self.opens_query()) {
            Meaning::Rows(self.query()?)
        } else {
            Meaning::Value(Box::new(typed(self.expr()?)))
        };
        Ok(Statement::Assign { name, meaning })
    }
}
