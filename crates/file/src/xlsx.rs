//! An Excel workbook, written as it goes (ECMA-376, strings in their cells), so that nothing of it
//! is held. The last sheet is the note.
//!
//! Excel keeps fifteen digits and milliseconds: numbers and times that have more are text.

mod cell;
mod parts;

use crate::note::{Change, Ledger, Notes, Summary};
use crate::sink::Sink;
use crate::{Error, Say, Writer, note_kinds};
use frame::Table;
use std::io::Write as _;
use zip::write::{SimpleFileOptions, StreamWriter, ZipWriter};

/// The rows of a sheet, with its heading.
const ROWS: u64 = 1_048_576;
/// The columns of a sheet.
const COLUMNS: usize = 16_384;
/// A part of the container stays below 4 GiB.
const BYTES: u64 = 3 << 30;

/// Writes a workbook.
pub(crate) struct Xlsx {
    zip: ZipWriter<StreamWriter<Sink>>,
    sink: Sink,
    /// The names of the columns, as the first row of a sheet.
    head: String,
    /// The names of columns in references: `A`, `B` … `AA`.
    letters: Vec<String>,
    decimals: Vec<bool>,
    /// Rows of a sheet.
    most_rows: u64,
    sheets: u64,
    /// What the open sheet has.
    rows: u64,
    bytes: u64,
}

impl Xlsx {
    pub(crate) fn new(table: &Table, notes: &mut Notes) -> Result<Self, Error> {
        let count = table.columns().len();
        if count > COLUMNS {
            return Err(Error::Columns {
                got: count,
                most: COLUMNS,
            });
        }
        note_kinds(table, notes, true);
        let letters: Vec<String> = (0..count).map(cell::letters).collect();
        let mut head = String::from("<row r=\"1\">");
        for (column, at) in table.columns().iter().zip(&letters) {
            cell::text(&column.name, at, 1, cell::HEAD, &mut head);
        }
        head.push_str("</row>");
        let sink = Sink::default();
        let fields = table.schema().fields().iter();
        Ok(Self {
            zip: ZipWriter::new_stream(sink.clone()),
            sink,
            head,
            letters,
            decimals: fields.map(|field| field.data_type().is_decimal()).collect(),
            most_rows: ROWS,
            sheets: 0,
            rows: 0,
            bytes: 0,
        })
    }

    fn part(&mut self, name: &str, text: &str) -> Result<(), Error> {
        self.zip.start_file(name, SimpleFileOptions::default())?;
        Ok(self.zip.write_all(text.as_bytes())?)
    }

    fn open(&mut self) -> Result<(), Error> {
        self.sheets += 1;
        let name = parts::sheet_path(self.sheets);
        let begin = parts::sheet_begin(self.letters.len());
        let text = format!("{begin}{}", self.head);
        self.part(&name, &text)?;
        (self.rows, self.bytes) = (1, text.len() as u64);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Error> {
        match self.sheets {
            0 => Ok(()),
            _ => Ok(self.zip.write_all(parts::SHEET_END.as_bytes())?),
        }
    }

    fn row(&mut self, table: &Table, row: u64, notes: &mut Notes, out: &mut String) {
        self.rows += 1;
        out.push_str(&format!("<row r=\"{}\">", self.rows));
        for (column, letters) in self.letters.iter().enumerate() {
            if let Some(value) = table.cell(row, column, usize::MAX) {
                let decimal = self.decimals.get(column).copied().unwrap_or(false);
                cell::write(&value, decimal, letters, self.rows, notes, out);
            }
        }
        out.push_str("</row>");
    }
}

impl Writer for Xlsx {
    fn rows(&mut self, table: &Table, notes: &mut Notes) -> Result<Vec<u8>, Error> {
        let mut out = String::new();
        for row in 0..table.rows() {
            if self.sheets == 0 || self.rows >= self.most_rows || self.bytes > BYTES {
                self.zip_text(&mut out)?;
                self.close()?;
                self.open()?;
            }
            self.row(table, row, notes, &mut out);
            if out.len() > 1 << 16 {
                self.zip_text(&mut out)?;
            }
        }
        self.zip_text(&mut out)?;
        Ok(self.sink.take())
    }

    fn finish(
        mut self: Box<Self>,
        ledger: &Ledger,
        mut notes: Notes,
        rows: u64,
        say: Say<'_>,
    ) -> Result<(Vec<u8>, Summary), Error> {
        if self.sheets == 0 {
            self.open()?;
        }
        self.close()?;
        if self.sheets > 1 {
            notes.count(Change::Sheets, self.sheets);
        }
        let summary = notes.summary(rows, ledger);
        let last = self.sheets + 1;
        let note = parts::note_sheet(&say(&summary));
        self.part(&parts::sheet_path(last), &note)?;
        for (name, text) in parts::book(self.sheets) {
            self.part(name, &text)?;
        }
        self.zip.finish()?;
        Ok((self.sink.take(), summary))
    }
}

impl Xlsx {
    /// Hands rows on to the container.
    fn zip_text(&mut self, text: &mut String) -> Result<(), Error> {
        if !text.is_empty() {
            self.bytes += text.len() as u64;
            self.zip.write_all(text.as_bytes())?;
            text.clear();
        }
        Ok(())
    }
}
