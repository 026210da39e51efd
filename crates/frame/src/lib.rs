//! A table in memory: Arrow batches, and windows of finished text.
//!
//! Values stay in Arrow; text is made for the rows that are looked at. Integers, decimals and times
//! never pass through a float, and whatever is cut says so. No IO, no DOM.

mod badge;
mod error;
mod format;
mod table;
mod window;

pub use badge::badge;
pub use error::Error;
pub use format::float::{f32_text, f64_text};
pub use format::time::date as date_text;
pub use table::{Column, Table};
pub use window::{CELL_LIMIT, Cell, Kind, Window};
