//! Frames beside and below each other.

use mars::v04::graph::{self, Label, Matched, Merge, Node, Scalar, Side};

use super::Owner::{DataFrame, Md, Series};
use super::{Operator, call};
use crate::error::{Error, ErrorKind, Wanted};
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[DataFrame],
        "merge",
        "self, right, how='inner', on=None, left_on=None, right_on=None, left_index=False, right_index=False, sort=False!, suffixes=('_x','_y'), copy=True!, indicator=False!, strategy=None!, validate=None!",
        [
            "The rows of two frames that agree in some columns.",
            "按若干列的相等值合并两个 DataFrame。",
        ],
        merge,
    ),
    call(
        &[DataFrame, Series],
        "append",
        "self, other, ignore_index=False, verify_integrity=False!, sort=False!",
        ["The rows of another one below.", "在下方追加另一个的行。"],
        append,
    ),
    call(
        &[Md],
        "concat",
        "objs, axis=0!, join='outer'!, join_axes=None!, ignore_index=False, keys=None!, levels=None!, names=None!, verify_integrity=False!, sort=False!, copy=True!",
        [
            "Frames or series one below the other.",
            "依次连接若干 DataFrame 或 Series。",
        ],
        concat,
    ),
    call(
        &[Md],
        "merge",
        "self, right, how='inner', on=None, left_on=None, right_on=None, left_index=False, right_index=False, sort=False!, suffixes=('_x','_y'), copy=True!, indicator=False!, strategy=None!, validate=None!",
        [
            "The rows of two frames that agree in some columns.",
            "按若干列的相等值合并两个 DataFrame。",
        ],
        merge,
    ),
    call(
        &[DataFrame],
        "join",
        "self, other, on=None, how='left', lsuffix='', rsuffix='', sort=False!",
        [
            "The columns of another frame beside these, by row labels.",
            "按行标签把另一个 DataFrame 的列接在旁边。",
        ],
        join,
    ),
];

fn this(bound: &Bound<'_>) -> Lowers<Node> {
    bound.must("self")?.node()
}

/// What the graph builder gave, or its error; a column was looked for in `of`.
fn of(made: Result<Node, graph::Error>, of: &Node, bound: &Bound<'_>) -> Lowers<Value> {
    made.map(Value::Node)
        .map_err(|error| located(error, bound.at(), Some(of)))
}

fn merge(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let left = this(bound)?;
    let right = bound.must("right")?.node()?;
    let merge = Merge {
        how: bound.text("how", "inner")?,
        matched: matched(&left, &right, bound)?,
        suffixes: suffixes(bound)?,
    };
    of(lowering.graph.merge(&left, &right, &merge), &right, bound)
}

/// Without any word about it, the columns that both have are matched.
fn matched(left: &Node, right: &Node, bound: &Bound<'_>) -> Lowers<Matched> {
    if let Some(on) = bound.some("on") {
        return on.labels().map(Matched::On);
    }
    let side = |columns: &'static str, index: &'static str| match bound.some(columns) {
        Some(columns) => columns.labels().map(|labels| Some(Side::Columns(labels))),
        None => bound
            .flag(index, false)
            .map(|index| index.then_some(Side::Index)),
    };
    match (
        side("left_on", "left_index")?,
        side("right_on", "right_index")?,
    ) {
        (Some(left), Some(right)) => Ok(Matched::Sides(left, right)),
        (Some(_), None) => Err(missing("right_on", bound)),
        (None, Some(_)) => Err(missing("left_on", bound)),
        (None, None) => {
            let has = |label: &Label| right.columns().iter().any(|column| column.label == *label);
            let own = left.columns().iter().map(|column| column.label.clone());
            Ok(Matched::On(own.filter(has).collect()))
        }
    }
}

/// The other side must say what is matched too.
fn missing(argument: &str, bound: &Bound<'_>) -> Error {
    let kind = ErrorKind::MissingArgument {
        function: bound.name().to_owned(),
        argument: argument.to_owned(),
    };
    Error::new(bound.at(), kind)
}

fn suffixes(bound: &Bound<'_>) -> Lowers<[String; 2]> {
    let Some(given) = bound.some("suffixes") else {
        return Ok(["_x".to_owned(), "_y".to_owned()]);
    };
    if let Value::Tuple(items) | Value::List(items) = given.value
        && let [
            Value::Plain(Scalar::Text(one)),
            Value::Plain(Scalar::Text(two)),
        ] = items.as_slice()
    {
        return Ok([one.clone(), two.clone()]);
    }
    Err(given.wrong(Wanted::Text))
}

/// `df.join(other)`: by the row labels of the other, and the own ones or some columns.
fn join(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let left = this(bound)?;
    let right = bound.must("other")?.node()?;
    let own = match bound.some("on") {
        Some(on) => Side::Columns(on.labels()?),
        None => Side::Index,
    };
    let merge = Merge {
        how: bound.text("how", "left")?,
        matched: Matched::Sides(own, Side::Index),
        suffixes: [bound.text("lsuffix", "")?, bound.text("rsuffix", "")?],
    };
    of(lowering.graph.merge(&left, &right, &merge), &left, bound)
}

fn append(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let (own, other) = (this(bound)?, bound.must("other")?.node()?);
    let ignore = bound.flag("ignore_index", false)?;
    node(lowering.graph.concat(&[&own, &other], ignore), bound)
}

fn concat(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let parts = bound.must("objs")?.nodes()?;
    let ignore = bound.flag("ignore_index", false)?;
    let parts: Vec<&Node> = parts.iter().collect();
    node(lowering.graph.concat(&parts, ignore), bound)
}
