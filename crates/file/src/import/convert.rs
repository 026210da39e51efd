//! Rows of a file to rows of a table: each column to its type, and a word on what does not fit.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, new_null_array};
use arrow::compute::filter_record_batch;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use frame::{Kind, Table, Zone};
use serde::{Deserialize, Serialize};

use super::fields::State;
use super::typed::{Given, Shape, column, moments, plain, renamed};
use super::{Chunk, Fields, ImportError};

/// How many cells that do not fit are told one by one.
const TOLD: usize = 100;
/// How many letters of such a cell are told.
const LETTERS: usize = 200;

/// A column of the table, and where its values are.
#[derive(Clone, Debug)]
pub struct Want {
    /// Its name.
    pub name: String,
    /// Its type in MaxCompute's words.
    pub kind: String,
    /// The column of the file; none where every row gets NULL.
    pub source: Option<usize>,
    /// Its type on the wire.
    pub data_type: DataType,
    /// Points of time are instants.
    pub instant: bool,
    /// The letters that fit.
    pub letters: Option<u32>,
}

/// What happens to a cell that does not fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Everything ends.
    #[default]
    Stop,
    /// It becomes NULL.
    Null,
    /// Its row is left out, of up to so many.
    Reject(u64),
}

/// Why a cell or a row does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is no value of the type.
    Type,
    /// Its letters are not of the encoding.
    Letters,
    /// The row has another number of fields.
    Count {
        /// How many it has.
        found: usize,
        /// How many it should have.
        wanted: usize,
    },
    /// The line is no JSON object.
    Json,
    /// The object has a name that the first rows do not have.
    Key,
}

/// A cell or a row that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bad {
    /// The row of data, counted from 1.
    pub row: u64,
    /// The column of the table; empty where it is the row.
    pub column: String,
    /// Its type.
    pub kind: String,
    /// The text, or its beginning.
    pub text: String,
    /// What is wrong.
    pub why: Why,
}

/// What became of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Rows that were read.
    pub read: u64,
    /// Rows that are good.
    pub rows: u64,
    /// Rows that were left out.
    pub rejected: u64,
    /// Cells that became NULL because they do not fit.
    pub nulls: u64,
    /// The first ones that do not fit.
    pub bad: Vec<Bad>,
}

/// Makes rows of the table.
pub struct Converter {
    wants: Vec<Want>,
    /// How many fields a row of text has.
    width: usize,
    schema: SchemaRef,
    policy: Policy,
    zone: Option<Zone>,
    report: Report,
}

/// What is found in one batch.
struct Findings<'a> {
    first: u64,
    policy: Policy,
    report: &'a mut Report,
    rows: BTreeSet<usize>,
    stop: Option<Bad>,
}

impl Findings<'_> {
    fn add(&mut self, row: usize, want: Option<&Want>, text: &str, why: Why) {
        let bad = Bad {
            row: self.first + row as u64 + 1,
            column: want.map(|want| want.name.clone()).unwrap_or_default(),
            kind: want.map(|want| want.kind.clone()).unwrap_or_default(),
            text: text.chars().take(LETTERS).collect(),
            why,
        };
        let sooner = |stop: &Bad| bad.row < stop.row;
        if self.policy == Policy::Stop && self.stop.as_ref().is_none_or(sooner) {
            self.stop = Some(bad.clone());
        }
        if self.policy == Policy::Null {
            self.report.nulls += 1;
        }
        self.rows.insert(row);
        if self.report.bad.len() < TOLD {
            self.report.bad.push(bad);
        }
    }
}

impl Converter {
    /// Makes rows of these columns out of rows of so many fields. Times without a zone are those of
    /// `zone`.
    pub fn new(wants: Vec<Want>, width: usize, policy: Policy, zone: Option<Zone>) -> Self {
        let field = |want: &Want| Field::new(&want.name, want.data_type.clone(), true);
        let schema = Schema::new(wants.iter().map(field).collect::<Vec<_>>());
        Self {
            schema: Arc::new(schema),
            wants,
            width,
            policy,
            zone,
            report: Report::default(),
        }
    }

