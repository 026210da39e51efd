//! What the editor's page holds: the tabs with their texts, the habits, what was found out before a
//! run, and the ways from a press to a run.

use leptos::prelude::*;
use odps::instances::Cost;

use super::desk::{self, Desk};
use crate::api::editor::Editor;
use crate::api::sql::estimate::{self, FullScan};
use crate::api::sql::kept::{self, Habits, Run, Step, Tab, Tabs};
use crate::api::{self, Problem, random};
use crate::route::{Here, Route};
use crate::state::clock::now;
use crate::state::profile::Profile;
use crate::state::toasts::Toasts;
use crate::text::{Sentences, sentences};

/// More statements than this are not looked at before a run.
const MOST_CHECKED: usize = 20;

/// What was found out about statements before they run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Bytes and millionths of the currency together; none where nothing was estimated.
    pub sum: Option<(u64, u64)>,
    /// The complexity, where all have the same.
    pub complexity: Option<String>,
    /// Tables that are read without a filter on their partitions.
    pub scans: Vec<FullScan>,
    /// Why there is no estimate.
    pub problem: Option<Problem>,
}

/// The page's state.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The tabs.
    pub tabs: RwSignal<Tabs>,
    /// How the reader wants to run.
    pub habits: RwSignal<Habits>,
    /// The editor, once it is there.
    pub editor: StoredValue<Option<Editor>, LocalStorage>,
    /// Something is being found out before a run.
    pub checking: RwSignal<bool>,
    /// The last estimate that was asked for.
    pub check: RwSignal<Option<Check>>,
    /// A run that waits for the reader's word, with what it would read.
    pub asked: RwSignal<Option<(Run, Check)>>,
    /// The runs.
    pub desk: Desk,
    profile: Profile,
    here: Here,
    toasts: Toasts,
    sentences: Sentences,
}

impl Sheet {
    /// The sheet of a page.
    pub fn open_page() -> Self {
        let mut tabs = kept::tabs();
        if tabs.tabs.is_empty() {
            tabs.tabs.push(blank());
        }
        if !tabs.tabs.iter().any(|tab| tab.key == tabs.active) {
            tabs.active = tabs
                .tabs
                .first()
                .map(|tab| tab.key.clone())
                .unwrap_or_default();
        }
        Self {
            tabs: RwSignal::new(tabs),
            habits: RwSignal::new(kept::habits()),
            editor: StoredValue::new_local(None),
            checking: RwSignal::new(false),
            check: RwSignal::new(None),
            asked: RwSignal::new(None),
            desk: Desk::expect(),
            profile: Profile::expect(),
            here: Here::expect(),
            toasts: Toasts::expect(),
            sentences: sentences(),
        }
    }

    /// The shown tab; subscribes.
    pub fn tab(self) -> Tab {
        self.tabs.with(active)
    }

    /// The shown tab at this moment.
    pub fn tab_now(self) -> Tab {
        self.tabs.with_untracked(active)
    }

    /// The run of the shown tab; subscribes.
    pub fn run(self) -> Option<Run> {
        let key = self.tab().run?;
        self.desk
            .runs
            .with(|runs| runs.iter().find(|run| run.key == key).cloned())
    }

    /// Takes what was typed.
    pub fn typed(self, text: String) {
        self.change(|tab| tab.text = text);
    }

    /// Shows a tab, and in the address its run.
    pub fn show(self, key: &str) {
        self.turn_to(key);
        let tab = self.tabs.with_untracked(active);
        let run = tab.run.and_then(|key| self.desk.run(&key));
        let id = run.and_then(|run| run.last_sent().and_then(|step| step.instance.clone()));
        self.here.replace(id.map_or(Route::NewSql, Route::Job));
    }

    /// Shows a tab; the address is the caller's.
    pub fn turn_to(self, key: &str) {
        self.tabs.update(|tabs| key.clone_into(&mut tabs.active));
        self.shown();
    }

