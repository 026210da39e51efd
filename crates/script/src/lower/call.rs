//! `f(…)`: what is called, with which arguments.

use super::arguments::Arguments;
use super::modules::{Function, Module};
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
            Value::Function(function) => self.function(function, arguments),
            Value::Method(node, name) => self.method(&node, &name, arguments),
            Value::GroupsMethod(groups, name) => self.groups_method(&groups, &name, arguments),
            Value::Dtype(_) if arguments.keywords.is_empty() => plain_cast(arguments),
            other => {
                let kind = ErrorKind::BadOperand {
                    operator: String::from("()"),
                    value: other.describe(),
                };
                Err(Error::new(at, kind))
            }
        }
    }

    fn function(&mut self, function: Function, arguments: Arguments) -> Lowers<Value> {
        let shown = function.shown();
        match function {
            Function::Named(Module::Random, name) => self.random_function(name, &shown, arguments),
            Function::Named(Module::Frame, name) => self.frame_function(name, &shown, arguments),
            Function::Named(Module::Odps, name) => self.odps_function(name, &shown, arguments),
            Function::Named(_, name) => self.tensor_function(name, &shown, arguments),
            Function::Unary(operator) => {
                let bound = arguments.bind(&shown, &["x"], 1)?;
                let x = bound.must("x")?.node()?;
                self.unary_node(operator, &x, bound.at())
            }
            Function::Binary(_, operator) => {
                let bound = arguments.bind(&shown, &["x1", "x2"], 2)?;
                self.operator_function(operator, &bound)
            }
            Function::Reduction(reduction) => {
                let bound = arguments.bind(&shown, &["a", "axis", "keepdims", "ddof"], 1)?;
                let node = bound.must("a")?.node()?;
                self.reduce(reduction, &node, &bound)
            }
        }
    }
}

/// `int(3.0)` and its like have no use in an expression box.
fn plain_cast(arguments: Arguments) -> Lowers<Value> {
    let kind = ErrorKind::BadOperand {
        operator: String::from("()"),
        value: String::from("a type; use astype"),
    };
    Err(Error::new(arguments.at, kind))
}
