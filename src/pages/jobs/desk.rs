//! The runs of this visit: begun one statement after the other, followed until they end, kept in
//! this browser. A run goes on while another tab of the editor is looked at.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use wire::Target;

use crate::api::sql::follow::{self, Look, Outcome};
use crate::api::sql::kept::{self, Run, State, Step};
use crate::api::sql::run;
use crate::api::{self, Problem};
use crate::state::clock::now;
use crate::state::profile::Profile;

/// Milliseconds between two looks: at first, and after a while.
const PAUSES: (u64, u64) = (500, 2_000);
/// From this age on a query is looked at less often.
const OLD: u64 = 15_000;

thread_local! {
    /// One for the visit, with the owner of its signals.
    static DESK: RefCell<Option<(Owner, Desk)>> = const { RefCell::new(None) };
}

/// What the page knows of runs.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The runs that are kept, newest first.
    pub runs: RwSignal<Vec<Run>>,
    /// The last look at an instance.
    pub looks: RwSignal<BTreeMap<String, Look>>,
    /// Why an instance could not be read or ended, or a run not be sent (by its key).
    pub problems: RwSignal<BTreeMap<String, Problem>>,
    /// The browser has no room to keep a run.
    pub unkept: RwSignal<bool>,
    following: StoredValue<BTreeSet<String>>,
    profile: Profile,
}

impl Desk {
    /// The desk. It stays when the page is left: statements that wait for others are still sent.
    pub fn expect() -> Self {
        DESK.with_borrow_mut(|desk| {
            let made = || {
                let (profile, here) = (Profile::expect(), Owner::current());
                let owner = Owner::new_root(None);
                let desk = owner.with(|| Self::new(profile));
                // A new root makes itself the current owner.
                if let Some(here) = here {
                    here.set();
                }
                (owner, desk)
            };
            desk.get_or_insert_with(made).1
        })
    }

    fn new(profile: Profile) -> Self {
        Self {
            runs: RwSignal::new(Vec::new()),
            looks: RwSignal::new(BTreeMap::new()),
            problems: RwSignal::new(BTreeMap::new()),
            unkept: RwSignal::new(false),
            following: StoredValue::new(BTreeSet::new()),
            profile,
        }
    }

    /// Reads what is kept of the project.
    pub fn read(self) {
        if let Some(connection) = self.profile.now() {
            self.runs.set(kept::runs(&connection.project));
        }
    }

    /// The run of an instance, at this moment.
    pub fn of(self, instance: &str) -> Option<Run> {
        let find = |runs: &Vec<Run>| {
            let mut found = runs.iter();
            found.find(|run| run.step_of(instance).is_some()).cloned()
        };
        self.runs.with_untracked(find)
    }

    /// The run of an instance that this browser did not send: its text is read from the service.
    pub async fn adopt(self, id: &str) -> Result<Option<Run>, Problem> {
        let target = api::target(self.profile.now()).await?;
        let Some((text, flags)) = follow::source(&target, id).await? else {
            return Ok(None);
        };
        let step = Step {
            text: text.clone(),
            instance: Some(id.to_owned()),
            state: State::Waiting,
            ..Step::default()
        };
        let run = Run {
            key: id.to_owned(),
            text,
            flags,
            at: now(),
            steps: vec![step],
        };
        self.keep(&run);
        Ok(Some(run))
    }

    /// Keeps a run, and shows it.
    pub fn keep(self, run: &Run) {
        self.runs.update(
            |runs| match runs.iter_mut().find(|other| other.key == run.key) {
                Some(other) => other.clone_from(run),
                None => runs.insert(0, run.clone()),
            },
        );
        if let Some(connection) = self.profile.now() {
            self.unkept.set(!kept::keep(&connection.project, run));
        }
    }

    /// Forgets a run.
    pub fn forget(self, key: &str) {
        self.runs.update(|runs| runs.retain(|run| run.key != key));
        if let Some(connection) = self.profile.now() {
            kept::forget(&connection.project, key);
        }
    }

    /// Sends the statements of a run that were not sent, one after the other. It stops at the first
    /// one that does not end well.
    pub fn drive(self, key: String) {
        self.problems.update(|problems| {
            problems.remove(&key);
        });
        api::spawn(async move {
            let target = match api::target(self.profile.now()).await {
                Ok(target) => target,
                Err(problem) => return self.fail(&key, problem),
            };
            while let Some((place, step)) = self.next(&key) {
                let flags = self.flags(&key, &step);
                match run::submit(&target, &step.text, &flags).await {
                    Err(problem) => return self.fail(&key, problem),
                    Ok(id) => {
                        let began = now();
                        self.change(&key, place, |step| {
                            step.instance = Some(id.clone());
                            (step.state, step.began) = (State::Waiting, Some(began));
                        });
                        self.follow(&target, id).await;
                    }
                }
            }
        });
    }

