//! English: the fleet.

use crate::pages::clusters::fleet::wanted::Key;
use crate::text::fleet::Fleet;

pub(super) const FLEET: Fleet = Fleet {
    lead: "Every Mars cluster of the project: what it does, what it costs, what will end it.",
    bar: "Choose clusters",
    owners: "Whose clusters",
    mine: "Mine",
    everybody: "All owners",
    states: "In which state",
    all: "All",
    running: "Running",
    forgotten: "Look forgotten",
    ended: "Ended",
    search: "Name, id or owner",
    ended_since: "Ended within",
    days: |days| match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    },
    none_match: "No cluster matches this choice.",
    none_match_next: "Take words or a state out of the choice, or look at all owners.",
    cut: "The project has more running instances than are looked at here; older ones are missing.",
    sum: |running, unknown, price, forgotten| {
        let mut said = match running {
            1 => "1 cluster runs".to_owned(),
            running => format!("{running} clusters run"),
        };
        if let Some(price) = price {
            said += &format!(", about {price} per hour");
        }
        if unknown > 0 {
            said += &format!(" ({unknown} of unknown size not counted)");
        }
        match forgotten {
            0 => said + ".",
            1 => said + "; 1 looks forgotten.",
            forgotten => said + &format!("; {forgotten} look forgotten."),
        }
    },
    column: |key| match key {
        Key::Name => "Cluster",
        Key::State => "State",
        Key::Workers => "Workers",
        Key::Owner => "Owner",
        Key::Age => "Age",
        Key::Burn => "Per hour, about",
        Key::Spent => "Spent, about",
        Key::End => "Ends by itself",
    },
    mark_all: "Mark all that run",
    mark: |name| format!("Mark {name}"),
    marked: |count| format!("{count} marked"),
    stop_marked: |count| format!("Stop {count}…"),
    portion: |shown, all| format!("{shown} of {all} shown"),
    more: "Show more",
    stop: "Stop…",
    stop_one: |name| format!("Stop {name}"),
    idle_for: |time| format!("idle {time}"),
    idle_hint: "As far as this page has seen: the engine does not say since when.",
    silent: "Engine silent",
    workers: |have, asked| match (have, asked) {
        (Some(have), Some(asked)) => format!("{have} of {asked}"),
        (Some(have), None) => have.to_string(),
        (None, Some(asked)) => asked.to_string(),
        (None, None) => "–".to_owned(),
    },
    each: |cpu, mem| format!("× {cpu} cores, {mem} GB"),
    ends_cap: |left| format!("in {left}"),
    ends_cap_hint: "The platform ends a cluster three days after its start at the latest.",
    ends_idle: |left| format!("in {left}, if idle"),
    ends_idle_hint: "After three hours without a job the engine is released; MaxCompute does not guarantee it. Three days after the start it ends in any case.",
    never_used: "never used",
    idle_long: |time| format!("idle for {time}"),
    owner_gone: "owner has left",
    stop_title: |count| match count {
        1 => "Stop this cluster?".to_owned(),
        count => format!("Stop {count} clusters?"),
    },
    effects: |count, busy, saved| {
        let mut effects = vec![match count {
            1 => "1 cluster is stopped. Results that live only in it are gone; tables stay."
                .to_owned(),
            count => format!(
                "{count} clusters are stopped. Results that live only in them are gone; tables stay."
            ),
        }];
        effects.push(match busy {
            0 => "None of them computes now.".to_owned(),
            1 => "1 of them computes now: its jobs break off.".to_owned(),
            busy => format!("{busy} of them compute now: their jobs break off."),
        });
        if let Some(saved) = saved {
            effects.push(format!(
                "About {saved} is saved, counted until they would end by themselves."
            ));
        }
        effects
    },
    stop_confirm: "Stop",
    unclear: "state not known",
    unclear_too: |count| match count {
        1 => "Stop also the 1 whose state is not known".to_owned(),
        count => format!("Stop also the {count} whose state is not known"),
    },
    none_clear: "What they do now is not known: tick the box to stop them anyway",
    computes: "computes",
    idles: "idle",
    waiting: |seconds| format!("asked, still running after {seconds} s"),
    stopped: "Stopped: the service says Terminated.",
};
