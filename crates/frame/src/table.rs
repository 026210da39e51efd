//! Batches of one schema, with what is known of their columns.

use crate::format::{self, Style};
use crate::meaning::Meaning;
use crate::window::{CELL_LIMIT, Cell, Window};
use crate::{Error, Zone, badge};
use arrow::array::ArrayData;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is known of a column besides its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The name, as it is shown.
    pub name: String,
    /// The short name of the type, in the words of where it comes from.
    pub badge: String,
    /// Whether it is (a level of) the row index.
    pub index: bool,
    /// Whether a struct of seconds and nanoseconds is a span of time rather than an instant.
    pub interval: bool,
}

/// A table that grows batch by batch.
#[derive(Clone, Debug)]
pub struct Table {
    schema: SchemaRef,
    columns: Vec<Column>,
    batches: Vec<RecordBatch>,
    /// The table row after each batch.
    ends: Vec<u64>,
    /// The zone of instants; as they come when there is none.
    zone: Option<Zone>,
    /// The bytes of cells whose text is not all that came, by row and column.
    raw: BTreeMap<(u64, usize), Vec<u8>>,
}

impl Table {
    /// An empty table whose columns are named and badged after the schema.
    pub fn new(schema: SchemaRef) -> Self {
        let columns = schema.fields().iter().map(|field| Column {
            name: field.name().clone(),
            badge: badge(field.data_type()),
            index: false,
            interval: false,
        });
        Self {
            columns: columns.collect(),
            schema,
            batches: Vec::new(),
            ends: Vec::new(),
            zone: None,
            raw: BTreeMap::new(),
        }
    }

    /// An empty table with columns described by the caller.
    pub fn with_columns(schema: SchemaRef, columns: Vec<Column>) -> Result<Self, Error> {
        if columns.len() != schema.fields().len() {
            return Err(Error::Columns {
                got: columns.len(),
                want: schema.fields().len(),
            });
        }
        Ok(Self {
            schema,
            columns,
            batches: Vec::new(),
            ends: Vec::new(),
            zone: None,
            raw: BTreeMap::new(),
        })
    }

    /// Appends a batch of the same types; names and nullability may differ.
    pub fn append(&mut self, batch: RecordBatch) -> Result<(), Error> {
        let fields = self.schema.fields();
        if batch.num_columns() != fields.len() {
            return Err(Error::Columns {
                got: batch.num_columns(),
                want: fields.len(),
            });
        }
        for (field, array) in fields.iter().zip(batch.columns()) {
            if field.data_type() != array.data_type() {
                return Err(Error::Type {
                    column: field.name().clone(),
                    got: array.data_type().clone(),
                    want: field.data_type().clone(),
                });
            }
        }
        if batch.num_rows() > 0 {
            self.ends.push(self.rows() + batch.num_rows() as u64);
            self.batches.push(batch);
        }
        Ok(())
    }

    /// Keeps the bytes of a cell whose text was no UTF-8, for who inspects it: in its text, which is
    /// shown, searched and copied, U+FFFD stands for what could not be read.
    pub fn keep_bytes(&mut self, row: u64, column: usize, bytes: Vec<u8>) {
        self.raw.insert((row, column), bytes);
    }

    /// The bytes that were kept of a cell.
    pub(crate) fn kept_bytes(&self, row: u64, column: usize) -> Option<&[u8]> {
        self.raw.get(&(row, column)).map(Vec::as_slice)
    }

    /// How many rows it has by now.
    pub fn rows(&self) -> u64 {
        self.ends.last().copied().unwrap_or(0)
    }

    /// The Arrow schema.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// What is known of the columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The batches, in order, without empty ones.
    pub fn batches(&self) -> &[RecordBatch] {
        &self.batches
    }

    /// Takes the rows out, in batches; columns and zone stay.
    pub fn take_batches(&mut self) -> Vec<RecordBatch> {
        self.ends.clear();
        std::mem::take(&mut self.batches)
    }

    /// Writes and reads instants in a zone from now on; `None` as they come.
    pub fn set_zone(&mut self, zone: Option<Zone>) {
        self.zone = zone;
    }

    /// The zone of instants.
    pub fn zone(&self) -> Option<&Zone> {
        self.zone.as_ref()
    }

    /// The memory that the values take. Columns of a batch often share one buffer: it counts once.
    pub fn bytes(&self) -> u64 {
        let mut seen = BTreeMap::new();
        let arrays = self.batches.iter().flat_map(RecordBatch::columns);
        let mut waiting: Vec<ArrayData> = arrays.map(|array| array.to_data()).collect();
        while let Some(data) = waiting.pop() {
            let nulls = data.nulls().map(|nulls| nulls.buffer());
            for buffer in data.buffers().iter().chain(nulls) {
                seen.insert(buffer.data_ptr(), buffer.capacity() as u64);
            }
            waiting.extend(data.child_data().iter().cloned());
        }
        let kept = self.raw.values().map(|bytes| bytes.capacity() as u64);
        seen.values().sum::<u64>() + kept.sum::<u64>()
    }

    /// Rows and columns as text; what lies outside the table is left out.
    pub fn window(&self, rows: Range<u64>, columns: &[usize]) -> Window {
        self.window_with_limit(rows, columns, CELL_LIMIT)
    }

