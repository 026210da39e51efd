//! What this browser keeps of SQL: runs with their statements and ends, the texts of the editor's
//! tabs, and the flags. Texts of queries stay in this browser; no result and no secret is kept.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wire::Millis;

/// How many runs are kept.
const MOST: usize = 200;

/// One run: the whole text that stood in the editor, and the statements of it that were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Run {
    /// Names the run in this browser.
    pub key: String,
    /// The text of the editor.
    pub text: String,
    /// The flags that go with every statement.
    pub flags: Vec<(String, String)>,
    /// When it began.
    pub at: Millis,
    /// The statements in order.
    pub steps: Vec<Step>,
}

/// One statement: an instance of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    /// The statement as it was sent.
    pub text: String,
    /// Its first byte in the text of the run.
    pub start: usize,
    /// Flags of `SET` statements before it.
    pub flags: Vec<(String, String)>,
    /// The instance, once there is one.
    pub instance: Option<String>,
    /// Where it is.
    pub state: State,
    /// When it was sent.
    pub began: Option<Millis>,
    /// When it ended.
    pub ended: Option<Millis>,
    /// How many rows it gave, where that is known.
    pub rows: Option<u64>,
    /// What was expected to be read, in bytes, and the complexity.
    pub expected: Option<(u64, String)>,
    /// What was spent.
    pub spent: Option<Spent>,
    /// The service's words, when it failed.
    pub error: Option<String>,
}

/// Where a statement is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum State {
    /// Not sent.
    #[default]
    Unsent,
    /// Accepted; waits for its turn.
    Waiting,
    /// Runs.
    Running,
    /// The reader asked for its end, which was not read yet.
    Stopping,
    /// Ended well.
    Done,
    /// Ended with an error.
    Failed,
    /// Ended because somebody asked for it.
    Cancelled,
}

impl State {
    /// Whether nothing more will come of it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    /// Whether it is with the service.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Waiting | Self::Running | Self::Stopping)
    }
}

/// What a statement has spent, as far as the service says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spent {
    /// Hundredths of core seconds.
    pub cpu: Option<u64>,
    /// Bytes that were read.
    pub input: Option<u64>,
}

impl Run {
    /// The state of the whole: of the first statement that is not done.
    pub fn state(&self) -> State {
        let open = self.steps.iter().find(|step| step.state != State::Done);
        open.map_or(State::Done, |step| step.state)
    }

    /// How long its statements have taken together, so far.
    pub fn lasted(&self, now: Millis) -> Millis {
        let step = |step: &Step| {
            let began = step.began?;
            Some(step.ended.unwrap_or(now).saturating_sub(began))
        };
        self.steps.iter().filter_map(step).sum()
    }

    /// The statement of an instance.
    pub fn step_of(&self, instance: &str) -> Option<usize> {
        let mut steps = self.steps.iter();
        steps.position(|step| step.instance.as_deref() == Some(instance))
    }

    /// The last statement that was sent.
    pub fn last_sent(&self) -> Option<&Step> {
        self.steps.iter().rev().find(|step| step.instance.is_some())
    }
}

/// The runs whose text, flags or instances hold every word of a search.
pub fn found<'a>(runs: &'a [Run], search: &str) -> Vec<&'a Run> {
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    let holds = |run: &&Run| {
        let ids = run.steps.iter().filter_map(|step| step.instance.as_deref());
        let flags = run
            .flags
            .iter()
            .map(|(key, value)| format!("{key}={value}"));
        let all = (ids.map(str::to_owned))
            .chain(flags)
            .chain([run.text.clone()]);
        let all = all.collect::<Vec<_>>().join("\n").to_lowercase();
        words.iter().all(|word| all.contains(word))
    };
    runs.iter().filter(holds).collect()
}

/// One tab of the editor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tab {
    /// Names the tab.
    pub key: String,
    /// What is written in it.
    pub text: String,
    /// The key of the run that is shown below.
    pub run: Option<String>,
}

/// The tabs and the one that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tabs {
    /// In their order; never none on the page.
    pub tabs: Vec<Tab>,
    /// The key of the shown one.
    pub active: String,
}

/// How the reader wants to run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Habits {
    /// Flags that go with every run.
    pub flags: Vec<(String, String)>,
    /// A run that would read more than so many bytes is asked about first; without it nothing is
    /// estimated before a run.
    pub threshold: Option<u64>,
    /// Statements go together, as one instance.
    pub script: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            flags: vec![("odps.sql.type.system.odps2".into(), "true".into())],
            threshold: Some(100 << 30),
            script: false,
        }
    }
}

