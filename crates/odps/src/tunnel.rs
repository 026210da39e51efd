//! The table tunnel: download and upload sessions, the preview, rows as framed Arrow streams and as
//! protobuf records, and the schema that belongs to them.

#[cfg(feature = "coding")]
pub mod coding;
pub mod download;
pub mod frame;
pub mod preview;
pub mod records;
pub mod rows;
pub mod schema;
pub mod unpack;
pub mod upload;
