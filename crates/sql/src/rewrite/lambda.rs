//! Functions over lambdas: `transform`, `filter`, `any_match`, `all_match`, `aggregate`.

use datafusion::sql::sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, LambdaFunction,
    ObjectName, Spanned, UnaryOperator,
};

use super::expression::not_if;
use crate::error::{Position, SqlError};

/// The call in the engine's words.
pub(super) fn rewrite(
    name: &str,
    mut function: Function,
    place: Option<Position>,
) -> Result<Expr, SqlError> {
    let FunctionArguments::List(list) = &mut function.args else {
        return Err(SqlError::arguments(name, 2, 0).at(place));
    };
    let lambda = |arg: &FunctionArg| {
        matches!(
            arg,
            FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Lambda(_)))
        )
    };
    let folds = matches!(name, "aggregate" | "array_reduce");
    let (values, needs) = if folds { (2, "3 to 4") } else { (1, "2") };
    let count = list.args.len();
    if count != values + 1 && !(folds && count == 4) {
        return Err(SqlError::arguments(name, needs, count).at(place));
    }
    if !list.args[values..].iter().all(lambda) {
        let message = format!("function {name} takes a lambda expression as argument {count}");
        return Err(SqlError::semantic(message).at(place));
    }
    let all = name == "all_match";
    if all {
        for arg in &mut list.args[values..] {
            if let FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Lambda(lambda))) = arg {
                negate(lambda);
            }
        }
    }
    let engine = match name {
        "transform" => "array_transform",
        "filter" => "array_filter",
        "any_match" | "all_match" => "array_any_match",
        _ => "aggregate",
    };
    let span = function.name.span();
    function.name = ObjectName::from(vec![Ident::with_span(span, engine)]);
    Ok(not_if(all, Expr::Function(function)))
}

/// All items match where none does not.
fn negate(lambda: &mut LambdaFunction) {
    let body = Expr::Nested(lambda.body.clone());
    *lambda.body = Expr::UnaryOp {
        op: UnaryOperator::Not,
        expr: Box::new(body),
    };
}
