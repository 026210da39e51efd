//! Element by element: functions of one and of two operands, and their kin.

use mars::v04::graph::{Binary, Unary};

use super::Owner::{DataFrame, Mt, Python, Series, Tensor};
use super::{Lower, Operator, call, operator};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::operator::operand;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

const fn unary(name: &'static str, of: Unary, help: [&'static str; 2]) -> Operator {
    operator(&[Mt], name, "x", help, Lower::Unary(of))
}

const fn two(name: &'static str, of: Binary, help: [&'static str; 2]) -> Operator {
    operator(&[Mt], name, "x1, x2", help, Lower::Binary(of))
}

pub(super) const UNARY: &[Operator] = &[
    unary(
        "negative",
        Unary::Negative,
        ["x with the other sign.", "变号。"],
    ),
    unary(
        "abs",
        Unary::Absolute,
        ["The value without its sign.", "绝对值。"],
    )
    .or(&["absolute"]),
    unary(
        "rint",
        Unary::Rint,
        ["The nearest whole number.", "最接近的整数。"],
    ),
    unary(
        "sign",
        Unary::Sign,
        ["-1, 0 or 1 by the sign.", "按符号得到 -1、0 或 1。"],
    ),
    unary("exp", Unary::Exp, ["e to the power of x.", "e 的 x 次方。"]),
    unary("log", Unary::Log, ["The natural logarithm.", "自然对数。"]),
    unary(
        "log2",
        Unary::Log2,
        ["The logarithm to base 2.", "以 2 为底的对数。"],
    ),
    unary(
        "log10",
        Unary::Log10,
        ["The logarithm to base 10.", "以 10 为底的对数。"],
    ),
    unary(
        "expm1",
        Unary::Expm1,
        ["exp(x) - 1, exact near 0.", "exp(x) - 1，在 0 附近也精确。"],
    ),
    unary(
        "log1p",
        Unary::Log1p,
        ["log(1 + x), exact near 0.", "log(1 + x)，在 0 附近也精确。"],
    ),
    unary("sqrt", Unary::Sqrt, ["The square root.", "平方根。"]),
    unary("square", Unary::Square, ["x times itself.", "x * x。"]),
    unary(
        "sin",
        Unary::Sin,
        ["The sine of an angle in radians.", "弧度角的正弦。"],
    ),
    unary(
        "cos",
        Unary::Cos,
        ["The cosine of an angle in radians.", "弧度角的余弦。"],
    ),
    unary(
        "tan",
        Unary::Tan,
        ["The tangent of an angle in radians.", "弧度角的正切。"],
    ),
    unary(
        "arctan",
        Unary::Arctan,
        ["The angle whose tangent is x.", "反正切。"],
    ),
    unary(
        "tanh",
        Unary::Tanh,
        ["The hyperbolic tangent.", "双曲正切。"],
    ),
    unary(
        "invert",
        Unary::Invert,
        [
            "Every bit, or True and False, turned over.",
            "按位取反，或真假互换。",
        ],
    )
    .or(&["bitwise_not"]),
    unary(
        "logical_not",
        Unary::Not,
        ["True where x is 0 or False.", "x 为 0 或 False 处为 True。"],
    ),
    unary(
        "isfinite",
        Unary::IsFinite,
        [
            "True where x is neither infinite nor NaN.",
            "既非无穷也非 NaN 处为 True。",
        ],
    ),
    unary(
        "isinf",
        Unary::IsInf,
        ["True where x is infinite.", "无穷处为 True。"],
    ),
    unary(
        "isnan",
        Unary::IsNan,
        ["True where x is NaN.", "NaN 处为 True。"],
    ),
    unary(
        "floor",
        Unary::Floor,
        ["The next whole number below.", "向下取整。"],
    ),
    unary(
        "ceil",
        Unary::Ceil,
        ["The next whole number above.", "向上取整。"],
    ),
    operator(
        &[Python, DataFrame, Series],
        "abs",
        "x",
        ["The value without its sign.", "绝对值。"],
        Lower::Unary(Unary::Absolute),
    ),
];

