//! Times of the standard library and of pandas inside object cells.

use super::Walk;
use crate::v04::serialized::Value;
use crate::v04::serialized::pickle::{Call, Id, Node};
use std::sync::Arc;

const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

impl Walk<'_, '_> {
    /// A call of the module `datetime` or of pandas' time types; `None` when it is not understood.
    pub(super) fn time(&self, name: &str, call: &Call) -> Option<Value> {
        let args = self.tuple(call.args);
        match name {
            "datetime" => {
                let tz = args.get(1).and_then(|&tz| self.zone_name(tz));
                self.packed(*args.first()?)
                    .and_then(|bytes| datetime(bytes, tz))
            }
            "date" => self.packed(*args.first()?).and_then(date),
            "timedelta" => {
                let part = |at: usize| {
                    args.get(at)
                        .and_then(|&id| self.integer(id))
                        .map(i128::from)
                };
                let micros = part(1)? * 1_000_000 + part(2)?;
                Some(Value::Timedelta(part(0)? * DAY + micros * 1000))
            }
            "Timestamp" | "_unpickle_timestamp" => {
                let nanos = self.integer(*args.first()?)?;
                let tz = args.last().and_then(|&tz| self.zone_name(tz));
                Some(Value::Datetime(nanos.into(), tz))
            }
            "Timedelta" | "_timedelta_unpickle" => {
                let state = call
                    .state
                    .and_then(|state| self.tuple(state).first().copied());
                let nanos = self.integer(state.or(args.first().copied())?)?;
                Some(Value::Timedelta(nanos.into()))
            }
            "_nat_unpickle" | "__nat_unpickle" | "NaTType" => Some(Value::NaT),
            _ => None,
        }
    }

    fn packed(&self, id: Id) -> Option<&[u8]> {
        match self.pickle.node(id) {
            Node::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The name of a zone: `UTC`, or `Asia/Shanghai` of `pytz._p("Asia/Shanghai", …)`.
    pub(super) fn zone_name(&self, id: Id) -> Option<Arc<str>> {
        match self.pickle.node(id) {
            Node::Text(name) => Some(name.clone()),
            Node::Call(call) => match &**self.global(call.callable)? {
                "pytz _UTC" | "datetime timezone" | "dateutil.tz.tz tzutc" => Some("UTC".into()),
                "pytz _p" | "pytz.tzinfo _p" => self.text(*self.tuple(call.args).first()?).cloned(),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The ten bytes of a pickled `datetime.datetime`.
fn datetime(bytes: &[u8], tz: Option<Arc<str>>) -> Option<Value> {
    let &[high, low, month, day, hour, minute, second, a, b, c] = bytes else {
        return None;
    };
    let days = days(i64::from(u16::from_be_bytes([high, low])), month, day)?;
    let seconds = i128::from(hour) * 3600 + i128::from(minute) * 60 + i128::from(second);
    let micros = i128::from(u32::from_be_bytes([0, a, b, c]));
    let nanos = i128::from(days) * DAY + seconds * SECOND + micros * 1000;
    Some(Value::Datetime(nanos, tz))
}

/// The four bytes of a pickled `datetime.date`.
fn date(bytes: &[u8]) -> Option<Value> {
    let &[high, low, month, day] = bytes else {
        return None;
    };
    days(i64::from(u16::from_be_bytes([high, low])), month, day).map(Value::Date)
}

/// Days since 1970-01-01 of a Gregorian date.
fn days(year: i64, month: u8, day: u8) -> Option<i64> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (month, day) = (i64::from(month), i64::from(day));
    // March is month 0, so that the leap day is the last of its year.
    let (y, m) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    Some(y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468)
}

#[cfg(test)]
mod tests {
    use super::{Value, date, datetime};

    #[test]
    fn packed_times() {
        assert_eq!(date(&[0x07, 0xb2, 1, 1]), Some(Value::Date(0)));
        assert_eq!(date(&[0x07, 0xea, 11, 22]), Some(Value::Date(20_779)));
        assert_eq!(date(&[0, 0, 1, 1]), None);
        let moment = datetime(&[0x07, 0xb2, 1, 2, 0, 0, 1, 0, 0, 1], None);
        assert_eq!(moment, Some(Value::Datetime(86_401_000_001_000, None)));
    }
}
