//! MaxCompute's aggregates in terms of those that the engine has.

use datafusion::sql::sqlparser::ast::{
    BinaryOperator, DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr,
    FunctionArgumentClause, FunctionArguments, Ident, ObjectName, OrderByExpr, OrderByOptions,
    Spanned,
};

use super::expression::{case, plain_args};
use crate::dialect::{call, number};
use crate::error::{Position, SqlError};

/// Makes a number of what an aggregate over numbers gets: text becomes double.
pub(crate) const NUMBER: &str = "$number";

/// The call in the engine's words; nothing if it is the same.
pub(super) fn rewrite(
    name: &str,
    function: &mut Function,
    place: Option<Position>,
) -> Result<Option<Expr>, SqlError> {
    if let ("count", FunctionArguments::List(list)) = (name, &mut function.args) {
        let is_all =
            |arg: &FunctionArg| matches!(arg, FunctionArg::Unnamed(FunctionArgExpr::Wildcard));
        match list.args.as_mut_slice() {
            [] => return Err(SqlError::arguments(name, "at least 1", 0).at(place)),
            [arg] if is_all(arg) => {
                *arg = FunctionArg::Unnamed(FunctionArgExpr::Expr(number(1)));
                return Ok(None);
            }
            args if args.iter().any(is_all) => {
                return Err(SqlError::arguments("count(*)", 1, args.len()).at(place));
            }
            _ => {}
        }
    }
    let Some(mut args) = plain_args(&function.args) else {
        return Ok(None);
    };
    if name == "count" {
        count_tuples(function, args);
        return Ok(None);
    }
    if name == "grouping" || name == "grouping_id" {
        let span = function.name.span();
        function.name = ObjectName::from(vec![Ident::with_span(span, "grouping")]);
        let bits = Expr::Function(function.clone());
        let bigint = crate::dialect::text("bigint");
        return Ok(Some(call(crate::dialect::CAST, vec![bits, bigint], span)));
    }
    let wrong = |wanted: usize| SqlError::arguments(name, wanted, args.len()).at(place);
    let expected = match name {
        "min" | "max" | "sum" | "avg" | "median" | "stddev" | "stddev_pop" | "stddev_samp"
        | "variance" | "var_pop" | "var_samp" | "variance_samp" | "collect_list"
        | "collect_set" | "any_value" | "count_if" | "approx_distinct" => 1,
        "wm_concat" | "percentile" | "percentile_approx" | "max_by" | "min_by" | "arg_max"
        | "arg_min" => 2,
        _ => return Ok(None),
    };
    if args.len() != expected && !(name == "percentile_approx" && args.len() == 3) {
        return Err(wrong(expected));
    }
    let engine = match name {
        "stddev" => "stddev_pop",
        "variance" => "var_pop",
        "variance_samp" => "var_samp",
        "percentile" | "percentile_approx" => "percentile_cont",
        "collect_list" | "collect_set" => "array_agg",
        "wm_concat" => "string_agg",
        "any_value" | "max_by" | "min_by" | "arg_max" | "arg_min" => "first_value",
        "count_if" => "count",
        other => other,
    };
    match name {
        "wm_concat" => {
            args.swap(0, 1);
            args[0] = call(
                crate::dialect::CAST,
                vec![args[0].clone(), crate::dialect::text("string")],
                args[0].span(),
            );
        }
        "collect_list" | "collect_set" | "any_value" => keep_values(function, &args[0]),
        "max_by" | "min_by" | "arg_max" | "arg_min" => {
            let by = args.remove(1);
            keep_values(function, &by);
            order(function, by, name.contains("min"));
        }
        "count_if" => {
            let condition = args[0].clone();
            function.filter = Some(Box::new(condition));
            args[0] = number(1);
        }
        "approx_distinct" | "min" | "max" => {}
        _ => {
            let value = args[0].clone();
            let span = value.span();
            args[0] = call(NUMBER, vec![value], span);
            args.truncate(2);
        }
    }
    let span = function.name.span();
    function.name = ObjectName::from(vec![Ident::with_span(span, engine)]);
    if let FunctionArguments::List(list) = &mut function.args {
        list.args = args
            .into_iter()
            .map(|arg| FunctionArg::Unnamed(FunctionArgExpr::Expr(arg)))
            .collect();
        if name == "collect_set" {
            list.duplicate_treatment = Some(DuplicateTreatment::Distinct);
        }
    }
    if function.over.is_none() && !function.within_group.is_empty() && name == "wm_concat" {
        let order = std::mem::take(&mut function.within_group);
        if let FunctionArguments::List(list) = &mut function.args {
            list.clauses.push(FunctionArgumentClause::OrderBy(order));
        }
    }
    Ok(Some(Expr::Function(function.clone())))
}

/// `count(DISTINCT a, b)` counts the rows in which neither is NULL.
fn count_tuples(function: &mut Function, args: Vec<Expr>) {
    let span = function.name.span();
    let FunctionArguments::List(list) = &mut function.args else {
        return;
    };
    if list.duplicate_treatment != Some(DuplicateTreatment::Distinct) {
        return;
    }
    let present = |value: &Expr| Expr::IsNotNull(Box::new(value.clone()));
    let [first, _, ..] = args.as_slice() else {
        return;
    };
    let all = args[1..]
        .iter()
        .fold(present(first), |before, value| Expr::BinaryOp {
            left: Box::new(before),
            op: BinaryOperator::And,
            right: Box::new(present(value)),
        });
    let tuple = case(vec![(all, call("struct", args, span))], None);
    list.args = vec![FunctionArg::Unnamed(FunctionArgExpr::Expr(tuple))];
}

/// NULL is left out.
fn keep_values(function: &mut Function, value: &Expr) {
    let present = Expr::IsNotNull(Box::new(value.clone()));
    function.filter.get_or_insert(Box::new(present));
}

fn order(function: &mut Function, by: Expr, ascending: bool) {
    if let FunctionArguments::List(list) = &mut function.args {
        list.clauses
            .push(FunctionArgumentClause::OrderBy(vec![OrderByExpr {
                expr: by,
                options: OrderByOptions {
                    asc: Some(ascending),
                    nulls_first: Some(false),
                },
                with_fill: None,
            }]));
    }
}
