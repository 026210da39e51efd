//! Accounts and what they may do: the local account, drawn at the first start, which may do
//! everything, and those of the configuration file.

mod file;

use crate::{Error, seed, store::Store};
use odps::sign::Account;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use uuid::Uuid;
use wire::{Millis, Secret};

use file::{Configured, Pair, Project};

const FILE: &[&str] = &["keys.json"];

/// What `keys.json` holds. The store writes it with mode 0600.
#[derive(Serialize, Deserialize)]
struct Stored {
    access_id: String,
    access_key: String,
}

/// What an account may do in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Look at everything and run queries that change nothing.
    Reader,
    /// Everything.
    Owner,
}

impl Role {
    /// Both, the lesser first.
    pub(crate) const ALL: [Self; 2] = [Self::Reader, Self::Owner];

    /// The name under which clients see it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Owner => "owner",
        }
    }

    /// What it allows, by the names of the service.
    pub(crate) fn actions(self) -> &'static [&'static str] {
        match self {
            Self::Reader => &[
                "odps:Read",
                "odps:List",
                "odps:Describe",
                "odps:Select",
                "odps:Download",
                "odps:CreateInstance",
            ],
            Self::Owner => &["odps:*"],
        }
    }
}

/// All accounts.
#[derive(Debug)]
pub(crate) struct Keys {
    /// The account that the first start has drawn.
    pub(crate) local: Account,
    configured: Configured,
}

impl Keys {
    /// Reads the keys, or draws them at the first start, and the configuration file if there is one.
    pub(crate) fn open(store: &Store, config: Option<&Path>) -> Result<Self, Error> {
        let stored = match store.read_json(FILE)? {
            Some(stored) => stored,
            None => {
                let drawn = Stored {
                    access_id: format!("LOCAL{}", &random()[..16].to_uppercase()),
                    access_key: random(),
                };
                store.write_json(FILE, &drawn)?;
                drawn
            }
        };
        let access_key = Secret::new(stored.access_key);
        Ok(Self {
            local: Account {
                access_id: stored.access_id,
                access_key,
            },
            configured: config.map(file::read).transpose()?.unwrap_or_default(),
        })
    }

    /// The key of an access id.
    pub(crate) fn key_of(&self, access_id: &str) -> Option<Secret> {
        if access_id == self.local.access_id {
            return Some(self.local.access_key.clone());
        }
        Some(self.pair(access_id)?.account.access_key.clone())
    }

    /// Whose an access id is.
    pub(crate) fn owner_of(&self, access_id: &str) -> Option<&str> {
        if access_id == self.local.access_id {
            return Some(seed::OWNER);
        }
        Some(&self.pair(access_id)?.owner)
    }

    /// The token that has to come with a temporary key pair, and its end.
    pub(crate) fn token_of(&self, access_id: &str) -> Option<(&Secret, Option<Millis>)> {
        let (token, expires) = self.pair(access_id)?.token.as_ref()?;
        Some((token, *expires))
    }

    /// The key of an application.
    pub(crate) fn application_key(&self, access_id: &str) -> Option<Secret> {
        let mut all = self.configured.applications.iter();
        let found = all.find(|application| application.access_id == access_id)?;
        Some(found.access_key.clone())
    }

    /// A lasting key pair of an owner, for what acts in their name.
    pub(crate) fn account_of(&self, owner: &str) -> Option<&Account> {
        if owner == seed::OWNER {
            return Some(&self.local);
        }
        let mut pairs = self.configured.pairs.iter();
        let found = pairs.find(|pair| pair.owner == owner && pair.token.is_none())?;
        Some(&found.account)
    }

    /// What an owner may do in a project; nothing if they are no member.
    pub(crate) fn role(&self, owner: &str, project: &str) -> Option<Role> {
        if owner == seed::OWNER {
            return Some(Role::Owner);
        }
        let project = self.projects().iter().find(|known| known.name == project)?;
        let is = |members: &[String]| members.iter().any(|member| member == owner);
        if is(&project.owners) {
            return Some(Role::Owner);
        }
        is(&project.readers).then_some(Role::Reader)
    }

    /// The members of a project with their roles, by name. The local account is in all of them.
    pub(crate) fn members(&self, project: &str) -> Vec<(&str, Role)> {
        let known = self.projects().iter().find(|known| known.name == project);
        let named = known
            .into_iter()
            .flat_map(|known| known.owners.iter().chain(&known.readers));
        let names: BTreeSet<&str> = named.map(String::as_str).chain([seed::OWNER]).collect();
        let members = names.into_iter();
        members
            .filter_map(|name| Some((name, self.role(name, project)?)))
            .collect()
    }

    /// The projects of the configuration file.
    pub(crate) fn projects(&self) -> &[Project] {
        &self.configured.projects
    }

    fn pair(&self, access_id: &str) -> Option<&Pair> {
        let mut pairs = self.configured.pairs.iter();
        pairs.find(|pair| pair.account.access_id == access_id)
    }
}

/// 32 random hexadecimal digits: a key, or a token that is a valid DNS label.
pub(crate) fn random() -> String {
    Uuid::new_v4().simple().to_string()
}

#[cfg(test)]
mod tests {
    use super::{Keys, Role};
    use crate::seed;
    use crate::store::Store;

    #[test]
    fn keys_survive_and_are_private() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keys::open(&Store::open(folder.path()).unwrap(), None).unwrap();
        let again = Keys::open(&Store::open(folder.path()).unwrap(), None).unwrap();
        assert_eq!(first.local, again.local);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join("keys.json"))
                .unwrap()
                .permissions();
            assert_eq!(mode.mode() & 0o777, 0o600);
        }
        assert!(!format!("{first:?}").contains(first.local.access_key.expose()));
    }

    #[test]
    fn roles_are_those_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.json");
        let text = r#"{
            "accounts": [{"name": "a", "access_id": "IA", "access_key": "KA"},
                         {"name": "b", "access_id": "IB", "access_key": "KB"}],
            "projects": [{"name": "p", "owners": ["a"], "readers": ["b"]}]
        }"#;
        std::fs::write(&file, text).unwrap();
        let store = Store::open(&folder.path().join("data")).unwrap();
        let keys = Keys::open(&store, Some(&file)).unwrap();
        assert_eq!(keys.role("a", "p"), Some(Role::Owner));
        assert_eq!(keys.role("b", "p"), Some(Role::Reader));
        assert_eq!(keys.role("a", "q"), None);
        assert_eq!(keys.role(seed::OWNER, "q"), Some(Role::Owner));
        assert_eq!(keys.owner_of("IB"), Some("b"));
        assert_eq!(keys.account_of("b").unwrap().access_id, "IB");
        assert_eq!(keys.key_of("IC"), None);
        assert!(!format!("{keys:?}").contains("KA"));
    }
}
