//! pandas: indexes, categoricals and intervals.

use super::Walk;
use crate::v04::serialized::pickle::{Call, Id, Node};
use crate::v04::serialized::{Categorical, Error, Index, Value, tagged};
use std::sync::Arc;

const WHAT: &str = "a pickled index";

fn malformed(detail: &str) -> Error {
    Error::malformed(WHAT, detail)
}

impl Walk<'_, '_> {
    /// `_new_Index(class, dict)` and `_new_DatetimeIndex(class, dict)`.
    pub(super) fn index(&mut self, call: &Call) -> Result<Option<Value>, Error> {
        let &[class, dict] = self.tuple(call.args) else {
            return Err(malformed("it is called otherwise"));
        };
        let class = self
            .global(class)
            .ok_or_else(|| malformed("it has no class"))?;
        let class: Arc<str> = class.rsplit(' ').next().unwrap_or_default().into();
        let name = match self.member(dict, "name") {
            Some(name) => self.value(name)?,
            None => Value::None,
        };
        let index = match &*class {
            "RangeIndex" => self.range(dict, name)?,
            "MultiIndex" => self.multi(dict)?,
            "CategoricalIndex" => {
                let data = self
                    .member(dict, "data")
                    .ok_or_else(|| malformed("no data"))?;
                match self.value(data)? {
                    Value::Categorical(labels) => Index::Categorical {
                        labels: *labels,
                        name,
                    },
                    _ => return Err(malformed("its data are no categorical")),
                }
            }
            _ => self.plain(class, dict, name)?,
        };
        Ok(Some(Value::Index(Arc::new(index))))
    }

    fn range(&mut self, dict: Id, name: Value) -> Result<Index, Error> {
        let end = |key| self.member(dict, key).and_then(|id| self.integer(id));
        match (end("start"), end("stop"), end("step")) {
            (Some(start), Some(stop), Some(step)) if step != 0 => Ok(Index::Range {
                start,
                stop,
                step,
                name,
            }),
            _ => Err(malformed("its ends are no integers")),
        }
    }

    fn plain(&mut self, class: Arc<str>, dict: Id, name: Value) -> Result<Index, Error> {
        let data = self
            .member(dict, "data")
            .ok_or_else(|| malformed("it has no data"))?;
        let tz = self.zone(dict, data)?;
        let freq = self.member(dict, "freq").and_then(|freq| self.freq(freq));
        // A DatetimeArray keeps its values one level down.
        let inner = ["DatetimeArray", "TimedeltaArray"]
            .iter()
            .find_map(|array| {
                let module = if *array == "DatetimeArray" {
                    "datetimes"
                } else {
                    "timedeltas"
                };
                let name = format!("pandas.core.arrays.{module} {array}");
                self.member(self.call_of(data, &name)?.state?, "_data")
            });
        let Value::Array(array) = self.value(inner.unwrap_or(data))? else {
            return Err(malformed("its data are no array"));
        };
        match array.shape.len() {
            1 => Ok(Index::Plain {
                class,
                array,
                tz,
                freq,
                name,
            }),
            _ => Err(malformed("its data have not one axis")),
        }
    }

    /// The zone of a `DatetimeIndex`, from the index or from its array's dtype.
    fn zone(&mut self, dict: Id, data: Id) -> Result<Option<Arc<str>>, Error> {
        if let Some(tz) = self.member(dict, "tz").and_then(|tz| self.zone_name(tz)) {
            return Ok(Some(tz));
        }
        let call = self.call_of(data, "pandas.core.arrays.datetimes DatetimeArray");
        let state = call.and_then(|call| call.state);
        let dtype = state.and_then(|state| self.member(state, "_dtype"));
        let dtype =
            dtype.and_then(|id| self.call_of(id, "pandas.core.dtypes.dtypes DatetimeTZDtype"));
        let state = dtype.and_then(|dtype| dtype.state);
        Ok(state
            .and_then(|state| self.member(state, "tz"))
            .and_then(|tz| self.zone_name(tz)))
    }

    /// `D` of `Day`, `3H` of `Hour(3)`.
    fn freq(&self, id: Id) -> Option<Arc<str>> {
        let Node::Call(call) = self.pickle.node(id) else {
            return None;
        };
        let class = self
            .global(call.callable)?
            .strip_prefix("pandas.tseries.offsets ")?;
        let short = match class {
            "Day" => "D",
            "Hour" => "H",
            "Minute" => "T",
            "Second" => "S",
            "Milli" => "L",
            "Micro" => "U",
            "Nano" => "N",
            "BusinessDay" => "B",
            "MonthEnd" => "M",
            "MonthBegin" => "MS",
            other => other,
        };
        let count = call.state.and_then(|state| self.member(state, "n"));
        match count.and_then(|count| self.integer(count)) {
            None | Some(1) => Some(short.into()),
            Some(count) => Some(format!("{count}{short}").into()),
        }
    }

