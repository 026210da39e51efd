//! Functions over dates and times. Their formats are MaxCompute's: `yyyy-mm-dd hh:mi:ss`.

mod format;
mod units;

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, TimestampMillisecondArray};
use arrow::datatypes::TimestampMillisecondType;
use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, Timelike, Weekday};
use odps::types::{Column, Type};

use super::scalar::{Call, Function, Gives, Param};
use super::strings::{at, each, number};
use crate::convert::{Bad, convert, from_local, is_text, local};
use crate::error::SqlError;
use crate::types::storage_field;

use Param::{Any, Bigint, Date, Datetime, Text};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("getdate", &[], Gives::Datetime, now).volatile(),
    Function::new("now", &[], Gives::Datetime, now).volatile(),
    Function::new("current_timestamp", &[], Gives::By(timestamp), now).volatile(),
    Function::new("current_date", &[], Gives::Date, now).volatile(),
    Function::new("unix_timestamp", &[Any], Gives::Bigint, unix_timestamp)
        .least(0)
        .volatile(),
    Function::new(
        "from_unixtime",
        &[Bigint, Text],
        Gives::By(formatted),
        from_unixtime,
    )
    .least(1),
    Function::new("to_date", &[Any, Text], Gives::By(to_date_kind), to_date).least(1),
    Function::new("date", &[Any], Gives::Date, |c| only(c, Type::Date)),
    Function::new("datetime", &[Any], Gives::Datetime, |c| {
        only(c, Type::Datetime)
    }),
    Function::new("timestamp", &[Any], Gives::By(timestamp), |c| {
        only(c, Type::Timestamp)
    }),
    Function::new("date_format", &[Any, Text], Gives::Text, date_format),
    Function::new(
        "dateadd",
        &[Any, Bigint, Text],
        Gives::By(time_kind),
        units::dateadd,
    ),
    Function::new("date_add", &[Any, Bigint], Gives::By(time_kind), |c| {
        units::shift(c, 1)
    }),
    Function::new("date_sub", &[Any, Bigint], Gives::By(time_kind), |c| {
        units::shift(c, -1)
    }),
    Function::new(
        "add_months",
        &[Any, Bigint],
        Gives::By(time_kind),
        units::add_months,
    ),
    Function::new(
        "datediff",
        &[Datetime, Datetime, Text],
        Gives::Bigint,
        units::datediff,
    )
    .least(2),
    Function::new(
        "datepart",
        &[Datetime, Text],
        Gives::Bigint,
        units::datepart,
    ),
    Function::new(
        "datetrunc",
        &[Any, Text],
        Gives::By(time_kind),
        units::datetrunc,
    )
    .aliases(&["date_trunc"]),
    Function::new("isdate", &[Text, Text], Gives::Bool, isdate),
    Function::new("weekday", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| i64::from(t.weekday().num_days_from_monday()))
    }),
    Function::new("dayofweek", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| i64::from(t.weekday().num_days_from_sunday()) + 1)
    }),
    Function::new("dayofyear", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| t.ordinal().into())
    }),
    Function::new("weekofyear", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| t.iso_week().week().into())
    }),
    Function::new("year", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| t.year().into())
    }),
    Function::new("quarter", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| i64::from(t.month0() / 3 + 1))
    }),
    Function::new("month", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| t.month().into())
    }),
    Function::new("day", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| t.day().into())
    })
    .aliases(&["dayofmonth"]),
    Function::new("hour", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| t.hour().into())
    }),
    Function::new("minute", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| t.minute().into())
    }),
    Function::new("second", &[Datetime], Gives::Bigint, |c| {
        part(c, |t| t.second().into())
    }),
    Function::new("lastday", &[Datetime], Gives::Datetime, |c| {
        moments(c, |_, t| {
            last_day(t.date()).and_then(|day| day.and_hms_opt(0, 0, 0))
        })
    }),
    Function::new("last_day", &[Date], Gives::Date, |c| {
        days(c, |_, date| last_day(date))
    }),
    Function::new("next_day", &[Date, Text], Gives::Date, |c| {
        days(c, |row, date| next_day(date, at(c, 1, row)?))
    }),
    Function::new(
        "months_between",
        &[Datetime, Datetime],
        Gives::Double,
        months_between,
    ),
];

