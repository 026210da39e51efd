//! A select list, its lateral views, and the clauses that only say where rows are computed.

use std::collections::HashSet;
use std::ops::ControlFlow;

use datafusion::sql::sqlparser::ast::{
    Expr, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, LateralView, ObjectName, Query,
    Select, SelectFlavor, SelectItem, SetExpr, Spanned, TableAlias, TableAliasColumnDef,
    TableFactor, TableWithJoins, Visit, Visitor, WildcardAdditionalOptions,
};

use super::expression::plain_args;
use super::{grouping, parts};
use crate::dialect::call;
use crate::error::{Position, SqlError};
use crate::script::position;

/// The alias that marks a derived table as a lateral view.
pub(crate) const LATERAL: &str = "$lateral";

/// The functions that make rows.
pub(crate) const TABLE_FUNCTIONS: [&str; 5] =
    ["explode", "inline", "json_tuple", "posexplode", "stack"];

/// The rows that a table function makes of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// The items of a list or map.
    Items,
    /// The items of a list with their places.
    Places,
    /// The structs of a list, field by field.
    Structs,
}

/// A lateral view as the planner of relations gets it.
pub(crate) struct Lateral {
    /// The rows that it is joined to: `SELECT * FROM …`.
    pub(crate) input: Box<Query>,
    /// What is exploded.
    pub(crate) value: Expr,
    pub(crate) rows: Rows,
    pub(crate) outer: bool,
    pub(crate) view: String,
    pub(crate) columns: Vec<String>,
    pub(crate) place: Option<Position>,
}

pub(super) fn rewrite(select: &mut Select) -> Result<(), SqlError> {
    if select.flavor == SelectFlavor::FromFirstNoSelect {
        let place = position(select.select_token.0.span.start);
        return Err(SqlError::parse("FROM without SELECT or INSERT").at(place));
    }
    if let Some(filter) = &select.selection {
        no_windows(filter)?;
    }
    grouping::rewrite(select)?;
    select.cluster_by.clear();
    select.distribute_by.clear();
    select.sort_by.clear();
    exploded_items(select)?;
    for view in std::mem::take(&mut select.lateral_views) {
        let from = std::mem::take(&mut select.from);
        select.from = vec![lateral(select, from, view)?];
    }
    if !is_lateral(select) {
        name_items(select);
    }
    Ok(())
}

/// Windows are over rows that the filter has left.
fn no_windows(filter: &Expr) -> Result<(), SqlError> {
    struct Windows(u32);
    impl Visitor for Windows {
        type Break = SqlError;

        fn pre_visit_query(&mut self, _: &Query) -> ControlFlow<SqlError> {
            self.0 += 1;
            ControlFlow::Continue(())
        }

        fn post_visit_query(&mut self, _: &Query) -> ControlFlow<SqlError> {
            self.0 -= 1;
            ControlFlow::Continue(())
        }

        fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<SqlError> {
            match expr {
                Expr::Function(function) if self.0 == 0 && function.over.is_some() => {
                    let message = "window functions are not allowed in WHERE";
                    let place = position(expr.span().start);
                    ControlFlow::Break(SqlError::semantic(message).at(place))
                }
                _ => ControlFlow::Continue(()),
            }
        }
    }
    match filter.visit(&mut Windows(0)) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(error),
    }
}

