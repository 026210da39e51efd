//! `x, y = …` and `df['c'] = …`.

use super::value::Value;
use super::{Lowering, Lowers};
use crate::ast::Expr;
use crate::error::{Error, ErrorKind, Feature};
use crate::span::Span;

impl Lowering<'_> {
    pub(super) fn assign_several(
        &mut self,
        names: &[String],
        value: Value,
        at: Span,
    ) -> Lowers<()> {
        let (Value::Tuple(items) | Value::List(items)) = value else {
            let kind = ErrorKind::Unpacked {
                names: names.len(),
                value: value.describe(),
            };
            return Err(Error::new(at, kind));
        };
        if items.len() != names.len() {
            let kind = ErrorKind::Unpacked {
                names: names.len(),
                value: format!("{} values", items.len()),
            };
            return Err(Error::new(at, kind));
        }
        for (name, item) in names.iter().zip(items) {
            self.define(name, item);
        }
        Ok(())
    }

    pub(super) fn assign_item(
        &mut self,
        _name: &str,
        _parts: &[Expr],
        _value: &Expr,
        at: Span,
    ) -> Lowers<()> {
        let kind = ErrorKind::Unsupported(Feature::AssignmentTarget);
        Err(Error::new(at, kind))
    }
}