    /// Formats the text; what cannot be read stays as it is, and is said.
    pub fn format(self) {
        let formatted = self
            .editor
            .with_value(|editor| editor.as_ref().map(Editor::format));
        if formatted == Some(false) {
            self.toasts.failed(self.sentences.now().sql.no_format);
        }
    }

    /// Goes to another page: the address names no query.
    pub fn leave(self, route: Route) {
        self.here.replace(route);
    }

    /// Opens a tab and shows it; the address is the caller's.
    pub fn open(self, text: &str, run: Option<String>) {
        let tab = Tab {
            text: text.to_owned(),
            run,
            ..blank()
        };
        self.tabs.update(|tabs| {
            tabs.active.clone_from(&tab.key);
            // A blank tab is not left behind.
            let blank = |old: &Tab| old.text.trim().is_empty() && old.run.is_none();
            match tabs
                .tabs
                .iter_mut()
                .find(|old| blank(old) && !text.is_empty())
            {
                Some(old) => *old = tab,
                None => tabs.tabs.push(tab),
            }
        });
        self.shown();
    }

    /// Closes a tab; the last one leaves a blank one. A run in it goes on.
    pub fn close(self, key: &str) {
        self.tabs.update(|tabs| {
            let place = tabs
                .tabs
                .iter()
                .position(|tab| tab.key == key)
                .unwrap_or_default();
            tabs.tabs.retain(|tab| tab.key != key);
            if tabs.tabs.is_empty() {
                tabs.tabs.push(blank());
            }
            if tabs.active == key {
                let next = place.min(tabs.tabs.len() - 1);
                tabs.active = tabs
                    .tabs
                    .get(next)
                    .map(|tab| tab.key.clone())
                    .unwrap_or_default();
            }
        });
        let key = self.tabs.with_untracked(|tabs| tabs.active.clone());
        self.show(&key);
    }

    /// Shows a run: in its tab, or in a new one with its text.
    pub fn show_run(self, run: &Run) {
        let tabs = self.tabs.get_untracked();
        let holds = |tab: &&Tab| tab.run.as_deref() == Some(run.key.as_str());
        // Of several tabs, the shown one is meant.
        let shown = tabs
            .tabs
            .iter()
            .find(|tab| tab.key == tabs.active)
            .filter(holds);
        match shown.or_else(|| tabs.tabs.iter().find(holds)) {
            Some(tab) => {
                let key = tab.key.clone();
                self.tabs.update(|tabs| tabs.active = key);
                self.shown();
            }
            None => self.open(&run.text, Some(run.key.clone())),
        }
    }

    /// The statements that a press means, and the text.
    fn meant(self, all: bool) -> (String, Vec<Step>) {
        let text = self.tabs.with_untracked(active).text;
        let selection = self
            .editor
            .with_value(|editor| editor.as_ref().map(Editor::selection));
        let (from, to) = selection.unwrap_or_default();
        let bytes = (
            query::byte_of_utf16(&text, from),
            query::byte_of_utf16(&text, to),
        );
        let part = if all {
            (0, text.len())
        } else {
            desk::part(&text, bytes)
        };
        let steps = desk::steps(
            &text,
            part,
            self.habits.with_untracked(|habits| habits.script),
        );
        (text, steps)
    }

    /// Finds out what the statements would read.
    pub fn estimate(self) {
        let (_, steps) = self.meant(false);
        self.checking.set(true);
        api::spawn(async move {
            let (_, check) = self.look(steps).await;
            self.check.set(Some(check));
            self.checking.set(false);
        });
    }

