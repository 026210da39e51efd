//! The body: counts, an Arrow stream of one batch, tensors, buffers (section 3.2).

use super::array::Array;
use super::budget::Budget;
use super::flat::Table;
use super::tree::{Column, Parts};
use super::{Error, Value, tensor};
use std::sync::Arc;

const WHAT: &str = "the body";

/// The header types of an Arrow message.
const SCHEMA: u8 = 1;
const RECORD_BATCH: u8 = 3;
const TENSOR: u8 = 4;

/// Reads the body of an Arrow payload.
pub(super) fn read(body: &[u8], budget: &mut Budget) -> Result<Value, Error> {
    let mut cursor = Cursor { body, at: 0 };
    let tensors = cursor.count("tensors")?;
    let buffers = cursor.count("buffers")?;
    let schema = cursor.message(SCHEMA, false)?;
    let batch = cursor.message(RECORD_BATCH, false)?;
    cursor.end_of_stream()?;
    let tensors: Vec<Arc<Array>> = (0..tensors)
        .map(|_| {
            cursor.align()?;
            let message = cursor.message(TENSOR, true)?;
            tensor::read(message.header, message.body, budget).map(Arc::new)
        })
        .collect::<Result<_, _>>()?;
    cursor.align()?;
    let buffers: Vec<Arc<[u8]>> = (0..buffers)
        .map(|_| cursor.buffer(budget))
        .collect::<Result<_, _>>()?;
    if cursor.at != body.len() {
        let detail = format!("{} bytes remain", body.len() - cursor.at);
        return Err(Error::malformed(WHAT, detail));
    }
    let column = Column::open(schema.header, batch.header, batch.body)?;
    Parts {
        tensors,
        buffers,
        budget,
    }
    .value(&column)
}

/// A part of a message's body.
pub(super) fn section(body: &[u8], start: i64, length: i64) -> Result<&[u8], Error> {
    let range = usize::try_from(start)
        .ok()
        .zip(usize::try_from(length).ok());
    let slice = range.and_then(|(start, length)| body.get(start..start.checked_add(length)?));
    slice.ok_or_else(|| Error::malformed(WHAT, "a buffer outside of its message"))
}

/// An encapsulated message.
struct Message<'a> {
    header: Table<'a>,
    body: &'a [u8],
}

struct Cursor<'a> {
    body: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, need: usize) -> Result<&'a [u8], Error> {
        let end = self.at.checked_add(need);
        let slice = end.and_then(|end| self.body.get(self.at..end));
        let slice = slice.ok_or(Error::Truncated {
            what: WHAT,
            at: self.at,
            need,
        })?;
        self.at += need;
        Ok(slice)
    }

    fn integer(&mut self) -> Result<i32, Error> {
        let at = self.at;
        let truncated = Error::Truncated {
            what: WHAT,
            at,
            need: 4,
        };
        let bytes = self.take(4)?.try_into().map_err(|_| truncated)?;
        Ok(i32::from_le_bytes(bytes))
    }

    /// A number of parts; each part takes at least eight bytes.
    fn count(&mut self, what: &str) -> Result<usize, Error> {
        let count = self.integer()?;
        let count = usize::try_from(count)
            .ok()
            .filter(|&count| count <= self.body.len() / 8);
        count.ok_or_else(|| Error::malformed(WHAT, format!("the number of {what}")))
    }

    /// Moves on to a multiple of 64.
    fn align(&mut self) -> Result<(), Error> {
        self.take(self.at.wrapping_neg() % 64).map(|_| ())
    }

    /// The length of the metadata; later Arrow puts a continuation mark in front.
    fn metadata_length(&mut self) -> Result<usize, Error> {
        let length = match self.integer()? {
            -1 => self.integer()?,
            length => length,
        };
        usize::try_from(length).map_err(|_| Error::malformed(WHAT, "a negative length"))
    }

    /// The next message; the body of a tensor may end the input without its padding.
    fn message(&mut self, kind: u8, tensor: bool) -> Result<Message<'a>, Error> {
        let length = self.metadata_length()?;
        let message = Table::root(self.take(length)?)?;
        let found = message.u8(1)?;
        let header = message.table(2)?.filter(|_| found == kind);
        let header = header.ok_or_else(|| {
            Error::malformed(WHAT, format!("message {found} where {kind} is due"))
        })?;
        let length = usize::try_from(message.i64(3)?)
            .map_err(|_| Error::malformed(WHAT, "a negative length"))?;
        let body = self.take(length)?;
        if !tensor {
            let padding = self.at.wrapping_neg() % 8;
            self.take(padding)?;
        }
        Ok(Message { header, body })
    }

    fn end_of_stream(&mut self) -> Result<(), Error> {
        match self.metadata_length()? {
            0 => self.align(),
            _ => Err(Error::malformed(WHAT, "more than one batch")),
        }
    }

    fn buffer(&mut self, budget: &mut Budget) -> Result<Arc<[u8]>, Error> {
        let at = self.at;
        let truncated = Error::Truncated {
            what: WHAT,
            at,
            need: 8,
        };
        let size = i64::from_le_bytes(self.take(8)?.try_into().map_err(|_| truncated)?);
        let size =
            usize::try_from(size).map_err(|_| Error::malformed(WHAT, "a negative length"))?;
        budget.charge(size)?;
        Ok(self.take(size)?.into())
    }
}
