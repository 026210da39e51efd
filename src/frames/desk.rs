//! The worker's desk: every open frame, questions in, answers out. No IO.

use std::collections::BTreeMap;

use super::load::{Load, Step};
use super::{Ask, Cell, CellKind, FrameId, Phase, Span, Tell, Window};
use wire::{Response, Unreachable};

/// How many characters of a cell a window carries; the whole text is had by [`Ask::Copy`].
const CELL: usize = 240;
/// How many cells one window carries at most: a question for more is a mistake.
const CELLS: u64 = 100_000;
/// How much text one copy carries at most.
const COPY: usize = 64 << 20;

/// Tells one reading of a frame from the one before: what an older one still brings is not taken.
pub type Run = u32;

/// Every open frame.
#[derive(Default)]
pub struct Desk {
    frames: BTreeMap<FrameId, Open>,
    runs: Run,
}

struct Open {
    load: Load,
    run: Run,
    told: bool,
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

impl Desk {
    /// Takes a question.
    pub fn ask(&mut self, ask: Ask) -> Reply {
        let id = ask.frame();
        match ask {
            Ask::Open {
                frame,
                source,
                limit,
            } => {
                let run = self.next_run();
                let load = Load::new(source, limit);
                self.frames.insert(
                    frame,
                    Open {
                        load,
                        run,
                        told: false,
                    },
                );
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
                    tells: self.news(id),
                    start: Some(run),
                    abort: true,
                }
            }
            Ask::Cancel { frame } => {
                if let Some(open) = self.frames.get_mut(&frame) {
                    open.load.cancel();
                }
                Reply {
                    tells: self.news(id),
                    start: None,
                    abort: true,
                }
            }
            Ask::Window {
                frame,
                rows,
                columns,
            } => {
                let window = self.window(frame, rows, columns);
                let tells = window.map(|window| Tell::Window { frame, window });
                Reply {
                    tells: tells.into_iter().collect(),
                    ..Reply::default()
                }
            }
            Ask::Copy {
                frame,
                ticket,
                rows,
                columns,
                header,
            } => {
                let (text, rows) = self.copy(frame, rows, columns, header);
                let tell = Tell::Copied {
                    frame,
                    ticket,
                    text,
                    rows,
                };
                Reply {
                    tells: vec![tell],
                    ..Reply::default()
                }
            }
            Ask::Release { frame } => {
                self.frames.remove(&frame);
                Reply {
                    abort: true,
                    ..Reply::default()
                }
            }
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
    pub fn chunk(&mut self, frame: FrameId, run: Run, bytes: &[u8]) -> bool {
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

    /// What the page does not know yet: head and progress.
    pub fn news(&mut self, frame: FrameId) -> Vec<Tell> {
        let Some(open) = self.frames.get_mut(&frame) else {
            return Vec::new();
        };
        let mut tells = Vec::new();
        // A frame that began again has lost its rows: its head is told again.
        open.told &= open.load.head().is_some() && open.load.progress().rows > 0;
        if let Some(head) = open.load.head().filter(|_| !open.told) {
            tells.push(Tell::Opened {
                frame,
                head: head.clone(),
            });
            open.told = true;
        }
        tells.push(Tell::Progress {
            frame,
            progress: open.load.progress().clone(),
        });
        tells
    }

    /// Whether the frame's reading has ended.
    pub fn rests(&self, frame: FrameId) -> bool {
        let runs = |open: &Open| open.load.progress().phase.runs();
        !self.frames.get(&frame).is_some_and(runs)
    }

    /// How the frame's reading goes or ended.
    pub fn phase(&self, frame: FrameId) -> Option<&Phase> {
        self.frames
            .get(&frame)
            .map(|open| &open.load.progress().phase)
    }

    fn next_run(&mut self) -> Run {
        self.runs = self.runs.wrapping_add(1);
        self.runs
    }

    fn running(&mut self, frame: FrameId, run: Run) -> Option<&mut Load> {
        let open = self.frames.get_mut(&frame).filter(|open| open.run == run)?;
        Some(&mut open.load)
    }

    fn window(&self, frame: FrameId, rows: Span, columns: Span) -> Option<Window> {
        let table = self.frames.get(&frame)?.load.table()?;
        let columns = columns.below(table.columns().len() as u64);
        let most = CELLS / columns.len().max(1);
        let rows = rows.below(table.rows());
        let rows = Span::new(rows.start, rows.end.min(rows.start.saturating_add(most)));
        let wanted: Vec<usize> = (columns.start..columns.end)
            .filter_map(|column| usize::try_from(column).ok())
            .collect();
        let text = table.window_with_limit(rows.start..rows.end, &wanted, CELL);
        let cells = text.rows.into_iter().flatten().map(cell).collect();
        Some(Window {
            rows,
            columns,
            cells,
        })
    }

    fn copy(&self, frame: FrameId, rows: Span, columns: Span, header: bool) -> (String, u64) {
        let Some(table) = self.frames.get(&frame).and_then(|open| open.load.table()) else {
            return (String::new(), 0);
        };
        let (rows, columns) = (
            rows.below(table.rows()),
            columns.below(table.columns().len() as u64),
        );
        let single = !header && rows.len() == 1 && columns.len() == 1;
        let mut lines: Vec<String> = Vec::new();
        let mut size = 0;
        let names = table
            .columns()
            .iter()
            .skip(to_index(columns.start))
            .take(to_index(columns.len()));
        if header {
            lines.push(
                names
                    .map(|column| quoted(&column.name))
                    .collect::<Vec<_>>()
                    .join("\t"),
            );
        }
        let mut taken = 0;
        for row in rows.start..rows.end {
            let cells = (columns.start..columns.end)
                .filter_map(|column| table.cell(row, to_index(column), usize::MAX))
                .map(|cell| if single { cell.text } else { field(&cell) });
            let line = cells.collect::<Vec<_>>().join("\t");
            size += line.len() + 1;
            if size > COPY {
                break;
            }
            lines.push(line);
            taken += 1;
        }
        (lines.join("\n"), taken)
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

/// A field of a tab-separated line. The word NULL as a text stands in quotes, an absent value does
/// not, so that the two stay apart.
fn field(cell: &frame::Cell) -> String {
    match cell.kind {
        frame::Kind::Text if cell.text == "NULL" => "\"NULL\"".to_owned(),
        frame::Kind::Text | frame::Kind::Nested | frame::Kind::Unknown => quoted(&cell.text),
        _ => cell.text.clone(),
    }
}

/// Quotes as spreadsheets read them, where the text would break the line or begins with a quote.
fn quoted(text: &str) -> String {
    match text.contains(['\t', '\n', '\r']) || text.starts_with('"') {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_and_the_word_null_stay_apart_in_a_copy() {
        let cell = |text: &str, kind| frame::Cell {
            text: text.into(),
            kind,
            clipped: false,
            length: text.len() as u64,
        };
        assert_eq!(field(&cell("NULL", frame::Kind::Null)), "NULL");
        assert_eq!(field(&cell("NULL", frame::Kind::Text)), "\"NULL\"");
        assert_eq!(field(&cell("", frame::Kind::Text)), "");
        assert_eq!(field(&cell("a\tb", frame::Kind::Text)), "\"a\tb\"");
        assert_eq!(
            field(&cell("say \"x\"\n", frame::Kind::Text)),
            "\"say \"\"x\"\"\n\""
        );
        assert_eq!(field(&cell("1.50", frame::Kind::Number)), "1.50");
    }

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
        assert!(
            desk.ask(Ask::Window {
                frame: 9,
                rows: span,
                columns: span
            })
            .tells
            .is_empty()
        );
        assert!(
            desk.ask(Ask::More {
                frame: 9,
                limit: None
            })
            .start
            .is_none()
        );
        assert!(matches!(desk.step(9, 1), Step::Rest));
        assert!(desk.rests(9));
        let copy = Ask::Copy {
            frame: 9,
            ticket: 4,
            rows: span,
            columns: span,
            header: false,
        };
        let told = desk.ask(copy).tells;
        assert!(matches!(
            &told[..],
            [Tell::Copied {
                ticket: 4,
                rows: 0,
                ..
            }]
        ));
    }
}
