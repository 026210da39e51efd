//! A table in memory: Arrow batches, windows of finished text, and what can be asked of the rows:
//! filter, order, find, profile, chart, copy, inspect.
//!
//! Values stay in Arrow; text is made for the rows that are looked at. Integers, decimals and times
//! never pass through a float, and whatever is cut says so. No IO, no DOM, no clock.

mod badge;
pub mod chart;
mod copy;
mod equal;
mod error;
mod filter;
mod find;
mod format;
mod gather;
mod inspect;
mod keys;
mod meaning;
mod profile;
pub mod read;
mod rows;
mod sort;
mod table;
mod window;
mod zone;

pub use badge::badge;
pub use copy::forms::{apart, json_text, marked as markdown_text};
pub use copy::{Copied, Form};
pub use equal::{Query, equal_pandas, equal_sql};
pub use error::Error;
pub use filter::{Compare, Condition, Expected, FilterError, Selection, Test};
pub use find::{Count, Find, Found, Step};
pub use format::float::{f32_text, f64_text};
pub use format::time::date as date_text;
pub use inspect::{Branch, Decode, Decoded, Inspection, Node, PathError};
pub use profile::{Bin, Distinct, Lengths, Numbers, Profile, Profiler, Top};
pub use rows::Rows;
pub use sort::{Key, SortError};
pub use table::{Column, Table};
pub use window::{CELL_LIMIT, Cell, Kind, Window};
pub use zone::{Offsets, Zone};
