//! Arguments that are tensors, or become tensors as they are written.

use mars::v04::graph::Node;

use crate::error::Wanted;
use crate::lower::convert::{Given, located};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers};

/// A tensor, or one of the values that stand there.
pub(super) fn array(lowering: &mut Lowering<'_>, given: &Given<'_>) -> Lowers<Node> {
    value(lowering, given, given.value)
}

/// The same of every item of a list.
pub(super) fn arrays(lowering: &mut Lowering<'_>, given: &Given<'_>) -> Lowers<Vec<Node>> {
    match given.value {
        Value::List(items) | Value::Tuple(items) => items
            .iter()
            .map(|item| value(lowering, given, item))
            .collect(),
        _ => Err(given.wrong(Wanted::Tensor)),
    }
}

fn value(lowering: &mut Lowering<'_>, given: &Given<'_>, value: &Value) -> Lowers<Node> {
    if let Value::Node(node) = value {
        return Ok(node.clone());
    }
    let values = value.literal().filter(|values| values.shape().is_some());
    let values = values.ok_or_else(|| given.wrong(Wanted::Values))?;
    let made = lowering.graph.tensor(&values, None);
    made.map_err(|error| located(error, given.at, None))
}

/// Several results, as the tuple that Python gives.
pub(super) fn tuple(nodes: Vec<Node>) -> Value {
    Value::Tuple(nodes.into_iter().map(Value::Node).collect())
}
