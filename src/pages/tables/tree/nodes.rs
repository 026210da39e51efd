//! The tree as lines, from what is known and what is open. Pure: the view draws some of the lines.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::With;
use odps::tables::Partition;

use crate::api::tables::TableName;
use crate::pages::tables::find::Needle;
use crate::pages::tables::kept::Kept;
use crate::pages::tables::stock::{Entry, Shelf, Stock, Tables};

/// A short list above the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Tables that the reader pinned.
    Pinned,
    /// Tables that were looked at.
    Recent,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A short list.
    Group(Group),
    /// The project.
    Project,
    /// A schema of it.
    Schema(String),
    /// A table, with what the list says about it where that was read.
    Table(TableName, Option<Arc<Entry>>),
    /// A partition of a table.
    Partition(TableName, Arc<Partition>),
    /// A word in the place of lines.
    Note(Note),
}

/// Why there are no lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// More is on its way.
    Reading,
    /// The rest did not come.
    Failed,
    /// There is none.
    None,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub what: What,
    /// How deep, from 1.
    pub level: u8,
    /// Whether it is open; none for what cannot be opened.
    pub open: Option<bool>,
    /// Its place among its siblings, from 1.
    pub at: usize,
    /// How many siblings there are; none while more are on their way.
    pub of: Option<usize>,
    /// The short list it stands in.
    pub group: Option<Group>,
}

impl Node {
    /// Names the line, whatever comes before it.
    pub fn key(&self) -> String {
        let group = match self.group {
            Some(Group::Pinned) => "pinned:",
            Some(Group::Recent) => "recent:",
            None => "",
        };
        match &self.what {
            What::Group(Group::Pinned) => "g/pinned".to_owned(),
            What::Group(Group::Recent) => "g/recent".to_owned(),
            What::Project => "project".to_owned(),
            What::Schema(schema) => format!("s/{schema}"),
            What::Table(name, _) => format!("{group}t/{name}"),
            What::Partition(name, part) => format!("{group}p/{name}/{}", part.spec),
            What::Note(_) => format!("{group}n/{}/{}", self.level, self.at),
        }
    }
}

/// What the lines are made of.
pub struct Known<'a> {
    /// The schemas; empty for a project without, none until it is known.
    pub schemas: Option<&'a [String]>,
    /// The tables of each schema.
    pub tables: &'a BTreeMap<String, Tables>,
    /// The partitions of tables.
    pub partitions: &'a BTreeMap<TableName, Shelf<Arc<Partition>>>,
    /// The keys of what is open.
    pub open: &'a BTreeSet<String>,
    /// The short lists.
    pub kept: &'a Kept,
}

/// The lines of a stock; subscribes to all of it.
pub fn lines(stock: &Stock, needle: &Needle) -> Vec<Node> {
    stock.schemas.with(|schemas| {
        stock.tables.with(|tables| {
            stock.partitions.with(|partitions| {
                stock.open.with(|open| {
                    stock.kept.with(|kept| {
                        let known = Known {
                            schemas: schemas.as_deref(),
                            tables,
                            partitions,
                            open,
                            kept,
                        };
                        known.lines(needle)
                    })
                })
            })
        })
    })
}

