//! SQL scripts: cut into statements, read, rewritten and planned over one table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use odps::tables::PartitionSpec;
use odps::types::{Column, Type};
use sql::{Alter, Catalog, CatalogError, DataSet, Options, Session, TableDef, TableName, Write};
use std::sync::{Arc, OnceLock};

struct One;

type Done = Result<(), CatalogError>;

fn no() -> CatalogError {
    CatalogError::Unsupported("this")
}

impl Catalog for One {
    fn project(&self) -> &str {
        "p"
    }

    fn table(&self, name: &TableName) -> Result<Option<TableDef>, CatalogError> {
        let columns = [
            ("a", "bigint"),
            ("b", "string"),
            ("c", "array<struct<x:decimal(10,2),y:map<string,datetime>>>"),
        ];
        Ok((name.table == "t").then(|| TableDef {
            columns: columns
                .map(|(name, kind)| Column::new(name, Type::read(kind)))
                .to_vec(),
            partitions: vec![Column::new("dt", Type::String)],
            ..TableDef::default()
        }))
    }

    fn tables(&self, _: &str, _: Option<&str>) -> Result<Vec<String>, CatalogError> {
        Ok(vec!["t".to_owned()])
    }

    fn data(
        &self,
        _: &TableName,
        _: Option<&PartitionSpec>,
    ) -> Result<Vec<DataSet>, CatalogError> {
        Ok(Vec::new())
    }

    fn create_table(&self, _: &TableName, _: TableDef) -> Done {
        Err(no())
    }

    fn replace_view(&self, _: &TableName, _: TableDef) -> Done {
        Err(no())
    }

    fn drop_table(&self, _: &TableName) -> Done {
        Err(no())
    }

    fn rename_table(&self, _: &TableName, _: &str) -> Done {
        Err(no())
    }

    fn alter_table(&self, _: &TableName, _: Alter) -> Done {
        Err(no())
    }

    fn truncate(&self, _: &TableName, _: &[PartitionSpec]) -> Done {
        Err(no())
    }

    fn add_partitions(&self, _: &TableName, _: &[PartitionSpec], _: bool) -> Done {
        Err(no())
    }

    fn drop_partitions(&self, _: &TableName, _: &[PartitionSpec], _: bool) -> Done {
        Err(no())
    }

    fn write(&self, _: &TableName) -> Result<Box<dyn Write>, CatalogError> {
        Err(no())
    }
}

fuzz_target!(|data: &[u8]| {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.build().expect("a runtime")
    });
    let Ok(script) = std::str::from_utf8(data) else {
        return;
    };
    let session = Session::new(Arc::new(One), Options::default());
    if let Err(error) = runtime.block_on(session.cost(script)) {
        assert!(error.to_string().starts_with("ODPS-"), "{error}");
    }
});