    /// Runs the selection or the statement at the cursor, or everything; asks first above the
    /// threshold.
    pub fn start(self, all: bool) {
        let (text, steps) = self.meant(all);
        if steps.is_empty() {
            return self.toasts.done(self.sentences.now().sql.nothing);
        }
        let habits = self.habits.get_untracked();
        // A row of the settings may still be blank.
        let named = |(key, _): &(String, String)| !key.is_empty();
        let run = Run {
            key: random::key(),
            text,
            flags: habits.flags.into_iter().filter(named).collect(),
            at: now(),
            steps,
        };
        self.check.set(None);
        let Some(threshold) = habits.threshold else {
            return self.send(run);
        };
        self.checking.set(true);
        api::spawn(async move {
            let (steps, check) = self.look(run.steps.clone()).await;
            self.checking.set(false);
            let run = Run { steps, ..run };
            match check.sum.is_some_and(|(bytes, _)| bytes > threshold) {
                true => self.asked.set(Some((run, check))),
                false => {
                    self.check
                        .set(Some(check).filter(|check| check.problem.is_none()));
                    self.send(run);
                }
            }
        });
    }

    /// Sends a run without a further question.
    pub fn send(self, run: Run) {
        self.asked.set(None);
        self.desk.keep(&run);
        let key = run.key.clone();
        self.change(|tab| tab.run = Some(key.clone()));
        self.desk.drive(key);
    }

    /// The estimate of the statements that read, and what lint says of them.
    async fn look(self, mut steps: Vec<Step>) -> (Vec<Step>, Check) {
        let mut check = Check::default();
        let Ok(target) = api::target(self.profile.now()).await else {
            return (steps, check);
        };
        let own = self.habits.with_untracked(|habits| habits.flags.clone());
        let mut costs: Vec<Cost> = Vec::new();
        for step in steps
            .iter_mut()
            .take(MOST_CHECKED)
            .filter(|step| reads(&step.text))
        {
            check
                .scans
                .extend(estimate::full_scans(&target, &step.text).await);
            let flags = desk::merged(&own, &step.flags);
            match estimate::estimate(&target, &step.text, &flags).await {
                Ok(cost) => {
                    step.expected = Some((cost.input, cost.complexity.clone()));
                    costs.push(cost);
                }
                Err(problem) => check.problem = check.problem.or(Some(problem)),
            }
        }
        check.sum = (!costs.is_empty()).then(|| estimate::together(&costs));
        let first = costs.first().map(|cost| cost.complexity.clone());
        check.complexity = first.filter(|first| costs.iter().all(|cost| cost.complexity == *first));
        (steps, check)
    }

    fn change(self, change: impl FnOnce(&mut Tab)) {
        self.tabs.update(|tabs| {
            let key = tabs.active.clone();
            if let Some(tab) = tabs.tabs.iter_mut().find(|tab| tab.key == key) {
                change(tab);
            }
        });
        self.keep();
    }

    /// The text of the shown tab goes into the editor.
    fn shown(self) {
        self.check.set(None);
        let text = self.tabs.with_untracked(active).text;
        self.editor.with_value(|editor| {
            if let Some(editor) = editor {
                editor.set(&text);
            }
        });
        self.keep();
    }

    fn keep(self) {
        let kept = self.tabs.with_untracked(kept::keep_tabs);
        if !kept {
            self.desk.unkept.set(true);
        }
    }
}

/// Whether a statement reads tables, so that it has a cost.
fn reads(statement: &str) -> bool {
    match query::kind(statement) {
        query::Kind::Rows => true,
        query::Kind::Change => !query::mentions(statement).is_empty(),
        query::Kind::Text | query::Kind::Setting => false,
    }
}

fn blank() -> Tab {
    Tab {
        key: random::key(),
        ..Tab::default()
    }
}

fn active(tabs: &Tabs) -> Tab {
    let shown = tabs.tabs.iter().find(|tab| tab.key == tabs.active);
    shown.or(tabs.tabs.first()).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::reads;

    #[test]
    fn what_has_a_cost() {
        assert!(reads("select 1"));
        assert!(reads("insert into t select * from s"));
        assert!(reads("create table x as select * from s"));
        assert!(!reads("create table x (a bigint)"));
        assert!(!reads("explain select * from s"));
        assert!(!reads("drop table x"));
    }
}
