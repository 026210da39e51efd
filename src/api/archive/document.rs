//! A kept Logview as a document: JSON text with the answers of the service by the path that was asked
//! for. Version 1. Every text went through `odps::redact` before it came in.

use std::rc::Rc;

use bytes::Bytes;
use odps::redact;
use serde_json::{Map, Value, json};
use wire::{Millis, Target};

use crate::api::answers::{Answer, Answers, Heard};

/// What says that a document is one of these, and its version.
const MARK: &str = "mars_console_logview";
const VERSION: u64 = 1;

/// What the service said of an instance that had ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The instance.
    pub instance: String,
    /// Its project.
    pub project: String,
    /// When this was read.
    pub kept_at: Millis,
    /// The answers.
    pub heard: Rc<Heard>,
}

/// Why a file is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It is something else.
    #[error("this is no kept Logview")]
    Foreign,
    /// A later version of the console wrote it.
    #[error("this Logview was kept by a later version")]
    Newer,
    /// It is one, and a part is missing or cannot be read.
    #[error("this Logview is damaged")]
    Damaged,
}

impl Archive {
    /// Makes one of the answers, and takes the credentials out. Answers that are no text are left out.
    pub fn of(target: &Target, instance: &str, kept_at: Millis, heard: &Heard) -> Self {
        let clean = heard.iter().filter_map(|(asked, answer)| {
            let body = redact::text(std::str::from_utf8(&answer.body).ok()?);
            let headers =
                (answer.headers.iter()).map(|(name, value)| (name.clone(), redact::text(value)));
            let answer = Answer {
                status: answer.status,
                headers: headers.collect(),
                body: body.into(),
            };
            Some((redact::text(asked), answer))
        });
        Self {
            instance: instance.to_owned(),
            project: target.project.clone(),
            kept_at,
            heard: Rc::new(clean.collect()),
        }
    }

    /// Where a panel reads it from.
    pub fn answers(&self) -> Answers {
        let project = self.project.clone();
        Answers::Kept(Target { project }, Rc::clone(&self.heard))
    }

    /// The document.
    pub fn write(&self) -> String {
        let answers: Map<String, Value> = (self.heard.iter())
            .map(|(asked, answer)| (asked.clone(), written(answer)))
            .collect();
        let value = json!({
            MARK: VERSION,
            "instance": self.instance,
            "project": self.project,
            "kept_at": self.kept_at,
            "answers": answers,
        });
        value.to_string()
    }

    /// Reads a document.
    pub fn read(bytes: &[u8]) -> Result<Self, Damage> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: Value = match serde_json::from_slice(bytes) {
            Ok(value) => value,
            // Cut off: it still says what it is.
            Err(_) if bytes.starts_with(format!("{{\"{MARK}\":").as_bytes()) => {
                return Err(Damage::Damaged);
            }
            Err(_) => return Err(Damage::Foreign),
        };
        match value.get(MARK).map(Value::as_u64) {
            None => Err(Damage::Foreign),
            Some(Some(VERSION)) => parts(&value).ok_or(Damage::Damaged),
            Some(Some(version)) if version > VERSION => Err(Damage::Newer),
            Some(_) => Err(Damage::Damaged),
        }
    }
}

fn parts(value: &Value) -> Option<Archive> {
    let word = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
    let answers = value.get("answers")?.as_object()?;
    let heard: Option<Heard> = (answers.iter())
        .map(|(asked, answer)| Some((asked.clone(), answer_of(answer)?)))
        .collect();
    Some(Archive {
        instance: word("instance")?,
        project: word("project")?,
        kept_at: value.get("kept_at")?.as_u64()?,
        heard: Rc::new(heard.filter(|heard| !heard.is_empty())?),
    })
}

fn written(answer: &Answer) -> Value {
    let body = String::from_utf8_lossy(&answer.body);
    json!({ "status": answer.status, "headers": answer.headers, "body": body })
}

fn answer_of(value: &Value) -> Option<Answer> {
    let body = value.get("body")?.as_str()?.to_owned();
    let status = value.get("status")?.as_u64()?;
    let headers: Option<_> = (value.get("headers")?.as_object()?.iter())
        .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect();
    Some(Answer {
        status: u16::try_from(status).ok()?,
        headers: headers?,
        body: Bytes::from(body),
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::Value;
    use wire::Target;

    use super::{Archive, Damage};
    use crate::api::answers::{Answer, Heard};

    fn archive() -> Archive {
        let answer = |status, body: &'static [u8]| Answer {
            status,
            headers: [("x-odps-owner".to_owned(), "me".to_owned())].into(),
            body: Bytes::from_static(body),
        };
        let heard: Heard = [
            (
                "/projects/p/instances/i".to_owned(),
                answer(200, "<Instance>表</Instance>".as_bytes()),
            ),
            (
                "/projects/p/instances/i?source".to_owned(),
                answer(200, b"<Token>k</Token>"),
            ),
            (
                "/projects/p/instances/i?cached".to_owned(),
                answer(404, b""),
            ),
            (
                "/projects/p/instances/i?log".to_owned(),
                answer(200, b"\xff\xfe"),
            ),
        ]
        .into();
        let target = Target {
            project: "p".to_owned(),
        };
        Archive::of(&target, "i", u64::MAX - 1, &heard)
    }

    #[test]
    fn a_document_reads_back_without_its_token() {
        let kept = archive();
        assert_eq!(kept.heard.len(), 3, "what is no text is left out");
        let text = kept.write();
        assert!(text.contains("<Token>***</Token>"), "{text}");
        assert_eq!(Archive::read(text.as_bytes()), Ok(kept));
    }

    #[test]
    fn every_cut_is_damage() {
        let text = archive().write();
        for at in 0..text.len() {
            let outcome = Archive::read(&text.as_bytes()[..at]);
            assert!(outcome.is_err(), "cut at {at}");
        }
        assert_eq!(Archive::read(&text.as_bytes()[..90]), Err(Damage::Damaged));
    }

    #[test]
    fn other_files_are_told_apart() {
        let text = archive().write();
        let with = |key: &str, value: Value| {
            let mut document: Value = serde_json::from_str(&text).expect("a document");
            document[key] = value;
            Archive::read(document.to_string().as_bytes())
        };
        for foreign in [
            "",
            "a,b\n1,2\n",
            "[]",
            "{}",
            "null",
            "{\"a\":1}",
            "\u{0}\u{1}",
        ] {
            assert_eq!(
                Archive::read(foreign.as_bytes()),
                Err(Damage::Foreign),
                "{foreign:?}"
            );
        }
        assert_eq!(with("mars_console_logview", 2.into()), Err(Damage::Newer));
        assert_eq!(
            with("mars_console_logview", "1".into()),
            Err(Damage::Damaged)
        );
        assert_eq!(with("kept_at", (-1).into()), Err(Damage::Damaged));
        assert_eq!(with("answers", serde_json::json!({})), Err(Damage::Damaged));
        assert_eq!(
            with("answers", serde_json::json!({"/": 1})),
            Err(Damage::Damaged)
        );
        let odd = serde_json::json!({"/": {"status": 70000, "headers": {}, "body": ""}});
        assert_eq!(with("answers", odd), Err(Damage::Damaged));
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        assert_eq!(Archive::read(&marked), Ok(archive()));
    }
}
