//! Content codings of tunnel bodies: what PyODPS names in `Accept-Encoding` and `Content-Encoding`.
//!
//! A coding wraps the whole stream of rows. Names from `CompressOption` of PyODPS 0.13.1; `deflate` is
//! the zlib format (RFC 1950), as there. Everything streams: neither side holds more than a window.

use std::io::{self, Read, Write};

use flate2::Compression;

/// A way of packing a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the codings")]
pub enum Coding {
    Deflate,
    Zstd,
    Lz4Frame,
    /// LZ4 frames, under the name that Arrow uploads of later clients use.
    OdpsLz4Frame,
    SnappyFramed,
}

impl Coding {
    /// Every coding.
    pub const ALL: [Self; 5] = [
        Self::Deflate,
        Self::Zstd,
        Self::Lz4Frame,
        Self::OdpsLz4Frame,
        Self::SnappyFramed,
    ];

    /// The name in a header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deflate => "deflate",
            Self::Zstd => "zstd",
            Self::Lz4Frame => "x-lz4-frame",
            Self::OdpsLz4Frame => "x-odps-lz4-frame",
            Self::SnappyFramed => "x-snappy-framed",
        }
    }

    /// The coding of this name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let mut all = Self::ALL.into_iter();
        all.find(|coding| coding.name().eq_ignore_ascii_case(name))
    }

    /// The coding that a client asks for. PyODPS names exactly one; a list, as browsers send it, is
    /// answered without a coding.
    pub fn asked(accept_encoding: &str) -> Option<Self> {
        Self::named(accept_encoding)
    }
}

/// Packs what is written to it.
pub struct Packer<W: Write>(Packing<W>);

enum Packing<W: Write> {
    Plain(W),
    Deflate(flate2::write::ZlibEncoder<W>),
    Zstd(zstd::stream::write::Encoder<'static, W>),
    Lz4(Box<lz4_flex::frame::FrameEncoder<W>>),
    Snappy(Box<snap::write::FrameEncoder<W>>),
}

impl<W: Write> Packer<W> {
    /// Packs into `out`.
    pub fn new(coding: Option<Coding>, out: W) -> io::Result<Self> {
        Ok(Self(match coding {
            None => Packing::Plain(out),
            Some(Coding::Deflate) => {
                Packing::Deflate(flate2::write::ZlibEncoder::new(out, Compression::fast()))
            }
            Some(Coding::Zstd) => Packing::Zstd(zstd::stream::write::Encoder::new(out, 1)?),
            Some(Coding::Lz4Frame | Coding::OdpsLz4Frame) => {
                Packing::Lz4(lz4_flex::frame::FrameEncoder::new(out).into())
            }
            Some(Coding::SnappyFramed) => {
                Packing::Snappy(snap::write::FrameEncoder::new(out).into())
            }
        }))
    }

    /// What it writes to.
    pub fn get_mut(&mut self) -> &mut W {
        match &mut self.0 {
            Packing::Plain(out) => out,
            Packing::Deflate(out) => out.get_mut(),
            Packing::Zstd(out) => out.get_mut(),
            Packing::Lz4(out) => out.get_mut(),
            Packing::Snappy(out) => out.get_mut(),
        }
    }

    /// Ends the stream; gives back what was written to.
    pub fn finish(self) -> io::Result<W> {
        match self.0 {
            Packing::Plain(out) => Ok(out),
            Packing::Deflate(out) => out.finish(),
            Packing::Zstd(out) => out.finish(),
            Packing::Lz4(out) => out.finish().map_err(io::Error::other),
            Packing::Snappy(out) => out.into_inner().map_err(|error| error.into_error()),
        }
    }
}

impl<W: Write> Write for Packer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Packing::Plain(out) => out.write(bytes),
            Packing::Deflate(out) => out.write(bytes),
            Packing::Zstd(out) => out.write(bytes),
            Packing::Lz4(out) => out.write(bytes),
            Packing::Snappy(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Packing::Plain(out) => out.flush(),
            Packing::Deflate(out) => out.flush(),
            Packing::Zstd(out) => out.flush(),
            Packing::Lz4(out) => out.flush(),
            Packing::Snappy(out) => out.flush(),
        }
    }
}

