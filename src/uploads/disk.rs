//! A file of the reader's disk, read in slices by the worker, which may wait for them.

use std::io;

use file::import::{Decode, Encoding, ReadOptions, Slices};
use js_sys::Uint8Array;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use web_sys::{Blob, FileReaderSync, TextDecodeOptions, TextDecoder};

use crate::worker::describe;

/// A file.
pub struct Disk {
    blob: SendWrapper<Blob>,
    reader: SendWrapper<FileReaderSync>,
    length: u64,
}

impl Disk {
    /// Opens a file; only a worker can.
    pub fn open(blob: Blob) -> Result<Self, JsValue> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "lengths of files are whole and far below 2^53"
        )]
        let length = blob.size() as u64;
        Ok(Self {
            blob: SendWrapper::new(blob),
            reader: SendWrapper::new(FileReaderSync::new()?),
            length,
        })
    }
}

impl Slices for Disk {
    fn length(&self) -> u64 {
        self.length
    }

    fn slice(&self, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let failed = |error: JsValue| io::Error::other(describe(&error));
        #[expect(
            clippy::cast_precision_loss,
            reason = "places in files are far below 2^53"
        )]
        let (from, to) = (start as f64, (start + length as u64) as f64);
        let slice = self.blob.slice_with_f64_and_f64(from, to).map_err(failed)?;
        let buffer = self.reader.read_as_array_buffer(&slice).map_err(failed)?;
        let bytes = Uint8Array::new(&buffer).to_vec();
        match bytes.len() == length {
            true => Ok(bytes),
            false => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// Who knows the encoding, where it is not UTF-8.
pub fn decoder(options: &ReadOptions) -> Option<Decode> {
    if options.encoding == Encoding::Utf8 {
        return None;
    }
    let decoder = TextDecoder::new_with_label("gb18030").ok()?;
    Some(Box::new(move |bytes, last| {
        let options = TextDecodeOptions::new();
        options.set_stream(!last);
        // Without the wish to fail a decoder replaces what it does not know.
        decoder
            .decode_with_buffer_source_and_options(&Uint8Array::from(bytes), &options)
            .unwrap_or_default()
    }))
}
