//! Clusters: the fleet, the create form, one cluster.

pub mod create;
pub mod detail;
pub mod fleet;
pub mod life;
