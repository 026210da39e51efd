//! Tables and partitions: lists, descriptions, sizes. Rows come from the tunnel.

use super::{bad, internal};
use crate::app::App;
use crate::catalog::{
    Column, Kind, Name, Partition, Refusal, Table, bytes, part_key, rows, within,
};
use odps::Error;
use odps::tables::{
    self as wire_of, Extended, Get, GetExtended, GetPartition, Item, List, Page, PartitionFacts,
    PartitionPage, PartitionSpec, Partitions, Schema,
};
use serde_json::json;
use std::sync::Arc;

/// Items of one page of a list.
const PAGE: usize = 1000;

pub(super) fn list(app: &Arc<App>, project: &str, call: List) -> Result<Page, Error> {
    let prefix = call.prefix.unwrap_or_default().to_lowercase();
    let wanted = |table: &Table| {
        let kind = call.kind.as_ref();
        kind.is_none_or(|kind| kind.eq_ignore_ascii_case(table.kind.name()))
            && table.name.starts_with(&prefix)
            && call
                .owner
                .as_ref()
                .is_none_or(|owner| *owner == table.owner)
    };
    let all = app
        .catalog()
        .tables(project, call.schema.as_deref(), call.marker.as_deref());
    let mut tables: Vec<Item> = all
        .map_err(internal)?
        .into_iter()
        .filter(wanted)
        .take(PAGE + 1)
        .map(|table| Item {
            kind: Some(table.kind.name().to_owned()),
            owner: Some(table.owner),
            comment: call.extended.then_some(table.comment),
            name: table.name,
        })
        .collect();
    let more = tables.len() > PAGE;
    tables.truncate(PAGE);
    let marker = tables.last().filter(|_| more).map(|last| last.name.clone());
    Ok(Page { tables, marker })
}

pub(super) fn get(app: &Arc<App>, project: &str, call: Get) -> Result<wire_of::Table, Error> {
    let table = find(app, project, call.schema.as_deref(), &call.table)?;
    let files = app.catalog().files(&table).map_err(internal)?;
    let seconds = |at: wire::Millis| i64::try_from(at / 1000).ok();
    let columns = |list: &[Column]| list.iter().map(Column::to_wire).collect();
    Ok(wire_of::Table {
        id: Some(table.id.clone()),
        project: Some(project.to_owned()),
        kind: Some(table.kind.name().to_owned()),
        owner: Some(table.owner.clone()),
        comment: table.comment.clone(),
        created: Some(table.created),
        modified: Some(table.modified),
        accessed: None,
        schema: Schema {
            columns: columns(&table.columns),
            partition_keys: columns(&table.partition_keys),
            comment: table.comment,
            owner: Some(table.owner),
            create_time: seconds(table.created),
            last_ddl_time: seconds(table.described),
            last_modified_time: seconds(table.modified),
            lifecycle: table.lifecycle.map(i64::from),
            size: Some(bytes(&files)),
            record_num: Some(rows(&files)),
            is_virtual_view: table.kind == Kind::View,
            view_text: table.view_text,
            ..Schema::default()
        },
        name: table.name,
    })
}

pub(super) fn extended(
    app: &Arc<App>,
    project: &str,
    call: GetExtended,
) -> Result<Extended, Error> {
    let table = find(app, project, call.schema.as_deref(), &call.table)?;
    let files = match &call.partition {
        Some(spec) => one(app, &table, spec)?.files,
        None => app.catalog().files(&table).map_err(internal)?,
    };
    Ok(Extended {
        is_archived: false,
        physical_size: Some(bytes(&files)),
        file_num: u64::try_from(files.len()).ok(),
        reserved: json!({"schema_version": "1", "StoredAs": "Parquet"}),
    })
}

pub(super) fn partitions(
    app: &Arc<App>,
    project: &str,
    call: Partitions,
) -> Result<PartitionPage, Error> {
    let table = find(app, project, call.schema.as_deref(), &call.table)?;
    if table.partition_keys.is_empty() {
        let text = format!(
            "ODPS-0420061: Invalid parameter in HTTP request - {} is not partitioned",
            table.full_name()
        );
        let status = http::StatusCode::BAD_REQUEST;
        return Err(Error::status(status, "InvalidParameter", text));
    }
    let all = app.catalog().partitions(&table).map_err(internal)?;
    let mut all = all;
    if call.reverse {
        all.reverse();
    }
    // The marker names the last partition that was given, which may have gone since.
    let given = match &call.marker {
        Some(text) => Some(place(text).ok_or_else(|| bad("the marker is none of this list"))?),
        None => None,
    };
    let seen = |key: String| {
        given.as_ref().is_some_and(|given| match call.reverse {
            true => key >= *given,
            false => key <= *given,
        })
    };
    let wanted = all
        .into_iter()
        .skip_while(|partition| seen(part_key(&partition.spec)))
        .filter(|partition| {
            let prefix = call.prefix.as_ref();
            prefix.is_none_or(|prefix| within(&partition.spec, prefix))
        });
    let mut partitions: Vec<_> = wanted
        .take(PAGE + 1)
        .map(|partition| {
            let facts = facts(&partition);
            wire_of::Partition {
                spec: partition.spec,
                created: facts.created,
                modified: facts.modified,
                size: facts.size,
                records: facts.records,
            }
        })
        .collect();
    let more = partitions.len() > PAGE;
    partitions.truncate(PAGE);
    let marker = partitions
        .last()
        .filter(|_| more)
        .map(|last| marker(&last.spec));
    Ok(PartitionPage { partitions, marker })
}

/// The values of a partition, which may hold anything that separates them elsewhere.
fn marker(spec: &PartitionSpec) -> String {
    let values = spec.0.iter().map(|(_, value)| value.as_str());
    json!(values.collect::<Vec<&str>>()).to_string()
}

/// The key of the partition that a marker names.
fn place(marker: &str) -> Option<String> {
    let values: Vec<String> = serde_json::from_str(marker).ok()?;
    let spec = values.into_iter().map(|value| (String::new(), value));
    Some(part_key(&PartitionSpec(spec.collect())))
}

pub(super) fn partition(
    app: &Arc<App>,
    project: &str,
    call: GetPartition,
) -> Result<PartitionFacts, Error> {
    let table = find(app, project, call.schema.as_deref(), &call.table)?;
    Ok(facts(&one(app, &table, &call.spec)?))
}

/// The table, or the error document that the service has for its absence.
pub(super) fn find(
    app: &App,
    project: &str,
    schema: Option<&str>,
    name: &str,
) -> Result<Table, Error> {
    let name = Name::new(project, schema, name);
    let found = app.catalog().table(&name).map_err(internal)?;
    found.ok_or_else(|| internal(Refusal::NoTable(name.to_string()).into()))
}

/// One partition, or the error for its absence.
pub(super) fn one(app: &App, table: &Table, spec: &PartitionSpec) -> Result<Partition, Error> {
    let found = app.catalog().partition(table, spec).map_err(internal)?;
    found.ok_or_else(GetPartition::absent)
}

fn facts(partition: &Partition) -> PartitionFacts {
    let seconds = |at: wire::Millis| i64::try_from(at / 1000).ok();
    PartitionFacts {
        created: seconds(partition.created),
        modified: seconds(partition.modified),
        size: Some(bytes(&partition.files)),
        records: Some(rows(&partition.files)),
    }
}
