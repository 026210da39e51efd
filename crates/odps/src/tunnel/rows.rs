//! Arrow record batches to and from the framed stream of the tunnel.
//!
//! The payload under the frames is Arrow IPC messages, record batches only: the schema is known
//! from the session ([`super::schema`]) and there is no end marker. A schema message or an end
//! marker that is there all the same is skipped; a dictionary is refused, since the tunnel never
//! sends one.

use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;

use super::frame::FrameError;
use super::unpack::UnpackError;

mod message;
mod moment;
mod reader;
mod shape;
mod writer;

pub use moment::{moment_schema, with_moments};
pub use reader::{BadText, Reader};
pub use writer::Writer;

/// What is wrong with a stream of rows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowsError {
    /// The frames are damaged or cut off.
    #[error(transparent)]
    Frame(#[from] FrameError),
    /// The coding around the frames is damaged or cut off.
    #[error(transparent)]
    Packed(#[from] UnpackError),
    /// The checksums are right, but what they protect is no Arrow stream of this schema.
    #[error("the message after row {rows} is not what the schema says: {reason}")]
    NotArrow {
        /// Rows that were read before.
        rows: u64,
        /// What is wrong.
        reason: String,
    },
}

/// The bytes of a schema message, which a stream decoder must see first.
fn schema_message(schema: &SchemaRef) -> Result<Vec<u8>, ArrowError> {
    let mut writer = arrow::ipc::writer::StreamWriter::try_new(Vec::new(), schema)?;
    writer.flush()?;
    Ok(std::mem::take(writer.get_mut()))
}
