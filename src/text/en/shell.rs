//! English: the frame and shared words.

use crate::text::shell::Shell;

pub(super) const SHELL: Shell = Shell {
    product: "Mars Console",
    skip: "Skip to content",
    navigation: "Console",
    overview: "Overview",
    clusters: "Clusters",
    sql: "SQL",
    tables: "Tables",
    instances: "Instances",
    connection: "Connection",
    settings: "Settings",
    local: "local",
    local_title: "A MaxCompute on this machine: real Mars engine, nothing is billed",
    project: "Project",
    language: "Language",
    theme: "Theme",
    theme_auto: "Auto",
    theme_light: "Light",
    theme_dark: "Dark",
    theme_contrast: "High contrast",
    missing: "No such page",
    missing_body: "This address does not belong to a page of the console.",
    missing_next: "Go to the overview",
    notices: "Notices",
    close: "Close",
    cancel: "Cancel",
    copy: "Copy",
    copied: |what| format!("Copied: {what}"),
    copy_failed: "The browser did not allow copying. Select the text and copy it by hand.",
    retry: "Try again",
    refresh: "Refresh",
    code: "Code",
    request_id: "Request",
    details: "What the service said",
    reading: "Reading…",
    just_now: "just now",
    ago: |time| format!("{time} ago"),
    read_at: |time| format!("read {time}"),
    read_failed: |time| format!("last good reading {time}"),
    seconds: |n| format!("{n} s"),
    minutes: |n| format!("{n} min"),
    hours: |n| format!("{n} h"),
    days: |n| {
        if n == 1 {
            "1 day".to_owned()
        } else {
            format!("{n} days")
        }
    },
};
