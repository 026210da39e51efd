//! `o.…`: tables of the project as frames, and frames as tables. Authority:
//! `odps.mars_extension.core` of PyODPS 0.9.0.1.

use mars::v04::graph::{Column, Label, Node, OdpsTable, Scalar, dtype_of_odps, odps_of_dtype};

use super::arguments::{Arguments, Bound};
use super::convert::{Given, located};
use super::value::Value;
use super::{Lowering, Lowers};
use crate::error::{Error, ErrorKind, Wanted};

impl Lowering<'_> {
    pub(super) fn odps_function(
        &mut self,
        name: &str,
        shown: &str,
        arguments: Arguments,
    ) -> Lowers<Value> {
        match name {
            "persist_mars_dataframe" => {
                let parameters = &["mdf", "table_name", "overwrite", "partition", "as_type"];
                self.persist(&arguments.bind(shown, parameters, 2)?)
            }
            _ => {
                self.read(&arguments.bind(shown, &["table_name", "partition", "add_offset"], 1)?)
            }
        }
    }

    fn read(&mut self, bound: &Bound<'_>) -> Lowers<Value> {
        let given = bound.must("table_name")?;
        let table = self.table(&given, bound)?;
        let Some(columns) = self.project.tables.get(&table.table) else {
            let kind = ErrorKind::UnknownTable(table.table);
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
        let columns: Vec<Column> = columns.collect::<Lowers<_>>()?;
        let add_offset = bound.flag("add_offset", true)?;
        Ok(Value::Node(
            self.graph.read_table(&table, columns, add_offset),
        ))
    }

    fn persist(&mut self, bound: &Bound<'_>) -> Lowers<Value> {
        let frame = bound.must("mdf")?;
        let node = frame.node()?;
        let given = bound.must("table_name")?;
        let table = self.table(&given, bound)?;
        let overwrite = bound.flag("overwrite", false)?;
        let written = self.graph.write_table(&node, &table, overwrite);
        let written = written.map_err(|error| located(error, frame.at, Some(&node)))?;
        self.statements.extend(made(&node, &table, bound)?);
        Ok(Value::Node(written))
    }

    /// The table that is named, with the project in front of it or not.
    fn table(&self, given: &Given<'_>, bound: &Bound<'_>) -> Lowers<OdpsTable> {
        let name = text(given)?;
        let own = name.strip_prefix(&self.project.name);
        let table = own.and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
        if !is_name(table) {
            return Err(Error::new(given.at, ErrorKind::BadName(table.to_owned())));
        }
        let partition = bound.some("partition");
        Ok(OdpsTable {
            project: self.project.name.clone(),
            table: table.to_owned(),
            partition: partition
                .map(|given| Ok(spelled(&keys(&given)?, ",", "")))
                .transpose()?,
        })
    }
}

/// What makes the table and the partition, where they are not there yet, as PyODPS says it.
fn made(node: &Node, table: &OdpsTable, bound: &Bound<'_>) -> Lowers<Vec<String>> {
    let given = bound.must("table_name")?;
    let as_type = match bound.some("as_type") {
        Some(given) => types(&given)?,
        None => Vec::new(),
    };
    let mut columns = Vec::new();
    for column in node.columns() {
        let name = column.label.to_string();
        let asked = as_type.iter().find(|(known, _)| *known == name);
        let kind = asked.map(|(_, kind)| kind.as_str());
        let kind = kind.or_else(|| odps_of_dtype(&column.dtype));
        let Some(kind) = kind else {
            let (column, kind) = (name, column.dtype.name());
            return Err(Error::new(given.at, ErrorKind::ColumnType { column, kind }));
        };
        if !is_name(&name) {
            return Err(Error::new(given.at, ErrorKind::BadName(name)));
        }
        columns.push(format!("`{name}` {}", kind.to_ascii_uppercase()));
    }
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
