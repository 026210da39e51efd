//! pandas indexes.

use super::{Array, Categorical, Elements, Value};
use std::sync::Arc;

/// A pandas index.
#[derive(Clone, Debug, PartialEq)]
pub enum Index {
    /// `RangeIndex`
    Range {
        /// The first label.
        start: i64,
        /// The label after the last.
        stop: i64,
        /// The distance; never zero.
        step: i64,
        /// The name.
        name: Value,
    },
    /// An index over an array.
    Plain {
        /// The name of its class.
        class: Arc<str>,
        /// The labels; one axis.
        array: Arc<Array>,
        /// The zone of a `DatetimeIndex`.
        tz: Option<Arc<str>>,
        /// The frequency of a `DatetimeIndex`, as pandas abbreviates it.
        freq: Option<Arc<str>>,
        /// The name.
        name: Value,
    },
    /// `CategoricalIndex`
    Categorical {
        /// The labels.
        labels: Categorical,
        /// The name.
        name: Value,
    },
    /// `IntervalIndex`
    Interval {
        /// The lower ends.
        left: Arc<Index>,
        /// The upper ends.
        right: Arc<Index>,
        /// Which ends belong to the intervals.
        closed: Arc<str>,
        /// The name.
        name: Value,
    },
    /// `MultiIndex`
    Multi {
        /// The labels of every level.
        levels: Vec<Arc<Index>>,
        /// Per level, the position of each row's label; −1 is missing.
        codes: Vec<Vec<i64>>,
        /// The names of the levels.
        names: Vec<Value>,
    },
}

impl Index {
    /// How many labels there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Range {
                start, stop, step, ..
            } => {
                let (span, step) = (i128::from(*stop) - i128::from(*start), i128::from(*step));
                let count = if step == 0 {
                    0
                } else {
                    (span + step - step.signum()) / step
                };
                usize::try_from(count).unwrap_or(0)
            }
            Self::Plain { array, .. } => array.elements.len(),
            Self::Categorical { labels, .. } => labels.codes.len(),
            Self::Interval { left, .. } => left.len(),
            Self::Multi { codes, .. } => codes.first().map_or(0, Vec::len),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The names, one per level.
    pub fn names(&self) -> Vec<&Value> {
        match self {
            Self::Range { name, .. }
            | Self::Plain { name, .. }
            | Self::Categorical { name, .. }
            | Self::Interval { name, .. } => vec![name],
            Self::Multi { names, .. } => names.iter().collect(),
        }
    }

    /// The name of the class.
    pub fn class(&self) -> &str {
        match self {
            Self::Range { .. } => "RangeIndex",
            Self::Plain { class, .. } => class,
            Self::Categorical { .. } => "CategoricalIndex",
            Self::Interval { .. } => "IntervalIndex",
            Self::Multi { .. } => "MultiIndex",
        }
    }

    /// The name of the label's type, as pandas prints it.
    pub fn dtype_name(&self) -> String {
        match self {
            Self::Range { .. } => "int64".into(),
            Self::Plain { array, tz, .. } => match (tz, &array.elements) {
                (Some(tz), Elements::Datetime(unit, _)) => {
                    format!("datetime64[{}, {tz}]", unit.as_str())
                }
                (_, elements) => elements.dtype_name(),
            },
            Self::Categorical { .. } => "category".into(),
            Self::Interval { left, .. } => format!("interval[{}]", left.dtype_name()),
            Self::Multi { .. } => "object".into(),
        }
    }

    /// A label; of several levels, a tuple.
    pub fn value(&self, at: usize) -> Value {
        match self {
            Self::Range { start, step, .. } => {
                let label = i128::from(*start) + i128::from(*step) * at as i128;
                i64::try_from(label).map_or(Value::None, Value::Int)
            }
            Self::Plain { array, tz, .. } => array.value(at, tz.as_ref()),
            Self::Categorical { labels, .. } => labels.value(at),
            Self::Interval {
                left,
                right,
                closed,
                ..
            } => {
                let ends = (left.value(at), right.value(at));
                match ends {
                    (Value::None | Value::NaT, _) => Value::None,
                    ends => Value::Interval(Box::new(ends), closed.clone()),
                }
            }
            Self::Multi { levels, codes, .. } => {
                let label = |(level, codes): (&Arc<Index>, &Vec<i64>)| {
                    let code = codes.get(at).and_then(|&code| usize::try_from(code).ok());
                    code.map_or(Value::Float(f64::NAN), |code| level.value(code))
                };
                Value::Tuple(levels.iter().zip(codes).map(label).collect())
            }
        }
    }
}

