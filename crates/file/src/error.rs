//! What can stand in the way of a file.

use arrow::error::ArrowError;
use parquet::errors::ParquetError;

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A batch has other columns than the file.
    #[error(transparent)]
    Frame(#[from] frame::Error),
    /// The delimiter is a quote or a line end.
    #[error("{0:?} cannot separate fields")]
    Delimiter(char),
    /// The word for no value would need quotes.
    #[error("{0:?} cannot stand for no value: it would need quotes")]
    NullToken(String),
    /// A sheet has fewer columns than the table.
    #[error("a sheet holds {most} columns, there are {got}")]
    Columns {
        /// The columns of the table.
        got: usize,
        /// The columns of a sheet.
        most: usize,
    },
    /// Arrow refuses.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
    /// Parquet refuses.
    #[error(transparent)]
    Parquet(#[from] ParquetError),
    /// The container of a workbook cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A part of a workbook cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Write(#[from] std::io::Error),
}
