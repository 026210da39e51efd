//! Sentences of what comes for a cluster if nobody does anything.
#![expect(
    missing_docs,
    reason = "a field is described by its English sentence in en/outlook.rs"
)]

use cluster::forecast::Forecast;

pub struct Outlook {
    pub title: &'static str,
    pub no_forecast: &'static str,
    pub ready_in: fn(&str, &Forecast) -> String,
    pub ready_late: fn(&str, &Forecast) -> String,
    pub leave: &'static str,
    pub idle: fn(&str) -> String,
    pub cap: fn(&str) -> String,
    pub worst: fn(&str, &str) -> String,
    pub worst_local: &'static str,
}
