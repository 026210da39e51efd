//! Reductions of frames and series.

use super::frame_source::{series, series_over_columns};
use super::{Class, Dtype, Error, Graph, Kind, Label, Node, Order, Unary, promote, source};
use serde_json::{Map, json};

/// A reduction of a frame or series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameReduction {
    /// Sum.
    Sum,
    /// Product.
    Prod,
    /// Least.
    Min,
    /// Greatest.
    Max,
    /// Mean.
    Mean,
    /// Variance.
    Var {
        /// Delta degrees of freedom; pandas takes 1 unless told.
        ddof: i32,
    },
    /// Standard deviation: the root of the variance.
    Std {
        /// Delta degrees of freedom; pandas takes 1 unless told.
        ddof: i32,
    },
    /// How many are not missing.
    Count,
}

impl FrameReduction {
    /// The name of the method.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Prod => "prod",
            Self::Min => "min",
            Self::Max => "max",
            Self::Mean => "mean",
            Self::Var { .. } => "var",
            Self::Std { .. } => "std",
            Self::Count => "count",
        }
    }

    /// Finds a reduction by the name of its method (`ddof` 1, as pandas has it).
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::Sum,
            Self::Prod,
            Self::Min,
            Self::Max,
            Self::Mean,
            Self::Var { ddof: 1 },
            Self::Std { ddof: 1 },
            Self::Count,
        ];
        all.into_iter().find(|op| op.name() == name)
    }

    fn class(self) -> Class {
        let (code, name) = match self {
            Self::Prod => ("dataframe.303", "mars.DataFrameProd"),
            Self::Sum => ("dataframe.304", "mars.DataFrameSum"),
            Self::Max => ("dataframe.305", "mars.DataFrameMax"),
            Self::Min => ("dataframe.306", "mars.DataFrameMin"),
            Self::Mean => ("dataframe.309", "mars.DataFrameMean"),
            Self::Var { .. } | Self::Std { .. } => ("dataframe.322", "mars.DataFrameVar"),
            Self::Count => ("dataframe.343", "mars.DataFrameCount"),
        };
        Class { code, name }
    }

    /// The type of one reduced column; `None` leaves the column out, as pandas does with text.
    pub(super) fn column(self, dtype: &Dtype) -> Option<Dtype> {
        match self {
            Self::Count => Some(Dtype::I64),
            Self::Sum if *dtype == Dtype::Object => Some(Dtype::Object),
            Self::Min | Self::Max => Some(dtype.clone()),
            _ if !dtype.is_numeric() => None,
            Self::Sum | Self::Prod if dtype.is_unsigned() => Some(Dtype::U64),
            Self::Sum | Self::Prod if dtype.is_integer() || *dtype == Dtype::Bool => {
                Some(Dtype::I64)
            }
            Self::Sum | Self::Prod => Some(dtype.clone()),
            _ if dtype.is_float() => Some(dtype.clone()),
            _ => Some(Dtype::F64),
        }
    }
}

impl Graph<'_> {
    /// A reduction of a frame along `axis` (0: one value per column, 1: one per row), or of a
    /// series to a scalar.
    pub fn frame_reduce(
        &mut self,
        op: FrameReduction,
        node: &Node,
        axis: u8,
    ) -> Result<Node, Error> {
        let (kept, result) = match node.kind {
            Kind::DataFrame => self.reduced_frame(op, node, axis)?,
            Kind::Series => (node.clone(), reduced_series(op, node)?),
            Kind::Tensor | Kind::Index => {
                return Err(Error::Kind {
                    operator: op.name().into(),
                    kind: node.kind.as_str(),
                });
            }
        };
        let mut fields = Map::new();
        if let FrameReduction::Var { ddof } | FrameReduction::Std { ddof } = op {
            fields.insert("ddof".into(), json!(ddof));
        }
        if node.kind == Kind::DataFrame {
            fields.insert("axis".into(), json!(axis));
        }
        match op {
            FrameReduction::Sum | FrameReduction::Prod => {
                fields.insert("min_count".into(), json!(0));
            }
            FrameReduction::Count if node.kind == Kind::DataFrame => {
                fields.insert("numeric_only".into(), json!(false));
            }
            _ => {}
        }
        fields.insert("use_inf_as_na".into(), json!(false));
        let object_type = if node.kind == Kind::DataFrame { 2 } else { 4 };
        fields.insert("object_type".into(), json!(object_type));
        let reduced = self.push(op.class(), &[&kept], fields, result);
        match op {
            FrameReduction::Std { .. } => self.unary(Unary::Sqrt, &reduced),
            _ => Ok(reduced),
        }
    }

    /// The frame that is really reduced, with the columns that pandas would drop left out before,
    /// and the shape of the result.
    fn reduced_frame(
        &mut self,
        op: FrameReduction,
        node: &Node,
        axis: u8,
    ) -> Result<(Node, Node), Error> {
        if axis > 1 {
            return Err(Error::Axis {
                axis: i64::from(axis),
                ndim: 2,
            });
        }
        let kept: Vec<Label> = node
            .columns
            .iter()
            .filter(|column| op.column(&column.dtype).is_some())
            .map(|column| column.label.clone())
            .collect();
        let narrowed = match kept.len() == node.columns.len() {
            true => node.clone(),
            false => self.columns(node, &kept)?,
        };
        let mut types = narrowed
            .columns
            .iter()
            .filter_map(|column| op.column(&column.dtype));
        let first = types.next().ok_or_else(|| {
            source::argument(op.name(), "columns", "has no column that can be reduced")
        })?;
        let dtype = types.fold(first, |common, dtype| promote::arrays(&common, &dtype));
        let result = match axis {
            0 => series_over_columns(&narrowed, dtype),
            _ => {
                let length = narrowed.shape.first().copied().flatten();
                let rows = self.unknown_rows(Dtype::I64, Label::Null);
                series(length, dtype, Label::Null, rows)
            }
        };
        Ok((narrowed, result))
    }
}

fn reduced_series(op: FrameReduction, node: &Node) -> Result<Node, Error> {
    let own = node.dtype.clone().unwrap_or(Dtype::Object);
    let dtype = op.column(&own).ok_or_else(|| Error::Elements {
        operator: op.name().into(),
        dtype: own.clone(),
    })?;
    Ok(source::tensor_of(Vec::new(), dtype, Order::C))
}
