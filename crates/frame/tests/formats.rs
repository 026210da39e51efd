//! The text of every type that a MaxCompute table or a Mars result can bring.

#![expect(clippy::unwrap_used, reason = "what cannot be built is a failed test")]

use arrow::array::*;
use arrow::datatypes::*;
use arrow::record_batch::RecordBatch;
use frame::{Cell, Column, Kind, Table};
use std::sync::Arc;

fn table(array: ArrayRef) -> Table {
    let batch = RecordBatch::try_from_iter_with_nullable([("c", array, true)]).unwrap();
    let mut table = Table::new(batch.schema());
    table.append(batch).unwrap();
    table
}

fn cells(array: impl Array + 'static) -> Vec<Cell> {
    let rows = array.len() as u64;
    let window = table(Arc::new(array)).window(0..rows, &[0]);
    window.rows.into_iter().flatten().collect()
}

fn texts(array: impl Array + 'static) -> Vec<String> {
    cells(array).into_iter().map(|cell| cell.text).collect()
}

#[test]
fn integers_are_exact() {
    assert_eq!(
        texts(Int8Array::from(vec![i8::MIN, i8::MAX])),
        ["-128", "127"]
    );
    assert_eq!(texts(Int16Array::from(vec![i16::MIN])), ["-32768"]);
    assert_eq!(texts(Int32Array::from(vec![i32::MIN])), ["-2147483648"]);
    let big = Int64Array::from(vec![Some(i64::MAX), Some(9_007_199_254_740_993), None]);
    assert_eq!(
        texts(big),
        ["9223372036854775807", "9007199254740993", "NULL"]
    );
    assert_eq!(
        texts(UInt64Array::from(vec![u64::MAX])),
        ["18446744073709551615"]
    );
    assert_eq!(texts(UInt8Array::from(vec![255])), ["255"]);
    assert_eq!(texts(UInt16Array::from(vec![65_535])), ["65535"]);
    assert_eq!(texts(UInt32Array::from(vec![u32::MAX])), ["4294967295"]);
}

#[test]
fn floats_are_shortest_and_have_words() {
    let floats = cells(Float64Array::from(vec![0.1 + 0.2, f64::NAN, f64::INFINITY]));
    assert_eq!(floats[0].text, "0.30000000000000004");
    assert_eq!(
        (floats[1].text.as_str(), floats[1].kind),
        ("NaN", Kind::Nan)
    );
    assert_eq!(
        (floats[2].text.as_str(), floats[2].kind),
        ("Infinity", Kind::Number)
    );
    assert_eq!(
        texts(Float32Array::from(vec![0.1f32, 3.4e38])),
        ["0.1", "3.4e+38"]
    );
}

#[test]
fn decimals_keep_their_scale() {
    let narrow = Decimal128Array::from(vec![Some(1_500_000), None, Some(-1)])
        .with_precision_and_scale(38, 6)
        .unwrap();
    assert_eq!(texts(narrow), ["1.500000", "NULL", "-0.000001"]);
    let unscaled = i256::from_string(&format!("{}1", "9".repeat(53))).unwrap();
    let wide = Decimal256Array::from(vec![Some(unscaled)])
        .with_precision_and_scale(54, 18)
        .unwrap();
    assert_eq!(
        texts(wide),
        [format!("{}.{}1", "9".repeat(36), "9".repeat(17))]
    );
}

#[test]
fn text_and_bytes() {
    let strings = cells(StringArray::from(vec![Some("中文 \"x\""), Some(""), None]));
    assert_eq!(strings[0].text, "中文 \"x\"");
    assert_eq!(
        (strings[1].text.as_str(), strings[1].kind),
        ("", Kind::Text)
    );
    assert_eq!(strings[2].kind, Kind::Null);
    assert_eq!(texts(LargeStringArray::from(vec!["NULL"])), ["NULL"]);
    assert_eq!(
        cells(LargeStringArray::from(vec!["NULL"]))[0].kind,
        Kind::Text
    );
    assert_eq!(texts(BinaryArray::from(vec![&b"\x00\xff"[..]])), ["00ff"]);
    assert_eq!(
        texts(BooleanArray::from(vec![true, false])),
        ["true", "false"]
    );
}

#[test]
fn times_keep_their_unit() {
    assert_eq!(texts(Date32Array::from(vec![20_779])), ["2026-11-22"]);
    assert_eq!(
        texts(TimestampSecondArray::from(vec![1])),
        ["1970-01-01 00:00:01"]
    );
    assert_eq!(
        texts(TimestampMillisecondArray::from(vec![1])),
        ["1970-01-01 00:00:00.001"]
    );
    assert_eq!(
        texts(TimestampMicrosecondArray::from(vec![-1])),
        ["1969-12-31 23:59:59.999999"]
    );
    let nanos = TimestampNanosecondArray::from(vec![1_767_225_600_000_000_001]);
    assert_eq!(texts(nanos), ["2026-01-01 00:00:00.000000001"]);
    let zoned = TimestampMillisecondArray::from(vec![0]).with_timezone("+08:00");
    assert_eq!(texts(zoned), ["1970-01-01 08:00:00+08:00"]);
    assert_eq!(
        texts(DurationNanosecondArray::from(vec![-1])),
        ["-1 days +23:59:59.999999999"]
    );
}

