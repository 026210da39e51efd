//! odps
