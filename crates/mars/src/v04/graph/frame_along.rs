//! Along the rows: cumulative functions, shift, diff, rounding.

use super::frame_source::object_type;
use super::{Class, Dtype, Error, Graph, Literal, Node, Scalar, encode, promote, source};
use serde_json::{Map, Value, json};

impl Graph<'_> {
    /// `x.cumsum()`, `cumprod`, `cummax`, `cummin`.
    pub fn cumulate_frame(&mut self, name: &str, node: &Node) -> Result<Node, Error> {
        let (code, class) = match name {
            "cumprod" => ("dataframe.302", "mars.DataFrameCumprod"),
            "cummax" => ("dataframe.344", "mars.DataFrameCummax"),
            "cummin" => ("dataframe.345", "mars.DataFrameCummin"),
            _ => ("dataframe.301", "mars.DataFrameCumsum"),
        };
        let mut fields = Map::new();
        fields.insert("axis".into(), json!(0));
        fields.insert("skipna".into(), json!(true));
        fields.insert("use_inf_as_na".into(), json!(false));
        numbers_only(name, node)?;
        let class = Class { code, name: class };
        self.along(class, name, node, fields, Dtype::clone)
    }

    /// `x.shift(periods, fill_value)`.
    pub fn shift(
        &mut self,
        node: &Node,
        periods: i64,
        fill: Option<&Scalar>,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.723",
            name: "mars.DataFrameShift",
        };
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("periods".into(), json!(periods));
        fields.insert("axis".into(), json!(0));
        let Some(fill) = fill else {
            return self.along(class, "shift", node, fields, gaps);
        };
        let value = source::present("shift", "fill_value", fill)?;
        fields.insert("fill_value".into(), value);
        let own = Literal::Scalar(fill.clone()).dtype();
        let common = |dtype: &Dtype| match own {
            Dtype::Text(_) => Dtype::Object,
            _ => promote::arrays(dtype, &own),
        };
        self.along(class, "shift", node, fields, common)
    }

    /// `x.diff(periods)`.
    pub fn diff_frame(&mut self, node: &Node, periods: i64) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.724",
            name: "mars.DataFrameDiff",
        };
        numbers_only("diff", node)?;
        let mut fields = Map::new();
        fields.insert("periods".into(), json!(periods));
        fields.insert("axis".into(), json!(0));
        self.along(class, "diff", node, fields, gaps)
    }

    /// `x.round(decimals)`.
    pub fn round_frame(&mut self, node: &Node, decimals: i64) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.165",
            name: "mars.DataFrameAround",
        };
        let mut fields = Map::new();
        fields.insert("decimals".into(), json!(decimals));
        self.along(class, "round", node, fields, Dtype::clone)
    }

    pub(super) fn along(
        &mut self,
        class: Class,
        name: &str,
        node: &Node,
        mut fields: Map<String, Value>,
        dtype: impl Fn(&Dtype) -> Dtype,
    ) -> Result<Node, Error> {
        fields.insert("object_type".into(), object_type(name, node)?);
        let mut result = node.clone();
        result.dtype = node.dtype.as_ref().map(&dtype);
        for column in &mut result.columns {
            column.dtype = dtype(&column.dtype);
        }
        Ok(self.push(class, &[node], fields, result))
    }
}

/// Whole numbers with gaps are floats.
fn gaps(dtype: &Dtype) -> Dtype {
    match dtype {
        Dtype::Bool => Dtype::Object,
        whole if whole.is_integer() => promote::arrays(whole, &Dtype::F64),
        other => other.clone(),
    }
}

pub(super) fn numbers_only(name: &str, node: &Node) -> Result<(), Error> {
    let columns = node.columns.iter().map(|column| &column.dtype);
    let refused = columns.chain(&node.dtype).find(|dtype| !dtype.is_numeric());
    match refused {
        None => Ok(()),
        Some(dtype) => Err(Error::Elements {
            operator: name.into(),
            dtype: dtype.clone(),
        }),
    }
}
