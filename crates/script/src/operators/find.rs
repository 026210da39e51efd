//! Where elements are, and which are the greatest.

use mars::v04::graph::{Node, Top};

use super::Owner::{Mt, Tensor};
use super::array::{array, tuple};
use super::{Operator, call};
use crate::error::Wanted;
use crate::lower::arguments::Bound;
use crate::lower::convert::located;
use crate::lower::operator::operand;
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

const TOP: &str = "a, k, axis=-1, largest=True, sorted=True!, order=None!, parallel_kind='auto'!, psrs_kinds=None!";

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Mt, Tensor],
        "nonzero",
        "a",
        [
            "For each axis the places of the elements that are not 0.",
            "每个轴上非零元素的位置。",
        ],
        nonzero,
    ),
    call(
        &[Mt],
        "flatnonzero",
        "a",
        [
            "The places in one row of the elements that are not 0.",
            "展平后非零元素的位置。",
        ],
        flatnonzero,
    ),
    call(
        &[Mt],
        "searchsorted",
        "a, v, side='left', sorter=None!, combine_size=None!",
        [
            "Where v would keep the order of the sorted a.",
            "把 v 插入已排序的 a 而不改变顺序的位置。",
        ],
        searchsorted,
    ),
    call(
        &[Mt],
        "digitize",
        "x, bins, right=False",
        [
            "The number of the bin of each value.",
            "每个值所在区间的序号。",
        ],
        digitize,
    ),
    call(
        &[Mt],
        "isin",
        "element, test_elements, assume_unique=False!, invert=False",
        [
            "True where the element is one of the others.",
            "元素属于另一组值处为 True。",
        ],
        isin,
    ),
    call(
        &[Mt],
        "topk",
        "a, k, axis=-1, largest=True, sorted=True!, order=None!, parallel_kind='auto'!, psrs_kinds=None!, return_index=False!",
        [
            "The k greatest, or the k smallest.",
            "最大（或最小）的 k 个。",
        ],
        topk,
    ),
    call(
        &[Mt],
        "argtopk",
        TOP,
        [
            "The places of the k greatest, or of the k smallest.",
            "最大（或最小）的 k 个的位置。",
        ],
        argtopk,
    ),
    call(
        &[Mt],
        "partition",
        "a, kth, axis=-1, kind='introselect'!, order=None!",
        [
            "Smaller elements before the k-th in order, greater ones behind it.",
            "第 k 个就位，较小者在前，较大者在后。",
        ],
        partition,
    ),
    call(
        &[Mt],
        "argpartition",
        "a, kth, axis=-1, kind='introselect'!, order=None!",
        [
            "The places of the elements as partition puts them.",
            "partition 结果中各元素的原位置。",
        ],
        argpartition,
    ),
];

fn nonzero(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let made = lowering.graph.nonzero(&of);
    made.map(tuple)
        .map_err(|error| located(error, bound.at(), None))
}

fn flatnonzero(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let flat = lowering.graph.reshape(&of, &[-1]);
    let made = flat.and_then(|flat| lowering.graph.nonzero(&flat));
    let made = made.map_err(|error| located(error, bound.at(), None))?;
    let first: Option<Node> = made.into_iter().next();
    first
        .map(Value::Node)
        .ok_or_else(|| crate::lower::no_value("flatnonzero", bound))
}

fn searchsorted(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let sorted = array(lowering, &bound.must("a")?)?;
    let side = bound.text("side", "left")?;
    let right = match side.as_str() {
        "left" => false,
        "right" => true,
        _ => return Err(bound.must("side")?.wrong(Wanted::Text)),
    };
    let values = bound.must("v")?;
    if let Some(one) = operand(values.value) {
        return node(lowering.graph.searchsorted(&sorted, one, right), bound);
    }
    let values = array(lowering, &values)?;
    let made = lowering
        .graph
        .searchsorted(&sorted, (&values).into(), right);
    node(made, bound)
}

fn digitize(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let of = array(lowering, &bound.must("x")?)?;
    let given = bound.must("bins")?;
    let bins = given.value.literal();
    let bins = bins.ok_or_else(|| given.wrong(Wanted::Values))?;
    let right = bound.flag("right", false)?;
    node(lowering.graph.digitize(&of, &bins, right), bound)
}

fn isin(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let element = array(lowering, &bound.must("element")?)?;
    let tests = array(lowering, &bound.must("test_elements")?)?;
    let invert = bound.flag("invert", false)?;
    node(lowering.graph.isin_tensor(&element, &tests, invert), bound)
}

fn topk(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    top(lowering, bound, false)
}

fn argtopk(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    top(lowering, bound, true)
}

fn top(lowering: &mut Lowering<'_>, bound: &Bound<'_>, places: bool) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let top = Top {
        count: bound.must("k")?.count()?,
        largest: bound.flag("largest", true)?,
        places,
    };
    let axis = bound.integer("axis", -1)?;
    node(lowering.graph.topk(&of, axis, top), bound)
}

fn partition(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    parted(lowering, bound, false)
}

fn argpartition(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    parted(lowering, bound, true)
}

fn parted(lowering: &mut Lowering<'_>, bound: &Bound<'_>, places: bool) -> Lowers<Value> {
    let of = array(lowering, &bound.must("a")?)?;
    let kth = bound.must("kth")?.lengths(Wanted::Integer)?;
    let axis = bound.integer("axis", -1)?;
    node(lowering.graph.partition(&of, &kth, axis, places), bound)
}
