//! Arithmetic over the parts of a time: `DATEADD`, `DATEDIFF`, `DATETRUNC` and their like.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use super::super::scalar::Call;
use super::super::strings::{at, number};
use super::{moments, read};
use crate::error::SqlError;

/// A part of a time by one of its names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Milli,
}

fn unit(name: &str) -> Result<Unit, SqlError> {
    Ok(match name.to_lowercase().as_str() {
        "year" | "yyyy" => Unit::Year,
        "quarter" | "q" => Unit::Quarter,
        "month" | "mm" | "mon" => Unit::Month,
        "week" | "w" => Unit::Week,
        "day" | "dd" => Unit::Day,
        "hour" | "hh" => Unit::Hour,
        "minute" | "mi" => Unit::Minute,
        "second" | "ss" => Unit::Second,
        "millisecond" | "ff3" => Unit::Milli,
        other => {
            return Err(SqlError::argument(format_args!(
                "invalid date part '{other}'"
            )));
        }
    })
}

fn units(call: &Call<'_>, arg: usize) -> Result<Vec<Option<Unit>>, SqlError> {
    (0..call.rows)
        .map(|row| at(call, arg, row).map(unit).transpose())
        .collect()
}

fn months(time: NaiveDateTime, count: i64) -> Option<NaiveDateTime> {
    let size = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
    match count >= 0 {
        true => time.checked_add_months(size),
        false => time.checked_sub_months(size),
    }
}

fn plus_days(time: NaiveDateTime, count: i64) -> Option<NaiveDateTime> {
    let size = Days::new(count.unsigned_abs());
    match count >= 0 {
        true => time.checked_add_days(size),
        false => time.checked_sub_days(size),
    }
}

fn plus(time: NaiveDateTime, count: i64, unit: Unit) -> Option<NaiveDateTime> {
    let delta = match unit {
        Unit::Year => return months(time, count.checked_mul(12)?),
        Unit::Quarter => return months(time, count.checked_mul(3)?),
        Unit::Month => return months(time, count),
        Unit::Week => return plus_days(time, count.checked_mul(7)?),
        Unit::Day => return plus_days(time, count),
        Unit::Hour => TimeDelta::try_hours(count)?,
        Unit::Minute => TimeDelta::try_minutes(count)?,
        Unit::Second => TimeDelta::try_seconds(count)?,
        Unit::Milli => TimeDelta::try_milliseconds(count)?,
    };
    time.checked_add_signed(delta)
}

pub(super) fn dateadd(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let units = units(call, 2)?;
    moments(call, |row, time| {
        plus(time, number(call, 1, row)?, units[row]?)
    })
}

pub(super) fn shift(call: &Call<'_>, sign: i64) -> Result<ArrayRef, SqlError> {
    moments(call, |row, time| {
        plus_days(time, sign * number(call, 1, row)?)
    })
}

pub(super) fn add_months(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    moments(call, |row, time| months(time, number(call, 1, row)?))
}

fn trunc(time: NaiveDateTime, unit: Unit) -> Option<NaiveDateTime> {
    let date = time.date();
    let day = |date: NaiveDate| date.and_hms_opt(0, 0, 0);
    match unit {
        Unit::Year => day(NaiveDate::from_ymd_opt(date.year(), 1, 1)?),
        Unit::Quarter => day(date.with_day(1)?.with_month(date.month0() / 3 * 3 + 1)?),
        Unit::Month => day(date.with_day(1)?),
        Unit::Week => {
            let back = u64::from(date.weekday().num_days_from_monday());
            day(date.checked_sub_days(Days::new(back))?)
        }
        Unit::Day => day(date),
        Unit::Hour => date.and_hms_opt(time.hour(), 0, 0),
        Unit::Minute => date.and_hms_opt(time.hour(), time.minute(), 0),
        Unit::Second => time.with_nanosecond(0),
        Unit::Milli => time.with_nanosecond(time.nanosecond() / 1_000_000 * 1_000_000),
    }
}

pub(super) fn datetrunc(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let units = units(call, 1)?;
    moments(call, |row, time| trunc(time, units[row]?))
}

/// How often the part's border is crossed from the second time to the first.
pub(super) fn datediff(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let units = match call.args.len() {
        2 => vec![Some(Unit::Day); call.rows],
        _ => units(call, 2)?,
    };
    let (to, from) = (read(call, 0)?, read(call, 1)?);
    let between = |row: usize| {
        let unit = units[row]?;
        let (to, from) = (trunc(to[row]?, unit)?, trunc(from[row]?, unit)?);
        let months = || {
            let count = |time: NaiveDateTime| i64::from(time.year()) * 12 + i64::from(time.month());
            count(to) - count(from)
        };
        let delta = to - from;
        Some(match unit {
            Unit::Year => months() / 12,
            Unit::Quarter => months() / 3,
            Unit::Month => months(),
            Unit::Week => delta.num_days() / 7,
            Unit::Day => delta.num_days(),
            Unit::Hour => delta.num_hours(),
            Unit::Minute => delta.num_minutes(),
            Unit::Second => delta.num_seconds(),
            Unit::Milli => delta.num_milliseconds(),
        })
    };
    Ok(Arc::new(
        (0..call.rows).map(between).collect::<Int64Array>(),
    ))
}

pub(super) fn datepart(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let units = units(call, 1)?;
    let times = read(call, 0)?;
    let parts = (0..call.rows).map(|row| {
        let time = times[row]?;
        Some(match units[row]? {
            Unit::Year => i64::from(time.year()),
            Unit::Quarter => i64::from(time.month0() / 3 + 1),
            Unit::Month => time.month().into(),
            Unit::Week => time.iso_week().week().into(),
            Unit::Day => time.day().into(),
            Unit::Hour => time.hour().into(),
            Unit::Minute => time.minute().into(),
            Unit::Second => time.second().into(),
            Unit::Milli => i64::from(time.nanosecond() / 1_000_000),
        })
    });
    Ok(Arc::new(parts.collect::<Int64Array>()))
}
