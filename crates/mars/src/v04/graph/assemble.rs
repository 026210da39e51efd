//! Tensors put together, stretched and cut: concatenate, stack, squeeze, swapaxes, broadcast_to,
//! repeat, tril, triu.

use super::functions::tensor;
use super::{Class, Dtype, Error, Graph, Node, encode, promote, shape, source};
use serde_json::{Map, Value, json};

impl Graph<'_> {
    /// `mt.concatenate(parts, axis)`.
    pub fn concatenate(&mut self, parts: &[&Node], axis: i64) -> Result<Node, Error> {
        let name = "concatenate";
        let (first, dtype) = common(name, parts)?;
        let at = shape::axis(axis, first.ndim())?;
        let mut lengths = first.shape.clone();
        for part in parts.iter().skip(1) {
            let fits = part.ndim() == first.ndim()
                && part
                    .shape
                    .iter()
                    .zip(&first.shape)
                    .enumerate()
                    .all(|(place, (a, b))| place == at || a.is_none() || b.is_none() || a == b);
            if !fits {
                return Err(apart(name, first, part));
            }
            if let (Some(length), Some(more)) = (lengths.get_mut(at), part.shape.get(at)) {
                *length = length.zip(*more).and_then(|(a, b)| a.checked_add(b));
            }
        }
        self.joined(
            ("tensor.405", "mars.TensorConcatenate"),
            parts,
            at,
            lengths,
            dtype,
        )
    }

    /// `mt.stack(parts, axis)`.
    pub fn stack(&mut self, parts: &[&Node], axis: i64) -> Result<Node, Error> {
        let name = "stack";
        let (first, dtype) = common(name, parts)?;
        let at = shape::axis(axis, first.ndim() + 1)?;
        if let Some(other) = parts.iter().find(|part| part.shape != first.shape) {
            return Err(apart(name, first, other));
        }
        let mut lengths = first.shape.clone();
        lengths.insert(at, Some(parts.len() as u64));
        self.joined(
            ("tensor.411", "mars.TensorStack"),
            parts,
            at,
            lengths,
            dtype,
        )
    }

    fn joined(
        &mut self,
        (code, name): (&'static str, &'static str),
        parts: &[&Node],
        axis: usize,
        lengths: shape::Shape,
        dtype: Dtype,
    ) -> Result<Node, Error> {
        let mut fields = Map::new();
        fields.insert("axis".into(), json!(axis));
        let order = parts.first().map_or(super::Order::C, |part| part.order);
        let result = source::tensor_of(lengths, dtype.clone(), order);
        plain(&mut fields, &dtype);
        Ok(self.push(Class { code, name }, parts, fields, result))
    }

    /// `mt.squeeze(x, axis)`: axes of length 1 go; without an axis, all of them.
    pub fn squeeze(&mut self, node: &Node, axes: Option<&[i64]>) -> Result<Node, Error> {
        let name = "squeeze";
        tensor(name, node)?;
        let positions: Vec<usize> = match axes {
            Some(axes) => axes
                .iter()
                .map(|axis| shape::axis(*axis, node.ndim()))
                .collect::<Result<_, _>>()?,
            None => (0..node.ndim())
                .filter(|at| node.shape.get(*at) == Some(&Some(1)))
                .collect(),
        };
        if positions
            .iter()
            .any(|at| node.shape.get(*at) != Some(&Some(1)))
        {
            return Err(source::argument(name, "axis", "must have length 1"));
        }
        let kept = node.shape.iter().enumerate();
        let lengths = kept
            .filter(|(at, _)| !positions.contains(at))
            .map(|(_, length)| *length)
            .collect();
        let own = [("axis", encode::tuple(positions.iter().map(|at| json!(at))))];
        self.reshaped(("tensor.419", "mars.TensorSqueeze"), node, lengths, &own)
    }

    /// `mt.swapaxes(x, axis1, axis2)`.
    pub fn swapaxes(&mut self, node: &Node, axis1: i64, axis2: i64) -> Result<Node, Error> {
        tensor("swapaxes", node)?;
        let one = shape::axis(axis1, node.ndim())?;
        let two = shape::axis(axis2, node.ndim())?;
        let mut lengths = node.shape.clone();
        lengths.swap(one, two);
        let own = [("axis1", json!(one)), ("axis2", json!(two))];
        self.reshaped(("tensor.409", "mars.TensorSwapAxes"), node, lengths, &own)
    }

    /// `mt.broadcast_to(x, shape)`.
    pub fn broadcast_to(&mut self, node: &Node, wanted: &[u64]) -> Result<Node, Error> {
        let name = "broadcast_to";
        tensor(name, node)?;
        let fits = wanted.len() >= node.ndim()
            && node
                .shape
                .iter()
                .rev()
                .zip(wanted.iter().rev())
                .all(|(own, wanted)| own.is_none_or(|own| own == 1 || own == *wanted));
        if !fits {
            return Err(Error::Shapes {
                operator: name.into(),
                left: node.shape_text(),
                right: format!("{wanted:?}"),
            });
        }
        let own = [(
            "shape",
            encode::tuple(wanted.iter().map(|length| json!(length))),
        )];
        let lengths = wanted.iter().copied().map(Some).collect();
        self.reshaped(
            ("tensor.410", "mars.TensorBroadcastTo"),
            node,
            lengths,
            &own,
        )
    }

    /// `mt.repeat(x, repeats, axis)`.
    pub fn repeat(&mut self, node: &Node, repeats: u64, axis: i64) -> Result<Node, Error> {
        tensor("repeat", node)?;
        let at = shape::axis(axis, node.ndim())?;
        let mut lengths = node.shape.clone();
        if let Some(length) = lengths.get_mut(at) {
            *length = length.and_then(|length| length.checked_mul(repeats));
        }
        let own = [("repeats", json!(repeats)), ("axis", json!(at))];
        self.reshaped(("tensor.421", "mars.TensorRepeat"), node, lengths, &own)
    }

    /// `mt.tril(x, k)`, or `mt.triu(x, k)` with `upper`.
    pub fn triangle(&mut self, node: &Node, k: i64, upper: bool) -> Result<Node, Error> {
        let (name, class) = match upper {
            true => ("triu", ("tensor.15", "mars.TensorTriu")),
            false => ("tril", ("tensor.16", "mars.TensorTril")),
        };
        tensor(name, node)?;
        if node.ndim() < 2 {
            return Err(source::argument(name, "m", "must have two axes"));
        }
        self.reshaped(class, node, node.shape.clone(), &[("k", json!(k))])
    }

    fn reshaped(
        &mut self,
        (code, name): (&'static str, &'static str),
        node: &Node,
        lengths: shape::Shape,
        own: &[(&str, Value)],
    ) -> Result<Node, Error> {
        let dtype = tensor(name, node)?.clone();
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        for (field, value) in own {
            fields.insert((*field).to_owned(), value.clone());
        }
        plain(&mut fields, &dtype);
        let result = source::tensor_of(lengths, dtype, node.order);
        Ok(self.push(Class { code, name }, &[node], fields, result))
    }
}

fn plain(fields: &mut Map<String, Value>, dtype: &Dtype) {
    fields.insert("dtype".into(), encode::dtype(dtype));
    fields.insert("sparse".into(), json!(false));
    fields.insert("gpu".into(), json!(false));
}

/// The first part and the type that holds them all.
fn common<'n>(name: &str, parts: &[&'n Node]) -> Result<(&'n Node, Dtype), Error> {
    let (first, rest) = parts
        .split_first()
        .ok_or_else(|| source::argument(name, "tensors", "names no tensor"))?;
    let mut dtype = tensor(name, first)?.clone();
    for part in rest {
        dtype = promote::arrays(&dtype, tensor(name, part)?);
    }
    Ok((first, dtype))
}

fn apart(name: &str, left: &Node, right: &Node) -> Error {
    Error::Shapes {
        operator: name.into(),
        left: left.shape_text(),
        right: right.shape_text(),
    }
}
