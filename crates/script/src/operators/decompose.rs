//! Linear algebra: decompositions, equations, norms.

use mars::v04::graph::{Axes, Error, Node, Scalar};

use super::Owner::{Linalg, Mt};
use super::array::{array, arrays, tuple};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Linalg],
        "svd",
        "a, method='tsqr'!",
        [
            "The singular value decomposition: U, s and V.",
            "奇异值分解：U、s 与 V。",
        ],
        svd,
    ),
    call(
        &[Linalg],
        "qr",
        "a, method='tsqr'!",
        [
            "An orthogonal matrix Q and a triangle R: a = Q R.",
            "正交矩阵 Q 与三角矩阵 R：a = Q R。",
        ],
        qr,
    ),
    call(
        &[Linalg],
        "lu",
        "a",
        [
            "An order P and two triangles L and U: a = P L U.",
            "置换 P 与两个三角矩阵：a = P L U。",
        ],
        lu,
    ),
    call(
        &[Linalg],
        "cholesky",
        "a, lower=False",
        [
            "A triangle whose square is the matrix.",
            "乔列斯基分解的三角矩阵。",
        ],
        cholesky,
    ),
    call(
        &[Linalg],
        "inv",
        "a, sparse=None!",
        ["The inverse of a matrix.", "逆矩阵。"],
        inv,
    ),
    call(
        &[Linalg],
        "solve",
        "a, b, sym_pos=False, sparse=None!",
        ["The x of a x = b.", "方程 a x = b 的解。"],
        solve,
    ),
    call(
        &[Linalg],
        "solve_triangular",
        "a, b, lower=False, sparse=None!",
        [
            "The x of a x = b for a triangle a.",
            "三角方程 a x = b 的解。",
        ],
        solve_triangular,
    ),
    call(
        &[Linalg],
        "norm",
        "x, ord=None, axis=None, keepdims=False",
        [
            "The length of vectors or the norm of matrices.",
            "向量或矩阵的范数。",
        ],
        norm,
    ),
    call(
        &[Mt],
        "einsum",
        "subscripts, *operands, dtype=None!, order='K'!, casting='safe'!, optimize=False!",
        [
            "Sums of products, by the letters of axes.",
            "按轴的字母求乘积之和。",
        ],
        einsum,
    ),
];

fn several(made: Result<Vec<Node>, Error>, bound: &Bound<'_>) -> Lowers<Value> {
    made.map(tuple)
        .map_err(|error| located(error, bound.at(), None))
}

fn svd(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    several(lowering.graph.svd(&of), bound)
}

fn qr(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    several(lowering.graph.qr(&of), bound)
}

fn lu(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    several(lowering.graph.lu(&of), bound)
}

fn cholesky(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let lower = bound.flag("lower", false)?;
    node(lowering.graph.cholesky(&of, lower), bound)
}

fn inv(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    node(lowering.graph.inv(&of), bound)
}

fn solve(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let a = array(lowering, &bound.must("a")?)?;
    let b = array(lowering, &bound.must("b")?)?;
    let symmetric = bound.flag("sym_pos", false)?;
    node(lowering.graph.solve(&a, &b, symmetric), bound)
}

fn solve_triangular(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let a = array(lowering, &bound.must("a")?)?;
    let b = array(lowering, &bound.must("b")?)?;
    let lower = bound.flag("lower", false)?;
    node(lowering.graph.solve_triangular(&a, &b, lower), bound)
}

/// `fro` is what it does without `ord`.
fn norm(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("x")?)?;
    let axes = bound
        .get("axis")
        .map_or(Ok(Axes::All), |axis| axis.axes())?;
    let ord = match bound.some("ord") {
        None => Scalar::Null,
        Some(given) => match given.value {
            Value::Plain(Scalar::Text(text)) if text == "fro" => Scalar::Null,
            Value::Plain(Scalar::Text(text)) if text == "nuc" => Scalar::Text(text.clone()),
            Value::Plain(number @ (Scalar::Int(_) | Scalar::Float(_))) => number.clone(),
            _ => return Err(given.wrong(Wanted::Number)),
        },
    };
    let keepdims = bound.flag("keepdims", false)?;
    node(lowering.graph.norm(&of, &ord, &axes, keepdims), bound)
}

fn einsum(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let subscripts = bound.text("subscripts", "")?;
    let given = bound.must("operands")?;
    let operands = match given.value {
        Value::Node(node) => vec![node.clone()],
        _ => arrays(lowering, &given)?,
    };
    let operands: Vec<&Node> = operands.iter().collect();
    node(lowering.graph.einsum(&subscripts, &operands), bound)
}
