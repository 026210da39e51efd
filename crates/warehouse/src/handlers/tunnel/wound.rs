//! Text that is no UTF-8, on request: the fault `tunnel-bad-text`. MaxCompute keeps the bytes of a
//! `STRING` as they come, so a client may meet such text; this warehouse never stores it.

use arrow::array::{Array as _, ArrayRef, AsArray, BinaryArray};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// A byte that never stands in UTF-8.
const WRONG: u8 = 0xff;

/// The schema with bytes for texts: Arrow lays both out in the same way.
pub(super) fn schema(schema: &SchemaRef) -> SchemaRef {
    let field = |field: &Arc<Field>| match field.data_type() {
        DataType::Utf8 => Arc::new(field.as_ref().clone().with_data_type(DataType::Binary)),
        _ => field.clone(),
    };
    Arc::new(Schema::new(
        schema.fields().iter().map(field).collect::<Vec<_>>(),
    ))
}

/// The batch with the last byte of each text in `row` made wrong.
pub(super) fn batch(batch: &RecordBatch, row: u64) -> Result<RecordBatch, ArrowError> {
    let columns = batch
        .columns()
        .iter()
        .map(|column| match column.data_type() {
            DataType::Utf8 => bytes(column, usize::try_from(row).unwrap_or(usize::MAX)),
            _ => column.clone(),
        });
    RecordBatch::try_new(schema(&batch.schema()), columns.collect())
}

fn bytes(column: &ArrayRef, row: usize) -> ArrayRef {
    let texts = column.as_string::<i32>();
    let values = (0..texts.len()).map(|at| {
        let mut value = (!texts.is_null(at)).then(|| texts.value(at).as_bytes().to_vec())?;
        if let Some(last) = value.last_mut().filter(|_| at == row) {
            *last = WRONG;
        }
        Some(value)
    });
    Arc::new(values.collect::<BinaryArray>())
}

#[cfg(test)]
mod tests {
    use arrow::array::{ArrayRef, AsArray, StringArray};
    use arrow::record_batch::RecordBatch;
    use std::sync::Arc;

    #[test]
    fn only_the_named_row_is_wounded() {
        let texts: ArrayRef = Arc::new(StringArray::from(vec![Some("ab"), Some("cd"), None]));
        let batch = RecordBatch::try_from_iter([("t", texts)]).unwrap();
        let wounded = super::batch(&batch, 1).unwrap();
        let bytes = wounded.column(0).as_binary::<i32>();
        assert_eq!(
            (bytes.value(0), bytes.value(1)),
            (&b"ab"[..], &b"c\xff"[..])
        );
    }
}