/// Columns without a name are called `_c0`, `_c1`, … by their place; a column that comes again gets a
/// number behind its name.
fn name_items(select: &mut Select) {
    let mut taken = HashSet::new();
    for (at, item) in select.projection.iter_mut().enumerate() {
        let (name, alias) = match item {
            SelectItem::UnnamedExpr(Expr::Identifier(name)) => (name.value.clone(), None),
            SelectItem::UnnamedExpr(Expr::CompoundIdentifier(names)) => {
                let last = names.last().map(|name| name.value.clone());
                match names.as_slice() {
                    [qualifier, name] => (format!("{}.{}", qualifier.value, name.value), None),
                    _ => (last.clone().unwrap_or_default(), last),
                }
            }
            SelectItem::UnnamedExpr(_) => (format!("_c{at}"), Some(format!("_c{at}"))),
            SelectItem::ExprWithAlias { alias, .. } => (alias.value.clone(), None),
            _ => continue,
        };
        let alias = match taken.insert(name.clone()) {
            true => alias,
            false => {
                let base = name.rsplit('.').next().unwrap_or(&name).to_owned();
                let mut numbers = 2_u32..;
                numbers
                    .by_ref()
                    .map(|number| format!("{base}{number}"))
                    .find(|name| taken.insert(name.clone()))
            }
        };
        let Some(alias) = alias.map(Ident::new) else {
            continue;
        };
        let nothing = SelectItem::UnnamedExpr(Expr::Identifier(Ident::new("")));
        *item = match std::mem::replace(item, nothing) {
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                SelectItem::ExprWithAlias { expr, alias }
            }
            other => other,
        };
    }
}

fn table_function(expr: &Expr) -> Option<(String, &FunctionArguments)> {
    let Expr::Function(function) = expr else {
        return None;
    };
    let name = parts(&function.name).pop()?;
    TABLE_FUNCTIONS
        .contains(&name.as_str())
        .then_some((name, &function.args))
}

/// `SELECT explode(a) AS x FROM t` is a lateral view that only shows its own columns.
fn exploded_items(select: &mut Select) -> Result<(), SqlError> {
    let mut views = Vec::new();
    let mut items = Vec::new();
    for item in std::mem::take(&mut select.projection) {
        let (expr, names) = match &item {
            SelectItem::UnnamedExpr(expr) => (expr, Vec::new()),
            SelectItem::ExprWithAlias { expr, alias } => (expr, vec![alias.clone()]),
            SelectItem::ExprWithAliases { expr, aliases } => (expr, aliases.clone()),
            _ => {
                items.push(item);
                continue;
            }
        };
        if table_function(expr).is_none() {
            items.push(item);
            continue;
        }
        let view = format!("$udtf{}", views.len());
        views.push(LateralView {
            lateral_view: expr.clone(),
            lateral_view_name: ObjectName::from(vec![Ident::new(&view)]),
            lateral_col_alias: names,
            outer: false,
        });
        items.push(SelectItem::QualifiedWildcard(
            datafusion::sql::sqlparser::ast::SelectItemQualifiedWildcardKind::ObjectName(
                ObjectName::from(vec![Ident::new(view)]),
            ),
            WildcardAdditionalOptions::default(),
        ));
    }
    select.projection = items;
    if views.len() > 1 {
        let message = "expect only one table function in a select list";
        return Err(SqlError::semantic(message).at(position(select.span().start)));
    }
    select.lateral_views.extend(views);
    Ok(())
}

