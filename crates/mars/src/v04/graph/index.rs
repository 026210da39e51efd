//! Basic indexing (`x[1:, ::2]`, `x[0]`, `x[None]`, `x[mask]`) and rows by position (`iloc`).

use super::reshape::tensor_dtype;
use super::{Class, Dtype, Error, Graph, Kind, Label, Node, Order, Rows, encode, promote, source};
use serde_json::{Map, Value, json};

/// A Python slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// The first position.
    pub start: Option<i64>,
    /// The position after the last.
    pub stop: Option<i64>,
    /// The distance.
    pub step: Option<i64>,
}

impl Slice {
    /// The slice `start:stop`.
    pub fn range(start: i64, stop: i64) -> Self {
        Self {
            start: Some(start),
            stop: Some(stop),
            step: None,
        }
    }

    pub(crate) fn encode(self) -> Value {
        encode::slice(self.start, self.stop, self.step)
    }

    /// Start, stop and step on an axis of this length, as `slice.indices` gives them.
    fn indices(self, length: u64) -> Option<(i64, i64, i64)> {
        let length = i64::try_from(length).ok()?;
        let step = self.step.unwrap_or(1);
        let (low, high) = if step < 0 {
            (-1, length - 1)
        } else {
            (0, length)
        };
        let clamp = |end: i64| {
            let end = if end < 0 {
                end.saturating_add(length)
            } else {
                end
            };
            end.clamp(low, high)
        };
        let (first, last) = if step < 0 { (high, low) } else { (low, high) };
        let start = self.start.map_or(first, clamp);
        let stop = self.stop.map_or(last, clamp);
        (step != 0).then_some((start, stop, step))
    }

    /// How many elements it takes from an axis of this length; `None` for a step of zero.
    pub fn count(self, length: u64) -> Option<u64> {
        let (start, stop, step) = self.indices(length)?;
        let span = i128::from(stop) - i128::from(start);
        let step = i128::from(step);
        let count = if step > 0 {
            (span + step - 1).div_euclid(step)
        } else {
            (-span - step - 1).div_euclid(-step)
        };
        u64::try_from(count.max(0)).ok()
    }
}

/// One item between the brackets.
#[derive(Clone, Debug)]
pub enum Index<'a> {
    /// A position.
    At(i64),
    /// A slice.
    Slice(Slice),
    /// `None`: a new axis.
    NewAxis,
    /// A boolean or integer tensor.
    Node(&'a Node),
}

