//! Which clusters are wanted, and in which order: the query of `/clusters`.

use cluster::fleet::Owners;
use wire::Millis;

use super::cost;
use crate::api::clusters::Entry;
use crate::route::Query;

/// In which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    /// Any.
    #[default]
    All,
    /// Not ended.
    Running,
    /// Running, and it looks as if nobody wants it.
    Forgotten,
    /// Ended.
    Ended,
}

impl Only {
    /// In the order of the page.
    pub const ALL: &'static [Self] = &[Self::All, Self::Running, Self::Forgotten, Self::Ended];

    /// The value in the query; none for the default.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Running => "running",
            Self::Forgotten => "forgotten",
            Self::Ended => "ended",
        }
    }
}

/// What the rows are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a column of the table")]
pub enum Key {
    Name,
    State,
    Workers,
    Owner,
    #[default]
    Age,
    Burn,
    Spent,
    End,
}

impl Key {
    /// In the order of the columns.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::State,
        Self::Workers,
        Self::Owner,
        Self::Age,
        Self::Burn,
        Self::Spent,
        Self::End,
    ];

    /// The value in the query.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::State => "state",
            Self::Workers => "workers",
            Self::Owner => "owner",
            Self::Age => "age",
            Self::Burn => "burn",
            Self::Spent => "spent",
            Self::End => "end",
        }
    }
}

/// The days that may be looked back.
pub const DAYS: [u32; 4] = [1, 3, 7, 30];

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whose clusters.
    pub owners: Owners,
    /// How far back ended ones go.
    pub days: u32,
    /// In which state.
    pub only: Only,
    /// Words that name, id or owner must hold.
    pub text: String,
    /// The order, and whether it is turned round; by default those that run come first, newest first.
    pub sort: Option<(Key, bool)>,
}

impl Wanted {
    /// Reads a query; what it does not know is the default.
    pub fn read(query: &Query) -> Self {
        let word = |key| query.get(key).unwrap_or("");
        let only = Only::ALL.iter().find(|only| only.as_str() == word("state"));
        let (name, turned) = match word("sort").strip_prefix('-') {
            Some(name) => (name, true),
            None => (word("sort"), false),
        };
        let sort = Key::ALL.into_iter().find(|key| key.as_str() == name);
        let days = word("days").parse().ok();
        Self {
            owners: if word("owner") == "all" {
                Owners::All
            } else {
                Owners::Mine
            },
            days: days.filter(|days| DAYS.contains(days)).unwrap_or(3),
            only: only.copied().unwrap_or_default(),
            text: word("q").to_owned(),
            sort: sort.map(|key| (key, turned)),
        }
    }

    /// The value of `sort` that a press on a column's head leads to: up, down, as it was.
    pub fn pressed(&self, key: Key) -> String {
        match self.sort {
            Some((now, false)) if now == key => format!("-{}", key.as_str()),
            Some((now, true)) if now == key => String::new(),
            _ => key.as_str().to_owned(),
        }
    }

    /// Those of a list that are wanted, in the wanted order.
    pub fn of(&self, all: &[Entry], now: Millis) -> Vec<Entry> {
        let words: Vec<String> = self
            .text
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let wanted = all.iter().filter(|entry| {
            let state = match self.only {
                Only::All => true,
                Only::Running => entry.runs(),
                Only::Ended => !entry.runs(),
                Only::Forgotten => cost::forgotten(entry, now),
            };
            state && holds(entry, &words)
        });
        let mut list: Vec<Entry> = wanted.cloned().collect();
        if let Some((key, turned)) = self.sort {
            sort(&mut list, key, now);
            if turned {
                list.reverse();
            }
        }
        list
    }
}

fn holds(entry: &Entry, words: &[String]) -> bool {
    let texts = [Some(&entry.id), entry.name.as_ref(), entry.owner.as_ref()];
    let texts: Vec<String> = texts
        .into_iter()
        .flatten()
        .map(|text| text.to_lowercase())
        .collect();
    words
        .iter()
        .all(|word| texts.iter().any(|text| text.contains(word.as_str())))
}

