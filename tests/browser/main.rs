//! Tests of what only a browser can show, in headless Chromium: the grid in a real document, and
//! the decoding of frames on 32-bit addresses.
#![cfg(target_arch = "wasm32")]

mod frames;
mod grid;
mod store;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
