//! `f(…)`: what is called, with which arguments.

use super::value::Value;
use super::{Lowering, Lowers};
use crate::ast::{Argument, Expr};
use crate::error::{Error, ErrorKind};
use crate::span::Span;

impl Lowering<'_> {
    pub(super) fn call(&mut self, callee: &Expr, given: &[Argument], at: Span) -> Lowers<Value> {
        let callee = self.expr(callee)?;
        let arguments = self.arguments(given, at)?;
        match callee {
            Value::Function(operator, owner) => {
                let function = operator.shown(owner);
                let bound = arguments.bind(operator, &function)?;
                operator.lower(self, &bound)
            }
            Value::Method(of, operator, owner) => {
                let function = operator.shown(owner);
                let bound = arguments.of(*of).bind(operator, &function)?;
                operator.lower(self, &bound)
            }
            // `int(3.0)` and its like have no use here.
            Value::Dtype(_) => Err(not_called("a type; use astype".to_owned(), at)),
            other => Err(not_called(other.describe(), at)),
        }
    }
}

fn not_called(value: String, at: Span) -> Error {
    let operator = String::from("()");
    Error::new(at, ErrorKind::BadOperand { operator, value })
}