    /// The same with another limit of characters per cell.
    pub fn window_with_limit(
        &self,
        rows: Range<u64>,
        columns: &[usize],
        cell_limit: usize,
    ) -> Window {
        let wanted: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|&column| column < self.columns.len())
            .collect();
        let end = rows.end.min(self.rows());
        let first_row = rows.start.min(end);
        let texts = (first_row..end).filter_map(|row| {
            let (batch, at) = self.locate(row)?;
            Some(
                wanted
                    .iter()
                    .map(|&column| self.text(batch, at, column, cell_limit))
                    .collect(),
            )
        });
        Window {
            first_row,
            total_rows: self.rows(),
            cell_limit,
            rows: texts.collect(),
            columns: wanted
                .iter()
                .map(|&column| self.columns[column].clone())
                .collect(),
        }
    }

    /// One cell, with at most so many characters; `None` outside the table.
    pub fn cell(&self, row: u64, column: usize, cell_limit: usize) -> Option<Cell> {
        let (batch, at) = self.locate(row)?;
        (column < self.columns.len()).then(|| self.text(batch, at, column, cell_limit))
    }

    fn text(&self, batch: &RecordBatch, at: usize, column: usize, limit: usize) -> Cell {
        format::cell(batch.column(column).as_ref(), at, self.style(column), limit)
    }

    /// How a column's values are written, besides their type.
    pub(crate) fn style(&self, column: usize) -> Style<'_> {
        let known = &self.columns[column];
        Style {
            interval: known.interval,
            instant: is_instant(&known.badge),
            zone: self.zone.as_ref(),
        }
    }

    /// What a column's keys mean.
    pub(crate) fn meaning(&self, column: usize) -> Meaning {
        let data_type = self.schema.field(column).data_type();
        Meaning::of(data_type, self.columns[column].interval)
    }

    /// The table row after each batch.
    pub(crate) fn ends(&self) -> &[u64] {
        &self.ends
    }

    /// The batch that holds a row, and the row's position in it.
    pub(crate) fn locate(&self, row: u64) -> Option<(&RecordBatch, usize)> {
        let (which, at) = self.place(row)?;
        Some((self.batches.get(which)?, at))
    }

    /// The place of the batch that holds a row, and the row's position in it.
    pub(crate) fn place(&self, row: u64) -> Option<(usize, usize)> {
        let which = self.ends.partition_point(|&end| end <= row);
        if which >= self.batches.len() {
            return None;
        }
        let start = match which.checked_sub(1) {
            Some(before) => self.ends.get(before).copied()?,
            None => 0,
        };
        Some((which, usize::try_from(row - start).ok()?))
    }
}

/// Whether ODPS's name of a type says that its points of time are instants. `timestamp_ntz` and
/// pandas' `datetime64[ns]` are not.
fn is_instant(badge: &str) -> bool {
    let words = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '['));
    let mut words = badge.split(words).map(str::to_ascii_lowercase);
    words.any(|word| matches!(word.as_str(), "datetime" | "timestamp"))
        && !badge.to_ascii_lowercase().contains("timestamp_ntz")
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::Error;
    use arrow::array::{ArrayRef, Int64Array, StringArray};
    use arrow::datatypes::{DataType, Field, Schema};
    use arrow::record_batch::RecordBatch;
    use std::sync::Arc;

    fn batch(from: i64, to: i64) -> RecordBatch {
        let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(from..to));
        RecordBatch::try_from_iter([("n", numbers)]).unwrap()
    }

    fn table() -> Table {
        let schema = Schema::new(vec![Field::new("n", DataType::Int64, true)]);
        let mut table = Table::new(Arc::new(schema));
        for (from, to) in [(0, 3), (3, 3), (3, 4), (4, 10)] {
            table.append(batch(from, to)).unwrap();
        }
        table
    }

    #[test]
    fn rows_are_found_across_batches() {
        let table = table();
        assert_eq!(table.rows(), 10);
        for row in 0..10 {
            assert_eq!(table.cell(row, 0, 100).unwrap().text, row.to_string());
        }
        assert_eq!(table.cell(10, 0, 100), None);
        assert_eq!(table.cell(0, 1, 100), None);
    }

    #[test]
    fn a_window_keeps_inside_the_table() {
        let table = table();
        let window = table.window(2..5, &[0, 7]);
        let texts: Vec<&str> = window.rows.iter().map(|row| row[0].text.as_str()).collect();
        assert_eq!(texts, ["2", "3", "4"]);
        assert_eq!(
            (window.first_row, window.total_rows, window.columns.len()),
            (2, 10, 1)
        );
        assert!(table.window(20..30, &[0]).rows.is_empty());
        assert_eq!(table.window(8..u64::MAX, &[0]).rows.len(), 2);
        #[expect(
            clippy::reversed_empty_ranges,
            reason = "what a hasty caller may ask for"
        )]
        let reversed = table.window(5..2, &[0]);
        assert!(reversed.rows.is_empty());
    }

    #[test]
    fn other_types_are_refused() {
        let mut table = table();
        let texts: ArrayRef = Arc::new(StringArray::from(vec!["a"]));
        let other = RecordBatch::try_from_iter([("n", texts)]).unwrap();
        assert!(matches!(table.append(other), Err(Error::Type { .. })));
        assert_eq!(table.rows(), 10);
    }
}