impl Known<'_> {
    /// Every line, or with a needle the project and the tables that fit, the best first.
    pub fn lines(&self, needle: &Needle) -> Vec<Node> {
        let mut lines = Vec::new();
        if !needle.is_empty() {
            self.found(needle, &mut lines);
            return lines;
        }
        let groups = [
            (Group::Pinned, &self.kept.pinned),
            (Group::Recent, &self.kept.recent),
        ];
        let groups: Vec<_> = groups
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .collect();
        let roots = groups.len() + 1;
        for (at, (group, names)) in groups.into_iter().enumerate() {
            self.group(group, names, (at + 1, roots), &mut lines);
        }
        let open = self.push(What::Project, 1, (roots, Some(roots)), None, &mut lines);
        if open {
            self.project(&mut lines);
        }
        lines
    }

    fn group(&self, group: Group, names: &[String], at: (usize, usize), lines: &mut Vec<Node>) {
        if !self.push(What::Group(group), 1, (at.0, Some(at.1)), None, lines) {
            return;
        }
        for (at, name) in names.iter().enumerate() {
            let what = What::Table(TableName::read(name), None);
            self.table(what, 2, (at + 1, Some(names.len())), Some(group), lines);
        }
    }

    fn project(&self, lines: &mut Vec<Node>) {
        match self.schemas {
            None => note(Note::Reading, 2, 1, None, lines),
            Some([]) => self.shelf("", 2, lines),
            Some(schemas) => {
                for (at, schema) in schemas.iter().enumerate() {
                    let place = (at + 1, Some(schemas.len()));
                    if self.push(What::Schema(schema.clone()), 2, place, None, lines) {
                        self.shelf(schema, 3, lines);
                    }
                }
            }
        }
    }

    fn shelf(&self, schema: &str, level: u8, lines: &mut Vec<Node>) {
        let Some(shelf) = self.tables.get(schema) else {
            return note(Note::Reading, level, 1, None, lines);
        };
        let of = (!shelf.reading).then_some(shelf.items.len());
        for (at, entry) in shelf.items.iter().enumerate() {
            let what = What::Table(entry.name.clone(), Some(Arc::clone(entry)));
            self.table(what, level, (at + 1, of), None, lines);
        }
        ending(shelf, level, None, lines);
    }

    fn table(
        &self,
        what: What,
        level: u8,
        place: (usize, Option<usize>),
        group: Option<Group>,
        lines: &mut Vec<Node>,
    ) {
        let What::Table(name, entry) = &what else {
            return;
        };
        let name = name.clone();
        if entry.as_ref().is_some_and(|entry| entry.is_view()) {
            let (at, of) = place;
            lines.push(Node {
                what,
                level,
                open: None,
                at,
                of,
                group,
            });
            return;
        }
        if !self.push(what, level, place, group, lines) {
            return;
        }
        let Some(shelf) = self.partitions.get(&name) else {
            return note(Note::Reading, level + 1, 1, group, lines);
        };
        let of = (!shelf.reading).then_some(shelf.items.len());
        // The service gives them in the order of their values: the last ones are wanted most.
        for (at, part) in shelf.items.iter().rev().enumerate() {
            lines.push(Node {
                what: What::Partition(name.clone(), Arc::clone(part)),
                level: level + 1,
                open: None,
                at: at + 1,
                of,
                group,
            });
        }
        ending(shelf, level + 1, group, lines);
    }

    fn found(&self, needle: &Needle, lines: &mut Vec<Node>) {
        let all = self.tables.values().flat_map(|shelf| &shelf.items);
        let mut found: Vec<(i64, &Arc<Entry>)> = all
            .filter_map(|entry| Some((needle.score(entry.texts())?, entry)))
            .collect();
        found.sort_by(|one, other| {
            let order = Reverse(one.0).cmp(&Reverse(other.0));
            order.then_with(|| one.1.name.cmp(&other.1.name))
        });
        let reading = self.schemas.is_none() || self.tables.values().any(|shelf| shelf.reading);
        let of = (!reading).then_some(found.len());
        for (at, (_, entry)) in found.iter().enumerate() {
            let what = What::Table(entry.name.clone(), Some(Arc::clone(entry)));
            self.table(what, 1, (at + 1, of), None, lines);
        }
        if reading {
            note(Note::Reading, 1, found.len() + 1, None, lines);
        }
    }

    /// Adds what can be opened, and says whether it is open.
    fn push(
        &self,
        what: What,
        level: u8,
        (at, of): (usize, Option<usize>),
        group: Option<Group>,
        lines: &mut Vec<Node>,
    ) -> bool {
        let mut node = Node {
            what,
            level,
            open: None,
            at,
            of,
            group,
        };
        let open = self.open.contains(&node.key());
        node.open = Some(open);
        lines.push(node);
        open
    }
}

/// The word at the end of a list that is not whole, or empty.
fn ending<T>(shelf: &Shelf<T>, level: u8, group: Option<Group>, lines: &mut Vec<Node>) {
    let at = shelf.items.len() + 1;
    let word = match (shelf.reading, &shelf.problem) {
        (true, _) => Note::Reading,
        (false, Some(_)) => Note::Failed,
        (false, None) if shelf.items.is_empty() => Note::None,
        (false, None) => return,
    };
    note(word, level, at, group, lines);
}

fn note(note: Note, level: u8, at: usize, group: Option<Group>, lines: &mut Vec<Node>) {
    lines.push(Node {
        what: What::Note(note),
        level,
        open: None,
        at,
        of: None,
        group,
    });
}

#[cfg(test)]
mod tests;
