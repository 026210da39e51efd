//! The first rows of a table, partition or view by the tunnel's preview call. It has no session and
//! no offset, and gives at most ten thousand rows; more rows mean the same call again.
//!
//! The answer says Arrow types only: the types of the columns are asked for first, and a refusal of
//! that does no harm.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use frame::Table;
use odps::tables::{Get, PartitionSpec};
use odps::tunnel::download::Source;
use odps::tunnel::preview::{Preview, read};
use odps::tunnel::schema::record_schema;
use odps::types::{Column, Type};
use wire::{Call, Response, Service, Target};

use super::table::numeric;
use super::{Given, Next, Origin, odps_fault};
use crate::frames::{self, Fault, Head, Previewed, TableSource};

/// How many rows one preview gives at most.
const MOST: u64 = 10_000;

/// The first rows of a table.
pub(super) struct PreviewOrigin {
    source: TableSource,
    /// The tunnel's refusal that the preview stands in for.
    refused: Option<Fault>,
    asked: Asked,
    /// The columns and the number of rows, as far as they are told.
    facts: Option<(Vec<Column>, Option<u64>)>,
    /// How many rows were wanted, and whether more exist.
    read: Option<(u64, bool)>,
}

enum Asked {
    Table(Get),
    Rows(Preview, u64),
    Nothing,
}

impl PreviewOrigin {
    pub(super) fn new(source: TableSource, refused: Option<Fault>) -> Self {
        Self {
            source,
            refused,
            asked: Asked::Nothing,
            facts: None,
            read: None,
        }
    }

    fn call(&self, wanted: u64) -> Result<Preview, odps::Error> {
        let partition = self.source.partition.as_deref();
        let columns = &self.source.columns;
        Ok(Preview {
            source: Source {
                schema: self.source.schema.clone(),
                table: self.source.table.clone(),
                partition: partition.map(PartitionSpec::read).transpose()?,
                ..Source::default()
            },
            // One more than wanted tells whether there are more.
            limit: Some((wanted + 1).min(MOST)),
            columns: (!columns.is_empty()).then(|| columns.clone()),
        })
    }

    fn rows(&mut self, answer: &odps::tunnel::download::Rows, wanted: u64) -> Result<Given, Fault> {
        let facts = self.facts.clone().unwrap_or_default();
        let (schema, batches) = match read(answer).map_err(odps_fault)? {
            Some(read) => read,
            None => {
                let columns = &self.source.columns;
                let selected = (!columns.is_empty()).then_some(columns.as_slice());
                (
                    record_schema(&facts.0, selected).map_err(odps_fault)?,
                    Vec::new(),
                )
            }
        };
        let came: u64 = batches.iter().map(|batch| batch.num_rows() as u64).sum();
        let (mut table, mut head) = open(schema, &facts.0)?;
        head.exist = facts.1;
        head.preview = Some(Previewed {
            most: MOST,
            refused: self.refused.as_ref().map(ToString::to_string),
        });
        append(&mut table, batches, wanted)?;
        let full = came >= MOST && facts.1.is_none_or(|exist| exist > came);
        self.read = Some((wanted, came > wanted || full));
        Ok(Given::Opened(table, head))
    }
}

impl Origin for PreviewOrigin {
    fn service(&self) -> Service {
        match self.facts {
            None => Service::Odps,
            Some(_) => Service::Tunnel,
        }
    }

    fn next(&mut self, target: &Target, _have: u64, limit: Option<u64>) -> Next {
        if self.facts.is_none() {
            let call = Get {
                schema: self.source.schema.clone(),
                table: self.source.table.clone(),
            };
            let request = call.to_request(target);
            self.asked = Asked::Table(call);
            return Next::Send(request);
        }
        let wanted = limit.unwrap_or(MOST).min(MOST);
        if let Some((_, more)) = self.read.filter(|(before, _)| wanted <= *before) {
            return Next::Done { more };
        }
        match self.call(wanted) {
            Ok(call) => {
                let request = call.to_request(target);
                self.asked = Asked::Rows(call, wanted);
                Next::Send(request)
            }
            Err(error) => Next::Broken(odps_fault(error)),
        }
    }

    fn answer(&mut self, response: Response) -> Result<Given, Fault> {
        match std::mem::replace(&mut self.asked, Asked::Nothing) {
            Asked::Table(call) => {
                let told = call.from_response(response).ok();
                self.facts = Some(told.map_or_else(Default::default, |table| {
                    let schema = table.schema;
                    let counted = !schema.is_virtual_view && self.source.partition.is_none();
                    let exist = schema.record_num.filter(|_| counted);
                    let all = schema.columns.into_iter().chain(schema.partition_keys);
                    (all.collect(), exist)
                }));
                Ok(Given::Nothing)
            }
            Asked::Rows(call, wanted) => match call.from_response(response) {
                Ok(answer) => self.rows(&answer, wanted),
                // What the tunnel said first is the rule that matters.
                Err(error) => Err(self.refused.clone().unwrap_or_else(|| odps_fault(error))),
            },
            Asked::Nothing => Ok(Given::Nothing),
        }
    }

    fn chunk(&mut self, _bytes: Vec<u8>, _batches: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        Ok(())
    }

    fn end(&mut self, _batches: &mut Vec<RecordBatch>) -> Result<(), Fault> {
        Ok(())
    }

    fn broke_off(&mut self, _fault: Option<&Fault>) {
        self.asked = Asked::Nothing;
    }

    fn begin_again(&mut self) -> bool {
        false
    }
}

/// An empty table and its head; columns that the table does not tell keep the names of Arrow.
fn open(schema: SchemaRef, told: &[Column]) -> Result<(Table, Head), Fault> {
    let plain = Table::new(Arc::clone(&schema));
    let kind = |name: &str| {
        let same = |column: &&Column| column.name.eq_ignore_ascii_case(name);
        told.iter().find(same).map(|column| &column.kind)
    };
    let mut columns = plain.columns().to_vec();
    let mut heads = Vec::with_capacity(columns.len());
    for (column, field) in columns.iter_mut().zip(schema.fields()) {
        let kind = kind(&column.name);
        if let Some(kind) = kind {
            column.badge = kind.to_string();
            column.interval = *kind == Type::IntervalDayTime;
        }
        heads.push(frames::Column {
            name: column.name.clone(),
            kind: column.badge.clone(),
            numeric: kind.map_or_else(|| field.data_type().is_numeric(), numeric),
            index: false,
        });
    }
    let table = Table::with_columns(schema, columns).map_err(|error| Fault::Malformed {
        detail: error.to_string(),
    })?;
    let head = Head {
        columns: heads,
        ..Head::default()
    };
    Ok((table, head))
}

/// Adds the first `wanted` rows.
fn append(table: &mut Table, batches: Vec<RecordBatch>, wanted: u64) -> Result<(), Fault> {
    for batch in batches {
        let left = usize::try_from(wanted - table.rows()).unwrap_or(usize::MAX);
        let batch = batch.slice(0, batch.num_rows().min(left));
        table.append(batch).map_err(|error| Fault::Corrupt {
            detail: error.to_string(),
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
