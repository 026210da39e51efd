//! Batches for formats that have types: names told apart, instants marked as such, and what the
//! format has no type for as text.

use crate::note::{Change, Notes};
use crate::{Error, names_apart};
use arrow::array::{ArrayRef, AsArray, StringBuilder};
use arrow::datatypes::{
    DataType, Field, Schema, SchemaRef, TimeUnit, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow::record_batch::RecordBatch;
use frame::{Kind, Table};
use std::sync::Arc;

/// How a column is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// As it is.
    Same,
    /// A point of time that is an instant, though its type does not say so.
    Instant(TimeUnit),
    /// As the text that the grid shows.
    Text,
}

/// Makes the batches of a file.
pub(crate) struct Typed {
    schema: SchemaRef,
    ways: Vec<Way>,
}

impl Typed {
    /// `holds` tells whether the format has a type.
    pub(crate) fn new(table: &Table, notes: &mut Notes, holds: impl Fn(&Field) -> bool) -> Self {
        let names = names_apart(table, notes);
        let (mut ways, mut fields) = (Vec::new(), Vec::new());
        for ((field, column), name) in table
            .schema()
            .fields()
            .iter()
            .zip(table.columns())
            .zip(names)
        {
            let way = match field.data_type() {
                DataType::Timestamp(unit, None) if is_instant(&column.badge) => Way::Instant(*unit),
                _ if holds(field) => Way::Same,
                _ => {
                    notes.column(Change::TypeAsText, &name);
                    Way::Text
                }
            };
            let kind = match way {
                Way::Same => field.data_type().clone(),
                Way::Instant(unit) => DataType::Timestamp(unit, Some("UTC".into())),
                Way::Text => DataType::Utf8,
            };
            ways.push(way);
            fields.push(Field::new(name, kind, true));
        }
        Self {
            schema: Arc::new(Schema::new(fields)),
            ways,
        }
    }

    pub(crate) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// The rows of the table, which come in batches.
    pub(crate) fn batches(&self, table: &Table) -> Result<Vec<RecordBatch>, Error> {
        let mut start = 0;
        let mut batches = Vec::new();
        for batch in table.batches() {
            let end = start + batch.num_rows() as u64;
            let columns =
                self.ways
                    .iter()
                    .zip(batch.columns())
                    .enumerate()
                    .map(|(column, (way, array))| match way {
                        Way::Same => array.clone(),
                        Way::Instant(unit) => in_utc(array, *unit),
                        Way::Text => texts(table, start..end, column),
                    });
            let columns: Vec<ArrayRef> = columns.collect();
            batches.push(RecordBatch::try_new(self.schema.clone(), columns)?);
            start = end;
        }
        Ok(batches)
    }
}

/// Whether ODPS's name of a type says that a column's points of time are instants.
fn is_instant(badge: &str) -> bool {
    badge.eq_ignore_ascii_case("datetime") || badge.eq_ignore_ascii_case("timestamp")
}

/// The same ticks, in a type that says UTC.
fn in_utc(array: &ArrayRef, unit: TimeUnit) -> ArrayRef {
    macro_rules! utc {
        ($kind:ty) => {
            Arc::new(array.as_primitive::<$kind>().clone().with_timezone("UTC"))
        };
    }
    match unit {
        TimeUnit::Second => utc!(TimestampSecondType),
        TimeUnit::Millisecond => utc!(TimestampMillisecondType),
        TimeUnit::Microsecond => utc!(TimestampMicrosecondType),
        TimeUnit::Nanosecond => utc!(TimestampNanosecondType),
    }
}

fn texts(table: &Table, rows: std::ops::Range<u64>, column: usize) -> ArrayRef {
    let mut texts = StringBuilder::new();
    for row in rows {
        let cell = table.cell(row, column, usize::MAX);
        texts.append_option(
            cell.filter(|cell| cell.kind != Kind::Null)
                .map(|cell| cell.text),
        );
    }
    Arc::new(texts.finish())
}
