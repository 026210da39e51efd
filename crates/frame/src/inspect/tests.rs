//! Cells taken apart.

use crate::{Kind, PathError, Table};
use arrow::array::*;
use arrow::datatypes::*;
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

fn table(array: ArrayRef) -> Table {
    let batch = RecordBatch::try_from_iter_with_nullable([("c", array, true)]).unwrap();
    let mut table = Table::new(batch.schema());
    table.append(batch).unwrap();
    table
}

/// A list of structs of a name with a blank and a map.
fn nested() -> Table {
    let mut maps = MapBuilder::new(None, StringBuilder::new(), Int64Builder::new());
    maps.keys().append_value("it's");
    maps.values().append_value(9_007_199_254_740_993);
    maps.append(true).unwrap();
    maps.append(false).unwrap();
    let maps: ArrayRef = Arc::new(maps.finish());
    let names: ArrayRef = Arc::new(StringArray::from(vec![Some("x"), None]));
    let structs = StructArray::from(vec![
        (
            Arc::new(Field::new("first name", DataType::Utf8, true)),
            names,
        ),
        (
            Arc::new(Field::new("m", maps.data_type().clone(), true)),
            maps,
        ),
    ]);
    let item = Arc::new(Field::new("item", structs.data_type().clone(), true));
    let ends = arrow::buffer::OffsetBuffer::new(vec![0, 2].into());
    table(Arc::new(ListArray::new(
        item,
        ends,
        Arc::new(structs),
        None,
    )))
}

#[test]
fn nested_values_open_level_by_level() {
    let table = nested();
    let tree = table.inspect(0, 0, 1000, &decode).unwrap().tree.unwrap();
    assert_eq!(
        (
            tree.node.label.as_str(),
            tree.node.children,
            tree.children.len()
        ),
        ("c", 2, 2)
    );
    let first = &tree.children[0];
    assert_eq!((first.path.as_str(), first.children), ("c[0]", 2));
    let fields = table.branch(0, 0, &first.way, 0, 10).unwrap().children;
    assert_eq!(fields[0].path, "c[0]['first name']");
    assert_eq!((fields[1].path.as_str(), fields[1].children), ("c[0].m", 1));
    let entries = table.branch(0, 0, &fields[1].way, 0, 10).unwrap().children;
    assert_eq!(entries[0].path, "c[0].m['it\\'s']");
    assert_eq!(
        (entries[0].text.as_str(), entries[0].kind),
        ("9007199254740993", Kind::Number)
    );
    let absent = table.branch(0, 0, &[1, 1], 0, 10).unwrap();
    assert_eq!((absent.node.kind, absent.node.children), (Kind::Null, 0));
    assert_eq!(table.branch(0, 0, &[7], 0, 1), Err(PathError::Way));
    assert_eq!(table.branch(0, 0, &[0, 0, 0], 0, 1), Err(PathError::Way));
    assert_eq!(table.branch(5, 0, &[], 0, 1), Err(PathError::Cell));
    assert_eq!(
        table.branch(0, 0, &[], 1, u64::MAX).unwrap().children.len(),
        1
    );
}

#[test]
fn bytes_are_tried_in_each_encoding() {
    let cells: Vec<&[u8]> = vec![b"\xd6\xd0", "é".as_bytes(), b"\xff\xff"];
    let table = table(Arc::new(BinaryArray::from(cells)));
    let valid = |row| -> Vec<(String, bool)> {
        let decoded = table.inspect(row, 0, 100, &decode).unwrap().decoded;
        decoded
            .into_iter()
            .map(|one| (one.text, one.valid))
            .collect()
    };
    assert_eq!(valid(0)[1], ("中".into(), true));
    assert!(!valid(0)[0].1 && valid(0)[2].1 && valid(0)[3] == ("ÖÐ".into(), true));
    assert_eq!(valid(1)[0], ("é".into(), true));
    assert_eq!(valid(2)[1], (String::new(), false));
    let inspected = table.inspect(0, 0, 100, &decode).unwrap();
    assert_eq!(
        (inspected.text.as_str(), inspected.bytes),
        ("d6d0", Some(2))
    );
    assert_eq!(inspected.decoded[0].broken_at, Some(0));
}

#[test]
fn json_in_text_is_laid_out() {
    let cells = vec![Some("{\"a\":1.0}"), Some("{a"), None];
    let table = table(Arc::new(StringArray::from(cells)));
    let json = |row| table.inspect(row, 0, 3, &decode).unwrap().json;
    assert_eq!(json(0).as_deref(), Some("{\n  \"a\": 1.0\n}"));
    assert_eq!((json(1), json(2)), (None, None));
    assert_eq!(table.inspect(0, 0, 3, &decode).unwrap().length, 9);
}

#[test]
fn a_cut_through_a_character_is_no_fault_of_the_bytes() {
    let long = "中".repeat(1 << 19);
    let table = table(Arc::new(BinaryArray::from(vec![long.as_bytes()])));
    let utf8 = table.inspect(0, 0, 10, &decode).unwrap().decoded.remove(0);
    assert!(utf8.valid && utf8.broken_at.is_none() && utf8.text.len() < long.len());
}
