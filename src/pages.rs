//! One file or folder per route.

pub mod missing;
