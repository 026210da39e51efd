//! Functions of one operand.

use mars::v04::graph::Unary;

use super::super::Owner::{DataFrame, Mt, Python, Series};
use super::super::{Lower, Operator, operator};

const fn unary(name: &'static str, of: Unary, help: [&'static str; 2]) -> Operator {
    operator(&[Mt], name, "x", help, Lower::Unary(of))
}

pub(in crate::operators) const UNARY: &[Operator] = &[
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
