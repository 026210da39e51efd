//! Pieces that know nothing of the console: no route, no text, no api.

pub mod button;
pub mod dialog;
pub mod field;
pub mod grid;
pub mod icon;
pub mod menu;
pub mod seen;
pub mod segmented;
pub mod spark;
pub mod status;
pub mod tabs;
