//! Framing of the tunnel's Arrow streams, in both directions. Recorded:
//! `tunnel_download_arrow.json`.
//!
//! All integers are big-endian 32-bit numbers:
//!
//! ```text
//! chunk_size
//! repeat: chunk_size bytes, CRC-32C of these bytes
//! last:   0 .. chunk_size-1 bytes, CRC-32C of ALL bytes of the stream
//! ```
//!
//! Only bytes under a checksum that was found right are handed out. The end of the stream is the
//! end of the body: a stream that is cut off looks like one whose last bytes are wrong.

use bytes::{Buf, Bytes, BytesMut};
use crc32c::{crc32c, crc32c_append};

/// The chunk size of the real clients.
pub const CHUNK_SIZE: usize = 65_536;

/// No sane service sends larger chunks; a damaged size must not ask for all memory.
const MAX_CHUNK_SIZE: usize = 64 << 20;

const WORD: usize = 4;

/// What is wrong with a stream. `at` counts bytes of the framed stream.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// The stream ends before its checksum.
    #[error("the stream ends at byte {at}, before its checksum")]
    Truncated {
        /// Where it ends.
        at: u64,
    },
    /// A chunk does not match its checksum.
    #[error("the chunk at byte {at} is damaged: its checksum is {found:08x}, not {expected:08x}")]
    BadChecksum {
        /// Where the chunk begins.
        at: u64,
        /// The checksum in the stream.
        expected: u32,
        /// The checksum of the bytes.
        found: u32,
    },
    /// The stream does not match the checksum at its end: it is cut off, or its last bytes are
    /// damaged.
    #[error(
        "the stream is cut off or damaged at its end: its checksum is {found:08x}, not {expected:08x}"
    )]
    BadTotal {
        /// Where the part that is in doubt begins; everything before was proven.
        at: u64,
        /// The last four bytes of the stream.
        expected: u32,
        /// The checksum of the bytes before them.
        found: u32,
    },
    /// The stream begins with a chunk size that cannot be.
    #[error("a chunk size of {size} bytes cannot be")]
    BadChunkSize {
        /// The size.
        size: u32,
    },
}

/// Frames a payload.
#[derive(Debug)]
pub struct Encoder {
    chunk_size: usize,
    pending: BytesMut,
    total: u32,
    started: bool,
}

impl Encoder {
    /// Cuts the payload into chunks of this size, which must be between 1 byte and 64 MiB.
    pub fn new(chunk_size: usize) -> Self {
        let chunk_size = chunk_size.clamp(1, MAX_CHUNK_SIZE);
        Self {
            chunk_size,
            pending: BytesMut::new(),
            total: 0,
            started: false,
        }
    }

    /// Takes payload; gives the framed bytes that are ready, which may be none.
    pub fn push(&mut self, payload: &[u8]) -> Bytes {
        let mut out = BytesMut::with_capacity(payload.len() + WORD);
        self.start(&mut out);
        self.total = crc32c_append(self.total, payload);
        self.pending.extend_from_slice(payload);
        while self.pending.len() >= self.chunk_size {
            let chunk = self.pending.split_to(self.chunk_size);
            out.extend_from_slice(&chunk);
            out.extend_from_slice(&crc32c(&chunk).to_be_bytes());
        }
        out.freeze()
    }

    /// The end of the stream: what is left, and the checksum of everything.
    pub fn finish(mut self) -> Bytes {
        let mut out = BytesMut::new();
        self.start(&mut out);
        out.extend_from_slice(&self.pending);
        out.extend_from_slice(&self.total.to_be_bytes());
        out.freeze()
    }

    fn start(&mut self, out: &mut BytesMut) {
        if !self.started {
            self.started = true;
            // At most 64 MiB, see `new`.
            out.extend_from_slice(&(self.chunk_size as u32).to_be_bytes());
        }
    }
}

impl Default for Encoder {
    fn default() -> Self {
        Self::new(CHUNK_SIZE)
    }
}

