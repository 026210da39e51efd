//! `x.name`: parts of modules, facts of nodes, columns, and methods that wait for their call.

use mars::v04::graph::{Kind, Label, Node};

use super::convert::located;
use super::modules::Module;
use super::value::Value;
use super::{Lowering, Lowers};
use crate::absent::instead;
use crate::error::{Error, ErrorKind};
use crate::operators::Owner;
use crate::span::Span;
use crate::suggest::nearest;

impl Lowering<'_> {
    pub(super) fn attribute(&mut self, of: Value, name: &str, at: Span) -> Lowers<Value> {
        match of {
            Value::Module(Module::Client) if name == "endpoint" => {
                Ok(Value::from(self.project.endpoint.as_str()))
            }
            Value::Module(module) => module
                .get(name)
                .ok_or_else(|| unknown(module.usual_name(), name, module.names(), at)),
            Value::Node(node) => self.node_attribute(node, name, at),
            Value::Groups(groups) => {
                let value = Value::Groups(groups);
                let known = Owner::GroupBy.names().collect();
                method(value, Owner::GroupBy, name)
                    .ok_or_else(|| unknown("groupby", name, known, at))
            }
            Value::Table(_) => {
                let known = Owner::Table.names().collect();
                method(of, Owner::Table, name).ok_or_else(|| unknown("table", name, known, at))
            }
            Value::Rolling(..) => {
                let known = Owner::Rolling.names().collect();
                method(of, Owner::Rolling, name).ok_or_else(|| unknown("rolling", name, known, at))
            }
            Value::Accessor(node, Owner::Dt) => {
                if !PARTS.contains(&name) {
                    return Err(unknown("dt", name, PARTS.to_vec(), at));
                }
                let part = self.graph.time_part(&node, name);
                part.map(Value::Node)
                    .map_err(|error| located(error, at, None))
            }
            Value::Accessor(node, owner) => {
                let known = owner.names().collect();
                method(Value::Node(node), owner, name)
                    .ok_or_else(|| unknown(owner.shown(), name, known, at))
            }
            other => {
                let kind = ErrorKind::BadOperand {
                    operator: format!(".{name}"),
                    value: other.describe(),
                };
                Err(Error::new(at, kind))
            }
        }
    }

    fn node_attribute(&mut self, node: Node, name: &str, at: Span) -> Lowers<Value> {
        match (node.kind(), name) {
            (Kind::Tensor, "T") => {
                let turned = self.graph.transpose(&node, None);
                return turned
                    .map(Value::Node)
                    .map_err(|error| located(error, at, None));
            }
            (_, "shape") => return shape(&node, at),
            (_, "ndim") => return whole(node.ndim(), at),
            (_, "size") => {
                let size = known(&node, at)?
                    .iter()
                    .try_fold(1_i64, |size, l| size.checked_mul(*l));
                return size.map(Value::from).ok_or_else(|| no_value("size", at));
            }
            (Kind::Tensor | Kind::Series, "dtype") => {
                return node
                    .dtype()
                    .cloned()
                    .map(Value::Dtype)
                    .ok_or_else(|| no_value("dtype", at));
            }
            (Kind::Series, "str") => return Ok(Value::Accessor(node, Owner::Str)),
            (Kind::Series, "dt") => return Ok(Value::Accessor(node, Owner::Dt)),
            (Kind::DataFrame | Kind::Series, "iloc") => return Ok(Value::Iloc(node)),
            (Kind::DataFrame | Kind::Series, "iat") => return Ok(Value::Iloc(node)),
            (Kind::DataFrame | Kind::Series, "loc" | "at") => return Ok(Value::Loc(node)),
            _ => {}
        }
        let owner = Owner::of(node.kind());
        if let Some(found) = method(Value::Node(node.clone()), owner, name) {
            return Ok(found);
        }
        let label = Label::Text(name.to_owned());
        if node.columns().iter().any(|column| column.label == label) {
            let column = self.graph.column(&node, &label);
            return column
                .map(Value::Node)
                .map_err(|error| located(error, at, Some(&node)));
        }
        if let Some(instead) = instead(node.kind(), name) {
            let kind = ErrorKind::NotInEngine {
                owner: node.kind().as_str(),
                name: name.to_owned(),
                instead,
            };
            return Err(Error::new(at, kind));
        }
        let labels: Vec<String> = node.columns().iter().map(|c| c.label.to_string()).collect();
        let mut known: Vec<&str> = owner.names().collect();
        known.extend(labels.iter().map(String::as_str));
        Err(unknown(node.kind().as_str(), name, known, at))
    }
}

/// What `series.dt` has.
pub(crate) const PARTS: &[&str] = &[
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "dayofweek",
    "weekday",
    "dayofyear",
    "quarter",
    "is_month_start",
    "is_month_end",
    "is_year_start",
    "is_year_end",
    "is_leap_year",
    "date",
];

/// A method that waits for its call.
fn method(of: Value, owner: Owner, name: &str) -> Option<Value> {
    let operator = owner.get(name)?;
    Some(Value::Method(Box::new(of), operator, owner))
}

fn unknown(owner: &str, name: &str, known: Vec<&str>, at: Span) -> Error {
    let kind = ErrorKind::UnknownFunction {
        owner: owner.to_owned(),
        name: name.to_owned(),
        nearest: nearest(name, known),
    };
    Error::new(at, kind)
}

fn no_value(what: &str, at: Span) -> Error {
    Error::new(at, ErrorKind::NoValue(what.to_owned()))
}

/// The lengths, all of which must be known before the run.
fn known(node: &Node, at: Span) -> Lowers<Vec<i64>> {
    let length = |length: &Option<u64>| length.and_then(|length| i64::try_from(length).ok());
    let lengths = node.shape().iter().map(length).collect::<Option<Vec<_>>>();
    lengths.ok_or_else(|| no_value("shape", at))
}

fn shape(node: &Node, at: Span) -> Lowers<Value> {
    Ok(Value::Tuple(
        known(node, at)?.into_iter().map(Value::from).collect(),
    ))
}

fn whole(value: usize, at: Span) -> Lowers<Value> {
    i64::try_from(value)
        .map(Value::from)
        .map_err(|_| no_value("ndim", at))
}
