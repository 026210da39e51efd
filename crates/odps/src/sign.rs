//! Who asks: key pairs and the signatures made with them.

use wire::Secret;

pub mod v1;

/// An Alibaba Cloud key pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The public half, sent with every request.
    pub access_id: String,
    /// The private half, never sent except inside the plan that starts a cluster.
    pub access_key: Secret,
}
