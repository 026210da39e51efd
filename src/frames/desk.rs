//! The worker's desk: every open frame, questions in, answers out. No IO.
//!
//! What may take long (a filter, a search, a profile) is cut into [`Desk::chore`]s, so that the
//! worker can answer for the cells on the screen between two of them.

mod answer;
mod chore;
pub mod export;
mod looked;
#[cfg(test)]
mod views;

use std::collections::{BTreeMap, VecDeque};

use frame::Zone;

use super::load::{Load, Step};
use super::{Ask, BUDGET, Cell, CellKind, FrameId, Phase, Tell};
use chore::Chore;
use looked::Looked;
use wire::{Response, Unreachable};

/// Tells one reading of a frame from the one before: what an older one still brings is not taken.
pub type Run = u32;

/// Decodes bytes in an encoding of the Encoding Standard; the browser has the tables.
pub type Decode = fn(&str, &[u8]) -> Option<String>;

/// Every open frame.
pub struct Desk {
    frames: BTreeMap<FrameId, Open>,
    chores: VecDeque<(FrameId, Chore)>,
    runs: Run,
    zone: Option<Zone>,
    budget: u64,
    decode: Decode,
}

impl Default for Desk {
    fn default() -> Self {
        Self::new(|_, _| None)
    }
}

struct Open {
    load: Load,
    run: Run,
    told: bool,
    looked: Looked,
}

/// What follows from a question.
#[derive(Debug, Default)]
pub struct Reply {
    /// What to tell the page.
    pub tells: Vec<Tell>,
    /// Reading that has to be started: the caller drives it by [`Desk::step`].
    pub start: Option<Run>,
    /// Reading that was ended: what is on its way can be aborted.
    pub abort: bool,
}

impl Reply {
    fn tells(tells: impl IntoIterator<Item = Tell>) -> Self {
        Self {
            tells: tells.into_iter().collect(),
            ..Self::default()
        }
    }
}

impl Desk {
    /// A desk that reads bytes as text with `decode`.
    pub fn new(decode: Decode) -> Self {
        Self {
            frames: BTreeMap::new(),
            chores: VecDeque::new(),
            runs: 0,
            zone: None,
            budget: BUDGET,
            decode,
        }
    }

    /// Writes and reads instants in a zone from now on; every window is told anew.
    pub fn set_zone(&mut self, zone: Option<Zone>) -> Vec<Tell> {
        self.zone = zone;
        let mut tells = Vec::new();
        for (frame, open) in &mut self.frames {
            open.load.set_zone(self.zone.clone());
            open.looked.again();
            tells.extend(open.looked.shown(*frame, &open.load));
        }
        tells
    }

    /// Takes a question. [`Ask::Zone`] is for [`Desk::set_zone`].
    pub fn ask(&mut self, ask: Ask) -> Reply {
        match ask {
            Ask::Open {
                frame,
                source,
                limit,
            } => {
                let run = self.next_run();
                let mut load = Load::new(source, limit);
                load.set_zone(self.zone.clone());
                load.set_budget(self.budget);
                let open = Open {
                    load,
                    run,
                    told: false,
                    looked: Looked::default(),
                };
                self.frames.insert(frame, open);
                Reply {
                    start: Some(run),
                    abort: true,
                    ..Reply::default()
                }
            }
            Ask::More { frame, limit } => {
                let run = self.next_run();
                let Some(open) = self.frames.get_mut(&frame) else {
                    return Reply::default();
                };
                open.load.more(limit);
                open.run = run;
                Reply {
                    tells: self.news(frame),
                    start: Some(run),
                    abort: true,
                }
            }
            Ask::Cancel { frame } => {
                if let Some(open) = self.frames.get_mut(&frame) {
                    open.load.cancel();
                }
                Reply {
                    abort: true,
                    ..Reply::tells(self.news(frame))
                }
            }
            Ask::Arrange { frame, epoch, view } => {
                let Some(open) = self.frames.get_mut(&frame) else {
                    return Reply::default();
                };
                open.looked.arrange(epoch, view);
                // What was asked about the rows that are left behind is asked again by the page.
                self.chores
                    .retain(|(of, chore)| *of != frame || *chore == Chore::Settle);
                // How many rows it has is told with it: no more news may come of what is read.
                let mut tells = self.settle(frame);
                tells.extend(self.frames.get(&frame).map(|open| open.progress(frame)));
                Reply::tells(tells)
            }
            Ask::Window {
                frame,
                rows,
                pinned,
                columns,
            } => {
                let Some(open) = self.frames.get_mut(&frame) else {
                    return Reply::default();
                };
                open.looked.want(rows, pinned, columns);
                Reply::tells(open.looked.window(frame, &open.load))
            }
            Ask::Question {
                frame,
                ticket,
                question,
            } => Reply::tells(self.question(frame, ticket, question)),
            Ask::Release { frame } => {
                self.frames.remove(&frame);
                self.chores.retain(|(of, _)| *of != frame);
                Reply {
                    abort: true,
                    ..Reply::default()
                }
            }
            Ask::Budget { bytes } => {
                self.budget = bytes;
                Reply::default()
            }
            Ask::Zone { .. } | Ask::Export { .. } => Reply::default(),
        }
    }

    /// What a reading wants next; [`Step::Rest`] when it is over or was replaced by another.
    pub fn step(&mut self, frame: FrameId, run: Run) -> Step {
        self.running(frame, run).map_or(Step::Rest, Load::step)
    }

    /// Takes the outcome of a request.
    pub fn answered(&mut self, frame: FrameId, run: Run, outcome: Result<Response, Unreachable>) {
        if let Some(load) = self.running(frame, run) {
            load.answered(outcome);
        }
    }

