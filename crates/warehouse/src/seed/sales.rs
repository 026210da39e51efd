//! `sales`: twelve rows in each of four partitions, with every value that a careless viewer gets
//! wrong: integers beyond 2^53, long decimals, nanoseconds, NULL beside the empty text and the text
//! "NULL", NaN and infinities, Chinese, quotes, commas and line breaks, nested values.

use super::{begin, write};
use crate::Error;
use crate::catalog::{Catalog, Mode};
use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int32Array, Int64Array,
    ListBuilder, MapBuilder, MapFieldNames, StringArray, StringBuilder, StructArray,
    TimestampMillisecondArray, TimestampNanosecondArray,
};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::record_batch::RecordBatch;
use odps::tables::PartitionSpec;
use std::sync::Arc;

pub(super) const NAME: &str = "sales";

const COLUMNS: [(&str, &str, &str); 14] = [
    ("order_id", "bigint", "订单号; beyond 2^53"),
    ("customer", "string", "客户"),
    ("city", "string", "城市"),
    ("quantity", "int", ""),
    ("amount", "decimal(38,18)", "金额"),
    ("price", "decimal(10,2)", "单价"),
    ("rate", "double", "with NaN and infinities"),
    ("gift", "boolean", ""),
    ("due", "date", ""),
    ("ordered_at", "datetime", "milliseconds"),
    ("paid_at", "timestamp", "nanoseconds"),
    ("tags", "array<string>", ""),
    ("attributes", "map<string,bigint>", ""),
    ("address", "struct<street:string,zip:bigint>", ""),
];

const DAYS: [&str; 4] = ["20260101", "20260102", "20260103", "20261122"];

/// Rows of each partition.
const ROWS: usize = 12;

const CUSTOMERS: [Option<&str>; ROWS] = [
    Some("王小明"),
    Some("李雷"),
    Some("Zoë O'Hara"),
    Some(""),
    Some("NULL"),
    None,
    Some("Acme, \"West\" GmbH"),
    Some("two\nlines"),
    Some("𠮷野家 🍜"),
    Some(" spaces "),
    Some("\\N"),
    Some("=1+1"),
];

const CITIES: [Option<&str>; 4] = [Some("杭州"), Some("北京"), None, Some("São Paulo")];

const RATES: [Option<f64>; 6] = [
    Some(0.1),
    Some(f64::NAN),
    Some(f64::INFINITY),
    Some(f64::NEG_INFINITY),
    None,
    Some(-0.0),
];

/// Writes the partitions and the description.
pub(super) fn make(catalog: &Arc<Catalog>) -> Result<(), Error> {
    let keys = [("dt", "string", "日期")];
    let comment = "销售明细, partitioned by day";
    let mut table = begin(catalog, NAME, comment, &COLUMNS, &keys);
    for (number, day) in DAYS.iter().enumerate() {
        let batch = batch(number)?;
        let spec = PartitionSpec(vec![("dt".to_owned(), (*day).to_owned())]);
        write(&table.file(&spec)?, batch.schema(), [Ok(batch)])?;
    }
    table.commit(Mode::Append, None)?;
    Ok(())
}

/// The table of many partitions.
pub(super) const HISTORY: &str = "sales_history";

const REGIONS: [&str; 4] = ["华东", "华南", "华北", "overseas"];

/// Fifty days of four regions, with the columns of `sales`.
pub(super) fn history(catalog: &Arc<Catalog>) -> Result<(), Error> {
    let keys = [("dt", "string", "日期"), ("region", "string", "大区")];
    let comment = "销售历史, partitioned by day and region";
    let mut table = begin(catalog, HISTORY, comment, &COLUMNS, &keys);
    for number in 0..50 * REGIONS.len() {
        // The last fifty days of 2025: twenty of November, thirty of December.
        let (month, day) = match number / REGIONS.len() {
            day @ 0..20 => (11, day + 11),
            day => (12, day - 19),
        };
        let spec = PartitionSpec(vec![
            ("dt".to_owned(), format!("2025{month}{day:02}")),
            (
                "region".to_owned(),
                REGIONS[number % REGIONS.len()].to_owned(),
            ),
        ]);
        let batch = batch(DAYS.len() + number)?;
        write(&table.file(&spec)?, batch.schema(), [Ok(batch)])?;
    }
    table.commit(Mode::Append, None)?;
    Ok(())
}