fn timestamp(_: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(Type::Timestamp)
}

/// A date stays a date; text is read as a datetime.
fn time_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    match types.first() {
        Some(kind @ (Type::Date | Type::Timestamp | Type::TimestampNtz)) => Ok(kind.clone()),
        Some(kind) if *kind == Type::Datetime || is_text(kind) => Ok(Type::Datetime),
        other => Err(SqlError::semantic(format_args!(
            "a date or time is expected, but it is {}",
            other.map_or_else(String::new, ToString::to_string)
        ))),
    }
}

fn formatted(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(if types.len() == 2 {
        Type::String
    } else {
        Type::Datetime
    })
}

fn to_date_kind(types: &[Type], _: &[Option<String>]) -> Result<Type, SqlError> {
    Ok(if types.len() == 2 {
        Type::Datetime
    } else {
        Type::Date
    })
}

/// Local times as the type that the call gives.
fn give(call: &Call<'_>, times: Vec<Option<NaiveDateTime>>) -> Result<ArrayRef, SqlError> {
    let millis: TimestampMillisecondArray = times
        .into_iter()
        .map(|time| time.and_then(|time| from_local(time, call.zone)))
        .collect();
    let array: ArrayRef = Arc::new(millis);
    let field = storage_field(&Column::new("", Type::Datetime))?;
    convert(&array, &field, &call.kind, &call.way(Bad::Error))
}

/// The argument as local times.
fn read(call: &Call<'_>, arg: usize) -> Result<Vec<Option<NaiveDateTime>>, SqlError> {
    let array = convert(
        &call.args[arg],
        &plain_field(call, arg)?,
        &Type::Datetime,
        &call.way(Bad::Error),
    )?;
    let millis = array.as_primitive::<TimestampMillisecondType>().iter();
    Ok(millis
        .map(|value| value.and_then(|value| local(value, call.zone)))
        .collect())
}

/// What an argument is now, after its conversion.
fn plain_field(call: &Call<'_>, arg: usize) -> Result<arrow::datatypes::Field, SqlError> {
    let kind = call.args[arg].data_type();
    let field = call.fields[arg].as_ref();
    match field.data_type() == kind {
        true => Ok(field.clone()),
        false => Ok(arrow::datatypes::Field::new("", kind.clone(), true)),
    }
}

fn only(call: &Call<'_>, kind: Type) -> Result<ArrayRef, SqlError> {
    convert(
        &call.args[0],
        &plain_field(call, 0)?,
        &kind,
        &call.way(Bad::Error),
    )
}

fn part(call: &Call<'_>, make: impl Fn(NaiveDateTime) -> i64) -> Result<ArrayRef, SqlError> {
    let times = read(call, 0)?.into_iter();
    Ok(Arc::new(
        times.map(|time| time.map(&make)).collect::<Int64Array>(),
    ))
}

fn moments(
    call: &Call<'_>,
    make: impl Fn(usize, NaiveDateTime) -> Option<NaiveDateTime>,
) -> Result<ArrayRef, SqlError> {
    let times = read(call, 0)?.into_iter().enumerate();
    give(call, times.map(|(row, time)| make(row, time?)).collect())
}

fn days(
    call: &Call<'_>,
    make: impl Fn(usize, NaiveDate) -> Option<NaiveDate>,
) -> Result<ArrayRef, SqlError> {
    moments(call, |row, time| {
        make(row, time.date())?.and_hms_opt(0, 0, 0)
    })
}

/// The clock of the machine, once for each batch.
fn clock() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

fn now(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let whole = if call.kind == Type::Timestamp {
        1
    } else {
        1000
    };
    let time = local(clock() / whole * whole, call.zone);
    give(call, vec![time; call.rows])
}

