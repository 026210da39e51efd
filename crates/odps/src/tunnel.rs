//! The table tunnel: download sessions, the framed Arrow stream, and the schema that belongs to it.

pub mod download;
pub mod frame;
pub mod rows;
pub mod schema;
