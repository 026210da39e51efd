//! What only a series has: `str`, `dt`, `isin`, `value_counts`; and what counts values.

use super::frame_source::series;
use super::{Class, Dtype, Error, Graph, Kind, Label, Node, Rows, Scalar, encode};
use serde_json::{Map, Value, json};

/// What a text method gives.
fn text_result(method: &str) -> Option<Dtype> {
    Some(match method {
        "len" | "count" | "find" | "rfind" | "index" | "rindex" => Dtype::I64,
        "contains" | "startswith" | "endswith" | "match" | "isalnum" | "isalpha" | "isdigit"
        | "isspace" | "islower" | "isupper" | "istitle" | "isnumeric" | "isdecimal" => Dtype::Bool,
        "upper" | "lower" | "title" | "capitalize" | "swapcase" | "casefold" | "strip"
        | "lstrip" | "rstrip" | "replace" | "slice" | "zfill" | "pad" | "center" | "ljust"
        | "rjust" | "repeat" | "get" => Dtype::Object,
        _ => return None,
    })
}

impl Graph<'_> {
    /// `s.str.method(…)` with plain arguments.
    pub fn text_method(
        &mut self,
        node: &Node,
        method: &str,
        args: &[Scalar],
    ) -> Result<Node, Error> {
        let own = only_series("str", node)?;
        let elements = || Error::Elements {
            operator: format!("str.{method}"),
            dtype: own.clone(),
        };
        let dtype = text_result(method).ok_or_else(elements)?;
        if !matches!(own, Dtype::Object | Dtype::Text(_)) {
            return Err(elements());
        }
        let class = Class {
            code: "dataframe.715",
            name: "mars.SeriesStringMethod",
        };
        let mut fields = method_fields(node, method);
        let args = args.iter().map(encode::scalar);
        fields.insert("method_args".into(), encode::tuple(args));
        Ok(self.push(class, &[node], fields, with_dtype(node, dtype)))
    }

    /// `s.dt.year` and its like.
    pub fn time_part(&mut self, node: &Node, part: &str) -> Result<Node, Error> {
        let own = only_series("dt", node)?;
        if *own != Dtype::Datetime {
            return Err(Error::Elements {
                operator: format!("dt.{part}"),
                dtype: own.clone(),
            });
        }
        let class = Class {
            code: "dataframe.716",
            name: "mars.SeriesDatetimeMethod",
        };
        let dtype = match part {
            "is_month_start" | "is_month_end" | "is_quarter_start" | "is_quarter_end"
            | "is_year_start" | "is_year_end" | "is_leap_year" => Dtype::Bool,
            "date" | "time" => Dtype::Object,
            _ => Dtype::I64,
        };
        let mut fields = method_fields(node, part);
        fields.insert("method_args".into(), encode::tuple([]));
        fields.insert("is_property".into(), json!(true));
        Ok(self.push(class, &[node], fields, with_dtype(node, dtype)))
    }

    /// `s.isin(values)`.
    pub fn isin(&mut self, node: &Node, values: &[Scalar]) -> Result<Node, Error> {
        only_series("isin", node)?;
        let class = Class {
            code: "dataframe.423",
            name: "mars.DataFrameIsin",
        };
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        let values = encode::list(values.iter().map(encode::scalar));
        fields.insert("values".into(), values);
        fields.insert("object_type".into(), json!(2));
        Ok(self.push(class, &[node], fields, with_dtype(node, Dtype::Bool)))
    }

    /// `s.value_counts()`: how often each value occurs, the most frequent first; with
    /// `share`, in which share of the rows.
    pub fn value_counts(
        &mut self,
        node: &Node,
        ascending: bool,
        share: bool,
    ) -> Result<Node, Error> {
        let own = only_series("value_counts", node)?.clone();
        let class = Class {
            code: "dataframe.725",
            name: "mars.DataFrameValueCounts",
        };
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("normalize".into(), json!(share));
        fields.insert("sort".into(), json!(true));
        fields.insert("ascending".into(), json!(ascending));
        fields.insert("dropna".into(), json!(true));
        fields.insert("method".into(), json!("tree"));
        fields.insert("object_type".into(), json!(2));
        let rows = self.unknown_rows(own, Label::Null);
        let dtype = if share { Dtype::F64 } else { Dtype::I64 };
        let result = series(None, dtype, node.name.clone(), rows);
        Ok(self.push(class, &[node], fields, result))
    }

    /// `x.nunique()`: how many different values a series or each column has.
    pub fn nunique(&mut self, node: &Node) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.721",
            name: "mars.DataFrameNunique",
        };
        let mut fields = Map::new();
        fields.insert("dropna".into(), json!(true));
        let result = match node.kind {
            Kind::DataFrame => {
                fields.insert("axis".into(), json!(0));
                fields.insert("object_type".into(), json!(2));
                let labels: Vec<Label> = node.columns.iter().map(|c| c.label.clone()).collect();
                let length = Some(labels.len() as u64);
                series(length, Dtype::I64, Label::Null, Rows::Labels(labels))
            }
            _ => {
                only_series("nunique", node)?;
                fields.insert("object_type".into(), json!(4));
                super::source::tensor_of([].into(), Dtype::I64, super::Order::C)
            }
        };
        Ok(self.push(class, &[node], fields, result))
    }
}

fn method_fields(node: &Node, method: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("input".into(), encode::reference(node));
    fields.insert("method".into(), json!(method));
    fields.insert("method_kwargs".into(), encode::dict([]));
    fields.insert("object_type".into(), json!(2));
    fields
}

fn with_dtype(node: &Node, dtype: Dtype) -> Node {
    Node {
        dtype: Some(dtype),
        ..node.clone()
    }
}

fn only_series<'n>(name: &str, node: &'n Node) -> Result<&'n Dtype, Error> {
    let own = node.dtype.as_ref().filter(|_| node.kind == Kind::Series);
    own.ok_or_else(|| Error::Kind {
        operator: name.into(),
        kind: node.kind.as_str(),
    })
}
