//! Commits, one by one, and what a start finds after a death.

use super::{Catalog, Column, Mode, Name, Refusal, Table, Write, rows};
use crate::Error;
use crate::scan::Scan;
use crate::store::Store;
use arrow::array::{AsArray as _, Int64Array};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use odps::tables::PartitionSpec;
use parquet::arrow::ArrowWriter;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

pub(super) fn open(folder: &Path) -> (Store, Arc<Catalog>) {
    let store = Store::open(folder).unwrap();
    let catalog = Arc::new(Catalog::open(&store).unwrap());
    catalog.ensure_project("p", "o", "").unwrap();
    (store, catalog)
}

pub(super) fn name() -> Name {
    Name::new("p", None, "T")
}

/// A commit after which nothing is left of the rows before.
pub(super) fn replacing(catalog: &Catalog) -> Mode {
    let table = catalog.table(&name()).unwrap().unwrap();
    let all = catalog.partitions(&table).unwrap().into_iter();
    Mode::OverwritePartitions(all.map(|one| one.spec).collect())
}

pub(super) fn table(keys: &[&str]) -> Table {
    let column = |name: &&str| Column::new(name, "bigint", "");
    Table {
        partition_keys: keys.iter().map(column).collect(),
        ..Table::new(&name(), "o", vec![column(&"a")], 1)
    }
}

pub(super) fn spec(text: &str) -> PartitionSpec {
    match text {
        "" => PartitionSpec::default(),
        text => PartitionSpec::read(text).unwrap(),
    }
}

pub(super) fn add(write: &mut Write, to: &str, values: &[i64]) {
    let schema = super::arrow(&write.table().columns).unwrap();
    let column = Arc::new(Int64Array::from(values.to_vec()));
    let batch = RecordBatch::try_new(schema.clone(), vec![column]).unwrap();
    let file = File::create(write.file(&spec(to)).unwrap()).unwrap();
    let mut writer = ArrowWriter::try_new(file, schema, None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

pub(super) fn values(catalog: &Catalog) -> Vec<i64> {
    let table = catalog.table(&name()).unwrap().unwrap();
    let schema = super::arrow(&table.columns).unwrap();
    let scan = Scan::new(catalog.files(&table).unwrap(), 0, u64::MAX, schema);
    let values = scan.flat_map(|batch| {
        let batch = batch.unwrap();
        batch
            .column(0)
            .as_primitive::<Int64Type>()
            .values()
            .to_vec()
    });
    values.collect()
}

pub(super) fn files_on_disk(folder: &Path) -> usize {
    let tables = std::fs::read_dir(folder.join("data")).unwrap();
    let count = |table: std::fs::DirEntry| std::fs::read_dir(table.path()).unwrap().count();
    tables.map(|table| count(table.unwrap())).sum()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?} is no refusal"),
    }
}

#[test]
fn rows_are_seen_from_the_commit_on() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, catalog) = open(folder.path());
    let mut first = catalog.write_new(table(&[]));
    add(&mut first, "", &[1, 2]);
    assert_eq!(catalog.table(&name()).unwrap(), None);
    assert_eq!(first.commit(Mode::Append, None).unwrap().rows, 2);
    let mut more = catalog.write(&name()).unwrap();
    add(&mut more, "", &[3]);
    assert_eq!(values(&catalog), [1, 2]);
    more.commit(Mode::Append, None).unwrap();
    assert_eq!(values(&catalog), [1, 2, 3]);

    let held = catalog
        .files(&catalog.table(&name()).unwrap().unwrap())
        .unwrap();
    let mut other = catalog.write(&name()).unwrap();
    add(&mut other, "", &[4]);
    other.commit(replacing(&catalog), None).unwrap();
    assert_eq!(values(&catalog), [4]);
    // Who began to read before still can; then the old files go.
    assert_eq!(
        (rows(&held), held.iter().all(|file| file.path.exists())),
        (3, true)
    );
    drop(held);
    assert_eq!(files_on_disk(folder.path()), 1);

    let mut given_up = catalog.write(&name()).unwrap();
    add(&mut given_up, "", &[5]);
    assert_eq!(files_on_disk(folder.path()), 2);
    drop(given_up);
    assert_eq!(
        (values(&catalog), files_on_disk(folder.path())),
        (vec![4], 1)
    );
}

#[test]
fn a_commit_that_is_said_twice_is_done_once() {
    let folder = tempfile::tempdir().unwrap();
    let (store, catalog) = open(folder.path());
    catalog.create_table(&table(&[])).unwrap();
    let commit = |catalog: &Arc<Catalog>| {
        let mut write = catalog.write(&name()).unwrap();
        add(&mut write, "", &[7]);
        write.commit(Mode::Append, Some("upload-1")).unwrap()
    };
    let once = commit(&catalog);
    assert_eq!(commit(&catalog), once);
    assert_eq!(catalog.committed("upload-1").unwrap(), Some(once.clone()));
    assert_eq!(catalog.committed("upload-2").unwrap(), None);
    drop((store, catalog));
    let (_store, catalog) = open(folder.path());
    assert_eq!(commit(&catalog), once);
    assert_eq!(
        (values(&catalog), files_on_disk(folder.path())),
        (vec![7], 1)
    );
}

