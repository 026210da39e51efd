//! Mars 0.4: the web API of `pymars` 0.4.0rc1 to 0.4.x.

pub mod console;
pub mod graph;
pub mod result;
pub mod serialized;
pub mod session;
