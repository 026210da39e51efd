//! A table of the list, and a list that is read page by page.

use odps::tables::Item;

use crate::api::Problem;
use crate::api::tables::TableName;
use crate::pages::tables::find::{Hay, Texts};
use crate::pages::tables::pinyin::Browser;

/// A table of the list, ready for search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the console calls it.
    pub name: TableName,
    /// The same, ready for search.
    pub hay: Hay,
    /// Who owns it.
    pub owner: Option<(String, Hay)>,
    /// The owner's words; none where they were not read.
    pub comment: Option<(String, Hay)>,
    /// `MANAGED_TABLE`, `VIRTUAL_VIEW`, …
    pub kind: Option<String>,
}

impl Entry {
    /// A table of a schema, as the list has it.
    pub fn new(schema: &str, item: Item, initials: &Browser) -> Self {
        let ready = |text: String| {
            let hay = Hay::new(&text, initials);
            (text, hay)
        };
        Self {
            hay: Hay::new(&item.name, initials),
            name: TableName::of(schema, &item.name),
            owner: item.owner.map(ready),
            comment: item.comment.map(ready),
            kind: item.kind,
        }
    }

    /// Whether it is a view, which has no partitions.
    pub fn is_view(&self) -> bool {
        self.kind.as_deref() == Some("VIRTUAL_VIEW")
    }

    /// What is searched.
    pub fn texts(&self) -> Texts<'_> {
        Texts {
            name: &self.hay,
            comment: self.comment.as_ref().map(|(_, hay)| hay),
            owner: self.owner.as_ref().map(|(_, hay)| hay),
        }
    }
}

/// A list that is read page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf<T> {
    /// What came so far.
    pub items: Vec<T>,
    /// Whether more is on its way.
    pub reading: bool,
    /// Why the rest did not come.
    pub problem: Option<Problem>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            reading: true,
            problem: None,
        }
    }
}

impl<T> Shelf<T> {
    /// Nothing more comes.
    pub fn end(&mut self, outcome: Result<(), Problem>) {
        self.reading = false;
        self.problem = outcome.err();
    }
}
