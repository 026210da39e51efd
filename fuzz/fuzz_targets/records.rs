//! Records as clients upload them, for columns of every type that has a form there.
#![no_main]

use libfuzzer_sys::fuzz_target;
use odps::tunnel::records::Reader;
use odps::types::{Column, Type};

const TYPES: [&str; 22] = [
    "tinyint",
    "smallint",
    "int",
    "bigint",
    "float",
    "double",
    "boolean",
    "string",
    "char(3)",
    "varchar(7)",
    "binary",
    "date",
    "datetime",
    "timestamp",
    "timestamp_ntz",
    "decimal",
    "decimal(10,2)",
    "json",
    "interval_day_time",
    "interval_year_month",
    "array<map<string,struct<a:bigint,b:array<decimal(38,18)>>>>",
    "struct<x:string,y:timestamp>",
];

fuzz_target!(|data: &[u8]| {
    let Some((many, body)) = data.split_first() else {
        return;
    };
    let first = usize::from(many % 23);
    let kinds = match first {
        22 => &TYPES[..],
        one => &TYPES[one..=one],
    };
    let columns: Vec<Column> = kinds
        .iter()
        .enumerate()
        .map(|(at, kind)| Column::new(format!("c{at}"), Type::read(kind)))
        .collect();
    let Ok(mut reader) = Reader::new(body, &columns) else {
        return;
    };
    while let Ok(Some(batch)) = reader.next(64) {
        assert!(batch.num_rows() > 0 && batch.num_columns() == columns.len());
    }
});
