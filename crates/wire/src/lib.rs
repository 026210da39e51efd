//! What every protocol crate shares: a [`Call`] in both directions, a [`Machine`] for procedures,
//! and [`Secret`] for what must not be shown. No IO, no clock, no protocol.

mod call;
mod machine;
mod secret;

pub use call::{Call, Reply, Request, Response, Service, Target};
pub use machine::{Machine, Millis, Step, Unreachable};
pub use secret::Secret;
