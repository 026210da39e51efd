//! JSON as Python's `json.dumps` writes it, because recorded bodies are compared byte for byte:
//! a space after `,` and `:`, and every character outside printable ASCII escaped.

use std::io;

use serde_json::Value;
use serde_json::ser::Formatter;

/// Writes a value as `json.dumps(value)` does. Keys keep their order.
pub(crate) fn python(value: &Value) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Python);
    match serde::Serialize::serialize(value, &mut serializer) {
        Ok(()) => String::from_utf8_lossy(&out).into_owned(),
        // A Value has text keys only and a Vec takes every byte; were it otherwise, plain JSON
        // serves.
        Err(_) => value.to_string(),
    }
}

struct Python;

impl Formatter for Python {
    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if first {
            Ok(())
        } else {
            writer.write_all(b", ")
        }
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if first {
            Ok(())
        } else {
            writer.write_all(b", ")
        }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for letter in fragment.chars() {
            if matches!(letter, ' '..='~') {
                writer.write_all(&[letter as u8])?;
            } else {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::python;

    #[test]
    fn equals_json_dumps() {
        let value =
            serde_json::json!({"b": [1, 2.5, null], "a": "中\u{1f600}\u{7f}\n\"\\", "e": {}});
        assert_eq!(
            python(&value),
            r#"{"b": [1, 2.5, null], "a": "\u4e2d\ud83d\ude00\u007f\n\"\\", "e": {}}"#
        );
    }
}
