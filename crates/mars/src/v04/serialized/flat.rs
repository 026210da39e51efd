//! A walker of flatbuffers: tables, vectors and strings, every offset checked.

use super::Error;

const WHAT: &str = "a flatbuffer";

/// A table inside a flatbuffer.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    buffer: &'a [u8],
    at: usize,
    /// Where the vtable starts, and its length.
    vtable: (usize, usize),
}

fn bytes<const N: usize>(buffer: &[u8], at: usize) -> Result<[u8; N], Error> {
    let slice = at.checked_add(N).and_then(|end| buffer.get(at..end));
    slice
        .and_then(|slice| slice.try_into().ok())
        .ok_or(Error::Truncated {
            what: WHAT,
            at,
            need: N,
        })
}

fn offset(buffer: &[u8], at: usize) -> Result<usize, Error> {
    let relative = u32::from_le_bytes(bytes(buffer, at)?);
    let target = usize::try_from(relative)
        .ok()
        .and_then(|relative| at.checked_add(relative));
    target.ok_or_else(|| Error::malformed(WHAT, "an offset overflows"))
}

impl<'a> Table<'a> {
    /// The root table.
    pub(super) fn root(buffer: &'a [u8]) -> Result<Self, Error> {
        Self::at(buffer, offset(buffer, 0)?)
    }

    fn at(buffer: &'a [u8], at: usize) -> Result<Self, Error> {
        let back = i64::from(i32::from_le_bytes(bytes(buffer, at)?));
        let vtable = i64::try_from(at)
            .ok()
            .and_then(|at| usize::try_from(at - back).ok());
        let vtable = vtable.ok_or_else(|| Error::malformed(WHAT, "a vtable before the start"))?;
        let length = usize::from(u16::from_le_bytes(bytes(buffer, vtable)?));
        Ok(Self {
            buffer,
            at,
            vtable: (vtable, length),
        })
    }

    /// Where a field is, if it is there.
    fn field(&self, number: usize) -> Result<Option<usize>, Error> {
        let slot = 4 + number * 2;
        let (vtable, length) = self.vtable;
        if slot + 2 > length {
            return Ok(None);
        }
        let inside = usize::from(u16::from_le_bytes(bytes(self.buffer, vtable + slot)?));
        Ok((inside != 0).then_some(self.at + inside))
    }

    pub(super) fn u8(&self, number: usize) -> Result<u8, Error> {
        let field = self.field(number)?;
        field.map_or(Ok(0), |at| bytes::<1>(self.buffer, at).map(|[byte]| byte))
    }

    pub(super) fn i16(&self, number: usize) -> Result<i16, Error> {
        let field = self.field(number)?;
        field.map_or(Ok(0), |at| bytes(self.buffer, at).map(i16::from_le_bytes))
    }

    pub(super) fn i32(&self, number: usize) -> Result<i32, Error> {
        let field = self.field(number)?;
        field.map_or(Ok(0), |at| bytes(self.buffer, at).map(i32::from_le_bytes))
    }

    pub(super) fn i64(&self, number: usize) -> Result<i64, Error> {
        let field = self.field(number)?;
        field.map_or(Ok(0), |at| bytes(self.buffer, at).map(i64::from_le_bytes))
    }

    pub(super) fn table(&self, number: usize) -> Result<Option<Table<'a>>, Error> {
        match self.field(number)? {
            Some(at) => Self::at(self.buffer, offset(self.buffer, at)?).map(Some),
            None => Ok(None),
        }
    }

    /// A struct of two 64-bit integers that stands in the table itself.
    pub(super) fn pair(&self, number: usize) -> Result<Option<(i64, i64)>, Error> {
        match self.field(number)? {
            Some(at) => pair(self.buffer, at).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn text(&self, number: usize) -> Result<&'a str, Error> {
        let Some((start, length)) = self.vector(number)? else {
            return Ok("");
        };
        let end = start.checked_add(length);
        let slice = end.and_then(|end| self.buffer.get(start..end));
        let slice = slice.ok_or(Error::Truncated {
            what: WHAT,
            at: start,
            need: length,
        })?;
        std::str::from_utf8(slice).map_err(|error| Error::malformed(WHAT, error.to_string()))
    }

    /// A vector of tables.
    pub(super) fn tables(&self, number: usize) -> Result<Vec<Table<'a>>, Error> {
        self.items(number, 4, |buffer, at| {
            Self::at(buffer, offset(buffer, at)?)
        })
    }

    /// A vector of structs of two 64-bit integers.
    pub(super) fn pairs(&self, number: usize) -> Result<Vec<(i64, i64)>, Error> {
        self.items(number, 16, pair)
    }

    /// A vector of 64-bit integers.
    pub(super) fn longs(&self, number: usize) -> Result<Vec<i64>, Error> {
        self.items(number, 8, |buffer, at| {
            bytes(buffer, at).map(i64::from_le_bytes)
        })
    }

    fn items<T>(
        &self,
        number: usize,
        width: usize,
        read: impl Fn(&'a [u8], usize) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let Some((start, length)) = self.vector(number)? else {
            return Ok(Vec::new());
        };
        // A vector cannot have more items than the buffer has room for.
        if length > self.buffer.len() / width {
            return Err(Error::Truncated {
                what: WHAT,
                at: start,
                need: length,
            });
        }
        (0..length)
            .map(|item| read(self.buffer, start + item * width))
            .collect()
    }

    /// Where the items of a vector start, and how many there are.
    fn vector(&self, number: usize) -> Result<Option<(usize, usize)>, Error> {
        let Some(at) = self.field(number)? else {
            return Ok(None);
        };
        let start = offset(self.buffer, at)?;
        let length = u32::from_le_bytes(bytes(self.buffer, start)?);
        let length =
            usize::try_from(length).map_err(|_| Error::malformed(WHAT, "a long vector"))?;
        Ok(Some((start + 4, length)))
    }
}

fn pair(buffer: &[u8], at: usize) -> Result<(i64, i64), Error> {
    let second = at
        .checked_add(8)
        .ok_or_else(|| Error::malformed(WHAT, "an offset overflows"))?;
    let first = i64::from_le_bytes(bytes(buffer, at)?);
    Ok((first, i64::from_le_bytes(bytes(buffer, second)?)))
}
