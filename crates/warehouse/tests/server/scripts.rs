//! Scripts that nobody wrote: those of the SQL tests, cut and mixed. Each is planned or refused with a
//! code. `FUZZ_SECONDS` makes it longer.

use odps::tables::PartitionSpec;
use odps::types::{Column, Type};
use sql::{Alter, Catalog, CatalogError, DataSet, Options, Session, TableDef, TableName, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

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

    fn data(&self, _: &TableName, _: Option<&PartitionSpec>) -> Result<Vec<DataSet>, CatalogError> {
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

    fn merge_partitions(&self, _: &TableName, _: &[PartitionSpec], _: &PartitionSpec) -> Done {
        Err(no())
    }

    fn write(&self, _: &TableName) -> Result<Box<dyn Write>, CatalogError> {
        Err(no())
    }
}

/// The scripts of the SQL tests, in pieces.
fn words() -> Vec<String> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sql/tests/golden");
    let mut words = Vec::new();
    for entry in std::fs::read_dir(golden).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let scripts = text.lines().filter_map(|line| line.strip_prefix('>'));
        for script in scripts {
            words.extend(
                script
                    .split_inclusive([' ', '(', ',', ')', ';'])
                    .map(str::to_owned),
            );
        }
    }
    words
}

#[tokio::test]
async fn no_script_is_too_odd() {
    let words = words();
    let seconds = std::env::var("FUZZ_SECONDS").map_or(2, |text| text.parse().unwrap());
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % most
    };
    let (mut planned, mut refused) = (0_u64, 0_u64);
    while Instant::now() < end {
        // A run of words as it stands, with pieces of others in it.
        let from = below(words.len() - 40);
        let mut script: Vec<String> = words[from..from + 1 + below(40)].to_vec();
        for _ in 0..below(4) {
            let at = below(script.len());
            match below(4) {
                0 => script.insert(at, words[below(words.len())].clone()),
                1 => drop(script.splice(at..=at, [])),
                2 => script[at] = script[below(script.len())].clone(),
                _ => {
                    let cut = script[at].chars().count();
                    script[at] = script[at].chars().take(below(cut + 1)).collect();
                }
            }
            if script.is_empty() {
                break;
            }
        }
        let script = script.concat();
        let session = Session::new(Arc::new(One), Options::default());
        match session.cost(&script).await {
            Ok(_) => planned += 1,
            Err(error) => {
                assert!(error.to_string().starts_with("ODPS-"), "{script}: {error}");
                refused += 1;
            }
        }
    }
    println!("{planned} scripts were planned and {refused} refused");
    assert!(planned > 0 && refused > 0);
}
