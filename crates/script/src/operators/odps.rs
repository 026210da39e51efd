//! `o.…`: tables of the project as frames, and frames as tables. Authority:
//! `odps.mars_extension.core` of PyODPS 0.9.0.1.

use mars::v04::graph::{Column, Label, Node, OdpsTable, Scalar, dtype_of_odps, odps_of_dtype};

use super::Owner::{Project, Table};
use super::{Operator, call};
use crate::error::{Error, ErrorKind, Wanted};
use crate::lower::arguments::Bound;
use crate::lower::convert::{Given, located};
use crate::lower::value::Value;
use crate::lower::{Lowering, Lowers};
use crate::lowered::{Write, WriteColumn};

pub(super) const TABLE: &[Operator] = &[
    call(
        &[Project],
        "to_mars_dataframe",
        "table_name, shape=None!, partition=None, chunk_bytes=None!, sparse=False!, columns=None, add_offset=True, calc_nrows=True!, index_type='chunk_incremental'!, use_arrow_dtype=False!, string_as_binary=None!, chunk_size=None!, memory_scale=None!, runtime_endpoint=None!, append_partitions=False!, with_split_meta_on_tile=False!",
        [
            "A table of the project as a DataFrame.",
            "把项目里的表作为 DataFrame。",
        ],
        read,
    ),
    call(
        &[Project],
        "persist_mars_dataframe",
        "df, table_name, overwrite=False, partition=None, write_batch_size=None!, unknown_as_string=None, as_type=None, drop_table=False!, create_table=True!, drop_partition=False!, create_partition=None!, lifecycle=None!, runtime_endpoint=None!",
        [
            "Writes a DataFrame into a table, which is made if it is not there.",
            "把 DataFrame 写入表，表不存在则创建。",
        ],
        persist,
    ),
    call(
        &[Project],
        "get_table",
        "name, project=None!",
        [
            "A table of the project; to_df() or head(n) reads it on the cluster.",
            "项目里的一张表；用 to_df() 或 head(n) 在集群上读取。",
        ],
        get_table,
    ),
    call(
        &[Table],
        "to_df",
        "self",
        [
            "The table as a DataFrame, read by the engine.",
            "把表作为 DataFrame，由引擎读取。",
        ],
        to_df,
    ),
    call(
        &[Table],
        "head",
        "self, limit=5, partition=None!, columns=None!",
        ["The first rows of the table.", "表的前几行。"],
        head,
    ),
];

fn get_table(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("name")?;
    let table = table(lowering, &given, None)?;
    let columns = columns_of(lowering, &table, &given)?;
    let read = lowering.graph.read_table(&table, columns, true);
    Ok(Value::Table(read))
}

fn to_df(_: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    match bound.must("self")?.value {
        Value::Table(read) => Ok(Value::Node(read.clone())),
        _ => Err(bound.must("self")?.wrong(Wanted::Frame)),
    }
}

fn head(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let Value::Node(read) = to_df(lowering, bound)? else {
        return Err(bound.must("self")?.wrong(Wanted::Frame));
    };
    let limit = bound.integer("limit", 5)?;
    let first = lowering.graph.head(&read, limit);
    first
        .map(Value::Node)
        .map_err(|error| located(error, bound.at(), Some(&read)))
}

fn read(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let given = bound.must("table_name")?;
    let table = table(lowering, &given, bound.some("partition").as_ref())?;
    let columns = columns_of(lowering, &table, &given)?;
    let add_offset = bound.flag("add_offset", true)?;
    let read = lowering.graph.read_table(&table, columns, add_offset);
    let Some(wanted) = bound.some("columns") else {
        return Ok(Value::Node(read));
    };
    let chosen = lowering.graph.columns(&read, &wanted.labels()?);
    let chosen = chosen.map_err(|error| located(error, wanted.at, Some(&read)))?;
    Ok(Value::Node(chosen))
}

/// The columns of a table, with the types that they have in a frame.
fn columns_of(
    lowering: &Lowering<'_>,
    table: &OdpsTable,
    given: &Given<'_>,
) -> Lowers<Vec<Column>> {
    let Some(columns) = lowering.project.tables.get(&table.table) else {
        let kind = ErrorKind::UnknownTable(table.table.clone());
        return Err(Error::new(given.at, kind));
    };
    let columns = columns.iter().map(|(name, kind)| {
        let dtype = dtype_of_odps(kind).ok_or_else(|| {
            let (column, kind) = (name.clone(), kind.clone());
            Error::new(given.at, ErrorKind::ColumnType { column, kind })
        })?;
        Ok(Column {
            label: Label::Text(name.clone()),
            dtype,
        })
    });
    columns.collect()
}

fn persist(lowering: &mut Lowering<'_>, bound: &Bound<'_>) -> Lowers<Value> {
    let frame = bound.must("df")?;
    let node = frame.node()?;
    let given = bound.must("table_name")?;
    let table = table(lowering, &given, bound.some("partition").as_ref())?;
    let overwrite = bound.flag("overwrite", false)?;
    let written = lowering.graph.write_table(&node, &table, overwrite);
    let written = written.map_err(|error| located(error, frame.at, Some(&node)))?;
    let columns = columns(&node, bound)?;
    lowering.write(Write {
        target: written.key().to_owned(),
        at: bound.at(),
        frame: frame.at,
        statements: made(&columns, &table, bound)?,
        table: table.table,
        partition: table.partition,
        overwrite,
        columns,
    });
    lowering.run(&written, bound.at());
    Ok(Value::none())
}

