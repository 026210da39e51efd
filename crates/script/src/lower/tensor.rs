//! The functions of `mars.tensor` and `mars.tensor.random`.

use mars::v04::graph::{self, Axes, Dtype, Kind, Node, Reduction, Scalar};

use super::arguments::{Arguments, Bound};
use super::convert::located;
use super::operator::operand;
use super::value::Value;
use super::{Lowering, Lowers};
use crate::error::{Error, ErrorKind, Wanted};

impl Lowering<'_> {
    pub(super) fn tensor_function(
        &mut self,
        name: &str,
        shown: &str,
        arguments: Arguments,
    ) -> Lowers<Value> {
        match name {
            "ones" | "zeros" | "full" | "ones_like" | "zeros_like" | "arange" | "linspace"
            | "eye" | "identity" | "tensor" | "array" | "scalar" => {
                self.creation(name, shown, arguments)
            }
            "where" => {
                let bound = arguments.bind(shown, &["condition", "x", "y"], 3)?;
                let condition = bound.must("condition")?.node()?;
                let (x, y) = (bound.must("x")?, bound.must("y")?);
                let left = operand(x.value).ok_or_else(|| x.wrong(Wanted::Operand))?;
                let right = operand(y.value).ok_or_else(|| y.wrong(Wanted::Operand))?;
                let result = self.graph.where_(&condition, left, right);
                node(result, &bound)
            }
            "dot" | "matmul" => {
                let bound = arguments.bind(shown, &["a", "b"], 2)?;
                let (a, b) = (bound.must("a")?.node()?, bound.must("b")?.node()?);
                let result = match name {
                    "dot" => self.graph.dot(&a, &b),
                    _ => self.graph.matmul(&a, &b),
                };
                node(result, &bound)
            }
            "tensordot" => self.tensordot(arguments.bind(shown, &["a", "b", "axes"], 2)?),
            // The rest are methods too: the first argument is what they work on.
            method => {
                let (of, rest) = first(shown, arguments)?;
                self.method(&of, method, rest)
            }
        }
    }

    fn creation(&mut self, name: &str, shown: &str, arguments: Arguments) -> Lowers<Value> {
        let float = Dtype::F64;
        match name {
            "ones" | "zeros" => {
                let bound = arguments.bind(shown, &["shape", "dtype"], 1)?;
                let shape = bound.must("shape")?.shape()?;
                let dtype = dtype(&bound)?.unwrap_or(float);
                Ok(Value::Node(self.filled(name == "ones", &shape, dtype)))
            }
            "ones_like" | "zeros_like" => {
                let bound = arguments.bind(shown, &["a", "dtype"], 1)?;
                let given = bound.must("a")?;
                let like = given.node()?;
                let shape: Option<Vec<u64>> = like.shape().iter().copied().collect();
                let shape = shape.ok_or_else(|| given.wrong(Wanted::Shape))?;
                let own = like.dtype().cloned().unwrap_or(float);
                let dtype = dtype(&bound)?.unwrap_or(own);
                Ok(Value::Node(self.filled(name == "ones_like", &shape, dtype)))
            }
            "full" => {
                let bound = arguments.bind(shown, &["shape", "fill_value", "dtype"], 2)?;
                let shape = bound.must("shape")?.shape()?;
                let value = bound.must("fill_value")?.number()?;
                let result = self.graph.full(&shape, &value, dtype(&bound)?);
                node(result, &bound)
            }
            "arange" => {
                self.arange(arguments.bind(shown, &["start", "stop", "step", "dtype"], 1)?)
            }
            "linspace" => {
                let bound = arguments.bind(shown, &["start", "stop", "num", "endpoint"], 2)?;
                let (start, stop) = (
                    bound.must("start")?.number()?,
                    bound.must("stop")?.number()?,
                );
                let num = bound.some("num").map_or(Ok(50), |num| num.count())?;
                let result = self
                    .graph
                    .linspace(&start, &stop, num, bound.flag("endpoint", true)?);
                node(result, &bound)
            }
            "eye" => {
                let bound = arguments.bind(shown, &["N", "M", "k", "dtype"], 1)?;
                let rows = bound.must("N")?.count()?;
                let columns = bound.some("M").map(|columns| columns.count()).transpose()?;
                let dtype = dtype(&bound)?.unwrap_or(float);
                Ok(Value::Node(self.graph.eye(
                    rows,
                    columns,
                    bound.integer("k", 0)?,
                    dtype,
                )))
            }
            "identity" => {
                let bound = arguments.bind(shown, &["n", "dtype"], 1)?;
                let rows = bound.must("n")?.count()?;
                let dtype = dtype(&bound)?.unwrap_or(float);
                Ok(Value::Node(self.graph.eye(rows, None, 0, dtype)))
            }
            _ => {
                let bound = arguments.bind(shown, &["data", "dtype"], 1)?;
                let data = bound.must("data")?;
                if let Value::Node(tensor) = data.value {
                    return self.cast(tensor, &bound);
                }
                let values = data
                    .value
                    .literal()
                    .filter(|values| values.shape().is_some());
                let values = values.ok_or_else(|| data.wrong(Wanted::Values))?;
                let result = self.graph.tensor(&values, dtype(&bound)?);
                node(result, &bound)
            }
        }
    }

    fn filled(&mut self, ones: bool, shape: &[u64], dtype: Dtype) -> Node {
        match ones {
            true => self.graph.ones(shape, dtype),
            false => self.graph.zeros(shape, dtype),
        }
    }

    /// `arange(stop)` or `arange(start, stop[, step])`.
    fn arange(&mut self, bound: Bound<'_>) -> Lowers<Value> {
        let first = bound.must("start")?.number()?;
        let step = bound
            .some("step")
            .map_or(Ok(Scalar::Int(1)), |step| step.number())?;
        let (start, stop) = match bound.some("stop") {
            Some(stop) => (first, stop.number()?),
            None => (Scalar::Int(0), first),
        };
        let result = self.graph.arange(&start, &stop, &step, dtype(&bound)?);
        node(result, &bound)
    }

    /// A tensor as it is, or with another type.
    pub(super) fn cast(&mut self, tensor: &Node, bound: &Bound<'_>) -> Lowers<Value> {
        match dtype(bound)? {
            Some(dtype) => node(self.graph.astype(tensor, &dtype), bound),
            None => Ok(Value::Node(tensor.clone())),
        }
    }

    /// `axes` is a number of axes, or a pair of axes or lists of axes.
    fn tensordot(&mut self, bound: Bound<'_>) -> Lowers<Value> {
        let (a, b) = (bound.must("a")?.node()?, bound.must("b")?.node()?);
        let positions = |value: &Value, of: &Node| -> Option<Vec<usize>> {
            let items = match value {
                Value::List(items) | Value::Tuple(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            let wrap = |item: &Value| {
                let axis = super::convert::integer(item)?;
                let ndim = i64::try_from(of.ndim()).ok()?;
                let axis = if axis < 0 {
                    axis.checked_add(ndim)?
                } else {
                    axis
                };
                usize::try_from(axis).ok().filter(|axis| *axis < of.ndim())
            };
            items.iter().map(wrap).collect()
        };
        let pair = match bound.some("axes") {
            None => Some((last(&a, 2), (0..2.min(b.ndim())).collect())),
            Some(axes) => match axes.value {
                Value::List(items) | Value::Tuple(items) => match items.as_slice() {
                    [left, right] => positions(left, &a).zip(positions(right, &b)),
                    _ => None,
                },
                one => super::convert::integer(one)
                    .and_then(|count| usize::try_from(count).ok())
                    .map(|count| (last(&a, count), (0..count.min(b.ndim())).collect())),
            },
        };
        let Some((left, right)) = pair else {
            return Err(bound.must("axes")?.wrong(Wanted::Axes));
        };
        node(self.graph.tensordot(&a, &b, &left, &right), &bound)
    }

    pub(super) fn operator_function(
        &mut self,
        operator: graph::Binary,
        bound: &Bound<'_>,
    ) -> Lowers<Value> {
        let (x1, x2) = (bound.must("x1")?, bound.must("x2")?);
        if !matches!(x1.value, Value::Node(_)) && !matches!(x2.value, Value::Node(_)) {
            return Err(x1.wrong(Wanted::Tensor));
        }
        let left = operand(x1.value).ok_or_else(|| x1.wrong(Wanted::Operand))?;
        let right = operand(x2.value).ok_or_else(|| x2.wrong(Wanted::Operand))?;
        node(self.graph.binary(operator, left, right), bound)
    }

    /// A reduction of a tensor, or of a frame or series under the same name.
    pub(super) fn reduce(
        &mut self,
        reduction: Reduction,
        of: &Node,
        bound: &Bound<'_>,
    ) -> Lowers<Value> {
        if of.kind() != Kind::Tensor {
            return self.frame_reduce(reduction.name(), of, bound);
        }
        let ddof = bound.integer("ddof", 0)?;
        let ddof = i32::try_from(ddof).map_err(|_| no_value("ddof", bound))?;
        let reduction = match reduction {
            Reduction::Var { .. } => Reduction::Var { ddof },
            Reduction::Std { .. } => Reduction::Std { ddof },
            other => other,
        };
        let axes = bound
            .get("axis")
            .map_or(Ok(Axes::All), |axis| axis.axes())?;
        let result = self
            .graph
            .reduce(reduction, of, &axes, bound.flag("keepdims", false)?);
        node(result, bound)
    }

    pub(super) fn random_function(
        &mut self,
        name: &str,
        shown: &str,
        arguments: Arguments,
    ) -> Lowers<Value> {
        match name {
            "seed" => {
                let bound = arguments.bind(shown, &["seed"], 1)?;
                let seed = bound.must("seed")?;
                self.seed = u32::try_from(seed.count()?).map_err(|_| seed.wrong(Wanted::Count))?;
                Ok(Value::none())
            }
            "randint" => {
                let bound = arguments.bind(shown, &["low", "high", "size"], 1)?;
                let first = bound.must("low")?.integer()?;
                let (low, high) = match bound.some("high") {
                    Some(high) => (first, high.integer()?),
                    None => (0, first),
                };
                let size = bound
                    .some("size")
                    .map_or(Ok(Vec::new()), |size| size.shape())?;
                let seed = self.next_seed();
                let result = self.graph.randint(low, high, &size, seed);
                node(result, &bound)
            }
            // `rand(2, 3)` takes lengths, `random_sample((2, 3))` one shape: both are read.
            _ => {
                let bound = arguments.gather().bind(shown, &["size"], 0)?;
                let size = bound
                    .some("size")
                    .map_or(Ok(Vec::new()), |size| size.shape())?;
                let seed = self.next_seed();
                Ok(Value::Node(match name {
                    "randn" | "standard_normal" => self.graph.randn(&size, seed),
                    _ => self.graph.rand(&size, seed),
                }))
            }
        }
    }
}

/// What the graph builder gave, or its error at the call.
pub(super) fn node(result: Result<Node, graph::Error>, bound: &Bound<'_>) -> Lowers<Value> {
    result
        .map(Value::Node)
        .map_err(|error| located(error, bound.at(), None))
}

/// The argument `dtype`, if it was given.
pub(super) fn dtype(bound: &Bound<'_>) -> Lowers<Option<Dtype>> {
    bound.some("dtype").map(|dtype| dtype.dtype()).transpose()
}

pub(super) fn no_value(what: &str, bound: &Bound<'_>) -> Error {
    Error::new(bound.at(), ErrorKind::NoValue(what.to_owned()))
}

/// The first argument, which must be a tensor, and the others.
fn first(shown: &str, mut arguments: Arguments) -> Lowers<(Node, Arguments)> {
    let by_name = arguments
        .keywords
        .iter()
        .position(|(name, ..)| name == "a" || name == "x");
    let (value, at) = match by_name {
        _ if !arguments.positional.is_empty() => arguments.positional.remove(0),
        Some(place) => {
            let (_, _, value, at) = arguments.keywords.remove(place);
            (value, at)
        }
        None => {
            let kind = ErrorKind::MissingArgument {
                function: shown.to_owned(),
                argument: String::from("a"),
            };
            return Err(Error::new(arguments.at, kind));
        }
    };
    let given = super::convert::Given {
        function: shown,
        argument: "a",
        value: &value,
        at,
    };
    Ok((given.node()?, arguments))
}

fn last(of: &Node, count: usize) -> Vec<usize> {
    (of.ndim().saturating_sub(count)..of.ndim()).collect()
}
