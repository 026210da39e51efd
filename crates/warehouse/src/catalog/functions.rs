//! Functions that users have registered. They are kept and listed; SQL does not call them.

use super::db::{FUNCTIONS, Look as _};
use super::{Catalog, Place, Refusal};
use crate::{Error, clock};
use serde::{Deserialize, Serialize};
use wire::Millis;

/// A function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) created: Millis,
    pub(crate) class_type: String,
    /// Names of resources, those of other projects with their project.
    pub(crate) resources: Vec<String>,
}

impl Catalog {
    /// One function; names are not case-sensitive.
    pub(crate) fn function(&self, place: &Place, name: &str) -> Result<Option<Function>, Error> {
        let name = name.to_lowercase();
        self.db.read(|read| read.get(FUNCTIONS, place.key(&name)))
    }

    /// All functions of a place, by name, from behind a name on.
    pub(crate) fn functions(&self, place: &Place, after: &str) -> Result<Vec<Function>, Error> {
        let after = after.to_lowercase();
        let found = self.db.read(|read| {
            place.check(read)?;
            read.scan::<Function>(FUNCTIONS, place.key(&after), |key| {
                key.0 == place.project && key.1 == place.schema
            })
        })?;
        let all = found.into_iter().map(|(_, function)| function);
        Ok(all
            .filter(|function| after.is_empty() || function.name.to_lowercase() != after)
            .collect())
    }

    /// Registers a function.
    pub(crate) fn create_function(&self, place: &Place, function: Function) -> Result<(), Error> {
        super::tables::check_name(&function.name)?;
        let key = function.name.to_lowercase();
        self.db.write(|change| {
            place.check(change)?;
            if change
                .get::<Function>(FUNCTIONS, place.key(&key))?
                .is_some()
            {
                return Err(Refusal::FunctionExists(function.name.clone()).into());
            }
            let function = Function {
                created: clock::now(),
                ..function
            };
            change.put(FUNCTIONS, place.key(&key), &function)
        })
    }

    /// Changes a function; what is not given stays.
    pub(crate) fn update_function(
        &self,
        place: &Place,
        name: &str,
        alter: impl FnOnce(&mut Function),
    ) -> Result<(), Error> {
        let key = name.to_lowercase();
        self.db.write(|change| {
            let found = change.get::<Function>(FUNCTIONS, place.key(&key))?;
            let mut function = found.ok_or_else(|| Refusal::NoFunction(name.to_owned()))?;
            alter(&mut function);
            change.put(FUNCTIONS, place.key(&key), &function)
        })
    }

    /// Removes a function.
    pub(crate) fn drop_function(&self, place: &Place, name: &str) -> Result<(), Error> {
        let key = name.to_lowercase();
        self.db
            .write(|change| match change.remove(FUNCTIONS, place.key(&key))? {
                true => Ok(()),
                false => Err(Refusal::NoFunction(name.to_owned()).into()),
            })
    }
}
