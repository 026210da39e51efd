//! The web protocol of a Mars cluster, without IO: calls, tileable graphs, serialised results.
//!
//! [`v04`] is the 0.4 generation that PyODPS 0.9 starts. Nothing here reads a clock, draws a random
//! number or opens a connection; keys and seeds are arguments.

mod error;
pub mod v04;

pub use error::Error;
