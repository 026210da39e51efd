//! Frames and series: creation, methods, groups.

use mars::v04::graph::{Aggregation, FrameReduction, GroupBy, Label, Node, Scalar, Unary};

use super::arguments::{Arguments, Bound};
use super::convert::{Given, label, located};
use super::methods::unknown;
use super::tensor::{no_value, node};
use super::value::{Chosen, Groups, Value};
use super::{Lowering, Lowers};
use crate::error::{Error, ErrorKind, Wanted};

impl Lowering<'_> {
    pub(super) fn frame_function(
        &mut self,
        name: &str,
        shown: &str,
        arguments: Arguments,
    ) -> Lowers<Value> {
        if name == "Series" {
            let bound = arguments.bind(shown, &["data", "name"], 1)?;
            let data = bound.must("data")?;
            let name = bound
                .some("name")
                .map_or(Ok(Label::Null), |name| name.label())?;
            let tensor = match data
                .value
                .literal()
                .filter(|values| values.shape().is_some())
            {
                Some(values) => {
                    let made = self.graph.tensor(&values, None);
                    made.map_err(|error| located(error, data.at, None))?
                }
                None => data.node()?,
            };
            return node(self.graph.series_from_tensor(&tensor, name), &bound);
        }
        let bound = arguments.bind(shown, &["data", "columns"], 1)?;
        let data = bound.must("data")?;
        let labels = bound
            .some("columns")
            .map(|columns| columns.labels())
            .transpose()?;
        match data.value {
            Value::Dict(items) => {
                let columns = columns_of(items, &data)?;
                if let Some(labels) = labels {
                    return self.chosen(&columns, &labels, &bound);
                }
                node(self.graph.frame_from_columns(&columns), &bound)
            }
            Value::Node(tensor) => node(
                self.graph.frame_from_tensor(tensor, labels.as_deref()),
                &bound,
            ),
            rows => {
                let values = rows.literal().filter(|values| values.shape().is_some());
                let values = values.ok_or_else(|| data.wrong(Wanted::Values))?;
                let made = self.graph.tensor(&values, None);
                let tensor = made.map_err(|error| located(error, data.at, None))?;
                node(
                    self.graph.frame_from_tensor(&tensor, labels.as_deref()),
                    &bound,
                )
            }
        }
    }

    /// A dict with `columns=`: these columns in this order.
    fn chosen(
        &mut self,
        columns: &[(Label, Vec<Scalar>)],
        labels: &[Label],
        bound: &Bound<'_>,
    ) -> Lowers<Value> {
        let mut chosen = Vec::new();
        for label in labels {
            let column = columns.iter().find(|(known, _)| known == label);
            let Some(column) = column else {
                let known: Vec<String> =
                    columns.iter().map(|(label, _)| label.to_string()).collect();
                let name = label.to_string();
                let nearest = crate::suggest::nearest(&name, known.iter().map(String::as_str));
                return Err(Error::new(
                    bound.at(),
                    ErrorKind::UnknownColumn { name, nearest },
                ));
            };
            chosen.push(column.clone());
        }
        node(self.graph.frame_from_columns(&chosen), bound)
    }

    pub(super) fn frame_method(
        &mut self,
        of: &Node,
        name: &str,
        shown: &str,
        arguments: Arguments,
    ) -> Lowers<Value> {
        match name {
            "head" | "tail" => {
                let bound = arguments.bind(shown, &["n"], 0)?;
                let n = bound.integer("n", 5)?;
                let result = match name {
                    "head" => self.graph.head(of, n),
                    _ => self.graph.tail(of, n),
                };
                node(result, &bound)
            }
            "describe" => {
                let bound = arguments.bind(shown, &[], 0)?;
                node(self.graph.describe(of), &bound)
            }
            "sort_values" => {
                let bound = arguments.bind(shown, &["by", "ascending"], 1)?;
                let by = bound.must("by")?.labels()?;
                let result = self
                    .graph
                    .sort_values(of, &by, bound.flag("ascending", true)?);
                result
                    .map(Value::Node)
                    .map_err(|error| located(error, bound.at(), Some(of)))
            }
            "groupby" => {
                let bound = arguments.bind(shown, &["by", "as_index"], 1)?;
                let by = bound.must("by")?.labels()?;
                let by = GroupBy {
                    by,
                    as_index: bound.flag("as_index", true)?,
                };
                Ok(Value::Groups(Box::new(Groups {
                    frame: of.clone(),
                    by,
                    columns: None,
                })))
            }
            "abs" => {
                let bound = arguments.bind(shown, &[], 0)?;
                self.unary_node(Unary::Absolute, of, bound.at())
            }
            name if FrameReduction::from_name(name).is_some() => {
                let bound = arguments.bind(shown, &["axis", "ddof"], 0)?;
                self.frame_reduce(name, of, &bound)
            }
            _ => match Unary::from_name(name) {
                Some(operator) => {
                    let bound = arguments.bind(shown, &[], 0)?;
                    self.unary_node(operator, of, bound.at())
                }
                None => Err(unknown(of, name, &arguments)),
            },
        }
    }

    pub(super) fn frame_reduce(
        &mut self,
        name: &str,
        of: &Node,
        bound: &Bound<'_>,
    ) -> Lowers<Value> {
        let Some(reduction) = FrameReduction::from_name(name) else {
            let kind = ErrorKind::BadOperand {
                operator: name.to_owned(),
                value: of.kind().as_str().to_owned(),
            };
            return Err(Error::new(bound.at(), kind));
        };
        let ddof = bound.integer("ddof", 1)?;
        let ddof = i32::try_from(ddof).map_err(|_| no_value("ddof", bound))?;
        let reduction = match reduction {
            FrameReduction::Var { .. } => FrameReduction::Var { ddof },
            FrameReduction::Std { .. } => FrameReduction::Std { ddof },
            other => other,
        };
        let axis = match bound.some("axis") {
            None => 0,
            Some(axis) => match axis.value {
                Value::Plain(Scalar::Text(text)) if text == "columns" => 1,
                Value::Plain(Scalar::Text(text)) if text == "index" => 0,
                _ => {
                    let wanted = axis.integer()?;
                    let dimensions = of.ndim();
                    let kind = ErrorKind::AxisOutOfRange {
                        axis: wanted,
                        dimensions,
                    };
                    let inside = usize::try_from(wanted).is_ok_and(|axis| axis < dimensions);
                    let axis = u8::try_from(wanted).ok().filter(|_| inside);
                    axis.ok_or_else(|| Error::new(bound.at(), kind))?
                }
            },
        };
        node(self.graph.frame_reduce(reduction, of, axis), bound)
    }

    pub(super) fn groups_method(
        &mut self,
        groups: &Groups,
        name: &str,
        arguments: Arguments,
    ) -> Lowers<Value> {
        let shown = format!("groupby.{name}");
        let (aggregation, bound) = match name {
            "agg" | "aggregate" => {
                let bound = arguments.bind(&shown, &["func"], 1)?;
                let func = bound.must("func")?;
                (aggregation(&func)?, bound)
            }
            name => {
                let bound = arguments.bind(&shown, &[], 0)?;
                let reduction = FrameReduction::from_name(name);
                let reduction = reduction.ok_or_else(|| no_value(name, &bound))?;
                (Aggregation::Every(reduction), bound)
            }
        };
        // `groupby("k")["v"].sum()`: only the chosen columns are aggregated.
        let aggregation = match (&groups.columns, aggregation) {
            (Some(chosen), Aggregation::Every(reduction)) => {
                let labels = match chosen {
                    Chosen::One(label) => std::slice::from_ref(label),
                    Chosen::Several(labels) => labels,
                };
                let pairs = labels.iter().map(|label| (label.clone(), reduction));
                Aggregation::Columns(pairs.collect())
            }
            (_, aggregation) => aggregation,
        };
        let result = self
            .graph
            .groupby_agg(&groups.frame, &groups.by, &aggregation);
        let result = match &groups.columns {
            // With the groups as index a single column is a series; beside them it stays a column.
            Some(Chosen::One(label)) if groups.by.as_index => {
                result.and_then(|frame| self.graph.column(&frame, label))
            }
            _ => result,
        };
        result
            .map(Value::Node)
            .map_err(|error| located(error, bound.at(), Some(&groups.frame)))
    }
}

