//! The configuration file of accounts and projects (`--config`), in JSON:
//!
//! ```json
//! {
//!   "accounts": [
//!     {"name": "ALIYUN$alice@example.com", "access_id": "…", "access_key": "…"},
//!     {"name": "ALIYUN$alice@example.com", "access_id": "…", "access_key": "…",
//!      "sts_token": "…", "expires": "2030-01-01T00:00:00Z"}
//!   ],
//!   "applications": [{"access_id": "…", "access_key": "…"}],
//!   "projects": [
//!     {"name": "sales", "comment": "", "owners": ["ALIYUN$alice@example.com"], "readers": []}
//!   ]
//! }
//! ```
//!
//! An account may have several key pairs. What is not known, named twice or missing is refused at the
//! start.

use crate::Error;
use odps::date;
use odps::sign::Account;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;
use wire::{Millis, Secret};

/// What the file says, checked.
#[derive(Debug, Default)]
pub(super) struct Configured {
    pub(super) pairs: Vec<Pair>,
    pub(super) applications: Vec<Account>,
    pub(super) projects: Vec<Project>,
}

/// A key pair and whose it is.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) owner: String,
    pub(super) account: Account,
    /// The token and the end of a temporary pair.
    pub(super) token: Option<(Secret, Option<Millis>)>,
}

/// A project and who may do what in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Project {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) comment: String,
    /// They may do everything.
    #[serde(default)]
    pub(crate) owners: Vec<String>,
    /// They may read, and run queries that only read.
    #[serde(default)]
    pub(crate) readers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    accounts: Vec<AccountEntry>,
    #[serde(default)]
    applications: Vec<ApplicationEntry>,
    #[serde(default)]
    projects: Vec<Project>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountEntry {
    name: String,
    access_id: String,
    access_key: String,
    sts_token: Option<String>,
    expires: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApplicationEntry {
    access_id: String,
    access_key: String,
}

/// Reads the file.
pub(super) fn read(path: &Path) -> Result<Configured, Error> {
    let text = std::fs::read(path).map_err(Error::file(path))?;
    let file = serde_json::from_slice(&text).map_err(|source| Error::Json {
        path: path.to_owned(),
        source,
    })?;
    check(file).map_err(|reason| Error::Config {
        path: path.to_owned(),
        reason,
    })
}

fn check(file: File) -> Result<Configured, String> {
    let names: BTreeSet<&str> = file
        .accounts
        .iter()
        .map(|entry| entry.name.as_str())
        .collect();
    let mut ids = BTreeSet::new();
    let accounts = file.accounts.iter().map(|entry| &entry.access_id);
    for id in accounts.chain(file.applications.iter().map(|entry| &entry.access_id)) {
        // These would cut the credential of a signature or a token in the wrong place.
        if id.is_empty() || id.contains([':', '/', ',', ' ']) || !id.is_ascii() {
            return Err(format!("{id:?} cannot be an access_id"));
        }
        if !ids.insert(id) {
            return Err(format!("the access_id {id} is there twice"));
        }
    }
    let mut projects = BTreeSet::new();
    for project in &file.projects {
        let name = &project.name;
        let sound = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name
                .chars()
                .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_');
        if !sound {
            return Err(format!(
                "{name:?} cannot be a project: lower-case letters, digits and _ can"
            ));
        }
        if !projects.insert(name) {
            return Err(format!("the project {name} is there twice"));
        }
        let members = project.owners.iter().chain(&project.readers);
        if let Some(stranger) = members
            .into_iter()
            .find(|who| !names.contains(who.as_str()))
        {
            return Err(format!("{stranger}, a member of {name}, is no account"));
        }
    }
    let pairs: Result<Vec<Pair>, String> = file.accounts.into_iter().map(pair).collect();
    let applications = file.applications.into_iter().map(|entry| Account {
        access_id: entry.access_id,
        access_key: Secret::new(entry.access_key),
    });
    Ok(Configured {
        pairs: pairs?,
        applications: applications.collect(),
        projects: file.projects,
    })
}

fn pair(entry: AccountEntry) -> Result<Pair, String> {
    let expires = entry.expires.map(|text| {
        date::parse_iso8601(&text)
            .ok_or_else(|| format!("expires: {text:?} is no moment such as 2030-01-01T00:00:00Z"))
    });
    let expires = expires.transpose()?;
    if expires.is_some() && entry.sts_token.is_none() {
        return Err(format!("{} expires and has no sts_token", entry.access_id));
    }
    Ok(Pair {
        owner: entry.name,
        account: Account {
            access_id: entry.access_id,
            access_key: Secret::new(entry.access_key),
        },
        token: entry.sts_token.map(|token| (Secret::new(token), expires)),
    })
}

#[cfg(test)]
mod tests {
    use super::check;

    fn read(text: &str) -> Result<super::Configured, String> {
        check(serde_json::from_str(text).map_err(|error| error.to_string())?)
    }

    #[test]
    fn says_what_is_wrong() {
        let account = r#"{"name": "a", "access_id": "I", "access_key": "K"}"#;
        for (text, what) in [
            (format!(r#"{{"accounts": [{account}, {account}]}}"#), "is there twice"),
            (
                r#"{"accounts": [{"name": "a", "access_id": "I:", "access_key": "K"}]}"#.into(),
                "cannot be an access_id",
            ),
            (
                r#"{"accounts": [{"name": "a", "access_id": "I", "access_key": "K", "sts_token": "T",
                    "expires": "soon"}]}"#
                    .into(),
                "is no moment",
            ),
            (r#"{"projects": [{"name": "../p"}]}"#.into(), "cannot be a project"),
            (
                r#"{"projects": [{"name": "p"}, {"name": "p"}]}"#.into(),
                "is there twice",
            ),
            (
                r#"{"projects": [{"name": "p", "readers": ["b"]}]}"#.into(),
                "is no account",
            ),
            (r#"{"project": []}"#.into(), "unknown field"),
        ] {
            let error = read(&text).expect_err(&text);
            assert!(error.contains(what), "{error}");
        }
        assert_eq!(read("{}").unwrap().pairs.len(), 0);
    }
}
