//! Which tables this browser has looked at and pinned: their names, by project, in local storage.

use serde::{Deserialize, Serialize};

/// How many recent tables are kept.
const RECENT: usize = 8;
/// How many pinned ones: a list that is scrolled is no short way.
const PINNED: usize = 30;

/// The short lists above the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Pinned tables, in the order of pinning.
    #[serde(default)]
    pub pinned: Vec<String>,
    /// Recent tables, the last one first.
    #[serde(default)]
    pub recent: Vec<String>,
}

impl Kept {
    /// What was kept for a project.
    pub fn read(project: &str) -> Self {
        let text = storage().and_then(|storage| storage.get_item(&key(project)).ok().flatten());
        // What another version wrote and cannot be read is forgotten.
        let kept: Option<Self> = text.and_then(|text| serde_json::from_str(&text).ok());
        kept.unwrap_or_default()
    }

    /// Keeps it.
    pub fn write(&self, project: &str) {
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(self)) {
            // Storage may be full or forbidden; the lists then last for this visit only.
            let _ = storage.set_item(&key(project), &text);
        }
    }

    /// A table was looked at.
    pub fn saw(&mut self, table: &str) {
        self.recent.retain(|other| other != table);
        self.recent.insert(0, table.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Pins a table, or takes the pin away.
    pub fn pin(&mut self, table: &str) {
        match self.pinned.iter().position(|other| other == table) {
            Some(at) => {
                self.pinned.remove(at);
            }
            None => self.pinned.push(table.to_owned()),
        }
        let over = self.pinned.len().saturating_sub(PINNED);
        self.pinned.drain(..over);
    }

    /// A table does not exist any more.
    pub fn forget(&mut self, table: &str) {
        self.pinned.retain(|other| other != table);
        self.recent.retain(|other| other != table);
    }
}

fn key(project: &str) -> String {
    format!("tables.kept.{project}")
}

/// The local storage, where the browser allows it.
pub(super) fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::{Kept, PINNED, RECENT};

    #[test]
    fn the_last_one_is_the_first_and_pins_come_and_go() {
        let mut kept = Kept::default();
        for at in 0..RECENT + 3 {
            kept.saw(&format!("t{at}"));
        }
        kept.saw("t5");
        assert_eq!(kept.recent[0], "t5");
        assert_eq!(kept.recent.len(), RECENT);
        kept.pin("a");
        kept.pin("b");
        kept.pin("a");
        assert_eq!(kept.pinned, ["b"]);
        kept.forget("b");
        kept.forget("t5");
        assert!(kept.pinned.is_empty() && !kept.recent.contains(&"t5".to_owned()));
        for at in 0..PINNED + 1 {
            kept.pin(&format!("p{at}"));
        }
        assert_eq!((kept.pinned.len(), kept.pinned[0].as_str()), (PINNED, "p1"));
    }

    #[test]
    fn what_another_version_wrote_is_read_as_far_as_it_goes() {
        let read = |text: &str| serde_json::from_str::<Kept>(text).ok();
        let kept = read(r#"{"pinned":["a"],"later":1}"#);
        assert_eq!(kept.map(|kept| kept.pinned), Some(vec!["a".to_owned()]));
        assert_eq!(read("1"), None);
    }
}
