//! What a failed task's text says: the last cause as one line, the rest as its trace, and the id of
//! the request where one is named.
//!
//! Texts are those of MaxCompute (`ODPS-0130161:[1,1] Parse exception - …`, `FAILED: …`), of Java
//! (`Caused by:`) and of Python (`Traceback (most recent call last):`), in any mixture.

/// What Python writes over the frames of an error.
const TRACEBACK: &str = "Traceback (most recent call last)";

/// A failure, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// The last cause in one line.
    pub headline: String,
    /// The whole text, where it says more than the headline.
    pub trace: Option<String>,
    /// The id of the request that failed.
    pub request: Option<String>,
}

impl Failure {
    /// Reads a text; nothing if it is empty.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let first = text.lines().next().filter(|line| !line.is_empty())?;
        let last = python(text).or_else(|| java(text)).unwrap_or(first);
        let headline = last.trim().trim_start_matches("FAILED: ").to_owned();
        let more = text.trim_start_matches("FAILED: ") != headline;
        Some(Self {
            trace: more.then(|| text.to_owned()),
            request: request(text),
            headline,
        })
    }
}

/// The line that ends the last trace of Python: the first that is not indented.
fn python(text: &str) -> Option<&str> {
    let (_, after) = text.rsplit_once(TRACEBACK)?;
    let mut lines = after.lines().skip(1);
    lines.find(|line| !line.trim().is_empty() && !line.starts_with([' ', '\t']))
}

fn java(text: &str) -> Option<&str> {
    text.lines()
        .rev()
        .find_map(|line| line.trim_start().strip_prefix("Caused by:"))
}

/// The word after `RequestId:` or `request id =`, if it looks like one.
fn request(text: &str) -> Option<String> {
    // Only ASCII letters change their case, so places in both texts are the same.
    let lower = text.to_ascii_lowercase();
    let at = ["requestid", "request id", "request_id"]
        .iter()
        .find_map(|name| Some(lower.find(name)? + name.len()))?;
    let rest = text
        .get(at..)?
        .trim_start_matches(['"', '\'', ':', '=', ' ', '[']);
    let word: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    (word.len() >= 8 && word.contains(|c: char| c.is_ascii_digit())).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::Failure;

    fn read(text: &str) -> Failure {
        Failure::read(text).expect("a failure")
    }

    /// From recorded results and from an engine that failed.
    const ENGINE: &str =
        include_str!("../../../crates/mars/tests/data/http/http_58_failed_with_exc_info.json");

    #[test]
    fn recorded_texts_of_the_service_are_their_own_headline() {
        for text in [
            "ODPS-0130161:[1,1] Parse exception - stub syntax error",
            "runTask failed: stub not enough resource",
        ] {
            let failure = read(text);
            assert_eq!(failure.headline, text);
            assert_eq!(failure.trace, None);
        }
        assert_eq!(
            read("FAILED: ODPS-0130071:[1,15] Semantic analysis exception").headline,
            "ODPS-0130071:[1,15] Semantic analysis exception"
        );
    }

    #[test]
    fn a_recorded_trace_of_the_engine_ends_in_its_cause() {
        let recorded: serde_json::Value = serde_json::from_str(ENGINE).expect("a recording");
        let text = recorded["response"]["body_json"]["exc_info_text"]
            .as_str()
            .expect("a text");
        let failure = read(text);
        let last = text.lines().rfind(|line| !line.trim().is_empty());
        assert_eq!(Some(failure.headline.as_str()), last);
        assert_eq!(failure.trace.as_deref(), Some(text.trim()));
    }

    #[test]
    fn the_last_cause_counts() {
        let java = "java.lang.RuntimeException: outer\n\tat a.B(C.java:1)\nCaused by: x.Y: middle\n\tat d\nCaused by: x.Z: no space left\n\t... 3 more";
        assert_eq!(read(java).headline, "x.Z: no space left");
        let python = "runTask failed: Traceback (most recent call last):\n  File \"a\"\nKeyError: 'a'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"b\"\n    x\nValueError: b\nmore";
        assert_eq!(read(python).headline, "ValueError: b");
    }

    #[test]
    fn a_request_id_is_found() {
        let id = |text: &str| read(text).request;
        assert_eq!(
            id("ODPS-0420095: denied. RequestId: 5F3A-99aa0011 done").as_deref(),
            Some("5F3A-99aa0011")
        );
        assert_eq!(
            id("{\"requestId\":\"abcdef0123456789\"}").as_deref(),
            Some("abcdef0123456789")
        );
        assert_eq!(id("the request id is not known"), None);
        assert_eq!(
            id("失败 İRequestId=00000000001"),
            Some("00000000001".to_owned())
        );
    }

    #[test]
    fn nothing_is_no_failure_and_odd_texts_do_no_harm() {
        assert_eq!(Failure::read(" \n "), None);
        for text in [
            "Traceback (most recent call last)",
            "Caused by:",
            "requestid",
        ] {
            read(text);
        }
        assert_eq!(
            read("Traceback (most recent call last):\n  File").headline,
            "Traceback (most recent call last):"
        );
    }
}
