//! The state of the notebook: its cells, what ran, and the one that runs next.

use std::collections::{BTreeMap, HashSet};

use leptos::prelude::*;
use script::Error;

use super::rehearsal::Rehearsed;
use crate::api::Problem;
use crate::api::notebook::{CellRun, CellText, Notebook, Ran};

/// How the last run of a cell stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stand {
    /// It did not run, or is still running.
    #[default]
    Open,
    /// It came out well.
    Done,
    /// It did not.
    Failed,
}

/// A cell of the page.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cell {
    /// What tells it from the others.
    pub key: u32,
    /// Its text.
    pub text: RwSignal<String>,
    /// Its last run.
    pub run: RwSignal<Option<CellRun>>,
    /// Whether its text is being read and sent.
    pub busy: RwSignal<bool>,
    /// What is wrong with its text.
    pub errors: RwSignal<Vec<Error>>,
    /// Why it could not be sent.
    pub problem: RwSignal<Option<Problem>>,
    /// What it would write, until that is agreed to.
    pub rehearsed: RwSignal<Option<Rehearsed>>,
    /// How its last run stands.
    pub stand: RwSignal<Stand>,
}

impl Cell {
    fn of(cell: CellText) -> Self {
        Self {
            key: cell.key,
            text: RwSignal::new(cell.text),
            run: RwSignal::new(cell.run),
            busy: RwSignal::new(false),
            errors: RwSignal::new(Vec::new()),
            problem: RwSignal::new(None),
            rehearsed: RwSignal::new(None),
            stand: RwSignal::new(Stand::Open),
        }
    }

    /// The id of its text field.
    pub fn field(self) -> String {
        format!("cell-{}", self.key)
    }
}

/// The notebook of a cluster.
#[derive(Clone, Copy)]
pub struct Book {
    instance: StoredValue<String>,
    owner: StoredValue<Owner>,
    /// The key of the next cell: one that was taken away does not give its own to another.
    next: StoredValue<u32>,
    /// The cells, in order.
    pub cells: RwSignal<Vec<Cell>>,
    /// What ran, in order.
    pub ran: RwSignal<Vec<Ran>>,
    /// The cells that run after the one that runs now, by their keys.
    pub queue: RwSignal<Vec<u32>>,
    /// The cell that wants the focus.
    pub focus: RwSignal<Option<u32>>,
    /// The browser has no room to keep the notebook.
    pub unkept: RwSignal<bool>,
    /// The columns of the tables that the cells name, as far as they were read for the editor.
    pub known: RwSignal<BTreeMap<String, Vec<(String, String)>>>,
    /// The tables that were asked for already.
    pub missing: StoredValue<HashSet<String>>,
}

impl Book {
    /// The notebook as it was kept, or one of this text; it is kept as long as it is open.
    pub fn open(instance: &str, first: &str) -> Self {
        let kept = Notebook::kept(instance).filter(|kept| !kept.cells.is_empty());
        let kept = kept.unwrap_or_else(|| Notebook::of([first]));
        let book = Self {
            instance: StoredValue::new(instance.to_owned()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            next: StoredValue::new(kept.fresh()),
            cells: RwSignal::new(kept.cells.into_iter().map(Cell::of).collect()),
            ran: RwSignal::new(kept.ran),
            queue: RwSignal::new(Vec::new()),
            focus: RwSignal::new(None),
            unkept: RwSignal::new(false),
            known: RwSignal::default(),
            missing: StoredValue::default(),
        };
        Effect::new(move |_| {
            let kept = book.read().keep(&book.instance());
            if book.unkept.get_untracked() == kept {
                book.unkept.set(!kept);
            }
        });
        book
    }

    /// The cluster.
    pub fn instance(self) -> String {
        self.instance.get_value()
    }

    /// The notebook as it is kept; subscribes to all of it.
    pub fn read(self) -> Notebook {
        let cells = self.cells.get().into_iter().map(|cell| CellText {
            key: cell.key,
            text: cell.text.get(),
            run: cell.run.get(),
        });
        Notebook {
            cells: cells.collect(),
            ran: self.ran.get(),
        }
    }

    /// The place of a cell.
    pub fn place(self, key: u32) -> Option<usize> {
        let find = |cells: &Vec<Cell>| cells.iter().position(|cell| cell.key == key);
        self.cells.with_untracked(find)
    }

    /// Adds a cell behind this one, or at the end, and goes there.
    pub fn add(self, after: Option<u32>, text: &str) -> Cell {
        let key = self.next.get_value();
        self.next.set_value(key.wrapping_add(1));
        let text = text.to_owned();
        let make = move || {
            Cell::of(CellText {
                key,
                text,
                run: None,
            })
        };
        let cell = self.owner.with_value(|owner| owner.with(make));
        let at = after.and_then(|after| self.place(after));
        self.cells.update(|cells| match at {
            Some(at) => cells.insert(at + 1, cell),
            None => cells.push(cell),
        });
        self.focus.set(Some(key));
        cell
    }

    /// Puts an example into the last cell if nobody wrote into that or ran it, else into a new one.
    pub fn offer(self, text: &str, examples: &[&str]) {
        let free = |cell: &Cell| {
            let unwritten = cell
                .text
                .with_untracked(|text| text.trim().is_empty() || examples.contains(&text.as_str()));
            unwritten && cell.run.with_untracked(Option::is_none)
        };
        let last = self.cells.with_untracked(|cells| cells.last().copied());
        match last.filter(free) {
            Some(cell) => {
                cell.text.set(text.to_owned());
                self.focus.set(Some(cell.key));
            }
            None => {
                self.add(None, text);
            }
        }
    }

    /// Takes texts in as cells behind the others.
    pub fn take(self, texts: &[String], examples: &[&str]) {
        for text in texts {
            self.offer(text, examples);
        }
    }

    /// Takes a cell away; one always stays.
    pub fn remove(self, key: u32) {
        let at = self.place(key).unwrap_or_default();
        self.cells
            .update(|cells| cells.retain(|cell| cell.key != key));
        if self.cells.with_untracked(Vec::is_empty) {
            self.add(None, "");
            return;
        }
        let next = self.cells.with_untracked(|cells| {
            let at = at.min(cells.len().saturating_sub(1));
            cells.get(at).map(|cell| cell.key)
        });
        self.focus.set(next);
    }

    /// Moves a cell one place up or down.
    pub fn shift(self, key: u32, down: bool) {
        let Some(at) = self.place(key) else { return };
        let to = if down { at + 1 } else { at.wrapping_sub(1) };
        if to < self.cells.with_untracked(Vec::len) {
            self.cells.update(|cells| cells.swap(at, to));
            self.focus.set(Some(key));
        }
    }

    /// The cell behind this one; a new one behind the last.
    pub fn next(self, key: u32) {
        let next = self.place(key).and_then(|at| {
            self.cells
                .with_untracked(|cells| cells.get(at + 1).map(|cell| cell.key))
        });
        match next {
            Some(next) => self.focus.set(Some(next)),
            None => {
                self.add(Some(key), "");
            }
        }
    }

    /// Forgets every name; texts and results stay.
    pub fn forget(self) {
        self.ran.set(Vec::new());
        self.queue.set(Vec::new());
    }
}
