//! An Arrow file of PyArrow's, held against what Python says of it (`tests/data/frames/make.py`).

#![expect(clippy::unwrap_used, reason = "what cannot be read is a failed test")]

use arrow::ipc::reader::FileReader;
use frame::{Condition, Distinct, Key, Rows, Table, Test};
use serde_json::Value;
use std::fs::File;

fn folder() -> String {
    format!("{}/../../tests/data/frames", env!("CARGO_MANIFEST_DIR"))
}

fn table() -> Table {
    let file = File::open(format!("{}/frames.arrow", folder())).unwrap();
    let reader = FileReader::try_new(file, None).unwrap();
    let mut table = Table::new(reader.schema());
    for batch in reader {
        table.append(batch.unwrap()).unwrap();
    }
    table
}

fn expected() -> Value {
    let text = std::fs::read_to_string(format!("{}/frames.json", folder())).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn numbers(value: &Value) -> Vec<u32> {
    serde_json::from_value(value.clone()).unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    serde_json::from_value(value.clone()).unwrap()
}

/// Each column's place, name and expectations.
fn columns(table: &Table, expected: &Value) -> Vec<(usize, String, Value)> {
    let names = table
        .columns()
        .iter()
        .map(|column| column.name.clone())
        .enumerate();
    let named = names.map(|(at, name)| (at, name.clone(), expected["columns"][&name].clone()));
    named.collect()
}

#[test]
fn texts_are_pythons() {
    let (table, expected) = (table(), expected());
    for (column, name, expected) in columns(&table, &expected) {
        let got: Vec<String> = (0..table.rows())
            .map(|row| table.cell(row, column, usize::MAX).unwrap().text)
            .collect();
        assert_eq!(got, texts(&expected["texts"]), "{name}");
    }
}

#[test]
fn orders_are_pythons() {
    let (table, expected) = (table(), expected());
    for (column, name, expected) in columns(&table, &expected) {
        for (word, turned) in [("ascending", false), ("descending", true)] {
            let key = Key {
                column,
                descending: turned,
                nulls_first: turned,
            };
            let got = table.sort(&Rows::All, &[key]).unwrap();
            assert_eq!(got, numbers(&expected[word]), "{name} {word}");
        }
    }
    let place = |name: &str| {
        table
            .columns()
            .iter()
            .position(|column| column.name == name)
            .unwrap()
    };
    let keys = [
        Key {
            column: place("flag"),
            descending: false,
            nulls_first: true,
        },
        Key {
            column: place("i64"),
            descending: true,
            nulls_first: false,
        },
    ];
    let got = table.sort(&Rows::All, &keys).unwrap();
    assert_eq!(got, numbers(&expected["flag_then_i64_descending"]));
}

#[test]
fn filters_are_pythons() {
    let (table, expected) = (table(), expected());
    let filters = expected["filters"].as_array().unwrap();
    assert!(filters.len() > 150);
    for filter in filters {
        let condition: Condition = serde_json::from_value(serde_json::json!({
            "column": filter["column"],
            "test": filter["test"],
        }))
        .unwrap();
        let whole = table
            .select(std::slice::from_ref(&condition), 0, u64::MAX)
            .unwrap();
        assert_eq!(whole.rows, numbers(&filter["rows"]), "{condition:?}");
        // In pieces, as batches come.
        let mut pieces = Vec::new();
        let mut next = 0;
        while next < table.rows() {
            let piece = table
                .select(std::slice::from_ref(&condition), next, 29)
                .unwrap();
            assert!(piece.next_row > next);
            (next, pieces) = (piece.next_row, [pieces, piece.rows].concat());
        }
        assert_eq!(pieces, whole.rows, "{condition:?}");
    }
}

#[test]
fn profiles_are_pythons() {
    let (table, expected) = (table(), expected());
    for (column, name, expected) in columns(&table, &expected) {
        let expected = &expected["profile"];
        let profile = table.profile(&Rows::All, column).unwrap();
        assert_eq!(profile.rows, table.rows(), "{name}");
        assert_eq!(profile.nulls, expected["nulls"].as_u64().unwrap(), "{name}");
        let distinct = expected["distinct"].as_u64().unwrap();
        assert_eq!(profile.distinct, Distinct::Exact(distinct), "{name}");
        // A profile cuts long texts.
        let start = |text: &Value| {
            text.as_str()
                .map(|text| text.chars().take(200).collect::<String>())
        };
        assert_eq!(profile.min, start(&expected["min"]), "{name}");
        assert_eq!(profile.max, start(&expected["max"]), "{name}");
        let own = profile.numbers.clone().unwrap_or_default();
        if let Some(quantiles) = expected.get("quantiles") {
            assert_eq!(own.quantiles, texts(quantiles), "{name}");
        }
        if let Some(sum) = expected.get("sum") {
            assert_eq!(own.sum.as_deref(), sum.as_str(), "{name}");
            assert_eq!(own.mean.as_deref(), expected["mean"].as_str(), "{name}");
        }
    }
}

#[test]
fn each_bar_is_the_filter_it_names() {
    let table = table();
    for column in 0..table.columns().len() {
        let profile = table.profile(&Rows::All, column).unwrap();
        let bars = profile
            .numbers
            .map(|numbers| numbers.histogram)
            .unwrap_or_default();
        for bar in &bars {
            let test = Test::Between {
                low: bar.low.clone(),
                high: bar.high.clone(),
            };
            let kept = table
                .select(&[Condition { column, test }], 0, u64::MAX)
                .unwrap();
            assert_eq!(kept.rows.len() as u64, bar.count, "{column} {bar:?}");
        }
        let counted: u64 = bars.iter().map(|bar| bar.count).sum();
        if !bars.is_empty() {
            let finite = table.rows() - profile.nulls - profile.nan - profile.infinite;
            assert_eq!(counted, finite, "{column}");
        }
    }
}

#[test]
fn a_profile_in_steps_over_a_view_is_the_same() {
    let table = table();
    let key = Key {
        column: 0,
        descending: true,
        nulls_first: true,
    };
    let view = Rows::These(table.sort(&Rows::All, &[key]).unwrap());
    for column in 0..table.columns().len() {
        let mut profiler = frame::Profiler::new(&table, column).unwrap();
        while !profiler.step(&table, &view, 7) {}
        let stepped = profiler.finish(&table);
        assert_eq!(Some(stepped), table.profile(&Rows::All, column));
    }
}
