//! Commits that give a table other columns, and writes that come too late for the old ones.

use super::tests::{add, name, open, spec, table, values};
use super::{Column, Mode, Refusal};
use crate::Error;
use std::collections::BTreeMap;

fn columns(name: &str) -> Vec<Column> {
    vec![Column::new(name, "bigint", "")]
}

#[test]
fn nothing_written_meanwhile_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, catalog) = open(folder.path());
    let mut first = catalog.write_new(table(&[]));
    add(&mut first, "", &[1]);
    first.commit(Mode::Append, None).unwrap();

    let mut reshape = catalog.write(&name()).unwrap();
    add(&mut reshape, "", &[1]);
    let mut other = catalog.write(&name()).unwrap();
    add(&mut other, "", &[2]);
    other.commit(Mode::Append, None).unwrap();
    let all = Mode::OverwritePartitions(vec![spec("")]);
    let late = reshape.reshape(all.clone(), columns("b"), BTreeMap::new());
    assert!(
        matches!(&late, Err(Error::Refused(Refusal::Changed(_)))),
        "{late:?}"
    );
    assert_eq!(values(&catalog), [1, 2]);

    // A write that has the old columns is late once they are gone.
    let mut stale = catalog.write(&name()).unwrap();
    add(&mut stale, "", &[9]);
    let mut reshape = catalog.write(&name()).unwrap();
    let id = reshape.table().id.clone();
    add(&mut reshape, "", &[3, 4]);
    reshape.reshape(all, columns("b"), BTreeMap::new()).unwrap();
    let late = stale.commit(Mode::Append, None);
    assert!(
        matches!(&late, Err(Error::Refused(Refusal::Changed(_)))),
        "{late:?}"
    );
    let now = catalog.table(&name()).unwrap().unwrap();
    assert_eq!((now.columns, now.id), (columns("b"), id));
}

#[test]
fn partitions_come_together() {
    let folder = tempfile::tempdir().unwrap();
    let (_store, catalog) = open(folder.path());
    let mut write = catalog.write_new(table(&["pt"]));
    for (part, value) in [("pt=1", 1), ("pt=2", 2), ("pt=3", 3), ("pt=4", 4)] {
        add(&mut write, part, &[value]);
    }
    write.commit(Mode::Append, None).unwrap();
    let merge = |from: &[&str], into: &str| {
        let from: Vec<_> = from.iter().map(|text| spec(text)).collect();
        catalog.merge_partitions(&name(), &from, &spec(into))
    };
    // What the target held goes, unless it is one of those that are merged.
    merge(&["pt=1"], "pt=2").unwrap();
    merge(&["pt=3", "pt=4"], "pt=3").unwrap();
    assert_eq!(values(&catalog), [1, 3, 4]);
    let missing = merge(&["pt=3", "pt=9"], "pt=7");
    assert!(
        matches!(&missing, Err(Error::Refused(Refusal::NoPartition(_)))),
        "{missing:?}"
    );
    let table = catalog.table(&name()).unwrap().unwrap();
    let left: Vec<String> = catalog
        .partitions(&table)
        .unwrap()
        .iter()
        .map(|part| part.spec.to_string())
        .collect();
    assert_eq!(left, ["pt=2", "pt=3"]);
}
