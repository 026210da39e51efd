//! Rows of Parquet files by position: a range over all files of a table, batch by batch, never more
//! than one batch in memory.
//!
//! Columns are found by their names: one that was added to the table after a file was written is
//! NULL there.

use crate::{Error, catalog::DataFile};
use arrow::array::new_null_array;
use arrow::compute::cast;
use arrow::datatypes::{Schema, SchemaRef};
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::fs::File;

/// Rows of one batch: small enough for a quick first batch, large enough to cost little each.
const BATCH: usize = 4096;

/// An iterator over the batches of a range of rows.
#[derive(Debug)]
pub(crate) struct Scan {
    files: std::vec::IntoIter<DataFile>,
    /// Rows to pass over before the next row.
    skip: u64,
    /// Rows still to come.
    left: u64,
    /// The wanted columns in their order.
    schema: SchemaRef,
    open: Option<ParquetRecordBatchReader>,
}

impl Scan {
    /// Rows `start` to `start + count`, as far as there are that many, in this schema.
    pub(crate) fn new(files: Vec<DataFile>, start: u64, count: u64, schema: SchemaRef) -> Self {
        Self {
            files: files.into_iter(),
            skip: start,
            left: count,
            schema,
            open: None,
        }
    }

    /// Opens the next file that has wanted rows; false at the end.
    fn advance(&mut self) -> Result<bool, Error> {
        while self.left > 0 {
            let Some(file) = self.files.next() else {
                return Ok(false);
            };
            if file.rows <= self.skip {
                self.skip -= file.rows;
                continue;
            }
            let take = (file.rows - self.skip).min(self.left);
            self.open = Some(self.reader(&file, take)?);
            self.skip = 0;
            self.left -= take;
            return Ok(true);
        }
        Ok(false)
    }

    /// A reader over `take` rows of the file, from row `skip` on; other row groups are not touched.
    fn reader(&self, file: &DataFile, take: u64) -> Result<ParquetRecordBatchReader, Error> {
        let handle = File::open(&file.path).map_err(Error::file(&file.path))?;
        let builder =
            ParquetRecordBatchReaderBuilder::try_new(handle).map_err(Error::parquet(&file.path))?;
        let mut groups = Vec::new();
        let mut before = 0;
        let mut offset = 0;
        for (index, group) in builder.metadata().row_groups().iter().enumerate() {
            let rows = u64::try_from(group.num_rows()).unwrap_or(0);
            if before + rows > self.skip && before < self.skip + take {
                if groups.is_empty() {
                    offset = self.skip - before;
                }
                groups.push(index);
            }
            before += rows;
        }
        let held = builder.schema().clone();
        let fields = self.schema.fields().iter();
        let places = fields.filter_map(|field| place(&held, field.name()));
        let mask = ProjectionMask::roots(builder.parquet_schema(), places);
        builder
            .with_row_groups(groups)
            .with_projection(mask)
            .with_offset(usize::try_from(offset).unwrap_or(usize::MAX))
            .with_limit(usize::try_from(take).unwrap_or(usize::MAX))
            .with_batch_size(BATCH)
            .build()
            .map_err(Error::parquet(&file.path))
    }
}

/// The place of a column, by name in any case.
fn place(schema: &Schema, name: &str) -> Option<usize> {
    let mut fields = schema.fields().iter();
    fields.position(|field| field.name().eq_ignore_ascii_case(name))
}

/// The batch in the wanted columns and types. Files of other writers may name the parts of nested
/// types otherwise or hold a narrower type.
fn fit(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, Error> {
    let held = batch.schema();
    let columns = schema.fields().iter().map(|field| {
        let found = place(&held, field.name()).map(|place| batch.column(place));
        match found {
            Some(column) if column.data_type() == field.data_type() => Ok(column.clone()),
            Some(column) => cast(column, field.data_type()),
            None => Ok(new_null_array(field.data_type(), batch.num_rows())),
        }
    });
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    Ok(RecordBatch::try_new_with_options(
        schema.clone(),
        columns.collect::<Result<_, _>>()?,
        &options,
    )?)
}

impl Iterator for Scan {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(reader) = &mut self.open {
                match reader.next() {
                    Some(batch) => {
                        let batch = batch.map_err(Error::from);
                        return Some(batch.and_then(|batch| fit(&batch, &self.schema)));
                    }
                    None => self.open = None,
                }
            }
            match self.advance() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.left = 0;
                    return Some(Err(error));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scan;
    use crate::catalog::DataFile;
    use arrow::array::{AsArray, Int64Array};
    use arrow::datatypes::{DataType, Field, Int64Type, Schema};
    use arrow::record_batch::RecordBatch;
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;
    use std::fs::File;
    use std::path::Path;
    use std::sync::Arc;

    /// Files of 25, 0 and 15 rows in row groups of ten; column `a` counts from 0, `b` is its double.
    fn files(folder: &Path) -> Vec<DataFile> {
        let fields = ["a", "b"].map(|name| Field::new(name, DataType::Int64, true));
        let schema = Arc::new(Schema::new(fields.to_vec()));
        let write = |(name, from, to): (&str, i64, i64)| {
            let path = folder.join(name);
            let properties = WriterProperties::builder().set_max_row_group_row_count(Some(10));
            let file = File::create(&path).unwrap();
            let mut writer =
                ArrowWriter::try_new(file, schema.clone(), Some(properties.build())).unwrap();
            let a = Arc::new(Int64Array::from_iter_values(from..to));
            let b = Arc::new(Int64Array::from_iter_values((from..to).map(|n| n * 2)));
            writer
                .write(&RecordBatch::try_new(schema.clone(), vec![a, b]).unwrap())
                .unwrap();
            writer.close().unwrap();
            DataFile::loose(path, (to - from) as u64)
        };
        [("1", 0, 25), ("2", 25, 25), ("3", 25, 40)]
            .map(write)
            .to_vec()
    }

    fn schema(names: &[&str]) -> Arc<Schema> {
        let field = |name: &&str| Field::new(*name, DataType::Int64, true);
        Arc::new(Schema::new(names.iter().map(field).collect::<Vec<_>>()))
    }

    #[test]
    fn every_range_gives_its_rows() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        for start in 0..45_u64 {
            for count in [0, 1, 6, 10, 24, 50] {
                let mut rows: Vec<i64> = Vec::new();
                for batch in Scan::new(files.clone(), start, count, schema(&["a", "b"])) {
                    rows.extend(
                        batch
                            .unwrap()
                            .column(0)
                            .as_primitive::<Int64Type>()
                            .values(),
                    );
                }
                let end = (start + count).min(40);
                let expected: Vec<i64> = (start..end.max(start)).map(|n| n as i64).collect();
                assert_eq!(rows, expected, "({start},{count})");
            }
        }
    }

    #[test]
    fn only_the_wanted_columns_come_and_a_later_one_is_null() {
        let folder = tempfile::tempdir().unwrap();
        let wanted = schema(&["c", "B"]);
        let batches = Scan::new(files(folder.path()), 3, 2, wanted);
        let batch = batches.map(Result::unwrap).next().unwrap();
        assert_eq!((batch.num_columns(), batch.column(0).null_count()), (2, 2));
        assert_eq!(
            batch.column(1).as_primitive::<Int64Type>().values(),
            &[6, 8]
        );
    }
}
