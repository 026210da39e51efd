//! What is added up along an axis (cumsum and its like), and values held between bounds (clip).

use super::{Class, Error, Graph, Kind, Node, Reduction, encode, promote, shape, source};
use serde_json::{Map, json};

/// What is added up along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cumulation {
    /// Sums.
    Sum,
    /// Products.
    Prod,
    /// Sums, NaN as 0.
    NanSum,
    /// Products, NaN as 1.
    NanProd,
}

impl Graph<'_> {
    /// `mt.cumsum(x, axis)` and its like.
    pub fn cumulate(&mut self, op: Cumulation, node: &Node, axis: i64) -> Result<Node, Error> {
        let (code, name, shown) = match op {
            Cumulation::Sum => ("tensor.301", "mars.TensorCumsum", "cumsum"),
            Cumulation::Prod => ("tensor.302", "mars.TensorCumprod", "cumprod"),
            Cumulation::NanSum => ("tensor.326", "mars.TensorNanCumsum", "nancumsum"),
            Cumulation::NanProd => ("tensor.327", "mars.TensorNanCumprod", "nancumprod"),
        };
        let Some(own) = node.dtype.as_ref().filter(|_| node.kind == Kind::Tensor) else {
            return Err(Error::Kind {
                operator: shown.into(),
                kind: node.kind.as_str(),
            });
        };
        let dtype = Reduction::Sum.result(own)?;
        let axis = shape::axis(axis, node.ndim())?;
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("axis".into(), json!(axis));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push(Class { code, name }, &[node], fields, result))
    }

    /// `mt.clip(x, a_min, a_max)` with plain bounds.
    pub fn clip(
        &mut self,
        node: &Node,
        a_min: &super::Scalar,
        a_max: &super::Scalar,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.184",
            name: "mars.TensorClip",
        };
        let Some(own) = node.dtype.as_ref().filter(|_| node.kind == Kind::Tensor) else {
            return Err(Error::Kind {
                operator: "clip".into(),
                kind: node.kind.as_str(),
            });
        };
        let dtype = promote::with_scalar(&promote::with_scalar(own, a_min), a_max);
        let mut fields = Map::new();
        fields.insert("a".into(), encode::reference(node));
        fields.insert("a_min".into(), source::finite("clip", "a_min", a_min)?);
        fields.insert("a_max".into(), source::finite("clip", "a_max", a_max)?);
        fields.insert("dtype".into(), encode::dtype(&dtype));
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push(class, &[node], fields, result))
    }
}
