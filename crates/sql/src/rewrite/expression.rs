//! Syntax that becomes calls: subscripts, `RLIKE`, `BETWEEN`, `EXTRACT`, `TRIM`, `SUBSTRING`, `IF`,
//! `DECODE` and their like.

use datafusion::sql::sqlparser::ast::{
    AccessExpr, BinaryOperator, CaseWhen, CastKind, DateTimeField, Expr, Function, FunctionArg,
    FunctionArgExpr, FunctionArguments, Interval, Spanned, Subscript, TrimWhereField,
    UnaryOperator, Value, helpers::attached_token::AttachedToken,
};
use datafusion::sql::sqlparser::tokenizer::Span;

use super::{aggregate, parts};
use crate::dialect::{CAST, call, text};
use crate::error::{Position, SqlError};
use crate::functions;
use crate::script::position;

/// Looks up a list by place or a map by key.
pub(crate) const INDEX: &str = "$index";
/// Takes a field of a struct.
pub(crate) const FIELD: &str = "$field";

pub(super) fn rewrite(expr: &mut Expr, known: &dyn Fn(&str) -> bool) -> Result<(), SqlError> {
    let span = expr.span();
    let taken = std::mem::replace(expr, Expr::Value(Value::Null.into()));
    *expr = match taken {
        Expr::CompoundFieldAccess { root, access_chain } => access(*root, access_chain, span)?,
        Expr::RLike {
            negated,
            expr,
            pattern,
            ..
        } => not_if(negated, call("$rlike", vec![*expr, *pattern], span)),
        Expr::Between {
            expr,
            negated,
            low,
            high,
        } => {
            let least = compare(expr.clone(), BinaryOperator::GtEq, low);
            let most = compare(expr, BinaryOperator::LtEq, high);
            let both = compare(Box::new(least), BinaryOperator::And, Box::new(most));
            not_if(negated, Expr::Nested(Box::new(both)))
        }
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Spaceship,
            right,
        } => Expr::IsNotDistinctFrom(left, right),
        Expr::Extract { field, expr, .. } => {
            let field = text(field.to_string().to_lowercase());
            call("datepart", vec![*expr, field], span)
        }
        Expr::Interval(written) if written.last_field.is_some() => interval(written, span)?,
        // `CASE a WHEN b` compares as `a = b` does.
        Expr::Case {
            operand: Some(operand),
            conditions,
            else_result,
            ..
        } => {
            let branches = conditions.into_iter().map(|branch| {
                let equal = compare(
                    operand.clone(),
                    BinaryOperator::Eq,
                    Box::new(branch.condition),
                );
                (equal, branch.result)
            });
            case(branches.collect(), else_result.map(|result| *result))
        }
        Expr::UnaryOp {
            op: UnaryOperator::BitwiseNot,
            expr,
        } => call("$bitnot", vec![*expr], span),
        Expr::Ceil { expr, .. } => call("ceil", vec![*expr], span),
        Expr::Floor { expr, .. } => call("floor", vec![*expr], span),
        Expr::Position { expr, r#in } => call("instr", vec![*r#in, *expr], span),
        Expr::Substring {
            expr,
            substring_from: Some(from),
            substring_for,
            ..
        } => {
            let mut args = vec![*expr, *from];
            args.extend(substring_for.map(|length| *length));
            call("substr", args, span)
        }
        Expr::Trim {
            trim_where,
            trim_what,
            expr,
            trim_characters,
        } => {
            let name = match trim_where {
                Some(TrimWhereField::Leading) => "ltrim",
                Some(TrimWhereField::Trailing) => "rtrim",
                _ => "trim",
            };
            let mut args = vec![*expr];
            args.extend(trim_what.map(|what| *what));
            args.extend(trim_characters.into_iter().flatten());
            call(name, args, span)
        }
        Expr::Cast {
            kind: CastKind::Cast | CastKind::DoubleColon,
            expr,
            data_type,
            ..
        } => {
            let kind = data_type.to_string().to_lowercase();
            call(CAST, vec![*expr, text(kind)], span)
        }
        Expr::Function(function) => self::function(function, span, known)?,
        other => other,
    };
    Ok(())
}

/// `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL '1 2:03:04.5' DAY TO SECOND`, as a sum of its parts.
fn interval(written: Interval, span: Span) -> Result<Expr, SqlError> {
    let wrong = || {
        SqlError::parse(format_args!("invalid interval {}", written.value)).at(position(span.start))
    };
    let Expr::Value(value) = written.value.as_ref() else {
        return Err(wrong());
    };
    let (Value::SingleQuotedString(value), Some(from), Some(to)) =
        (&value.value, &written.leading_field, &written.last_field)
    else {
        return Err(wrong());
    };
    let units = ["year", "month", "day", "hour", "minute", "second"];
    let place = |field: &DateTimeField| {
        let name = field.to_string().to_lowercase();
        units
            .iter()
            .position(|unit| *unit == name.trim_end_matches('s'))
    };
    let (Some(from), Some(to)) = (place(from), place(to)) else {
        return Err(wrong());
    };
    let (sign, digits) = match value.trim().strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", value.trim()),
    };
    let parts: Vec<&str> = digits.split(['-', ' ', ':']).collect();
    let number = |part: &&str| {
        let whole = part.split_once('.').map_or(*part, |(whole, _)| whole);
        !whole.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    // `year-month`, `day hour:minute:second`
    let shape: String = digits.chars().filter(|c| "- :".contains(*c)).collect();
    let wanted: String = (from..to)
        .filter_map(|at| "-- ::".chars().nth(at))
        .collect();
    if from >= to || shape != wanted || !parts.iter().all(number) {
        return Err(wrong());
    }
    let said: Vec<String> = parts
        .iter()
        .zip(&units[from..=to])
        .map(|(part, unit)| format!("{sign}{part} {unit}"))
        .collect();
    Ok(Expr::Interval(Interval {
        value: Box::new(text(said.join(" "))),
        leading_field: None,
        leading_precision: None,
        last_field: None,
        fractional_seconds_precision: None,
    }))
}

