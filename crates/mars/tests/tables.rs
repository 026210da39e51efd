//! Every recorded payload becomes a table that says the same as its recorded value.

#![expect(
    clippy::unwrap_used,
    reason = "a recording that cannot be read is a failed test"
)]

use mars::v04::result::{ResultKind, ResultTable, to_table, to_table_from};
use mars::v04::serialized::decode;
use serde_json::Value as Json;
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/payloads")
}

fn table(name: &str) -> ResultTable {
    to_table(decode(&fs::read(folder().join(format!("{name}.bin"))).unwrap()).unwrap()).unwrap()
}

fn expected(name: &str) -> Json {
    let text = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
    serde_json::from_str::<Json>(&text).unwrap()["expected"].clone()
}

/// Names and texts: the first row holds the names, index columns in brackets.
fn texts(result: &ResultTable) -> Vec<Vec<String>> {
    let columns: Vec<usize> = (0..result.table.columns().len()).collect();
    let window = result.table.window(0..100, &columns);
    let name = |column: &frame::Column| match column.index {
        true => format!("[{}]", column.name),
        false => column.name.clone(),
    };
    let mut all = vec![window.columns.iter().map(name).collect::<Vec<_>>()];
    all.extend(
        window
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.text.clone()).collect()),
    );
    all
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter_map(|name| name.strip_suffix(".bin").map(str::to_owned))
        .collect()
}

#[test]
fn all_of_them_become_tables_of_their_shape() {
    for name in names() {
        let result = table(&name);
        let expected = expected(&name);
        let facts = &result.facts;
        let columns = result.table.columns();
        let index = columns.iter().take_while(|column| column.index).count();
        assert_eq!(
            facts.index_columns, index,
            "{name}: index columns come first"
        );
        assert!(
            columns.iter().skip(index).all(|column| !column.index),
            "{name}"
        );
        let shape: Vec<u64> = expected["shape"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|length| length.as_u64().unwrap())
            .collect();
        match expected["kind"].as_str().unwrap() {
            "dataframe" => {
                assert_eq!(facts.kind, ResultKind::DataFrame);
                assert_eq!(facts.shape, shape, "{name}");
                assert_eq!(result.table.rows(), shape[0], "{name}");
                let badges: Vec<&str> = columns
                    .iter()
                    .skip(index)
                    .map(|column| column.badge.as_str())
                    .collect();
                let dtypes = expected["columns"].as_array().unwrap();
                let dtypes: Vec<&str> = dtypes
                    .iter()
                    .map(|column| column["dtype"].as_str().unwrap())
                    .collect();
                assert_eq!(badges, dtypes, "{name}");
            }
            "series" => {
                assert_eq!(facts.kind, ResultKind::Series);
                assert_eq!(facts.shape, shape, "{name}");
                assert_eq!(facts.dtype.as_deref(), expected["dtype"].as_str(), "{name}");
                assert_eq!(facts.name.as_deref(), expected["name"].as_str(), "{name}");
            }
            "ndarray" => {
                assert_eq!(facts.shape, shape, "{name}");
                let rows: u64 = match shape.as_slice() {
                    [] => 1,
                    [length] => *length,
                    [leading @ .., _] => leading.iter().product(),
                };
                assert_eq!(result.table.rows(), rows, "{name}");
            }
            "index" => assert_eq!(facts.kind, ResultKind::Index),
            "categorical" => assert_eq!(facts.kind, ResultKind::Categorical),
            _ => assert!(matches!(
                facts.kind,
                ResultKind::Scalar | ResultKind::Python
            )),
        }
    }
}

#[test]
fn a_mixed_frame() {
    let rows = texts(&table("df_mixed"));
    let rows: Vec<String> = rows.iter().map(|row| row.join(" | ")).collect();
    assert_eq!(
        rows,
        [
            "[] | i | f | s | b | t",
            "0 | 1 | 0.5 | a | true | 2020-01-01 00:00:00",
            "1 | 2 | NaN | NULL | false | NULL",
            "2 | 3 | Infinity | 中文 | true | 2021-05-06 07:08:09.123456789",
        ]
    );
}

#[test]
fn categories_and_missing_ones() {
    let rows = texts(&table("df_categorical"));
    let values: Vec<&str> = rows.iter().skip(1).map(|row| row[1].as_str()).collect();
    assert_eq!(values, ["a", "b", "NULL", "a"]);
    assert_eq!(table("df_categorical").table.columns()[1].badge, "category");
}

#[test]
fn indexes_of_several_kinds() {
    let rows = texts(&table("df_multiindex"));
    assert_eq!(rows[0], ["[k]", "[n]", "v"]);
    assert_eq!(rows[1][..2], ["a", "1"]);
    let intervals = texts(&table("df_interval_index"));
    assert_eq!(intervals[1], ["(0, 1]", "1"]);
    let zoned = texts(&table("df_datetime_index_tz"));
    assert_eq!(zoned[1], ["2020-01-01 00:00:00+00:00", "1"]);
    let columns = texts(&table("df_multiindex_columns"));
    assert_eq!(
        columns[0],
        [
            "[]",
            "('v', 'sum')",
            "('v', 'mean')",
            "('w', 'sum')",
            "('w', 'mean')"
        ]
    );
    assert_eq!(texts(&table("index_object")), [["[n]"], ["a"], ["b"]]);
}

#[test]
fn arrays_of_every_kind() {
    assert_eq!(texts(&table("arr0d_f64"))[0], ["value"]);
    let special = texts(&table("arr_f64_special"));
    let values: Vec<&str> = special.iter().skip(1).map(|row| row[1].as_str()).collect();
    assert_eq!(
        values,
        [
            "NaN",
            "Infinity",
            "-Infinity",
            "0.0",
            "-0.0",
            "1e+308",
            "5e-324"
        ]
    );
    let times = texts(&table("arr_datetime64"));
    assert_eq!(times[2], ["1", "NULL"]);
    assert_eq!(times[3], ["2", "1969-12-31 23:59:59"]);
    assert_eq!(texts(&table("arr_complex"))[2], ["1", "(3-4j)"]);
    assert_eq!(texts(&table("arr_str_S"))[1], ["0", "6162"]);
    let objects = texts(&table("arr_object"));
    let objects: Vec<&str> = objects.iter().skip(1).map(|row| row[1].as_str()).collect();
    assert_eq!(objects, ["a", "中", "NULL", "1", "2.5", "True"]);
    let cube = table("arr_f64_3d");
    assert_eq!(cube.facts.index_columns, 2);
    assert_eq!(cube.facts.dtype.as_deref(), Some("float64"));
}

#[test]
fn plain_values() {
    assert_eq!(
        texts(&table("scalar_bigint"))[1],
        ["10000000000000000000000000"]
    );
    assert_eq!(texts(&table("scalar_none"))[1], ["NULL"]);
    assert_eq!(table("scalar_f64").facts.kind, ResultKind::Scalar);
    assert_eq!(
        texts(&table("py_dict"))[2],
        ["'b'", "[1, 2]"].map(|s| s.trim_matches('\''))
    );
    assert_eq!(texts(&table("py_list"))[7], ["6", "(1, 2)"]);
}

#[test]
fn a_page_counts_from_where_it_starts() {
    let bytes = fs::read(folder().join("arr_i64.bin")).unwrap();
    let page = to_table_from(decode(&bytes).unwrap(), 1_000).unwrap();
    assert_eq!(texts(&page)[1][0], "1000");
}
