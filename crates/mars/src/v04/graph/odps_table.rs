//! Tables of MaxCompute as frames: the operands of `odps.mars_extension`, which the engine runs when
//! it stands inside MaxCompute. Authority: PyODPS 0.9.0.1 and its recorded graphs.

use super::encode;
use super::frame_source::{frame, range};
use super::{Class, Column, Dtype, Error, Graph, Kind, Node};
use serde_json::{Map, Value, json};

/// The address of MaxCompute inside its own network, where the engine's workers are.
const ENDPOINT: &str = "http://service.cn.maxcompute.aliyun-inc.com/api";

/// A table that a graph reads or writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OdpsTable {
    /// The project.
    pub project: String,
    /// The table in it.
    pub table: String,
    /// One partition, as `pt=20260101`.
    pub partition: Option<String>,
}

impl OdpsTable {
    fn fields(&self) -> Map<String, Value> {
        let place = [
            ("project", json!(self.project)),
            ("endpoint", json!(ENDPOINT)),
        ];
        let mut fields = Map::new();
        fields.insert("odps_params".into(), encode::dict(place));
        let name = format!("{}.{}", self.project, self.table);
        fields.insert("table_name".into(), json!(name));
        if let Some(partition) = &self.partition {
            fields.insert("partition_spec".into(), json!(partition));
        }
        fields.insert("object_type".into(), json!(1));
        fields
    }
}

/// The dtype of a column of this ODPS type (`decimal(10,2)`); none where PyODPS 0.9 refuses it.
pub fn dtype_of_odps(kind: &str) -> Option<Dtype> {
    let kind = kind.trim().to_ascii_lowercase();
    let bare = kind.split('(').next().unwrap_or_default();
    let dtype = match bare {
        "tinyint" => Dtype::I8,
        "smallint" => Dtype::I16,
        "int" => Dtype::I32,
        "bigint" => Dtype::I64,
        "float" => Dtype::F32,
        "double" => Dtype::F64,
        "boolean" => Dtype::Bool,
        "string" | "varchar" | "char" | "binary" | "decimal" | "datetime" => Dtype::Object,
        _ => return None,
    };
    Some(dtype)
}

/// The ODPS type in which a column of this dtype is kept; none where there is no one answer.
pub fn odps_of_dtype(dtype: &Dtype) -> Option<&'static str> {
    let kind = match dtype {
        Dtype::Bool => "boolean",
        Dtype::I8 => "tinyint",
        Dtype::I16 => "smallint",
        Dtype::I32 => "int",
        Dtype::I64 => "bigint",
        Dtype::F32 => "float",
        Dtype::F64 => "double",
        // What comes out of tables as objects are texts in most cases; PyODPS asks for `as_type`.
        Dtype::Object | Dtype::Text(_) => "string",
        _ => return None,
    };
    Some(kind)
}

impl Graph<'_> {
    /// `o.to_mars_dataframe(…)`: the rows of a table or of one partition, without the keys of the
    /// partition. `add_offset` numbers the rows through all parts of the table.
    pub fn read_table(
        &mut self,
        table: &OdpsTable,
        columns: Vec<Column>,
        add_offset: bool,
    ) -> Node {
        let class = Class {
            code: "dataframe.123450",
            name: "odps.DataFrameReadTable",
        };
        let mut fields = table.fields();
        fields.insert("dtypes".into(), super::constructor::dtypes(&columns));
        fields.insert("add_offset".into(), json!(add_offset));
        fields.insert("sparse".into(), json!(false));
        // How the table is cut is the engine's to say, but it asks.
        let cut = ("chunk_store_limit", Value::Null);
        self.push_with(
            class,
            &[],
            fields,
            frame(None, columns, range(0)),
            Some(cut),
        )
    }

    /// `o.persist_mars_dataframe(…)`: writes a frame into a table that is there. An empty frame comes
    /// out of it.
    pub fn write_table(
        &mut self,
        node: &Node,
        table: &OdpsTable,
        overwrite: bool,
    ) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.123460",
            name: "odps.DataFrameWriteTable",
        };
        if node.kind != Kind::DataFrame {
            return Err(Error::Kind {
                operator: "persist_mars_dataframe".into(),
                kind: node.kind.as_str(),
            });
        }
        let columns = node.columns.clone();
        let mut fields = table.fields();
        fields.insert("dtypes".into(), super::constructor::dtypes(&columns));
        fields.insert("overwrite".into(), json!(overwrite));
        let written = Node {
            shape: vec![Some(0), Some(0)],
            ..frame(Some(0), columns, range(0))
        };
        Ok(self.push(class, &[node], fields, written))
    }
}

#[cfg(test)]
mod tests {
    use super::{Dtype, dtype_of_odps, odps_of_dtype};

    #[test]
    fn types_are_those_of_the_client() {
        assert_eq!(dtype_of_odps("BIGINT"), Some(Dtype::I64));
        assert_eq!(dtype_of_odps("decimal(10,2)"), Some(Dtype::Object));
        assert_eq!(dtype_of_odps("varchar(10)"), Some(Dtype::Object));
        for refused in [
            "date",
            "timestamp",
            "array<bigint>",
            "map<string,bigint>",
            "json",
            "",
        ] {
            assert_eq!(dtype_of_odps(refused), None, "{refused}");
        }
        for kind in [
            "boolean", "tinyint", "smallint", "int", "bigint", "float", "double",
        ] {
            let dtype = dtype_of_odps(kind).expect("a number");
            assert_eq!(odps_of_dtype(&dtype), Some(kind));
        }
        assert_eq!(odps_of_dtype(&Dtype::Datetime), None);
    }
}
