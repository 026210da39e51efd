//! Mars Console: the page. A Leptos program, client side only, that speaks the ODPS, tunnel and Mars
//! web protocols itself; everything it asks goes through its own origin (`api`).

pub mod api;
pub mod app;
pub mod components;
pub mod files;
pub mod format;
pub mod frames;
pub mod lazy;
pub mod pages;
pub mod panic_page;
pub mod route;
pub mod state;
pub mod text;
pub mod ui;
pub mod uploads;
pub mod worker;
