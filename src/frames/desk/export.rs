//! What is looked at, as Arrow: for the file worker, which writes it.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::error::ArrowError;
use arrow::ipc::writer::StreamWriter;
use arrow::record_batch::RecordBatch;
use frame::{Column, Rows, Table};

use super::Desk;
use crate::frames::FrameId;

/// The key of a stream's columns in the metadata of its schema.
pub const COLUMNS: &str = "mars_console.columns";

/// The rows and columns that were looked at when an export began: what is arranged later does not
/// change the file.
pub struct Viewed {
    frame: FrameId,
    rows: Rows,
    columns: Vec<usize>,
    len: u64,
}

/// An answer to the file worker.
#[derive(Debug, PartialEq, Eq)]
pub enum Exported {
    /// Some rows: a whole IPC stream.
    Rows(Vec<u8>),
    /// There are no more.
    End,
    /// The rows are no longer here.
    Gone,
}

impl Desk {
    /// What is looked at in a frame now.
    pub fn export_view(&self, frame: FrameId) -> Option<Viewed> {
        let open = self.frames.get(&frame)?;
        let table = open.load.table()?;
        Some(Viewed {
            frame,
            rows: open.looked.rows().clone(),
            columns: open.looked.columns(table),
            len: open.looked.len(table),
        })
    }

    /// At most `count` rows from a place of the view on. At 0 there is always a batch, which may be
    /// empty: it tells the columns.
    pub fn export_batch(&self, viewed: &Viewed, from: u64, count: u64) -> Exported {
        let table = (self.frames.get(&viewed.frame)).and_then(|open| open.load.table());
        // A frame that began again has fewer rows than were seen.
        let Some(table) = table.filter(|table| viewed.rows.len(table) >= viewed.len) else {
            return Exported::Gone;
        };
        if from >= viewed.len && from > 0 {
            return Exported::End;
        }
        let end = from.saturating_add(count).min(viewed.len);
        let batch = table.gather(&viewed.rows, from..end, &viewed.columns);
        match batch.and_then(|batch| stream(table, &viewed.columns, batch)) {
            Ok(bytes) => Exported::Rows(bytes),
            Err(_) => Exported::Gone,
        }
    }
}

/// A batch as an IPC stream, with what is known of its columns.
fn stream(table: &Table, columns: &[usize], batch: RecordBatch) -> Result<Vec<u8>, ArrowError> {
    let known = columns
        .iter()
        .filter_map(|&column| table.columns().get(column));
    let known: Vec<&Column> = known.collect();
    let known = serde_json::to_string(&known).unwrap_or_default();
    let schema = batch.schema().as_ref().clone();
    let schema = schema.with_metadata(HashMap::from([(COLUMNS.to_owned(), known)]));
    let batch = batch.with_schema(Arc::new(schema))?;
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema())?;
    writer.write(&batch)?;
    writer.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::read;
    use arrow::array::{ArrayRef, AsArray, Int64Array, StringArray};
    use arrow::datatypes::Int64Type;

    #[test]
    fn the_file_worker_reads_rows_and_columns() {
        let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1, i64::MAX]));
        let texts: ArrayRef = Arc::new(StringArray::from(vec![Some("中"), None]));
        let batch =
            RecordBatch::try_from_iter_with_nullable([("n", numbers, true), ("t", texts, true)]);
        let batch = batch.unwrap();
        let mut table = Table::new(batch.schema());
        table.append(batch).unwrap();
        let rows = Rows::These(vec![1, 0]);
        let seen = table.gather(&rows, 0..9, &[1, 0]).unwrap();
        let got = read::rows(stream(&table, &[1, 0], seen).unwrap()).unwrap();
        let names: Vec<&str> = got
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!(names, ["t", "n"]);
        assert_eq!(
            got.batches[0]
                .column(1)
                .as_primitive::<Int64Type>()
                .values(),
            &[i64::MAX, 1]
        );
        assert!(read::rows(vec![1, 2, 3]).is_none());
    }

    #[test]
    fn a_frame_that_is_not_open_is_gone() {
        let desk = Desk::default();
        assert!(desk.export_view(7).is_none());
        let viewed = Viewed {
            frame: 7,
            rows: Rows::All,
            columns: Vec::new(),
            len: 0,
        };
        assert_eq!(desk.export_batch(&viewed, 0, 10), Exported::Gone);
    }
}