fn unix_timestamp(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    if call.args.is_empty() {
        return Ok(Arc::new(Int64Array::from(vec![clock() / 1000; call.rows])));
    }
    let times = read(call, 0)?.into_iter();
    let seconds = times.map(|time| Some(from_local(time?, call.zone)?.div_euclid(1000)));
    Ok(Arc::new(seconds.collect::<Int64Array>()))
}

fn from_unixtime(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let time = |row| {
        let seconds = number(call, 0, row)?;
        local(seconds.checked_mul(1000)?, call.zone)
    };
    if call.kind == Type::Datetime {
        return give(call, (0..call.rows).map(time).collect());
    }
    each(call, |row| {
        Ok(time(row)
            .zip(at(call, 1, row))
            .map(|(time, pattern)| format::java(time, pattern)))
    })
}

fn to_date(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    if call.args.len() == 1 {
        return only(call, Type::Date);
    }
    let text = convert(
        &call.args[0],
        &plain_field(call, 0)?,
        &Type::String,
        &call.way(Bad::Error),
    )?;
    let text = text.as_string::<i32>();
    let mut times = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let both = text
            .is_valid(row)
            .then(|| text.value(row))
            .zip(at(call, 1, row));
        times.push(match both {
            None => None,
            Some((text, pattern)) => Some(format::parse(text, pattern).ok_or_else(|| {
                SqlError::argument(format_args!(
                    "in function to_date, string datetime's format must be {pattern}, input \
                     string is:{text}"
                ))
            })?),
        });
    }
    give(call, times)
}

fn isdate(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let tests = (0..call.rows).map(|row| {
        let (text, pattern) = at(call, 0, row).zip(at(call, 1, row))?;
        Some(format::parse(text, pattern).is_some())
    });
    Ok(Arc::new(tests.collect::<arrow::array::BooleanArray>()))
}

/// A time with a format, or any value as `CAST … AS STRING` has it.
pub(super) fn to_char(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    if call.args.len() == 1 {
        return convert(
            &call.args[0],
            &plain_field(call, 0)?,
            &Type::String,
            &call.way(Bad::Error),
        );
    }
    let times = read(call, 0)?;
    each(call, |row| {
        Ok(times[row]
            .zip(at(call, 1, row))
            .map(|(time, pattern)| format::odps(time, pattern)))
    })
}

fn date_format(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let times = read(call, 0)?;
    each(call, |row| {
        Ok(times[row]
            .zip(at(call, 1, row))
            .map(|(time, pattern)| format::java(time, pattern)))
    })
}

fn last_day(date: NaiveDate) -> Option<NaiveDate> {
    date.with_day(1)?
        .checked_add_months(Months::new(1))?
        .pred_opt()
}

fn next_day(date: NaiveDate, name: &str) -> Option<NaiveDate> {
    let name = name.to_lowercase();
    let wanted = (0..7)
        .filter_map(|day| Weekday::try_from(day).ok())
        .find(|day| {
            name.len() >= 2
                && day
                    .to_string()
                    .to_lowercase()
                    .starts_with(name.get(..3).unwrap_or(&name))
        })?;
    date.iter_days()
        .skip(1)
        .take(7)
        .find(|day| day.weekday() == wanted)
}

fn months_between(call: &Call<'_>) -> Result<ArrayRef, SqlError> {
    let (a, b) = (read(call, 0)?, read(call, 1)?);
    let between = |row: usize| {
        let (a, b) = (a[row]?, b[row]?);
        let whole = (a.year() - b.year()) * 12 + i32::try_from(a.month()).ok()?
            - i32::try_from(b.month()).ok()?;
        let ends = last_day(a.date())? == a.date() && last_day(b.date())? == b.date();
        if a.day() == b.day() || ends {
            return Some(f64::from(whole));
        }
        let seconds = |time: NaiveDateTime| {
            f64::from(time.day()) * 86_400.0 + f64::from(time.num_seconds_from_midnight())
        };
        let rest = (seconds(a) - seconds(b)) / (31.0 * 86_400.0);
        Some(((f64::from(whole) + rest) * 1e8).round() / 1e8)
    };
    let values = (0..call.rows).map(between);
    Ok(Arc::new(values.collect::<arrow::array::Float64Array>()))
}