    /// Takes a piece of a stream. False when no more is wanted.
    pub fn chunk(&mut self, frame: FrameId, run: Run, bytes: Vec<u8>) -> bool {
        self.running(frame, run)
            .is_some_and(|load| load.chunk(bytes))
    }

    /// A stream has ended, or broke off for a reason.
    pub fn ended(&mut self, frame: FrameId, run: Run, broken: Option<String>) {
        if let Some(load) = self.running(frame, run) {
            load.ended(broken);
        }
    }

    /// Adds time that a reading spent.
    pub fn spend(&mut self, frame: FrameId, run: Run, millis: u64) {
        if let Some(load) = self.running(frame, run) {
            load.spend(millis);
        }
    }

    /// Whether this reading is the frame's current one.
    pub fn current(&self, frame: FrameId, run: Run) -> bool {
        self.frames.get(&frame).is_some_and(|open| open.run == run)
    }

    /// What the page does not know yet: head, progress, and the cells that changed.
    pub fn news(&mut self, frame: FrameId) -> Vec<Tell> {
        let mut tells = self.settle(frame);
        let Some(open) = self.frames.get_mut(&frame) else {
            return tells;
        };
        // A frame that began again has lost its rows: its head is told again.
        open.told &= open.load.head().is_some() && open.load.progress().rows > 0;
        if let Some(head) = open.load.head().filter(|_| !open.told) {
            let head = head.clone();
            tells.insert(0, Tell::Opened { frame, head });
            open.told = true;
        }
        tells.push(open.progress(frame));
        tells
    }

    /// Whether the frame's reading has ended.
    pub fn rests(&self, frame: FrameId) -> bool {
        let runs = |open: &Open| open.load.progress().phase.runs();
        !self.frames.get(&frame).is_some_and(runs)
    }

    /// How many rows the frame has.
    pub fn rows(&self, frame: FrameId) -> u64 {
        let open = self.frames.get(&frame);
        open.map_or(0, |open| open.load.progress().rows)
    }

    /// How the frame's reading goes or ended.
    pub fn phase(&self, frame: FrameId) -> Option<&Phase> {
        self.frames
            .get(&frame)
            .map(|open| &open.load.progress().phase)
    }

    /// Brings the view of a frame up to its rows; what is left over becomes a chore.
    fn settle(&mut self, frame: FrameId) -> Vec<Tell> {
        let Some(open) = self.frames.get_mut(&frame) else {
            return Vec::new();
        };
        let tells = open.looked.settle(frame, &open.load);
        let waits = |(of, chore): &(FrameId, Chore)| *of == frame && *chore == Chore::Settle;
        if !open.looked.settled() && !self.chores.iter().any(waits) {
            self.chores.push_front((frame, Chore::Settle));
        }
        tells
    }

    fn next_run(&mut self) -> Run {
        self.runs = self.runs.wrapping_add(1);
        self.runs
    }

    fn running(&mut self, frame: FrameId, run: Run) -> Option<&mut Load> {
        let open = self.frames.get_mut(&frame).filter(|open| open.run == run)?;
        Some(&mut open.load)
    }
}

impl Open {
    fn progress(&self, frame: FrameId) -> Tell {
        let mut progress = self.load.progress().clone();
        progress.epoch = self.looked.epoch();
        progress.shown = self.load.table().map_or(0, |table| self.looked.len(table));
        progress.memory = self.load.table().map_or(0, frame::Table::bytes);
        Tell::Progress { frame, progress }
    }
}

fn to_index(column: u64) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}

fn cell(cell: frame::Cell) -> Cell {
    let kind = match cell.kind {
        frame::Kind::Null => CellKind::Null,
        frame::Kind::Number if !cell.text.ends_with(|last: char| last.is_ascii_digit()) => {
            CellKind::NotFinite
        }
        frame::Kind::Number => CellKind::Number,
        frame::Kind::Nan => CellKind::NotFinite,
        frame::Kind::Bool => CellKind::Truth,
        frame::Kind::Text | frame::Kind::Unknown => CellKind::Text,
        frame::Kind::Time => CellKind::Moment,
        frame::Kind::Binary => CellKind::Bytes,
        frame::Kind::Nested => CellKind::Nested,
    };
    let text = if kind == CellKind::Null {
        String::new()
    } else {
        cell.text
    };
    Cell {
        text,
        kind,
        cut: cell.clipped.then_some(cell.length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::{Answer, Question, Span};

    #[test]
    fn infinities_are_words_and_numbers_are_not() {
        let kind = |text: &str| {
            let length = text.len() as u64;
            let kind = frame::Kind::Number;
            cell(frame::Cell {
                text: text.into(),
                kind,
                clipped: false,
                length,
            })
            .kind
        };
        assert_eq!(kind("-inf"), CellKind::NotFinite);
        assert_eq!(kind("1e21"), CellKind::Number);
        assert_eq!(kind("-0.5"), CellKind::Number);
    }

    #[test]
    fn what_is_not_open_is_answered_with_nothing() {
        let mut desk = Desk::default();
        let span = Span::new(0, 5);
        let window = Ask::Window {
            frame: 9,
            rows: span,
            pinned: 0,
            columns: span,
        };
        assert!(desk.ask(window).tells.is_empty());
        let more = Ask::More {
            frame: 9,
            limit: None,
        };
        assert!(desk.ask(more).start.is_none());
        assert!(matches!(desk.step(9, 1), Step::Rest));
        assert!(desk.rests(9));
        let question = Ask::Question {
            frame: 9,
            ticket: 4,
            question: Question::Record { row: 0 },
        };
        let told = desk.ask(question).tells;
        assert!(matches!(
            &told[..],
            [Tell::Answer {
                ticket: 4,
                answer: Answer::None { .. },
                ..
            }]
        ));
        assert!(!desk.has_chores());
    }
}
