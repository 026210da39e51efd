//! The starts of clusters that this browser saw from submission to use: what forecasts are read from.

use cluster::forecast::Start;
use serde::{Deserialize, Serialize};

use super::kept;

/// How many starts are kept.
const MOST: usize = 40;

/// A start and whose it was: a reload does not count it twice.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    id: String,
    #[serde(flatten)]
    start: Start,
}

/// The starts of a project, newest first.
pub fn starts(project: &str) -> Vec<Start> {
    read(project).into_iter().map(|kept| kept.start).collect()
}

/// Keeps a start, once.
pub fn keep(project: &str, id: &str, start: Start) {
    let list = joined(read(project), id, start);
    if let Ok(text) = serde_json::to_string(&list) {
        kept::set_text(&key(project), &text);
    }
}

fn joined(mut list: Vec<Kept>, id: &str, start: Start) -> Vec<Kept> {
    if list.iter().all(|kept| kept.id != id) {
        let id = id.to_owned();
        list.insert(0, Kept { id, start });
        list.truncate(MOST);
    }
    list
}

fn read(project: &str) -> Vec<Kept> {
    kept::text(&key(project))
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

fn key(project: &str) -> String {
    format!("mars-console.starts.{project}")
}

#[cfg(test)]
mod tests {
    use cluster::forecast::Start;

    use super::{MOST, joined};

    #[test]
    fn a_start_counts_once_and_old_ones_go() {
        let start = Start {
            workers: 2,
            took: 9,
        };
        let mut list = joined(Vec::new(), "i", start);
        list = joined(list, "i", start);
        assert_eq!(list.len(), 1);
        for at in 0..MOST {
            list = joined(list, &at.to_string(), start);
        }
        assert_eq!(list.len(), MOST);
        assert!(list.iter().all(|kept| kept.id != "i"));
    }
}
