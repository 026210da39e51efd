//! JSON lines: an object a line. Numbers keep their text, so no digit is lost; what is nested stays
//! JSON text.

use serde::de::IgnoredAny;

use super::Why;
use super::fields::{Fields, State};

/// One member of an object: its name, and its value as it is written.
pub(crate) type Member<'a> = (String, &'a str);

/// Reads lines.
#[derive(Debug)]
pub(crate) struct JsonLines {
    names: Vec<String>,
    /// The line that is not ended.
    line: Vec<u8>,
}

impl JsonLines {
    pub(crate) fn new(names: Vec<String>) -> Self {
        Self {
            names,
            line: Vec::new(),
        }
    }

    /// The names of the columns.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Takes a piece.
    pub(crate) fn push(&mut self, mut bytes: &[u8], out: &mut Fields) {
        while let Some(at) = bytes.iter().position(|byte| *byte == b'\n') {
            let (head, rest) = bytes.split_at(at);
            self.line.extend_from_slice(head);
            self.row(out);
            bytes = &rest[1..];
        }
        self.line.extend_from_slice(bytes);
    }

    /// The end of the text.
    pub(crate) fn finish(&mut self, out: &mut Fields) {
        self.row(out);
    }

    fn row(&mut self, out: &mut Fields) {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        if line.trim().is_empty() {
            return;
        }
        let Some(members) = members(&line) else {
            out.wrong.push((out.len(), Why::Json, line.into_owned()));
            self.names.iter().for_each(|_| out.push(b"", State::Null));
            return out.end_row();
        };
        if let Some((name, _)) = members.iter().find(|(name, _)| !self.names.contains(name)) {
            out.wrong.push((out.len(), Why::Key, name.clone()));
        }
        for name in &self.names {
            // Of a name that comes twice the last one counts, as everywhere.
            let value = members.iter().rev().find(|(known, _)| known == name);
            match value.map(|(_, raw)| *raw) {
                None | Some("null") => out.push(b"", State::Null),
                Some(raw) if raw.starts_with('"') => {
                    let text: String = serde_json::from_str(raw).unwrap_or_default();
                    let damaged = text.contains('\u{fffd}') && !raw.contains("\\u");
                    let state = if damaged { State::Damaged } else { State::Text };
                    out.push(text.as_bytes(), state);
                }
                Some(raw) => out.push(raw.as_bytes(), State::Text),
            }
        }
        out.end_row();
    }
}

/// The members of an object; none when the line is something else.
pub(crate) fn members(line: &str) -> Option<Vec<Member<'_>>> {
    let line = line.trim();
    // Whether it is JSON at all is known by who knows best; where values begin and end, here.
    serde_json::from_str::<IgnoredAny>(line).ok()?;
    let mut rest = line.strip_prefix('{')?.trim_start();
    let mut found = Vec::new();
    while !rest.starts_with('}') {
        let length = value_length(rest)?;
        let name = serde_json::from_str(rest.get(..length)?).ok()?;
        rest = rest.get(length..)?.trim_start().strip_prefix(':')?;
        rest = rest.trim_start();
        let length = value_length(rest)?;
        found.push((name, rest.get(..length)?.trim_end()));
        rest = rest.get(length..)?.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Some(found)
}

/// Where the value ends with which a text of valid JSON begins.
fn value_length(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (at, byte) in text.bytes().enumerate() {
        if quoted {
            (quoted, escaped) = match (escaped, byte) {
                (true, _) => (true, false),
                (false, b'\\') => (true, true),
                (false, b'"') => (false, false),
                _ => (true, false),
            };
            if !quoted && depth == 0 {
                return Some(at + 1);
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b',' | b'}' | b']' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    Some(text.len())
}
