//! `lineitem_1m`: one million rows of twelve mixed columns in the manner of TPC-H, computed from the
//! row number. Written by two threads, because a first start should not wait long.

use super::{begin, write};
use crate::Error;
use crate::catalog::{Catalog, Mode, arrow};
use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int32Array, Int64Array,
    StringArray, TimestampMillisecondArray, TimestampNanosecondArray,
};
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use odps::tables::PartitionSpec;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

pub(super) const NAME: &str = "lineitem_1m";

const ROWS: i64 = 1_000_000;

/// Files, each written by a thread of its own.
const FILES: i64 = 2;

/// Rows that are made at a time.
const BATCH: usize = 20_000;

const COLUMNS: [(&str, &str, &str); 12] = [
    ("l_orderkey", "bigint", ""),
    ("l_linenumber", "int", ""),
    ("l_partkey", "bigint", ""),
    ("l_quantity", "decimal(15,2)", ""),
    ("l_extendedprice", "decimal(15,2)", ""),
    ("l_discount", "double", ""),
    ("l_urgent", "boolean", ""),
    ("l_shipdate", "date", ""),
    ("l_committed", "datetime", ""),
    ("l_received", "timestamp", ""),
    ("l_shipmode", "string", ""),
    ("l_comment", "string", "NULL in every 17th row"),
];

const MODES: [&str; 7] = ["AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"];

const WORDS: [&str; 8] = [
    "carefully final packages",
    "急件 handle with care",
    "quickly ironic deposits",
    "furiously even accounts",
    "普通包裹",
    "slyly bold requests",
    "",
    "regular theodolites sleep",
];

/// Writes the files and the description.
pub(super) fn make(catalog: &Arc<Catalog>) -> Result<(), Error> {
    let mut table = begin(catalog, NAME, "One million rows", &COLUMNS, &[]);
    let schema = arrow(&table.table().columns)?;
    let paths = (0..FILES).map(|_| table.file(&PartitionSpec::default()));
    let paths = paths.collect::<Result<Vec<_>, _>>()?;
    let share = ROWS / FILES;
    thread::scope(|scope| {
        let part = |(path, first): (PathBuf, i64)| {
            let schema = &schema;
            scope.spawn(move || part(&path, schema, first..first + share))
        };
        let starts = (0..).step_by(usize::try_from(share).unwrap_or(usize::MAX));
        let writers: Vec<_> = paths.into_iter().zip(starts).map(part).collect();
        for writer in writers {
            // A panic of the writer is passed on as it is.
            writer
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        }
        Ok::<_, Error>(())
    })?;
    table.commit(Mode::Append, None)?;
    Ok(())
}

fn part(path: &Path, schema: &SchemaRef, rows: Range<i64>) -> Result<(), Error> {
    let end = rows.end;
    let batches = rows.step_by(BATCH).map(|from| {
        let to = end.min(from + i64::try_from(BATCH).unwrap_or(i64::MAX));
        batch(schema, from..to)
    });
    write(path, schema.clone(), batches)
}

fn batch(schema: &SchemaRef, rows: Range<i64>) -> Result<RecordBatch, Error> {
    let mixed = || rows.clone().map(mix);
    let comments = rows
        .clone()
        .map(|row| (row % 17 != 16).then(|| WORDS[(mix(row) >> 40) as usize % WORDS.len()]));
    let quantities = mixed().map(|n| i128::from(n % 50 + 1) * 100);
    let prices = mixed().map(|n| i128::from(n % 10_000_000) + 90_000);
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values(
            rows.clone().map(|row| row / 4 * 8 + row % 4 + 1),
        )),
        Arc::new(Int32Array::from_iter_values(
            rows.clone().map(|row| (row % 4 + 1) as i32),
        )),
        Arc::new(Int64Array::from_iter_values(
            mixed().map(|n| (n % 200_000) as i64),
        )),
        Arc::new(Decimal128Array::from_iter_values(quantities).with_precision_and_scale(15, 2)?),
        Arc::new(Decimal128Array::from_iter_values(prices).with_precision_and_scale(15, 2)?),
        Arc::new(Float64Array::from_iter_values(
            mixed().map(|n| (n % 11) as f64 / 100.0),
        )),
        Arc::new(BooleanArray::from_iter(mixed().map(|n| Some(n % 5 == 0)))),
        Arc::new(Date32Array::from_iter_values(
            mixed().map(|n| 8035 + (n % 2526) as i32),
        )),
        Arc::new(TimestampMillisecondArray::from_iter_values(
            mixed().map(|n| 694_224_000_000 + (n % 218_246_400_000) as i64),
        )),
        Arc::new(TimestampNanosecondArray::from_iter_values(mixed().map(
            |n| 694_224_000_000_000_000 + (n % 218_246_400_000_000_007) as i64,
        ))),
        Arc::new(StringArray::from_iter_values(
            mixed().map(|n| MODES[(n >> 20) as usize % MODES.len()]),
        )),
        Arc::new(StringArray::from_iter(comments)),
    ];
    Ok(RecordBatch::try_new(schema.clone(), columns)?)
}

/// A fixed scatter of the row number (the finaliser of SplitMix64).
fn mix(row: i64) -> u64 {
    let mut n = row.unsigned_abs().wrapping_add(0x9e37_79b9_7f4a_7c15);
    n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}
