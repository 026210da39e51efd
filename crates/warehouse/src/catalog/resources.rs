//! Resources: what is said of them, and their contents in files that are never changed.

use super::Catalog;
use super::db::{Look as _, RESOURCES, SCHEMAS};
use super::{Refusal, Schema};
use crate::{Error, clock};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use wire::Millis;

/// The folder of the contents among the data files.
const FOLDER: &str = "resources";

/// A resource without its content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Resource {
    pub(crate) name: String,
    /// `file`, `py`, `jar`, `archive`, `table`, …
    pub(crate) kind: String,
    pub(crate) owner: String,
    /// Who changed it last.
    pub(crate) updator: String,
    pub(crate) comment: Option<String>,
    pub(crate) temp: bool,
    pub(crate) created: Millis,
    pub(crate) modified: Millis,
    pub(crate) size: u64,
    /// MD5 of the content, in hexadecimal.
    pub(crate) md5: String,
    /// The table of a `table` resource: `project.table partition(…)`.
    #[serde(default)]
    pub(crate) table: Option<String>,
    /// The path of a volume resource.
    #[serde(default)]
    pub(crate) volume: Option<String>,
    /// The file of the content.
    pub(crate) content: Option<String>,
}

/// A place in a project: where names of resources and functions are unique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) project: String,
    pub(crate) schema: String,
}

impl Place {
    /// A schema, or the one that every project has.
    pub(crate) fn new(project: &str, schema: Option<&str>) -> Self {
        let schema = schema.filter(|schema| !schema.is_empty());
        Self {
            project: project.to_owned(),
            schema: schema.unwrap_or(super::DEFAULT_SCHEMA).to_lowercase(),
        }
    }

    pub(super) fn key<'a>(&'a self, name: &'a str) -> super::db::Key<'a> {
        (&self.project, &self.schema, name)
    }

    /// Refuses a place that is not there.
    pub(super) fn check(&self, look: &impl super::db::Look) -> Result<(), Error> {
        let found = look.get::<Schema>(SCHEMAS, (&self.project, &self.schema, ""))?;
        match found {
            Some(_) => Ok(()),
            None => Err(Refusal::NoSchema(self.schema.clone()).into()),
        }
    }
}

/// Whether a resource of the name may, may not or must be there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Put {
    Create,
    Replace,
}

impl Catalog {
    /// One resource.
    pub(crate) fn resource(&self, place: &Place, name: &str) -> Result<Option<Resource>, Error> {
        self.db.read(|read| read.get(RESOURCES, place.key(name)))
    }

    /// All resources of a place, by name, from behind a name on.
    pub(crate) fn resources(&self, place: &Place, after: &str) -> Result<Vec<Resource>, Error> {
        let found = self.db.read(|read| {
            place.check(read)?;
            read.scan::<Resource>(RESOURCES, place.key(after), |key| {
                key.0 == place.project && key.1 == place.schema
            })
        })?;
        let all = found.into_iter().map(|(_, resource)| resource);
        Ok(all
            .filter(|resource| after.is_empty() || resource.name != after)
            .collect())
    }

    /// The content of a resource, or a part of it.
    pub(crate) fn content(
        &self,
        place: &Place,
        name: &str,
        offset: u64,
        size: Option<u64>,
    ) -> Result<Option<Bytes>, Error> {
        let opened = {
            // Nothing is removed until the file is open.
            let _giver = self.files.giver();
            let Some(found) = self.resource(place, name)? else {
                return Ok(None);
            };
            if offset >= found.size {
                return Ok(Some(Bytes::new()));
            }
            found.content.map(|content| {
                let path = self.files.path(&content);
                File::open(&path)
                    .map_err(Error::file(&path))
                    .map(|file| (file, path))
            })
        };
        let Some(opened) = opened else {
            return Ok(Some(Bytes::new()));
        };
        let (mut file, path) = opened?;
        let mut content = Vec::new();
        file.seek(SeekFrom::Start(offset))
            .and_then(|_| {
                file.take(size.unwrap_or(u64::MAX))
                    .read_to_end(&mut content)
            })
            .map_err(Error::file(path))?;
        Ok(Some(content.into()))
    }

