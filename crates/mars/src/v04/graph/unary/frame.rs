//! The same functions of frames and series, and rounding.

use super::{Class, Error, Graph, Kind, Node, Unary, elementwise, encode, promote, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// `mt.around(x, decimals)`.
    pub fn around(&mut self, node: &Node, decimals: i64) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.165",
            name: "mars.TensorAround",
        };
        let Some(dtype) = node.dtype.clone().filter(|_| node.kind == Kind::Tensor) else {
            return Err(Error::Kind {
                operator: "around".into(),
                kind: node.kind.as_str(),
            });
        };
        if !dtype.is_numeric() {
            return Err(Error::Elements {
                operator: "around".into(),
                dtype,
            });
        }
        let mut fields = Map::new();
        fields.insert("decimals".into(), json!(decimals));
        fields.insert("input".into(), encode::reference(node));
        elementwise(&mut fields, &dtype);
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push(class, &[node], fields, result))
    }

    pub(super) fn frame_unary(&mut self, op: Unary, node: &Node) -> Result<Node, Error> {
        let refused = || Error::Kind {
            operator: op.name().into(),
            kind: node.kind.as_str(),
        };
        let class = op.frame_class().ok_or_else(refused)?;
        let object_type = match node.kind {
            Kind::DataFrame => 1,
            Kind::Series => 2,
            Kind::Tensor | Kind::Index => return Err(refused()),
        };
        let mut result = node.clone();
        if let Some(dtype) = &node.dtype {
            result.dtype = Some(op.result(dtype)?);
        }
        // numpy's functions see a frame as one array: its columns get the type that holds them all.
        let mut types = node.columns.iter().map(|column| column.dtype.clone());
        if let Some(first) = types.next() {
            let common = types.fold(first, |common, dtype| promote::arrays(&common, &dtype));
            for column in &mut result.columns {
                column.dtype = op.result(&common)?;
            }
        }
        let mut fields = Map::new();
        fields.insert("object_type".into(), json!(object_type));
        Ok(self.push(class, &[node], fields, result))
    }
}
