//! `GROUP BY … WITH ROLLUP`, `WITH CUBE`, `GROUPING SETS` after the keys, and `GROUPING__ID`.

use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::{
    Expr, GroupByExpr, GroupByWithModifier, Ident, Select, SelectItem, Spanned, VisitMut,
    VisitorMut,
};

use crate::dialect::call;
use crate::error::SqlError;
use crate::script::position;

/// The column that says by which keys a row was grouped.
const ID: &str = "grouping__id";

pub(super) fn rewrite(select: &mut Select) -> Result<(), SqlError> {
    let place = position(select.group_by.span().start);
    let GroupByExpr::Expressions(keys, modifiers) = &mut select.group_by else {
        return Ok(());
    };
    let written = flat(keys);
    for modifier in std::mem::take(modifiers) {
        let all = std::mem::take(keys);
        let each = all.into_iter().map(|key| vec![key]).collect();
        keys.push(match modifier {
            GroupByWithModifier::Rollup => Expr::Rollup(each),
            GroupByWithModifier::Cube => Expr::Cube(each),
            GroupByWithModifier::GroupingSets(sets) => sets,
            GroupByWithModifier::Totals => {
                return Err(SqlError::parse("invalid token 'totals'").at(place));
            }
        });
    }
    if written.is_empty() {
        return Ok(());
    }
    for item in &mut select.projection {
        if let SelectItem::UnnamedExpr(expr @ Expr::Identifier(_)) = item
            && is_id(expr)
        {
            *item = SelectItem::ExprWithAlias {
                expr: expr.clone(),
                alias: Ident::new(ID),
            };
        }
    }
    let mut ids = Ids(written);
    let _ = select.projection.visit(&mut ids);
    let _ = select.having.visit(&mut ids);
    Ok(())
}

fn is_id(expr: &Expr) -> bool {
    matches!(expr, Expr::Identifier(name) if name.value == ID && name.quote_style.is_none())
}

/// The keys by themselves, each once, in the order in which they are written.
fn flat(keys: &[Expr]) -> Vec<Expr> {
    let mut all: Vec<Expr> = Vec::new();
    let mut add = |key: &Expr| {
        if !all.contains(key) {
            all.push(key.clone());
        }
    };
    for key in keys {
        match key {
            Expr::Rollup(sets) | Expr::Cube(sets) | Expr::GroupingSets(sets) => {
                sets.iter().flatten().for_each(&mut add);
            }
            other => add(other),
        }
    }
    all
}

/// Puts a call in the place of the column.
struct Ids(Vec<Expr>);

impl VisitorMut for Ids {
    type Break = ();

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if is_id(expr) {
            *expr = call("grouping_id", self.0.clone(), expr.span());
        }
        ControlFlow::Continue(())
    }
}