/// Puts what is in front of the view, and the view, into a derived table with the mark.
fn lateral(
    select: &Select,
    from: Vec<TableWithJoins>,
    view: LateralView,
) -> Result<TableWithJoins, SqlError> {
    let place = position(view.lateral_view.span().start);
    let Some((name, args)) = table_function(&view.lateral_view) else {
        let message = format!("{} is no table function", view.lateral_view);
        return Err(SqlError::semantic(message).at(place));
    };
    let args = plain_args(args).unwrap_or_default();
    let least = match name.as_str() {
        "stack" | "json_tuple" => 2,
        _ => 1,
    };
    if args.len() < least || (least == 1 && args.len() > 1) {
        let needs = if least == 1 { "1" } else { "at least 2" };
        return Err(SqlError::arguments(&name, needs, args.len()).at(place));
    }
    // Those of several arguments make a list of structs first.
    let span = view.lateral_view.span();
    let (name, value) = match (name.as_str(), args.as_slice()) {
        ("stack" | "json_tuple", _) => ("inline".to_owned(), call(&format!("${name}"), args, span)),
        (_, [value]) => (name, value.clone()),
        _ => return Err(SqlError::arguments(&name, 1, args.len()).at(place)),
    };
    let input = Select {
        projection: vec![SelectItem::Wildcard(WildcardAdditionalOptions::default())],
        from,
        selection: None,
        group_by: datafusion::sql::sqlparser::ast::GroupByExpr::Expressions(vec![], vec![]),
        having: None,
        distinct: None,
        named_window: Vec::new(),
        qualify: None,
        lateral_views: Vec::new(),
        ..select.clone()
    };
    let marked = Select {
        projection: vec![SelectItem::UnnamedExpr(call(
            &format!("${name}"),
            vec![value],
            span,
        ))],
        from: vec![plain(TableFactor::Derived {
            lateral: false,
            subquery: Box::new(as_query(input.clone())),
            alias: None,
            sample: None,
        })],
        ..input
    };
    let mut names = parts(&view.lateral_view_name);
    let flag = if view.outer { "outer" } else { "inner" };
    let mut columns = vec![names.pop().unwrap_or_default(), flag.to_owned()];
    columns.extend(view.lateral_col_alias.into_iter().map(|name| name.value));
    Ok(plain(TableFactor::Derived {
        lateral: false,
        subquery: Box::new(as_query(marked)),
        alias: Some(TableAlias {
            explicit: true,
            name: Ident::new(LATERAL),
            columns: columns
                .into_iter()
                .map(TableAliasColumnDef::from_name)
                .collect(),
            at: None,
        }),
        sample: None,
    }))
}

fn plain(relation: TableFactor) -> TableWithJoins {
    TableWithJoins {
        relation,
        joins: Vec::new(),
    }
}

fn as_query(select: Select) -> Query {
    Query {
        with: None,
        body: Box::new(SetExpr::Select(Box::new(select))),
        order_by: None,
        limit_clause: None,
        fetch: None,
        locks: Vec::new(),
        for_clause: None,
        settings: None,
        format_clause: None,
        pipe_operators: Vec::new(),
    }
}

/// Whether this is the inside of a marked table.
fn is_lateral(select: &Select) -> bool {
    match select.projection.as_slice() {
        [SelectItem::UnnamedExpr(Expr::Function(function))] => {
            parts(&function.name).first().is_some_and(|name| {
                name.strip_prefix('$')
                    .is_some_and(|name| TABLE_FUNCTIONS.contains(&name))
            })
        }
        _ => false,
    }
}

/// Takes a marked table apart again.
pub(crate) fn read_lateral(relation: &TableFactor) -> Option<Lateral> {
    let TableFactor::Derived {
        subquery,
        alias: Some(alias),
        ..
    } = relation
    else {
        return None;
    };
    let SetExpr::Select(select) = subquery.body.as_ref() else {
        return None;
    };
    if alias.name.value != LATERAL {
        return None;
    }
    let [SelectItem::UnnamedExpr(Expr::Function(function))] = select.projection.as_slice() else {
        return None;
    };
    let FunctionArguments::List(list) = &function.args else {
        return None;
    };
    let [FunctionArg::Unnamed(FunctionArgExpr::Expr(value))] = list.args.as_slice() else {
        return None;
    };
    let TableFactor::Derived { subquery, .. } = &select.from.first()?.relation else {
        return None;
    };
    let mut columns = alias.columns.iter().map(|column| column.name.value.clone());
    let view = columns.next()?;
    let outer = columns.next()? == "outer";
    Some(Lateral {
        input: subquery.clone(),
        value: value.clone(),
        rows: match parts(&function.name).first()?.as_str() {
            "$posexplode" => Rows::Places,
            "$inline" => Rows::Structs,
            _ => Rows::Items,
        },
        outer,
        view,
        columns: columns.collect(),
        place: position(function.name.span().start),
    })
}
