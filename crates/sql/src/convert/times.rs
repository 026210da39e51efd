//! Dates and times. A DATETIME and a TIMESTAMP are instants: their text is in the session's zone. A
//! TIMESTAMP_NTZ and a DATE have no zone.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, Date32Array, TimestampMillisecondArray, TimestampNanosecondArray,
};
use arrow::datatypes::{
    DataType, Date32Type, TimeUnit, TimestampMillisecondType, TimestampNanosecondType,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use odps::types::Type;

use super::{Way, impossible, is_text};
use crate::error::SqlError;

/// Days from the first of January of the year 1 to the epoch.
const EPOCH_DAYS: i32 = 719_163;
const NANOS: i64 = 1_000_000;

pub(super) fn convert(
    array: &ArrayRef,
    source: &Type,
    to: &Type,
    way: &Way<'_>,
) -> Result<ArrayRef, SqlError> {
    let mut times = Vec::with_capacity(array.len());
    if is_text(source) {
        for text in array.as_string::<i32>() {
            times.push(match text {
                None => None,
                Some(text) => match parse(text, to) {
                    Some(time) => Some(time),
                    None => way.miss(text, "STRING", to)?,
                },
            });
        }
    } else {
        if !matches!(
            source,
            Type::Date | Type::Datetime | Type::Timestamp | Type::TimestampNtz
        ) {
            return Err(impossible(source, to));
        }
        times.extend((0..array.len()).map(|at| naive(array, at, source, way.zone)));
    }
    build(&times, to, way.zone)
}

fn parse(text: &str, to: &Type) -> Option<NaiveDateTime> {
    match to {
        Type::Date => parse_date(text).map(|date| date.and_time(NaiveTime::MIN)),
        Type::Datetime => parse_datetime(text),
        _ => parse_timestamp(text),
    }
}

/// The local time of a value.
fn naive(array: &ArrayRef, at: usize, source: &Type, zone: Tz) -> Option<NaiveDateTime> {
    if array.is_null(at) {
        return None;
    }
    match array.data_type() {
        DataType::Date32 => days(array.as_primitive::<Date32Type>().value(at))
            .map(|date| date.and_time(NaiveTime::MIN)),
        DataType::Timestamp(TimeUnit::Millisecond, _) => local(
            array.as_primitive::<TimestampMillisecondType>().value(at),
            zone,
        ),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            let nanos = array.as_primitive::<TimestampNanosecondType>().value(at);
            let utc = DateTime::from_timestamp_nanos(nanos);
            Some(match source {
                Type::TimestampNtz => utc.naive_utc(),
                _ => utc.with_timezone(&zone).naive_local(),
            })
        }
        _ => None,
    }
}

fn build(times: &[Option<NaiveDateTime>], to: &Type, zone: Tz) -> Result<ArrayRef, SqlError> {
    Ok(match to {
        Type::Date => {
            let days = times
                .iter()
                .map(|time| time.map(|time| time.num_days_from_ce() - EPOCH_DAYS));
            Arc::new(days.collect::<Date32Array>())
        }
        Type::Datetime => {
            let millis = times
                .iter()
                .map(|time| time.and_then(|time| from_local(time, zone)));
            Arc::new(millis.collect::<TimestampMillisecondArray>())
        }
        other => {
            let zone = match other {
                Type::TimestampNtz => chrono_tz::UTC,
                _ => zone,
            };
            let nanos = times.iter().map(|time| {
                let time = (*time)?;
                let instant = from_local(time, zone)?;
                let rest = i64::from(time.and_utc().timestamp_subsec_nanos()) % NANOS;
                instant.checked_mul(NANOS)?.checked_add(rest)
            });
            Arc::new(nanos.collect::<TimestampNanosecondArray>())
        }
    })
}

/// The date of a number of days after the epoch.
pub(crate) fn days(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(EPOCH_DAYS)?)
}

/// The local time of an instant in epoch milliseconds.
pub(crate) fn local(millis: i64, zone: Tz) -> Option<NaiveDateTime> {
    let utc = DateTime::from_timestamp_millis(millis)?;
    Some(utc.with_timezone(&zone).naive_local())
}

/// The instant of a local time, in epoch milliseconds. A time that a clock skipped is the one an hour
/// later; of two the first is meant.
pub(crate) fn from_local(time: NaiveDateTime, zone: Tz) -> Option<i64> {
    let found = zone.from_local_datetime(&time).earliest();
    let found = found.or_else(|| {
        zone.from_local_datetime(&(time + TimeDelta::hours(1)))
            .earliest()
    });
    found.map(|time| time.timestamp_millis())
}

/// `2020-01-02`, also with a time behind it.
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let date = text.split([' ', 'T']).next()?;
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    (date.year() >= 0).then_some(date)
}

/// `2020-01-02 03:04:05`, also without the time and with a fraction of the second.
pub(crate) fn parse_datetime(text: &str) -> Option<NaiveDateTime> {
    parse_timestamp(text)
}

/// `2020-01-02 03:04:05.123456789`
pub(crate) fn parse_timestamp(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    let full = [
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
    ];
    full.iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| {
            let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            Some(date.and_time(NaiveTime::MIN))
        })
}

pub(crate) fn date_text(number: i32) -> String {
    days(number).map_or_else(String::new, |date| date.format("%Y-%m-%d").to_string())
}

pub(crate) fn datetime_text(millis: i64, zone: Tz) -> String {
    local(millis, zone).map_or_else(String::new, |time| {
        time.format("%Y-%m-%d %H:%M:%S").to_string()
    })
}

/// With as many digits of the second's fraction as are not zero.
pub(crate) fn timestamp_text(nanos: i64, zone: Tz) -> String {
    let time = DateTime::from_timestamp_nanos(nanos).with_timezone(&zone);
    let text = time.format("%Y-%m-%d %H:%M:%S%.9f").to_string();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
