//! The bytes of a stream as they are asked for: numbers, texts and how far it was read.

use std::io::{ErrorKind, Read};

use super::RecordsError;

const BUFFER: usize = 64 << 10;

/// The longest number on the wire.
const VARINT_BYTES: usize = 10;

/// A stream with a buffer in front.
#[derive(Debug)]
pub(super) struct Source<R> {
    inner: R,
    buffer: Vec<u8>,
    next: usize,
    end: usize,
    /// Bytes before the buffer.
    before: u64,
}

impl<R: Read> Source<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            buffer: vec![0; BUFFER],
            next: 0,
            end: 0,
            before: 0,
        }
    }

    /// Bytes that were taken.
    pub(super) fn at(&self) -> u64 {
        self.before + self.next as u64
    }

    pub(super) fn malformed(&self, reason: impl Into<String>) -> RecordsError {
        RecordsError::Malformed {
            at: self.at(),
            reason: reason.into(),
        }
    }

    /// Whether nothing follows.
    pub(super) fn ended(&mut self) -> Result<bool, RecordsError> {
        Ok(self.next == self.end && self.fill()? == 0)
    }

    /// Replaces a buffer that was used up; says how much there is.
    fn fill(&mut self) -> Result<usize, RecordsError> {
        self.before += self.end as u64;
        (self.next, self.end) = (0, 0);
        loop {
            match self.inner.read(&mut self.buffer) {
                Ok(length) => {
                    self.end = length;
                    return Ok(length);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // A coding that ends early says so.
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                    return Err(RecordsError::Truncated { at: self.at() });
                }
                Err(source) => {
                    return Err(RecordsError::Unreadable {
                        at: self.at(),
                        source,
                    });
                }
            }
        }
    }

    pub(super) fn byte(&mut self) -> Result<u8, RecordsError> {
        if self.next == self.end && self.fill()? == 0 {
            return Err(RecordsError::Truncated { at: self.at() });
        }
        let byte = self.buffer[self.next];
        self.next += 1;
        Ok(byte)
    }

    pub(super) fn varint(&mut self) -> Result<u64, RecordsError> {
        let mut number = 0;
        for place in 0..VARINT_BYTES {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << (7 * place);
            if byte < 0x80 {
                // The tenth byte has room for one bit.
                if place == VARINT_BYTES - 1 && byte > 1 {
                    break;
                }
                return Ok(number);
            }
        }
        Err(self.malformed("a number of more than 64 bits"))
    }

    /// A number of 32 bits; some writers fill the upper bits with the sign.
    pub(super) fn word(&mut self) -> Result<u32, RecordsError> {
        let number = self.varint()?;
        match u32::try_from(number) {
            Ok(word) => Ok(word),
            Err(_) => i32::try_from(number.cast_signed())
                .map(i32::cast_unsigned)
                .map_err(|_| self.malformed("a number of more than 32 bits")),
        }
    }

    pub(super) fn sint(&mut self) -> Result<i64, RecordsError> {
        self.varint().map(super::zag_zig)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], RecordsError> {
        let mut bytes = [0; N];
        if let Some(ready) = self.buffer[self.next..self.end].first_chunk::<N>() {
            bytes = *ready;
            self.next += N;
        } else {
            for byte in &mut bytes {
                *byte = self.byte()?;
            }
        }
        Ok(bytes)
    }

    /// Adds so many bytes to `out`; memory is taken as they come.
    pub(super) fn bytes(&mut self, length: u64, out: &mut Vec<u8>) -> Result<(), RecordsError> {
        let mut left = length;
        while left > 0 {
            if self.next == self.end && self.fill()? == 0 {
                return Err(RecordsError::Truncated { at: self.at() });
            }
            let ready = (self.end - self.next) as u64;
            let take = left.min(ready);
            // At most the length of the buffer.
            let until = self.next + take as usize;
            out.extend_from_slice(&self.buffer[self.next..until]);
            self.next = until;
            left -= take;
        }
        Ok(())
    }
}