/// The table of `max_pt('table')`.
pub(super) fn max_pt(expr: &Expr) -> Option<(String, Option<Position>)> {
    let Expr::Function(function) = expr else {
        return None;
    };
    if parts(&function.name)
        .last()
        .is_none_or(|name| name != "max_pt")
    {
        return None;
    }
    match plain_args(&function.args)?.as_slice() {
        [Expr::Value(value)] => match &value.value {
            Value::SingleQuotedString(name) => Some((name.clone(), position(expr.span().start))),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn not_if(negated: bool, expr: Expr) -> Expr {
    if negated {
        Expr::UnaryOp {
            op: UnaryOperator::Not,
            expr: Box::new(expr),
        }
    } else {
        expr
    }
}

fn compare(left: Box<Expr>, op: BinaryOperator, right: Box<Expr>) -> Expr {
    Expr::BinaryOp { left, op, right }
}

/// `a[0]`, `m['k']`, `a[0].f`
fn access(root: Expr, chain: Vec<AccessExpr>, span: Span) -> Result<Expr, SqlError> {
    chain.into_iter().try_fold(root, |value, step| match step {
        AccessExpr::Subscript(Subscript::Index { index }) => {
            Ok(call(INDEX, vec![value, index], span))
        }
        AccessExpr::Dot(Expr::Identifier(name)) => {
            Ok(call(FIELD, vec![value, text(name.value)], span))
        }
        _ => Err(SqlError::parse("invalid subscript").at(position(span.start))),
    })
}

fn function(
    mut function: Function,
    span: Span,
    known: &dyn Fn(&str) -> bool,
) -> Result<Expr, SqlError> {
    let names = parts(&function.name);
    let name = names.last().cloned().unwrap_or_default();
    let place = position(span.start);
    let args = plain_args(&function.args);
    let given = args.as_ref().map_or(0, Vec::len);
    let count = |wanted: bool, needs: &str| match wanted {
        true => Ok(()),
        false => Err(SqlError::arguments(&name, needs, given).at(place)),
    };
    match (name.as_str(), args) {
        ("if", Some(mut args)) => {
            count(args.len() == 3 || args.len() == 2, "2 to 3")?;
            let otherwise = if args.len() == 3 { args.pop() } else { None };
            let result = args.remove(1);
            let condition = args.remove(0);
            Ok(case(vec![(condition, result)], otherwise))
        }
        ("nvl" | "ifnull", Some(args)) => {
            count(args.len() == 2, "2")?;
            Ok(call("coalesce", args, span))
        }
        ("nvl2", Some(args)) => {
            count(args.len() == 3, "3")?;
            let mut args = args.into_iter();
            let (Some(value), Some(result), otherwise) = (args.next(), args.next(), args.next())
            else {
                return Err(SqlError::semantic("nvl2 takes three arguments").at(place));
            };
            Ok(case(
                vec![(Expr::IsNotNull(Box::new(value)), result)],
                otherwise,
            ))
        }
        ("decode", Some(args)) if args.len() != 2 => {
            count(args.len() >= 3, "at least 3")?;
            let mut args = args.into_iter();
            let value = args.next().unwrap_or(Expr::Value(Value::Null.into()));
            let mut branches = Vec::new();
            let mut otherwise = None;
            while let Some(search) = args.next() {
                match args.next() {
                    Some(result) => branches.push((
                        Expr::IsNotDistinctFrom(Box::new(value.clone()), Box::new(search)),
                        result,
                    )),
                    None => otherwise = Some(search),
                }
            }
            Ok(case(branches, otherwise))
        }
        ("transform" | "filter" | "any_match" | "all_match" | "aggregate" | "array_reduce", _) => {
            super::lambda::rewrite(&name, function, place)
        }
        (_, _) => {
            if let Some(call) = aggregate::rewrite(&name, &mut function, place)? {
                return Ok(call);
            }
            if function.over.is_none() && functions::needs_window(&name) {
                let message = format!("function {name} needs an OVER clause");
                return Err(SqlError::semantic(message).at(place));
            }
            if !name.starts_with('$') && !known(&name) {
                let message = format!("function {} cannot be resolved", names.join("."));
                return Err(SqlError::semantic(message).at(place));
            }
            if let FunctionArguments::List(list) = &function.args
                && let Some(needs) = functions::refuses(&name, list.args.len())
            {
                return Err(SqlError::arguments(&name, needs, list.args.len()).at(place));
            }
            Ok(Expr::Function(function))
        }
    }
}

/// The arguments, if they are expressions without further clauses.
pub(super) fn plain_args(args: &FunctionArguments) -> Option<Vec<Expr>> {
    let FunctionArguments::List(list) = args else {
        return None;
    };
    let plain = |arg: &FunctionArg| match arg {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr.clone()),
        _ => None,
    };
    list.args.iter().map(plain).collect()
}

pub(super) fn case(branches: Vec<(Expr, Expr)>, otherwise: Option<Expr>) -> Expr {
    Expr::Case {
        case_token: AttachedToken::empty(),
        end_token: AttachedToken::empty(),
        operand: None,
        conditions: branches
            .into_iter()
            .map(|(condition, result)| CaseWhen { condition, result })
            .collect(),
        else_result: otherwise.map(Box::new),
    }
}
