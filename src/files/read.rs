//! The rows that come through the port.

use std::io::Cursor;

use arrow::datatypes::SchemaRef;
use arrow::ipc::reader::StreamReader;
use arrow::record_batch::RecordBatch;
use frame::Column;

use crate::frames::desk::export::COLUMNS;

/// Some rows with what is known of their columns.
#[derive(Debug)]
pub struct Rows {
    /// Their types.
    pub schema: SchemaRef,
    /// Their columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub batches: Vec<RecordBatch>,
}

/// Reads what [`crate::frames::desk::Desk::export_batch`] wrote; none when it is something else.
pub fn rows(bytes: Vec<u8>) -> Option<Rows> {
    let reader = StreamReader::try_new(Cursor::new(bytes), None).ok()?;
    let schema = reader.schema();
    let columns = serde_json::from_str(schema.metadata().get(COLUMNS)?).ok()?;
    let batches = reader.collect::<Result<Vec<_>, _>>().ok()?;
    Some(Rows {
        schema,
        columns,
        batches,
    })
}
