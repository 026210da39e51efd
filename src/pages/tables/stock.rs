//! What the tree knows of a project: schemas, tables and partitions as far as they were read, what is
//! open, and the short lists. It outlives the pages, so that a step from table to table reads nothing
//! again.

mod entry;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use odps::tables::{Partition, Table};
use wire::Target;

use super::find::Hay;
use super::kept::Kept;
use super::pinyin::Browser;
use crate::api::tables::{self, DEFAULT_SCHEMA, TableName};
use crate::api::{Problem, spawn};
pub use entry::{Entry, Shelf};

/// The tables of one schema.
pub type Tables = Shelf<Arc<Entry>>;

/// What is known of one project.
#[derive(Clone)]
pub struct Stock {
    /// The project.
    pub project: Arc<str>,
    /// The schemas; empty for a project without, none until it is known.
    pub schemas: ArcRwSignal<Option<Vec<String>>>,
    /// The tables of each schema that was opened.
    pub tables: ArcRwSignal<BTreeMap<String, Tables>>,
    /// The partitions of each table that was opened.
    pub partitions: ArcRwSignal<BTreeMap<TableName, Shelf<Arc<Partition>>>>,
    /// What was read of single tables: rows, sizes, comments.
    pub details: ArcRwSignal<BTreeMap<TableName, Option<Arc<Table>>>>,
    /// The keys of the open nodes.
    pub open: ArcRwSignal<BTreeSet<String>>,
    /// The short lists.
    pub kept: ArcRwSignal<Kept>,
    /// How far the tree beside a table is scrolled.
    pub scrolled: ArcRwSignal<f64>,
    /// What is searched for beside a table.
    pub query: ArcRwSignal<String>,
    /// Which reading is the current one: an older one stops.
    turn: ArcRwSignal<u32>,
}

thread_local! {
    static STOCKS: RefCell<BTreeMap<String, Stock>> = const { RefCell::new(BTreeMap::new()) };
}

impl Stock {
    /// What is known of a project; the first question begins to read.
    pub fn of(project: &str) -> Self {
        let known = STOCKS.with_borrow(|stocks| stocks.get(project).cloned());
        known.unwrap_or_else(|| {
            let stock = Self {
                project: project.into(),
                schemas: ArcRwSignal::default(),
                tables: ArcRwSignal::default(),
                partitions: ArcRwSignal::default(),
                details: ArcRwSignal::default(),
                open: ArcRwSignal::new(
                    ["project", "g/pinned", "g/recent"]
                        .map(str::to_owned)
                        .into(),
                ),
                kept: ArcRwSignal::new(Kept::read(project)),
                scrolled: ArcRwSignal::default(),
                query: ArcRwSignal::default(),
                turn: ArcRwSignal::default(),
            };
            STOCKS.with_borrow_mut(|stocks| stocks.insert(project.to_owned(), stock.clone()));
            stock.begin();
            stock
        })
    }

    /// Forgets the lists and reads them again.
    pub fn read_again(&self) {
        self.tables.set(BTreeMap::new());
        self.partitions.set(BTreeMap::new());
        self.details.set(BTreeMap::new());
        self.begin();
    }

    /// Whether a list is on its way; subscribes.
    pub fn reading(&self) -> bool {
        self.schemas.with(Option::is_none)
            || self
                .tables
                .with(|all| all.values().any(|shelf| shelf.reading))
    }

    /// Reads the tables of a schema, unless that was begun.
    pub fn read_schema(&self, schema: &str) {
        if self.tables.with_untracked(|all| all.contains_key(schema)) {
            return;
        }
        let (stock, schema) = (self.clone(), schema.to_owned());
        stock.tables.update(|all| {
            all.insert(schema.clone(), Tables::default());
        });
        let turn = stock.turn.get_untracked();
        spawn(async move {
            let outcome = stock.read_pages(&schema, turn).await;
            stock.shelf(&schema, turn, |shelf| shelf.end(outcome));
        });
    }

    /// Reads the partitions of a table, unless that was begun. A table that has none is not asked for
    /// them: the service calls that a mistake.
    pub fn read_partitions(&self, name: &TableName) {
        if self.partitions.with_untracked(|all| all.contains_key(name)) {
            return;
        }
        let (stock, name) = (self.clone(), name.clone());
        stock.partitions.update(|all| {
            all.insert(name.clone(), Shelf::default());
        });
        spawn(async move {
            let outcome = stock.partition_pages(&name).await;
            stock.shelf_of(&name, |shelf| shelf.end(outcome));
        });
    }

    /// Reads the partitions of a table anew; those that are known stay until all have come.
    pub fn renew_partitions(&self, name: &TableName) {
        let known = self
            .partitions
            .with_untracked(|all| all.get(name).map(|shelf| shelf.reading));
        match known {
            None => return self.read_partitions(name),
            Some(true) => return,
            Some(false) => {}
        }
        let (stock, name) = (self.clone(), name.clone());
        spawn(async move {
            let mut items = Vec::new();
            let outcome = tables::partitions(&stock.target(), &name, |page| {
                items.extend(page.into_iter().map(Arc::new));
                true
            })
            .await;
            stock.shelf_of(&name, |shelf| {
                if outcome.is_ok() {
                    shelf.items = items;
                }
                shelf.end(outcome);
            });
        });
    }

    async fn partition_pages(&self, name: &TableName) -> Result<(), Problem> {
        let table = tables::get(&self.target(), &name.to_string()).await?;
        if table.schema.partition_keys.is_empty() {
            return Ok(());
        }
        tables::partitions(&self.target(), name, |page| {
            let mut page: Vec<_> = page.into_iter().map(Arc::new).collect();
            self.shelf_of(name, |shelf| shelf.items.append(&mut page))
        })
        .await
    }