    /// The types of the rows.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// What became of the rows so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The rows of a chunk, as rows of the table.
    pub fn take(&mut self, chunk: &Chunk) -> Result<RecordBatch, ImportError> {
        let (first, rows) = match chunk {
            Chunk::Text(fields) => (fields.first, fields.len()),
            Chunk::Rows { first, batch } => (*first, batch.num_rows()),
        };
        let mut findings = Findings {
            first,
            policy: self.policy,
            report: &mut self.report,
            rows: BTreeSet::new(),
            stop: None,
        };
        let zone = self.zone.as_ref();
        let columns = match chunk {
            Chunk::Text(fields) => {
                of_rows(fields, self.width, &mut findings);
                let column = |want| of_text(want, fields, zone, &mut findings);
                self.wants.iter().map(column).collect::<Vec<_>>()
            }
            Chunk::Rows { batch, .. } => {
                let column = |want| of_batch(want, batch, zone, &mut findings);
                self.wants.iter().map(column).collect::<Result<_, _>>()?
            }
        };
        let (stop, bad) = (findings.stop.take(), std::mem::take(&mut findings.rows));
        if let Some(bad) = stop {
            return Err(ImportError::Bad(Box::new(bad)));
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let made = RecordBatch::try_new_with_options(self.schema.clone(), columns, &options);
        let made = made.map_err(|error| ImportError::Damaged(error.to_string()))?;
        self.report.read += rows as u64;
        let kept = match self.policy {
            Policy::Reject(most) => {
                self.report.rejected += bad.len() as u64;
                if self.report.rejected > most {
                    return Err(ImportError::TooMany { most });
                }
                without(&made, &bad)?
            }
            _ => made,
        };
        self.report.rows += kept.num_rows() as u64;
        Ok(kept)
    }
}

fn without(batch: &RecordBatch, bad: &BTreeSet<usize>) -> Result<RecordBatch, ImportError> {
    if bad.is_empty() {
        return Ok(batch.clone());
    }
    let good: BooleanArray = (0..batch.num_rows())
        .map(|row| Some(!bad.contains(&row)))
        .collect();
    filter_record_batch(batch, &good).map_err(|error| ImportError::Damaged(error.to_string()))
}

/// What is wrong with whole rows of text.
fn of_rows(fields: &Fields, width: usize, findings: &mut Findings<'_>) {
    for (row, why, text) in &fields.wrong {
        findings.add(*row, None, text, *why);
    }
    for row in 0..fields.len() {
        let found = fields.width(row);
        if found != width {
            let text = fields.cell(row, 0).map_or("", |(text, _)| text);
            let why = Why::Count {
                found,
                wanted: width,
            };
            findings.add(row, None, text, why);
        }
    }
}

fn of_text(
    want: &Want,
    fields: &Fields,
    zone: Option<&Zone>,
    findings: &mut Findings<'_>,
) -> ArrayRef {
    let Some(source) = want.source else {
        return new_null_array(&want.data_type, fields.len());
    };
    let cell = |row: usize| match fields.cell(row, source) {
        None | Some((_, State::Null)) => Given::Null,
        Some((text, State::Text)) => Given::Text(Cow::Borrowed(text)),
        Some((text, State::Damaged)) => Given::Damaged(Cow::Borrowed(text)),
    };
    let mut bad = |row: usize, text: &str, damaged: bool| {
        let why = if damaged { Why::Letters } else { Why::Type };
        findings.add(row, Some(want), text, why);
    };
    column(&shape(want, zone), fields.len(), cell, &mut bad)
}

fn of_batch(
    want: &Want,
    batch: &RecordBatch,
    zone: Option<&Zone>,
    findings: &mut Findings<'_>,
) -> Result<ArrayRef, ImportError> {
    let rows = batch.num_rows();
    let Some(array) = want.source.and_then(|at| batch.columns().get(at)) else {
        return Ok(new_null_array(&want.data_type, rows));
    };
    let array = plain(array);
    let shape = shape(want, zone);
    let mut bad = |row: usize, text: &str, _: bool| {
        findings.add(row, Some(want), text, Why::Type);
    };
    let bounded = matches!(array.data_type(), DataType::Utf8) && want.letters.is_some();
    let local = matches!(array.data_type(), DataType::Timestamp(_, None)) && want.instant;
    if let Some(same) = renamed(&array, &want.data_type).filter(|_| !bounded && !local) {
        return Ok(same);
    }
    if let Some(moments) = moments(&array, &shape, &mut bad) {
        return Ok(moments);
    }
    // By way of the exact text that the grid would show.
    let damaged = |error: String| ImportError::Damaged(error);
    let schema = Schema::new(vec![Field::new("c", array.data_type().clone(), true)]);
    let mut table = Table::new(Arc::new(schema.clone()));
    let batch = RecordBatch::try_new(Arc::new(schema), vec![array]);
    let batch = batch.map_err(|error| damaged(error.to_string()))?;
    table
        .append(batch)
        .map_err(|error| damaged(error.to_string()))?;
    let cell = |row: usize| match table.cell(row as u64, 0, usize::MAX) {
        None => Given::Null,
        Some(cell) if cell.kind == Kind::Null => Given::Null,
        Some(cell) => Given::Text(Cow::Owned(cell.text)),
    };
    Ok(column(&shape, rows, cell, &mut bad))
}

fn shape<'a>(want: &'a Want, zone: Option<&'a Zone>) -> Shape<'a> {
    Shape {
        data_type: &want.data_type,
        instant: want.instant,
        letters: want.letters,
        zone,
    }
}
