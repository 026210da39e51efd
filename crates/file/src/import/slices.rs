//! A file whose bytes are asked for where they are needed.

use std::fmt;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

/// How many bytes are asked for at once where they are read in order.
const PIECE: usize = 256 << 10;

/// A file.
pub trait Slices: Send + Sync {
    /// How long it is.
    fn length(&self) -> u64;
    /// Some of its bytes; all that were asked for.
    fn slice(&self, start: u64, length: usize) -> io::Result<Vec<u8>>;
}

impl Slices for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn slice(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let start = usize::try_from(start).map_err(io::Error::other)?;
        let end = start.checked_add(length);
        let found = end.and_then(|end| self.get(start..end));
        found
            .map(<[u8]>::to_vec)
            .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// A shared file.
#[derive(Clone)]
pub struct WholeFile(Arc<dyn Slices>);

impl WholeFile {
    /// Shares a file.
    pub fn new(file: impl Slices + 'static) -> Self {
        Self(Arc::new(file))
    }

    /// How long it is.
    pub fn length(&self) -> u64 {
        self.0.length()
    }

    /// Up to so many bytes from a place.
    pub fn piece(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let left = usize::try_from(self.length().saturating_sub(start)).unwrap_or(usize::MAX);
        self.0.slice(start, length.min(left))
    }

    /// Reads it in order, from a place.
    pub(crate) fn reader(&self, at: u64) -> BufReader<Place> {
        let place = Place {
            file: self.clone(),
            at,
        };
        BufReader::with_capacity(PIECE, place)
    }
}

impl fmt::Debug for WholeFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "WholeFile({} bytes)", self.length())
    }
}

/// A place in a file.
#[derive(Debug)]
pub struct Place {
    file: WholeFile,
    at: u64,
}

impl Read for Place {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.file.piece(self.at, out.len())?;
        let into = out.get_mut(..bytes.len());
        into.ok_or(io::ErrorKind::InvalidData)?
            .copy_from_slice(&bytes);
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }
}

impl Seek for Place {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.file.length().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

impl Length for WholeFile {
    fn len(&self) -> u64 {
        self.length()
    }
}

impl ChunkReader for WholeFile {
    type T = BufReader<Place>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(self.reader(start))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let bytes = self.0.slice(start, length);
        bytes
            .map(Bytes::from)
            .map_err(|error| ParquetError::EOF(error.to_string()))
    }
}
