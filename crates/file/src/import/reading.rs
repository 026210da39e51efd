//! The rows of a file, chunk by chunk.

use std::fmt;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use arrow::ipc::reader::{FileReader, StreamReader};
use arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::delimited::Delimited;
use super::json::{self, JsonLines};
use super::{Encoding, Fields, Form, ImportError, ReadOptions, WholeFile};

/// How much text is read at once.
const PIECE: usize = 1 << 20;
/// Rows of a typed batch.
const BATCH: usize = 8_192;
/// The names of JSON objects are those of the first so many bytes.
const NAMES: usize = 4 << 20;

const BOM: &[u8] = "\u{feff}".as_bytes();

/// Text in GB18030 to UTF-8, piece by piece; the flag says that the piece is the last one.
pub type Decode = Box<dyn FnMut(&[u8], bool) -> String>;

/// Some rows.
#[derive(Debug)]
pub enum Chunk {
    /// Of text.
    Text(Fields),
    /// With types.
    Rows {
        /// The number of the first one.
        first: u64,
        /// The rows.
        batch: RecordBatch,
    },
}

impl Chunk {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(fields) => fields.len(),
            Self::Rows { batch, .. } => batch.num_rows(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>>>;

enum Source {
    Text(Box<Text>),
    Batches(Batches, SchemaRef),
}

struct Text {
    file: WholeFile,
    at: u64,
    parser: Parser,
    decode: Option<Decode>,
    waiting: Option<Fields>,
    /// Rows of the first piece that are no rows of data.
    heading: u64,
    ended: bool,
}

enum Parser {
    Delimited(Delimited),
    Json(JsonLines),
}

/// A file that is read.
pub struct Reading {
    source: Source,
    names: Vec<String>,
    rows: u64,
    all: Option<u64>,
}

impl fmt::Debug for Reading {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Reading({} rows)", self.rows)
    }
}

impl Reading {
    /// Begins. GB18030 needs someone who knows it.
    pub fn open(
        file: &WholeFile,
        options: &ReadOptions,
        decode: Option<Decode>,
    ) -> Result<Self, ImportError> {
        let damaged = |error: &dyn fmt::Display| ImportError::Damaged(error.to_string());
        let typed = |batches: Batches, schema: SchemaRef, all: Option<u64>| Self {
            names: schema.fields().iter().map(|f| f.name().clone()).collect(),
            source: Source::Batches(batches, schema),
            rows: 0,
            all,
        };
        match options.form {
            Form::Delimited | Form::JsonLines => text(file, options, decode),
            Form::Parquet => {
                let builder = ParquetRecordBatchReaderBuilder::try_new(file.clone());
                let builder = builder.map_err(|error| damaged(&error))?;
                let schema = Arc::clone(builder.schema());
                let all = u64::try_from(builder.metadata().file_metadata().num_rows()).ok();
                let reader = builder.with_batch_size(BATCH).build();
                let reader = reader.map_err(|error| damaged(&error))?;
                Ok(typed(Box::new(reader), schema, all))
            }
            Form::ArrowFile => {
                believable(file, file.length().saturating_sub(10), 0)?;
                let reader = FileReader::try_new(file.reader(0), None);
                let reader = reader.map_err(|error| damaged(&error))?;
                let schema = reader.schema();
                Ok(typed(Box::new(reader), schema, None))
            }
            Form::ArrowStream => {
                believable(file, 0, 4)?;
                let reader = StreamReader::try_new(file.reader(0), None);
                let reader = reader.map_err(|error| damaged(&error))?;
                let schema = reader.schema();
                Ok(typed(Box::new(reader), schema, None))
            }
        }
    }

    /// The names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The types of the columns, where the file has types.
    pub fn schema(&self) -> Option<&SchemaRef> {
        match &self.source {
            Source::Batches(_, schema) => Some(schema),
            Source::Text(_) => None,
        }
    }

    /// How many rows there are, where the file says it.
    pub fn all(&self) -> Option<u64> {
        self.all
    }

    /// How many bytes of text were read.
    pub fn bytes(&self) -> Option<u64> {
        match &self.source {
            Source::Text(text) => Some(text.at),
            Source::Batches(..) => None,
        }
    }

