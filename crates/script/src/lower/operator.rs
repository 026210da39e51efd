//! Operators between nodes, and between plain values.

use mars::v04::graph::{self, Operand, Scalar};

use super::convert::located;
use super::value::Value;
use super::{Lowering, Lowers};
use crate::ast::{Binary, Unary};
use crate::error::{Error, ErrorKind};
use crate::span::Span;

impl Lowering<'_> {
    pub(crate) fn unary(&mut self, operator: Unary, of: &Value, at: Span) -> Lowers<Value> {
        match (operator, of) {
            (Unary::Positive, Value::Node(_)) => Ok(of.clone()),
            (Unary::Negative, Value::Node(node)) => {
                self.unary_node(graph::Unary::Negative, node, at)
            }
            (Unary::Invert, Value::Node(node)) => self.unary_node(graph::Unary::Invert, node, at),
            (_, Value::Plain(scalar)) => plain_unary(operator, scalar, at),
            _ => Err(bad_operand(operator.as_str(), of, at)),
        }
    }

    pub(crate) fn unary_node(
        &mut self,
        operator: graph::Unary,
        node: &graph::Node,
        at: Span,
    ) -> Lowers<Value> {
        let result = self.graph.unary(operator, node);
        result
            .map(Value::Node)
            .map_err(|error| located(error, at, None))
    }

    pub(crate) fn binary(
        &mut self,
        operator: Binary,
        left: &Value,
        right: &Value,
        at: Span,
    ) -> Lowers<Value> {
        if let (Value::Plain(left), Value::Plain(right)) = (left, right) {
            return plain_binary(operator, left, right, at);
        }
        let result = match (operand(left), operand(right), graph_operator(operator)) {
            (Some(left), Some(right), Some(operator)) => self.graph.binary(operator, left, right),
            (Some(Operand::Node(left)), Some(Operand::Node(right)), None) => {
                self.graph.matmul(left, right)
            }
            _ => return Err(bad_operands(operator.as_str(), left, right, at)),
        };
        result
            .map(Value::Node)
            .map_err(|error| located(error, at, None))
    }
}

/// A side of an operation that the graph takes.
pub(crate) fn operand(value: &Value) -> Option<Operand<'_>> {
    match value {
        Value::Node(node) => Some(Operand::Node(node)),
        Value::Plain(Scalar::Null) => None,
        Value::Plain(scalar) => Some(Operand::Scalar(scalar)),
        _ => None,
    }
}

/// The graph's operator; none for `@`, which is a function there.
fn graph_operator(operator: Binary) -> Option<graph::Binary> {
    Some(match operator {
        Binary::Add => graph::Binary::Add,
        Binary::Subtract => graph::Binary::Subtract,
        Binary::Multiply => graph::Binary::Multiply,
        Binary::Divide => graph::Binary::TrueDiv,
        Binary::FloorDivide => graph::Binary::FloorDiv,
        Binary::Modulo => graph::Binary::Mod,
        Binary::Power => graph::Binary::Power,
        Binary::And => graph::Binary::And,
        Binary::Or => graph::Binary::Or,
        Binary::Xor => graph::Binary::Xor,
        Binary::Equal => graph::Binary::Equal,
        Binary::NotEqual => graph::Binary::NotEqual,
        Binary::Less => graph::Binary::Less,
        Binary::LessEqual => graph::Binary::LessEqual,
        Binary::Greater => graph::Binary::Greater,
        Binary::GreaterEqual => graph::Binary::GreaterEqual,
        Binary::MatMul => return None,
    })
}

fn bad_operand(operator: &str, value: &Value, at: Span) -> Error {
    let kind = ErrorKind::BadOperand {
        operator: operator.to_owned(),
        value: value.describe(),
    };
    Error::new(at, kind)
}

fn bad_operands(operator: &str, left: &Value, right: &Value, at: Span) -> Error {
    let kind = ErrorKind::BadOperands {
        operator: operator.to_owned(),
        left: left.describe(),
        right: right.describe(),
    };
    Error::new(at, kind)
}

fn plain_unary(operator: Unary, scalar: &Scalar, at: Span) -> Lowers<Value> {
    let overflow = |value: i64| {
        let kind = ErrorKind::NoValue(format!("{}{value}", operator.as_str()));
        Error::new(at, kind)
    };
    match (operator, scalar) {
        (Unary::Negative, Scalar::Int(value)) => value
            .checked_neg()
            .map(Value::from)
            .ok_or_else(|| overflow(*value)),
        (Unary::Negative, Scalar::Float(value)) => Ok(Value::from(-value)),
        (Unary::Positive, Scalar::Int(value)) => Ok(Value::from(*value)),
        (Unary::Positive, Scalar::Float(value)) => Ok(Value::from(*value)),
        (Unary::Invert, Scalar::Int(value)) => Ok(Value::from(!value)),
        _ => Err(bad_operand(
            operator.as_str(),
            &Value::Plain(scalar.clone()),
            at,
        )),
    }
}

