//! DataFrames and Series: gaps, joins, labels, and along the rows.

use mars::v04::graph::{self, FrameReduction, Label, Merge, Node, Scalar};

use super::Owner::{DataFrame, Md, Series};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[DataFrame, Series],
        "fillna",
        "self, value, method=None!, axis=None!, inplace=False!, limit=None!, downcast=None!",
        [
            "A value in place of the missing ones.",
            "用一个值填充缺失值。",
        ],
        fillna,
    ),
    call(
        &[DataFrame, Series],
        "dropna",
        "self, axis=0!, how='any', thresh=None!, subset=None!, inplace=False!",
        ["The rows without missing values.", "去掉有缺失值的行。"],
        dropna,
    ),
    call(
        &[DataFrame, Series],
        "isna",
        "self",
        ["True where a value is missing.", "缺失处为 True。"],
        isna,
    )
    .or(&["isnull"]),
    call(
        &[DataFrame, Series],
        "notna",
        "self",
        ["True where a value is not missing.", "未缺失处为 True。"],
        notna,
    )
    .or(&["notnull"]),
    call(
        &[DataFrame],
        "merge",
        "self, right, how='inner', on=None, left_on=None!, right_on=None!, left_index=False!, right_index=False!, sort=False!, suffixes=('_x','_y'), copy=True!, indicator=False!, strategy=None!, validate=None!",
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
        &[DataFrame, Series],
        "reset_index",
        "self, level=None!, drop=False, inplace=False!, col_level=0!, col_fill=''!",
        [
            "New row numbers; the labels become columns.",
            "重新编号，原标签成为列。",
        ],
        reset_index,
    ),
    call(
        &[DataFrame],
        "set_index",
        "self, keys, drop=True, append=False!, inplace=False!, verify_integrity=False!",
        [
            "The values of a column as row labels.",
            "用一列的值作为行标签。",
        ],
        set_index,
    ),
    call(
        &[DataFrame, Series],
        "sort_index",
        "self, axis=0!, level=None!, ascending=True, inplace=False!, kind='quicksort'!, na_position='last'!, sort_remaining=True!, ignore_index=False!, parallel_kind='PSRS'!, psrs_kinds=None!",
        ["The rows in the order of their labels.", "按行标签排序。"],
        sort_index,
    ),
    call(
        &[DataFrame, Series],
        "cumsum",
        "self, axis=None!, skipna=True!",
        ["The sums so far.", "累计和。"],
        cumulate,
    ),
    call(
        &[DataFrame, Series],
        "cumprod",
        "self, axis=None!, skipna=True!",
        ["The products so far.", "累计积。"],
        cumulate,
    ),
    call(
        &[DataFrame, Series],
        "cummax",
        "self, axis=None!, skipna=True!",
        ["The greatest so far.", "累计最大值。"],
        cumulate,
    ),
    call(
        &[DataFrame, Series],
        "cummin",
        "self, axis=None!, skipna=True!",
        ["The smallest so far.", "累计最小值。"],
        cumulate,
    ),
    call(
        &[DataFrame, Series],
        "shift",
        "self, periods=1, freq=None!, axis=0!, fill_value=None!",
        ["The values some rows further down.", "把值下移若干行。"],
        shift,
    ),
    call(
        &[DataFrame],
        "diff",
        "self, periods=1, axis=0!",
        ["The differences to earlier rows.", "与之前行的差。"],
        diff,
    ),
    call(
        &[Series],
        "diff",
        "self, periods=1",
        ["The differences to earlier rows.", "与之前行的差。"],
        diff,
    ),
    call(
        &[DataFrame, Series],
        "round",
        "self, decimals=0",
        [
            "The numbers, rounded to some decimals.",
            "四舍五入到若干位小数。",
        ],
        round,
    ),
    call(
        &[DataFrame, Series],
        "nunique",
        "self, dropna=True!",
        ["How many different values there are.", "不同值的个数。"],
        nunique,
    ),
    call(
        &[Series],
        "isin",
        "self, values",
        [
            "True where the value is one of these.",
            "值在其中处为 True。",
        ],
        isin,
    ),
    call(
        &[Series],
        "value_counts",
        "self, normalize=False!, sort=True!, ascending=False, bins=None!, dropna=True!, method='auto'!",
        ["How often each value occurs.", "每个值出现的次数。"],
        value_counts,
    ),
    call(
        &[Md],
        "merge",
        "self, right, how='inner', on=None, left_on=None!, right_on=None!, left_index=False!, right_index=False!, sort=False!, suffixes=('_x','_y'), copy=True!, indicator=False!, strategy=None!, validate=None!",
        [
            "The rows of two frames that agree in some columns.",
            "按若干列的相等值合并两个 DataFrame。",
        ],
        merge,
    ),
    call(
        &[Md],
        "isna",
        "self",
        ["True where a value is missing.", "缺失处为 True。"],
        isna,
    )
    .or(&["isnull"]),
    call(
        &[Md],
        "notna",
        "self",
        ["True where a value is not missing.", "未缺失处为 True。"],
        notna,
    )
    .or(&["notnull"]),
    call(
        &[DataFrame, Series],
        "quantile",
        "self, q=0.5, axis=0!, numeric_only=True!, interpolation='linear'!",
        [
            "The value below which a share q of the values lies.",
            "比例为 q 的分位数。",
        ],
        quantile,
    ),
    call(
        &[DataFrame, Series],
        "to_tensor",
        "self",
        ["The values as a tensor.", "把值作为张量。"],
        to_tensor,
    ),
    call(
        &[DataFrame],
        "agg",
        "self, func, axis=0!",
        [
            "Several named functions of every column.",
            "对每列应用若干函数。",
        ],
        agg,
    )
    .or(&["aggregate"]),
];

