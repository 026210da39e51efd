//! What is chosen on the page, and what follows from it.

mod refused;

use std::collections::BTreeMap;

use file::import::{Found, Looked, Policy, ReadOptions};
use leptos::prelude::*;
use odps::tables::Table;
use web_sys::File;

use super::plan::{self, Match, NewColumn};
use crate::api::file_worker::FileWorker;
use crate::api::tables::{self, TableName};
use crate::api::{self, Problem, uploads};
use crate::format;
use crate::route::Here;
use crate::state::prefs::{Prefs, Zone};
use crate::state::profile::Profile;
use crate::uploads::{Ask, Failure, Job, Tell};

/// Milliseconds that a name stands before its table is read.
const PAUSE: u64 = 250;
/// Rows that are left out at most, where the reader says nothing.
const MOST: u64 = 100;

/// What happens to a cell that does not fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Misfit {
    /// Everything stops.
    #[default]
    Stop,
    /// It becomes NULL.
    Null,
    /// Its row is left out.
    Reject,
}

/// What is chosen.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The file.
    pub file: RwSignal<Option<File>, LocalStorage>,
    /// What a first look shows, or why there is none.
    pub looked: RwSignal<Option<Result<Looked, Failure>>>,
    /// Whether it is looked at now.
    pub looking: RwSignal<bool>,
    /// The word for no value, as typed.
    pub null: RwSignal<String>,
    /// Whether the table is a new one.
    pub new: RwSignal<bool>,
    /// The name of the table, as typed.
    pub table: RwSignal<String>,
    /// What the service says about it.
    pub facts: RwSignal<Option<Result<Table, Problem>>>,
    /// Names and types of a new table that the reader changed.
    pub changed: RwSignal<BTreeMap<usize, (String, String)>>,
    /// Places in the file that the reader chose for columns of the table.
    pub places: RwSignal<BTreeMap<String, Option<usize>>>,
    /// The partition columns of a new table, as typed.
    pub keys: RwSignal<String>,
    /// The values of the partition columns.
    pub values: RwSignal<Vec<String>>,
    /// Whether the rows that are there go.
    pub overwrite: RwSignal<bool>,
    /// The name, typed once more.
    pub confirm: RwSignal<String>,
    /// What happens to cells that do not fit.
    pub misfit: RwSignal<Misfit>,
    /// How many rows are left out at most, as typed.
    pub most: RwSignal<String>,
    looker: StoredValue<Option<FileWorker>, LocalStorage>,
}

impl Draft {
    /// Nothing is chosen but the table of the address.
    pub fn begin() -> Self {
        let here = Here::expect();
        let table = here.query.get_untracked();
        let table = table.get("table").unwrap_or_default().to_owned();
        let draft = Self {
            file: RwSignal::new_local(None),
            looked: RwSignal::new(None),
            looking: RwSignal::new(false),
            null: RwSignal::new(String::new()),
            new: RwSignal::new(table.is_empty()),
            table: RwSignal::new(table),
            facts: RwSignal::new(None),
            changed: RwSignal::default(),
            places: RwSignal::default(),
            keys: RwSignal::default(),
            values: RwSignal::default(),
            overwrite: RwSignal::new(false),
            confirm: RwSignal::default(),
            misfit: RwSignal::default(),
            most: RwSignal::new(MOST.to_string()),
            looker: StoredValue::new_local(None),
        };
        draft.follow();
        on_cleanup(move || draft.let_go());
        draft
    }

    /// Takes a file and looks at it.
    pub fn take(self, file: File) {
        if self.new.get_untracked() && self.table.with_untracked(String::is_empty) {
            let name = file.name().to_ascii_lowercase();
            let stem = name.split('.').next().unwrap_or_default();
            let letter = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
            self.table.set(stem.chars().map(letter).collect());
        }
        self.file.set(Some(file));
        self.null.set(String::new());
        self.look(None);
    }

    /// Looks at the file, read in this way or as it seems.
    pub fn look(self, options: Option<ReadOptions>) {
        let Some(file) = self.file.get_untracked() else {
            return;
        };
        self.let_go();
        self.looking.set(true);
        self.changed.update(BTreeMap::clear);
        self.places.update(BTreeMap::clear);
        let hear = move |tell: Tell| {
            let looked = match tell {
                Tell::Looked(looked) => Ok(*looked),
                Tell::Failed { failure, .. } => Err(failure),
                _ => return,
            };
            self.looked.try_set(Some(looked));
            self.looking.try_set(false);
        };
        let worker = uploads::start(&Ask::Look { options }, &file, hear);
        self.looker.set_value(Some(worker));
    }