/// The table that is named, with the project in front of it or not.
fn table(
    lowering: &Lowering<'_>,
    given: &Given<'_>,
    partition: Option<&Given<'_>>,
) -> Lowers<OdpsTable> {
    let name = text(given)?;
    let project = &lowering.project.name;
    let own = name.strip_prefix(project.as_str());
    let table = own.and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
    if !is_name(table) {
        return Err(Error::new(given.at, ErrorKind::BadName(table.to_owned())));
    }
    Ok(OdpsTable {
        project: project.clone(),
        table: table.to_owned(),
        partition: partition
            .map(|given| Ok(spelled(&keys(given)?, ",", "")))
            .transpose()?,
    })
}

/// The columns of a frame with the types that a new table gives them.
fn columns(node: &Node, bound: &Bound<'_>) -> Lowers<Vec<WriteColumn>> {
    let given = bound.must("table_name")?;
    let as_type = match bound.some("as_type") {
        Some(given) => types(&given)?,
        None => Vec::new(),
    };
    let as_text = bound.flag("unknown_as_string", false)?;
    let column = |column: &Column| {
        let (name, dtype) = (column.label.to_string(), column.dtype.name());
        let asked = as_type.iter().find(|(known, _)| *known == name);
        let kind = asked.map(|(_, kind)| kind.as_str());
        let kind = kind.or_else(|| odps_of_dtype(&column.dtype));
        let Some(kind) = kind.or(as_text.then_some("string")) else {
            let (column, kind) = (name, dtype);
            return Err(Error::new(given.at, ErrorKind::ColumnType { column, kind }));
        };
        if !is_name(&name) {
            return Err(Error::new(given.at, ErrorKind::BadName(name)));
        }
        Ok(WriteColumn {
            name,
            dtype,
            kind: kind.to_ascii_uppercase(),
            asked: asked.is_some(),
        })
    };
    node.columns().iter().map(column).collect()
}

/// What makes the table and the partition, where they are not there yet, as PyODPS says it.
fn made(columns: &[WriteColumn], table: &OdpsTable, bound: &Bound<'_>) -> Lowers<Vec<String>> {
    let columns: Vec<String> = columns
        .iter()
        .map(|column| format!("`{}` {}", column.name, column.kind))
        .collect();
    let keys = match bound.some("partition") {
        Some(given) => keys(&given)?,
        None => Vec::new(),
    };
    let place = format!("{}.`{}`", table.project, table.table);
    let mut create = format!(
        "CREATE TABLE IF NOT EXISTS {place} ({})",
        columns.join(", ")
    );
    if !keys.is_empty() {
        let keys: Vec<String> = keys
            .iter()
            .map(|(key, _)| format!("`{key}` STRING"))
            .collect();
        create.push_str(&format!(" PARTITIONED BY ({})", keys.join(", ")));
    }
    create.push_str(" STORED AS aliorc");
    let mut statements = vec![create];
    if !keys.is_empty() {
        let spec = spelled(&keys, ", ", "'");
        statements.push(format!(
            "ALTER TABLE {place} ADD IF NOT EXISTS PARTITION ({spec})"
        ));
    }
    Ok(statements)
}

/// `pt=20260101,region='east'` as keys and values.
fn keys(given: &Given<'_>) -> Lowers<Vec<(String, String)>> {
    let text = text(given)?;
    let bad = || Error::new(given.at, ErrorKind::BadPartition(text.to_owned()));
    let pairs = text.split([',', '/']).map(|pair| {
        let (key, value) = pair.split_once('=').ok_or_else(bad)?;
        let (key, value) = (key.trim(), value.trim().trim_matches(['\'', '"']));
        // What could end the literal that the value becomes is in no partition's name.
        let odd = value.is_empty() || value.contains(['\'', '"', '\\', '`', ';']);
        match is_name(key) && !odd {
            true => Ok((key.to_owned(), value.to_owned())),
            false => Err(bad()),
        }
    });
    pairs.collect()
}

fn spelled(keys: &[(String, String)], between: &str, quote: &str) -> String {
    let pairs = keys.iter();
    let pairs: Vec<String> = pairs
        .map(|(key, value)| format!("{key}={quote}{value}{quote}"))
        .collect();
    pairs.join(between)
}

/// `as_type={'price': 'decimal(38,18)'}`.
fn types(given: &Given<'_>) -> Lowers<Vec<(String, String)>> {
    let Value::Dict(items) = given.value else {
        return Err(given.wrong(Wanted::Types));
    };
    let pairs = items.iter().map(|pair| match pair {
        (Value::Plain(Scalar::Text(name)), Value::Plain(Scalar::Text(kind)))
            if kind
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "(), <>_:".contains(c)) =>
        {
            Ok((name.clone(), kind.clone()))
        }
        _ => Err(given.wrong(Wanted::Types)),
    });
    pairs.collect()
}

fn text<'v>(given: &Given<'v>) -> Lowers<&'v str> {
    match given.value {
        Value::Plain(Scalar::Text(text)) => Ok(text),
        _ => Err(given.wrong(Wanted::Text)),
    }
}

/// Letters, digits and underscores: what can stand between backquotes without ending them.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}