fn this(bound: &Bound<'_>) -> Lowers<Node> {
    bound.must("self")?.node()
}

/// What the graph builder gave, or its error; a column was looked for in `of`.
fn of(made: Result<Node, graph::Error>, of: &Node, bound: &Bound<'_>) -> Lowers<Value> {
    made.map(Value::Node)
        .map_err(|error| located(error, bound.at(), Some(of)))
}

fn fillna(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let value = bound.must("value")?;
    let Value::Plain(scalar) = value.value else {
        return Err(value.wrong(Wanted::Number));
    };
    node(lowering.graph.fillna(&this(bound)?, scalar), bound)
}

fn dropna(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let how = bound.text("how", "any")?;
    node(lowering.graph.dropna(&this(bound)?, &how), bound)
}

fn isna(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    node(lowering.graph.check_na(&this(bound)?, false), bound)
}

fn notna(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    node(lowering.graph.check_na(&this(bound)?, true), bound)
}

/// Without `on`, the columns that both have are matched.
fn merge(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let left = this(bound)?;
    let right = bound.must("right")?.node()?;
    let on = match bound.some("on") {
        Some(on) => on.labels()?,
        None => {
            let has = |label: &Label| right.columns().iter().any(|column| column.label == *label);
            let own = left.columns().iter().map(|column| column.label.clone());
            own.filter(has).collect()
        }
    };
    let suffixes = match bound.some("suffixes") {
        None => ["_x".to_owned(), "_y".to_owned()],
        Some(given) => match given.value {
            Value::Tuple(items) | Value::List(items) => match items.as_slice() {
                [
                    Value::Plain(Scalar::Text(one)),
                    Value::Plain(Scalar::Text(two)),
                ] => [one.clone(), two.clone()],
                _ => return Err(given.wrong(Wanted::Text)),
            },
            _ => return Err(given.wrong(Wanted::Text)),
        },
    };
    let how = bound.text("how", "inner")?;
    let merge = Merge { how, on, suffixes };
    of(lowering.graph.merge(&left, &right, &merge), &right, bound)
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

fn reset_index(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let drop = bound.flag("drop", false)?;
    node(lowering.graph.reset_index(&this(bound)?, drop), bound)
}

fn set_index(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let own = this(bound)?;
    let key = bound.must("keys")?.label()?;
    let drop = bound.flag("drop", true)?;
    of(lowering.graph.set_index(&own, &key, drop), &own, bound)
}

fn sort_index(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let ascending = bound.flag("ascending", true)?;
    node(lowering.graph.sort_index(&this(bound)?, ascending), bound)
}

fn cumulate(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let made = lowering.graph.cumulate_frame(bound.name(), &this(bound)?);
    node(made, bound)
}

fn shift(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let periods = bound.integer("periods", 1)?;
    node(lowering.graph.shift(&this(bound)?, periods), bound)
}

fn diff(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let periods = bound.integer("periods", 1)?;
    node(lowering.graph.diff_frame(&this(bound)?, periods), bound)
}

fn round(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let decimals = bound.integer("decimals", 0)?;
    node(lowering.graph.round_frame(&this(bound)?, decimals), bound)
}

fn nunique(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    node(lowering.graph.nunique(&this(bound)?), bound)
}

fn isin(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let values = bound.must("values")?.scalars()?;
    node(lowering.graph.isin(&this(bound)?, &values), bound)
}

fn value_counts(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let ascending = bound.flag("ascending", false)?;
    node(lowering.graph.value_counts(&this(bound)?, ascending), bound)
}

fn quantile(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let q = bound.float("q", 0.5)?;
    node(lowering.graph.quantile(&this(bound)?, q), bound)
}

fn to_tensor(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    node(lowering.graph.to_tensor(&this(bound)?), bound)
}

fn agg(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let func = bound.must("func")?;
    let wrong = || func.wrong(Wanted::Aggregation);
    let named = |scalar: &Scalar| match scalar {
        Scalar::Text(name) => FrameReduction::from_name(name).ok_or_else(wrong),
        _ => Err(wrong()),
    };
    let names = func.scalars().map_err(|_| wrong())?;
    let funcs: Vec<FrameReduction> = names.iter().map(named).collect::<Lowers<_>>()?;
    node(lowering.graph.aggregate(&this(bound)?, &funcs), bound)
}