impl Graph<'_> {
    /// `x[items]` on a tensor; axes that are not named stay whole.
    pub fn index(&mut self, node: &Node, items: &[Index<'_>]) -> Result<Node, Error> {
        let class = Class {
            code: "tensor.403",
            name: "mars.TensorIndex",
        };
        let dtype = tensor_dtype("[]", node)?;
        let mut plan = Plan {
            shape: Vec::new(),
            axis: 0,
            encoded: Vec::new(),
            whole: true,
        };
        let mut inputs = vec![node];
        let mut view = true;
        for item in items {
            if let Index::Node(other) = item {
                inputs.push(other);
                view = false;
            }
            plan.add(node, item)?;
        }
        while plan.axis < node.ndim() {
            plan.add(node, &Index::Slice(Slice::default()))?;
        }
        let order = if plan.whole { node.order } else { Order::C };
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("indexes".into(), encode::list(plan.encoded));
        fields.insert("dtype".into(), encode::dtype(&dtype));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        fields.insert("create_view".into(), json!(view));
        let result = source::tensor_of(plan.shape, dtype, order);
        Ok(self.push(class, &inputs, fields, result))
    }

    /// `x.iloc[rows]` on a frame or a series.
    pub fn iloc(&mut self, node: &Node, rows: Slice) -> Result<Node, Error> {
        let (class, object_type) = match node.kind {
            Kind::DataFrame => (
                Class {
                    code: "dataframe.2021",
                    name: "mars.DataFrameIlocGetItem",
                },
                1,
            ),
            Kind::Series => (
                Class {
                    code: "series.2021",
                    name: "mars.SeriesIlocGetItem",
                },
                2,
            ),
            Kind::Tensor | Kind::Index => {
                return Err(Error::Kind {
                    operator: "iloc".into(),
                    kind: node.kind.as_str(),
                });
            }
        };
        let zero = || source::argument("iloc", "step", "must not be zero");
        let mut result = node.clone();
        if rows.step == Some(0) {
            return Err(zero());
        }
        let length = node.shape.first().copied().flatten();
        if let Some(first) = result.shape.first_mut() {
            *first = length
                .map(|length| rows.count(length).ok_or_else(zero))
                .transpose()?;
        }
        result.rows = self.sliced(&node.rows, length, rows);
        let mut indexes = vec![rows.encode()];
        if node.kind == Kind::DataFrame {
            indexes.push(Slice::default().encode());
        }
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("indexes".into(), encode::list(indexes));
        fields.insert("object_type".into(), json!(object_type));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        Ok(self.push(class, &[node], fields, result))
    }

    /// `x.iloc[row]` of a frame: one row as a series over the columns.
    pub fn iloc_row(&mut self, node: &Node, row: i64) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.2021",
            name: "mars.DataFrameIlocGetItem",
        };
        let Some(first) = node.columns.first() else {
            return Err(Error::Kind {
                operator: "iloc".into(),
                kind: node.kind.as_str(),
            });
        };
        if let Some(length) = node.shape.first().copied().flatten() {
            at("iloc", row, length)?;
        }
        let common = node
            .columns
            .iter()
            .fold(first.dtype.clone(), |common, column| {
                promote::arrays(&common, &column.dtype)
            });
        let indexes = [json!(row), Slice::default().encode()];
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("indexes".into(), encode::list(indexes));
        fields.insert("object_type".into(), json!(2));
        fields.insert("sparse".into(), json!(false));
        fields.insert("gpu".into(), json!(false));
        let result = super::frame_source::series_over_columns(node, common);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `x.head(n)`.
    pub fn head(&mut self, node: &Node, n: i64) -> Result<Node, Error> {
        self.iloc(
            node,
            Slice {
                start: None,
                stop: Some(n),
                step: None,
            },
        )
    }

    /// `x.tail(n)`.
    pub fn tail(&mut self, node: &Node, n: i64) -> Result<Node, Error> {
        let start = if n == 0 { i64::MAX } else { n.saturating_neg() };
        self.iloc(
            node,
            Slice {
                start: Some(start),
                stop: None,
                step: None,
            },
        )
    }

    /// The row labels after a slice.
    fn sliced(&mut self, rows: &Rows, length: Option<u64>, slice: Slice) -> Rows {
        let known = length.and_then(|length| slice.indices(length));
        match (rows, known) {
            (Rows::Range { start, step, .. }, Some((first, last, by))) => {
                let label = |at: i64| at.checked_mul(*step).and_then(|at| at.checked_add(*start));
                match (label(first), label(last), by.checked_mul(*step)) {
                    (Some(start), Some(stop), Some(step)) => Rows::Range { start, stop, step },
                    _ => self.unknown_rows(Dtype::I64, Label::Null),
                }
            }
            (Rows::Labels(labels), Some((first, last, 1))) => {
                let ends = (usize::try_from(first), usize::try_from(last));
                let part = match ends {
                    (Ok(first), Ok(last)) => labels.get(first..last.max(first)),
                    _ => None,
                };
                Rows::Labels(part.unwrap_or_default().to_vec())
            }
            (Rows::Unknown { dtype, name, .. }, _) => {
                self.unknown_rows(dtype.clone(), name.clone())
            }
            (Rows::Multi { names, .. }, _) => Rows::Multi {
                key: self.key(),
                names: names.clone(),
            },
            (Rows::Range { .. }, None) => self.unknown_rows(Dtype::I64, Label::Null),
            (Rows::Labels(_), _) => self.unknown_rows(Dtype::Object, Label::Null),
        }
    }

    /// Row labels that only the run will tell.
    pub(super) fn unknown_rows(&mut self, dtype: Dtype, name: Label) -> Rows {
        Rows::Unknown {
            key: self.key(),
            dtype,
            name,
            sorted: false,
        }
    }
}

