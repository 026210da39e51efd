//! mars
