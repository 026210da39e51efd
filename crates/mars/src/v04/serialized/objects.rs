//! What the calls of a pickle mean: numpy arrays and scalars, pandas indexes, times, decimals.
//!
//! A call that is not known becomes [`Value::Opaque`] with its name.

mod indexes;
mod numpy;
mod times;

use super::budget::Budget;
use super::pickle::{Call, Id, Node, Pickle};
use super::{Error, Value};
use std::sync::Arc;

const WHAT: &str = "the pickle";
const DEPTH: usize = 100;

/// Reads a pickle into a value.
pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Value, Error> {
    let pickle = Pickle::read(bytes, budget)?;
    Walk {
        pickle: &pickle,
        budget,
        depth: 0,
    }
    .value(pickle.root)
}

/// A walk through the tree of a pickle.
struct Walk<'p, 'b> {
    pickle: &'p Pickle,
    budget: &'b mut Budget,
    depth: usize,
}

impl Walk<'_, '_> {
    fn value(&mut self, id: Id) -> Result<Value, Error> {
        self.budget.charge(size_of::<Value>())?;
        if self.depth >= DEPTH {
            return Err(Error::TooDeep { what: WHAT });
        }
        self.depth += 1;
        let pickle = self.pickle;
        let value = match pickle.node(id) {
            Node::None => Value::None,
            Node::Bool(value) => Value::Bool(*value),
            Node::Int(number) => Value::Int(*number),
            Node::BigInt(text) => Value::BigInt(text.clone()),
            Node::Float(number) => Value::Float(*number),
            Node::Text(text) => Value::Text(text.clone()),
            Node::Bytes(bytes) => Value::Bytes(bytes.clone()),
            Node::List(items) => Value::List(self.values(items)?),
            Node::Tuple(items) => Value::Tuple(self.values(items)?),
            Node::Set(items) => Value::Set(self.values(items)?),
            Node::Dict(pairs) => Value::Dict(self.pairs(pairs)?),
            Node::Global(name) => match &**name {
                "pandas._libs.tslibs.nattype NaT" => Value::NaT,
                _ => Value::Opaque(name.replace(' ', ".").into()),
            },
            Node::Call(call) => self.call(call)?,
        };
        self.depth -= 1;
        Ok(value)
    }

    fn values(&mut self, items: &[Id]) -> Result<Vec<Value>, Error> {
        items.iter().map(|&item| self.value(item)).collect()
    }

    fn pairs(&mut self, pairs: &[(Id, Id)]) -> Result<Vec<(Value, Value)>, Error> {
        pairs
            .iter()
            .map(|&(key, value)| Ok((self.value(key)?, self.value(value)?)))
            .collect()
    }

    /// The name of a global, or `None` of something else.
    fn global(&self, id: Id) -> Option<&Arc<str>> {
        match self.pickle.node(id) {
            Node::Global(name) => Some(name),
            _ => None,
        }
    }

    /// The items of a tuple.
    fn tuple(&self, id: Id) -> &[Id] {
        match self.pickle.node(id) {
            Node::Tuple(items) => items,
            _ => &[],
        }
    }

    /// The value under a text key of a dict.
    fn member(&self, dict: Id, name: &str) -> Option<Id> {
        let Node::Dict(pairs) = self.pickle.node(dict) else {
            return None;
        };
        let is_key = |id: Id| matches!(self.pickle.node(id), Node::Text(text) if &**text == name);
        pairs
            .iter()
            .find(|(key, _)| is_key(*key))
            .map(|(_, value)| *value)
    }

    fn text(&self, id: Id) -> Option<&Arc<str>> {
        match self.pickle.node(id) {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    fn integer(&self, id: Id) -> Option<i64> {
        match self.pickle.node(id) {
            Node::Int(number) => Some(*number),
            Node::Bool(value) => Some(i64::from(*value)),
            _ => None,
        }
    }

    /// The call that a node is, if its callable has this name.
    fn call_of(&self, id: Id, name: &str) -> Option<&Call> {
        match self.pickle.node(id) {
            Node::Call(call) if self.global(call.callable).is_some_and(|n| &**n == name) => {
                Some(call)
            }
            _ => None,
        }
    }

    fn call(&mut self, call: &Call) -> Result<Value, Error> {
        let Some(name) = self.global(call.callable).cloned() else {
            return Ok(Value::Opaque("an object of a computed class".into()));
        };
        let (_, short) = name.rsplit_once(' ').unwrap_or(("", &name));
        let known = match &*name {
            "numpy.core.multiarray _reconstruct" | "numpy._core.multiarray _reconstruct" => {
                self.array(call)?
            }
            "numpy.core.multiarray scalar" | "numpy._core.multiarray scalar" => {
                self.numpy_scalar(call)?
            }
            "pandas.core.arrays.categorical Categorical" => self.categorical(call)?,
            "pandas.core.indexes.base _new_Index" => self.index(call)?,
            "pandas.core.indexes.datetimes _new_DatetimeIndex" => self.index(call)?,
            "pandas.core.indexes.interval _new_IntervalIndex" => self.interval_index(call)?,
            "pandas._libs.interval Interval" => self.interval(call)?,
            "collections OrderedDict" | "collections defaultdict" => {
                Some(Value::Dict(self.pairs(&call.pairs)?))
            }
            "builtins set" | "builtins frozenset" | "__builtin__ set" => self.set(call)?,
            "builtins complex" | "__builtin__ complex" => self.complex(call)?,
            "decimal Decimal" => {
                let first = self.tuple(call.args).first();
                first
                    .and_then(|&id| self.text(id))
                    .map(|text| Value::Decimal(text.clone()))
            }
            name if name.starts_with("datetime ") || name.starts_with("pandas._libs.tslibs") => {
                self.time(short, call)
            }
            _ => None,
        };
        Ok(known.unwrap_or_else(|| Value::Opaque(name.replace(' ', ".").into())))
    }

    fn set(&mut self, call: &Call) -> Result<Option<Value>, Error> {
        let Some(&items) = self.tuple(call.args).first() else {
            return Ok(Some(Value::Set(Vec::new())));
        };
        Ok(match self.value(items)? {
            Value::List(items) | Value::Tuple(items) => Some(Value::Set(items)),
            _ => None,
        })
    }

    fn complex(&mut self, call: &Call) -> Result<Option<Value>, Error> {
        let args = self.tuple(call.args).to_vec();
        Ok(match self.values(&args)?.as_slice() {
            [Value::Float(re), Value::Float(im)] => Some(Value::Complex(*re, *im)),
            _ => None,
        })
    }
}
