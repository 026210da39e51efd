//! Arrays: a scalar, a column, a matrix, or a flattened block with its positions as index.

use super::{COLUMN_LIMIT, Columns, Error, RANGE_LIMIT, ResultKind, ResultTable, column, facts};
use crate::v04::serialized::Array;
use arrow::array::{ArrayRef, UInt64Array};
use std::sync::Arc;

/// Converts an array whose first row is row `first_row` of the whole.
pub(super) fn convert(array: &Array, first_row: u64) -> Result<ResultTable, Error> {
    let badge = array.elements.dtype_name();
    let kind = if array.shape.is_empty() {
        ResultKind::Scalar
    } else {
        ResultKind::Tensor
    };
    let mut facts = facts(kind, &array.shape);
    facts.dtype = Some(badge.clone());
    let mut columns = Columns::default();
    let (leading, width) = match array.shape.as_slice() {
        [] => {
            columns.push(
                "value".into(),
                badge,
                false,
                column::array(&array.elements, None)?,
            );
            return columns.finish(1, facts);
        }
        [_] => (array.shape.as_slice(), None),
        [leading @ .., width] => (leading, Some(*width)),
    };
    let rows = leading
        .iter()
        .try_fold(1usize, |rows, &length| rows.checked_mul(length));
    let rows = rows
        .filter(|&rows| rows <= RANGE_LIMIT)
        .ok_or_else(|| Error::TooLong {
            rows: rows.map_or(u64::MAX, |rows| rows as u64),
            limit: RANGE_LIMIT as u64,
        })?;
    for (axis, positions) in positions(leading, rows, first_row).into_iter().enumerate() {
        columns.push(format!("axis {axis}"), "index".into(), true, positions);
    }
    match width {
        None => columns.push(
            "value".into(),
            badge,
            false,
            column::array(&array.elements, None)?,
        ),
        Some(width) => {
            let shown = width.min(COLUMN_LIMIT);
            facts.hidden_columns = (width - shown) as u64;
            for at in 0..shown {
                let elements = array.elements.strided(at, width, rows);
                let values = column::array(&elements, None)?;
                columns.push(at.to_string(), badge.clone(), false, values);
            }
        }
    }
    columns.finish(rows, facts)
}

/// For every leading axis, the position of each row; the first axis counts from `first_row`.
fn positions(leading: &[usize], rows: usize, first_row: u64) -> Vec<ArrayRef> {
    let mut repeat = rows;
    let mut all: Vec<ArrayRef> = Vec::new();
    for (axis, &length) in leading.iter().enumerate() {
        repeat = repeat.checked_div(length).unwrap_or(0);
        let first = if axis == 0 { first_row } else { 0 };
        let position = |row: usize| {
            let at = row
                .checked_div(repeat)
                .and_then(|at| at.checked_rem(length))
                .unwrap_or(0);
            first.saturating_add(at as u64)
        };
        all.push(Arc::new(UInt64Array::from_iter_values(
            (0..rows).map(position),
        )));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{convert, positions};
    use crate::v04::serialized::{Array, Elements};
    use arrow::array::AsArray;
    use arrow::datatypes::UInt64Type;

    fn texts(array: &Array, first_row: u64) -> Vec<Vec<String>> {
        let result = convert(array, first_row).unwrap();
        let columns: Vec<usize> = (0..result.table.columns().len()).collect();
        let window = result.table.window(0..100, &columns);
        window
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.text.clone()).collect())
            .collect()
    }

    fn array(shape: &[usize]) -> Array {
        let count = shape.iter().product::<usize>() as i64;
        let elements = Elements::I64((0..count).collect());
        Array {
            shape: shape.to_vec(),
            fortran: false,
            elements,
        }
    }

    #[test]
    fn every_number_of_axes() {
        assert_eq!(texts(&array(&[]), 0), [["0"]]);
        assert_eq!(texts(&array(&[2]), 10), [["10", "0"], ["11", "1"]]);
        assert_eq!(
            texts(&array(&[2, 2]), 0),
            [["0", "0", "1"], ["1", "2", "3"]]
        );
        let three = texts(&array(&[2, 2, 1]), 0);
        assert_eq!(
            three,
            [
                ["0", "0", "0"],
                ["0", "1", "1"],
                ["1", "0", "2"],
                ["1", "1", "3"]
            ]
        );
        assert!(texts(&array(&[0, 3]), 0).is_empty());
        assert_eq!(texts(&array(&[1, 0]), 0), [["0"]]);
        assert!(texts(&array(&[2, 0, 3]), 0).is_empty());
    }

    #[test]
    fn positions_run_like_counters() {
        let axes = positions(&[2, 3], 6, 5);
        let values = |at: usize| axes[at].as_primitive::<UInt64Type>().values().to_vec();
        assert_eq!(values(0), [5, 5, 5, 6, 6, 6]);
        assert_eq!(values(1), [0, 1, 2, 0, 1, 2]);
    }
}
