//! What an editor has to know of a MaxCompute script before it is sent: its statements and where
//! they stand, the tables that they read and whether a partition is named, what a scan costs, and
//! what an error message says of a place.
//!
//! This is no parser: it must take text that is half typed. What a statement means, the service
//! says. No IO, and no panic whatever the text is.

mod lint;
mod place;
mod price;
mod split;
mod token;

pub use lint::{Mention, mentions};
pub use place::{ErrorText, Place, byte_of_utf16, utf16_of_byte};
pub use price::{Book, Estimate, amount};
pub use split::{Kind, Piece, kind, setting, split};
