//! Tensors out of nothing, or out of plain values.

use mars::v04::graph::{Dtype, Node, Scalar};

use super::Owner::Mt;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, dtype, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "ones",
        "shape, dtype=None, chunk_size=None, gpu=False!, order='C'!",
        ["A tensor of ones.", "全为 1 的张量。"],
        ones,
    ),
    call(
        &[Mt],
        "zeros",
        "shape, dtype=None, chunk_size=None, gpu=False!, sparse=False!, order='C'!",
        ["A tensor of zeros.", "全为 0 的张量。"],
        zeros,
    ),
    call(
        &[Mt],
        "empty",
        "shape, dtype=None, chunk_size=None, gpu=False!, order='C'!",
        [
            "A tensor whose values are whatever memory holds.",
            "值未定的张量。",
        ],
        empty,
    ),
    call(
        &[Mt],
        "empty_like",
        "a, dtype=None, gpu=False!, order='K'!",
        [
            "Values left open in the shape of a.",
            "与 a 同形状、值未定的张量。",
        ],
        empty_like,
    ),
    call(
        &[Mt],
        "full",
        "shape, fill_value, dtype=None, chunk_size=None, gpu=False!, order='C'!",
        ["A tensor of one value.", "全为一个值的张量。"],
        full,
    ),
    call(
        &[Mt],
        "ones_like",
        "a, dtype=None, gpu=False!, order='K'!",
        ["Ones in the shape of a.", "与 a 同形状的全 1 张量。"],
        ones_like,
    ),
    call(
        &[Mt],
        "full_like",
        "a, fill_value, dtype=None, gpu=False!, order='K'!",
        [
            "One value in the shape of a.",
            "与 a 同形状、全为一个值的张量。",
        ],
        full_like,
    ),
    call(
        &[Mt],
        "zeros_like",
        "a, dtype=None, gpu=False!, order='K'!",
        ["Zeros in the shape of a.", "与 a 同形状的全 0 张量。"],
        zeros_like,
    ),
    call(
        &[Mt],
        "arange",
        "start, stop=None, step=None, dtype=None, chunk_size=None, gpu=False!",
        [
            "Numbers from start up to stop, which is left out.",
            "从 start 到 stop（不含）的数。",
        ],
        arange,
    ),
    call(
        &[Mt],
        "linspace",
        "start, stop, num=50, endpoint=True, retstep=False!, dtype=None, chunk_size=None, gpu=False!",
        ["num numbers at equal distances.", "等距的 num 个数。"],
        linspace,
    ),
    call(
        &[Mt],
        "eye",
        "N, M=None, k=0, dtype=None, chunk_size=None, gpu=False!, sparse=False!, order='C'!",
        [
            "Ones on a diagonal, zeros elsewhere.",
            "对角线为 1，其余为 0。",
        ],
        eye,
    ),
    call(
        &[Mt],
        "identity",
        "n, dtype=None, chunk_size=None, gpu=False!, sparse=False!",
        ["A square with ones on the diagonal.", "单位矩阵。"],
        identity,
    ),
    call(
        &[Mt],
        "tensor",
        "data, dtype=None, chunk_size=None, gpu=False!",
        ["A tensor of these values.", "由这些值组成的张量。"],
        tensor,
    )
    .or(&["array", "asarray"]),
    call(
        &[Mt],
        "scalar",
        "data, dtype=None, gpu=False!",
        ["A tensor of a single value.", "单个值的张量。"],
        tensor,
    ),
];

fn ones(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let shape = bound.must("shape")?.shape()?;
    let dtype = dtype(bound)?.unwrap_or(Dtype::F64);
    let made = lowering.chunked(bound, |graph| graph.ones(&shape, dtype))?;
    Ok(Value::Node(made))
}

fn zeros(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let shape = bound.must("shape")?.shape()?;
    let dtype = dtype(bound)?.unwrap_or(Dtype::F64);
    let made = lowering.chunked(bound, |graph| graph.zeros(&shape, dtype))?;
    Ok(Value::Node(made))
}

