//! How long questions to a million rows of twelve columns take here: `cargo run --release -p frame
//! --example pace`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measuring program"
)]

use arrow::array::*;
use arrow::record_batch::RecordBatch;
use frame::{Compare, Condition, Find, Found, Key, Rows, Table, Test};
use std::sync::Arc;
use std::time::Instant;

const ROWS: usize = 1_000_000;

fn table() -> Table {
    let mut state = 1u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state ^ (state >> 29)
    };
    let mut of = |most: u64| -> Vec<u64> { (0..ROWS).map(|_| next() % most).collect() };
    let whole = |values: Vec<u64>| -> ArrayRef {
        Arc::new(Int64Array::from_iter(
            values
                .into_iter()
                .map(|value| (value % 50 > 0).then_some(value as i64)),
        ))
    };
    let words = |values: Vec<u64>| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(
            values.into_iter().map(|value| format!("word {value}")),
        ))
    };
    let decimals = of(1 << 50)
        .into_iter()
        .map(|value| i128::from(value) * 10_000_000_000);
    let decimals = Decimal128Array::from_iter_values(decimals)
        .with_precision_and_scale(38, 18)
        .unwrap();
    let floats = |values: Vec<u64>| -> ArrayRef {
        Arc::new(Float64Array::from_iter_values(
            values.into_iter().map(|value| value as f64 / 1e9),
        ))
    };
    let days = of(3000).into_iter().map(|day| day as i32);
    let days: ArrayRef = Arc::new(Date32Array::from_iter_values(days));
    let times = of(1 << 40).into_iter().map(|time| time as i64);
    let times: ArrayRef = Arc::new(TimestampMillisecondArray::from_iter_values(times));
    let truths: ArrayRef = Arc::new(BooleanArray::from_iter(
        of(2).into_iter().map(|bit| Some(bit == 1)),
    ));
    let columns: Vec<(String, ArrayRef)> = vec![
        (
            "id".into(),
            Arc::new(Int64Array::from_iter_values(0..ROWS as i64)),
        ),
        ("random".into(), whole(of(u64::MAX))),
        ("small".into(), whole(of(1000))),
        ("float".into(), floats(of(1 << 60))),
        ("price".into(), floats(of(100_000))),
        ("decimal".into(), Arc::new(decimals)),
        ("day".into(), days),
        ("time".into(), times),
        ("flag".into(), truths),
        ("city".into(), words(of(300))),
        ("user".into(), words(of(50_000))),
        ("text".into(), words(of(u64::MAX))),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let mut table = Table::new(batch.schema());
    for start in (0..ROWS).step_by(65_536) {
        table
            .append(batch.slice(start, 65_536.min(ROWS - start)))
            .unwrap();
    }
    table
}

fn time<T>(what: &str, mut run: impl FnMut() -> T) {
    let mut times: Vec<u128> = (0..5)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed().as_micros()
        })
        .collect();
    times.sort_unstable();
    println!("{what:32} {:8.2} ms", times[2] as f64 / 1000.0);
}

fn main() {
    let table = table();
    let names: Vec<String> = table
        .columns()
        .iter()
        .map(|column| column.name.clone())
        .collect();
    for (column, name) in names.iter().enumerate() {
        time(&format!("profile {name}"), || {
            table.profile(&Rows::All, column)
        });
    }
    time("profile of all", || {
        (0..names.len())
            .map(|column| table.profile(&Rows::All, column))
            .collect::<Vec<_>>()
    });
    for (column, name) in names.iter().enumerate() {
        let key = Key {
            column,
            descending: true,
            nulls_first: false,
        };
        time(&format!("sort {name}"), || table.sort(&Rows::All, &[key]));
    }
    let tests = [
        (
            "random > 0",
            1,
            Test::Compare {
                op: Compare::Gt,
                value: "0".into(),
            },
        ),
        (
            "decimal between",
            5,
            Test::Between {
                low: "1".into(),
                high: "5000000".into(),
            },
        ),
        (
            "city = word 7",
            9,
            Test::Compare {
                op: Compare::Eq,
                value: "word 7".into(),
            },
        ),
        (
            "text contains 777",
            11,
            Test::Contains {
                text: "777".into(),
                case: true,
            },
        ),
        (
            "text contains WORD 77",
            11,
            Test::Contains {
                text: "WORD 77".into(),
                case: false,
            },
        ),
        (
            "day in two",
            6,
            Test::In(vec![Some("1970-01-05".into()), Some("1975-02-03".into())]),
        ),
    ];
    for (what, column, test) in tests {
        let condition = [Condition { column, test }];
        time(&format!("filter {what}"), || {
            table.select(&condition, 0, u64::MAX).unwrap().rows.len()
        });
    }
    let find = Find {
        text: "nowhere".into(),
        case: false,
        columns: (0..12).collect(),
    };
    let start = Found {
        position: 0,
        place: 0,
    };
    time("find nowhere, 100000 rows", || {
        table.find(&Rows::All, &find, start, true, 100_000)
    });
    time("bytes", || table.bytes());
}
