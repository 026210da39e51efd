//! What holds for every value: text reads back, and nothing is lost or rounded.

#![expect(clippy::unwrap_used, reason = "what cannot be built is a failed test")]

use arrow::array::*;
use arrow::record_batch::RecordBatch;
use frame::{Table, f32_text, f64_text};
use proptest::prelude::*;
use std::sync::Arc;

fn table(array: ArrayRef) -> Table {
    let batch = RecordBatch::try_from_iter_with_nullable([("c", array, true)]).unwrap();
    let mut table = Table::new(batch.schema());
    table.append(batch).unwrap();
    table
}

fn text(array: impl Array + 'static) -> String {
    table(Arc::new(array)).cell(0, 0, 1 << 20).unwrap().text
}

proptest! {
    #[test]
    fn doubles_read_back(bits: u64) {
        let value = f64::from_bits(bits);
        let text = f64_text(value);
        match text.as_str() {
            "NaN" => prop_assert!(value.is_nan()),
            "Infinity" | "-Infinity" => prop_assert!(value.is_infinite()),
            text => prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), bits),
        }
    }

    #[test]
    fn floats_read_back(bits: u32) {
        let value = f32::from_bits(bits);
        if value.is_finite() {
            prop_assert_eq!(f32_text(value).parse::<f32>().unwrap().to_bits(), bits);
        }
    }

    #[test]
    fn integers_read_back(value: i64) {
        prop_assert_eq!(text(Int64Array::from(vec![value])).parse::<i64>().unwrap(), value);
    }

    #[test]
    fn decimals_read_back(value in -(10i128.pow(38) - 1)..10i128.pow(38), scale in 0i8..=38) {
        let array = Decimal128Array::from(vec![value]).with_precision_and_scale(38, scale).unwrap();
        let text = text(array);
        let (_, fraction) = text.split_once('.').unwrap_or((&text, ""));
        prop_assert_eq!(fraction.len(), scale as usize);
        prop_assert_eq!(text.replace('.', "").parse::<i128>().unwrap(), value);
    }

    #[test]
    fn instants_are_in_order_and_of_one_form(a in 0i64..i64::MAX, b in 0i64..i64::MAX) {
        let write = |value| text(TimestampNanosecondArray::from(vec![value]));
        let pad = |text: String| if text.contains('.') { text } else { format!("{text}.000000000") };
        prop_assert_eq!(a.cmp(&b), pad(write(a)).cmp(&pad(write(b))));
    }

    #[test]
    fn clipped_text_is_the_beginning(value in ".{0,40}", limit in 0usize..50) {
        let table = table(Arc::new(StringArray::from(vec![value.as_str()])));
        let cell = table.cell(0, 0, limit).unwrap();
        prop_assert!(value.starts_with(&cell.text));
        prop_assert_eq!(cell.length, value.chars().count() as u64);
        prop_assert_eq!(cell.clipped, cell.text != value);
        prop_assert!(cell.text.chars().count() <= limit);
    }

    #[test]
    fn windows_never_leave_the_table(
        sizes in prop::collection::vec(0usize..7, 0..6),
        start in 0u64..40,
        length in 0u64..40,
    ) {
        let schema = RecordBatch::try_from_iter_with_nullable(
            [("c", Arc::new(Int64Array::from(Vec::<i64>::new())) as ArrayRef, true)],
        ).unwrap().schema();
        let mut table = Table::new(schema);
        let mut next = 0i64;
        for size in sizes {
            let values = Int64Array::from_iter_values(next..next + size as i64);
            next += size as i64;
            table.append(
                RecordBatch::try_from_iter_with_nullable([("c", Arc::new(values) as ArrayRef, true)])
                    .unwrap(),
            ).unwrap();
        }
        let window = table.window(start..start + length, &[0]);
        let total = next as u64;
        let expected: Vec<String> =
            (start.min(total)..(start + length).min(total)).map(|row| row.to_string()).collect();
        let got: Vec<String> = window.rows.iter().map(|row| row[0].text.clone()).collect();
        prop_assert_eq!(got, expected);
        prop_assert_eq!(window.total_rows, total);
    }
}
