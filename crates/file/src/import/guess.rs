//! What a file seems to be, by its name and its first bytes. The reader can say otherwise.

use super::{Encoding, Form, ReadOptions};

/// How many first bytes are enough.
pub const HEAD: usize = 64 << 10;

const DELIMITERS: [char; 4] = [',', '\t', ';', '|'];

/// What a file seems to be.
pub fn guess(name: &str, head: &[u8]) -> ReadOptions {
    let name = name.to_ascii_lowercase();
    let text = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    let form = if head.starts_with(b"PAR1") {
        Form::Parquet
    } else if head.starts_with(b"ARROW1") {
        Form::ArrowFile
    } else if head.starts_with(&[0xff; 4]) {
        Form::ArrowStream
    } else if name.ends_with(".jsonl") || name.ends_with(".ndjson") || object(text) {
        Form::JsonLines
    } else {
        Form::Delimited
    };
    let delimiter = match name.ends_with(".tsv") {
        true => '\t',
        false => delimiter(text),
    };
    ReadOptions {
        form,
        delimiter,
        encoding: encoding(text),
        ..ReadOptions::default()
    }
}

fn object(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(b"{\"")
}

/// The delimiter that stands most often outside of quotes in the first line.
fn delimiter(text: &[u8]) -> char {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                let known = DELIMITERS.iter().zip(&mut counts);
                known
                    .filter(|(letter, _)| u32::from(**letter) == u32::from(*byte))
                    .for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let at = counts.iter().position(|count| *count == most);
    at.map_or(',', |at| DELIMITERS[at])
}

/// UTF-8 unless a byte contradicts; the last letter may be cut.
fn encoding(text: &[u8]) -> Encoding {
    match std::str::from_utf8(text) {
        Err(error) if error.error_len().is_some() => Encoding::Gb18030,
        _ => Encoding::Utf8,
    }
}
