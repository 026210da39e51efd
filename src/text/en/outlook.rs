//! English: what comes for a cluster.

use cluster::forecast::Forecast;

use crate::format;
use crate::text::outlook::Outlook;

pub(super) const OUTLOOK: Outlook = Outlook {
    title: "If you walk away now",
    no_forecast: "When it will be usable cannot be said: this browser has seen no start in this project yet.",
    ready_in: |left, forecast| format!("Usable in about {left} {}.", seen(forecast)),
    ready_late: |took, forecast| {
        format!(
            "It has been starting for {took}, longer than usual {}.",
            seen(forecast)
        )
    },
    leave: "It goes on without this page.",
    idle: |at| {
        format!(
            "If no job runs, MaxCompute may release it after three idle hours, about {at}; this is not guaranteed."
        )
    },
    cap: |at| format!("It ends at the latest at {at}, three days after its start."),
    worst: |all, left| {
        format!(
            "If nobody stops it, it will have cost about {all} by then, {left} of it from now on."
        )
    },
    worst_local: "It runs on this machine and costs nothing.",
};

fn seen(forecast: &Forecast) -> String {
    let (least, most) = (
        format::elapsed(forecast.least),
        format::elapsed(forecast.most),
    );
    let of = if forecast.alike {
        "of this size"
    } else {
        "of any size"
    };
    match forecast.starts {
        1 => format!("(one start {of} seen in this browser: {most})"),
        starts => format!("({starts} starts {of} seen in this browser: {least} to {most})"),
    }
}
