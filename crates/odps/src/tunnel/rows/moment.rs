//! Timestamps as seconds and nanoseconds: the form that later clients expect of `timestamp` columns in
//! previews and in results of instances (`_build_wire_schema` of PyODPS 0.13.1). Only whole columns
//! are turned, as there.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int32Array, Int64Array, RecordBatch, StructArray};
use arrow::datatypes::{
    DataType, Field, Fields, Schema, SchemaRef, TimeUnit, TimestampNanosecondType,
};
use arrow::error::ArrowError;

const SECOND: i64 = 1_000_000_000;

fn moment() -> Fields {
    Fields::from(vec![
        Field::new("sec", DataType::Int64, true),
        Field::new("nano", DataType::Int32, true),
    ])
}

fn is_timestamp(kind: &DataType) -> bool {
    matches!(kind, DataType::Timestamp(TimeUnit::Nanosecond, _))
}

/// The schema with its timestamps as seconds and nanoseconds.
pub fn moment_schema(schema: &Schema) -> SchemaRef {
    let fields = schema.fields().iter().map(|field| {
        if is_timestamp(field.data_type()) {
            Field::new(
                field.name(),
                DataType::Struct(moment()),
                field.is_nullable(),
            )
            .into()
        } else {
            field.clone()
        }
    });
    Arc::new(Schema::new(fields.collect::<Fields>()))
}

/// The batch in the schema that [`moment_schema`] gives.
pub fn with_moments(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let columns = batch.columns().iter().map(|column| -> ArrayRef {
        if !is_timestamp(column.data_type()) {
            return column.clone();
        }
        let nanos = column.as_primitive::<TimestampNanosecondType>().values();
        let seconds = nanos.iter().map(|nanos| nanos.div_euclid(SECOND));
        // Below a second, so it fits.
        let rests = nanos.iter().map(|nanos| nanos.rem_euclid(SECOND) as i32);
        let parts: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from_iter_values(seconds)),
            Arc::new(Int32Array::from_iter_values(rests)),
        ];
        Arc::new(StructArray::new(moment(), parts, column.nulls().cloned()))
    });
    RecordBatch::try_new(schema.clone(), columns.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::TimestampNanosecondArray;
    use arrow::datatypes::{Int32Type, Int64Type};

    #[test]
    fn a_moment_before_1970_has_no_negative_nanoseconds() {
        let at: ArrayRef = Arc::new(TimestampNanosecondArray::from(vec![
            Some(-1),
            None,
            Some(1_500_000_000),
        ]));
        let batch = RecordBatch::try_from_iter_with_nullable([("at", at, true)]).expect("a batch");
        let turned = with_moments(&batch, &moment_schema(&batch.schema())).expect("turned");
        let column = turned.column(0).as_struct();
        assert!(column.is_null(1));
        let seconds = column.column(0).as_primitive::<Int64Type>();
        let nanos = column.column(1).as_primitive::<Int32Type>();
        assert_eq!((seconds.value(0), nanos.value(0)), (-1, 999_999_999));
        assert_eq!((seconds.value(2), nanos.value(2)), (1, 500_000_000));
    }
}
