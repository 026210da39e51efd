//! A walk through the pages of one list of instances.

use std::collections::BTreeSet;

use odps::instances::{DateRange, Item, List, Status};

use super::Owners;
use crate::Problem;
use crate::exchange::{Outcome, odps};

/// How many instances a page holds at most.
const PAGE: u32 = 500;
/// How many pages of running instances are read at most.
const PAGES: u32 = 20;

/// A list that is being read.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    status: Status,
    marker: Option<String>,
    seen: BTreeSet<String>,
    pages: u32,
    more: bool,
}

impl Listing {
    /// All that run, whenever they were started.
    pub(super) fn running() -> Self {
        Self::of(Status::Running)
    }

    /// The first page of those that ended.
    pub(super) fn ended() -> Self {
        Self::of(Status::Terminated)
    }

    fn of(status: Status) -> Self {
        Self {
            status,
            marker: None,
            seen: BTreeSet::new(),
            pages: 0,
            more: true,
        }
    }

    pub(super) fn is_running(&self) -> bool {
        self.status == Status::Running
    }

    /// There is another page to be read.
    pub(super) fn has_more(&self) -> bool {
        self.more && self.pages < self.most()
    }

    /// There are more pages than are read.
    pub(super) fn is_cut(&self) -> bool {
        self.more && !self.has_more()
    }

    pub(super) fn holds(&self, id: &str) -> bool {
        self.seen.contains(id)
    }

    fn most(&self) -> u32 {
        if self.is_running() { PAGES } else { 1 }
    }

    /// The next page, of instances since that second.
    pub(super) fn call(&self, since: u64, owners: Owners) -> List {
        List {
            status: Some(self.status),
            range: Some(DateRange {
                from: Some(since),
                to: None,
            }),
            only_owner: Some(owners == Owners::Mine),
            max_items: Some(PAGE),
            marker: self.marker.clone(),
        }
    }

    /// Takes a page in: its instances, newest first.
    pub(super) fn read(&mut self, outcome: Outcome) -> Result<Vec<Item>, Problem> {
        let page = odps(&List::default(), outcome)?;
        self.pages += 1;
        // A service that repeats its marker would be asked for ever.
        let next = page.marker.filter(|marker| !marker.is_empty());
        self.more = next.is_some() && next != self.marker && !page.instances.is_empty();
        self.marker = next;
        let mut items = page.instances;
        items.sort_by_key(|item| std::cmp::Reverse(item.start_time));
        self.seen.extend(items.iter().map(|item| item.id.clone()));
        Ok(items)
    }
}
