//! Taking the coding off a body of rows, piece by piece, where the browser did not.
//!
//! A browser unpacks `deflate`, `gzip`, `br` and mostly `zstd` before the program sees a byte, and
//! leaves `x-lz4-frame` and `x-odps-lz4-frame` alone; the header says the same in both cases. So the
//! first four bytes decide. A framed stream begins with a chunk size of at most 64 MiB, read as a
//! big-endian number, and every coding begins with a larger one: they cannot be mixed up.

use std::borrow::Cow;

use bytes::{Buf as _, BytesMut};

mod lz4;

use lz4::Lz4;

/// The header in which the page asks for a coding: a browser lets no program set `Accept-Encoding`.
/// The gateway turns it into that.
pub const ACCEPT_HEADER: &str = "x-mars-accept-encoding";

/// The coding that the page asks for: the one that costs the least to unpack, and the one that is
/// unpacked here, so that its checksums are looked at.
pub const ACCEPTED: &str = "x-lz4-frame";

const MAGIC: usize = 4;

/// What is wrong with a packed body.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnpackError {
    /// The body ends inside of the coding.
    #[error("the packed stream ends at byte {at}, before its end mark")]
    Truncated {
        /// Where it ends.
        at: u64,
    },
    /// The coding's own checksum or structure is wrong.
    #[error("the packed stream is damaged at byte {at}: {reason}")]
    Damaged {
        /// Where the damaged part begins.
        at: u64,
        /// What is wrong.
        reason: String,
    },
    /// A coding that neither the browser nor this program unpacks.
    #[error("the stream is packed as {coding}, which is not unpacked here")]
    Unknown {
        /// Its name.
        coding: &'static str,
    },
}

/// Unpacks a body that comes in pieces of any size.
#[derive(Debug)]
pub struct Unpack(State);

#[derive(Debug)]
enum State {
    /// Fewer bytes than tell the coding.
    Start(BytesMut),
    Plain,
    Lz4(Box<Lz4>),
    Failed(UnpackError),
}

impl Default for Unpack {
    fn default() -> Self {
        Self(State::Start(BytesMut::new()))
    }
}

impl Unpack {
    /// Takes bytes of the body; gives what they unpack to, also when it fails after that. After an
    /// error it gives the same error for ever.
    pub fn push<'a>(&mut self, bytes: &'a [u8]) -> (Cow<'a, [u8]>, Result<(), UnpackError>) {
        let (out, outcome) = match &mut self.0 {
            State::Plain => return (Cow::Borrowed(bytes), Ok(())),
            State::Failed(error) => return (Cow::default(), Err(error.clone())),
            State::Start(begun) => {
                begun.extend_from_slice(bytes);
                if begun.len() < MAGIC {
                    return (Cow::default(), Ok(()));
                }
                let begun = std::mem::take(begun);
                match known(&begun) {
                    Ok(None) => {
                        self.0 = State::Plain;
                        return (Cow::Owned(begun.into()), Ok(()));
                    }
                    Ok(Some(mut lz4)) => {
                        let outcome = lz4.push(&begun);
                        self.0 = State::Lz4(lz4);
                        outcome
                    }
                    Err(error) => (Vec::new(), Err(error)),
                }
            }
            State::Lz4(lz4) => lz4.push(bytes),
        };
        if let Err(error) = &outcome {
            self.0 = State::Failed(error.clone());
        }
        (Cow::Owned(out), outcome)
    }

    /// The body has ended: gives what is left.
    pub fn finish(&mut self) -> Result<Vec<u8>, UnpackError> {
        match &mut self.0 {
            State::Start(begun) => Ok(std::mem::take(begun).into()),
            State::Plain => Ok(Vec::new()),
            State::Lz4(lz4) => lz4.finish().map(|()| Vec::new()),
            State::Failed(error) => Err(error.clone()),
        }
    }
}

/// The coding that begins so; none for a plain stream.
fn known(mut begun: &[u8]) -> Result<Option<Box<Lz4>>, UnpackError> {
    let coding = match begun.get_u32() {
        lz4::MAGIC => return Ok(Some(Box::default())),
        0x28b5_2ffd => "zstd",
        0xff06_0000 => "x-snappy-framed",
        first if first >> 16 == 0x1f8b => "gzip",
        // RFC 1950: the first byte of a stream with a window, and the two of it a multiple of 31.
        first
            if first >> 24 & 0x0f == 8 && first >> 28 <= 7 && (first >> 16).is_multiple_of(31) =>
        {
            "deflate"
        }
        _ => return Ok(None),
    };
    Err(UnpackError::Unknown { coding })
}

#[cfg(test)]
mod tests;
