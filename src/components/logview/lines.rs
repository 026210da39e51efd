//! The lines of a log: how bad each is, and those that one looks for.

/// The most lines that are shown; the last ones count.
pub const MOST: usize = 1_000;

/// How bad a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Below what programs usually write.
    Debug,
    /// What goes on; lines that say nothing of it.
    Info,
    /// Something is odd.
    Warning,
    /// Something failed.
    Error,
}

impl Severity {
    /// All, mildest first.
    pub const ALL: [Self; 4] = [Self::Debug, Self::Info, Self::Warning, Self::Error];

    /// The value of `data-severity`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Reads such a value.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// What the words at the beginning of a line say.
    fn of(line: &str) -> Option<Self> {
        if line.starts_with("Traceback (most recent") {
            return Some(Self::Error);
        }
        let words = line.split(|c: char| !c.is_ascii_alphanumeric());
        words.take(24).find_map(|word| match word {
            "DEBUG" | "TRACE" => Some(Self::Debug),
            "INFO" => Some(Self::Info),
            "WARN" | "WARNING" => Some(Self::Warning),
            "ERROR" | "FATAL" | "CRITICAL" | "SEVERE" => Some(Self::Error),
            _ => None,
        })
    }
}

/// A line of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in what was read.
    pub number: usize,
    /// How bad it is.
    pub severity: Severity,
    /// What it says.
    pub text: String,
}

/// What was found in a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The last of the lines that fit.
    pub lines: Vec<Line>,
    /// How many fit.
    pub fitting: usize,
    /// How many there are.
    pub all: usize,
}

/// The lines that are at least so bad and hold the text, whatever the case. A line that says nothing
/// of how bad it is belongs to the one above it when it is indented or follows a trace.
pub fn find(log: &str, least: Severity, text: &str) -> Found {
    let text = text.trim().to_lowercase();
    let mut found = Found::default();
    let mut last = Severity::Info;
    for (at, line) in log.lines().enumerate() {
        let goes_on = line.starts_with([' ', '\t']) || last == Severity::Error;
        last = Severity::of(line).unwrap_or(if goes_on { last } else { Severity::Info });
        found.all += 1;
        if last >= least && (text.is_empty() || line.to_lowercase().contains(&text)) {
            found.lines.push(Line {
                number: at + 1,
                severity: last,
                text: line.to_owned(),
            });
        }
    }
    found.fitting = found.lines.len();
    found.lines.drain(..found.fitting.saturating_sub(MOST));
    found
}

#[cfg(test)]
mod tests {
    use super::{MOST, Severity, find};

    const LOG: &str = "2026-01-01 00:00:00,000 mars.worker INFO started\n\
        WARNING: disk is slow\n  more of it\n\
        Traceback (most recent call last):\n  File \"a\"\nValueError: 坏\n\
        [I] plain INFO again\n2026 DEBUG detail";

    fn numbers(least: Severity, text: &str) -> Vec<usize> {
        let found = find(LOG, least, text);
        found.lines.iter().map(|line| line.number).collect()
    }

    #[test]
    fn severity_is_at_least_what_is_asked() {
        assert_eq!(numbers(Severity::Debug, "").len(), 8);
        assert_eq!(numbers(Severity::Info, ""), [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(numbers(Severity::Warning, ""), [2, 3, 4, 5, 6]);
        assert_eq!(numbers(Severity::Error, ""), [4, 5, 6]);
    }

    #[test]
    fn text_is_found_in_any_case() {
        assert_eq!(numbers(Severity::Debug, " valueERROR "), [6]);
        assert_eq!(numbers(Severity::Debug, "坏"), [6]);
        assert_eq!(numbers(Severity::Error, "slow"), [0_usize; 0]);
    }

    #[test]
    fn of_many_lines_the_last_are_kept() {
        let found = find(&"x\n".repeat(MOST + 5), Severity::Debug, "");
        assert_eq!((found.fitting, found.lines.len()), (MOST + 5, MOST));
        assert_eq!(found.lines[0].number, 6);
    }

    #[test]
    fn words_of_severities_come_back() {
        for one in Severity::ALL {
            assert_eq!(Severity::read(one.as_str()), Some(one));
        }
        assert_eq!(Severity::read("x"), None);
    }
}
