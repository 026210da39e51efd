//! One cell, taken apart: nested values as a tree, JSON laid out, bytes decoded.

pub(crate) mod json;
mod tree;

use crate::keys::lane;
use crate::{Kind, Table};
use arrow::array::Array;
use serde::{Deserialize, Serialize};

/// A value of a nested cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// What leads from its parent to it, as people write it: `name`, `[0]`, `['k']`.
    pub label: String,
    /// What leads from the cell to it, as code writes it: `tags[0].name`.
    pub path: String,
    /// The way to it, for [`Table::branch`]: the place among the children at each level.
    pub way: Vec<u64>,
    /// What it is.
    pub kind: Kind,
    /// Its text, or the beginning of it.
    pub text: String,
    /// Whether the text is only the beginning.
    pub clipped: bool,
    /// How many children it has.
    pub children: u64,
}

/// Some children of a nested value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// The value itself.
    pub node: Node,
    /// The place of the first child here.
    pub first: u64,
    /// Children from there.
    pub children: Vec<Node>,
}

/// One reading of bytes as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoded {
    /// The encoding's label: `utf-8`, `gbk`, `gb18030`, `iso-8859-1`.
    pub encoding: String,
    /// Whether the bytes are valid in it.
    pub valid: bool,
    /// The text; for UTF-8 that is not valid with U+FFFD where it breaks. Empty for others.
    pub text: String,
    /// The byte at which UTF-8 breaks.
    pub broken_at: Option<u64>,
}

/// Decodes bytes in an encoding (a label of the Encoding Standard), all or nothing. A browser has
/// these tables; they are not carried here.
pub type Decode<'a> = &'a dyn Fn(&str, &[u8]) -> Option<String>;

/// What a cell is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// The column's name.
    pub column: String,
    /// Its type, as the badge says.
    pub badge: String,
    /// What it is.
    pub kind: Kind,
    /// The text, whole unless longer than the limit that was asked for.
    pub text: String,
    /// Whether the text is only the beginning.
    pub clipped: bool,
    /// The length of the whole text in characters.
    pub length: u64,
    /// The length in bytes of text and binary.
    pub bytes: Option<u64>,
    /// Text that is JSON (an object or an array), laid out; numbers digit for digit.
    pub json: Option<String>,
    /// The readings of a binary cell.
    pub decoded: Vec<Decoded>,
    /// The tree of a nested cell, with its first children.
    pub tree: Option<Branch>,
}

/// What cannot be inspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PathError {
    /// The table has no such cell.
    #[error("there is no such cell")]
    Cell,
    /// The cell has no value at this way.
    #[error("there is no such value in the cell")]
    Way,
}

/// How many children of a cell come with it.
const CHILDREN: u64 = 100;
/// How long a text may be to be laid out as JSON, in bytes.
const JSON: usize = 4 << 20;
/// How many bytes of a cell are decoded.
const DECODED: usize = 1 << 20;

impl Table {
    /// A cell, with at most so many characters of text.
    pub fn inspect(
        &self,
        row: u64,
        column: usize,
        limit: usize,
        decode: Decode<'_>,
    ) -> Result<Inspection, PathError> {
        let cell = self.cell(row, column, limit).ok_or(PathError::Cell)?;
        let known = self.columns().get(column).ok_or(PathError::Cell)?;
        let (batch, at) = self.locate(row).ok_or(PathError::Cell)?;
        let array = batch.column(column);
        let lane = lane(array.slice(at, 1).as_ref()).bytes_at(0);
        let raw = lane.filter(|_| cell.kind != Kind::Null);
        let text = raw
            .as_deref()
            .filter(|raw| cell.kind == Kind::Text && raw.len() <= JSON);
        let text = text.and_then(|raw| std::str::from_utf8(raw).ok());
        let kept = self.kept_bytes(row, column);
        let nested = cell.kind == Kind::Nested;
        let tree = nested
            .then(|| self.branch(row, column, &[], 0, CHILDREN))
            .transpose()?;
        Ok(Inspection {
            column: known.name.clone(),
            badge: known.badge.clone(),
            kind: cell.kind,
            bytes: (kept.or(raw.as_deref())).map(|raw| raw.len() as u64),
            json: text.and_then(json::pretty),
            decoded: match (cell.kind, &raw, kept) {
                (Kind::Binary, Some(raw), _) => readings(raw, decode),
                (_, _, Some(kept)) => [hex(kept)]
                    .into_iter()
                    .chain(readings(kept, decode))
                    .collect(),
                _ => Vec::new(),
            },
            tree,
            text: cell.text,
            clipped: cell.clipped,
            length: cell.length,
        })
    }

    /// Children of a value inside a nested cell, from `first` on, at most `count`.
    pub fn branch(
        &self,
        row: u64,
        column: usize,
        way: &[u64],
        first: u64,
        count: u64,
    ) -> Result<Branch, PathError> {
        let known = self.columns().get(column).ok_or(PathError::Cell)?;
        let (batch, at) = self.locate(row).ok_or(PathError::Cell)?;
        let style = self.style(column);
        tree::branch(
            batch.column(column),
            at,
            &known.name,
            style,
            way,
            (first, count),
        )
    }
}

/// How many bytes are written as hexadecimal digits.
const HEX: usize = 4096;

/// The bytes themselves, at least the first of them.
fn hex(bytes: &[u8]) -> Decoded {
    let digits = bytes.iter().take(HEX).map(|byte| format!("{byte:02x}"));
    let mut text = digits.collect::<Vec<_>>().join(" ");
    if bytes.len() > HEX {
        text.push_str(" …");
    }
    Decoded {
        encoding: "hex".to_owned(),
        valid: true,
        text,
        broken_at: None,
    }
}

/// Bytes read as text in the encodings that data of MaxCompute is met in. Of a long cell the
/// beginning is read; a character that the cut goes through does not make it invalid.
fn readings(bytes: &[u8], decode: Decode<'_>) -> Vec<Decoded> {
    let ends = match bytes.len() > DECODED {
        true => DECODED - 3..=DECODED,
        false => bytes.len()..=bytes.len(),
    };
    let whole = |read: &dyn Fn(&[u8]) -> Option<String>| {
        let mut ends = ends.clone().rev();
        ends.find_map(|end| read(bytes.get(..end)?))
    };
    let utf8 = whole(&|bytes| std::str::from_utf8(bytes).ok().map(str::to_owned));
    let start = bytes.get(..DECODED).unwrap_or(bytes);
    let broken = std::str::from_utf8(start).err().filter(|_| utf8.is_none());
    let mut readings = vec![Decoded {
        encoding: "utf-8".to_owned(),
        valid: utf8.is_some(),
        text: utf8.unwrap_or_else(|| String::from_utf8_lossy(start).into_owned()),
        broken_at: broken.map(|broken| broken.valid_up_to() as u64),
    }];
    for encoding in ["gbk", "gb18030"] {
        let text = whole(&|bytes| decode(encoding, bytes));
        readings.push(Decoded {
            encoding: encoding.to_owned(),
            valid: text.is_some(),
            text: text.unwrap_or_default(),
            broken_at: None,
        });
    }
    readings.push(Decoded {
        encoding: "iso-8859-1".to_owned(),
        valid: true,
        text: start.iter().copied().map(char::from).collect(),
        broken_at: None,
    });
    readings
}

#[cfg(test)]
mod tests;