    /// What a first look shows; subscribes.
    pub fn seen(self) -> Option<Looked> {
        self.looked.get().and_then(Result::ok)
    }

    /// The columns of the file; subscribes.
    pub fn found(self) -> Vec<Found> {
        self.seen().map(|looked| looked.columns).unwrap_or_default()
    }

    /// The existing table; subscribes.
    pub fn existing(self) -> Option<Table> {
        match self.new.get() {
            true => None,
            false => self.facts.get().and_then(Result::ok),
        }
    }

    /// The columns of a new table; subscribes.
    pub fn columns(self) -> Vec<NewColumn> {
        let looked = self.seen();
        let columns = looked.map(|seen| {
            self.changed
                .with(|changed| plan::new_columns(&seen, changed))
        });
        columns.unwrap_or_default()
    }

    /// The columns of an existing table; subscribes.
    pub fn matches(self) -> Vec<Match> {
        let (Some(table), Some(looked)) = (self.existing(), self.seen()) else {
            return Vec::new();
        };
        let columns = &table.schema.columns;
        self.places
            .with(|places| plan::matches(columns, &looked, places))
    }

    /// The partition columns; none when they cannot be. Subscribes.
    pub fn partition_keys(self) -> Option<Vec<String>> {
        match self.existing() {
            Some(table) => {
                let keys = table.schema.partition_keys.into_iter();
                Some(keys.map(|key| key.name).collect())
            }
            None => plan::keys(&self.keys.get(), &self.columns()),
        }
    }

    /// The name of the table; subscribes.
    pub fn name(self) -> TableName {
        TableName::read(self.table.get().trim())
    }

    /// The zone of times without one; none for UTC. Subscribes.
    pub fn zone(self) -> Option<String> {
        match Prefs::expect().zone.get() {
            Zone::Utc => None,
            Zone::Browser => format::browser_zone(),
        }
    }

    /// The statement of a new table; subscribes.
    pub fn statement(self) -> Option<String> {
        let keys = self.partition_keys()?;
        let columns = self.columns();
        let good = self.new.get() && !columns.is_empty();
        good.then(|| plan::statement(&self.name(), &columns, &keys))
    }

    /// The work, as it is chosen now.
    pub fn job(self, project: String) -> Option<Job> {
        let looked = self.seen()?;
        let TableName { schema, table } = self.name();
        let keys = self.partition_keys()?;
        let partition = self.values.with(|values| plan::partition(&keys, values))?;
        let columns = match self.new.get() {
            true => {
                let columns = self.columns().into_iter();
                columns.map(|column| (column.name, column.source)).collect()
            }
            false => {
                let matches = self.matches().into_iter();
                let place = |one: Match| Some((one.name, one.source?));
                matches.filter_map(place).collect()
            }
        };
        Some(Job {
            project,
            schema,
            table,
            partition: Some(partition).filter(|partition| !partition.is_empty()),
            overwrite: self.overwrite.get() && !self.new.get(),
            options: looked.options,
            columns,
            policy: self.policy(),
            zone: self.zone(),
        })
    }

    fn policy(self) -> Policy {
        match self.misfit.get() {
            Misfit::Stop => Policy::Stop,
            Misfit::Null => Policy::Null,
            Misfit::Reject => {
                Policy::Reject(self.most.with(|most| most.trim().parse().unwrap_or(MOST)))
            }
        }
    }

    fn let_go(self) {
        self.looker
            .try_update_value(|looker| looker.take().map(|looker| looker.end()));
    }

    /// Reads the table whose name is typed, once the name stands.
    fn follow(self) {
        let profile = Profile::expect();
        let asked = Memo::new(move |_| (!self.new.get()).then(|| self.table.get()));
        Effect::new(move |_| {
            let asked_now = asked.get();
            let known = profile.get();
            self.facts.set(None);
            self.places.update(BTreeMap::clear);
            let Some(name) = asked_now.clone().filter(|name| !name.trim().is_empty()) else {
                return;
            };
            api::spawn(async move {
                api::sleep(PAUSE).await;
                if asked.try_get_untracked() != Some(asked_now.clone()) {
                    return;
                }
                let read = match api::target(known).await {
                    Ok(target) => tables::get(&target, name.trim()).await,
                    Err(problem) => Err(problem),
                };
                if asked.try_get_untracked() == Some(asked_now) {
                    self.facts.try_set(Some(read));
                }
            });
        });
    }
}
