//! Writing rows: the server's side of a download.

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::ipc::writer::StreamWriter;
use bytes::Bytes;

use super::RowsError;
use crate::tunnel::frame::Encoder;

/// Writes batches as the framed stream of a download.
pub struct Writer {
    arrow: StreamWriter<Vec<u8>>,
    frames: Encoder,
    rows: u64,
}

impl Writer {
    /// Writes rows of this schema in chunks of so many bytes.
    pub fn new(schema: &SchemaRef, chunk_size: usize) -> Result<Self, RowsError> {
        let mut arrow =
            StreamWriter::try_new(Vec::new(), schema).map_err(|error| RowsError::NotArrow {
                rows: 0,
                reason: error.to_string(),
            })?;
        // The reader makes the schema message itself.
        arrow.get_mut().clear();
        Ok(Self {
            arrow,
            frames: Encoder::new(chunk_size),
            rows: 0,
        })
    }

    /// Takes a batch; gives the bytes that are ready, which may be none.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<Bytes, RowsError> {
        self.arrow
            .write(batch)
            .map_err(|error| RowsError::NotArrow {
                rows: self.rows,
                reason: error.to_string(),
            })?;
        self.rows += batch.num_rows() as u64;
        let message = std::mem::take(self.arrow.get_mut());
        Ok(self.frames.push(&message))
    }

    /// The end of the stream.
    pub fn finish(self) -> Bytes {
        self.frames.finish()
    }
}