fn sec_nano() -> StructArray {
    let sec: ArrayRef = Arc::new(Int64Array::from(vec![Some(-1), Some(0), None]));
    let nano: ArrayRef = Arc::new(Int32Array::from(vec![Some(5), Some(999_999_999), None]));
    let fields = Fields::from(vec![
        Field::new("sec", DataType::Int64, true),
        Field::new("nano", DataType::Int32, true),
    ]);
    StructArray::new(
        fields,
        vec![sec, nano],
        Some(vec![true, true, false].into()),
    )
}

#[test]
fn instants_and_spans_that_travel_as_a_struct() {
    let window = table(Arc::new(sec_nano())).window(0..3, &[0]);
    let texts: Vec<&str> = window.rows.iter().map(|row| row[0].text.as_str()).collect();
    let instants = [
        "1969-12-31 23:59:59.000000005",
        "1970-01-01 00:00:00.999999999",
        "NULL",
    ];
    assert_eq!(texts, instants);
    assert_eq!(window.rows[0][0].kind, Kind::Time);

    let array = sec_nano();
    let schema = Schema::new(vec![Field::new("c", array.data_type().clone(), true)]);
    let column = Column {
        name: "c".into(),
        badge: "INTERVAL".into(),
        index: false,
        interval: true,
    };
    let mut spans = Table::with_columns(Arc::new(schema.clone()), vec![column]).unwrap();
    spans
        .append(RecordBatch::try_new(Arc::new(schema), vec![Arc::new(array)]).unwrap())
        .unwrap();
    assert_eq!(
        spans.cell(1, 0, 99).unwrap().text,
        "0 days 00:00:00.999999999"
    );
}

#[test]
fn nested_values_read_like_json() {
    let mut lists = ListBuilder::new(StringBuilder::new());
    lists.append_value([Some("a\"b\\c\nd"), None, Some("中")]);
    lists.append_null();
    lists.append_value::<_, String>([]);
    let cells = cells(lists.finish());
    assert_eq!(cells[0].text, r#"["a\"b\\c\nd", null, "中"]"#);
    assert_eq!((cells[1].kind, cells[2].text.as_str()), (Kind::Null, "[]"));
    assert_eq!(cells[0].kind, Kind::Nested);

    let mut maps = MapBuilder::new(None, StringBuilder::new(), Int64Builder::new());
    maps.keys().append_value("k");
    maps.values().append_value(i64::MAX);
    maps.keys().append_value("l");
    maps.values().append_null();
    maps.append(true).unwrap();
    assert_eq!(
        texts(maps.finish()),
        [r#"{"k": 9223372036854775807, "l": null}"#]
    );

    let date: ArrayRef = Arc::new(Date32Array::from(vec![0]));
    let price: ArrayRef = Arc::new(
        Decimal128Array::from(vec![150])
            .with_precision_and_scale(10, 2)
            .unwrap(),
    );
    let when: ArrayRef = Arc::new(sec_nano().slice(0, 1));
    let row = StructArray::from(vec![
        (Arc::new(Field::new("d", DataType::Date32, true)), date),
        (
            Arc::new(Field::new("p", price.data_type().clone(), true)),
            price,
        ),
        (
            Arc::new(Field::new("w", when.data_type().clone(), true)),
            when,
        ),
    ]);
    let text = r#"{"d": "1970-01-01", "p": 1.50, "w": "1969-12-31 23:59:59.000000005"}"#;
    assert_eq!(texts(row), [text]);
}

#[test]
fn categories_show_their_values() {
    let category: DictionaryArray<Int8Type> =
        vec![Some("a"), None, Some("a")].into_iter().collect();
    assert_eq!(texts(category), ["a", "NULL", "a"]);
    let values = Arc::new(StringArray::from(vec![Some("x"), None]));
    let hidden = DictionaryArray::<UInt64Type>::new(vec![1u64, 0].into(), values);
    assert_eq!(cells(hidden)[0].kind, Kind::Null);
}

#[test]
fn what_is_cut_says_so() {
    let long = "x".repeat(1000);
    let array = StringArray::from(vec![long.as_str(), "short"]);
    let window = table(Arc::new(array)).window_with_limit(0..2, &[0], 10);
    let cell = &window.rows[0][0];
    assert_eq!(
        (cell.text.as_str(), cell.clipped, cell.length),
        ("xxxxxxxxxx", true, 1000)
    );
    assert!(!window.rows[1][0].clipped);
    let bytes = BinaryArray::from(vec![&[0xabu8; 100][..]]);
    let cell = table(Arc::new(bytes)).cell(0, 0, 3).unwrap();
    assert_eq!(
        (cell.text.as_str(), cell.clipped, cell.length),
        ("aba", true, 200)
    );
}

#[test]
fn an_unknown_type_is_named() {
    let types = UnionFields::try_new([0i8], [Field::new("i", DataType::Int64, true)]).unwrap();
    let union = UnionArray::try_new(
        types,
        vec![0i8].into(),
        None,
        vec![Arc::new(Int64Array::from(vec![1])) as ArrayRef],
    );
    let cells = cells(union.unwrap());
    assert_eq!(cells[0].kind, Kind::Unknown);
    assert!(cells[0].text.starts_with('<'));
}
