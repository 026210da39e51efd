//! `INSERT INTO` and `INSERT OVERWRITE`, with static and dynamic partitions; `FROM … INSERT … INSERT …`.

use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, LateralView, Query, Select, SetExpr, Spanned, TableWithJoins, With,
};

use super::reader::Reader;
use super::{Insert, Statement};
use crate::error::SqlError;
use crate::script::position;

/// What the branches of a `FROM` share.
struct Source {
    from: Vec<TableWithJoins>,
    views: Vec<LateralView>,
    filter: Option<Expr>,
}

impl Reader<'_> {
    /// A query or an insert, which may both begin with `WITH` and `FROM`.
    pub(super) fn data(&mut self) -> Result<Statement, SqlError> {
        let with = match self.peek_word().as_deref() {
            Some("with") => Some(self.with()?),
            _ => None,
        };
        let mut statement = match self.peek_word().as_deref() {
            Some("insert") => Statement::Insert(self.insert()?),
            Some("from") => self.source_first()?,
            _ => Statement::Query(self.query()?),
        };
        if let Some(with) = with {
            match &mut statement {
                Statement::Insert(insert) => give(&mut insert.query, with),
                Statement::MultiInsert(all) => {
                    for insert in all {
                        give(&mut insert.query, with.clone());
                    }
                }
                Statement::Query(query) => give(query, with),
                _ => {}
            }
        }
        Ok(statement)
    }

    /// An insert with its query, which has no rows of its own yet in a branch of `FROM`.
    fn insert(&mut self) -> Result<Insert, SqlError> {
        self.expect("insert")?;
        let overwrite = self.word("overwrite");
        if !overwrite {
            self.expect("into")?;
        }
        self.word("table");
        let name = self.table()?;
        let mut partition = Vec::new();
        if self.word("partition") {
            self.symbol("(")?;
            partition = self.list(|reader| {
                let key = reader.name()?;
                let value = if reader.has_symbol("=") {
                    Some(reader.expr()?)
                } else {
                    None
                };
                Ok((key, value))
            })?;
            self.symbol(")")?;
        }
        let mut columns = Vec::new();
        if self.peek_symbol("(") && !self.opens_query() {
            self.symbol("(")?;
            columns = self.list(Self::name)?;
            self.symbol(")")?;
        }
        Ok(Insert {
            name,
            overwrite,
            partition,
            columns,
            query: self.query()?,
        })
    }

    /// `FROM tables SELECT …` or `FROM tables INSERT … SELECT … INSERT … SELECT …`.
    fn source_first(&mut self) -> Result<Statement, SqlError> {
        self.expect("from")?;
        let from = self.tables()?;
        let mut views = Vec::new();
        while self.words(&["lateral", "view"]) {
            views.push(self.lateral_view()?);
        }
        let filter = match self.word("where") {
            true => Some(self.expr()?),
            false => None,
        };
        let source = Source {
            from,
            views,
            filter,
        };
        if self.peek_word().as_deref() == Some("select") {
            let mut query = self.query()?;
            source.give(&mut query.body)?;
            return Ok(Statement::Query(query));
        }
        let mut inserts = Vec::new();
        loop {
            if self.peek_word().as_deref() != Some("insert") {
                return Err(self.unexpected("SELECT or INSERT"));
            }
            let mut insert = self.insert()?;
            source.give(&mut insert.query.body)?;
            inserts.push(insert);
            if self.at_end() {
                return Ok(Statement::MultiInsert(inserts));
            }
        }
    }
}

impl Source {
    /// Gives its rows to the selects of a branch, none of which has a `FROM` of its own.
    fn give(&self, body: &mut SetExpr) -> Result<(), SqlError> {
        match body {
            SetExpr::Select(select) => self.give_select(select),
            SetExpr::SetOperation { left, right, .. } => {
                self.give(left)?;
                self.give(right)
            }
            SetExpr::Query(query) => self.give(&mut query.body),
            other => {
                let place = position(other.span().start);
                Err(SqlError::parse("expect SELECT behind FROM").at(place))
            }
        }
    }

    fn give_select(&self, select: &mut Select) -> Result<(), SqlError> {
        if let Some(own) = select.from.first() {
            let place = position(own.span().start);
            return Err(SqlError::parse("unexpected FROM in a branch of FROM").at(place));
        }
        select.from.clone_from(&self.from);
        select.lateral_views.splice(0..0, self.views.clone());
        if let Some(filter) = &self.filter {
            let before = Expr::Nested(Box::new(filter.clone()));
            select.selection = Some(match select.selection.take() {
                Some(own) => Expr::BinaryOp {
                    left: Box::new(before),
                    op: BinaryOperator::And,
                    right: Box::new(Expr::Nested(Box::new(own))),
                },
                None => before,
            });
        }
        Ok(())
    }
}

/// Puts common tables before those that the query has already.
fn give(query: &mut Query, mut with: With) {
    if let Some(own) = query.with.take() {
        with.cte_tables.extend(own.cte_tables);
    }
    query.with = Some(with);
}