/// `"sum"` or `{"v": "sum", "w": "mean"}`.
fn aggregation(func: &Given<'_>) -> Lowers<Aggregation> {
    let reduction = |value: &Value| match value {
        Value::Plain(Scalar::Text(name)) => FrameReduction::from_name(name),
        _ => None,
    };
    let wrong = || func.wrong(Wanted::Aggregation);
    match func.value {
        Value::Dict(items) => {
            let pair = |(key, value): &(Value, Value)| label(key).zip(reduction(value));
            let pairs = items.iter().map(pair).collect::<Option<Vec<_>>>();
            pairs.map(Aggregation::Columns).ok_or_else(wrong)
        }
        value => reduction(value).map(Aggregation::Every).ok_or_else(wrong),
    }
}

/// The columns of a dict of lists.
fn columns_of(items: &[(Value, Value)], data: &Given<'_>) -> Lowers<Vec<(Label, Vec<Scalar>)>> {
    let scalars = |value: &Value| match value {
        Value::List(items) | Value::Tuple(items) => items
            .iter()
            .map(|item| match item {
                Value::Plain(scalar) => Some(scalar.clone()),
                _ => None,
            })
            .collect::<Option<Vec<_>>>(),
        _ => None,
    };
    let column = |(key, value): &(Value, Value)| label(key).zip(scalars(value));
    let columns = items.iter().map(column).collect::<Option<Vec<_>>>();
    columns.ok_or_else(|| data.wrong(Wanted::Values))
}