    /// Follows an instance until it ends, unless that is done already.
    pub fn watch(self, id: String) {
        api::spawn(async move {
            match api::target(self.profile.now()).await {
                Ok(target) => self.follow(&target, id).await,
                Err(problem) => self.fail(&id, problem),
            }
        });
    }

    /// Asks for the end of an instance.
    pub fn cancel(self, id: String) {
        self.step_of(&id, |step| {
            if step.state.is_running() {
                step.state = State::Stopping;
            }
        });
        api::spawn(async move {
            let stopped = match api::target(self.profile.now()).await {
                Ok(target) => run::stop(&target, &id).await,
                Err(problem) => Err(problem),
            };
            if let Err(problem) = stopped {
                self.step_of(&id, |step| step.state = State::Running);
                self.fail(&id, problem);
            }
        });
    }

    async fn follow(self, target: &Target, id: String) {
        let begun = self
            .following
            .try_update_value(|all| all.insert(id.clone()));
        if begun != Some(true) {
            return;
        }
        let start = now();
        loop {
            match follow::look(target, &id, &self.text(&id)).await {
                Err(problem) => {
                    let gone = matches!(problem.why, api::Cause::NoSuchInstance);
                    self.fail(&id, problem);
                    if gone {
                        break;
                    }
                }
                Ok(look) => {
                    self.problems.update(|problems| {
                        problems.remove(&id);
                    });
                    self.take(&id, &look);
                    let over = look.state.is_over();
                    self.looks.update(|looks| {
                        looks.insert(id.clone(), look);
                    });
                    if over {
                        api::archive::keep(target, &id);
                        break;
                    }
                }
            }
            let old = now().saturating_sub(start) > OLD || api::hidden();
            api::sleep(if old { PAUSES.1 } else { PAUSES.0 }).await;
        }
        self.following.try_update_value(|all| all.remove(&id));
    }

    /// What a look says goes into what is kept.
    fn take(self, id: &str, look: &Look) {
        let look = look.clone();
        self.step_of(id, move |step| {
            let stopping = step.state == State::Stopping && !look.state.is_over();
            if !stopping {
                step.state = look.state;
            }
            step.began = look.began.or(step.began);
            step.ended = look.ended;
            step.spent = look.spent.or(step.spent);
            match look.outcome {
                Some(Outcome::Rows(rows)) => step.rows = rows,
                Some(Outcome::Failed(text)) => step.error = Some(text),
                _ => {}
            }
        });
    }

    /// The statement of an instance.
    fn text(self, instance: &str) -> String {
        let run = self.of(instance);
        let step = run
            .as_ref()
            .and_then(|run| run.steps.get(run.step_of(instance)?));
        step.map(|step| step.text.clone()).unwrap_or_default()
    }

    fn fail(self, key: &str, problem: Problem) {
        self.problems.update(|problems| {
            problems.insert(key.to_owned(), problem);
        });
    }

    /// The first statement that was not sent, if everything before it ended well.
    fn next(self, key: &str) -> Option<(usize, Step)> {
        let run = self.run(key)?;
        let place = run
            .steps
            .iter()
            .position(|step| step.state != State::Done)?;
        let step = run.steps.get(place)?;
        (step.state == State::Unsent).then(|| (place, step.clone()))
    }

    fn flags(self, key: &str, step: &Step) -> Vec<(String, String)> {
        let own = self.run(key).map(|run| run.flags).unwrap_or_default();
        merged(&own, &step.flags)
    }

    /// The run of a key, at this moment.
    pub fn run(self, key: &str) -> Option<Run> {
        let find = |runs: &Vec<Run>| runs.iter().find(|run| run.key == key).cloned();
        self.runs.with_untracked(find)
    }

    fn change(self, key: &str, place: usize, change: impl FnOnce(&mut Step)) {
        let Some(mut run) = self.run(key) else { return };
        let before = run.clone();
        if let Some(step) = run.steps.get_mut(place) {
            change(step);
        }
        if run != before {
            self.keep(&run);
        }
    }

    fn step_of(self, instance: &str, change: impl FnOnce(&mut Step)) {
        let find = |runs: &Vec<Run>| {
            let mut found = runs.iter();
            found.find_map(|run| Some((run.key.clone(), run.step_of(instance)?)))
        };
        if let Some((key, place)) = self.runs.with_untracked(find) {
            self.change(&key, place, change);
        }
    }
}

