//! Checks that the buffers of a record batch lie inside its body and are as long as its rows need.
//!
//! The Arrow decoder checks what stands *in* the buffers, but trusts where they lie and how long
//! the null masks are: a wrong length would be a panic there. Every type of
//! [`super::super::schema`] is known here; others are refused.

use arrow::datatypes::DataType;
use arrow::ipc::RecordBatch;

/// Checks a batch against the types of its columns.
pub(super) fn check<'a>(
    batch: &RecordBatch<'_>,
    kinds: impl Iterator<Item = &'a DataType>,
    body: usize,
) -> Result<(), String> {
    if batch.compression().is_some() {
        return Err("compressed buffers, which the tunnel never sends".to_owned());
    }
    let rows = u32::try_from(batch.length()).map_err(|_| format!("{} rows", batch.length()))?;
    let nodes = batch.nodes().into_iter().flatten();
    let nodes = nodes.map(|node| (node.length(), node.null_count()));
    let buffers = batch.buffers().into_iter().flatten();
    let buffers = buffers.map(|buffer| (buffer.offset(), buffer.length()));
    let mut shape = Shape {
        nodes: nodes.collect(),
        buffers: buffers.collect(),
        body,
    };
    shape.nodes.reverse();
    shape.buffers.reverse();
    for kind in kinds {
        if shape.column(kind)? != u64::from(rows) {
            return Err("columns of different length".to_owned());
        }
    }
    if shape.nodes.is_empty() && shape.buffers.is_empty() {
        Ok(())
    } else {
        Err("more columns than expected".into())
    }
}

/// What is left to be looked at, last first.
struct Shape {
    nodes: Vec<(i64, i64)>,
    buffers: Vec<(i64, i64)>,
    body: usize,
}

impl Shape {
    /// The length in bytes of the next buffer.
    fn buffer(&mut self) -> Result<u64, String> {
        let (offset, length) = self.buffers.pop().ok_or("fewer buffers than expected")?;
        let bounds = u64::try_from(offset).ok().zip(u64::try_from(length).ok());
        let inside = bounds
            .and_then(|(offset, length)| offset.checked_add(length))
            .is_some_and(|end| end <= self.body as u64);
        let (_, length) = bounds
            .filter(|_| inside)
            .ok_or("a buffer outside of the body")?;
        Ok(length)
    }

    /// The next buffer, which must have room for `count` values of so many bits.
    fn room(&mut self, count: u64, bits: u64) -> Result<(), String> {
        let needed = count
            .checked_mul(bits)
            .ok_or("more values than can be")?
            .div_ceil(8);
        if self.buffer()? >= needed {
            Ok(())
        } else {
            Err("a buffer that is too short".to_owned())
        }
    }

    /// The buffer of the offsets of `count` values; there may be none for no values. The decoder
    /// reads the whole buffer as numbers, so it must be a whole number of them.
    fn offsets(&mut self, count: u64, width: u64) -> Result<(), String> {
        let length = self.buffer()?;
        let needed = (count + 1)
            .checked_mul(width)
            .ok_or("more values than can be")?;
        let enough = length >= needed || (count == 0 && length == 0);
        if enough && length % width == 0 {
            Ok(())
        } else {
            Err("offsets of a wrong length".to_owned())
        }
    }

    /// Checks a column and those inside; gives its length.
    fn column(&mut self, kind: &DataType) -> Result<u64, String> {
        let (count, nulls) = self.nodes.pop().ok_or("fewer columns than expected")?;
        let count =
            u64::from(u32::try_from(count).map_err(|_| format!("a column of {count} values"))?);
        let nulls = u64::try_from(nulls)
            .ok()
            .filter(|nulls| *nulls <= count)
            .ok_or("a wrong number of NULLs")?;
        // The mask is always listed and may be empty when nothing is NULL.
        self.room(if nulls > 0 { count } else { 0 }, 1)?;
        match kind {
            DataType::Boolean => self.room(count, 1)?,
            DataType::Utf8 | DataType::Binary => {
                self.offsets(count, 4)?;
                self.buffer()?;
            }
            DataType::LargeUtf8 | DataType::LargeBinary => {
                self.offsets(count, 8)?;
                self.buffer()?;
            }
            DataType::List(item) | DataType::Map(item, _) => {
                self.offsets(count, 4)?;
                self.column(item.data_type())?;
            }
            DataType::Struct(parts) => {
                for part in parts {
                    if self.column(part.data_type())? < count {
                        return Err("a struct whose parts are shorter than itself".to_owned());
                    }
                }
            }
            plain => {
                let width = plain
                    .primitive_width()
                    .ok_or_else(|| format!("{plain} is not expected"))?;
                self.room(count, width as u64 * 8)?;
            }
        }
        Ok(count)
    }
}
