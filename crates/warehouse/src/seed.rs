//! The sample project of the first start: the guide's `test_mars`, a table with every awkward value
//! that there is (`sales`), and one of a million rows (`lineitem_1m`).
//!
//! Everything is computed from row numbers, so two seeds are equal. A marker file says that it is
//! done; a start that was cut off begins again.

mod lineitem;
mod sales;

use crate::catalog::{Catalog, Column, Table};
use crate::{Error, clock};
use arrow::array::Int64Array;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use odps::tables::PartitionSpec;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde_json::json;
use std::sync::Arc;

/// The sample project.
pub(crate) const PROJECT: &str = "mars_console_sample";

/// Who owns the sample project and everything that the local account makes.
pub(crate) const OWNER: &str = "ALIYUN$local@mars-console";

const MARKER: &[&str] = &["projects", PROJECT, "seeded.json"];

/// Makes the sample project unless it is there already.
pub(crate) fn run(catalog: Catalog<'_>) -> Result<(), Error> {
    if catalog.0.read(MARKER)?.is_some() {
        return Ok(());
    }
    let began = std::time::Instant::now();
    tracing::info!(project = PROJECT, "first start: making the sample tables");
    test_mars(catalog)?;
    sales::make(catalog)?;
    lineitem::make(catalog)?;
    catalog
        .0
        .write_json(MARKER, &json!({ "seeded": clock::now() }))?;
    let took = began.elapsed();
    tracing::info!(
        project = PROJECT,
        milliseconds = took.as_millis(),
        "the sample tables are made"
    );
    Ok(())
}

/// The guide's table: `df.head(6)` shows six of its nine rows.
fn test_mars(catalog: Catalog<'_>) -> Result<(), Error> {
    let fields = ["col1", "col2"].map(|name| Field::new(name, DataType::Int64, true));
    let schema = Arc::new(Schema::new(fields.to_vec()));
    let col1 = Int64Array::from_iter_values((0..9).map(|row| row / 3));
    let col2 = Int64Array::from_iter_values((0..9).map(|row| row % 3));
    let batch = RecordBatch::try_new(schema.clone(), vec![Arc::new(col1), Arc::new(col2)])?;
    write(
        catalog,
        "test_mars",
        &PartitionSpec::default(),
        "part-0.parquet",
        schema,
        [Ok(batch)],
    )?;
    let columns = [("col1", "bigint", ""), ("col2", "bigint", "")];
    let comment = "The table of the PyODPS Mars guide";
    catalog.put_table(PROJECT, &table("test_mars", comment, &columns, &[]))
}

/// A table's description. Columns are name, ODPS type and comment.
fn table(
    name: &str,
    comment: &str,
    columns: &[(&str, &str, &str)],
    partition_keys: &[(&str, &str, &str)],
) -> Table {
    let column = |(name, kind, comment): &(&str, &str, &str)| Column {
        name: (*name).to_owned(),
        kind: (*kind).to_owned(),
        comment: (*comment).to_owned(),
    };
    let now = clock::now();
    Table {
        name: name.to_owned(),
        id: crate::keys::random(),
        owner: OWNER.to_owned(),
        comment: comment.to_owned(),
        columns: columns.iter().map(column).collect(),
        partition_keys: partition_keys.iter().map(column).collect(),
        created: now,
        modified: now,
        lifecycle: None,
    }
}

/// Writes one Parquet file, batch by batch.
fn write(
    catalog: Catalog<'_>,
    table: &str,
    spec: &PartitionSpec,
    name: &str,
    schema: SchemaRef,
    batches: impl IntoIterator<Item = Result<RecordBatch, Error>>,
) -> Result<(), Error> {
    catalog.put_data(PROJECT, table, spec, name, |file| {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(1 << 17))
            .set_dictionary_enabled(false)
            .build();
        let failed = || Error::parquet(name);
        let mut writer = ArrowWriter::try_new(file, schema, Some(properties)).map_err(failed())?;
        for batch in batches {
            writer.write(&batch?).map_err(failed())?;
        }
        writer.close().map_err(failed())?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::{PROJECT, run};
    use crate::catalog::{Catalog, rows};
    use crate::store::Store;

    #[test]
    fn the_sample_project_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let catalog = Catalog(&store);
        run(catalog).unwrap();
        assert_eq!(
            catalog.tables(PROJECT).unwrap(),
            ["lineitem_1m", "sales", "test_mars"]
        );
        let table = |name: &str| catalog.table(PROJECT, name).unwrap().unwrap();
        assert_eq!(
            rows(&catalog.files(PROJECT, &table("TEST_MARS")).unwrap()),
            9
        );
        assert_eq!(
            rows(&catalog.files(PROJECT, &table("lineitem_1m")).unwrap()),
            1_000_000
        );
        assert_eq!(
            catalog.partitions(PROJECT, &table("sales")).unwrap().len(),
            4
        );
        let id = table("sales").id;
        run(catalog).unwrap();
        assert_eq!(table("sales").id, id);
    }
}
