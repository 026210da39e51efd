//! Columns that go, or get another name or type. The data is written anew, so that files always have
//! the columns of the definition: a later column of an old name would otherwise show what the dropped
//! one held.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use odps::types::{Column, Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tokio_util::sync::CancellationToken;

use super::Runner;
use super::insert::{Sink, Writing, commit};
use crate::catalog::{Shape, TableDef, TableName};
use crate::convert::{Bad, Way, convert};
use crate::error::SqlError;
use crate::progress::Progress;
use crate::statement::Columns;
use crate::types::{storage_field, storage_schema};

/// A column with the one whose values it gets.
struct Next {
    column: Column,
    from: Column,
}

impl Runner {
    pub(super) async fn reshape(
        &self,
        name: TableName,
        def: &TableDef,
        change: Columns,
        cancel: &CancellationToken,
    ) -> Result<(), SqlError> {
        let next = changed(def, &change)?;
        let mut shape = Shape::default();
        for Next { column, from } in &next {
            shape.columns.push(column.clone());
            if let Some(text) = def.defaults.get(&from.name) {
                shape.defaults.insert(column.name.clone(), text.clone());
            }
        }
        let sink = Sink {
            schema: storage_schema(&shape.columns)?,
            required: Vec::new(),
            keys: def
                .partitions
                .iter()
                .map(|key| (key.name.clone(), None))
                .collect(),
            overwrite: true,
            shape: Some(shape),
        };
        // The write is begun before the data is listed: what others add later makes its commit fail.
        let mut writing = Writing::new(self.catalog.write(&name)?, sink);
        let sets = self.catalog.data(&name, None)?;
        let zone = self.planner.zone();
        let cancel = cancel.clone();
        let filled = tokio::task::spawn_blocking(move || {
            let way = Way {
                zone,
                bad: Bad::Error,
                function: "cast",
            };
            for set in sets {
                let values = writing.see(&set.spec);
                for file in &set.files {
                    copy(file, &next, &way, &cancel, |rows| {
                        writing.put(values.clone(), rows)
                    })?;
                }
            }
            Ok::<Writing, SqlError>(writing)
        });
        let filled = filled.await.map_err(SqlError::internal)??;
        commit(vec![filled], &Progress::new()).await.map(drop)
    }
}

/// The columns after the change.
fn changed(def: &TableDef, change: &Columns) -> Result<Vec<Next>, SqlError> {
    let known = |name: &str| {
        if def.partitions.iter().any(|key| key.name == name) {
            let message = format!("column {name} is a partition column");
            return Err(SqlError::semantic(message));
        }
        match def.columns.iter().any(|column| column.name == name) {
            true => Ok(()),
            false => Err(SqlError::semantic(format_args!(
                "column {name} cannot be resolved"
            ))),
        }
    };
    let mut next: Vec<Next> = def
        .columns
        .iter()
        .map(|column| Next {
            column: column.clone(),
            from: column.clone(),
        })
        .collect();
    match change {
        Columns::Drop(names) => {
            for name in names {
                known(name)?;
            }
            next.retain(|one| !names.contains(&one.from.name));
            if next.is_empty() {
                return Err(SqlError::semantic("a table has at least one column"));
            }
        }
        Columns::Nullable(name) => {
            known(name)?;
            for one in next.iter_mut().filter(|one| one.from.name == *name) {
                one.column.nullable = true;
            }
        }
        Columns::Change {
            name,
            to,
            kind,
            comment,
        } => {
            known(name)?;
            let mut others = def.columns.iter().chain(&def.partitions);
            if name != to && others.any(|column| column.name == *to) {
                let message = format!("column {to} is repeated");
                return Err(SqlError::semantic(message));
            }
            for one in next.iter_mut().filter(|one| one.from.name == *name) {
                one.column.name.clone_from(to);
                if let Some(kind) = kind {
                    widens(name, &one.from.kind, kind)?;
                    one.column.kind = kind.clone();
                }
                if let Some(comment) = comment {
                    one.column.comment.clone_from(comment);
                }
            }
        }
    }
    Ok(next)
}

/// Whether every value of one type is one of another.
fn widens(name: &str, from: &Type, to: &Type) -> Result<(), SqlError> {
    let whole = |kind: &Type| match kind {
        Type::Tinyint => Some(1),
        Type::Smallint => Some(2),
        Type::Int => Some(3),
        Type::Bigint => Some(4),
        _ => None,
    };
    let fits = match (from, to) {
        (from, to) if from == to => true,
        (Type::Float, Type::Double)
        | (Type::Char(_) | Type::Varchar(_), Type::String)
        | (Type::Tinyint | Type::Smallint | Type::Int | Type::Bigint, Type::String) => true,
        (Type::Char(short) | Type::Varchar(short), Type::Varchar(long)) => short <= long,
        (Type::Decimal(Some((p, s))), Type::Decimal(Some((q, t)))) => s <= t && p - s <= q - t,
        (from, to) => {
            matches!((whole(from), whole(to)), (Some(small), Some(large)) if small < large)
        }
    };
    match fits {
        true => Ok(()),
        false => Err(SqlError::ddl(format_args!(
            "the type of column {name} cannot be changed from {from} to {to}"
        ))),
    }
}

/// The rows of a file with the new columns.
fn copy(
    file: &Path,
    next: &[Next],
    way: &Way<'_>,
    cancel: &CancellationToken,
    mut put: impl FnMut(&RecordBatch) -> Result<(), SqlError>,
) -> Result<(), SqlError> {
    let opened = File::open(file).map_err(SqlError::internal)?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(opened)
        .and_then(ParquetRecordBatchReaderBuilder::build)
        .map_err(SqlError::internal)?;
    let columns: Vec<Column> = next.iter().map(|one| one.column.clone()).collect();
    let schema = storage_schema(&columns)?;
    for batch in reader {
        if cancel.is_cancelled() {
            return Err(SqlError::cancelled());
        }
        let batch = batch.map_err(SqlError::internal)?;
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(next.len());
        for Next { column, from } in next {
            let stored = storage_field(from)?;
            let array = match batch.column_by_name(&from.name) {
                None => new_null_array(stored.data_type(), batch.num_rows()),
                Some(array) if array.data_type() == stored.data_type() => array.clone(),
                Some(array) => {
                    arrow::compute::cast(array, stored.data_type()).map_err(SqlError::internal)?
                }
            };
            arrays.push(match from.kind == column.kind {
                true => array,
                false => convert(&array, &stored, &column.kind, way)?,
            });
        }
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let rows = RecordBatch::try_new_with_options(Arc::clone(&schema), arrays, &options)
            .map_err(SqlError::internal)?;
        put(&rows)?;
    }
    Ok(())
}
