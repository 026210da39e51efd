//! What can go wrong in the warehouse itself; clients see it as an ODPS error document.

use std::path::PathBuf;

/// A failure of the warehouse.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be used.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another warehouse works on the same data folder.
    #[error("{path} is in use by another process")]
    Locked {
        /// The data folder.
        path: PathBuf,
    },
    /// A JSON file of the data folder cannot be read.
    #[error("{path} is damaged: {source}")]
    Json {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// The configuration file makes no sense.
    #[error("{path}: {reason}")]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The port cannot be had.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address that was asked for.
        address: std::net::SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// A Parquet file cannot be read or written.
    #[error("{path}: {source}")]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What the reader said.
        source: parquet::errors::ParquetError,
    },
    /// The catalogue refuses what was asked.
    #[error(transparent)]
    Refused(#[from] crate::Refusal),
    /// The catalogue's database cannot be used.
    #[error("the catalogue cannot be used: {0}")]
    Database(Box<redb::Error>),
    /// An entry of the catalogue cannot be read.
    #[error("an entry of the catalogue is damaged: {0}")]
    Entry(serde_json::Error),
    /// A name cannot stand in an address.
    #[error("a name cannot stand in an address: {0}")]
    Address(http::uri::InvalidUri),
    /// Arrow refused a batch.
    #[error("{0}")]
    Arrow(#[from] arrow::error::ArrowError),
    /// Rows cannot be written as a tunnel stream.
    #[error(transparent)]
    Rows(#[from] odps::tunnel::rows::RowsError),
    /// Rows cannot be written as records.
    #[error(transparent)]
    Records(#[from] odps::tunnel::records::RecordsError),
    /// A stream cannot be packed.
    #[error("a stream cannot be packed: {0}")]
    Packing(std::io::Error),
    /// A background thread ended without an answer.
    #[error("a background thread ended: {0}")]
    Thread(#[from] tokio::task::JoinError),
}

impl Error {
    /// Whether the disk of the data folder is full.
    pub(crate) fn is_full(&self) -> bool {
        let io = match self {
            Self::File { source, .. } => Some(source),
            Self::Database(error) => match error.as_ref() {
                redb::Error::Io(source) => Some(source),
                _ => None,
            },
            Self::Parquet { source, .. } => std::error::Error::source(source)
                .and_then(|source| source.downcast_ref::<std::io::Error>()),
            _ => None,
        };
        io.is_some_and(|io| {
            matches!(
                io.kind(),
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
            )
        })
    }

    /// Adds the path to an IO error.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// Adds the path to a Parquet error.
    pub(crate) fn parquet(
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(parquet::errors::ParquetError) -> Self {
        let path = path.into();
        move |source| Self::Parquet { path, source }
    }
}
