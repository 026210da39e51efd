//! Arithmetic of DataFrames and Series as methods: `df.add(other)` is `df + other`.

use mars::v04::graph::Binary;

use super::Owner::{DataFrame, Series};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::operator::operand;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, no_value, node};

const fn of(name: &'static str, help: [&'static str; 2]) -> Operator {
    call(
        &[DataFrame, Series],
        name,
        "self, other, level=None!, fill_value=None!",
        help,
        arithmetic,
    )
}

pub(super) const TABLE: &[Operator] = &[
    of("add", ["The sum with another one.", "与另一个相加。"]),
    of("sub", ["The difference to another one.", "减去另一个。"]),
    of("mul", ["The product with another one.", "与另一个相乘。"]).or(&["multiply"]),
    of("truediv", ["The quotient by another one.", "除以另一个。"]).or(&["div"]),
    of(
        "floordiv",
        ["The whole quotient by another one.", "整除另一个。"],
    ),
    of("mod", ["The rest by another one.", "对另一个取余。"]),
    of(
        "pow",
        ["The power with another one.", "以另一个为指数的幂。"],
    ),
    of(
        "eq",
        ["True where it equals another one.", "等于另一个处为 True。"],
    ),
    of(
        "ne",
        [
            "True where it differs from another one.",
            "不等于另一个处为 True。",
        ],
    ),
    of(
        "lt",
        [
            "True where it is less than another one.",
            "小于另一个处为 True。",
        ],
    ),
    of(
        "le",
        [
            "True where it is at most another one.",
            "小于等于另一个处为 True。",
        ],
    ),
    of(
        "gt",
        [
            "True where it is greater than another one.",
            "大于另一个处为 True。",
        ],
    ),
    of(
        "ge",
        [
            "True where it is at least another one.",
            "大于等于另一个处为 True。",
        ],
    ),
    of("radd", ["Another one plus this.", "另一个加上它。"]),
    of("rsub", ["Another one less this.", "另一个减去它。"]),
    of("rmul", ["Another one times this.", "另一个乘以它。"]),
    of(
        "rtruediv",
        ["Another one divided by this.", "另一个除以它。"],
    )
    .or(&["rdiv"]),
    of(
        "rfloordiv",
        [
            "The whole quotient of another one by this.",
            "另一个整除它。",
        ],
    ),
    of(
        "rmod",
        ["The rest of another one by this.", "另一个对它取余。"],
    ),
    of(
        "rpow",
        ["Another one to the power of this.", "另一个的它次方。"],
    ),
];

/// The operator of a method, and whether the other side stands on the left.
const OPERATORS: &[(&str, Binary, bool)] = &[
    ("add", Binary::Add, false),
    ("sub", Binary::Subtract, false),
    ("mul", Binary::Multiply, false),
    ("truediv", Binary::TrueDiv, false),
    ("floordiv", Binary::FloorDiv, false),
    ("mod", Binary::Mod, false),
    ("pow", Binary::Power, false),
    ("eq", Binary::Equal, false),
    ("ne", Binary::NotEqual, false),
    ("lt", Binary::Less, false),
    ("le", Binary::LessEqual, false),
    ("gt", Binary::Greater, false),
    ("ge", Binary::GreaterEqual, false),
    ("radd", Binary::Add, true),
    ("rsub", Binary::Subtract, true),
    ("rmul", Binary::Multiply, true),
    ("rtruediv", Binary::TrueDiv, true),
    ("rfloordiv", Binary::FloorDiv, true),
    ("rmod", Binary::Mod, true),
    ("rpow", Binary::Power, true),
];

fn arithmetic(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let known = OPERATORS.iter().find(|(name, ..)| *name == bound.name());
    let (_, operator, reversed) = known.ok_or_else(|| no_value(bound.name(), bound))?;
    let (this, other) = (bound.must("self")?, bound.must("other")?);
    let own = operand(this.value).ok_or_else(|| this.wrong(Wanted::Operand))?;
    let other = operand(other.value).ok_or_else(|| other.wrong(Wanted::Operand))?;
    let made = match reversed {
        true => lowering.graph.binary(*operator, other, own),
        false => lowering.graph.binary(*operator, own, other),
    };
    node(made, bound)
}
