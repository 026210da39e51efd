//! Operands of several results, or of other lengths: split, frexp, modf, diag.

use super::functions::tensor;
use super::{
    Class, Dtype, Error, Graph, Literal, Node, Order, Scalar, constructor, encode, find, promote,
    shape, source,
};
use serde_json::{Value, json};

/// Where a tensor is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cuts {
    /// Into so many parts of one length.
    Equal(u64),
    /// Into so many parts; the first ones may be longer by one.
    Nearly(u64),
    /// At these places.
    At(Vec<i64>),
}

impl Graph<'_> {
    /// `mt.split(x, cuts, axis)` and its like.
    pub fn split(&mut self, node: &Node, cuts: &Cuts, axis: i64) -> Result<Vec<Node>, Error> {
        let class = Class {
            code: "tensor.418",
            name: "mars.TensorSplit",
        };
        let name = "split";
        let dtype = tensor(name, node)?.clone();
        let at = shape::axis(axis, node.ndim())?;
        let length = node.shape.get(at).copied().flatten();
        let length = length.ok_or_else(|| Error::UnknownShape {
            operator: name.into(),
        })?;
        let lengths = cuts.lengths(length)?;
        let field = match cuts {
            Cuts::Equal(count) | Cuts::Nearly(count) => json!(count),
            Cuts::At(places) => {
                let places = places.iter().map(|place| Scalar::Int(*place));
                let places = Literal::List(places.map(Literal::Scalar).collect());
                constructor::array(&places, &Dtype::I64)
            }
        };
        let own = [
            ("input", encode::reference(node)),
            ("indices_or_sections", field),
            ("axis", json!(at)),
        ];
        let fields = find::fields(own, Some(&dtype));
        let part = |(place, length): (usize, u64)| {
            let mut part = source::tensor_of(node.shape.clone(), dtype.clone(), node.order);
            if let Some(own) = part.shape.get_mut(at) {
                *own = Some(length);
            }
            (part, ("i", json!(place)))
        };
        let parts = lengths.into_iter().enumerate().map(part).collect();
        Ok(self.push_several(class, &[node], fields, parts))
    }

    /// `mt.frexp(x)`: mantissa and exponent.
    pub fn frexp(&mut self, node: &Node) -> Result<Vec<Node>, Error> {
        let class = Class {
            code: "tensor.177",
            name: "mars.TensorFrexp",
        };
        self.halves(class, "frexp", node, Some(Dtype::I32))
    }

    /// `mt.modf(x)`: the part behind the point, and the whole part.
    pub fn modf(&mut self, node: &Node) -> Result<Vec<Node>, Error> {
        let class = Class {
            code: "tensor.178",
            name: "mars.TensorModf",
        };
        self.halves(class, "modf", node, None)
    }

    fn halves(
        &mut self,
        class: Class,
        name: &str,
        node: &Node,
        right: Option<Dtype>,
    ) -> Result<Vec<Node>, Error> {
        let own = tensor(name, node)?;
        if !own.is_numeric() || own.is_complex() {
            return Err(Error::Elements {
                operator: name.into(),
                dtype: own.clone(),
            });
        }
        let left = promote::float_of(own);
        let right = right.unwrap_or_else(|| left.clone());
        let own = [
            ("input", encode::reference(node)),
            ("order", json!("K")),
            ("casting", json!("same_kind")),
        ];
        let half = |dtype, side: &str| {
            let half = source::tensor_of(node.shape.clone(), dtype, node.order);
            (half, ("side", json!(side)))
        };
        let outputs = vec![half(left, "left"), half(right, "right")];
        Ok(self.push_several(class, &[node], find::fields(own, None), outputs))
    }

    /// `mt.diag(x, k)`: a diagonal of a matrix, or a matrix with this diagonal.
    pub fn diag(&mut self, node: &Node, k: i64) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.12",
            name: "mars.TensorDiag",
        };
        let dtype = tensor("diag", node)?.clone();
        let away = k.unsigned_abs();
        let lengths = match node.shape.as_slice() {
            [length] => {
                let side = length.and_then(|length| length.checked_add(away));
                vec![side, side]
            }
            [rows, columns] => {
                let (rows, columns) = match k < 0 {
                    true => (rows.map(|rows| rows.saturating_sub(away)), *columns),
                    false => (*rows, columns.map(|columns| columns.saturating_sub(away))),
                };
                vec![rows.zip(columns).map(|(rows, columns)| rows.min(columns))]
            }
            _ => return Err(source::argument("diag", "v", "must have one or two axes")),
        };
        let own = [("input", encode::reference(node)), ("k", json!(k))];
        let mut fields = find::fields(own, Some(&dtype));
        fields.insert("sparse".into(), json!(false));
        let result = source::tensor_of(lengths, dtype, Order::C);
        let extra = Some(("raw_chunk_size", Value::Null));
        Ok(self.push_with(class, &[node], fields, result, extra))
    }
}

/// The most parts: each is an output of its own.
const MOST: u64 = 1000;

impl Cuts {
    /// The lengths of the parts.
    fn lengths(&self, length: u64) -> Result<Vec<u64>, Error> {
        let wrong = |reason| source::argument("split", "indices_or_sections", reason);
        match self {
            Self::Equal(0) | Self::Nearly(0) => Err(wrong("must be positive")),
            Self::Equal(count) if !length.is_multiple_of(*count) => {
                Err(wrong("does not divide the length"))
            }
            Self::Equal(count) | Self::Nearly(count) => {
                if *count > MOST {
                    return Err(wrong("is more than 1000 parts"));
                }
                // The engine fails on parts without an element.
                if *count > length {
                    return Err(wrong("is more than the length"));
                }
                let longer = length % count;
                let part = |at| length / count + u64::from(at < longer);
                Ok((0..*count).map(part).collect())
            }
            Self::At(places) => {
                let mut ends: Vec<u64> = Vec::with_capacity(places.len() + 1);
                for place in places {
                    let end = u64::try_from(*place).ok().filter(|end| *end <= length);
                    let end = end.filter(|end| ends.last().is_none_or(|last| last <= end));
                    ends.push(end.ok_or_else(|| wrong("must rise within the length"))?);
                }
                ends.push(length);
                let mut start = 0;
                let parts = ends.into_iter().map(|end| {
                    let part = end - start;
                    start = end;
                    part
                });
                Ok(parts.collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cuts;

    #[test]
    fn parts_as_numpy_cuts_them() {
        assert_eq!(Cuts::Equal(3).lengths(9), Ok(vec![3, 3, 3]));
        assert!(Cuts::Equal(2).lengths(9).is_err());
        assert!(Cuts::Equal(0).lengths(9).is_err());
        assert!(Cuts::Equal(1001).lengths(1_001_000).is_err());
        assert_eq!(Cuts::Nearly(3).lengths(8), Ok(vec![3, 3, 2]));
        assert_eq!(Cuts::At(vec![2, 5]).lengths(9), Ok(vec![2, 3, 4]));
        assert!(Cuts::At(vec![5, 2]).lengths(9).is_err());
        assert!(Cuts::At(vec![-1]).lengths(9).is_err());
    }
}
