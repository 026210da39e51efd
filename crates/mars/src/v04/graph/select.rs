//! `astype` and `where`.

use super::reshape::tensor_dtype;
use super::{Class, Dtype, Error, Graph, Node, Operand, Order, encode, promote, shape, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// `x.astype(dtype)` of a tensor.
    pub fn astype(&mut self, node: &Node, dtype: &Dtype) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.407",
            name: "mars.TensorAstype",
        };
        if tensor_dtype("astype", node)? == *dtype {
            return Ok(node.clone());
        }
        let mut fields = Map::new();
        fields.insert("dtype".into(), encode::dtype(dtype));
        fields.insert("input".into(), encode::reference(node));
        fields.insert("order".into(), json!("K"));
        fields.insert("casting".into(), json!("unsafe"));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        let result = source::tensor_of(node.shape.clone(), dtype.clone(), node.order);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `mt.where(condition, x, y)`.
    pub fn where_(
        &mut self,
        condition: &Node,
        x: Operand<'_>,
        y: Operand<'_>,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.412",
            name: "mars.TensorWhere",
        };
        tensor_dtype("where", condition)?;
        let x = self.as_tensor(x)?;
        let y = self.as_tensor(y)?;
        let dtype = promote::arrays(&tensor_dtype("where", &x)?, &tensor_dtype("where", &y)?);
        let both = source::tensor_of(shape::broadcast("where", &x, &y)?, dtype.clone(), Order::C);
        let shape = shape::broadcast("where", condition, &both)?;
        let mut fields = Map::new();
        fields.insert("condition".into(), encode::reference(condition));
        fields.insert("x".into(), encode::reference(&x));
        fields.insert("y".into(), encode::reference(&y));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("gpu".into(), json!(false));
        let result = source::tensor_of(shape, dtype, Order::C);
        Ok(self.push(class, &[condition, &x, &y], fields, result))
    }

    /// A plain value becomes a 0-d tensor.
    fn as_tensor(&mut self, operand: Operand<'_>) -> Result<Node, Error> {
        match operand {
            Operand::Node(node) => Ok(node.clone()),
            Operand::Scalar(value) => self.scalar(value, None),
        }
    }
}
