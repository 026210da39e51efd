//! Upload sessions: create, write blocks, look again, commit. Recorded: `tunnel_upload_*.json`.
//!
//! Requests are written as PyODPS 0.13.1 writes them. A block's body is a stream of rows: a server
//! reads the head of the request with [`Write::from_request`] and the body as it comes.

mod commit;
mod create;
mod reload;
mod session;
mod write;

pub use commit::Commit;
pub use create::Create;
pub use reload::Reload;
pub use session::{Session, Status};
pub use write::{Write, Written};
