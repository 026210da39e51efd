//! Sizes of clusters that this browser keeps for a project: presets by the reader's names, and the
//! one that was created last. No secret: a spec holds none.

use cluster::Spec;
use serde_json::{Value, json};

use super::kept;

/// How many presets of a project are kept.
const MOST: usize = 50;

/// A size by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The reader's name for it.
    pub name: String,
    /// What it asks for.
    pub spec: Spec,
}

/// The presets of a project, newest first.
pub fn list(project: &str) -> Vec<Preset> {
    kept::text(&presets_key(project)).map_or_else(Vec::new, |text| parse(&text))
}

/// Keeps a preset in front, in the place of one of the same name; false when the browser has no
/// room for it.
pub fn save(project: &str, preset: Preset) -> bool {
    write(project, saved(list(project), preset))
}

/// Gives a preset another name; another preset of that name gives way.
pub fn rename(project: &str, from: &str, to: &str) -> bool {
    write(project, renamed(list(project), from, to))
}

/// Forgets a preset.
pub fn remove(project: &str, name: &str) -> bool {
    let mut list = list(project);
    list.retain(|preset| preset.name != name);
    write(project, list)
}

/// What was created last in a project.
pub fn last(project: &str) -> Option<Spec> {
    serde_json::from_str(&kept::text(&last_key(project))?).ok()
}

/// Keeps what was created last.
pub fn keep_last(project: &str, spec: &Spec) {
    if let Ok(text) = serde_json::to_string(spec) {
        // Storage may be full or forbidden: the button then is not offered.
        let _ = kept::set_text(&last_key(project), &text);
    }
}

fn presets_key(project: &str) -> String {
    format!("mars-console.presets.{project}")
}

fn last_key(project: &str) -> String {
    format!("mars-console.last.{project}")
}

fn saved(mut list: Vec<Preset>, preset: Preset) -> Vec<Preset> {
    list.retain(|other| other.name != preset.name);
    list.insert(0, preset);
    list.truncate(MOST);
    list
}

fn renamed(mut list: Vec<Preset>, from: &str, to: &str) -> Vec<Preset> {
    if from != to && list.iter().any(|preset| preset.name == from) {
        list.retain(|preset| preset.name != to);
    }
    for preset in list.iter_mut().filter(|preset| preset.name == from) {
        to.clone_into(&mut preset.name);
    }
    list
}

/// What another version wrote and cannot be read is skipped.
fn parse(text: &str) -> Vec<Preset> {
    let rows: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    let one = |row: &Value| {
        Some(Preset {
            name: row.get("name")?.as_str()?.to_owned(),
            spec: serde_json::from_value(row.get("spec")?.clone()).ok()?,
        })
    };
    rows.iter().filter_map(one).take(MOST).collect()
}

fn to_text(list: &[Preset]) -> String {
    let row = |preset: &Preset| json!({ "name": preset.name, "spec": preset.spec });
    Value::from(list.iter().map(row).collect::<Vec<_>>()).to_string()
}

fn write(project: &str, list: Vec<Preset>) -> bool {
    kept::set_text(&presets_key(project), &to_text(&list))
}

#[cfg(test)]
mod tests {
    use cluster::Spec;

    use super::{MOST, Preset, parse, renamed, saved, to_text};

    fn preset(name: &str) -> Preset {
        Preset {
            name: name.to_owned(),
            spec: Spec::guide(),
        }
    }

    fn names(list: &[Preset]) -> Vec<&str> {
        list.iter().map(|preset| preset.name.as_str()).collect()
    }

    #[test]
    fn presets_read_back_and_noise_is_skipped() {
        let list = vec![preset("夜间"), preset("b")];
        assert_eq!(parse(&to_text(&list)), list);
        assert_eq!(parse("nonsense"), []);
        assert_eq!(parse(r#"[{"name":"x","spec":{"old":1}},3]"#), []);
    }

    #[test]
    fn what_an_older_version_kept_is_read() {
        let mut old = serde_json::to_value(Spec::guide()).unwrap();
        old.as_object_mut().unwrap().remove("if_exists");
        let text = serde_json::json!([{ "name": "a", "spec": old }]).to_string();
        assert_eq!(parse(&text), [preset("a")]);
    }

    #[test]
    fn one_name_is_one_preset() {
        let list = saved(vec![preset("a"), preset("b")], preset("b"));
        assert_eq!(names(&list), ["b", "a"]);
        assert_eq!(names(&renamed(list.clone(), "a", "b")), ["b"]);
        assert_eq!(names(&renamed(list.clone(), "a", "a")), ["b", "a"]);
        assert_eq!(names(&renamed(list, "gone", "b")), ["b", "a"]);
    }

    #[test]
    fn the_oldest_gives_way() {
        let many = (0..MOST).map(|n| preset(&n.to_string())).collect();
        let list = saved(many, preset("new"));
        assert_eq!((list.len(), names(&list)[0]), (MOST, "new"));
    }
}
