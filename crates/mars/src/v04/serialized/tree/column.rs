//! The columns of the batch, their buffers dealt out in the order of the schema.

use super::{DEPTH, WHAT};
use crate::v04::serialized::flat::Table;
use crate::v04::serialized::{Error, stream};

/// A column of the batch, its buffers still raw.
pub(in crate::v04::serialized) struct Column<'a> {
    pub(super) name: &'a str,
    pub(super) length: usize,
    /// Empty when nothing is null.
    validity: &'a [u8],
    pub(super) layout: Layout<'a>,
}

/// The buffers of a column, by type.
pub(super) enum Layout<'a> {
    Null,
    Bool(&'a [u8]),
    Integer {
        width: usize,
        signed: bool,
        data: &'a [u8],
    },
    Float {
        width: usize,
        data: &'a [u8],
    },
    /// Microseconds since 1970, although the type says milliseconds.
    Date(&'a [u8]),
    Text {
        utf8: bool,
        offsets: &'a [u8],
        data: &'a [u8],
    },
    List {
        offsets: &'a [u8],
        items: Box<Column<'a>>,
    },
    Struct(Vec<Column<'a>>),
    Union {
        types: &'a [u8],
        offsets: &'a [u8],
        children: Vec<Column<'a>>,
    },
}

/// Deals out the nodes and buffers of a batch in the order of the schema.
struct Batch<'a> {
    nodes: std::vec::IntoIter<(i64, i64)>,
    buffers: std::vec::IntoIter<(i64, i64)>,
    body: &'a [u8],
}

impl<'a> Batch<'a> {
    fn buffer(&mut self) -> Result<&'a [u8], Error> {
        let missing = || Error::malformed(WHAT, "a buffer is missing");
        let (start, length) = self.buffers.next().ok_or_else(missing)?;
        stream::section(self.body, start, length)
    }

    fn column(&mut self, field: Table<'a>, depth: usize) -> Result<Column<'a>, Error> {
        if depth > DEPTH * 4 {
            return Err(Error::TooDeep { what: WHAT });
        }
        let missing = || Error::malformed(WHAT, "a node is missing");
        let (length, nulls) = self.nodes.next().ok_or_else(missing)?;
        let length =
            usize::try_from(length).map_err(|_| Error::malformed(WHAT, "a negative length"))?;
        let kind = field.u8(2)?;
        let details = field.table(3)?;
        let validity = match kind {
            1 => &[],
            _ => self.buffer()?,
        };
        let layout = match kind {
            1 => Layout::Null,
            2 => {
                let details = details.ok_or_else(missing)?;
                let width = usize::try_from(details.i32(0)? / 8).unwrap_or(0);
                Layout::Integer {
                    width,
                    signed: details.u8(1)? != 0,
                    data: self.buffer()?,
                }
            }
            3 => {
                let precision = details.map_or(Ok(0), |details| details.i16(0))?;
                let width = match precision {
                    0 => 2,
                    1 => 4,
                    2 => 8,
                    other => return Err(Error::unsupported(WHAT, format!("precision {other}"))),
                };
                Layout::Float {
                    width,
                    data: self.buffer()?,
                }
            }
            4 | 5 => Layout::Text {
                utf8: kind == 5,
                offsets: self.buffer()?,
                data: self.buffer()?,
            },
            6 => Layout::Bool(self.buffer()?),
            8 => Layout::Date(self.buffer()?),
            12 => {
                let offsets = self.buffer()?;
                let [items] = self
                    .children(field, depth)?
                    .try_into()
                    .map_err(|_| missing())?;
                Layout::List {
                    offsets,
                    items: Box::new(items),
                }
            }
            13 => Layout::Struct(self.children(field, depth)?),
            14 => {
                let (types, offsets) = (self.buffer()?, self.buffer()?);
                Layout::Union {
                    types,
                    offsets,
                    children: self.children(field, depth)?,
                }
            }
            other => return Err(Error::unsupported(WHAT, format!("type {other}"))),
        };
        let validity = if nulls == 0 { &[] } else { validity };
        Ok(Column {
            name: field.text(0)?,
            length,
            validity,
            layout,
        })
    }

    fn children(&mut self, field: Table<'a>, depth: usize) -> Result<Vec<Column<'a>>, Error> {
        field
            .tables(5)?
            .into_iter()
            .map(|child| self.column(child, depth + 1))
            .collect()
    }
}

impl<'a> Column<'a> {
    /// The only column of the batch.
    pub(in crate::v04::serialized) fn open(
        schema: Table<'a>,
        header: Table<'a>,
        body: &'a [u8],
    ) -> Result<Self, Error> {
        let mut batch = Batch {
            nodes: header.pairs(1)?.into_iter(),
            buffers: header.pairs(2)?.into_iter(),
            body,
        };
        match schema.tables(1)?.as_slice() {
            [field] => batch.column(*field, 0),
            fields => Err(Error::malformed(WHAT, format!("{} columns", fields.len()))),
        }
    }

    pub(super) fn is_null(&self, at: usize) -> bool {
        let byte = self.validity.get(at / 8);
        !self.validity.is_empty() && byte.is_none_or(|byte| byte >> (at % 8) & 1 == 0)
    }
}
