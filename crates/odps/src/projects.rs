//! Projects and the hosts that serve them.

mod get;
mod logview_host;
mod tunnel_host;
mod users;

pub use get::{Get, Project};
pub use logview_host::{LogviewHost, LogviewHostText};
pub use tunnel_host::{TunnelHost, TunnelHostText};
pub use users::{UserList, Users};
