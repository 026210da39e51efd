//! Reshape and transpose.

use super::{Class, Error, Graph, Kind, Node, Order, encode, shape, source};
use serde_json::{Map, json};

impl Graph<'_> {
    /// `x.reshape(newshape)`; one length may be −1.
    pub fn reshape(&mut self, node: &Node, newshape: &[i64]) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.401",
            name: "mars.TensorReshape",
        };
        let dtype = tensor_dtype("reshape", node)?;
        let size = shape::size(&node.shape).ok_or_else(|| Error::UnknownShape {
            operator: "reshape".into(),
        })?;
        let lengths = infer(size, newshape).ok_or_else(|| Error::Shapes {
            operator: "reshape".into(),
            left: node.shape_text(),
            right: format!("{newshape:?}"),
        })?;
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert(
            "newshape".into(),
            encode::tuple(lengths.iter().map(|l| json!(l))),
        );
        fields.insert("order".into(), json!("C"));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("gpu".into(), json!(false));
        fields.insert("create_view".into(), json!(node.order == Order::C));
        Ok(self.push(class, &[node], fields, source::tensor(&lengths, dtype)))
    }

    /// `x.transpose(axes)`; no axes reverse them all, as `x.T` does.
    pub fn transpose(&mut self, node: &Node, axes: Option<&[i64]>) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.408",
            name: "mars.TensorTranspose",
        };
        let dtype = tensor_dtype("transpose", node)?;
        let ndim = node.ndim();
        let reversed = axes.is_none();
        let axes: Vec<usize> = match axes {
            None => (0..ndim).rev().collect(),
            Some(axes) => axes
                .iter()
                .map(|&axis| shape::axis(axis, ndim))
                .collect::<Result<_, _>>()?,
        };
        let mut seen = axes.clone();
        seen.sort_unstable();
        if !seen.into_iter().eq(0..ndim) {
            return Err(source::argument(
                "transpose",
                "axes",
                "must name every axis once",
            ));
        }
        // The library turns the order only when it reverses the axes by itself.
        let order = if reversed && node.order == Order::C {
            Order::F
        } else {
            Order::C
        };
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert(
            "axes".into(),
            encode::list(axes.iter().map(|axis| json!(axis))),
        );
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        fields.insert("create_view".into(), json!(true));
        let shape = axes.iter().map(|&axis| node.shape[axis]).collect();
        Ok(self.push(
            class,
            &[node],
            fields,
            source::tensor_of(shape, dtype, order),
        ))
    }
}

/// The element type of a tensor, or the refusal of anything else.
pub(super) fn tensor_dtype(operator: &str, node: &Node) -> Result<super::Dtype, Error> {
    match &node.dtype {
        Some(dtype) if node.kind == Kind::Tensor => Ok(dtype.clone()),
        _ => Err(Error::Kind {
            operator: operator.into(),
            kind: node.kind.as_str(),
        }),
    }
}

/// Fills in the length that is −1.
fn infer(size: u64, newshape: &[i64]) -> Option<Vec<u64>> {
    let known = newshape
        .iter()
        .filter(|&&length| length != -1)
        .try_fold(1u64, |product, &length| {
            product.checked_mul(u64::try_from(length).ok()?)
        })?;
    let free = newshape.iter().filter(|&&length| length == -1).count();
    let missing = match free {
        0 if known == size => 1,
        1 if known != 0 && size.is_multiple_of(known) => size / known,
        _ => return None,
    };
    newshape
        .iter()
        .map(|&length| {
            if length == -1 {
                Some(missing)
            } else {
                u64::try_from(length).ok()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::infer;

    #[test]
    fn one_length_is_inferred() {
        assert_eq!(infer(12, &[3, -1]), Some(vec![3, 4]));
        assert_eq!(infer(12, &[12]), Some(vec![12]));
        assert_eq!(infer(12, &[5, -1]), None);
        assert_eq!(infer(12, &[-1, -1]), None);
        assert_eq!(infer(0, &[0, 5]), Some(vec![0, 5]));
        assert_eq!(infer(1, &[]), Some(vec![]));
        assert_eq!(infer(12, &[-3, -4]), None);
        assert_eq!(infer(12, &[i64::MAX, i64::MAX]), None);
    }
}
