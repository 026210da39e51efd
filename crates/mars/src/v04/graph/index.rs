//! Indexing of tensors: `x[1:, ::2]`, `x[0]`, `x[None]`, `x[mask]`.

use super::reshape::tensor_dtype;
use super::{Class, Dtype, Error, Graph, Node, Order, Slice, encode, source};
use serde_json::{Map, Value, json};

/// One item between the brackets.
#[derive(Clone, Debug)]
pub enum Index<'a> {
    /// A position.
    At(i64),
    /// A slice.
    Slice(Slice),
    /// `None`: a new axis.
    NewAxis,
    /// A boolean or integer tensor.
    Node(&'a Node),
}

impl Graph<'_> {
    /// `x[items]` on a tensor; axes that are not named stay whole.
    pub fn index(&mut self, node: &Node, items: &[Index<'_>]) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.403",
            name: "mars.TensorIndex",
        };
        let dtype = tensor_dtype("[]", node)?;
        let mut plan = Plan {
            shape: Vec::new(),
            axis: 0,
            encoded: Vec::new(),
            whole: true,
        };
        let mut inputs = vec![node];
        let mut view = true;
        for item in items {
            if let Index::Node(other) = item {
                inputs.push(other);
                view = false;
            }
            plan.add(node, item)?;
        }
        while plan.axis < node.ndim() {
            plan.add(node, &Index::Slice(Slice::default()))?;
        }
        let order = if plan.whole { node.order } else { Order::C };
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("indexes".into(), encode::list(plan.encoded));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        fields.insert("create_view".into(), json!(view));
        let result = source::tensor_of(plan.shape, dtype, order);
        Ok(self.push(class, &inputs, fields, result))
    }
}

/// The output of an index expression, axis by axis.
struct Plan {
    shape: Vec<Option<u64>>,
    axis: usize,
    encoded: Vec<Value>,
    /// Only whole slices and new axes so far: the memory order stays.
    whole: bool,
}

impl Plan {
    fn add(&mut self, node: &Node, item: &Index<'_>) -> Result<(), Error> {
        match item {
            Index::NewAxis => {
                self.shape.push(Some(1));
                self.encoded.push(Value::Null);
            }
            Index::At(position) => {
                if let Some(length) = self.length(node)? {
                    at("[]", *position, length)?;
                }
                self.axis += 1;
                self.whole = false;
                self.encoded.push(json!(position));
            }
            Index::Slice(slice) => {
                let zero = || source::argument("[]", "step", "must not be zero");
                if slice.step == Some(0) {
                    return Err(zero());
                }
                let length = self.length(node)?;
                let count = length
                    .map(|length| slice.count(length).ok_or_else(zero))
                    .transpose()?;
                self.shape.push(count);
                self.axis += 1;
                self.whole &= *slice == Slice::default();
                self.encoded.push(slice.encode());
            }
            Index::Node(other) => {
                self.add_node(node, other)?;
                self.whole = false;
                self.encoded.push(encode::reference(other));
            }
        }
        Ok(())
    }

    fn length(&self, node: &Node) -> Result<Option<u64>, Error> {
        node.shape.get(self.axis).copied().ok_or(Error::Axis {
            axis: self.axis as i64,
            ndim: node.ndim(),
        })
    }

    /// A mask takes its own axes away and gives one; integers keep their shape.
    fn add_node(&mut self, node: &Node, other: &Node) -> Result<(), Error> {
        match tensor_dtype("[]", other)? {
            Dtype::Bool => {
                for length in &other.shape {
                    let own = self.length(node)?;
                    if let (Some(a), Some(b)) = (own, length)
                        && a != *b
                    {
                        return Err(Error::Shapes {
                            operator: "[]".into(),
                            left: node.shape_text(),
                            right: other.shape_text(),
                        });
                    }
                    self.axis += 1;
                }
                self.shape.push(None);
            }
            dtype if dtype.is_integer() => {
                self.length(node)?;
                self.axis += 1;
                self.shape.extend(&other.shape);
            }
            dtype => {
                return Err(Error::Elements {
                    operator: "[]".into(),
                    dtype,
                });
            }
        }
        Ok(())
    }
}

pub(super) fn at(operator: &str, position: i64, length: u64) -> Result<(), Error> {
    let inside = match u64::try_from(position) {
        Ok(position) => position < length,
        Err(_) => position.unsigned_abs() <= length,
    };
    match inside {
        true => Ok(()),
        false => Err(Error::Argument {
            operator: operator.into(),
            argument: "index",
            reason: format!("{position} is out of bounds for an axis of {length}"),
        }),
    }
}