impl Categorical {
    /// The value behind a code; a missing one is NaN, as pandas has it.
    pub fn value(&self, at: usize) -> Value {
        let code = self
            .codes
            .get(at)
            .and_then(|&code| usize::try_from(code).ok());
        code.map_or(Value::Float(f64::NAN), |code| self.categories.value(code))
    }
}

impl Array {
    /// An element, counted in C order; instants get the zone that the caller knows.
    pub fn value(&self, at: usize, tz: Option<&Arc<str>>) -> Value {
        self.elements.value(at, tz).unwrap_or(Value::None)
    }
}

impl Elements {
    /// An element as a Python value.
    pub(crate) fn value(&self, at: usize, tz: Option<&Arc<str>>) -> Option<Value> {
        Some(match self {
            Self::Bool(v) => Value::Bool(*v.get(at)?),
            Self::I8(v) => Value::Int((*v.get(at)?).into()),
            Self::I16(v) => Value::Int((*v.get(at)?).into()),
            Self::I32(v) => Value::Int((*v.get(at)?).into()),
            Self::I64(v) => Value::Int(*v.get(at)?),
            Self::U8(v) => Value::Int((*v.get(at)?).into()),
            Self::U16(v) => Value::Int((*v.get(at)?).into()),
            Self::U32(v) => Value::Int((*v.get(at)?).into()),
            Self::U64(v) => {
                let number = *v.get(at)?;
                i64::try_from(number)
                    .map_or_else(|_| Value::BigInt(number.to_string().into()), Value::Int)
            }
            Self::F16(v) => Value::Float(v.get(at)?.to_f64()),
            Self::F32(v) => Value::Float((*v.get(at)?).into()),
            Self::F64(v) => Value::Float(*v.get(at)?),
            Self::C64(v) => v
                .get(at)
                .map(|[re, im]| Value::Complex((*re).into(), (*im).into()))?,
            Self::C128(v) => v.get(at).map(|[re, im]| Value::Complex(*re, *im))?,
            Self::Datetime(unit, v) => match *v.get(at)? {
                i64::MIN => Value::NaT,
                ticks => Value::Datetime(i128::from(ticks) * unit.nanos(), tz.cloned()),
            },
            Self::Timedelta(unit, v) => match *v.get(at)? {
                i64::MIN => Value::NaT,
                ticks => Value::Timedelta(i128::from(ticks) * unit.nanos()),
            },
            Self::Text(_, v) => Value::Text(v.get(at)?.clone()),
            Self::Bytes(_, v) => Value::Bytes(v.get(at)?.clone()),
            Self::Object(v) => v.get(at)?.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Index, Value};

    #[test]
    fn lengths_of_ranges() {
        let len = |start, stop, step| {
            Index::Range {
                start,
                stop,
                step,
                name: Value::None,
            }
            .len()
        };
        assert_eq!(len(0, 10, 3), 4);
        assert_eq!(len(10, 0, -3), 4);
        assert_eq!(len(0, 0, 1), 0);
        assert_eq!(len(5, 0, 1), 0);
        assert_eq!(len(0, 1, i64::MIN), 0);
        assert_eq!(len(0, 1, 0), 0);
    }
}
