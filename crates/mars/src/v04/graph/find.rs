//! Where elements are: nonzero, searchsorted, digitize, isin, choose, topk, partition.

use super::functions::tensor;
use super::{
    Class, Dtype, Error, Graph, Index, Literal, Node, Operand, Order, Scalar, Slice, constructor,
    encode, promote, shape, source,
};
use serde_json::{Map, Value, json};

/// Which of the elements `topk` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Top {
    /// How many.
    pub count: u64,
    /// The greatest, or else the smallest.
    pub largest: bool,
    /// Their places instead of their values.
    pub places: bool,
}

/// The fields of an operand and the type that it says to give.
pub(super) fn fields<'f>(
    own: impl IntoIterator<Item = (&'f str, Value)>,
    dtype: Option<&Dtype>,
) -> Map<String, Value> {
    let own = own
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    let mut fields: Map<String, Value> = own.collect();
    if let Some(dtype) = dtype {
        fields.insert("dtype".into(), encode::dtype(dtype));
    }
    fields.insert("gpu".into(), json!(false));
    fields
}

impl Graph<'_> {
    /// `mt.nonzero(x)`: for each axis the places of the elements that are not 0.
    pub fn nonzero(&mut self, node: &Node) -> Result<Vec<Node>, Error> {
        let class = Class {
            code: "tensor.414",
            name: "mars.TensorNonzero",
        };
        tensor("nonzero", node)?;
        if node.ndim() == 0 {
            return Err(source::argument("nonzero", "a", "must have an axis"));
        }
        let own = fields([("input", encode::reference(node))], Some(&Dtype::I64));
        let places = || source::tensor_of(vec![None], Dtype::I64, Order::C);
        let outputs = (0..node.ndim()).map(|axis| (places(), ("_idx_", json!(axis))));
        Ok(self.push_several(class, &[node], own, outputs.collect()))
    }

    /// `mt.searchsorted(sorted, values, side)`; `right` is after equal elements.
    pub fn searchsorted(
        &mut self,
        sorted: &Node,
        values: Operand<'_>,
        right: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.428",
            name: "mars.TensorSearchsorted",
        };
        let name = "searchsorted";
        tensor(name, sorted)?;
        if sorted.ndim() != 1 {
            return Err(source::argument(name, "a", "must have one axis"));
        }
        let (value, lengths, more) = match values {
            Operand::Node(node) => {
                tensor(name, node)?;
                (encode::reference(node), node.shape.clone(), Some(node))
            }
            Operand::Scalar(scalar) => (source::finite(name, "v", scalar)?, Vec::new(), None),
        };
        let own = [
            ("input", encode::reference(sorted)),
            ("values", value),
            ("side", json!(if right { "right" } else { "left" })),
        ];
        let own = fields(own, Some(&Dtype::I64));
        let inputs: Vec<&Node> = [sorted].into_iter().chain(more).collect();
        let result = source::tensor_of(lengths, Dtype::I64, Order::C);
        Ok(self.push(class, &inputs, own, result))
    }

    /// `mt.digitize(x, bins, right)`: the bin of every element. The engine cuts bins that are a
    /// tensor to the shape of `x`, and so gives wrong answers: they are values here.
    pub fn digitize(&mut self, node: &Node, bins: &Literal, right: bool) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.420",
            name: "mars.TensorDigitize",
        };
        let name = "digitize";
        tensor(name, node)?;
        if bins.shape().is_none_or(|shape| shape.len() != 1) {
            return Err(source::argument(name, "bins", "must have one axis"));
        }
        let own = [
            ("input", encode::reference(node)),
            ("bins", constructor::array(bins, &bins.dtype())),
            ("right", json!(right)),
        ];
        let own = fields(own, Some(&Dtype::I64));
        let result = source::tensor_of(node.shape.clone(), Dtype::I64, Order::C);
        Ok(self.push(class, &[node], own, result))
    }

    /// `mt.isin(element, tests, invert)`: whether each element is one of the others.
    pub fn isin_tensor(
        &mut self,
        element: &Node,
        tests: &Node,
        invert: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.423",
            name: "mars.TensorIsIn",
        };
        tensor("isin", element)?;
        tensor("isin", tests)?;
        let tests = match tests.ndim() {
            1 => tests.clone(),
            _ => self.reshape(tests, &[-1])?,
        };
        let own = [
            ("element", encode::reference(element)),
            ("test_elements", encode::reference(&tests)),
            ("assume_unique", json!(false)),
            ("invert", json!(invert)),
        ];
        let own = fields(own, Some(&Dtype::Bool));
        let result = source::tensor_of(element.shape.clone(), Dtype::Bool, Order::C);
        Ok(self.push(class, &[element, &tests], own, result))
    }

    /// `mt.choose(a, choices, mode)`: each element from the choice that `a` numbers.
    pub fn choose(&mut self, a: &Node, choices: &[Node], mode: &str) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.413",
            name: "mars.TensorChoose",
        };
        let name = "choose";
        if !tensor(name, a)?.is_integer() {
            return Err(source::argument(name, "a", "must hold whole numbers"));
        }
        let Some((first, rest)) = choices.split_first() else {
            return Err(source::argument(name, "choices", "names no tensor"));
        };
        let mut dtype = tensor(name, first)?.clone();
        let mut both =
            source::tensor_of(shape::broadcast(name, a, first)?, dtype.clone(), Order::C);
        for choice in rest {
            dtype = promote::arrays(&dtype, tensor(name, choice)?);
            both.shape = shape::broadcast(name, &both, choice)?;
        }
        let own = [
            ("a", encode::reference(a)),
            (
                "choices",
                encode::list(choices.iter().map(encode::reference)),
            ),
            ("mode", json!(mode)),
        ];
        let own = fields(own, Some(&dtype));
        both.dtype = Some(dtype);
        let inputs: Vec<&Node> = [a].into_iter().chain(choices).collect();
        Ok(self.push(class, &inputs, own, both))
    }

    /// `mt.topk(x, k, axis)` and `mt.argtopk`, by way of the sorted tensor, which is one of the
    /// library's own ways: its other one fails on a tensor of one chunk.
    pub fn topk(&mut self, node: &Node, axis: i64, top: Top) -> Result<Node, Error> {
        tensor("topk", node)?;
        let at = shape::axis(axis, node.ndim())?;
        let sorted = self.sort_tensor(node, axis, top.places)?;
        let mut items = vec![Index::Slice(Slice::default()); at];
        let count = i64::try_from(top.count).unwrap_or(i64::MAX);
        if !top.largest {
            items.push(Index::Slice(Slice {
                stop: Some(count),
                ..Slice::default()
            }));
            return self.index(&sorted, &items);
        }
        // Not by a slice backwards: the engine cannot keep every such view.
        let length = node.shape.get(at).copied().flatten();
        let length = length.and_then(|length| i64::try_from(length).ok());
        let last = length.ok_or_else(|| Error::UnknownShape {
            operator: "topk".into(),
        })? - 1;
        let ends = [last, (last - count).max(-1), -1].map(Scalar::Int);
        let [start, stop, step] = &ends;
        let places = self.arange(start, stop, step, None)?;
        items.push(Index::Node(&places));
        self.index(&sorted, &items)
    }

    /// `mt.partition(x, kth, axis)`, or `mt.argpartition` with `places`.
    pub fn partition(
        &mut self,
        node: &Node,
        kth: &[i64],
        axis: i64,
        places: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.432",
            name: "mars.TensorPartition",
        };
        let name = if places { "argpartition" } else { "partition" };
        let dtype = tensor(name, node)?.clone();
        let at = shape::axis(axis, node.ndim())?;
        let length = node.shape.get(at).copied().flatten();
        let length = length.ok_or_else(|| Error::UnknownShape {
            operator: name.into(),
        })?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let kth = kth.iter().map(|place| shape::axis(*place, length));
        let mut kth = kth
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| source::argument(name, "kth", "is out of bounds"))?;
        kth.sort_unstable();
        kth.dedup();
        let kth = kth.into_iter().map(|place| Scalar::Int(place as i64));
        let kth = Literal::List(kth.map(Literal::Scalar).collect());
        let own = [
            ("input", encode::reference(node)),
            ("kth", constructor::array(&kth, &Dtype::I64)),
            ("axis", json!(at)),
            ("kind", json!("introselect")),
            ("return_value", json!(!places)),
            ("return_indices", json!(places)),
        ];
        let own = fields(own, Some(&dtype));
        let (kind, dtype) = match places {
            true => ("argsort", Dtype::I64),
            false => ("sorted", dtype),
        };
        let result = source::tensor_of(node.shape.clone(), dtype, node.order);
        Ok(self.push_with(class, &[node], own, result, Some(("type", json!(kind)))))
    }
}
