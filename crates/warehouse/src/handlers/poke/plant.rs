//! `PUT /-/tables`: empty tables in any number, from a JSON list of `{name, schema, owner, comment,
//! columns, partition_keys, partitions, lifecycle, view_text}`; columns are lists of name, type and
//! comment, partitions are texts. They belong to the sample project. Nothing is checked: names that
//! SQL refuses are a purpose of this.

use crate::app::App;
use crate::catalog::{Column, Kind, Name, Table};
use crate::clock;
use crate::seed::{OWNER, PROJECT};
use odps::tables::PartitionSpec;
use serde::Deserialize;

/// A table as it is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    name: String,
    schema: Option<String>,
    owner: Option<String>,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    columns: Vec<(String, String, String)>,
    #[serde(default)]
    partition_keys: Vec<(String, String, String)>,
    #[serde(default)]
    partitions: Vec<String>,
    lifecycle: Option<u32>,
    view_text: Option<String>,
}

/// Makes the tables and says how many.
pub(super) fn tables(app: &App, body: &[u8]) -> Result<usize, String> {
    let wanted: Vec<Wanted> = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let made = wanted.into_iter().map(table);
    let made = made.collect::<Result<Vec<_>, String>>()?;
    app.catalog()
        .plant(&made)
        .map_err(|error| error.to_string())?;
    Ok(made.len())
}

fn table(wanted: Wanted) -> Result<(Table, Vec<PartitionSpec>), String> {
    let columns = |list: Vec<(String, String, String)>| {
        let all = list.into_iter();
        all.map(|(name, kind, comment)| Column::new(&name, &kind, &comment))
            .collect::<Vec<_>>()
    };
    let specs = wanted
        .partitions
        .iter()
        .map(|spec| PartitionSpec::read(spec));
    let specs = specs.collect::<Result<Vec<_>, _>>();
    let name = Name::new(PROJECT, wanted.schema.as_deref(), &wanted.name);
    let owner = wanted.owner.as_deref().unwrap_or(OWNER);
    let table = Table {
        comment: wanted.comment,
        partition_keys: columns(wanted.partition_keys),
        lifecycle: wanted.lifecycle,
        kind: match wanted.view_text {
            Some(_) => Kind::View,
            None => Kind::Managed,
        },
        view_text: wanted.view_text,
        ..Table::new(&name, owner, columns(wanted.columns), clock::now())
    };
    Ok((table, specs.map_err(|error| error.to_string())?))
}
