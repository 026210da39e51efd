//! Partitions by conditions: `PARTITION (pt < '20200101')`.

use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use datafusion::sql::sqlparser::ast::helpers::attached_token::AttachedToken;
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, Parens, Query, SetExpr, TableAliasColumnDef, TableFactor, Values,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use futures::StreamExt;
use odps::tables::PartitionSpec;
use tokio_util::sync::CancellationToken;

use super::Runner;
use crate::catalog::{TableDef, TableName};
use crate::dialect::{CAST, call, number, text};
use crate::error::SqlError;
use crate::progress::Progress;
use crate::script;
use crate::statement::{Statement, literal};

/// A query over the partitions, which takes the place of its one row.
const TEMPLATE: &str = "select `$at` from values (0) `$partitions`(`$at`)";

impl Runner {
    /// The partitions that meet the conditions of at least one clause. A clause that none meets is an
    /// error, unless that is allowed.
    pub(super) async fn chosen(
        &self,
        name: &TableName,
        def: &TableDef,
        clauses: Vec<Vec<Expr>>,
        none_allowed: bool,
        cancel: &CancellationToken,
    ) -> Result<Vec<PartitionSpec>, SqlError> {
        if def.partitions.is_empty() {
            let message = format!("table {name} is not partitioned");
            return Err(SqlError::semantic(message));
        }
        let sets = self.catalog.data(name, None)?;
        let all: Vec<PartitionSpec> = sets.into_iter().map(|set| set.spec).collect();
        let mut chosen = Vec::new();
        for clause in clauses {
            let found = match exact(&clause, def) {
                Some(spec) if all.contains(&spec) => vec![spec],
                Some(spec) if !none_allowed => {
                    return Err(crate::CatalogError::NoSuchPartition(spec).into());
                }
                Some(_) => Vec::new(),
                None => self.matching(&all, def, clause, cancel).await?,
            };
            if found.is_empty() && !none_allowed {
                return Err(SqlError::ddl("no partition meets the conditions"));
            }
            for spec in found {
                if !chosen.contains(&spec) {
                    chosen.push(spec);
                }
            }
        }
        Ok(chosen)
    }

    async fn matching(
        &self,
        all: &[PartitionSpec],
        def: &TableDef,
        clause: Vec<Expr>,
        cancel: &CancellationToken,
    ) -> Result<Vec<PartitionSpec>, SqlError> {
        let condition = clause
            .into_iter()
            .map(|one| Expr::Nested(Box::new(one)))
            .reduce(|left, right| Expr::BinaryOp {
                left: Box::new(left),
                op: BinaryOperator::And,
                right: Box::new(right),
            });
        let (Some(condition), false) = (condition, all.is_empty()) else {
            return Ok(Vec::new());
        };
        let query = over(all, def, condition)?;
        let plan = self.planner.plan(query)?;
        let mut rows = self.start(plan, &Progress::new(), cancel).await?;
        let mut found = Vec::new();
        while let Some(batch) = rows.batches.next().await {
            let batch = batch?;
            let places = batch.column(0).as_primitive_opt::<Int64Type>();
            let places = places.ok_or_else(|| SqlError::internal("no places"))?;
            for place in places.iter().flatten() {
                let spec = usize::try_from(place).ok().and_then(|at| all.get(at));
                found.extend(spec.cloned());
            }
        }
        Ok(found)
    }
}

/// The partition, if each key is said to equal a constant.
fn exact(clause: &[Expr], def: &TableDef) -> Option<PartitionSpec> {
    let mut parts = Vec::with_capacity(clause.len());
    for one in clause {
        match one {
            Expr::BinaryOp {
                left,
                op: BinaryOperator::Eq,
                right,
            } => match left.as_ref() {
                Expr::Identifier(name) => parts.push((name.value.clone(), literal(right)?)),
                _ => return None,
            },
            _ => return None,
        }
    }
    let keys = def.partitions.iter().map(|key| {
        let mut values = parts.iter().filter(|(name, _)| *name == key.name);
        match (values.next(), values.next()) {
            (Some(part), None) => Some(part.clone()),
            _ => None,
        }
    });
    let spec: Option<Vec<(String, String)>> = keys.collect();
    spec.filter(|spec| spec.len() == parts.len())
        .map(PartitionSpec)
}

/// `SELECT place FROM VALUES (place, key, …), … WHERE condition`
fn over(all: &[PartitionSpec], def: &TableDef, condition: Expr) -> Result<Query, SqlError> {
    let broken = || SqlError::internal("the query over partitions is broken");
    let pieces = script::pieces(TEMPLATE)?;
    let piece = pieces.first().ok_or_else(broken)?;
    let Statement::Query(mut query) = Statement::read(piece, TEMPLATE)? else {
        return Err(broken());
    };
    let SetExpr::Select(select) = query.body.as_mut() else {
        return Err(broken());
    };
    select.selection = Some(condition);
    let table = select.from.first_mut().ok_or_else(broken)?;
    let TableFactor::Derived {
        subquery,
        alias: Some(alias),
        ..
    } = &mut table.relation
    else {
        return Err(broken());
    };
    let rows = all.iter().enumerate().map(|(at, spec)| {
        let mut row = vec![number(at)];
        for key in &def.partitions {
            let value = spec.0.iter().find(|(name, _)| *name == key.name);
            let value = value.map_or_else(String::new, |(_, value)| value.clone());
            let kind = text(key.kind.to_string());
            row.push(call(CAST, vec![text(value), kind], Span::empty()));
        }
        Parens {
            opening_token: AttachedToken::empty(),
            content: row,
            closing_token: AttachedToken::empty(),
        }
    });
    *subquery.body = SetExpr::Values(Values {
        explicit_row: false,
        value_keyword: false,
        rows: rows.collect(),
    });
    let keys = def.partitions.iter().map(|key| key.name.clone());
    alias
        .columns
        .extend(keys.map(TableAliasColumnDef::from_name));
    Ok(*query)
}