/// The output of an index expression, axis by axis.
struct Plan {
    shape: Vec<Option<u64>>,
    axis: usize,
    encoded: Vec<Value>,
    /// Only whole slices and new axes so far: the memory order stays.
    whole: bool,
}

impl Plan {
    fn add(&mut self, node: &Node, item: &Index<'_>) -> Result<(), Error> {
        match item {
            Index::NewAxis => {
                self.shape.push(Some(1));
                self.encoded.push(Value::Null);
            }
            Index::At(position) => {
                if let Some(length) = self.length(node)? {
                    at("[]", *position, length)?;
                }
                self.axis += 1;
                self.whole = false;
                self.encoded.push(json!(position));
            }
            Index::Slice(slice) => {
                let zero = || source::argument("[]", "step", "must not be zero");
                if slice.step == Some(0) {
                    return Err(zero());
                }
                let length = self.length(node)?;
                let count = length
                    .map(|length| slice.count(length).ok_or_else(zero))
                    .transpose()?;
                self.shape.push(count);
                self.axis += 1;
                self.whole &= *slice == Slice::default();
                self.encoded.push(slice.encode());
            }
            Index::Node(other) => {
                self.add_node(node, other)?;
                self.whole = false;
                self.encoded.push(encode::reference(other));
            }
        }
        Ok(())
    }

    fn length(&self, node: &Node) -> Result<Option<u64>, Error> {
        node.shape.get(self.axis).copied().ok_or(Error::Axis {
            axis: self.axis as i64,
            ndim: node.ndim(),
        })
    }

    /// A mask takes its own axes away and gives one; integers keep their shape.
    fn add_node(&mut self, node: &Node, other: &Node) -> Result<(), Error> {
        match tensor_dtype("[]", other)? {
            Dtype::Bool => {
                for length in &other.shape {
                    let own = self.length(node)?;
                    if let (Some(a), Some(b)) = (own, length)
                        && a != *b
                    {
                        return Err(Error::Shapes {
                            operator: "[]".into(),
                            left: node.shape_text(),
                            right: other.shape_text(),
                        });
                    }
                    self.axis += 1;
                }
                self.shape.push(None);
            }
            dtype if dtype.is_integer() => {
                self.length(node)?;
                self.axis += 1;
                self.shape.extend(&other.shape);
            }
            dtype => {
                return Err(Error::Elements {
                    operator: "[]".into(),
                    dtype,
                });
            }
        }
        Ok(())
    }
}

fn at(operator: &str, position: i64, length: u64) -> Result<(), Error> {
    let inside = match u64::try_from(position) {
        Ok(position) => position < length,
        Err(_) => position.unsigned_abs() <= length,
    };
    match inside {
        true => Ok(()),
        false => Err(Error::Argument {
            operator: operator.into(),
            argument: "index",
            reason: format!("{position} is out of bounds for an axis of {length}"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::Slice;

    fn count(start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Option<u64> {
        Slice { start, stop, step }.count(10)
    }

    #[test]
    fn slices_count_as_in_python() {
        assert_eq!(count(None, None, None), Some(10));
        assert_eq!(count(Some(2), Some(5), None), Some(3));
        assert_eq!(count(Some(-3), None, None), Some(3));
        assert_eq!(count(None, None, Some(-1)), Some(10));
        assert_eq!(count(Some(8), Some(2), Some(-2)), Some(3));
        assert_eq!(count(Some(5), Some(2), None), Some(0));
        assert_eq!(count(None, None, Some(3)), Some(4));
        assert_eq!(count(None, None, Some(0)), None);
        assert_eq!(count(Some(i64::MAX), None, None), Some(0));
        assert_eq!(
            count(Some(i64::MIN), Some(i64::MAX), Some(i64::MAX)),
            Some(1)
        );
        assert_eq!(count(None, None, Some(i64::MIN)), Some(1));
    }
}