fn empty(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let shape = bound.must("shape")?.shape()?;
    let dtype = dtype(bound)?.unwrap_or(Dtype::F64);
    let made = lowering.chunked(bound, |graph| graph.empty(&shape, dtype))?;
    Ok(Value::Node(made))
}

fn empty_like(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (shape, dtype) = like(bound)?;
    Ok(Value::Node(lowering.graph.empty(&shape, dtype)))
}

fn full(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let shape = bound.must("shape")?.shape()?;
    let value = bound.must("fill_value")?.number()?;
    let dtype = dtype(bound)?;
    let made = lowering.chunked(bound, |graph| graph.full(&shape, &value, dtype))?;
    node(made, bound)
}

fn ones_like(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (shape, dtype) = like(bound)?;
    Ok(Value::Node(lowering.graph.ones(&shape, dtype)))
}

fn full_like(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (shape, dtype) = like(bound)?;
    let value = bound.must("fill_value")?.number()?;
    node(lowering.graph.full(&shape, &value, Some(dtype)), bound)
}

fn zeros_like(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (shape, dtype) = like(bound)?;
    Ok(Value::Node(lowering.graph.zeros(&shape, dtype)))
}

/// The shape and type of the argument `a`, or the type that was asked for.
fn like(bound: &Bound<'_>) -> Lowers<(Vec<u64>, Dtype)> {
    let given = bound.must("a")?;
    let like: Node = given.node()?;
    let shape: Option<Vec<u64>> = like.shape().iter().copied().collect();
    let shape = shape.ok_or_else(|| given.wrong(Wanted::Shape))?;
    let own = like.dtype().cloned().unwrap_or(Dtype::F64);
    Ok((shape, dtype(bound)?.unwrap_or(own)))
}

/// `arange(stop)` or `arange(start, stop[, step])`.
fn arange(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let first = bound.must("start")?.number()?;
    let step = bound
        .some("step")
        .map_or(Ok(Scalar::Int(1)), |step| step.number())?;
    let (start, stop) = match bound.some("stop") {
        Some(stop) => (first, stop.number()?),
        None => (Scalar::Int(0), first),
    };
    let dtype = dtype(bound)?;
    let made = lowering.chunked(bound, |graph| graph.arange(&start, &stop, &step, dtype))?;
    node(made, bound)
}

fn linspace(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let start = bound.must("start")?.number()?;
    let stop = bound.must("stop")?.number()?;
    let num = bound.some("num").map_or(Ok(50), |num| num.count())?;
    let endpoint = bound.flag("endpoint", true)?;
    let made = lowering.chunked(bound, |graph| graph.linspace(&start, &stop, num, endpoint))?;
    match (made, dtype(bound)?) {
        (Ok(made), Some(dtype)) => node(lowering.graph.astype(&made, &dtype), bound),
        (made, _) => node(made, bound),
    }
}

fn eye(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let rows = bound.must("N")?.count()?;
    let columns = bound.some("M").map(|columns| columns.count()).transpose()?;
    let dtype = dtype(bound)?.unwrap_or(Dtype::F64);
    let k = bound.integer("k", 0)?;
    let made = lowering.chunked(bound, |graph| graph.eye(rows, columns, k, dtype))?;
    Ok(Value::Node(made))
}

fn identity(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let rows = bound.must("n")?.count()?;
    let dtype = dtype(bound)?.unwrap_or(Dtype::F64);
    let made = lowering.chunked(bound, |graph| graph.eye(rows, None, 0, dtype))?;
    Ok(Value::Node(made))
}

fn tensor(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let data = bound.must("data")?;
    if let Value::Node(tensor) = data.value {
        return lowering.cast(tensor, bound);
    }
    let values = data
        .value
        .literal()
        .filter(|values| values.shape().is_some());
    let values = values.ok_or_else(|| data.wrong(Wanted::Values))?;
    let dtype = dtype(bound)?;
    let made = lowering.chunked(bound, |graph| graph.tensor(&values, dtype))?;
    node(made, bound)
}
