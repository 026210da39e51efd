//! Projects and their schemas.

use super::db::{Look as _, PROJECTS, SCHEMAS, TABLES};
use super::{Catalog, DEFAULT_SCHEMA, Project, Refusal, Schema, Table};
use crate::{Error, clock};

impl Catalog {
    /// Makes a project unless it is there; owner and comment follow what is given.
    pub(crate) fn ensure_project(
        &self,
        name: &str,
        owner: &str,
        comment: &str,
    ) -> Result<(), Error> {
        if name.is_empty() || name.len() > 128 || name.chars().any(|c| c.is_control() || c == '/') {
            return Err(Refusal::BadName(name.to_owned()).into());
        }
        self.db.write(|change| {
            let now = clock::now();
            let found = change.get::<Project>(PROJECTS, (name, "", ""))?;
            let project = match &found {
                Some(found) => Project {
                    owner: owner.to_owned(),
                    comment: comment.to_owned(),
                    ..found.clone()
                },
                None => Project {
                    name: name.to_owned(),
                    owner: owner.to_owned(),
                    comment: comment.to_owned(),
                    created: now,
                    modified: now,
                    properties: Default::default(),
                },
            };
            if found.as_ref() == Some(&project) {
                return Ok(());
            }
            change.put(PROJECTS, (name, "", ""), &project)?;
            if found.is_none() {
                let schema = Schema {
                    name: DEFAULT_SCHEMA.to_owned(),
                    owner: owner.to_owned(),
                    comment: String::new(),
                    created: now,
                    modified: now,
                };
                change.put(SCHEMAS, (name, DEFAULT_SCHEMA, ""), &schema)?;
            }
            Ok(())
        })
    }

    /// One project.
    pub(crate) fn project(&self, name: &str) -> Result<Option<Project>, Error> {
        self.db.read(|read| read.get(PROJECTS, (name, "", "")))
    }

    /// All projects, by name.
    pub(crate) fn projects(&self) -> Result<Vec<Project>, Error> {
        let found = self
            .db
            .read(|read| read.scan(PROJECTS, ("", "", ""), |_| true))?;
        Ok(found.into_iter().map(|(_, project)| project).collect())
    }

    /// Changes a project's comment and properties.
    pub(crate) fn change_project(
        &self,
        name: &str,
        alter: impl FnOnce(&mut Project),
    ) -> Result<(), Error> {
        self.db.write(|change| {
            let found = change.get::<Project>(PROJECTS, (name, "", ""))?;
            let mut project = found.ok_or_else(|| Refusal::NoProject(name.to_owned()))?;
            alter(&mut project);
            project.modified = clock::now();
            change.put(PROJECTS, (name, "", ""), &project)
        })
    }

    /// Whether there is such a project.
    pub(crate) fn has_project(&self, name: &str) -> Result<bool, Error> {
        Ok(self.project(name)?.is_some())
    }

    /// One schema; names are not case-sensitive.
    pub(crate) fn schema(&self, project: &str, name: &str) -> Result<Option<Schema>, Error> {
        let name = name.to_lowercase();
        self.db.read(|read| read.get(SCHEMAS, (project, &name, "")))
    }

    /// All schemas of a project, by name.
    pub(crate) fn schemas(&self, project: &str) -> Result<Vec<Schema>, Error> {
        let found = self
            .db
            .read(|read| read.scan(SCHEMAS, (project, "", ""), |key| key.0 == project))?;
        Ok(found.into_iter().map(|(_, schema)| schema).collect())
    }

    /// Makes a schema.
    pub(crate) fn create_schema(
        &self,
        project: &str,
        name: &str,
        owner: &str,
        comment: &str,
    ) -> Result<(), Error> {
        let name = name.to_lowercase();
        super::tables::check_name(&name)?;
        self.db.write(|change| {
            if change
                .get::<Project>(PROJECTS, (project, "", ""))?
                .is_none()
            {
                return Err(Refusal::NoProject(project.to_owned()).into());
            }
            if change
                .get::<Schema>(SCHEMAS, (project, &name, ""))?
                .is_some()
            {
                return Err(Refusal::SchemaExists(name.clone()).into());
            }
            let now = clock::now();
            let schema = Schema {
                name: name.clone(),
                owner: owner.to_owned(),
                comment: comment.to_owned(),
                created: now,
                modified: now,
            };
            change.put(SCHEMAS, (project, &name, ""), &schema)
        })
    }

    /// Drops a schema that holds nothing.
    pub(crate) fn drop_schema(&self, project: &str, name: &str) -> Result<(), Error> {
        let name = name.to_lowercase();
        self.db.write(|change| {
            let held = change.scan::<Table>(TABLES, (project, &name, ""), |key| {
                key.0 == project && key.1 == name
            })?;
            if name == DEFAULT_SCHEMA || !held.is_empty() {
                return Err(Refusal::SchemaInUse(name.clone()).into());
            }
            match change.remove(SCHEMAS, (project, &name, ""))? {
                true => Ok(()),
                false => Err(Refusal::NoSchema(name.clone()).into()),
            }
        })
    }
}