/// Unpacks what is read from it.
pub struct Unpacker<R: Read>(Unpacking<R>);

enum Unpacking<R: Read> {
    Plain(R),
    Deflate(flate2::read::ZlibDecoder<R>),
    Zstd(zstd::stream::read::Decoder<'static, io::BufReader<R>>),
    Lz4(Box<lz4_flex::frame::FrameDecoder<R>>),
    Snappy(snap::read::FrameDecoder<R>),
}

impl<R: Read> Unpacker<R> {
    /// Unpacks `packed`.
    pub fn new(coding: Option<Coding>, packed: R) -> io::Result<Self> {
        Ok(Self(match coding {
            None => Unpacking::Plain(packed),
            Some(Coding::Deflate) => Unpacking::Deflate(flate2::read::ZlibDecoder::new(packed)),
            Some(Coding::Zstd) => Unpacking::Zstd(zstd::stream::read::Decoder::new(packed)?),
            Some(Coding::Lz4Frame | Coding::OdpsLz4Frame) => {
                Unpacking::Lz4(lz4_flex::frame::FrameDecoder::new(packed).into())
            }
            Some(Coding::SnappyFramed) => Unpacking::Snappy(snap::read::FrameDecoder::new(packed)),
        }))
    }
}

impl<R: Read> Read for Unpacker<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.0 {
            Unpacking::Plain(packed) => packed.read(buffer),
            Unpacking::Deflate(packed) => packed.read(buffer),
            Unpacking::Zstd(packed) => packed.read(buffer),
            Unpacking::Lz4(packed) => packed.read(buffer),
            Unpacking::Snappy(packed) => packed.read(buffer),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use proptest::prelude::*;

    use super::{Coding, Packer, Unpacker};

    fn pack(coding: Option<Coding>, bytes: &[u8]) -> Vec<u8> {
        let mut packer = Packer::new(coding, Vec::new()).expect("a packer");
        for part in bytes.chunks(1000) {
            packer.write_all(part).expect("written");
        }
        packer.finish().expect("finished")
    }

    fn unpack(coding: Option<Coding>, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Unpacker::new(coding, bytes)?
            .take(1 << 20)
            .read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn names_come_back() {
        for coding in Coding::ALL {
            assert_eq!(Coding::named(&coding.name().to_uppercase()), Some(coding));
        }
        assert_eq!(Coding::asked("gzip, deflate, br, zstd"), None);
        assert_eq!(Coding::asked("identity"), None);
    }

    /// Rows have checksums of their own: here it is enough that a cut invents nothing.
    #[test]
    fn a_cut_stream_is_a_beginning_or_an_error() {
        let bytes: Vec<u8> = (0..5000_u32).flat_map(|n| (n * n).to_le_bytes()).collect();
        for coding in Coding::ALL {
            let packed = pack(Some(coding), &bytes);
            for length in 0..packed.len() {
                if let Ok(read) = unpack(Some(coding), &packed[..length]) {
                    assert!(bytes.starts_with(&read), "{coding:?} {length}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(bytes in prop::collection::vec(0_u8..8, 0..200_000)) {
            for coding in Coding::ALL.map(Some).into_iter().chain([None]) {
                let packed = pack(coding, &bytes);
                prop_assert_eq!(unpack(coding, &packed).expect("unpacked"), &bytes[..]);
            }
        }

        #[test]
        fn noise_is_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for coding in Coding::ALL {
                drop(unpack(Some(coding), &bytes));
                // And behind a good beginning.
                let mut packed = pack(Some(coding), &[7; 300]);
                packed.truncate(packed.len() / 2);
                packed.extend_from_slice(&bytes);
                drop(unpack(Some(coding), &packed));
            }
        }
    }
}
