//! Frames and series out of plain values and tensors.

use mars::v04::graph::{Label, Scalar};

use super::Owner::Md;
use super::{Operator, call};
use crate::error::{Error, ErrorKind, Wanted};
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, label, located};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Md],
        "DataFrame",
        "data, index=None!, columns=None, dtype=None!, copy=False!, chunk_size=None, gpu=None!, sparse=None!",
        [
            "A DataFrame of a dict of columns, a list of rows, or a tensor.",
            "由列的字典、行的列表或张量组成的 DataFrame。",
        ],
        frame,
    ),
    call(
        &[Md],
        "Series",
        "data, index=None!, dtype=None!, name=None, copy=False!, chunk_size=None, gpu=None!, sparse=None!",
        [
            "A Series of a list or a tensor.",
            "由列表或张量组成的 Series。",
        ],
        series,
    ),
    call(
        &[Md],
        "date_range",
        "start, end=None!, periods=None, freq='D', tz=None!, normalize=False!, name=None, closed=None!, chunk_size=None!",
        [
            "So many times at equal distances, as an Index.",
            "等间隔的若干时间，组成 Index。",
        ],
        date_range,
    ),
];

fn date_range(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let start = bound.must("start")?;
    let Value::Plain(Scalar::Text(start)) = start.value else {
        return Err(start.wrong(Wanted::Text));
    };
    let periods = bound.must("periods")?.count()?;
    let freq = bound.text("freq", "D")?;
    let name = bound
        .some("name")
        .map_or(Ok(Label::Null), |name| name.label())?;
    // Of an index in several chunks the engine cannot give the whole.
    let made = lowering.graph.date_range(start, periods, &freq, &name);
    node(made, bound)
}

fn series(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let data = bound.must("data")?;
    let name = bound
        .some("name")
        .map_or(Ok(Label::Null), |name| name.label())?;
    let values = data.value.literal();
    let tensor = match values.filter(|values| values.shape().is_some()) {
        Some(values) => {
            let made = lowering.chunked(bound, |graph| graph.tensor(&values, None))?;
            made.map_err(|error| located(error, data.at, None))?
        }
        None => data.node()?,
    };
    node(lowering.graph.series_from_tensor(&tensor, name), bound)
}

fn frame(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let data = bound.must("data")?;
    let labels = bound.some("columns");
    let labels = labels.map(|columns| columns.labels()).transpose()?;
    match data.value {
        Value::Dict(items) => {
            let mut columns = columns_of(items, &data)?;
            if let Some(labels) = labels {
                columns = chosen(&columns, &labels, bound)?;
            }
            let made = lowering.chunked(bound, |graph| graph.frame_from_columns(&columns))?;
            node(made, bound)
        }
        Value::Node(tensor) => {
            let made = lowering.graph.frame_from_tensor(tensor, labels.as_deref());
            node(made, bound)
        }
        rows => {
            let values = rows.literal().filter(|values| values.shape().is_some());
            let values = values.ok_or_else(|| data.wrong(Wanted::Values))?;
            let made = lowering.chunked(bound, |graph| graph.tensor(&values, None))?;
            let tensor = made.map_err(|error| located(error, data.at, None))?;
            let made = lowering.graph.frame_from_tensor(&tensor, labels.as_deref());
            node(made, bound)
        }
    }
}

/// Of the columns of a dict those in `columns=`, in this order.
fn chosen(
    columns: &[(Label, Vec<Scalar>)],
    labels: &[Label],
    bound: &Bound<'_>,
) -> Lowers<Vec<(Label, Vec<Scalar>)>> {
    let found = |label: &Label| {
        let column = columns.iter().find(|(known, _)| known == label);
        column.cloned().ok_or_else(|| {
            let known: Vec<String> = columns.iter().map(|(label, _)| label.to_string()).collect();
            let name = label.to_string();
            let nearest = crate::suggest::nearest(&name, known.iter().map(String::as_str));
            Error::new(bound.at(), ErrorKind::UnknownColumn { name, nearest })
        })
    };
    labels.iter().map(found).collect()
}

/// The columns of a dict of lists.
fn columns_of(items: &[(Value, Value)], data: &Given<'_>) -> Lowers<Vec<(Label, Vec<Scalar>)>> {
    let scalars = |value: &Value| match value {
        Value::List(items) | Value::Tuple(items) => items
            .iter()
            .map(|item| match item {
                Value::Plain(scalar) => Some(scalar.clone()),
                _ => None,
            })
            .collect::<Option<Vec<_>>>(),
        _ => None,
    };
    let column = |(key, value): &(Value, Value)| label(key).zip(scalars(value));
    let columns = items.iter().map(column).collect::<Option<Vec<_>>>();
    columns.ok_or_else(|| data.wrong(Wanted::Values))
}
