//! `series.str`: texts.

use mars::v04::graph::Scalar;

use super::Owner::Str;
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

const fn text(name: &'static str, signature: &'static str, help: [&'static str; 2]) -> Operator {
    call(&[Str], name, signature, help, method)
}

pub(super) const TABLE: &[Operator] = &[
    text("upper", "self", ["In capitals.", "转为大写。"]),
    text("lower", "self", ["In small letters.", "转为小写。"]),
    text(
        "title",
        "self",
        ["Every word with a capital.", "每个单词首字母大写。"],
    ),
    text(
        "capitalize",
        "self",
        ["The first letter a capital.", "首字母大写。"],
    ),
    text(
        "swapcase",
        "self",
        ["Capitals and small letters exchanged.", "大小写互换。"],
    ),
    text(
        "strip",
        "self, to_strip=None",
        ["Without blanks at both ends.", "去掉两端空白。"],
    ),
    text(
        "lstrip",
        "self, to_strip=None",
        ["Without blanks in front.", "去掉开头空白。"],
    ),
    text(
        "rstrip",
        "self, to_strip=None",
        ["Without blanks at the end.", "去掉末尾空白。"],
    ),
    text("len", "self", ["The number of characters.", "字符数。"]),
    text(
        "contains",
        "self, pat",
        ["True where the pattern occurs.", "包含该模式处为 True。"],
    ),
    text(
        "startswith",
        "self, pat",
        ["True where the text begins so.", "以此开头处为 True。"],
    ),
    text(
        "endswith",
        "self, pat",
        ["True where the text ends so.", "以此结尾处为 True。"],
    ),
    text(
        "count",
        "self, pat",
        ["How often the pattern occurs.", "模式出现的次数。"],
    ),
    text(
        "find",
        "self, sub",
        [
            "Where the text first occurs, -1 if nowhere.",
            "首次出现的位置，没有则为 -1。",
        ],
    ),
    text(
        "replace",
        "self, pat, repl",
        [
            "Another text in place of a pattern.",
            "用另一文本替换模式。",
        ],
    ),
    text(
        "slice",
        "self, start=None, stop=None, step=None",
        ["A part of every text.", "截取每个文本的一部分。"],
    ),
    text(
        "zfill",
        "self, width",
        [
            "With zeros in front up to a width.",
            "在前面补零到指定宽度。",
        ],
    ),
    text(
        "repeat",
        "self, repeats",
        ["Every text several times.", "每个文本重复若干次。"],
    ),
    text(
        "isdigit",
        "self",
        [
            "True where all characters are digits.",
            "全为数字处为 True。",
        ],
    ),
    text(
        "isalpha",
        "self",
        [
            "True where all characters are letters.",
            "全为字母处为 True。",
        ],
    ),
];

/// The arguments go on as they are, up to the last one that was given.
fn method(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = bound.must("self")?.node()?;
    let mut args = Vec::new();
    let mut given = 0;
    for argument in bound.arguments().skip(1) {
        match argument {
            Some(argument) => match argument.value {
                Value::Plain(scalar) => {
                    args.push(scalar.clone());
                    given = args.len();
                }
                _ => return Err(argument.wrong(Wanted::Text)),
            },
            None => args.push(Scalar::Null),
        }
    }
    args.truncate(given);
    node(lowering.graph.text_method(&of, bound.name(), &args), bound)
}
