//! What an account may do to tables by SQL: its role in each project that a script names and, where a
//! bearer token brought the script, what the token's policy allows.

use super::policy::{READ, WRITE, covers};
use super::{Caller, privilege};
use crate::keys::{Keys, Role};
use sql::TableName;
use std::sync::Arc;

/// What a statement does, by the name that the service has for the privilege.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Looking at a table or reading its rows.
    Select,
    /// Naming the tables or schemas of a project.
    List,
    /// Making a table or view.
    CreateTable,
    /// Changing a definition.
    Alter,
    /// Removing a table, a view or a schema.
    Drop,
    /// Changing rows.
    Update,
    /// Making a schema.
    CreateSchema,
}

impl Action {
    fn name(self) -> &'static str {
        match self {
            Self::Select => "odps:Select",
            Self::List => "odps:List",
            Self::CreateTable => "odps:CreateTable",
            Self::Alter => "odps:Alter",
            Self::Drop => "odps:Drop",
            Self::Update => "odps:Update",
            Self::CreateSchema => "odps:CreateSchema",
        }
    }

    /// The role that it takes, and the action that a policy has for all of its kind.
    fn needs(self) -> (Role, &'static str) {
        match self {
            Self::Select | Self::List => (Role::Reader, READ),
            _ => (Role::Owner, WRITE),
        }
    }
}

/// The rights of a caller in all projects.
#[derive(Clone, Debug)]
pub(crate) struct Rights {
    keys: Arc<Keys>,
    caller: Caller,
}

impl Rights {
    pub(crate) fn new(keys: Arc<Keys>, caller: Caller) -> Self {
        Self { keys, caller }
    }

    /// The name of the account.
    pub(crate) fn owner(&self) -> &str {
        &self.caller.owner
    }

    /// The refusal of an action on a table; nothing if it is allowed.
    pub(crate) fn on_table(&self, action: Action, name: &TableName) -> Option<String> {
        let path = match name.schema.as_deref() {
            None | Some("" | "default") => format!("tables/{}", name.table),
            Some(schema) => format!("schemas/{schema}/tables/{}", name.table),
        };
        self.refusal(action, &name.project, &path)
    }

    /// The refusal of an action on what stands below a project, such as `schemas/s`.
    pub(crate) fn refusal(&self, action: Action, project: &str, path: &str) -> Option<String> {
        let (role, kind) = action.needs();
        let path = format!("projects/{project}/{path}");
        let is = self.keys.role(&self.caller.owner, project) >= Some(role);
        let opens = |policy| covers(policy, &path, &[kind, action.name()]);
        if is && self.caller.policy.as_ref().is_none_or(opens) {
            return None;
        }
        Some(privilege(action.name(), &path))
    }
}