/// Flags with those of `SET` statements over them.
pub fn merged(own: &[(String, String)], set: &[(String, String)]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (key, value) in own.iter().chain(set) {
        match all.iter_mut().find(|(other, _)| other == key) {
            Some((_, other)) => other.clone_from(value),
            None => all.push((key.clone(), value.clone())),
        }
    }
    all
}

/// The statements of a text, or of a part of it (bytes), as they are sent; `SET` statements become
/// flags of those behind them. As one script, they go together.
pub fn steps(text: &str, part: (usize, usize), script: bool) -> Vec<Step> {
    let inside = text.get(part.0..part.1).unwrap_or_default();
    let mut flags = Vec::new();
    let mut found: Vec<Step> = Vec::new();
    for piece in query::split(inside) {
        let statement = piece.text(inside);
        if let Some(flag) = query::setting(statement) {
            flags = merged(&flags, &[flag]);
            continue;
        }
        match found.last_mut().filter(|_| script) {
            Some(whole) => {
                let end = part.0 + piece.end;
                whole.text = text.get(whole.start..end).unwrap_or_default().to_owned();
                whole.flags.clone_from(&flags);
            }
            None => found.push(Step {
                text: statement.to_owned(),
                start: part.0 + piece.start,
                flags: flags.clone(),
                ..Step::default()
            }),
        }
    }
    found
}

/// The part of a text that `Run` means: the selection, else the statement at the cursor. Bytes.
pub fn part(text: &str, selection: (usize, usize)) -> (usize, usize) {
    if selection.0 < selection.1 {
        return selection;
    }
    let pieces = query::split(text);
    // A statement reaches to its semicolon; behind the last one it is still meant.
    let at = pieces.iter().position(|piece| selection.0 <= piece.behind);
    let is_flag = |place: &usize| {
        let piece = pieces.get(*place);
        piece.is_some_and(|piece| query::setting(piece.text(text)).is_some())
    };
    let last = pieces.len().checked_sub(1);
    // At a flag, the statement behind it is meant.
    let behind = at.and_then(|at| (at..pieces.len()).find(|place| !is_flag(place)));
    let Some(place) = behind.or(at).or(last) else {
        return (0, text.len());
    };
    // The flags before it belong to it.
    let before = pieces[..place].iter().rev();
    let sets = before.take_while(|piece| query::setting(piece.text(text)).is_some());
    let first = sets.last().unwrap_or(&pieces[place]);
    (first.start, pieces[place].end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, part: (usize, usize), script: bool) -> Vec<String> {
        steps(text, part, script)
            .into_iter()
            .map(|step| step.text)
            .collect()
    }

    #[test]
    fn the_cursor_chooses_a_statement() {
        let text = "select 1;\nselect 2;\n";
        assert_eq!(texts(text, part(text, (3, 3)), false), ["select 1"]);
        assert_eq!(texts(text, part(text, (9, 9)), false), ["select 1"]);
        assert_eq!(texts(text, part(text, (12, 12)), false), ["select 2"]);
        assert_eq!(texts(text, part(text, (20, 20)), false), ["select 2"]);
        assert_eq!(texts(text, part(text, (7, 18)), false), ["1", "select 2"]);
        assert!(texts("", part("", (0, 0)), false).is_empty());
    }

    #[test]
    fn flags_of_set_go_with_what_follows() {
        let text = "set a=1; set b=2;\nselect 1; set a=3; select 2";
        let all = steps(text, (0, text.len()), false);
        let flags: Vec<String> = all.iter().map(|step| format!("{:?}", step.flags)).collect();
        assert_eq!(flags[0], r#"[("a", "1"), ("b", "2")]"#);
        assert_eq!(flags[1], r#"[("a", "3"), ("b", "2")]"#);
        let meant = part(text, (20, 20));
        assert_eq!(steps(text, meant, false)[0].flags.len(), 2);
        assert_eq!(texts(text, part(text, (0, 0)), false), ["select 1"]);
        assert_eq!(all[1].start, text.find("select 2").unwrap());
    }

    #[test]
    fn a_script_is_one() {
        let text = "@a := select 1; -- x\nselect * from @a;";
        assert_eq!(
            texts(text, (0, text.len()), true),
            ["@a := select 1; -- x\nselect * from @a"]
        );
        assert_eq!(texts(text, (0, text.len()), false).len(), 2);
    }
}