    /// Changes what is known of a table's partitions; false when that is not wanted any more.
    fn shelf_of(&self, name: &TableName, change: impl FnOnce(&mut Shelf<Arc<Partition>>)) -> bool {
        let mut there = false;
        self.partitions.update(|all| {
            if let Some(shelf) = all.get_mut(name) {
                there = true;
                change(shelf);
            }
        });
        there
    }

    /// Reads one table, unless that was begun, and takes its comment into the search where the list
    /// did not tell it. A failure leaves gaps; the table's own page says what is wrong.
    pub fn read_table(&self, name: &TableName) {
        if self.details.with_untracked(|all| all.contains_key(name)) {
            return;
        }
        let (stock, name) = (self.clone(), name.clone());
        stock.details.update(|all| {
            all.insert(name.clone(), None);
        });
        spawn(async move {
            let Ok(table) = tables::get(&stock.target(), &name.to_string()).await else {
                return;
            };
            stock.learn(&name, &table.comment);
            stock.details.update(|all| {
                all.insert(name, Some(Arc::new(table)));
            });
        });
    }

    /// Reads some of the comments that the list did not tell; false when none is left to ask for.
    pub async fn read_comments(&self, together: usize) -> bool {
        let asked = self.details.get_untracked();
        let names: Vec<TableName> = self.tables.with_untracked(|all| {
            let entries = all.values().flat_map(|shelf| &shelf.items);
            let silent = entries.filter(|entry| entry.comment.is_none());
            let names = silent.map(|entry| entry.name.clone());
            names
                .filter(|name| !asked.contains_key(name))
                .take(together)
                .collect()
        });
        for name in &names {
            self.read_table(name);
        }
        let waits = |stock: &Self| {
            stock.details.with_untracked(|all| {
                names
                    .iter()
                    .any(|name| all.get(name).is_some_and(Option::is_none))
            })
        };
        // A table that cannot be read leaves its gap: nobody waits for it longer than this.
        for _ in 0..20 {
            if !waits(self) {
                break;
            }
            crate::api::sleep(50).await;
        }
        !names.is_empty()
    }

    fn learn(&self, name: &TableName, comment: &str) {
        let unknown = |entry: &Arc<Entry>| entry.name == *name && entry.comment.is_none();
        let there = self
            .tables
            .with_untracked(|all| all.values().any(|shelf| shelf.items.iter().any(unknown)));
        if !there {
            return;
        }
        let hay = Hay::new(comment, &Browser::default());
        self.tables.update(|all| {
            let entries = all.values_mut().flat_map(|shelf| shelf.items.iter_mut());
            for entry in entries.filter(|entry| unknown(entry)) {
                Arc::make_mut(entry).comment = Some((comment.to_owned(), hay.clone()));
            }
        });
    }

    /// A table was looked at.
    pub fn saw(&self, table: &str) {
        self.kept.update(|kept| kept.saw(table));
        self.kept.with_untracked(|kept| kept.write(&self.project));
    }

    /// Pins a table, or takes the pin away.
    pub fn pin(&self, table: &str) {
        self.kept.update(|kept| kept.pin(table));
        self.kept.with_untracked(|kept| kept.write(&self.project));
    }

    /// A table does not exist any more: it leaves the lists.
    pub fn forget(&self, name: &TableName) {
        self.kept.update(|kept| kept.forget(&name.to_string()));
        self.kept.with_untracked(|kept| kept.write(&self.project));
        self.tables.update(|all| {
            for shelf in all.values_mut() {
                shelf.items.retain(|entry| entry.name != *name);
            }
        });
        self.partitions.update(|all| {
            all.remove(name);
        });
    }

    fn target(&self) -> Target {
        Target {
            project: self.project.to_string(),
        }
    }

    fn begin(&self) {
        let stock = self.clone();
        stock.turn.update(|turn| *turn += 1);
        let turn = stock.turn.get_untracked();
        spawn(async move {
            let schemas = tables::schemas(&stock.target()).await;
            if stock.turn.get_untracked() != turn {
                return;
            }
            // Schemas that were open stay open; the default one is where most tables are.
            let open = stock.open.get_untracked();
            let first = [String::new(), DEFAULT_SCHEMA.to_owned()];
            let plain = schemas.is_empty();
            stock.schemas.set(Some(schemas.clone()));
            if plain {
                stock.read_schema(&first[0]);
            } else {
                stock.open.update(|open| {
                    open.insert(format!("s/{DEFAULT_SCHEMA}"));
                });
                for schema in schemas {
                    if schema == first[1] || open.contains(&format!("s/{schema}")) {
                        stock.read_schema(&schema);
                    }
                }
            }
        });
    }

    async fn read_pages(&self, schema: &str, turn: u32) -> Result<(), Problem> {
        let initials = Browser::default();
        let (target, mut marker) = (self.target(), None);
        let named = Some(schema).filter(|schema| !schema.is_empty());
        loop {
            let (items, next) = tables::page(&target, named, marker).await?;
            let entries = items.into_iter();
            let mut entries: Vec<_> = entries
                .map(|item| Arc::new(Entry::new(schema, item, &initials)))
                .collect();
            let there = self.shelf(schema, turn, |shelf| shelf.items.append(&mut entries));
            marker = next;
            if !there || marker.is_none() {
                return Ok(());
            }
        }
    }

    /// Changes what is known of a schema's tables; false when that is not wanted any more.
    fn shelf(&self, schema: &str, turn: u32, change: impl FnOnce(&mut Tables)) -> bool {
        if self.turn.get_untracked() != turn {
            return false;
        }
        let mut there = false;
        self.tables.update(|all| {
            if let Some(shelf) = all.get_mut(schema) {
                there = true;
                change(shelf);
            }
        });
        there
    }
}