    /// The next rows; none at the end.
    pub fn chunk(&mut self) -> Result<Option<Chunk>, ImportError> {
        let chunk = match &mut self.source {
            Source::Text(text) => loop {
                let fields = match text.waiting.take() {
                    Some(fields) => fields,
                    None if text.ended => break None,
                    None => text.piece(self.rows)?,
                };
                if !fields.is_empty() {
                    break Some(Chunk::Text(fields));
                }
            },
            Source::Batches(batches, _) => match batches.next() {
                None => None,
                Some(batch) => {
                    let batch = batch.map_err(|error| ImportError::Damaged(error.to_string()))?;
                    Some(Chunk::Rows {
                        first: self.rows,
                        batch,
                    })
                }
            },
        };
        self.rows += chunk.as_ref().map_or(0, Chunk::len) as u64;
        Ok(chunk)
    }
}

/// Refuses a file that speaks of a part longer than itself, for which Arrow would make room.
fn believable(file: &WholeFile, at: u64, skip: usize) -> Result<(), ImportError> {
    let damaged = |why: &str| ImportError::Damaged(why.to_owned());
    let head = file.piece(at, skip + 4);
    let head = head.map_err(|error| damaged(&error.to_string()))?;
    let length = head
        .get(skip..)
        .and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    let length = length.map(i32::from_le_bytes).map(u64::try_from);
    match length {
        Some(Ok(length)) if length <= file.length() => Ok(()),
        _ => Err(damaged("a length in it cannot be")),
    }
}

impl Text {
    /// Reads a piece; gives the rows that it ends.
    fn piece(&mut self, first: u64) -> Result<Fields, ImportError> {
        let failed = |error: std::io::Error| ImportError::Damaged(error.to_string());
        let mut bytes = self.file.piece(self.at, PIECE).map_err(failed)?;
        let start = self.at == 0;
        self.at += bytes.len() as u64;
        self.ended = self.at >= self.file.length();
        if let Some(decode) = &mut self.decode {
            bytes = decode(&bytes, self.ended).into_bytes();
        }
        let bytes = match bytes.strip_prefix(BOM) {
            Some(rest) if start => rest,
            _ => &bytes,
        };
        let mut out = Fields::at(first);
        let heading = self.heading;
        let data = |error| match error {
            ImportError::Unclosed { row } => ImportError::Unclosed {
                row: row - heading.min(row),
            },
            other => other,
        };
        match &mut self.parser {
            Parser::Delimited(parser) => {
                parser.push(bytes, &mut out).map_err(data)?;
                if self.ended {
                    parser.finish(&mut out).map_err(data)?;
                }
                // What belongs to a row that is not ended goes on in the next piece.
                parser.hold(&mut out);
            }
            Parser::Json(parser) => {
                parser.push(bytes, &mut out);
                if self.ended {
                    parser.finish(&mut out);
                }
            }
        }
        Ok(out)
    }
}

fn text(
    file: &WholeFile,
    options: &ReadOptions,
    decode: Option<Decode>,
) -> Result<Reading, ImportError> {
    let parser = match options.form {
        Form::JsonLines => Parser::Json(JsonLines::new(names_of_objects(file)?)),
        _ => Parser::Delimited(Delimited::new(options)),
    };
    let mut text = Text {
        file: file.clone(),
        at: 0,
        parser,
        decode: decode.filter(|_| options.encoding == Encoding::Gb18030),
        waiting: None,
        heading: u64::from(options.header),
        ended: file.length() == 0,
    };
    let names = match &text.parser {
        Parser::Json(parser) => parser.names().to_vec(),
        Parser::Delimited(_) => text.heading(options)?,
    };
    if names.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(Reading {
        source: Source::Text(Box::new(text)),
        names,
        rows: 0,
        all: None,
    })
}

impl Text {
    /// Reads as far as the first row.
    fn first(&mut self) -> Result<Fields, ImportError> {
        let mut fields = Fields::default();
        while fields.is_empty() && !self.ended {
            fields = self.piece(0)?;
        }
        match fields.is_empty() {
            true => Err(ImportError::Empty),
            false => Ok(fields),
        }
    }

    /// Reads as far as the first row, which holds the names or at least their number.
    fn heading(&mut self, options: &ReadOptions) -> Result<Vec<String>, ImportError> {
        let mut fields = self.first()?;
        let width = fields.width(0);
        if width == 1 {
            // Empty lines are rows, which were skipped so far.
            let mut parser = Delimited::new(options);
            parser.single = true;
            (self.at, self.parser) = (0, Parser::Delimited(parser));
            (self.ended, fields) = (false, Fields::default());
            if let Some(decode) = &mut self.decode {
                decode(&[], true);
            }
            fields = self.first().unwrap_or(fields);
        }
        let (names, fields) = match options.header {
            true => fields.split_first(),
            false => ((1..=width).map(|at| format!("c{at}")).collect(), fields),
        };
        self.waiting = Some(fields);
        self.heading = 0;
        Ok(names)
    }
}

/// The names of the first objects, in the order in which they appear.
fn names_of_objects(file: &WholeFile) -> Result<Vec<String>, ImportError> {
    let failed = |error: std::io::Error| ImportError::Damaged(error.to_string());
    let bytes = file.piece(0, NAMES).map_err(failed)?;
    let text = String::from_utf8_lossy(bytes.strip_prefix(BOM).unwrap_or(&bytes));
    let mut names: Vec<String> = Vec::new();
    for (name, _) in text.lines().filter_map(json::members).flatten() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}