/// Arithmetic on numbers as in `mt.ones((2 * 3, 4))`.
fn plain_binary(operator: Binary, left: &Scalar, right: &Scalar, at: Span) -> Lowers<Value> {
    let values = || (Value::Plain(left.clone()), Value::Plain(right.clone()));
    let result = match (left, right) {
        (Scalar::Int(left), Scalar::Int(right)) => whole(operator, *left, *right),
        (Scalar::Int(left), Scalar::Float(right)) => float(operator, *left as f64, *right),
        (Scalar::Float(left), Scalar::Int(right)) => float(operator, *left, *right as f64),
        (Scalar::Float(left), Scalar::Float(right)) => float(operator, *left, *right),
        (Scalar::Text(left), Scalar::Text(right)) if operator == Binary::Add => {
            Some(Value::from(format!("{left}{right}").as_str()))
        }
        _ => {
            let (left, right) = values();
            return Err(bad_operands(operator.as_str(), &left, &right, at));
        }
    };
    result.ok_or_else(|| {
        let (left, right) = values();
        let text = format!(
            "{} {} {}",
            left.describe(),
            operator.as_str(),
            right.describe()
        );
        Error::new(at, ErrorKind::NoValue(text))
    })
}

fn whole(operator: Binary, left: i64, right: i64) -> Option<Value> {
    let value = match operator {
        Binary::Add => left.checked_add(right)?,
        Binary::Subtract => left.checked_sub(right)?,
        Binary::Multiply => left.checked_mul(right)?,
        Binary::FloorDivide => {
            let quotient = left.checked_div(right)?;
            let inexact = left.checked_rem(right)? != 0;
            if inexact && ((left < 0) != (right < 0)) {
                quotient - 1
            } else {
                quotient
            }
        }
        Binary::Modulo => {
            let rest = left.checked_rem(right)?;
            if rest != 0 && ((rest < 0) != (right < 0)) {
                rest + right
            } else {
                rest
            }
        }
        Binary::Power if right >= 0 => left.checked_pow(u32::try_from(right).ok()?)?,
        Binary::And => left & right,
        Binary::Or => left | right,
        Binary::Xor => left ^ right,
        _ => return float(operator, left as f64, right as f64),
    };
    Some(Value::from(value))
}

fn float(operator: Binary, left: f64, right: f64) -> Option<Value> {
    let value = match operator {
        Binary::Add => left + right,
        Binary::Subtract => left - right,
        Binary::Multiply => left * right,
        Binary::Divide => left / right,
        Binary::FloorDivide => (left / right).floor(),
        Binary::Modulo => left - right * (left / right).floor(),
        Binary::Power => left.powf(right),
        Binary::Equal => return Some(Value::from(left == right)),
        Binary::NotEqual => return Some(Value::from(left != right)),
        Binary::Less => return Some(Value::from(left < right)),
        Binary::LessEqual => return Some(Value::from(left <= right)),
        Binary::Greater => return Some(Value::from(left > right)),
        Binary::GreaterEqual => return Some(Value::from(left >= right)),
        Binary::MatMul | Binary::And | Binary::Or | Binary::Xor => return None,
    };
    // Infinities and NaN cannot travel in the graph, and Python raises for most of them.
    value.is_finite().then(|| Value::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(value: Option<Value>) -> Option<Scalar> {
        match value? {
            Value::Plain(scalar) => Some(scalar),
            _ => None,
        }
    }

    #[test]
    fn whole_numbers_divide_as_in_python() {
        let div = |a, b| plain(whole(Binary::FloorDivide, a, b));
        let rest = |a, b| plain(whole(Binary::Modulo, a, b));
        assert_eq!(div(-7, 2), Some(Scalar::Int(-4)));
        assert_eq!(div(7, -2), Some(Scalar::Int(-4)));
        assert_eq!(div(6, -2), Some(Scalar::Int(-3)));
        assert_eq!(rest(-7, 2), Some(Scalar::Int(1)));
        assert_eq!(rest(7, -2), Some(Scalar::Int(-1)));
        assert_eq!(plain(whole(Binary::Divide, 1, 2)), Some(Scalar::Float(0.5)));
        assert_eq!(plain(whole(Binary::Power, 2, -1)), Some(Scalar::Float(0.5)));
    }

    #[test]
    fn what_has_no_value_is_none() {
        for (operator, left, right) in [
            (Binary::Add, i64::MAX, 1),
            (Binary::FloorDivide, 1, 0),
            (Binary::FloorDivide, i64::MIN, -1),
            (Binary::Modulo, i64::MIN, -1),
            (Binary::Divide, 1, 0),
            (Binary::Power, 10, 100),
            (Binary::MatMul, 1, 1),
        ] {
            assert_eq!(
                plain(whole(operator, left, right)),
                None,
                "{left} {operator:?} {right}"
            );
        }
    }
}
