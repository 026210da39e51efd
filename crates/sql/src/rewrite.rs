//! From the tree as it was written to a tree that DataFusion plans with MaxCompute's meaning: tables
//! get their full names, views of rows (`LATERAL VIEW`) become relations, and syntax becomes calls of
//! the functions of this crate.

mod aggregate;
mod expression;
mod grouping;
mod lambda;
mod select;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::{
    Expr, Ident, LimitClause, ObjectName, ObjectNamePart, Offset, OffsetRows, Query, Select,
    SetExpr, SetOperator, SetQuantifier, Spanned, TableAlias, TableFactor, Value, VisitMut,
    VisitorMut,
};
use datafusion::sql::sqlparser::tokenizer::Token;

use crate::catalog::{Catalog, TableDef, TableName};
use crate::dialect::is_reserved;
use crate::error::{Position, SqlError};
use crate::script::position;
use crate::statement::Written;

pub(crate) use aggregate::NUMBER;
pub(crate) use expression::{FIELD, INDEX};
pub(crate) use select::{Rows, TABLE_FUNCTIONS, read_lateral};

/// A table or view that a query names.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) def: TableDef,
    pub(crate) place: Option<Position>,
}

/// The tables that a query names, by their full names.
pub(crate) type Tables = BTreeMap<TableName, Found>;

/// What names mean in this statement.
pub(crate) struct Names<'a> {
    pub(crate) catalog: &'a dyn Catalog,
    /// Whether `a.b` means schema and table rather than project and table.
    pub(crate) schemas: bool,
    pub(crate) default_schema: Option<&'a str>,
    /// Whether there is a function of this name.
    pub(crate) function: &'a dyn Fn(&str) -> bool,
}

impl Names<'_> {
    /// The table that is meant by up to three parts.
    pub(crate) fn full(&self, parts: &[String]) -> TableName {
        let default = self.default_schema.map(str::to_owned);
        let name = match parts {
            [project, schema, table] => TableName {
                project: project.clone(),
                schema: Some(schema.clone()),
                table: table.clone(),
            },
            [schema, table] if self.schemas => TableName {
                project: self.catalog.project().to_owned(),
                schema: Some(schema.clone()),
                table: table.clone(),
            },
            [project, table] => TableName::new(project, table),
            _ => TableName {
                project: self.catalog.project().to_owned(),
                schema: default,
                table: parts.last().cloned().unwrap_or_default(),
            },
        };
        TableName {
            schema: name.schema.filter(|schema| schema != "default"),
            ..name
        }
    }

    /// The definition of a table that must be there.
    pub(crate) fn find(&self, written: &Written) -> Result<(TableName, TableDef), SqlError> {
        let name = self.full(&written.parts);
        match self.catalog.table(&name) {
            Ok(Some(def)) => Ok((name, def)),
            Ok(None) => Err(SqlError::no_table(&name).at(written.place)),
            Err(error) => Err(SqlError::from(error).at(written.place)),
        }
    }
}

/// Rewrites a query and says which tables it reads.
pub(crate) fn query(query: &mut Query, names: &Names<'_>) -> Result<Tables, SqlError> {
    let mut rewriter = Rewriter {
        names,
        tables: Tables::new(),
        ctes: Vec::new(),
    };
    match query.visit(&mut rewriter) {
        ControlFlow::Continue(()) => Ok(rewriter.tables),
        ControlFlow::Break(error) => Err(error),
    }
}

struct Rewriter<'a, 'b> {
    names: &'a Names<'b>,
    tables: Tables,
    /// The names of the common table expressions around the place.
    ctes: Vec<Vec<String>>,
}

impl Rewriter<'_, '_> {
    fn table(
        &mut self,
        name: &mut ObjectName,
        alias: &mut Option<TableAlias>,
    ) -> Result<(), SqlError> {
        let place = position(name.span().start);
        no_reserved(
            name.0.iter().filter_map(ObjectNamePart::as_ident),
            "a table",
        )?;
        let parts = parts(name);
        if let [one] = parts.as_slice()
            && self.ctes.iter().flatten().any(|cte| cte == one)
        {
            return Ok(());
        }
        let written = Written { parts, place };
        let (full, def) = self.names.find(&written)?;
        let span = name.span();
        let part = |text: &str| ObjectNamePart::Identifier(Ident::with_span(span, text));
        name.0 = vec![
            part(&full.project),
            part(full.schema.as_deref().unwrap_or("default")),
            part(&full.table),
        ];
        alias.get_or_insert_with(|| TableAlias {
            explicit: false,
            name: Ident::with_span(span, &full.table),
            columns: Vec::new(),
            at: None,
        });
        self.tables.entry(full).or_insert(Found { def, place });
        Ok(())
    }
}

