//! Frames, series, indexes and categoricals: index columns first, columns in their places.

use super::{COLUMN_LIMIT, Columns, Error, ResultKind, ResultTable, column, facts, repr};
use crate::v04::serialized::{Block, Categorical, Elements, Frame, Index, Series, Value};

/// A frame.
pub(super) fn frame(frame: &Frame) -> Result<ResultTable, Error> {
    let (rows, width) = (frame.rows.len(), frame.columns.len());
    let mut facts = facts(ResultKind::DataFrame, &[rows, width]);
    let mut columns = Columns::default();
    labels(&mut columns, &frame.rows)?;
    let shown = width.min(COLUMN_LIMIT);
    facts.hidden_columns = (width - shown) as u64;
    let mut places: Vec<Option<(&Block, usize)>> = vec![None; shown];
    for block in &frame.blocks {
        for (nth, &place) in block.places().iter().enumerate() {
            if let Some(slot) = places.get_mut(place) {
                *slot = Some((block, nth));
            }
        }
    }
    for (place, found) in places.into_iter().enumerate() {
        let (block, nth) = found.ok_or(Error::Inconsistent {
            detail: "a column without values",
        })?;
        push(
            &mut columns,
            repr::label(&frame.columns.value(place)),
            block,
            nth,
            rows,
        )?;
    }
    columns.finish(rows, facts)
}

/// A series.
pub(super) fn series(series: &Series) -> Result<ResultTable, Error> {
    let rows = series.rows.len();
    let mut facts = facts(ResultKind::Series, &[rows]);
    facts.dtype = Some(badge(&series.values));
    facts.name = Some(repr::label(&series.name)).filter(|_| series.name != Value::None);
    let mut columns = Columns::default();
    labels(&mut columns, &series.rows)?;
    push(
        &mut columns,
        repr::label(&series.name),
        &series.values,
        0,
        rows,
    )?;
    columns.finish(rows, facts)
}

/// An index by itself.
pub(super) fn index(index: &Index) -> Result<ResultTable, Error> {
    let mut facts = facts(ResultKind::Index, &[index.len()]);
    facts.dtype = Some(index.dtype_name());
    let names: Vec<String> = index
        .names()
        .into_iter()
        .filter(|name| **name != Value::None)
        .map(repr::label)
        .collect();
    facts.name = (!names.is_empty()).then(|| names.join(", "));
    let mut columns = Columns::default();
    labels(&mut columns, index)?;
    columns.finish(index.len(), facts)
}

/// A categorical by itself.
pub(super) fn categorical(labels: &Categorical) -> Result<ResultTable, Error> {
    let rows = labels.codes.len();
    let mut facts = facts(ResultKind::Categorical, &[rows]);
    facts.dtype = Some("category".into());
    let mut columns = Columns::default();
    columns.push(
        "value".into(),
        "category".into(),
        false,
        column::categorical(labels)?,
    );
    columns.finish(rows, facts)
}

/// The row labels: a column per level.
fn labels(columns: &mut Columns, index: &Index) -> Result<(), Error> {
    let Index::Multi {
        levels,
        codes,
        names,
    } = index
    else {
        let name = index
            .names()
            .first()
            .map(|name| repr::label(name))
            .unwrap_or_default();
        columns.push(name, index.dtype_name(), true, column::index(index)?);
        return Ok(());
    };
    for ((level, codes), name) in levels.iter().zip(codes).zip(names) {
        let label = |&code: &i64| match usize::try_from(code) {
            Ok(code) => level.value(code),
            Err(_) => Value::None,
        };
        let values: Vec<Value> = codes.iter().map(label).collect();
        columns.push(
            repr::label(name),
            level.dtype_name(),
            true,
            column::objects(&values),
        );
    }
    Ok(())
}

fn badge(block: &Block) -> String {
    match block {
        Block::Categorical(..) => "category".into(),
        Block::Array(_, array, tz) => match (tz, &array.elements) {
            (Some(tz), Elements::Datetime(unit, _)) => {
                format!("datetime64[{}, {tz}]", unit.as_str())
            }
            (_, elements) => elements.dtype_name(),
        },
    }
}

/// The nth column of a block.
fn push(
    columns: &mut Columns,
    name: String,
    block: &Block,
    nth: usize,
    rows: usize,
) -> Result<(), Error> {
    let values = match block {
        Block::Categorical(_, labels) => column::categorical(labels)?,
        Block::Array(_, array, tz) => {
            let start = nth.saturating_mul(rows);
            let elements = array.elements.slice(start..start.saturating_add(rows));
            column::array(&elements, tz.as_ref())?
        }
    };
    columns.push(name, badge(block), false, values);
    Ok(())
}
