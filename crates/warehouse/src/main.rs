//! warehouse
fn main() {}
