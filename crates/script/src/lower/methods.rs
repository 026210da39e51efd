//! Methods of tensors, frames and series.

use mars::v04::graph::{Kind, Node, Reduction, Unary};

use super::arguments::Arguments;
use super::tensor::node;
use super::value::Value;
use super::{Lowering, Lowers};
use crate::error::{Error, ErrorKind, Wanted};
use crate::suggest::nearest;

/// Methods of a tensor. `execute` and `fetch` are what a Python user would end the line with;
/// here every line is executed and fetched.
const TENSOR: &[&str] = &[
    "all",
    "any",
    "argmax",
    "argmin",
    "astype",
    "clip",
    "cumsum",
    "dot",
    "execute",
    "fetch",
    "flatten",
    "max",
    "mean",
    "min",
    "prod",
    "ravel",
    "reshape",
    "round",
    "std",
    "sum",
    "transpose",
    "var",
];

/// Methods of a frame.
const FRAME: &[&str] = &[
    "abs",
    "count",
    "describe",
    "execute",
    "fetch",
    "groupby",
    "head",
    "max",
    "mean",
    "min",
    "prod",
    "sort_values",
    "std",
    "sum",
    "tail",
    "var",
];

/// Methods of a series.
const SERIES: &[&str] = &[
    "abs", "count", "execute", "fetch", "head", "max", "mean", "min", "prod", "std", "sum", "tail",
    "var",
];

/// Methods of a frame in groups.
pub(super) const GROUPS: &[&str] = &[
    "agg",
    "aggregate",
    "count",
    "max",
    "mean",
    "min",
    "std",
    "sum",
    "var",
];

/// The methods of this kind of node.
pub(super) fn of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Tensor => TENSOR,
        Kind::DataFrame => FRAME,
        Kind::Series => SERIES,
        Kind::Index => &["execute", "fetch"],
    }
}

impl Lowering<'_> {
    pub(super) fn method(&mut self, of: &Node, name: &str, arguments: Arguments) -> Lowers<Value> {
        let shown = format!("{}.{name}", of.kind().as_str());
        if matches!(name, "execute" | "fetch") {
            arguments.bind(&shown, &[], 0)?;
            return Ok(Value::Node(of.clone()));
        }
        match of.kind() {
            Kind::Tensor => self.tensor_method(of, name, &shown, arguments),
            Kind::DataFrame | Kind::Series => self.frame_method(of, name, &shown, arguments),
            Kind::Index => Err(unknown(of, name, &arguments)),
        }
    }

    fn tensor_method(
        &mut self,
        of: &Node,
        name: &str,
        shown: &str,
        arguments: Arguments,
    ) -> Lowers<Value> {
        if let Some(reduction) = Reduction::from_name(name) {
            let bound = arguments.bind(shown, &["axis", "keepdims", "ddof"], 0)?;
            return self.reduce(reduction, of, &bound);
        }
        match name {
            "reshape" => {
                let bound = arguments.gather().bind(shown, &["shape"], 1)?;
                let shape = bound.must("shape")?.lengths(Wanted::Shape)?;
                node(self.graph.reshape(of, &shape), &bound)
            }
            "ravel" | "flatten" => {
                let bound = arguments.bind(shown, &[], 0)?;
                node(self.graph.reshape(of, &[-1]), &bound)
            }
            "transpose" => {
                let bound = arguments.gather().bind(shown, &["axes"], 0)?;
                let axes = bound
                    .some("axes")
                    .map(|axes| axes.lengths(Wanted::Axes))
                    .transpose()?;
                node(self.graph.transpose(of, axes.as_deref()), &bound)
            }
            "astype" => {
                let bound = arguments.bind(shown, &["dtype"], 1)?;
                self.cast(of, &bound)
            }
            "dot" => {
                let bound = arguments.bind(shown, &["b"], 1)?;
                let b = bound.must("b")?.node()?;
                node(self.graph.dot(of, &b), &bound)
            }
            "cumsum" => {
                let bound = arguments.bind(shown, &["axis"], 0)?;
                match bound.some("axis") {
                    Some(axis) => {
                        let axis = axis.integer()?;
                        node(self.graph.cumsum(of, axis), &bound)
                    }
                    // Without an axis numpy sums over the flattened tensor.
                    None => {
                        let flat = self.graph.reshape(of, &[-1]);
                        let flat = flat.and_then(|flat| self.graph.cumsum(&flat, 0));
                        node(flat, &bound)
                    }
                }
            }
            "clip" => {
                let bound = arguments.bind(shown, &["a_min", "a_max"], 2)?;
                let (low, high) = (
                    bound.must("a_min")?.number()?,
                    bound.must("a_max")?.number()?,
                );
                node(self.graph.clip(of, &low, &high), &bound)
            }
            "round" | "around" => {
                let bound = arguments.bind(shown, &["decimals"], 0)?;
                let decimals = bound.integer("decimals", 0)?;
                node(self.graph.around(of, decimals), &bound)
            }
            _ => match Unary::from_name(name) {
                Some(operator) => {
                    let bound = arguments.bind(shown, &[], 0)?;
                    self.unary_node(operator, of, bound.at())
                }
                None => Err(unknown(of, name, &arguments)),
            },
        }
    }
}

pub(super) fn unknown(node: &Node, name: &str, arguments: &Arguments) -> Error {
    let kind = ErrorKind::UnknownFunction {
        owner: node.kind().as_str().to_owned(),
        name: name.to_owned(),
        nearest: nearest(name, of(node.kind()).iter().copied()),
    };
    Error::new(arguments.at, kind)
}
