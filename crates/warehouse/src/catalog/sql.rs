//! The catalogue as the SQL engine sees it: what one account may see and change from one project.

use super::{Catalog, Column, DataFile, Kind, Mode, Name, Refusal, Table, bytes, rows, within};
use crate::auth::{Action, Rights};
use crate::{Error, clock};
use odps::tables::PartitionSpec;
use sql::{Alter, CatalogError, Commit, DataSet, Facts, TableDef, TableName};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use wire::Millis;

/// A view of the catalogue for one run of SQL. Files that it has named stay on disk until it goes.
pub(crate) struct SqlCatalog {
    catalog: Arc<Catalog>,
    project: String,
    rights: Rights,
    held: Mutex<Vec<DataFile>>,
}

impl SqlCatalog {
    /// For an account, in a project. What is named in other projects is looked at with the same
    /// rights, views included: what a view reads must be open to whoever asks.
    pub(crate) fn new(catalog: Arc<Catalog>, project: &str, rights: Rights) -> Self {
        Self {
            catalog,
            project: project.to_owned(),
            rights,
            held: Mutex::default(),
        }
    }

    /// Refuses an action on a table for which the rights do not suffice.
    fn may(&self, action: Action, name: &TableName) -> Result<(), CatalogError> {
        let refusal = self.rights.on_table(action, name);
        refusal.map_or(Ok(()), |text| Err(CatalogError::Denied(text)))
    }

    /// As [`Self::may`], for what stands below a project. One that is not there is said to be so.
    fn may_in(&self, action: Action, project: &str, path: &str) -> Result<(), CatalogError> {
        if self
            .catalog
            .project(project)
            .map_err(failed_in(project))?
            .is_none()
        {
            return Err(CatalogError::NoSuchProject(project.to_owned()));
        }
        let refusal = self.rights.refusal(action, project, path);
        refusal.map_or(Ok(()), |text| Err(CatalogError::Denied(text)))
    }

    fn found(&self, name: &TableName) -> Result<Table, CatalogError> {
        let found = self.catalog.table(&key(name)).map_err(failed(name))?;
        found.ok_or_else(|| CatalogError::NoSuchTable(name.clone()))
    }

    /// The definition as a table of the catalogue.
    fn described(&self, name: &TableName, def: TableDef) -> Table {
        let list = |columns: &[odps::types::Column]| {
            let all = columns.iter();
            all.map(|column| Column {
                name: column.name.to_lowercase(),
                ..Column::from(column)
            })
            .collect()
        };
        Table {
            kind: match def.view {
                Some(_) => Kind::View,
                None => Kind::Managed,
            },
            comment: def.comment,
            partition_keys: list(&def.partitions),
            lifecycle: def.lifecycle,
            view_text: def.view,
            properties: def.properties.into_iter().collect(),
            defaults: def.defaults,
            ..Table::new(
                &key(name),
                self.rights.owner(),
                list(&def.columns),
                clock::now(),
            )
        }
    }
}

fn key(name: &TableName) -> Name {
    Name::new(&name.project, name.schema.as_deref(), &name.table)
}

fn seconds(at: Millis) -> i64 {
    i64::try_from(at / 1000).unwrap_or(i64::MAX)
}

/// The catalogue's own words as those of the engine.
fn failed(name: &TableName) -> impl Fn(Error) -> CatalogError + use<> {
    let name = name.clone();
    move |error| match error {
        Error::Refused(refusal) => match refusal {
            Refusal::NoProject(project) => CatalogError::NoSuchProject(project),
            Refusal::NoSchema(schema) => CatalogError::NoSuchSchema(schema),
            Refusal::SchemaExists(schema) => CatalogError::SchemaExists(schema),
            Refusal::NoTable(_) => CatalogError::NoSuchTable(name.clone()),
            Refusal::TableExists(_) => CatalogError::TableExists(name.clone()),
            Refusal::NoPartition(spec) => CatalogError::NoSuchPartition(spec),
            Refusal::PartitionExists { spec, .. } => CatalogError::PartitionExists(spec),
            Refusal::IsView(name) => CatalogError::Invalid(format!("{name} is a view")),
            Refusal::NotView(name) => CatalogError::Invalid(format!("{name} is not a view")),
            Refusal::BadColumns(text) => CatalogError::Invalid(text),
            Refusal::BadName(name) => {
                CatalogError::Invalid(format!("'{name}' is not a valid name"))
            }
            other => CatalogError::Invalid(other.to_string()),
        },
        error if error.is_full() => {
            CatalogError::Storage("the disk of the data folder is full".to_owned())
        }
        error => CatalogError::Storage(error.to_string()),
    }
}

