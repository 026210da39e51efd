//! Pieces that know routes, api or text.

pub mod age;
pub mod cluster_table;
pub mod code;
pub mod copy;
pub mod drop_logview;
pub mod export;
pub mod frame_view;
pub mod kept_logview;
pub mod logview;
pub mod logview_address;
pub mod money;
pub mod open_by_id;
pub mod page;
pub mod price_rail;
pub mod problem_notice;
pub mod shell;
pub mod toaster;
pub mod waiting;
