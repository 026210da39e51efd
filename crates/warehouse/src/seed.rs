//! The sample project of the first start: the guide's `test_mars`, a table with every awkward value
//! that there is (`sales`, and `sales_history` in 200 partitions), and one of a million rows (`lineitem_1m`).
//!
//! Everything is computed from row numbers, so two seeds are equal. A property of the project says
//! that it is done; a start that was cut off makes what is missing.

mod lineitem;
mod sales;

use crate::catalog::{Catalog, Column, Mode, Name, Table, Write, arrow};
use crate::{Error, clock};
use arrow::array::Int64Array;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use odps::tables::PartitionSpec;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// The sample project.
pub(crate) const PROJECT: &str = "mars_console_sample";

/// Who owns the sample project and everything that the local account makes.
pub(crate) const OWNER: &str = "ALIYUN$local@mars-console";

/// The property of the project that says that its tables were made.
const MARKER: &str = "local.seeded";

/// Makes the sample project unless it is there already. A table that an earlier start has finished
/// is left as it is, and one that was dropped later does not come back.
pub(crate) fn run(catalog: &Arc<Catalog>) -> Result<(), Error> {
    catalog.ensure_project(PROJECT, OWNER, "Tables of the local MaxCompute")?;
    let project = catalog.project(PROJECT)?;
    if project.is_some_and(|project| project.properties.contains_key(MARKER)) {
        return Ok(());
    }
    let began = std::time::Instant::now();
    tracing::info!(project = PROJECT, "first start: making the sample tables");
    for (name, make) in TABLES {
        if catalog.table(&Name::new(PROJECT, None, name))?.is_none() {
            make(catalog)?;
        }
    }
    catalog.change_project(PROJECT, |project| {
        let made = clock::now().to_string();
        project.properties.insert(MARKER.to_owned(), made);
    })?;
    let took = began.elapsed();
    tracing::info!(
        project = PROJECT,
        milliseconds = took.as_millis(),
        "the sample tables are made"
    );
    Ok(())
}

type Make = fn(&Arc<Catalog>) -> Result<(), Error>;

const TABLES: [(&str, Make); 4] = [
    ("test_mars", test_mars),
    (sales::NAME, sales::make),
    (sales::HISTORY, sales::history),
    (lineitem::NAME, lineitem::make),
];

/// The guide's table: `df.head(6)` shows six of its nine rows.
fn test_mars(catalog: &Arc<Catalog>) -> Result<(), Error> {
    let columns = [("col1", "bigint", ""), ("col2", "bigint", "")];
    let comment = "The table of the PyODPS Mars guide";
    let mut table = begin(catalog, "test_mars", comment, &columns, &[]);
    let schema = arrow(&table.table().columns)?;
    let col1 = Int64Array::from_iter_values((0..9).map(|row| row / 3));
    let col2 = Int64Array::from_iter_values((0..9).map(|row| row % 3));
    let batch = RecordBatch::try_new(schema.clone(), vec![Arc::new(col1), Arc::new(col2)])?;
    write(&table.file(&PartitionSpec::default())?, schema, [Ok(batch)])?;
    table.commit(Mode::Append, None)?;
    Ok(())
}

/// Begins a table that its own commit makes. Columns are name, ODPS type and comment.
fn begin(
    catalog: &Arc<Catalog>,
    name: &str,
    comment: &str,
    columns: &[(&str, &str, &str)],
    partition_keys: &[(&str, &str, &str)],
) -> Write {
    let list = |columns: &[(&str, &str, &str)]| {
        let all = columns.iter();
        all.map(|(name, kind, comment)| Column::new(name, kind, comment))
            .collect::<Vec<_>>()
    };
    let name = Name::new(PROJECT, None, name);
    catalog.write_new(Table {
        comment: comment.to_owned(),
        partition_keys: list(partition_keys),
        ..Table::new(&name, OWNER, list(columns), clock::now())
    })
}

/// Writes one Parquet file, batch by batch.
fn write(
    path: &Path,
    schema: SchemaRef,
    batches: impl IntoIterator<Item = Result<RecordBatch, Error>>,
) -> Result<(), Error> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(1 << 17))
        .set_dictionary_enabled(false)
        .build();
    let file = File::create(path).map_err(Error::file(path))?;
    let failed = || Error::parquet(path);
    let mut writer = ArrowWriter::try_new(file, schema, Some(properties)).map_err(failed())?;
    for batch in batches {
        writer.write(&batch?).map_err(failed())?;
    }
    writer.close().map_err(failed())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{PROJECT, run};
    use crate::catalog::{Catalog, Name, rows};
    use crate::store::Store;
    use std::sync::Arc;

    #[test]
    fn the_sample_project_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let catalog = Arc::new(Catalog::open(&store).unwrap());
        run(&catalog).unwrap();
        let names = || {
            let tables = catalog.tables(PROJECT, None, None).unwrap();
            tables
                .into_iter()
                .map(|table| table.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names(),
            ["lineitem_1m", "sales", "sales_history", "test_mars"]
        );
        let table = |name: &str| {
            catalog
                .table(&Name::new(PROJECT, None, name))
                .unwrap()
                .unwrap()
        };
        let count = |name: &str| rows(&catalog.files(&table(name)).unwrap());
        assert_eq!(count("TEST_MARS"), 9);
        assert_eq!(count("lineitem_1m"), 1_000_000);
        assert_eq!(catalog.partitions(&table("sales")).unwrap().len(), 4);
        let history = table("sales_history");
        assert_eq!(catalog.partitions(&history).unwrap().len(), 200);
        assert_eq!(count("sales_history"), 2400);
        let id = table("sales").id;
        run(&catalog).unwrap();
        assert_eq!(table("sales").id, id);
    }
}
