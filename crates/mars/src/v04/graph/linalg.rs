//! Matrix products: `mt.dot` and `a @ b`.

use super::reshape::tensor_dtype;
use super::{Class, Error, Graph, Index, Node, Order, Slice, encode, promote, shape, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// `mt.dot(a, b)`: the last axis of `a` with the one before the last of `b`.
    pub fn dot(&mut self, a: &Node, b: &Node) -> Result<Node, Error> {
        if a.ndim() == 0 || b.ndim() == 0 {
            return self.binary(super::Binary::Multiply, a.into(), b.into());
        }
        let b_axis = b.ndim().saturating_sub(2);
        self.tensordot(a, b, &[a.ndim() - 1], &[b_axis])
    }

    /// `mt.tensordot(a, b, (a_axes, b_axes))`.
    pub fn tensordot(
        &mut self,
        a: &Node,
        b: &Node,
        a_axes: &[usize],
        b_axes: &[usize],
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.501",
            name: "mars.TensorTensorDot",
        };
        let common = promote::arrays(&tensor_dtype("dot", a)?, &tensor_dtype("dot", b)?);
        let fits = a_axes.len() == b_axes.len()
            && a_axes.iter().zip(b_axes).all(|(&x, &y)| {
                matches!((a.shape.get(x), b.shape.get(y)), (Some(x), Some(y)) if meets(*x, *y))
            });
        if !fits {
            return Err(mismatch("dot", a, b));
        }
        if !common.is_numeric() {
            return Err(Error::Elements {
                operator: "dot".into(),
                dtype: common,
            });
        }
        let rest = |node: &Node, axes: &[usize]| {
            let keep =
                |(at, length): (usize, &Option<u64>)| (!axes.contains(&at)).then_some(*length);
            node.shape
                .iter()
                .enumerate()
                .filter_map(keep)
                .collect::<Vec<_>>()
        };
        let mut shape = rest(a, a_axes);
        shape.extend(rest(b, b_axes));
        let mut fields = Map::new();
        fields.insert("a".into(), encode::reference(a));
        fields.insert("b".into(), encode::reference(b));
        fields.insert(
            "a_axes".into(),
            encode::tuple(a_axes.iter().map(|axis| json!(axis))),
        );
        fields.insert(
            "b_axes".into(),
            encode::tuple(b_axes.iter().map(|axis| json!(axis))),
        );
        fields.insert("dtype".into(), encode::dtype(&common));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        let result = source::tensor_of(shape, common, Order::C);
        Ok(self.push(class, &[a, b], fields, result))
    }

    /// `a @ b`: matrices, stacks of matrices, and vectors on either side.
    pub fn matmul(&mut self, a: &Node, b: &Node) -> Result<Node, Error> {
        if a.ndim() == 0 || b.ndim() == 0 {
            return Err(source::argument("@", "operand", "must not be a scalar"));
        }
        let whole = || Index::Slice(Slice::default());
        let left = match a.ndim() {
            1 => self.index(a, &[Index::NewAxis, whole()])?,
            _ => a.clone(),
        };
        let right = match b.ndim() {
            1 => self.index(b, &[whole(), Index::NewAxis])?,
            _ => b.clone(),
        };
        let left = self.stacked(left, right.ndim())?;
        let right = self.stacked(right, left.ndim())?;
        let mut product = self.matrices(&left, &right, || mismatch("@", a, b))?;
        if a.ndim() == 1 {
            let mut items: Vec<_> = (2..product.ndim()).map(|_| whole()).collect();
            items.push(Index::At(0));
            product = self.index(&product, &items)?;
        }
        if b.ndim() == 1 {
            let mut items: Vec<_> = (1..product.ndim()).map(|_| whole()).collect();
            items.push(Index::At(0));
            product = self.index(&product, &items)?;
        }
        Ok(product)
    }

    /// Adds leading axes until there are so many.
    fn stacked(&mut self, node: Node, ndim: usize) -> Result<Node, Error> {
        match ndim.checked_sub(node.ndim()) {
            None | Some(0) => Ok(node),
            Some(missing) => self.index(&node, &vec![Index::NewAxis; missing]),
        }
    }

    fn matrices(
        &mut self,
        a: &Node,
        b: &Node,
        mismatch: impl Fn() -> Error,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.503",
            name: "mars.TensorMatmul",
        };
        let dtype = promote::arrays(&tensor_dtype("@", a)?, &tensor_dtype("@", b)?);
        if !dtype.is_numeric() {
            return Err(Error::Elements {
                operator: "@".into(),
                dtype,
            });
        }
        let ([a_stack @ .., rows, a_inner], [b_stack @ .., b_inner, columns]) =
            (a.shape.as_slice(), b.shape.as_slice())
        else {
            return Err(mismatch());
        };
        if !meets(*a_inner, *b_inner) {
            return Err(mismatch());
        }
        let mut shape = shape::broadcast_shapes(a_stack, b_stack).ok_or_else(mismatch)?;
        shape.extend([*rows, *columns]);
        let both_f = a.order == Order::F && b.order == Order::F;
        let mut fields = Map::new();
        fields.insert("a".into(), encode::reference(a));
        fields.insert("b".into(), encode::reference(b));
        fields.insert("casting".into(), json!("same_kind"));
        fields.insert("order".into(), json!("K"));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        let result = source::tensor_of(shape, dtype, if both_f { Order::F } else { Order::C });
        Ok(self.push(class, &[a, b], fields, result))
    }
}

fn meets(a: Option<u64>, b: Option<u64>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn mismatch(operator: &str, a: &Node, b: &Node) -> Error {
    Error::Shapes {
        operator: operator.into(),
        left: a.shape_text(),
        right: b.shape_text(),
    }
}
