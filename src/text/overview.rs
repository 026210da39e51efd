//! Sentences of the overview, the connection page and the settings.
#![expect(
    missing_docs,
    reason = "a field is described by its English sentence in en/overview.rs"
)]

pub struct Overview {
    pub title: &'static str,
    pub running: &'static str,
    pub nothing_runs: &'static str,
    pub nothing_runs_next: &'static str,
    pub create_guide: &'static str,
    pub all_clusters: &'static str,
    pub steps: &'static str,
    pub step_create: &'static str,
    pub step_create_body: &'static str,
    pub step_job: &'static str,
    pub step_job_body: &'static str,
    pub step_table: &'static str,
    pub step_table_body: &'static str,
    pub step_stop: &'static str,
    pub step_stop_body: &'static str,
    pub burn: fn(&str, &str) -> String,
    pub burn_local: fn(&str, &str) -> String,
    pub burn_unknown: &'static str,
}

pub struct Connect {
    pub title: &'static str,
    pub lead: &'static str,
    pub name: &'static str,
    pub odps_endpoint: &'static str,
    pub tunnel_endpoint: &'static str,
    pub mars_proxy: &'static str,
    pub access_id: &'static str,
    pub credentials: &'static str,
    pub credentials_gateway: &'static str,
    pub doctor: &'static str,
    pub doctor_lead: &'static str,
    pub run: &'static str,
    pub running: &'static str,
    pub step_gateway: &'static str,
    pub step_project: &'static str,
    pub step_tunnel: &'static str,
    pub step_clock: &'static str,
    pub good: &'static str,
    pub bad: &'static str,
    pub skipped: &'static str,
    pub waiting: &'static str,
    pub project_owner: fn(&str) -> String,
    pub clock_skew: fn(u64) -> String,
    pub clock_bad: &'static str,
    pub took: fn(u64) -> String,
}

pub struct Settings {
    pub title: &'static str,
    pub lead: &'static str,
    pub density: &'static str,
    pub compact: &'static str,
    pub comfortable: &'static str,
    pub density_hint: &'static str,
    pub zone: &'static str,
    pub zone_browser: &'static str,
    pub zone_utc: &'static str,
    pub zone_hint: &'static str,
    pub theme_hint: &'static str,
    pub language_hint: &'static str,
}