#[test]
fn partitions_are_replaced_one_by_one_or_all() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, catalog) = open(folder.path());
    let write = |parts: &[(&str, i64)], mode: Mode| {
        let mut write = match catalog.table(&name()).unwrap() {
            Some(_) => catalog.write(&name()).unwrap(),
            None => catalog.write_new(table(&["dt"])),
        };
        for (to, value) in parts {
            add(&mut write, to, &[*value]);
        }
        write.commit(mode, None).unwrap();
    };
    write(&[("dt=2", 2), ("dt=1", 1), ("DT='3'", 3)], Mode::Append);
    assert_eq!(values(&catalog), [1, 2, 3]);
    let three = Mode::OverwritePartitions(vec![spec("dt=3")]);
    write(&[("dt=1", 10), ("dt=4", 4)], three);
    assert_eq!(values(&catalog), [10, 2, 4]);
    let all = |catalog: &Catalog| {
        let table = catalog.table(&name()).unwrap().unwrap();
        let partitions = catalog.partitions(&table).unwrap();
        partitions
            .iter()
            .map(|one| one.spec.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(all(&catalog), ["dt=1", "dt=2", "dt=3", "dt=4"]);
    catalog
        .drop_partitions(&name(), &[spec("dt=2")], false)
        .unwrap();
    assert_eq!(
        refusal(catalog.drop_partitions(&name(), &[spec("dt=2")], false)),
        Refusal::NoPartition(spec("dt=2"))
    );
    catalog
        .add_partitions(&name(), &[spec("dt='../5'")], false)
        .unwrap();
    assert!(matches!(
        refusal(catalog.add_partitions(&name(), &[spec("dt='../5'")], false)),
        Refusal::PartitionExists { .. }
    ));
    assert_eq!(all(&catalog), ["dt=../5", "dt=1", "dt=3", "dt=4"]);
    catalog.truncate(&name(), &[spec("dt=1")]).unwrap();
    assert_eq!(values(&catalog), [4]);
    write(&[("dt=9", 9)], replacing(&catalog));
    assert_eq!(
        (values(&catalog), files_on_disk(folder.path())),
        (vec![9], 1)
    );
}

#[test]
fn a_table_is_renamed_and_dropped_with_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, catalog) = open(folder.path());
    let mut write = catalog.write_new(table(&[]));
    add(&mut write, "", &[1]);
    write.commit(Mode::Append, None).unwrap();
    let mut late = catalog.write(&name()).unwrap();
    add(&mut late, "", &[2]);
    catalog.rename_table(&name(), "销售").unwrap();
    assert_eq!(catalog.table(&name()).unwrap(), None);
    for bad in ["../x", "", "a b", "a/b"] {
        let renamed = catalog.rename_table(&Name::new("p", None, "销售"), bad);
        assert_eq!(refusal(renamed), Refusal::BadName(bad.to_owned()));
    }
    // Another table took the name: the write that was meant for the old one finds it no more.
    catalog.create_table(&table(&[])).unwrap();
    assert_eq!(
        refusal(late.commit(Mode::Append, None)),
        Refusal::NoTable("p.t".to_owned())
    );
    assert_eq!(values(&catalog), Vec::<i64>::new());
    assert_eq!(
        refusal(catalog.create_table(&table(&[]))),
        Refusal::TableExists("p.t".to_owned())
    );
    catalog
        .drop_table(&Name::new("p", None, "销售"), super::Kind::Managed)
        .unwrap();
    assert_eq!(files_on_disk(folder.path()), 0);
}

#[test]
fn a_start_removes_what_no_commit_knows() {
    let folder = tempfile::tempdir().unwrap();
    let (store, catalog) = open(folder.path());
    let mut write = catalog.write_new(table(&[]));
    add(&mut write, "", &[1]);
    write.commit(Mode::Append, None).unwrap();
    let mut cut_off = catalog.write(&name()).unwrap();
    add(&mut cut_off, "", &[2]);
    let copy = cut_off.file(&spec("")).unwrap();
    std::fs::write(copy.with_file_name("torn.parquet"), b"PAR1").unwrap();
    drop((cut_off, catalog, store));
    assert_eq!(files_on_disk(folder.path()), 2);
    let (_store, catalog) = open(folder.path());
    assert_eq!(
        (values(&catalog), files_on_disk(folder.path())),
        (vec![1], 1)
    );
}

#[test]
fn schemas_keep_their_tables_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, catalog) = open(folder.path());
    assert_eq!(
        refusal(catalog.create_schema("q", "s", "o", "")),
        Refusal::NoProject("q".to_owned())
    );
    catalog.create_schema("p", "S", "o", "").unwrap();
    let names = |catalog: &Catalog| {
        let schemas = catalog.schemas("p").unwrap();
        schemas
            .into_iter()
            .map(|schema| schema.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&catalog), ["default", "s"]);
    catalog.create_table(&table(&[])).unwrap();
    assert!(catalog.tables("p", Some("s"), None).unwrap().is_empty());
    let inside = Table::new(
        &Name::new("p", Some("s"), "t"),
        "o",
        vec![Column::new("a", "bigint", "")],
        1,
    );
    catalog.create_table(&inside).unwrap();
    assert_eq!(inside.full_name().to_string(), "p.s.t");
    for kept in ["s", "default"] {
        assert_eq!(
            refusal(catalog.drop_schema("p", kept)),
            Refusal::SchemaInUse(kept.to_owned())
        );
    }
    catalog
        .drop_table(&inside.full_name(), super::Kind::Managed)
        .unwrap();
    catalog.drop_schema("p", "s").unwrap();
    assert_eq!(names(&catalog), ["default"]);
    let stray = Table {
        schema: "s".to_owned(),
        ..table(&[])
    };
    assert_eq!(
        refusal(catalog.create_table(&stray)),
        Refusal::NoSchema("s".to_owned())
    );
}