    fn multi(&mut self, dict: Id) -> Result<Index, Error> {
        let part = |walk: &mut Self, key| match walk.member(dict, key) {
            Some(id) => walk.value(id),
            None => Err(malformed("a level is missing")),
        };
        let levels = part(self, "levels")?;
        let codes = part(self, "codes")?;
        let names = part(self, "names")?;
        let (Some(levels), Some(codes), Some(names)) =
            (levels.items(), codes.items(), names.items())
        else {
            return Err(malformed("its levels are no lists"));
        };
        if levels.len() != codes.len() || levels.len() != names.len() || levels.is_empty() {
            return Err(malformed("its levels, codes and names differ in number"));
        }
        let mut checked_levels = Vec::new();
        let mut checked_codes: Vec<Vec<i64>> = Vec::new();
        for (level, codes) in levels.iter().zip(codes) {
            let (Value::Index(level), Value::Array(codes)) = (level, codes) else {
                return Err(malformed("a level is no index"));
            };
            let codes = tagged::codes(&codes.elements, level.clone(), false)?.codes;
            if checked_codes
                .first()
                .is_some_and(|first| first.len() != codes.len())
            {
                return Err(malformed("its levels differ in length"));
            }
            checked_levels.push(level.clone());
            checked_codes.push(codes);
        }
        Ok(Index::Multi {
            levels: checked_levels,
            codes: checked_codes,
            names: names.to_vec(),
        })
    }

    /// `_new_IntervalIndex(class, dict)`.
    pub(super) fn interval_index(&mut self, call: &Call) -> Result<Option<Value>, Error> {
        let &[_, dict] = self.tuple(call.args) else {
            return Err(malformed("it is called otherwise"));
        };
        let part = |walk: &mut Self, key| match walk.member(dict, key) {
            Some(id) => walk.value(id),
            None => Ok(Value::None),
        };
        let (left, right) = (part(self, "left")?, part(self, "right")?);
        let (closed, name) = (part(self, "closed")?, part(self, "name")?);
        match (left, right, closed) {
            (Value::Index(left), Value::Index(right), Value::Text(closed))
                if left.len() == right.len() =>
            {
                let index = Index::Interval {
                    left,
                    right,
                    closed,
                    name,
                };
                Ok(Some(Value::Index(Arc::new(index))))
            }
            _ => Err(malformed("its ends do not fit")),
        }
    }

    /// `Interval(left, right, closed)`.
    pub(super) fn interval(&mut self, call: &Call) -> Result<Option<Value>, Error> {
        let args = self.tuple(call.args).to_vec();
        Ok(match self.values(&args)?.as_slice() {
            [left, right, Value::Text(closed)] => {
                let ends = Box::new((left.clone(), right.clone()));
                Some(Value::Interval(ends, closed.clone()))
            }
            _ => None,
        })
    }

    /// A `Categorical` made by its state: `_codes` and `_dtype` (`categories`, `ordered`).
    pub(super) fn categorical(&mut self, call: &Call) -> Result<Option<Value>, Error> {
        let missing =
            || Error::malformed("a pickled categorical", "it has no codes and categories");
        let state = call.state.ok_or_else(missing)?;
        let codes = self.member(state, "_codes").ok_or_else(missing)?;
        let dtype = self.member(state, "_dtype").ok_or_else(missing)?;
        let dtype = self.call_of(dtype, "pandas.core.dtypes.dtypes CategoricalDtype");
        let dtype = dtype.and_then(|dtype| dtype.state).ok_or_else(missing)?;
        let categories = self.member(dtype, "categories").ok_or_else(missing)?;
        let ordered = self
            .member(dtype, "ordered")
            .and_then(|id| self.integer(id))
            == Some(1);
        match (self.value(codes)?, self.value(categories)?) {
            (Value::Array(codes), Value::Index(categories)) => {
                let categorical: Categorical = tagged::codes(&codes.elements, categories, ordered)?;
                Ok(Some(Value::Categorical(Box::new(categorical))))
            }
            _ => Err(missing()),
        }
    }
}
