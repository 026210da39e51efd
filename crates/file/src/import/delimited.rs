//! Fields between delimiters, as RFC 4180 and as they come: any line ends, quotes anywhere, line ends
//! in quotes, in pieces of any size.

use super::fields::{Fields, State};
use super::{ImportError, ReadOptions};

/// A field beyond this length has a quote that is not closed: a cell holds 8 MiB at most.
const LONGEST: usize = 16 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Before the first letter of a field.
    Start,
    Bare,
    Quoted,
    /// Behind a quote within quotes: the end, or the first of two.
    Closing,
}

/// Reads fields.
#[derive(Debug)]
pub(crate) struct Delimited {
    delimiter: u8,
    quote: Option<u8>,
    null: Vec<u8>,
    at: At,
    /// The field that is not ended.
    field: Vec<u8>,
    /// The fields before it, of an earlier piece.
    held: Vec<(String, State)>,
    quoted: bool,
    /// A line end's second letter may follow.
    after_return: bool,
    /// Empty lines are rows: there is one column.
    pub(crate) single: bool,
}

impl Delimited {
    pub(crate) fn new(options: &ReadOptions) -> Self {
        let ascii = |letter: char| u8::try_from(letter).ok().filter(u8::is_ascii);
        Self {
            delimiter: ascii(options.delimiter).unwrap_or(b','),
            quote: options.quote.and_then(ascii),
            null: options.null.as_bytes().to_vec(),
            at: At::Start,
            field: Vec::new(),
            held: Vec::new(),
            quoted: false,
            after_return: false,
            single: false,
        }
    }

    /// Takes a piece.
    pub(crate) fn push(&mut self, bytes: &[u8], out: &mut Fields) -> Result<(), ImportError> {
        for (text, state) in self.held.drain(..) {
            out.push(text.as_bytes(), state);
        }
        for byte in bytes {
            self.byte(*byte, out);
        }
        if self.field.len() > LONGEST {
            let row = out.first + out.len() as u64 + 1;
            return Err(ImportError::Unclosed { row });
        }
        Ok(())
    }

    /// Keeps the fields of the row that is not ended for the next piece.
    pub(crate) fn hold(&mut self, out: &mut Fields) {
        self.held = out.take_open();
    }

    /// The end of the text; the last row needs no line end.
    pub(crate) fn finish(&mut self, out: &mut Fields) -> Result<(), ImportError> {
        if self.at == At::Quoted {
            let row = out.first + out.len() as u64 + 1;
            return Err(ImportError::Unclosed { row });
        }
        let begun = self.at != At::Start || self.quoted || out.open() > 0;
        if begun {
            self.end_row(out);
        }
        Ok(())
    }

    fn byte(&mut self, byte: u8, out: &mut Fields) {
        let second = std::mem::take(&mut self.after_return) && byte == b'\n';
        match self.at {
            At::Quoted => match self.quote == Some(byte) {
                true => self.at = At::Closing,
                false => self.field.push(byte),
            },
            At::Closing if self.quote == Some(byte) => {
                self.field.push(byte);
                self.at = At::Quoted;
            }
            At::Start if self.quote == Some(byte) => {
                self.quoted = true;
                self.at = At::Quoted;
            }
            _ if byte == self.delimiter => self.end_field(out),
            _ if byte == b'\n' && second => {}
            _ if byte == b'\n' || byte == b'\r' => {
                self.after_return = byte == b'\r';
                self.end_row(out);
            }
            _ => {
                self.field.push(byte);
                self.at = At::Bare;
            }
        }
    }

    fn end_field(&mut self, out: &mut Fields) {
        let null = !self.quoted && self.field == self.null;
        out.push(&self.field, if null { State::Null } else { State::Text });
        self.field.clear();
        (self.at, self.quoted) = (At::Start, false);
    }

    fn end_row(&mut self, out: &mut Fields) {
        let blank = out.open() == 0 && self.field.is_empty() && !self.quoted;
        if blank && !self.single {
            self.at = At::Start;
            return;
        }
        self.end_field(out);
        out.end_row();
    }
}
