//! The first 12 bytes: `u16` version, `u64` length of the body, `u16` compression (section 3.1).
//!
//! Later 0.4.x split the version: the first byte tells Arrow (0) from pickle (1).

use super::Error;
use std::borrow::Cow;
use std::io::Read;

/// How the body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Arrow,
    Pickle,
}

const LENGTH: usize = 12;

/// Takes the header off and decompresses the body.
pub(super) fn open(payload: &[u8], limit: u64) -> Result<(Form, Cow<'_, [u8]>), Error> {
    let truncated = Error::Truncated {
        what: "the header",
        at: 0,
        need: LENGTH,
    };
    let (header, body) = payload.split_first_chunk::<LENGTH>().ok_or(truncated)?;
    let &[kind, version, a, b, c, d, e, f, g, h, low, high] = header;
    let form = match (kind, version) {
        (0, 0) => Form::Arrow,
        (1, 0) => Form::Pickle,
        _ => {
            return Err(Error::unsupported(
                "the header",
                format!("{kind}, version {version}"),
            ));
        }
    };
    let length = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
    if length > limit {
        return Err(Error::TooLong { length, limit });
    }
    let body = match u16::from_le_bytes([low, high]) {
        0 => Cow::Borrowed(body),
        1 => inflate("lz4", lz4_flex::frame::FrameDecoder::new(body), length)?,
        2 => inflate("gzip", flate2::read::MultiGzDecoder::new(body), length)?,
        other => return Err(Error::unsupported("the compression", other.to_string())),
    };
    if body.len() as u64 != length {
        let detail = format!("{} bytes where {length} are announced", body.len());
        return Err(Error::malformed("the body", detail));
    }
    Ok((form, body))
}

/// Decompresses at most one byte more than announced.
fn inflate<'a>(what: &'static str, reader: impl Read, length: u64) -> Result<Cow<'a, [u8]>, Error> {
    let mut body = Vec::new();
    reader
        .take(length.saturating_add(1))
        .read_to_end(&mut body)
        .map_err(|error| Error::malformed(what, error.to_string()))?;
    Ok(Cow::Owned(body))
}

#[cfg(test)]
mod tests {
    use super::{Error, open};

    #[test]
    fn a_length_beyond_the_limit_is_refused_before_anything_is_read() {
        let mut payload = vec![0, 0];
        payload.extend_from_slice(&u64::MAX.to_le_bytes());
        payload.extend_from_slice(&[2, 0]);
        assert_eq!(
            open(&payload, 100),
            Err(Error::TooLong {
                length: u64::MAX,
                limit: 100
            })
        );
    }

    #[test]
    fn the_length_is_checked() {
        let payload = [0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, b'a', b'b'];
        assert!(matches!(open(&payload, 100), Err(Error::Malformed { .. })));
    }
}
