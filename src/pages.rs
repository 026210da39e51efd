//! One file or folder per route.

pub mod clusters;
pub mod connect;
pub mod instances;
pub mod missing;
pub mod overview;
pub mod settings;
pub mod tables;
