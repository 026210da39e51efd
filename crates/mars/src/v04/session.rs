//! The calls of the Mars 0.4 web API, one file each, in both directions.
//!
//! Authority: section 1 of the protocol notes and the recorded `http_*.json`. Every answer under
//! `/api` claims to be JSON, payloads and HTML error pages included: status and endpoint decide.
//! Which cluster a call is for stands in the address of the proxy, so a call that a server reads
//! has an empty `instance`.

mod data_delete;
mod data_fetch;
mod form;
mod graph_cancel;
mod graph_list;
mod graph_state;
mod graph_submit;
mod nsplits;
pub(super) mod path;
mod probe;
pub(super) mod reply;
mod session_check;
mod session_create;
mod session_delete;
mod slices;
mod worker_count;
mod workers;

pub use data_delete::DataDelete;
pub use data_fetch::{Compression, DataFetch, Payload, SerialType};
pub use graph_cancel::GraphCancel;
pub use graph_list::{GraphList, GraphSummaries, GraphSummary};
pub use graph_state::{GraphState, GraphStatus, State};
pub use graph_submit::{GraphSubmit, GraphSubmitted};
pub use nsplits::{NSplits, Splits};
pub use probe::{Entry, Probe};
pub use reply::Empty;
pub use session_check::SessionCheck;
pub use session_create::{SessionCreate, SessionCreated};
pub use session_delete::SessionDelete;
pub use slices::{SliceItem, Slices, rows_of_frame, rows_of_series, rows_of_tensor};
pub use worker_count::{Count, WorkerCount};
pub use workers::{SpeedStat, Worker, WorkerList, Workers};
