//! The rows of a view as one batch, for those who want values rather than text.

use crate::{Rows, Table};
use arrow::array::{Array, ArrayRef, RecordBatchOptions};
use arrow::compute::interleave;
use arrow::datatypes::{Field, Schema};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use std::ops::Range;
use std::sync::Arc;

impl Table {
    /// Positions of a view and columns as a batch; what lies outside the table is left out.
    pub fn gather(
        &self,
        rows: &Rows,
        positions: Range<u64>,
        columns: &[usize],
    ) -> Result<RecordBatch, ArrowError> {
        let end = positions.end.min(rows.len(self));
        let places =
            (positions.start.min(end)..end).filter_map(|position| self.place(rows.row(position)?));
        let places: Vec<(usize, usize)> = places.collect();
        let (mut fields, mut arrays): (Vec<Field>, Vec<ArrayRef>) = Default::default();
        for &column in columns {
            let Some(field) = self.schema().fields().get(column) else {
                continue;
            };
            let parts = self
                .batches()
                .iter()
                .map(|batch| batch.column(column).as_ref());
            let parts: Vec<&dyn Array> = parts.collect();
            arrays.push(match places.is_empty() {
                true => arrow::array::new_empty_array(field.data_type()),
                false => interleave(&parts, &places)?,
            });
            fields.push(field.as_ref().clone().with_nullable(true));
        }
        let count = RecordBatchOptions::new().with_row_count(Some(places.len()));
        RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &count)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Rows, Table};
    use arrow::array::{ArrayRef, AsArray, Int64Array, StringArray};
    use arrow::datatypes::Int64Type;
    use arrow::record_batch::RecordBatch;
    use std::sync::Arc;

    fn table() -> Table {
        let batch = |numbers: Vec<i64>, texts: Vec<Option<&str>>| {
            let numbers: ArrayRef = Arc::new(Int64Array::from(numbers));
            let texts: ArrayRef = Arc::new(StringArray::from(texts));
            RecordBatch::try_from_iter_with_nullable([("n", numbers, true), ("t", texts, true)])
                .unwrap()
        };
        let first = batch(vec![1, 2], vec![Some("a"), None]);
        let mut table = Table::new(first.schema());
        table.append(first).unwrap();
        table
            .append(batch(vec![3, 4], vec![Some(""), Some("中")]))
            .unwrap();
        table
    }

    #[test]
    fn rows_of_several_batches_in_the_order_of_the_view() {
        let table = table();
        let rows = Rows::These(vec![3, 0, 1, 2]);
        let got = table.gather(&rows, 0..3, &[1, 0]).unwrap();
        let texts: Vec<Option<&str>> = got.column(0).as_string::<i32>().iter().collect();
        assert_eq!(texts, [Some("中"), Some("a"), None]);
        assert_eq!(
            got.column(1).as_primitive::<Int64Type>().values(),
            &[4, 1, 2]
        );
        assert_eq!(table.gather(&rows, 3..9, &[0]).unwrap().num_rows(), 1);
    }

    #[test]
    fn no_rows_and_no_columns_are_batches_too() {
        let table = table();
        let none = table.gather(&Rows::All, 9..20, &[0]).unwrap();
        assert_eq!((none.num_rows(), none.num_columns()), (0, 1));
        let bare = table.gather(&Rows::All, 0..4, &[7]).unwrap();
        assert_eq!((bare.num_rows(), bare.num_columns()), (4, 0));
    }
}
