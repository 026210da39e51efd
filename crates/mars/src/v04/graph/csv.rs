//! `md.read_csv(path, …)`: a file that the workers can reach.

use super::frame_source::frame;
use super::{Class, Column, Dtype, Error, Graph, Label, Node, encode, source};
use serde_json::{Map, json};

/// A file of separated values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csv {
    /// Where the workers find it.
    pub path: String,
    /// All columns of the file, in order.
    pub columns: Vec<Column>,
    /// The columns that are read; all of them without.
    pub used: Option<Vec<Label>>,
    /// What stands between the values.
    pub separator: String,
    /// Whether the first line has the names of the columns.
    pub header: bool,
    /// `gzip` and its like.
    pub compression: Option<String>,
}

impl Graph<'_> {
    /// Reads a file when the graph runs.
    pub fn read_csv(&mut self, csv: &Csv) -> Result<Node, Error> {
        let class = Class {
            code: "dataframe.2100",
            name: "mars.DataFrameReadCSV",
        };
        let mut columns = csv.columns.clone();
        let names = columns.iter().map(|column| encode::label(&column.label));
        let mut fields = Map::new();
        fields.insert("path".into(), json!(csv.path));
        fields.insert("names".into(), encode::list(names));
        fields.insert("sep".into(), json!(csv.separator));
        if csv.header {
            fields.insert("header".into(), json!("infer"));
        }
        if let Some(compression) = &csv.compression {
            fields.insert("compression".into(), json!(compression));
        }
        if let Some(used) = &csv.used {
            let missing = |label: &&Label| !columns.iter().any(|column| column.label == **label);
            if let Some(label) = used.iter().find(missing) {
                let label = label.clone();
                return Err(Error::NoColumn { label });
            }
            let labels = used.iter().map(encode::label);
            fields.insert("usecols".into(), encode::list(labels));
            columns.retain(|column| used.contains(&column.label));
        }
        if columns.is_empty() {
            return Err(source::argument("read_csv", "dtype", "names no column"));
        }
        fields.insert("sort_range_index".into(), json!(false));
        fields.insert("object_type".into(), json!(1));
        let rows = self.unknown_rows(Dtype::I64, Label::Null);
        let result = frame(None, columns, rows);
        let chunks = Some(("chunk_bytes", json!("64M")));
        Ok(self.push_with(class, &[], fields, result, chunks))
    }
}