/// As [`failed`], where no table is named.
fn failed_in(project: &str) -> impl Fn(Error) -> CatalogError + use<> {
    failed(&TableName::new(project, ""))
}

impl sql::Catalog for SqlCatalog {
    fn project(&self) -> &str {
        &self.project
    }

    fn table(&self, name: &TableName) -> Result<Option<TableDef>, CatalogError> {
        if self
            .catalog
            .project(&name.project)
            .map_err(failed(name))?
            .is_none()
        {
            return Ok(None);
        }
        self.may(Action::Select, name)?;
        let table = self.catalog.table(&key(name)).map_err(failed(name))?;
        Ok(table.map(|table| TableDef {
            columns: table.columns.iter().map(Column::to_wire).collect(),
            partitions: table.partition_keys.iter().map(Column::to_wire).collect(),
            comment: table.comment,
            lifecycle: table.lifecycle,
            view: table.view_text,
            properties: table.properties.into_iter().collect(),
            defaults: table.defaults,
            facts: Facts {
                owner: table.owner,
                created: seconds(table.created),
                altered: seconds(table.described),
                modified: seconds(table.modified),
            },
        }))
    }

    fn tables(&self, project: &str, schema: Option<&str>) -> Result<Vec<String>, CatalogError> {
        self.may_in(Action::List, project, "tables")?;
        let tables = self.catalog.tables(project, schema, None);
        let tables = tables.map_err(failed_in(project))?;
        Ok(tables.into_iter().map(|table| table.name).collect())
    }

    fn data(
        &self,
        name: &TableName,
        filter: Option<&PartitionSpec>,
    ) -> Result<Vec<DataSet>, CatalogError> {
        self.may(Action::Select, name)?;
        let table = self.found(name)?;
        let partitions = self.catalog.partitions(&table).map_err(failed(name))?;
        let wanted = partitions
            .into_iter()
            .filter(|one| filter.is_none_or(|filter| within(&one.spec, filter)));
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(wanted
            .map(|one| {
                let set = DataSet {
                    files: one.files.iter().map(|file| file.path.clone()).collect(),
                    rows: rows(&one.files),
                    bytes: bytes(&one.files),
                    created: seconds(one.created),
                    modified: seconds(one.modified),
                    spec: one.spec,
                };
                held.extend(one.files);
                set
            })
            .collect())
    }

    fn create_table(&self, name: &TableName, def: TableDef) -> Result<(), CatalogError> {
        self.may(Action::CreateTable, name)?;
        let table = self.described(name, def);
        self.catalog.create_table(&table).map_err(failed(name))
    }

    fn replace_view(&self, name: &TableName, def: TableDef) -> Result<(), CatalogError> {
        self.may(Action::Alter, name)?;
        let table = self.described(name, def);
        self.catalog.replace_view(&table).map_err(failed(name))
    }

    fn drop_table(&self, name: &TableName) -> Result<(), CatalogError> {
        self.may(Action::Drop, name)?;
        let kind = self.found(name)?.kind;
        self.catalog
            .drop_table(&key(name), kind)
            .map_err(failed(name))
    }

    fn rename_table(&self, name: &TableName, to: &str) -> Result<(), CatalogError> {
        self.may(Action::Alter, name)?;
        let new = TableName {
            table: to.to_owned(),
            ..name.clone()
        };
        self.may(Action::CreateTable, &new)?;
        let renamed = self.catalog.rename_table(&key(name), to);
        renamed.map_err(|error| match &error {
            Error::Refused(Refusal::TableExists(_)) => failed(&new)(error),
            _ => failed(name)(error),
        })
    }

    fn alter_table(&self, name: &TableName, change: Alter) -> Result<(), CatalogError> {
        self.may(Action::Alter, name)?;
        let altered = self
            .catalog
            .alter_table(&key(name), |table| alter(table, change));
        altered.map_err(failed(name))
    }

