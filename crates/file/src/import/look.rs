//! A first look at a file: its columns, their types as far as the first rows tell, some values.

use arrow::datatypes::{DataType, TimeUnit};
use frame::{Kind, Table};
use serde::{Deserialize, Serialize};

use super::fields::State;
use super::infer::Seen;
use super::{Chunk, Decode, ImportError, ReadOptions, Reading, WholeFile};

/// The types of text are those of the first so many rows.
pub const SAMPLE: u64 = 20_000;
/// How many values are shown.
const SHOWN: usize = 3;
/// How many letters of a value.
const LETTERS: usize = 60;
/// What a decimal of MaxCompute holds.
const DIGITS: u8 = 38;
const SCALE: i8 = 18;

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// Its type, as MaxCompute names it.
    pub kind: String,
    /// Rows of the sample without a value.
    pub nulls: u64,
    /// The first values; none where there is no value.
    pub samples: Vec<Option<String>>,
}

/// What a first look shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// How the file is read.
    pub options: ReadOptions,
    /// Its columns.
    pub columns: Vec<Found>,
    /// How many rows were looked at.
    pub sampled: u64,
    /// Whether these are all.
    pub whole: bool,
    /// How many rows there are, where the file says it.
    pub rows: Option<u64>,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Looks at a file.
pub fn look(
    file: &WholeFile,
    options: &ReadOptions,
    decode: Option<Decode>,
) -> Result<Looked, ImportError> {
    let mut reading = Reading::open(file, options, decode)?;
    let mut columns: Vec<Found> = (reading.names().iter())
        .map(|name| Found {
            name: name.clone(),
            kind: "string".to_owned(),
            nulls: 0,
            samples: Vec::new(),
        })
        .collect();
    let mut seen = vec![Seen::default(); columns.len()];
    if let Some(schema) = reading.schema() {
        for (column, field) in columns.iter_mut().zip(schema.fields()) {
            column.kind = kind(field.data_type());
        }
    }
    let (mut sampled, mut whole) = (0, false);
    while sampled < SAMPLE {
        let Some(chunk) = reading.chunk()? else {
            whole = true;
            break;
        };
        match &chunk {
            Chunk::Text(fields) => {
                for row in 0..fields.len() {
                    for (at, column) in columns.iter_mut().enumerate() {
                        let text = match fields.cell(row, at) {
                            None | Some((_, State::Null)) => None,
                            Some((text, _)) => Some(text),
                        };
                        text.inspect(|text| seen[at].see(text));
                        column.see(text);
                    }
                }
            }
            Chunk::Rows { batch, .. } => {
                let mut table = Table::new(batch.schema());
                if table.append(batch.clone()).is_ok() {
                    for (at, column) in columns.iter_mut().enumerate() {
                        for row in 0..table.rows() {
                            let cell = table.cell(row, at, LETTERS);
                            let cell = cell.filter(|cell| cell.kind != Kind::Null);
                            column.see(cell.as_ref().map(|cell| cell.text.as_str()));
                        }
                    }
                }
            }
        }
        sampled += chunk.len() as u64;
        // Types are known: a few rows are enough.
        if !options.form.is_text() {
            break;
        }
    }
    if options.form.is_text() {
        for (column, seen) in columns.iter_mut().zip(&seen) {
            column.kind = seen.kind();
        }
    }
    Ok(Looked {
        options: options.clone(),
        columns,
        sampled,
        whole: whole || reading.all() == Some(sampled),
        rows: reading.all().or(Some(sampled).filter(|_| whole)),
        bytes: file.length(),
    })
}

impl Found {
    fn see(&mut self, text: Option<&str>) {
        self.nulls += u64::from(text.is_none());
        if self.samples.len() < SHOWN {
            let text = text.map(|text| text.chars().take(LETTERS).collect());
            self.samples.push(text);
        }
    }
}

/// The type of MaxCompute that takes every value of an Arrow type; text where there is none.
fn kind(data_type: &DataType) -> String {
    let word = match data_type {
        DataType::Boolean => "boolean",
        DataType::Int8 => "tinyint",
        DataType::Int16 | DataType::UInt8 => "smallint",
        DataType::Int32 | DataType::UInt16 => "int",
        DataType::Int64 | DataType::UInt32 => "bigint",
        DataType::UInt64 => "decimal(20,0)",
        DataType::Float16 | DataType::Float32 => "float",
        DataType::Float64 => "double",
        DataType::Date32 => "date",
        DataType::Timestamp(TimeUnit::Second | TimeUnit::Millisecond, Some(_)) => "datetime",
        DataType::Timestamp(_, Some(_)) => "timestamp",
        DataType::Timestamp(_, None) | DataType::Date64 => "timestamp_ntz",
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale)
        | DataType::Decimal256(precision, scale)
            if *precision <= DIGITS && (0..=SCALE).contains(scale) =>
        {
            return format!("decimal({precision},{scale})");
        }
        DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_) => "binary",
        DataType::Dictionary(_, values) => return kind(values),
        DataType::List(item) => return format!("array<{}>", kind(item.data_type())),
        DataType::Struct(parts) => {
            let part = |part: &arrow::datatypes::FieldRef| {
                format!("{}:{}", part.name(), kind(part.data_type()))
            };
            let parts: Vec<String> = parts.iter().map(part).collect();
            return format!("struct<{}>", parts.join(","));
        }
        DataType::Map(entries, _) => {
            if let DataType::Struct(parts) = entries.data_type()
                && let [key, value] = parts.as_ref()
            {
                let (key, value) = (kind(key.data_type()), kind(value.data_type()));
                return format!("map<{key},{value}>");
            }
            "string"
        }
        _ => "string",
    };
    word.to_owned()
}