/// The runs of a project, newest first.
pub fn runs(project: &str) -> Vec<Run> {
    read(&runs_key(project)).unwrap_or_default()
}

/// Keeps a run: in its place, or in front. False when the browser has no room for it.
pub fn keep(project: &str, run: &Run) -> bool {
    let mut runs = runs(project);
    match runs.iter_mut().find(|other| other.key == run.key) {
        Some(other) => other.clone_from(run),
        None => runs.insert(0, run.clone()),
    }
    runs.truncate(MOST);
    // Storage is small: the oldest runs make room for new ones.
    while !write(&runs_key(project), &runs) {
        if runs.len() < 2 {
            return false;
        }
        runs.truncate(runs.len() * 3 / 4);
    }
    true
}

/// Forgets a run; nothing happens to its instances.
pub fn forget(project: &str, key: &str) {
    let mut runs = runs(project);
    runs.retain(|run| run.key != key);
    // A shorter list fits where a longer one did.
    let _ = write(&runs_key(project), &runs);
}

/// The tabs of the editor.
pub fn tabs() -> Tabs {
    read(TABS).unwrap_or_default()
}

/// Keeps the tabs. False when the browser has no room for them.
pub fn keep_tabs(tabs: &Tabs) -> bool {
    write(TABS, tabs)
}

/// How the reader wants to run.
pub fn habits() -> Habits {
    read(HABITS).unwrap_or_default()
}

/// Keeps how the reader wants to run.
pub fn keep_habits(habits: &Habits) {
    // Storage may be full or forbidden; the choice then lasts for this visit.
    let _ = write(HABITS, habits);
}

const TABS: &str = "mars-console.sql.tabs";
const HABITS: &str = "mars-console.sql.habits";

fn runs_key(project: &str) -> String {
    format!("mars-console.sql.runs.{project}")
}

/// What another version wrote and cannot be read is nothing.
fn read<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = local()?.get_item(key).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

fn write<T: Serialize + ?Sized>(key: &str, value: &T) -> bool {
    let text = serde_json::to_string(value).ok();
    let stored = local().zip(text);
    stored.is_some_and(|(storage, text)| storage.set_item(key, &text).is_ok())
}

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(state: State, instance: Option<&str>) -> Step {
        Step {
            state,
            instance: instance.map(str::to_owned),
            began: Some(1_000),
            ended: state.is_over().then_some(3_000),
            ..Step::default()
        }
    }

    #[test]
    fn a_run_reads_back_exactly() {
        let run = Run {
            key: "k".into(),
            text: "select '<script>' -- 中".into(),
            flags: vec![("a".into(), "b".into())],
            at: u64::MAX,
            steps: vec![Step {
                rows: Some(u64::MAX),
                expected: Some((u64::MAX, "1.5".into())),
                spent: Some(Spent {
                    cpu: None,
                    input: Some(u64::MAX),
                }),
                ..step(State::Done, Some("i"))
            }],
        };
        let text = serde_json::to_string(&run).unwrap();
        assert_eq!(serde_json::from_str::<Run>(&text).unwrap(), run);
    }

    #[test]
    fn a_run_is_where_its_first_open_statement_is() {
        let run = |states: &[State]| Run {
            steps: states.iter().map(|state| step(*state, None)).collect(),
            ..Run::default()
        };
        assert_eq!(run(&[State::Done, State::Done]).state(), State::Done);
        assert_eq!(
            run(&[State::Done, State::Failed, State::Unsent]).state(),
            State::Failed
        );
        assert_eq!(run(&[State::Done, State::Running]).state(), State::Running);
        assert_eq!(run(&[State::Done, State::Running]).lasted(11_000), 12_000);
    }

    #[test]
    fn a_search_needs_every_word() {
        let runs = [
            Run {
                text: "select Amount from sales".into(),
                ..Run::default()
            },
            Run {
                text: "drop table x".into(),
                steps: vec![step(State::Done, Some("2026g1"))],
                ..Run::default()
            },
        ];
        let texts = |search| {
            found(&runs, search)
                .iter()
                .map(|run| run.text.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts("sales AMOUNT"), ["select Amount from sales"]);
        assert_eq!(texts("2026g1"), ["drop table x"]);
        assert_eq!(texts("sales drop"), Vec::<&str>::new());
        assert_eq!(texts("").len(), 2);
    }
}