fn sort(list: &mut [Entry], key: Key, now: Millis) {
    match key {
        Key::Name => list.sort_by_key(|one| (one.name.is_none(), one.name.clone(), one.id.clone())),
        Key::State => list.sort_by_key(|one| {
            let busy = one.activity.is_some_and(|activity| activity.busy);
            (!one.runs(), !busy, one.problem.is_some())
        }),
        Key::Workers => list.sort_by_key(|one| one.crew.as_ref().map(|crew| crew.what.workers)),
        Key::Owner => list.sort_by_key(|one| one.owner.clone()),
        Key::Age => list.sort_by_key(|one| one.age(now)),
        Key::Burn => list.sort_by_key(cost::burn),
        Key::Spent => list.sort_by_key(|one| cost::spent(one, now)),
        Key::End => list.sort_by_key(|one| {
            let next = one.fate(now).and_then(|fate| fate.next());
            (next.is_none(), next)
        }),
    }
}

#[cfg(test)]
mod tests {
    use cluster::Activity;
    use cluster::fleet::Owners;
    use odps::instances::Status;

    use super::{Key, Only, Wanted};
    use crate::api::clusters::Entry;
    use crate::route::Query;

    const HOUR: u64 = 3_600_000;

    fn entry(id: &str, name: Option<&str>, status: Status, hours: u64) -> Entry {
        Entry {
            id: id.into(),
            name: name.map(str::to_owned),
            owner: Some("ALIYUN$Ann".into()),
            status,
            start_time: Some(100 * HOUR - hours * HOUR),
            end_time: None,
            spec: None,
            crew: None,
            activity: None,
            problem: None,
            owner_present: None,
        }
    }

    fn fleet() -> Vec<Entry> {
        let idle = Activity {
            busy: false,
            since: 97 * HOUR,
        };
        vec![
            entry("i1", Some("nightly"), Status::Running, 1),
            Entry {
                activity: Some(idle),
                ..entry("i2", None, Status::Running, 5)
            },
            entry("i3", Some("adhoc"), Status::Terminated, 9),
        ]
    }

    fn ids(query: &str) -> Vec<String> {
        let wanted = Wanted::read(&Query::parse(query));
        let list = wanted.of(&fleet(), 100 * HOUR);
        list.into_iter().map(|entry| entry.id).collect()
    }

    #[test]
    fn states_and_words_select() {
        assert_eq!(ids(""), ["i1", "i2", "i3"]);
        assert_eq!(ids("state=running"), ["i1", "i2"]);
        assert_eq!(ids("state=ended"), ["i3"]);
        assert_eq!(ids("state=forgotten"), ["i2"], "idle for three hours");
        assert_eq!(ids("q=NIGHT%20ann"), ["i1"]);
        assert_eq!(ids("q=nobody"), Vec::<String>::new());
    }

    #[test]
    fn columns_order() {
        assert_eq!(ids("sort=name"), ["i3", "i1", "i2"], "nameless ones last");
        assert_eq!(ids("sort=age"), ["i1", "i2", "i3"]);
        assert_eq!(ids("sort=-age"), ["i3", "i2", "i1"]);
        assert_eq!(ids("sort=end")[2], "i3", "what has ended has no end ahead");
    }

    #[test]
    fn a_query_reads_with_tolerance() {
        let wanted = Wanted::read(&Query::parse("owner=all&days=7&state=x&sort=-burn"));
        assert_eq!(wanted.owners, Owners::All);
        assert_eq!((wanted.days, wanted.only), (7, Only::All));
        assert_eq!(wanted.sort, Some((Key::Burn, true)));
        assert_eq!(wanted.pressed(Key::Burn), "");
        assert_eq!(wanted.pressed(Key::Name), "name");
        let odd = Wanted::read(&Query::parse("days=99999999999&sort=-"));
        assert_eq!((odd.days, odd.sort), (3, None));
    }
}