/// All rows of one partition. Every 13th value of a column is NULL, each column from its own row.
fn batch(day: usize) -> Result<RecordBatch, Error> {
    let first = day * ROWS;
    let number = |row: usize| i64::try_from(first + row).unwrap_or(i64::MAX);
    let present = move |column: usize, row: usize| !(first + row + column).is_multiple_of(13);
    let decimals = [
        Some(1_i128),
        Some(-123_456_789_012_345_678_901_234_567_890_123_456_i128),
        Some(99_999_999_999_999_999_999_999_999_999_999_999_999_i128),
        None,
        Some(1_500_000_000_000_000_000),
        Some(0),
    ];
    // Every second round of them is a common price of its own, in units of 10^-18.
    let amounts = (0..ROWS).map(|row| match (first + row) / decimals.len() % 2 {
        0 => decimals[(first + row) % decimals.len()],
        _ => Some(i128::from(number(row)) * 7_919 % 100_000 * 10_i128.pow(16)),
    });
    let prices = (0..ROWS)
        .map(|row| present(5, row).then(|| i128::from(number(row)) * 1999 - 10_000))
        .collect::<Decimal128Array>();
    let columns: Vec<ArrayRef> =
        vec![
            Arc::new(Int64Array::from_iter((0..ROWS).map(|row| match row {
                0 => Some(i64::MAX - number(row)),
                1 => Some(i64::MIN + number(row)),
                _ => present(0, row).then(|| (1 << 53) + 1 + number(row)),
            }))),
            Arc::new(StringArray::from_iter(CUSTOMERS)),
            Arc::new(StringArray::from_iter(
                (0..ROWS).map(|row| CITIES[(day + row) % CITIES.len()]),
            )),
            Arc::new(Int32Array::from_iter((0..ROWS).map(|row| {
                present(3, row).then(|| i32::try_from(row).unwrap_or(0) - 3)
            }))),
            Arc::new(
                amounts
                    .collect::<Decimal128Array>()
                    .with_precision_and_scale(38, 18)?,
            ),
            Arc::new(prices.with_precision_and_scale(10, 2)?),
            Arc::new(Float64Array::from_iter(
                (0..ROWS).map(|row| RATES[row % RATES.len()]),
            )),
            Arc::new(BooleanArray::from_iter(
                (0..ROWS).map(|row| present(7, row).then_some(row % 2 == 0)),
            )),
            // From 1969-12-31 on: days before the epoch are negative.
            Arc::new(Date32Array::from_iter((0..ROWS).map(|row| match row {
                0 => Some(-1),
                1 => Some(-719_162),
                _ => present(8, row).then(|| 20_454 + i32::try_from(first + row).unwrap_or(0)),
            }))),
            Arc::new(TimestampMillisecondArray::from_iter((0..ROWS).map(
                |row| match row {
                    0 => Some(-1),
                    _ => present(9, row).then(|| 1_767_225_599_999 + number(row) * 3_600_007),
                },
            ))),
            Arc::new(TimestampNanosecondArray::from_iter((0..ROWS).map(|row| {
                match row {
                    0 => Some(-1),
                    _ => present(10, row)
                        .then(|| 1_767_225_599_123_456_789 + number(row) * 1_000_000_007),
                }
            }))),
            tags(first),
            attributes(first)?,
            address(first)?,
        ];
    let fields = COLUMNS
        .iter()
        .zip(&columns)
        .map(|((name, ..), column)| Field::new(*name, column.data_type().clone(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    Ok(RecordBatch::try_new(schema, columns)?)
}

/// Lists of none to three texts, NULL lists and NULL elements.
fn tags(first: usize) -> ArrayRef {
    let mut lists = ListBuilder::new(StringBuilder::new());
    for row in 0..ROWS {
        for tag in ["新品", "折扣", "a,b"].iter().take(row % 4) {
            lists.values().append_option((row != 7).then_some(*tag));
        }
        lists.append(!(first + row).is_multiple_of(11));
    }
    Arc::new(lists.finish())
}

fn attributes(first: usize) -> Result<ArrayRef, Error> {
    // The names that the tunnel's schema has.
    let names = MapFieldNames {
        entry: "entries".to_owned(),
        key: "key".to_owned(),
        value: "value".to_owned(),
    };
    let mut maps = MapBuilder::new(Some(names), StringBuilder::new(), Int64Array::builder(ROWS));
    for row in 0..ROWS {
        for key in ["重量", "size"].iter().take(row % 3) {
            maps.keys().append_value(key);
            maps.values()
                .append_option((row != 5).then(|| i64::try_from(row).unwrap_or(0)));
        }
        maps.append(!(first + row).is_multiple_of(9))?;
    }
    Ok(Arc::new(maps.finish()))
}

fn address(first: usize) -> Result<ArrayRef, Error> {
    let streets = StringArray::from_iter(
        (0..ROWS).map(|row| (row % 5 != 4).then(|| format!("文一西路 {} 号", first + row))),
    );
    let codes = Int64Array::from_iter(
        (0..ROWS).map(|row| (row % 7 != 6).then(|| 310_000 + i64::try_from(row).unwrap_or(0))),
    );
    let fields = vec![
        Field::new("street", DataType::Utf8, true),
        Field::new("zip", DataType::Int64, true),
    ];
    let present = (0..ROWS)
        .map(|row| !(first + row).is_multiple_of(10))
        .collect::<Vec<_>>();
    let columns: Vec<ArrayRef> = vec![Arc::new(streets), Arc::new(codes)];
    Ok(Arc::new(StructArray::try_new(
        fields.into(),
        columns,
        Some(present.into()),
    )?))
}
