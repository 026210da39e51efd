//! Element by element: the functions of `mars.tensor` that are no operators.

use mars::v04::graph::{Function, Pairwise, Scalar};

use super::Owner::Mt;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::operator::operand;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, no_value, node};

const fn one(name: &'static str, help: [&'static str; 2]) -> Operator {
    call(&[Mt], name, "x", help, function)
}

const fn two(name: &'static str, help: [&'static str; 2]) -> Operator {
    call(&[Mt], name, "x1, x2", help, pairwise)
}

pub(super) const TABLE: &[Operator] = &[
    one("positive", ["The value as it is.", "原值。"]),
    one("conj", ["The complex conjugate.", "共轭复数。"]).or(&["conjugate"]),
    one("exp2", ["2 to the power of x.", "2 的 x 次方。"]),
    one("cbrt", ["The cube root.", "立方根。"]),
    one("reciprocal", ["One divided by x.", "倒数 1 / x。"]),
    one("arcsin", ["The angle whose sine is x.", "反正弦。"]),
    one("arccos", ["The angle whose cosine is x.", "反余弦。"]),
    one("sinh", ["The hyperbolic sine.", "双曲正弦。"]),
    one("cosh", ["The hyperbolic cosine.", "双曲余弦。"]),
    one("arcsinh", ["The inverse hyperbolic sine.", "反双曲正弦。"]),
    one(
        "arccosh",
        ["The inverse hyperbolic cosine.", "反双曲余弦。"],
    ),
    one(
        "arctanh",
        ["The inverse hyperbolic tangent.", "反双曲正切。"],
    ),
    one("deg2rad", ["Degrees as radians.", "角度转弧度。"]),
    one("rad2deg", ["Radians as degrees.", "弧度转角度。"]),
    one("degrees", ["Radians as degrees.", "弧度转角度。"]),
    one("radians", ["Degrees as radians.", "角度转弧度。"]),
    one(
        "signbit",
        ["True where the sign is minus.", "符号为负处为 True。"],
    ),
    one(
        "spacing",
        ["The distance to the next float.", "到下一个浮点数的距离。"],
    ),
    one(
        "trunc",
        ["The value without its decimals.", "去掉小数部分。"],
    ),
    one(
        "isreal",
        [
            "True where the imaginary part is 0.",
            "虚部为 0 处为 True。",
        ],
    ),
    one(
        "iscomplex",
        [
            "True where the imaginary part is not 0.",
            "虚部不为 0 处为 True。",
        ],
    ),
    one("real", ["The real part.", "实部。"]),
    one("imag", ["The imaginary part.", "虚部。"]),
    one("fix", ["The next whole number towards 0.", "向零取整。"]),
    one(
        "i0",
        [
            "The modified Bessel function of order 0.",
            "零阶修正贝塞尔函数。",
        ],
    ),
    one(
        "sinc",
        [
            "sin(pi x) / (pi x), 1 at 0.",
            "sin(pi x) / (pi x)，0 处为 1。",
        ],
    ),
    one(
        "nan_to_num",
        [
            "Numbers in place of NaN and infinities.",
            "用数字代替 NaN 与无穷。",
        ],
    ),
    two(
        "fmod",
        [
            "The rest of x1 / x2, with the sign of x1.",
            "x1 / x2 的余数，符号随 x1。",
        ],
    ),
    two(
        "logaddexp",
        [
            "log(exp(x1) + exp(x2)), without overflow.",
            "log(exp(x1) + exp(x2))，不会溢出。",
        ],
    ),
    two(
        "logaddexp2",
        [
            "log2(2**x1 + 2**x2), without overflow.",
            "log2(2**x1 + 2**x2)，不会溢出。",
        ],
    ),
    two(
        "arctan2",
        ["The angle of the point (x2, x1).", "点 (x2, x1) 的角度。"],
    ),
    two(
        "hypot",
        ["The length of the hypotenuse.", "直角三角形的斜边长。"],
    ),
    two(
        "left_shift",
        ["The bits of x1, moved left x2 times.", "x1 左移 x2 位。"],
    ),
    two(
        "right_shift",
        ["The bits of x1, moved right x2 times.", "x1 右移 x2 位。"],
    ),
    two(
        "logical_and",
        ["True where both are true.", "两者皆真处为 True。"],
    ),
    two(
        "logical_or",
        ["True where one is true.", "任一为真处为 True。"],
    ),
    two(
        "logical_xor",
        ["True where exactly one is true.", "恰有一个为真处为 True。"],
    ),
    two(
        "float_power",
        ["x1 ** x2 in float64.", "以 float64 计算 x1 ** x2。"],
    ),
    two(
        "fmax",
        [
            "The greater of x1 and x2, NaN left out.",
            "较大者，忽略 NaN。",
        ],
    ),
    two(
        "fmin",
        [
            "The smaller of x1 and x2, NaN left out.",
            "较小者，忽略 NaN。",
        ],
    ),
    two(
        "copysign",
        ["x1 with the sign of x2.", "取 x2 的符号的 x1。"],
    ),
    two(
        "nextafter",
        [
            "The float next to x1 towards x2.",
            "从 x1 向 x2 的下一个浮点数。",
        ],
    ),
    two("ldexp", ["x1 * 2 ** x2.", "x1 * 2 ** x2。"]),
    call(
        &[Mt],
        "angle",
        "z, deg=0",
        ["The angle of complex numbers.", "复数的辐角。"],
        angle,
    ),
];

fn function(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let function = Function::named(bound.name());
    let function = function.ok_or_else(|| no_value(bound.name(), bound))?;
    let x = bound.must("x")?.node()?;
    node(lowering.graph.function(function, &x), bound)
}

fn pairwise(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let function = Pairwise::named(bound.name());
    let function = function.ok_or_else(|| no_value(bound.name(), bound))?;
    let (x1, x2) = (bound.must("x1")?, bound.must("x2")?);
    let left = operand(x1.value).ok_or_else(|| x1.wrong(Wanted::Operand))?;
    let right = operand(x2.value).ok_or_else(|| x2.wrong(Wanted::Operand))?;
    node(lowering.graph.pairwise(function, left, right, &[]), bound)
}

fn angle(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let z = bound.must("z")?.node()?;
    let degrees = match bound.some("deg") {
        Some(given) if matches!(given.value, Value::Plain(Scalar::Bool(_))) => given.flag()?,
        Some(given) => given.integer()? != 0,
        None => false,
    };
    node(lowering.graph.angle(&z, degrees), bound)
}