    /// Stores a resource with a content of these pieces; `parts` are resources that go with it.
    pub(crate) fn put_resource(
        &self,
        place: &Place,
        mut resource: Resource,
        content: Option<&[Bytes]>,
        put: Put,
        parts: &[String],
    ) -> Result<(), Error> {
        let name = resource.name.clone();
        if name.is_empty() || name.len() > 512 || name.chars().any(char::is_control) {
            return Err(Refusal::BadName(name).into());
        }
        if let Some(pieces) = content {
            let file = self.files.name(FOLDER, "bin")?;
            if let Err(error) = self.fill(&file, pieces) {
                self.files.doom([&file]);
                return Err(error);
            }
            resource.size = pieces
                .iter()
                .map(|piece| u64::try_from(piece.len()).unwrap_or(0))
                .sum();
            resource.md5 = md5(pieces);
            resource.content = Some(file);
        }
        let written = resource.content.clone();
        let stored = self.db.write(|change| {
            place.check(change)?;
            let old = change.get::<Resource>(RESOURCES, place.key(&name))?;
            match (&old, put) {
                (Some(_), Put::Create) => return Err(Refusal::ResourceExists(name.clone()).into()),
                (None, Put::Replace) => return Err(Refusal::NoResource(name.clone()).into()),
                _ => {}
            }
            let now = clock::now();
            resource.created = old.as_ref().map_or(now, |old| old.created);
            resource.modified = now;
            if let Some(old) = &old {
                resource.owner.clone_from(&old.owner);
            }
            change.put(RESOURCES, place.key(&name), &resource)?;
            let mut gone: Vec<String> = old.and_then(|old| old.content).into_iter().collect();
            for part in parts {
                if let Some(part) = change.get::<Resource>(RESOURCES, place.key(part))? {
                    change.remove(RESOURCES, place.key(&part.name))?;
                    gone.extend(part.content);
                }
            }
            Ok(gone)
        });
        match stored {
            Ok(gone) => self.files.doom(&gone),
            Err(error) => {
                self.files.doom(&written);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Writes the file of a content and makes it last.
    fn fill(&self, name: &str, pieces: &[Bytes]) -> Result<(), Error> {
        let path = self.files.path(name);
        let failed = || Error::file(&path);
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(failed())?;
        for piece in pieces {
            file.write_all(piece).map_err(failed())?;
        }
        file.sync_data().map_err(failed())?;
        self.files.seal_folder(FOLDER)
    }

    /// Removes a resource.
    pub(crate) fn drop_resource(&self, place: &Place, name: &str) -> Result<(), Error> {
        let gone = self.db.write(|change| {
            let old = change.get::<Resource>(RESOURCES, place.key(name))?;
            let old = old.ok_or_else(|| Refusal::NoResource(name.to_owned()))?;
            change.remove(RESOURCES, place.key(name))?;
            Ok(old.content)
        })?;
        self.files.doom(&gone);
        Ok(())
    }

    /// Removes the temporary resources of earlier runs: nobody else does.
    pub(super) fn sweep_resources(&self) -> Result<(), Error> {
        let all = self
            .db
            .read(|read| read.scan::<Resource>(RESOURCES, ("", "", ""), |_| true))?;
        for ([project, schema, name], resource) in all {
            if resource.temp {
                self.drop_resource(&Place { project, schema }, &name)?;
            }
        }
        Ok(())
    }
}

/// The contents that are listed.
pub(super) fn listed(read: &super::db::Read) -> Result<Vec<String>, Error> {
    let all = read.scan::<Resource>(RESOURCES, ("", "", ""), |_| true)?;
    Ok(all
        .into_iter()
        .filter_map(|(_, resource)| resource.content)
        .collect())
}

/// MD5 in hexadecimal digits, as the protocol has it for resources.
pub(crate) fn md5(pieces: &[Bytes]) -> String {
    use md5::{Digest as _, Md5};
    let mut sum = Md5::new();
    for piece in pieces {
        sum.update(piece);
    }
    sum.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
