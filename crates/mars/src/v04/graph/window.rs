//! Windows over the rows: `x.rolling(3).mean()`, `x.expanding().sum()`.

use super::frame_along::numbers_only;
use super::{Class, Dtype, Error, Graph, Kind, Node, encode, source};
use serde_json::{Map, json};

/// Which rows a function sees at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// So many rows up to each row.
    Rolling {
        /// How many.
        length: u64,
        /// How many values there must be; all of them without.
        least: Option<u64>,
        /// Whether the row is in the middle of its window.
        center: bool,
    },
    /// All rows up to each row.
    Expanding {
        /// How many values there must be.
        least: u64,
    },
}

impl Graph<'_> {
    /// A function of every window.
    pub fn window(&mut self, node: &Node, window: Window, func: &str) -> Result<Node, Error> {
        let mut fields = Map::new();
        fields.insert("input".into(), encode::reference(node));
        fields.insert("axis".into(), json!(0));
        let (class, name) = match window {
            Window::Rolling {
                length,
                least,
                center,
            } => {
                fields.insert("window".into(), json!(length));
                if let Some(least) = least {
                    if least > length {
                        let reason = "must not be more than the window";
                        return Err(source::argument("rolling", "min_periods", reason));
                    }
                    fields.insert("min_periods".into(), json!(least));
                }
                fields.insert("center".into(), json!(center));
                fields.insert("func".into(), json!(func));
                fields.insert("func_args".into(), encode::tuple([]));
                fields.insert("func_kwargs".into(), encode::dict([]));
                let class = Class {
                    code: "dataframe.2060",
                    name: "mars.DataFrameRollingAgg",
                };
                (class, "rolling")
            }
            Window::Expanding { least } => {
                fields.insert("center".into(), json!(false));
                fields.insert("min_periods".into(), json!(least));
                fields.insert("func".into(), encode::list([json!(func)]));
                fields.insert("count_always_valid".into(), json!(false));
                fields.insert("output_agg".into(), json!(false));
                if node.kind == Kind::DataFrame {
                    fields.insert("append_index".into(), json!(false));
                }
                let class = Class {
                    code: "dataframe.2061",
                    name: "mars.DataFrameExpandingAgg",
                };
                (class, "expanding")
            }
        };
        numbers_only(name, node)?;
        self.along(class, name, node, fields, |_| Dtype::F64)
    }
}
