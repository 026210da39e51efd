//! Functions of two operands.

use mars::v04::graph::Binary;

use super::super::Owner::Mt;
use super::super::{Lower, Operator, operator};

const fn two(name: &'static str, of: Binary, help: [&'static str; 2]) -> Operator {
    operator(&[Mt], name, "x1, x2", help, Lower::Binary(of))
}

pub(in crate::operators) const BINARY: &[Operator] = &[
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
