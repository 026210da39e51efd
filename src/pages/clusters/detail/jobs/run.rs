//! Running a cell: its text is read, what it writes is agreed to, its graph is sent.

use leptos::prelude::*;
use script::{Lowered, Shown};
use wire::Target;

use super::book::{Book, Cell, Stand};
use super::rehearsal::{self, Rehearsed};
use super::submit::{Refused, build, prepare, submit};
use crate::api::notebook::{CellOutput, CellRun, Ran, comparing};
use crate::api::{self, Problem, random};
use crate::state::clock::now;
use crate::state::profile::Profile;

/// A cell that can be sent.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its text and seed.
    pub ran: Ran,
    /// Its graph.
    pub lowered: Lowered,
    /// Where it goes.
    pub target: Target,
}

/// Runs a cell as it stands; one that writes tables first says what it would do.
pub fn start(book: Book, cell: Cell, profile: Profile) {
    let Some(connection) = profile.now() else {
        return;
    };
    let target = connection.target();
    let ran = Ran {
        text: cell.text.get_untracked(),
        seed: random::seed(),
    };
    cell.busy.set(true);
    cell.problem.set(None);
    cell.errors.set(Vec::new());
    cell.rehearsed.set(None);
    let (before, instance) = (book.ran.get_untracked(), book.instance());
    api::spawn(async move {
        let built = build(&before, &ran, &target, &instance).await;
        if cell.busy.is_disposed() {
            return;
        }
        let ready = match built {
            Ok(lowered) => Ready {
                ran,
                lowered,
                target,
            },
            Err(refused) => {
                cell.busy.set(false);
                return match refused {
                    Refused::Script(wrong) => cell.errors.set(wrong),
                    Refused::Problem(problem) => cell.problem.set(Some(problem)),
                };
            }
        };
        if ready.lowered.writes.is_empty() {
            return send(book, cell, ready).await;
        }
        let rehearsed = rehearsal::rehearse(ready).await;
        if cell.busy.is_disposed() {
            return;
        }
        cell.busy.set(false);
        match rehearsed {
            Ok(rehearsed) => cell.rehearsed.set(Some(rehearsed)),
            Err(problem) => cell.problem.set(Some(problem)),
        }
    });
}

/// Goes on with what was agreed to.
pub fn agreed(book: Book, cell: Cell, rehearsed: Rehearsed) {
    cell.rehearsed.set(None);
    cell.busy.set(true);
    api::spawn(send(book, cell, rehearsed.ready));
}

async fn send(book: Book, cell: Cell, ready: Ready) {
    let Ready {
        ran,
        lowered,
        target,
    } = ready;
    if let Err(problem) = prepare(&lowered, &target).await {
        return failed(cell, problem);
    }
    let targets: Vec<String> = lowered.nodes().map(|node| node.key().to_owned()).collect();
    let mut run = told(&lowered, &ran.text);
    if targets.is_empty() {
        return begun(book, cell, ran, run);
    }
    let (instance, text) = (book.instance(), ran.text.clone());
    submit(
        target.project,
        instance,
        text,
        lowered.graph,
        targets,
        move |outcome| match outcome {
            Ok(handle) => {
                run.graph = Some((handle.session, handle.graph));
                begun(book, cell, ran, run);
            }
            Err(problem) => failed(cell, problem),
        },
    );
}

fn failed(cell: Cell, problem: Problem) {
    if !cell.busy.is_disposed() {
        cell.busy.set(false);
        cell.problem.set(Some(problem));
    }
}

/// The cell's names are known from here on.
fn begun(book: Book, cell: Cell, ran: Ran, mut run: CellRun) {
    if cell.busy.is_disposed() {
        return;
    }
    run.number = book.ran.with_untracked(Vec::len) + 1;
    book.ran.update(|all| all.push(ran));
    cell.stand.set(match run.graph {
        Some(_) => Stand::Open,
        None => Stand::Done,
    });
    cell.run.set(Some(run));
    cell.busy.set(false);
}

/// What a run shows, as it is kept.
fn told(lowered: &Lowered, text: &str) -> CellRun {
    let output = |output: &script::Output| match &output.shown {
        Shown::Plain(text) => CellOutput::Plain(text.clone()),
        Shown::Node(node) => {
            let target = node.key().to_owned();
            let write = lowered.writes.iter().find(|write| write.target == target);
            match write {
                Some(write) => CellOutput::Written {
                    target,
                    table: write.table.clone(),
                    partition: write.partition.clone(),
                    compare: text
                        .get(write.frame.start..write.frame.end)
                        .map(|frame| comparing(frame, &write.table, write.partition.as_deref())),
                },
                None => CellOutput::Result {
                    target,
                    said: format!("{} {}", node.kind().as_str(), node.shape_text()),
                },
            }
        }
    };
    let defined = lowered.defined.iter();
    CellRun {
        number: 0,
        at: now(),
        graph: None,
        outputs: lowered.outputs.iter().map(output).collect(),
        defined: defined
            .map(|defined| (defined.name.clone(), defined.value.clone()))
            .collect(),
        left_running: lowered.left_running,
    }
}
