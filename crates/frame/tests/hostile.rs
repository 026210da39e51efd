//! Tables that nobody means well with: no panic, and bounded work.

use arrow::array::*;
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use frame::*;
use std::sync::Arc;

/// Asks everything that can be asked.
fn ask(table: &Table, rows: &Rows) {
    let columns: Vec<usize> = (0..table.columns().len() + 2).collect();
    for form in [
        Form::Tsv,
        Form::TsvHeader,
        Form::Markdown,
        Form::Json,
        Form::Text,
    ] {
        assert!(
            table
                .copy(rows, 0..u64::MAX, &columns, &form, 1 << 16)
                .text
                .len()
                <= 1 << 20
        );
    }
    table.copy(
        rows,
        0..9,
        &columns,
        &Form::SqlValues {
            table: vec![String::new()],
        },
        1 << 16,
    );
    let find = Find {
        text: "\u{0}".into(),
        case: false,
        columns: columns.clone(),
    };
    table.find(
        rows,
        &find,
        Found {
            position: u64::MAX,
            place: usize::MAX,
        },
        false,
        3,
    );
    table.count(rows, &find, 0, 3);
    table.view(rows, 0..3, &columns, 10);
    for &column in columns.iter().take(30) {
        let key = Key {
            column,
            descending: true,
            nulls_first: false,
        };
        let _ = table.sort(rows, &[key, key]);
        let _ = table.profile(rows, column);
        let _ = table.inspect(0, column, 10, &|_, _| None);
        let _ = table.branch(0, column, &[0, u64::MAX], u64::MAX, u64::MAX);
        for value in ["", "1", "-", "1970-01-01", "+", "é", "00:00"] {
            let test = Test::Compare {
                op: Compare::Lt,
                value: value.into(),
            };
            let _ = table.select(&[Condition { column, test }], 0, u64::MAX);
        }
        let _ = chart::bars(table, rows, column, Some(column), 3);
        let _ = chart::line(table, rows, None, column, 0);
        let _ = chart::histogram(table, rows, column, 0);
        let _ = chart::heat(table, rows, column, column, 3);
    }
    table.bytes();
}

fn views() -> [Rows; 3] {
    [
        Rows::All,
        Rows::These(vec![]),
        Rows::These(vec![1, 1, 0, u32::MAX, 7]),
    ]
}

#[test]
fn no_columns_and_no_rows() {
    let empty = Table::new(Arc::new(Schema::empty()));
    let mut rows_only = Table::new(Arc::new(Schema::empty()));
    let options = RecordBatchOptions::new().with_row_count(Some(3));
    let batch = RecordBatch::try_new_with_options(Arc::new(Schema::empty()), vec![], &options);
    rows_only.append(batch.unwrap()).unwrap();
    for view in views() {
        ask(&empty, &view);
        ask(&rows_only, &view);
    }
}

#[test]
fn five_thousand_columns_of_one_name() {
    let fields: Vec<Field> = (0..5000)
        .map(|_| Field::new("x", DataType::Utf8, true))
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let cell: ArrayRef = Arc::new(StringArray::from(vec![Some("\u{202e}\u{0}<script>"), None]));
    let batch = RecordBatch::try_new(Arc::clone(&schema), vec![cell; 5000]).unwrap();
    let mut table = Table::new(schema);
    table.append(batch).unwrap();
    let columns: Vec<usize> = (0..5000).collect();
    let copied = table
        .copy(&Rows::All, 0..1, &columns, &Form::Json, 1 << 30)
        .text;
    assert!(copied.contains("\"x_5000\": \"\u{202e}\\u0000<script>\""));
}

#[test]
fn one_cell_of_a_megabyte() {
    let long = "中\u{1}".repeat(1 << 18);
    let texts: ArrayRef = Arc::new(StringArray::from(vec![Some(long.as_str()), Some("")]));
    let bytes: ArrayRef = Arc::new(BinaryArray::from(vec![long.as_bytes(), b""]));
    let batch = RecordBatch::try_from_iter_with_nullable([("t", texts, true), ("b", bytes, true)]);
    let batch = batch.unwrap();
    let mut table = Table::new(batch.schema());
    table.append(batch).unwrap();
    ask(&table, &Rows::These(vec![1, 0]));
    let top = table.profile(&Rows::All, 0).unwrap().top;
    assert!(top.iter().any(|top| top.clipped) && top.iter().all(|top| top.text.len() < 1000));
}

#[test]
fn extremes_of_every_width() {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("i64", Arc::new(Int64Array::from(vec![i64::MIN, i64::MAX]))),
        ("u64", Arc::new(UInt64Array::from(vec![0, u64::MAX]))),
        (
            "i128",
            Arc::new(Decimal128Array::from(vec![i128::MIN, i128::MAX])),
        ),
        (
            "i256",
            Arc::new(Decimal256Array::from(vec![
                arrow::datatypes::i256::MIN,
                arrow::datatypes::i256::MAX,
            ])),
        ),
        (
            "f64",
            Arc::new(Float64Array::from(vec![f64::MIN, f64::MAX])),
        ),
        ("f16", Arc::new(Float16Array::new_null(2))),
        (
            "s",
            Arc::new(TimestampSecondArray::from(vec![i64::MIN, i64::MAX])),
        ),
        (
            "ns",
            Arc::new(
                TimestampNanosecondArray::from(vec![i64::MIN, i64::MAX]).with_timezone("+08:00"),
            ),
        ),
        ("d", Arc::new(Date32Array::from(vec![i32::MIN, i32::MAX]))),
        (
            "span",
            Arc::new(DurationSecondArray::from(vec![i64::MIN, i64::MAX])),
        ),
        ("null", Arc::new(NullArray::new(2))),
        (
            "list",
            Arc::new(ListArray::new_null(
                Arc::new(Field::new("item", DataType::Int8, true)),
                2,
            )),
        ),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    );
    let batch = batch.unwrap();
    let mut table = Table::new(batch.schema());
    table.append(batch).unwrap();
    for zone in [None, Some(Zone::fixed(i32::MAX))] {
        table.set_zone(zone);
        for view in views() {
            ask(&table, &view);
        }
    }
    let list = Key {
        column: 11,
        descending: false,
        nulls_first: false,
    };
    assert!(matches!(
        table.sort(&Rows::All, &[list]),
        Err(SortError::Unordered { .. })
    ));
}
