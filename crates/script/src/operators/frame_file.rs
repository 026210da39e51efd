//! Frames out of files that the workers read.

use mars::v04::graph::{Column, Csv, Dtype, Scalar};

use super::Owner::Md;
use super::{Operator, call};
use crate::error::{Error, ErrorKind, Wanted};
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, label};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers, node};

pub(super) const TABLE: &[Operator] = &[call(
    &[Md],
    "read_csv",
    "path, names=None, sep=',', index_col=None!, compression=None, header='infer', dtype=None, usecols=None, chunk_bytes='64M'!, gpu=None!, head_bytes='100k'!, head_lines=None!, sort_range_index=False!, storage_options=None!",
    [
        "A file that the workers can read; dtype has the types of all columns.",
        "读取 worker 可访问的文件；dtype 给出所有列的类型。",
    ],
    read_csv,
)];

fn read_csv(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let mut columns = columns(bound)?;
    if let Some(given) = bound.some("names") {
        let names = given.labels()?;
        if names.len() != columns.len() {
            return Err(given.wrong(Wanted::Columns));
        }
        for (column, name) in columns.iter_mut().zip(names) {
            column.label = name;
        }
    }
    let path = bound.must("path")?;
    let Value::Plain(Scalar::Text(path)) = path.value else {
        return Err(path.wrong(Wanted::Text));
    };
    let header = bound.get("header");
    let compression = bound.some("compression");
    let csv = Csv {
        path: path.clone(),
        columns,
        used: bound
            .some("usecols")
            .map(|used| used.labels())
            .transpose()?,
        separator: bound.text("sep", ",")?,
        header: match header {
            Some(given) if !given.value.is_none() => names_first(&given)?,
            // As pandas has it: names of one's own mean a file without a line of names.
            None => bound.some("names").is_none(),
            Some(_) => false,
        },
        compression: compression
            .map(|_| bound.text("compression", ""))
            .transpose()?,
    };
    node(lowering.graph.read_csv(&csv), bound)
}

/// `'infer'` and 0 are the first line.
fn names_first(header: &Given<'_>) -> Lowers<bool> {
    match header.value {
        Value::Plain(Scalar::Int(0)) => Ok(true),
        Value::Plain(Scalar::Text(text)) if text == "infer" => Ok(true),
        _ => Err(header.wrong(Wanted::FirstLine)),
    }
}

/// The types of all columns by their names.
fn columns(bound: &Bound<'_>) -> Lowers<Vec<Column>> {
    let Some(given) = bound.some("dtype") else {
        let kind = ErrorKind::NoTypes(String::from("md.read_csv"));
        return Err(Error::new(bound.at(), kind));
    };
    let Value::Dict(items) = given.value else {
        return Err(given.wrong(Wanted::Dict));
    };
    let column = |(name, dtype): &(Value, Value)| {
        let dtype = Given {
            value: dtype,
            ..given
        };
        let text = matches!(dtype.value, Value::Plain(Scalar::Text(name)) if name == "str");
        Ok(Column {
            label: label(name).ok_or_else(|| given.wrong(Wanted::Dict))?,
            dtype: if text { Dtype::Object } else { dtype.dtype()? },
        })
    };
    items.iter().map(column).collect()
}
