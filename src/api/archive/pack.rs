//! Packing by the browser's own gzip; a browser that has none keeps the bytes as they are.

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response};

/// How packed bytes begin.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The bytes, packed if that is possible here.
pub(super) async fn pack(bytes: &[u8]) -> Vec<u8> {
    match through("CompressionStream", bytes).await {
        Ok(packed) => packed,
        Err(_) => bytes.to_vec(),
    }
}

/// The bytes that were packed; nothing if they cannot be read.
pub(super) async fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    match bytes.starts_with(&MAGIC) {
        true => through("DecompressionStream", bytes).await.ok(),
        false => Some(bytes.to_vec()),
    }
}

/// Sends bytes through a stream of the browser. `web_sys` does not have these two yet.
async fn through(stream: &str, bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
    let maker: Function = Reflect::get(&js_sys::global(), &stream.into())?.dyn_into()?;
    let pair: Object = Reflect::construct(&maker, &Array::of1(&"gzip".into()))?.dyn_into()?;
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
    let stream = blob.stream().pipe_through(pair.unchecked_ref());
    let answer = Response::new_with_opt_readable_stream(Some(&stream))?;
    let buffer = JsFuture::from(answer.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