/// Takes the frames off a stream that comes in pieces of any size.
///
/// After an error it gives the same error for ever.
#[derive(Debug, Default)]
pub struct Decoder {
    /// Known as soon as four bytes have come.
    chunk_size: Option<usize>,
    pending: BytesMut,
    /// Four zeros came and nothing else: what a client writes that has no rows, a checksum without
    /// a chunk size.
    empty: bool,
    /// Bytes of the framed stream before `pending`.
    at: u64,
    total: u32,
    failure: Option<FrameError>,
}

impl Decoder {
    /// Waits for the first byte.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes bytes of the stream; gives the payload that they prove. Chunks that came before a
    /// damaged one in the same piece are still given: the error is told by the next call.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Bytes>, FrameError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        self.pending.extend_from_slice(bytes);
        let mut payload = Vec::new();
        loop {
            match self.chunk() {
                Ok(Some(chunk)) => payload.push(chunk),
                Ok(None) => return Ok(payload),
                Err(failure) => {
                    self.failure = Some(failure.clone());
                    self.pending.clear();
                    return if payload.is_empty() {
                        Err(failure)
                    } else {
                        Ok(payload)
                    };
                }
            }
        }
    }

    /// The body has ended: gives the last piece of payload, which may be empty.
    pub fn finish(&mut self) -> Result<Bytes, FrameError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let end = self.at + self.pending.len() as u64;
        if self.empty {
            self.failure = Some(FrameError::Truncated { at: end });
            return Ok(Bytes::new());
        }
        let length = self
            .pending
            .len()
            .checked_sub(WORD)
            .filter(|_| self.chunk_size.is_some());
        let Some(length) = length else {
            return self.fail(FrameError::Truncated { at: end });
        };
        let mut checksum = self.pending.split_off(length);
        let (expected, found) = (checksum.get_u32(), crc32c_append(self.total, &self.pending));
        if expected != found {
            let at = self.at;
            // What is in doubt is kept for whoever wants to tell a cut from a wound.
            self.pending.extend_from_slice(&expected.to_be_bytes());
            return self.fail(FrameError::BadTotal {
                at,
                expected,
                found,
            });
        }
        self.at = end;
        self.total = 0;
        self.failure = Some(FrameError::Truncated { at: end });
        Ok(std::mem::take(&mut self.pending).freeze())
    }

    /// After [`FrameError::BadTotal`]: the bytes that are in doubt, checksum included.
    pub(super) fn doubtful(&self) -> &[u8] {
        &self.pending
    }

    fn fail<T>(&mut self, failure: FrameError) -> Result<T, FrameError> {
        self.failure = Some(failure.clone());
        Err(failure)
    }

    /// The next whole chunk. The last piece of a stream has at most `chunk_size - 1` bytes and a
    /// checksum, so a chunk with its checksum is whole as soon as it is there.
    fn chunk(&mut self) -> Result<Option<Bytes>, FrameError> {
        let chunk_size = match self.chunk_size {
            Some(size) => size,
            None if self.pending.len() < WORD => return Ok(None),
            None if self.pending[..] == [0; WORD] => {
                self.empty = true;
                return Ok(None);
            }
            None => {
                self.empty = false;
                let size = self.pending.get_u32();
                self.at += WORD as u64;
                let fits = usize::try_from(size)
                    .ok()
                    .filter(|size| (1..=MAX_CHUNK_SIZE).contains(size));
                *self
                    .chunk_size
                    .insert(fits.ok_or(FrameError::BadChunkSize { size })?)
            }
        };
        if self.pending.len() < chunk_size + WORD {
            return Ok(None);
        }
        let chunk = self.pending.split_to(chunk_size).freeze();
        let (expected, found) = (self.pending.get_u32(), crc32c(&chunk));
        if expected != found {
            return Err(FrameError::BadChecksum {
                at: self.at,
                expected,
                found,
            });
        }
        self.at += (chunk_size + WORD) as u64;
        self.total = crc32c_append(self.total, &chunk);
        Ok(Some(chunk))
    }
}

#[cfg(test)]
mod tests;
