//! Pieces that know routes, api or text.

pub mod age;
pub mod copy;
pub mod page;
pub mod problem_notice;
pub mod shell;
pub mod toaster;