impl Rewriter<'_, '_> {
    /// The largest first key of the partitions that have rows.
    fn max_pt(&self, name: &str, place: Option<Position>) -> Result<Expr, SqlError> {
        let parts = name.split('.').map(str::to_lowercase).collect();
        let (full, def) = self.names.find(&Written { parts, place })?;
        if def.partitions.is_empty() {
            let message = format!("table {full} is not partitioned");
            return Err(SqlError::semantic(message).at(place));
        }
        let sets = self.names.catalog.data(&full, None)?;
        let filled = sets.into_iter().filter(|set| set.rows > 0);
        let first = filled.filter_map(|set| set.spec.0.into_iter().next());
        Ok(match first.map(|(_, value)| value).max() {
            Some(value) => crate::dialect::text(value),
            None => Expr::Value(Value::Null.into()),
        })
    }
}

/// The identifiers of a name.
pub(crate) fn parts(name: &ObjectName) -> Vec<String> {
    let part = |part: &ObjectNamePart| part.as_ident().map(|ident| ident.value.clone());
    name.0.iter().filter_map(part).collect()
}

/// The parser takes reserved words behind a point, and for tables.
fn no_reserved<'a>(
    mut names: impl Iterator<Item = &'a Ident>,
    expected: &str,
) -> Result<(), SqlError> {
    let reserved = names.find(|name| {
        let token = Token::make_word(&name.value, name.quote_style);
        matches!(token, Token::Word(word) if is_reserved(word.keyword))
    });
    match reserved {
        None => Ok(()),
        Some(name) => {
            let message = format!("invalid token '{}', expect {expected}", name.value);
            Err(SqlError::parse(message).at(position(name.span.start)))
        }
    }
}

/// `MINUS` is another word for `EXCEPT`. How often a row comes is counted by the engine for unions only.
fn set_operations(body: &mut SetExpr) -> Result<(), SqlError> {
    let SetExpr::SetOperation {
        op,
        set_quantifier,
        left,
        right,
    } = body
    else {
        return Ok(());
    };
    if *op == SetOperator::Minus {
        *op = SetOperator::Except;
    }
    if *op != SetOperator::Union && *set_quantifier == SetQuantifier::All {
        let message = format!("{op} ALL is not supported here");
        return Err(SqlError::semantic(message).at(position(right.span().start)));
    }
    set_operations(left)?;
    set_operations(right)
}

fn flow(result: Result<(), SqlError>) -> ControlFlow<SqlError> {
    match result {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => ControlFlow::Break(error),
    }
}

impl VisitorMut for Rewriter<'_, '_> {
    type Break = SqlError;

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<SqlError> {
        let ctes = query.with.iter().flat_map(|with| &with.cte_tables);
        self.ctes
            .push(ctes.map(|cte| cte.alias.name.value.clone()).collect());
        // `LIMIT 5, 10` is `LIMIT 10 OFFSET 5`.
        if let Some(LimitClause::OffsetCommaLimit { offset, limit }) = &query.limit_clause {
            query.limit_clause = Some(LimitClause::LimitOffset {
                limit: Some(limit.clone()),
                offset: Some(Offset {
                    value: offset.clone(),
                    rows: OffsetRows::None,
                }),
                limit_by: Vec::new(),
            });
        }
        flow(set_operations(&mut query.body))
    }

    fn post_visit_query(&mut self, _: &mut Query) -> ControlFlow<SqlError> {
        self.ctes.pop();
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<SqlError> {
        flow(select::rewrite(select))
    }

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<SqlError> {
        match factor {
            TableFactor::Table {
                name,
                sample: Some(_),
                ..
            } => {
                let message = "TABLESAMPLE is not supported here";
                let place = position(name.span().start);
                ControlFlow::Break(SqlError::semantic(message).at(place))
            }
            TableFactor::Table {
                name,
                alias,
                args: None,
                ..
            } => flow(self.table(name, alias)),
            _ => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<SqlError> {
        match expr {
            Expr::CompoundIdentifier(names) => flow(no_reserved(names.iter(), "a column")),
            _ => ControlFlow::Continue(()),
        }
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<SqlError> {
        if let Some((name, place)) = expression::max_pt(expr) {
            return match self.max_pt(&name, place) {
                Ok(value) => {
                    *expr = value;
                    ControlFlow::Continue(())
                }
                Err(error) => ControlFlow::Break(error),
            };
        }
        flow(expression::rewrite(expr, self.names.function))
    }
}
