//! Where a file goes: to the disk as it is written, or into parts that the browser saves.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, FileSystemFileHandle, FileSystemWritableFileStream};

/// A part that is held for the browser has at most about so many bytes.
const PART: u64 = 256 << 20;

/// Where the bytes go.
pub enum Output {
    /// To a file of the disk; it is the old one until the stream is closed.
    Disk(FileSystemWritableFileStream),
    /// Into parts.
    Parts(Parts),
}

/// The part that is being made.
#[derive(Default)]
pub struct Parts {
    pieces: Array,
    bytes: u64,
}

impl Output {
    /// To the disk with a handle, else into parts.
    pub async fn new(handle: Option<FileSystemFileHandle>) -> Result<Self, JsValue> {
        Ok(match handle {
            None => Self::Parts(Parts::default()),
            Some(handle) => {
                let stream = JsFuture::from(handle.create_writable()).await?;
                Self::Disk(stream.unchecked_into())
            }
        })
    }

    /// Appends; waits until the disk has taken what came before.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        if bytes.is_empty() {
            return Ok(());
        }
        let piece = Uint8Array::from(bytes);
        match self {
            Self::Disk(stream) => {
                JsFuture::from(stream.write_with_js_u8_array(&piece)?).await?;
            }
            Self::Parts(parts) => {
                // A blob is the browser's memory, which is not limited to the worker's.
                parts
                    .pieces
                    .push(&JsValue::from(blob(&Array::of1(&piece), "")?));
                parts.bytes += bytes.len() as u64;
            }
        }
        Ok(())
    }

    /// Whether a new part should begin.
    pub fn full(&self) -> bool {
        matches!(self, Self::Parts(parts) if parts.bytes >= PART)
    }

    /// The end of the file, or of the part: what the browser is to save.
    pub async fn end(&mut self, media: &str) -> Result<Option<Blob>, JsValue> {
        match self {
            Self::Disk(stream) => {
                JsFuture::from(stream.close()).await?;
                Ok(None)
            }
            Self::Parts(parts) => {
                let part = std::mem::take(parts);
                blob(&part.pieces, media).map(Some)
            }
        }
    }

    /// Gives up what was written.
    pub async fn abort(&mut self) {
        match self {
            // What is on the disk stays the old file whether or not this is heard.
            Self::Disk(stream) => drop(JsFuture::from(stream.abort()).await),
            Self::Parts(parts) => *parts = Parts::default(),
        }
    }
}

fn blob(pieces: &Array, media: &str) -> Result<Blob, JsValue> {
    let bag = BlobPropertyBag::new();
    bag.set_type(media);
    Blob::new_with_buffer_source_sequence_and_options(pieces, &bag)
}