    fn truncate(&self, name: &TableName, partitions: &[PartitionSpec]) -> Result<(), CatalogError> {
        self.may(Action::Update, name)?;
        self.catalog
            .truncate(&key(name), partitions)
            .map_err(failed(name))
    }

    fn add_partitions(
        &self,
        name: &TableName,
        specs: &[PartitionSpec],
        if_not_exists: bool,
    ) -> Result<(), CatalogError> {
        self.may(Action::Alter, name)?;
        let added = self
            .catalog
            .add_partitions(&key(name), specs, if_not_exists);
        added.map_err(failed(name))
    }

    fn drop_partitions(
        &self,
        name: &TableName,
        specs: &[PartitionSpec],
        if_exists: bool,
    ) -> Result<(), CatalogError> {
        self.may(Action::Alter, name)?;
        let dropped = self.catalog.drop_partitions(&key(name), specs, if_exists);
        dropped.map_err(failed(name))
    }

    fn merge_partitions(
        &self,
        name: &TableName,
        from: &[PartitionSpec],
        into: &PartitionSpec,
    ) -> Result<(), CatalogError> {
        self.may(Action::Alter, name)?;
        let merged = self.catalog.merge_partitions(&key(name), from, into);
        merged.map_err(failed(name))
    }

    fn write(&self, name: &TableName) -> Result<Box<dyn sql::Write>, CatalogError> {
        self.may(Action::Update, name)?;
        let write = self.catalog.write(&key(name)).map_err(failed(name))?;
        Ok(Box::new(SqlWrite {
            write,
            name: name.clone(),
        }))
    }

    fn schemas(&self, project: &str) -> Result<Vec<String>, CatalogError> {
        self.may_in(Action::List, project, "schemas")?;
        let schemas = self.catalog.schemas(project).map_err(failed_in(project))?;
        Ok(schemas.into_iter().map(|schema| schema.name).collect())
    }

    fn create_schema(&self, project: &str, name: &str) -> Result<(), CatalogError> {
        self.may_in(Action::CreateSchema, project, &format!("schemas/{name}"))?;
        let owner = self.rights.owner();
        let made = self.catalog.create_schema(project, name, owner, "");
        made.map_err(failed_in(project))
    }

    fn drop_schema(&self, project: &str, name: &str) -> Result<(), CatalogError> {
        self.may_in(Action::Drop, project, &format!("schemas/{name}"))?;
        let dropped = self.catalog.drop_schema(project, name);
        dropped.map_err(failed_in(project))
    }
}

/// Changes the definition.
fn alter(table: &mut Table, change: Alter) -> Result<(), Refusal> {
    match change {
        Alter::AddColumns(columns) => table.columns.extend(columns.iter().map(|column| Column {
            name: column.name.to_lowercase(),
            ..Column::from(column)
        })),
        Alter::ColumnComment(name, comment) => {
            let mut columns = table.columns.iter_mut().chain(&mut table.partition_keys);
            let found = columns.find(|column| column.name.eq_ignore_ascii_case(&name));
            let none = || Refusal::BadColumns(format!("column {name} cannot be resolved"));
            found.ok_or_else(none)?.comment = comment;
        }
        Alter::Comment(comment) => table.comment = comment,
        Alter::Lifecycle(days) => table.lifecycle = days,
        Alter::Touch => {}
        Alter::Properties(properties) => table.properties.extend(properties),
        Alter::Owner(owner) => table.owner = owner,
        _ => return Err(Refusal::BadColumns("this change is not known".to_owned())),
    }
    Ok(())
}

struct SqlWrite {
    write: super::Write,
    name: TableName,
}

impl sql::Write for SqlWrite {
    fn file(&mut self, spec: &PartitionSpec) -> Result<PathBuf, CatalogError> {
        self.write.file(spec).map_err(failed(&self.name))
    }

    fn commit(self: Box<Self>, commit: Commit) -> Result<u64, CatalogError> {
        let mode = match commit.overwrite {
            true => Mode::OverwritePartitions(commit.partitions),
            false => Mode::AppendTo(commit.partitions),
        };
        let done = match commit.shape {
            None => self.write.commit(mode, None),
            Some(shape) => {
                let columns = shape.columns.iter().map(Column::from).collect();
                self.write.reshape(mode, columns, shape.defaults)
            }
        };
        Ok(done.map_err(failed(&self.name))?.rows)
    }
}
