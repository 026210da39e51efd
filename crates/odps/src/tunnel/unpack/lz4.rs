//! LZ4 frames, pushed. Authority: `lz4_Frame_format.md` 1.6.4 of the LZ4 project. Independent and
//! linked blocks, every checksum, frames one behind the other; no dictionaries and no legacy frames.

use std::hash::Hasher as _;

use bytes::{Buf as _, BytesMut};
use lz4_flex::block::decompress_into_with_dict;
use twox_hash::XxHash32;

use super::UnpackError;

/// The first four bytes of a frame, as a big-endian number.
pub(super) const MAGIC: u32 = 0x0422_4d18;

/// A block that is not packed.
const STORED: u32 = 1 << 31;
/// How far back a linked block may reach.
const REACH: usize = 64 << 10;
const WORD: usize = 4;

const LINKED_NOT: u8 = 1 << 5;
const BLOCK_SUMS: u8 = 1 << 4;
const CONTENT_SIZE: u8 = 1 << 3;
const CONTENT_SUM: u8 = 1 << 2;
const RESERVED: u8 = 1 << 1;
const DICTIONARY: u8 = 1;

/// Unpacks frames that come in pieces of any size.
#[derive(Debug, Default)]
pub(super) struct Lz4 {
    pending: BytesMut,
    /// Bytes before `pending`.
    at: u64,
    frame: Option<Frame>,
    /// Room for one block.
    room: Vec<u8>,
}

/// What the header of a frame says, and what came of it.
#[derive(Debug)]
struct Frame {
    /// The longest block.
    most: usize,
    block_sums: bool,
    size: Option<u64>,
    given: u64,
    sum: Option<XxHash32>,
    /// The last bytes that were given, where blocks are linked.
    before: Option<Vec<u8>>,
    /// The end mark came.
    ended: bool,
}

impl Lz4 {
    /// Takes bytes; gives what the blocks that they complete hold, also when it fails after them.
    pub(super) fn push(&mut self, bytes: &[u8]) -> (Vec<u8>, Result<(), UnpackError>) {
        self.pending.extend_from_slice(bytes);
        let mut out = Vec::new();
        loop {
            match self.part(&mut out) {
                Ok(0) => return (out, Ok(())),
                Ok(taken) => {
                    self.pending.advance(taken);
                    self.at += taken as u64;
                }
                Err(reason) => {
                    let (at, reason) = (self.at, reason.to_owned());
                    return (out, Err(UnpackError::Damaged { at, reason }));
                }
            }
        }
    }

    /// The stream has ended.
    pub(super) fn finish(&self) -> Result<(), UnpackError> {
        match self.frame.is_none() && self.pending.is_empty() {
            true => Ok(()),
            false => Err(UnpackError::Truncated {
                at: self.at + self.pending.len() as u64,
            }),
        }
    }

    /// The next part of a frame: how many bytes it took, none when it is not whole yet.
    fn part(&mut self, out: &mut Vec<u8>) -> Result<usize, &'static str> {
        let Some(frame) = &mut self.frame else {
            let (taken, frame) = header(&self.pending)?;
            self.frame = frame;
            return Ok(taken);
        };
        if frame.ended {
            let taken = frame.end(&self.pending)?;
            if taken > 0 {
                self.frame = None;
            }
            return Ok(taken);
        }
        let Some(word) = word(&self.pending, 0) else {
            return Ok(0);
        };
        if word == 0 {
            frame.ended = true;
            frame.end(&[])?;
            if frame.sum.is_none() {
                self.frame = None;
            }
            return Ok(WORD);
        }
        let length = (word & !STORED) as usize;
        if length > frame.most {
            return Err("a block longer than the frame allows");
        }
        let end = WORD + length;
        let Some(block) = self.pending.get(WORD..end) else {
            return Ok(0);
        };
        let sums = if frame.block_sums { WORD } else { 0 };
        if frame.block_sums {
            let Some(expected) = self::word(&self.pending, end) else {
                return Ok(0);
            };
            if XxHash32::oneshot(0, block) != expected {
                return Err("the checksum of a block");
            }
        }
        if word & STORED != 0 {
            frame.give(block, out);
        } else {
            self.room.resize(frame.most, 0);
            let before = frame.before.as_deref().unwrap_or_default();
            let count = decompress_into_with_dict(block, &mut self.room, before)
                .map_err(|_| "a block that does not unpack")?;
            frame.give(self.room.get(..count).unwrap_or_default(), out);
        }
        Ok(end + sums)
    }
}

impl Frame {
    fn give(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(bytes);
        self.given += bytes.len() as u64;
        if let Some(sum) = &mut self.sum {
            sum.write(bytes);
        }
        if let Some(before) = &mut self.before {
            before.extend_from_slice(bytes);
            let past = before.len().saturating_sub(REACH);
            before.drain(..past);
        }
    }

    /// Checks what stands behind the end mark; gives its length, none when it is not whole yet.
    fn end(&self, rest: &[u8]) -> Result<usize, &'static str> {
        if self.size.is_some_and(|size| size != self.given) {
            return Err("another length than the frame says");
        }
        let Some(sum) = &self.sum else { return Ok(0) };
        match word(rest, 0) {
            None => Ok(0),
            Some(expected) if expected == sum.finish_32() => Ok(WORD),
            Some(_) => Err("the checksum of the content"),
        }
    }
}

/// The header of a frame and its length; nothing when it is not whole yet.
fn header(bytes: &[u8]) -> Result<(usize, Option<Frame>), &'static str> {
    let Some(&[a, b, c, d, flags, block]) = bytes.first_chunk() else {
        return Ok((0, None));
    };
    if u32::from_be_bytes([a, b, c, d]) != MAGIC {
        return Err("no LZ4 frame begins here");
    }
    if flags >> 6 != 1 || flags & (RESERVED | DICTIONARY) != 0 || block & 0x8f != 0 {
        return Err("a frame of another kind");
    }
    let most = match block >> 4 {
        4 => 64 << 10,
        5 => 256 << 10,
        6 => 1 << 20,
        7 => 4 << 20,
        _ => return Err("a length of blocks that cannot be"),
    };
    let sized = flags & CONTENT_SIZE != 0;
    let end = 6 + if sized { 8 } else { 0 };
    let (Some(described), Some(sum)) = (bytes.get(WORD..end), bytes.get(end)) else {
        return Ok((0, None));
    };
    // The second byte of the checksum.
    if XxHash32::oneshot(0, described).to_le_bytes()[1] != *sum {
        return Err("the checksum of a header");
    }
    let size = bytes.get(6..end).and_then(|size| size.first_chunk());
    let frame = Frame {
        most,
        block_sums: flags & BLOCK_SUMS != 0,
        size: size.map(|size| u64::from_le_bytes(*size)),
        given: 0,
        sum: (flags & CONTENT_SUM != 0).then(|| XxHash32::with_seed(0)),
        before: (flags & LINKED_NOT == 0).then(Vec::new),
        ended: false,
    };
    Ok((end + 1, Some(frame)))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*word))
}
