//! Instants in zones of the real world.

#![expect(clippy::unwrap_used, reason = "what cannot be built is a failed test")]

use arrow::array::*;
use arrow::record_batch::RecordBatch;
use chrono::{Offset, TimeZone, Utc};
use frame::{Column, Compare, Condition, Rows, Table, Test, Zone};
use proptest::prelude::*;
use std::sync::Arc;

fn zone(name: &str) -> Zone {
    let zone: chrono_tz::Tz = name.parse().unwrap();
    Zone::new(move |seconds: i64| {
        let at = Utc.timestamp_opt(seconds, 0).single();
        at.map_or(0, |at| {
            zone.offset_from_utc_datetime(&at.naive_utc())
                .fix()
                .local_minus_utc()
        })
    })
}

fn table(badge: &str, array: ArrayRef, name: &str) -> Table {
    let batch = RecordBatch::try_from_iter([("c", array)]).unwrap();
    let column = Column {
        name: "c".into(),
        badge: badge.into(),
        index: false,
        interval: false,
    };
    let mut table = Table::with_columns(batch.schema(), vec![column]).unwrap();
    table.append(batch).unwrap();
    table.set_zone(Some(zone(name)));
    table
}

fn seconds(values: Vec<i64>) -> ArrayRef {
    Arc::new(TimestampSecondArray::from(values))
}

fn text(table: &Table, row: u64) -> String {
    table.cell(row, 0, 100).unwrap().text
}

#[test]
fn only_instants_are_shifted() {
    let nanos: ArrayRef = Arc::new(TimestampNanosecondArray::from(vec![
        1_700_000_000_123_456_789,
    ]));
    let shown = |badge: &str, name| text(&table(badge, Arc::clone(&nanos), name), 0);
    assert_eq!(
        shown("timestamp", "Asia/Shanghai"),
        "2023-11-15 06:13:20.123456789"
    );
    assert_eq!(
        shown("datetime", "Asia/Kolkata"),
        "2023-11-15 03:43:20.123456789"
    );
    for badge in ["timestamp_ntz", "timestamp[ns]", "datetime64[ns]"] {
        assert_eq!(
            shown(badge, "Asia/Shanghai"),
            "2023-11-14 22:13:20.123456789",
            "{badge}"
        );
    }
    let zoned = TimestampSecondArray::from(vec![0]).with_timezone("+08:00");
    let zoned = table("timestamp[s, +08:00]", Arc::new(zoned), "America/New_York");
    assert_eq!(text(&zoned, 0), "1969-12-31 19:00:00-05:00");
    let date = table(
        "date",
        Arc::new(Date32Array::from(vec![0])),
        "America/New_York",
    );
    assert_eq!(text(&date, 0), "1970-01-01");
}

#[test]
fn the_hour_that_comes_twice_is_told_apart() {
    // 2026-11-01 in New York: 01:30 at 05:30 and at 06:30 UTC.
    let first = 1_793_511_000;
    let table = table(
        "datetime",
        seconds(vec![first, first + 3600]),
        "America/New_York",
    );
    assert_eq!(text(&table, 0), "2026-11-01 01:30:00");
    assert_eq!(text(&table, 1), "2026-11-01 01:30:00-05:00");
    for row in 0..2 {
        let test = Test::Compare {
            op: Compare::Eq,
            value: text(&table, row),
        };
        let kept = table
            .select(&[Condition { column: 0, test }], 0, 9)
            .unwrap()
            .rows;
        assert_eq!(kept, [row as u32]);
    }
}

#[test]
fn the_hour_that_is_left_out_is_read_as_if_it_were_not() {
    // 2026-03-08 02:30 does not exist in New York: as EST it is 07:30 UTC.
    let table = table(
        "timestamp",
        seconds(vec![1_772_955_000]),
        "America/New_York",
    );
    let test = Test::Compare {
        op: Compare::Eq,
        value: "2026-03-08 02:30:00".into(),
    };
    let kept = table
        .select(&[Condition { column: 0, test }], 0, 9)
        .unwrap()
        .rows;
    assert_eq!(kept, [0]);
    assert_eq!(text(&table, 0), "2026-03-08 03:30:00");
}

proptest! {
    #[test]
    fn what_is_shown_is_read_back(at in -5_000_000_000i64..5_000_000_000, which in 0usize..4) {
        let name = ["Asia/Shanghai", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"][which];
        let table = table("timestamp", seconds(vec![at, at + 1]), name);
        let low = table.profile(&Rows::All, 0).unwrap().min.unwrap();
        let test = Test::Between { low: low.clone(), high: low };
        prop_assert_eq!(table.select(&[Condition { column: 0, test }], 0, 9).unwrap().rows, [0]);
    }
}
