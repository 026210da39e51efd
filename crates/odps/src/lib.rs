//! The MaxCompute (ODPS) protocol without IO: control plane, Cupid and table tunnel.
//!
//! Every operation is a [`wire::Call`] that goes both ways, so that the console (client) and the
//! local warehouse (server) share one reading of the wire. Nothing here opens a connection, reads a
//! clock or draws a random number; time, ids and secrets are arguments.
//!
//! The authority is what PyODPS 0.9.0.1, 0.12.6 and 0.13.1 were recorded to send (`tests/data`).
//! Requests are written as 0.9.0.1 writes them, tunnel requests as 0.13.1 does, because 0.9 has no
//! Arrow download. Requests of all three are read. Elements, keys and parameters that are not
//! modelled are skipped.

pub mod authorization;
pub mod cupid;
pub mod date;
pub mod error;
pub mod instances;
mod json;
pub mod logview;
pub mod projects;
pub mod redact;
pub mod request;
pub mod resources;
mod response;
pub mod sign;
pub mod tables;
pub mod tunnel;
pub mod types;
mod xml;

pub use error::Error;
