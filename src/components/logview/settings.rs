//! The settings of a job as rows, and what in them is nobody's to see.

use odps::instances::Task;
use serde_json::Value;

/// Stands where a secret stood.
pub const MASK: &str = "••••••••";

/// What the names of credentials hold, in lower case.
const NAMES: [&str; 9] = [
    "odps.access.",
    "access_key",
    "accesskey",
    "access.key",
    "secret",
    "password",
    "passwd",
    "token",
    "credential",
];

/// A setting of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value, or [`MASK`].
    pub value: String,
}

/// The settings of a task: its properties, of which `settings` is taken apart.
pub fn settings(task: &Task) -> Vec<Setting> {
    pairs(task)
        .map(|(name, value)| Setting {
            value: match is_secret(&name, &value) {
                true => MASK.to_owned(),
                false => value,
            },
            name,
        })
        .collect()
}

/// A text of the same job with the values of secret settings taken out.
pub fn without_secrets(tasks: &[Task], text: &str) -> String {
    let secrets = tasks.iter().flat_map(pairs);
    let secrets = secrets.filter(|(name, value)| value.len() >= 4 && is_secret(name, value));
    let text = secrets.fold(text.to_owned(), |text, (_, value)| {
        let escaped = value
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        text.replace(&value, MASK).replace(&escaped, MASK)
    });
    text.split_inclusive(['\n', ';']).map(assignment).collect()
}

/// A piece `set name=value;` with a secret value taken out. In a document the first stands behind the
/// opening of its section.
fn assignment(piece: &str) -> String {
    let bare = piece.rsplit("[CDATA[").next().unwrap_or(piece).trim_start();
    let is_set = bare
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("set "));
    let parts = is_set.and_then(|word| bare.get(word.len()..)?.split_once('='));
    let Some((name, value)) = parts else {
        return piece.to_owned();
    };
    let value = value.trim().trim_end_matches(';').trim();
    match !value.is_empty() && is_secret(name.trim(), value) {
        true => piece.replace(value, MASK),
        false => piece.to_owned(),
    }
}

fn pairs(task: &Task) -> impl Iterator<Item = (String, String)> {
    task.config.iter().flat_map(|(name, value)| {
        let inner = (name == "settings").then(|| serde_json::from_str::<Value>(value));
        match inner {
            Some(Ok(Value::Object(settings))) => settings
                .into_iter()
                .map(|(name, value)| match value {
                    Value::String(text) => (name, text),
                    other => (name, other.to_string()),
                })
                .collect(),
            _ => vec![(name.clone(), value.clone())],
        }
    })
}

/// Whether a setting is a credential, by its name or by the look of its value.
pub fn is_secret(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NAMES.iter().any(|known| name.contains(known)) || looks_secret(value)
}

/// An access key id, a signed token, or a long word of mixed letters and digits. Names and hexadecimal
/// ids are of one case.
fn looks_secret(value: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '_');
    let has = |test: fn(&char) -> bool| value.chars().any(|c| test(&c));
    let mixed =
        has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase) && has(char::is_ascii_digit);
    let key = value.starts_with("LTAI") && (16..=30).contains(&value.len());
    let signed = value.starts_with("eyJ") && value.contains('.');
    (key && value.chars().all(word))
        || (signed && !value.contains(' '))
        || (value.len() >= 28 && mixed && value.chars().all(word) && !value.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{MASK, is_secret, settings, without_secrets};
    use odps::instances::{Job, JobSource, Task};

    fn task() -> Task {
        let mut task = Task::sql(
            "set odps.x.token=abc;\nselect 1",
            [("odps.sql.timezone", "Etc/GMT"), ("my.secret", "p<4ss\"w")],
            "6863fa2e-ff7f-8a1f-475f-0db0b322861d",
        );
        task.config
            .push(("odps.access.id".into(), "LTAI1234".into()));
        task
    }

    #[test]
    fn the_settings_are_taken_apart_and_secrets_masked() {
        let rows = settings(&task());
        let value = |name: &str| {
            let row = rows.iter().find(|row| row.name == name);
            row.map(|row| row.value.as_str()).expect("a row")
        };
        assert_eq!(value("odps.sql.timezone"), "Etc/GMT");
        assert_eq!(value("my.secret"), MASK);
        assert_eq!(value("odps.access.id"), MASK);
        assert_eq!(value("uuid"), "6863fa2e-ff7f-8a1f-475f-0db0b322861d");
    }

    #[test]
    fn no_secret_stays_in_the_texts() {
        let mut task = task();
        task.config[0] = ("settings".into(), r#"{"a.token": "T0kenValue"}"#.into());
        let xml = JobSource::of(Job::of(task.clone())).xml;
        assert!(xml.contains("T0kenValue") && xml.contains("LTAI1234"));
        let shown = without_secrets(&[task], &xml);
        assert!(!shown.contains("T0kenValue") && !shown.contains("LTAI1234"));
        assert!(
            shown.contains(&format!("set odps.x.token={MASK};")),
            "{shown}"
        );
        assert!(shown.contains("select 1"));
        let two = "SET a.b=1;set my.password=x y;\nselect 'a=b' as token";
        let dots = format!("SET a.b=1;set my.password={MASK};\nselect 'a=b' as token");
        assert_eq!(without_secrets(&[], two), dots);
    }

    #[test]
    fn values_are_known_by_their_look() {
        for value in [
            "LTAI5tABCDEFGHJKLMNP",
            "eyJhbGciOi.eyJzdWIi.c2ln",
            "aZ09aZ09aZ09aZ09aZ09aZ09aZ09",
        ] {
            assert!(is_secret("a", value), "{value}");
        }
        for value in [
            "true",
            "20260101000000001gstub0001",
            "/srv/entrypoint.sh",
            "mars",
            "Etc/GMT",
            "中文",
        ] {
            assert!(!is_secret("a", value), "{value}");
        }
    }
}
