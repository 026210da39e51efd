//! Reads a fetched payload: header, compression, Arrow serialisation of a Python value, pickles.
//!
//! Authority: section 3 of the protocol notes and the 82 recorded payloads. The walker is our own:
//! an Arrow library maps the union's children through `typeIds`, which this writer does not mean.
//! Nothing is executed; a pickle is read into a tree, and what is not known stays opaque. Work and
//! memory are bounded by the length of the body, which has a cap itself.

mod array;
mod budget;
mod error;
mod flat;
mod header;
mod index;
mod objects;
mod pickle;
mod stream;
mod tagged;
mod tensor;
mod tree;
mod value;

pub use array::{Array, Elements, Unit};
pub use error::Error;
pub use index::Index;
pub use value::{Block, Categorical, Frame, Series, Value};

use budget::Budget;

/// The longest body that is decompressed unless the caller says otherwise.
pub const BODY_LIMIT: u64 = 512 << 20;

/// Decodes a payload.
pub fn decode(payload: &[u8]) -> Result<Value, Error> {
    decode_with_limit(payload, BODY_LIMIT)
}

/// Decodes a payload whose body may have at most so many bytes.
pub fn decode_with_limit(payload: &[u8], limit: u64) -> Result<Value, Error> {
    let (form, body) = header::open(payload, limit)?;
    let mut budget = Budget::for_input(body.len());
    match form {
        header::Form::Arrow => stream::read(&body, &mut budget),
        header::Form::Pickle => objects::read(&body, &mut budget),
    }
}

/// Decodes a pickle by itself, without the header in front.
pub fn decode_pickle(bytes: &[u8]) -> Result<Value, Error> {
    objects::read(bytes, &mut Budget::for_input(bytes.len()))
}
