//! English: overview, connection, settings.

use crate::text::overview::{Connect, Overview, Settings};

pub(super) const OVERVIEW: Overview = Overview {
    title: "Overview",
    running: "Running now",
    nothing_runs: "No Mars cluster of this account is running.",
    nothing_runs_next: "The guide's cluster has 5 workers with 4 cores and 16 GB each, and can be used from the third on.",
    create_guide: "Create the guide's cluster",
    all_clusters: "All clusters",
    steps: "From nothing to rows",
    step_create: "Create a cluster",
    step_create_body: "The form has PyODPS's parameters and shows what it costs and which call it equals.",
    step_job: "Run an expression",
    step_job_body: "On the cluster's Jobs tab: mt.random.rand(100, 100), then Ctrl+Enter.",
    step_table: "Look at a table",
    step_table_body: "test_mars is the guide's table; rows come through the tunnel, exact.",
    step_stop: "Stop the cluster",
    step_stop_body: "Release it in time: a cluster that is forgotten runs for up to three days.",
    burn: |count, amount| format!("{count} running, about {amount} per hour"),
    burn_local: |count, amount| {
        format!("{count} running; billed elsewhere it would be about {amount} per hour")
    },
    burn_unknown: "Sizes of clusters that were created elsewhere are not counted.",
};

pub(super) const CONNECT: Connect = Connect {
    title: "Connection",
    lead: "What the gateway of this page is connected to. The page itself holds no key.",
    name: "Name",
    odps_endpoint: "ODPS endpoint",
    tunnel_endpoint: "Tunnel endpoint",
    mars_proxy: "Mars proxy",
    access_id: "Access id",
    credentials: "Key",
    credentials_gateway: "held by the gateway, which signs every request",
    doctor: "Doctor",
    doctor_lead: "Asks each part in turn and names the first that fails.",
    run: "Check the connection",
    running: "Checking…",
    step_gateway: "The gateway answers",
    step_project: "A signed request reads the project",
    step_tunnel: "The tunnel answers",
    step_clock: "The clocks agree",
    good: "fine",
    bad: "failed",
    skipped: "not asked",
    waiting: "asking…",
    project_owner: |owner| format!("owner {owner}"),
    clock_skew: |seconds| format!("{seconds} s apart"),
    clock_bad: "The gateway's clock and this machine's differ by more than 15 minutes. MaxCompute refuses signatures of a wrong time: set the clock of the one that is wrong.",
    took: |ms| format!("{ms} ms"),
};

pub(super) const SETTINGS: Settings = Settings {
    title: "Settings",
    lead: "Kept in this browser.",
    density: "Density",
    compact: "Compact",
    comfortable: "Comfortable",
    density_hint: "Compact shows more rows, comfortable is larger.",
    zone: "Time zone",
    zone_browser: "This machine",
    zone_utc: "UTC",
    zone_hint: "For the times of clusters, jobs and instances. Values of tables are never shifted.",
    theme_hint: "A link may ask for another one by theme=light, dark, hc or auto.",
    language_hint: "A link may ask for another one by lang=en or zh.",
};