pub(super) const BINARY: &[Operator] = &[
    two("add", Binary::Add, ["The sum x1 + x2.", "x1 + x2。"]),
    two(
        "subtract",
        Binary::Subtract,
        ["The difference x1 - x2.", "x1 - x2。"],
    ),
    two(
        "multiply",
        Binary::Multiply,
        ["The product x1 * x2.", "x1 * x2。"],
    ),
    two(
        "divide",
        Binary::TrueDiv,
        ["The quotient x1 / x2.", "x1 / x2。"],
    )
    .or(&["true_divide"]),
    two(
        "floor_divide",
        Binary::FloorDiv,
        ["The whole quotient x1 // x2.", "x1 // x2。"],
    ),
    two(
        "power",
        Binary::Power,
        ["The power x1 ** x2.", "x1 ** x2。"],
    ),
    two(
        "mod",
        Binary::Mod,
        ["x1 % x2, with the sign of x2.", "x1 % x2，符号随 x2。"],
    )
    .or(&["remainder"]),
    two(
        "equal",
        Binary::Equal,
        ["True where x1 == x2.", "x1 == x2 处为 True。"],
    ),
    two(
        "not_equal",
        Binary::NotEqual,
        ["True where x1 != x2.", "x1 != x2 处为 True。"],
    ),
    two(
        "less",
        Binary::Less,
        ["True where x1 < x2.", "x1 < x2 处为 True。"],
    ),
    two(
        "less_equal",
        Binary::LessEqual,
        ["True where x1 <= x2.", "x1 <= x2 处为 True。"],
    ),
    two(
        "greater",
        Binary::Greater,
        ["True where x1 > x2.", "x1 > x2 处为 True。"],
    ),
    two(
        "greater_equal",
        Binary::GreaterEqual,
        ["True where x1 >= x2.", "x1 >= x2 处为 True。"],
    ),
    two(
        "bitwise_and",
        Binary::And,
        ["Both bits, x1 & x2.", "x1 & x2。"],
    ),
    two(
        "bitwise_or",
        Binary::Or,
        ["Either bit, x1 | x2.", "x1 | x2。"],
    ),
    two(
        "bitwise_xor",
        Binary::Xor,
        ["One bit of two, x1 ^ x2.", "x1 ^ x2。"],
    ),
    two(
        "maximum",
        Binary::Maximum,
        ["The greater of x1 and x2.", "x1 与 x2 中较大者。"],
    ),
    two(
        "minimum",
        Binary::Minimum,
        ["The smaller of x1 and x2.", "x1 与 x2 中较小者。"],
    ),
];

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt],
        "where",
        "condition, x, y",
        [
            "x where the condition holds, y elsewhere.",
            "条件成立处取 x，否则取 y。",
        ],
        where_,
    ),
    call(
        &[Mt, Tensor],
        "clip",
        "a, a_min, a_max",
        [
            "The value, held between two bounds.",
            "限制在上下界之间的值。",
        ],
        clip,
    ),
    call(
        &[Mt, Tensor],
        "round",
        "a, decimals=0",
        [
            "The value, rounded to some decimals.",
            "四舍五入到若干位小数。",
        ],
        round,
    )
    .or(&["around", "round_"]),
];

pub(super) fn binary(
    lowering: &mut Lowering<'_>,
    operator: Binary,
    bound: &Bound<'_>,
) -> Lowers<Value> {
    let (x1, x2) = (bound.must("x1")?, bound.must("x2")?);
    if !matches!(x1.value, Value::Node(_)) && !matches!(x2.value, Value::Node(_)) {
        return Err(x1.wrong(Wanted::Tensor));
    }
    let left = operand(x1.value).ok_or_else(|| x1.wrong(Wanted::Operand))?;
    let right = operand(x2.value).ok_or_else(|| x2.wrong(Wanted::Operand))?;
    node(lowering.graph.binary(operator, left, right), bound)
}

fn where_(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let condition = bound.must("condition")?.node()?;
    let (x, y) = (bound.must("x")?, bound.must("y")?);
    let left = operand(x.value).ok_or_else(|| x.wrong(Wanted::Operand))?;
    let right = operand(y.value).ok_or_else(|| y.wrong(Wanted::Operand))?;
    node(lowering.graph.where_(&condition, left, right), bound)
}

fn clip(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let low = bound.must("a_min")?.number()?;
    let high = bound.must("a_max")?.number()?;
    node(lowering.graph.clip(&of, &low, &high), bound)
}

fn round(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("a")?.node()?;
    let decimals = bound.integer("decimals", 0)?;
    node(lowering.graph.around(&of, decimals), bound)
}
