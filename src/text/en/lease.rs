//! English: the lease of a cluster.

use cluster::lease::{Decision, Due, Keeping, Rule, Waiting, What};

use crate::text::lease::Lease;

pub(super) const LEASE: Lease = Lease {
    title: "Automatic stop",
    looking: "Asking the gateway whether it runs leases…",
    by_gateway: "The gateway keeps this: it works with every page closed and after a restart of the gateway.",
    by_tab: "This gateway runs no leases. A lease is kept by this tab and works only while this cluster's page is open in it; close it, and nothing is stopped.",
    none: "No lease: if you walk away now, nothing of ours stops this cluster.",
    rule: |rule| match rule {
        Rule::Idle { minutes } => format!("Stops after {minutes} min without work."),
        Rule::At { .. } => "Stops at a set time, whatever it computes then.".to_owned(),
        Rule::LastTab { grace_minutes } => format!(
            "Stops {grace_minutes} min after the last tab that shows it was closed, unless it computes."
        ),
        _ => "Stops by a rule that this page does not know.".to_owned(),
    },
    decision: |decision| match decision {
        None => "Not looked at yet.",
        Some(Decision::Keep { why, .. }) => match why {
            Keeping::Busy => "It computes: it is kept.",
            Keeping::TabOpen => "A tab shows it: it is kept.",
            Keeping::KeptAlive => "It was put off. If nothing changes it ends:",
            _ => "If nothing changes it ends:",
        },
        Some(Decision::Stop { .. }) => "It is due: after one more reading it is stopped.",
        Some(Decision::Wait { why }) => match why {
            Waiting::StateUnknown => "Kept: its state was not read lately.",
            Waiting::TabsUnheard => "Kept: nobody hears which tabs are open.",
            _ => "Kept: whether it computes was not read lately.",
        },
        Some(Decision::Over) => "It has ended.",
    },
    left: |left| format!("in {left}, at"),
    put_off: "Keep alive 1 h",
    put_off_note: "Holds this lease off for an hour. The engine's own idle stop and the three-day cap go on.",
    drop: "Drop the lease",
    choose: "Stop it",
    idle: "after minutes idle",
    at: "at a time",
    last_tab: "when the last tab is closed",
    no_last_tab: "Stopping when the last tab is closed needs the gateway's watcher: a closed tab can stop nothing.",
    minutes: "Minutes",
    time: "Time",
    set: "Set lease",
    change: "Change lease",
    wrong: "A lease needs one minute at least, a week at most, and a time ahead.",
    history: "What was done",
    entry: |entry| {
        let what = match entry.what {
            What::Made => "lease made",
            What::Changed => "lease changed",
            What::Dropped => "lease dropped",
            What::Decided => "due; looking once more",
            What::Held => "held: not confirmed",
            What::Asked => "asked to end",
            What::Stopped => "stopped: Terminated was read",
            What::NotStopped => "the stop did not work; it is tried again",
            What::Ended => "the cluster ended otherwise",
            What::Gone => "there is no such instance",
            _ => "something that this page does not know",
        };
        let why = match entry.why {
            Some(Due::Idle) => " (idle)",
            Some(Due::Time) => " (time)",
            Some(Due::NoTab) => " (no tab)",
            _ => "",
        };
        let detail = entry.detail.as_deref().map(|words| format!(": {words}"));
        format!("{what}{why}, {}{}", entry.by, detail.unwrap_or_default())
    },
};
