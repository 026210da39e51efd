//! Tables and partitions: lists, descriptions, sizes. Rows come from the tunnel.

use super::internal;
use crate::app::App;
use crate::catalog::{Column, Partition, Table, bytes, rows, within};
use odps::Error;
use odps::tables::{
    self as wire_of, Extended, Get, GetExtended, GetPartition, Item, List, Page, PartitionFacts,
    PartitionPage, PartitionSpec, Partitions, Schema,
};
use serde_json::json;
use std::sync::Arc;

const KIND: &str = "MANAGED_TABLE";

/// Items of one page of a list.
const PAGE: usize = 1000;

pub(super) fn list(app: &Arc<App>, project: &str, call: List) -> Result<Page, Error> {
    let prefix = call.prefix.unwrap_or_default().to_lowercase();
    let kind = call.kind.is_none_or(|kind| kind.eq_ignore_ascii_case(KIND));
    let mut tables = Vec::new();
    for name in app.catalog().tables(project).map_err(internal)? {
        let after = call.marker.as_ref().is_none_or(|marker| name > *marker);
        if !kind || !after || !name.starts_with(&prefix) {
            continue;
        }
        let Some(table) = app.catalog().table(project, &name).map_err(internal)? else {
            continue;
        };
        if call
            .owner
            .as_ref()
            .is_none_or(|owner| *owner == table.owner)
        {
            tables.push(Item {
                name,
                owner: Some(table.owner),
                kind: Some(KIND.to_owned()),
            });
        }
    }
    let more = tables.len() > PAGE;
    tables.truncate(PAGE);
    let marker = tables.last().filter(|_| more).map(|last| last.name.clone());
    Ok(Page { tables, marker })
}

pub(super) fn get(app: &Arc<App>, project: &str, call: Get) -> Result<wire_of::Table, Error> {
    let table = find(app, project, &call.table)?;
    let files = app.catalog().all_files(project, &table).map_err(internal)?;
    let seconds = |at: wire::Millis| i64::try_from(at / 1000).ok();
    let columns = |list: &[Column]| list.iter().map(Column::to_wire).collect();
    Ok(wire_of::Table {
        id: Some(table.id.clone()),
        project: Some(project.to_owned()),
        kind: Some(KIND.to_owned()),
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
            last_ddl_time: seconds(table.created),
            last_modified_time: seconds(table.modified),
            lifecycle: table.lifecycle.map(i64::from),
            size: Some(bytes(&files)),
            record_num: Some(rows(&files)),
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
    let table = find(app, project, &call.table)?;
    let files = match &call.partition {
        Some(spec) => one(app, project, &table, spec)?.files,
        None => app.catalog().all_files(project, &table).map_err(internal)?,
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
    let table = find(app, project, &call.table)?;
    let all = app
        .catalog()
        .partitions(project, &table)
        .map_err(internal)?;
    let wanted = all.into_iter().filter(|partition| {
        call.prefix.as_ref().is_none_or(|prefix| within(&partition.spec, prefix))
            // Partitions are sorted by their values, and so is their text.
            && call.marker.as_ref().is_none_or(|marker| partition.spec.to_string() > *marker)
    });
    let mut partitions: Vec<_> = wanted
        .take(PAGE + 1)
        .map(|partition| {
            let facts = facts(&table, &partition);
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
        .map(|last| last.spec.to_string());
    Ok(PartitionPage { partitions, marker })
}

pub(super) fn partition(
    app: &Arc<App>,
    project: &str,
    call: GetPartition,
) -> Result<PartitionFacts, Error> {
    let table = find(app, project, &call.table)?;
    Ok(facts(&table, &one(app, project, &table, &call.spec)?))
}

/// The table, or the error document that the service has for its absence.
pub(super) fn find(app: &App, project: &str, name: &str) -> Result<Table, Error> {
    app.catalog()
        .table(project, name)
        .map_err(internal)?
        .ok_or_else(|| {
            Error::no_such_object(format!(
                "ODPS-0130131:[0,0] Table not found - table {project}.{name} cannot be resolved"
            ))
        })
}

/// One partition, or the error for its absence.
pub(super) fn one(
    app: &App,
    project: &str,
    table: &Table,
    spec: &PartitionSpec,
) -> Result<Partition, Error> {
    let found = app
        .catalog()
        .partition(project, table, spec)
        .map_err(internal)?;
    found.ok_or_else(GetPartition::absent)
}

fn facts(table: &Table, partition: &Partition) -> PartitionFacts {
    let seconds = |at: wire::Millis| i64::try_from(at / 1000).ok();
    PartitionFacts {
        created: seconds(partition.created),
        modified: seconds(partition.created.max(table.created)),
        size: Some(bytes(&partition.files)),
        records: Some(rows(&partition.files)),
    }
}
