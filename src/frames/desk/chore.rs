//! Work that is done bit by bit, so that the cells on the screen are never kept waiting.

use frame::{Count, Find, Found, Profiler, Step};

use super::super::{Answer, FrameId, Tell};
use super::Desk;

/// How many rows are looked at in one go: some milliseconds of work.
const ROWS: u64 = 100_000;
/// Searching makes text of every cell, which takes longer.
const SEARCHED: u64 = 8_000;

/// Something that is done bit by bit.
pub(super) enum Chore {
    /// The view of a frame is brought up to its rows.
    Settle,
    /// A cell is looked for.
    Find(Search),
    /// Matching cells are counted.
    Count {
        ticket: u32,
        find: Find,
        count: Count,
    },
    /// A column is profiled.
    Profile {
        ticket: u32,
        column: u32,
        profiler: Option<Box<Profiler>>,
    },
}

/// A search and how far it came.
pub(super) struct Search {
    pub(super) ticket: u32,
    pub(super) find: Find,
    pub(super) row: u64,
    pub(super) place: usize,
    pub(super) forward: bool,
}

impl PartialEq for Chore {
    /// Only settling is compared: it waits at most once for a frame.
    fn eq(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Settle, Self::Settle))
    }
}

impl Chore {
    pub(super) fn profile(ticket: u32, column: u32) -> Self {
        Self::Profile {
            ticket,
            column,
            profiler: None,
        }
    }

    pub(super) fn count(ticket: u32, find: Find) -> Self {
        Self::Count {
            ticket,
            find,
            count: Count::default(),
        }
    }

    /// Whether a later question of the same kind makes this one pointless.
    fn outdated_by(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Find(_), Self::Find(_)) | (Self::Count { .. }, Self::Count { .. })
        )
    }
}

impl Desk {
    /// Whether work is waiting.
    pub fn has_chores(&self) -> bool {
        !self.chores.is_empty()
    }

    /// Does a bit of the work that waits, some milliseconds long.
    pub fn chore(&mut self) -> Vec<Tell> {
        let Some((frame, chore)) = self.chores.pop_front() else {
            return Vec::new();
        };
        if matches!(chore, Chore::Settle) {
            let mut tells = self.settle(frame);
            tells.extend(self.frames.get(&frame).map(|open| open.progress(frame)));
            return tells;
        }
        let (tell, left) = self.work(frame, chore);
        if let Some(chore) = left {
            self.chores.push_front((frame, chore));
        }
        tell.into_iter().collect()
    }

    pub(super) fn begin(&mut self, frame: FrameId, chore: Chore) -> Vec<Tell> {
        self.chores
            .retain(|(of, waiting)| *of != frame || !waiting.outdated_by(&chore));
        self.chores.push_back((frame, chore));
        Vec::new()
    }

    fn work(&self, frame: FrameId, chore: Chore) -> (Option<Tell>, Option<Chore>) {
        let open = self.frames.get(&frame);
        let place = open.and_then(|open| Some((open.load.table()?, open.looked.rows())));
        let answer = |ticket, answer| {
            Some(Tell::Answer {
                frame,
                ticket,
                answer,
            })
        };
        let Some((table, rows)) = place else {
            let detail = "no row is there yet".to_owned();
            let ticket = chore.ticket();
            return (
                ticket.and_then(|ticket| answer(ticket, Answer::None { detail })),
                None,
            );
        };
        match chore {
            Chore::Settle => (None, None),
            Chore::Find(mut search) => {
                let from = Found {
                    position: search.row,
                    place: search.place,
                };
                let ticket = search.ticket;
                let found = |at| answer(ticket, Answer::Found { at });
                match table.find(rows, &search.find, from, search.forward, SEARCHED) {
                    Step::Found(at) => (found(Some((at.position, at.place as u64))), None),
                    Step::End => (found(None), None),
                    Step::Onward(at) => {
                        (search.row, search.place) = (at.position, at.place);
                        let row = at.position;
                        let tell = answer(ticket, Answer::Searching { row });
                        (tell, Some(Chore::Find(search)))
                    }
                }
            }
            Chore::Count {
                ticket,
                find,
                count,
            } => {
                let more = table.count(rows, &find, count.next, SEARCHED);
                let count = Count {
                    cells: count.cells + more.cells,
                    next: more.next,
                };
                let done = count.next >= rows.len(table);
                let tell = answer(
                    ticket,
                    Answer::Counted {
                        cells: count.cells,
                        rows: count.next,
                        done,
                    },
                );
                let left = (!done).then_some(Chore::Count {
                    ticket,
                    find,
                    count,
                });
                (tell, left)
            }
            Chore::Profile {
                ticket,
                column,
                profiler,
            } => {
                let begun =
                    profiler.or_else(|| Profiler::new(table, column as usize).map(Box::new));
                let Some(mut profiler) = begun else {
                    let detail = "there is no such column".to_owned();
                    return (answer(ticket, Answer::None { detail }), None);
                };
                if !profiler.step(table, rows, ROWS) {
                    let left = Chore::Profile {
                        ticket,
                        column,
                        profiler: Some(profiler),
                    };
                    return (None, Some(left));
                }
                let profile = Box::new(profiler.finish(table));
                (answer(ticket, Answer::Profile(profile)), None)
            }
        }
    }
}

impl Chore {
    fn ticket(&self) -> Option<u32> {
        match self {
            Self::Settle => None,
            Self::Find(search) => Some(search.ticket),
            Self::Count { ticket, .. } | Self::Profile { ticket, .. } => Some(*ticket),
        }
    }
}
