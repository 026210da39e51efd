//! Who may do what in a project: the queries of `run_security_query` that only ask, and the lists of
//! users and roles. Authority: `project.py`, `security/users.py` and `security/roles.py` of PyODPS 0.9
//! to 0.13. Members and roles are those of the configuration; nothing here changes them.

use super::{bad, document, escape, internal, parts, rooted, texts};
use crate::app::App;
use crate::auth::Caller;
use crate::catalog::{Name, Refusal};
use crate::keys::Role;
use crate::routes::page;
use http::{Method, StatusCode};
use odps::Error;
use serde_json::{Value, json};
use wire::{Request, Response};

/// Answers a request to `…/authorization`, `…/users[/<id>]` and `…/roles[/<name>]`, if it is one.
pub(super) fn answer(
    app: &App,
    project: &str,
    caller: &Caller,
    request: &Request,
) -> Option<Result<Response, Error>> {
    let parts = parts(request);
    let below: Vec<&str> = parts.iter().skip(2).map(String::as_str).collect();
    let asks = |name| super::query(request, name).is_some();
    let desk = Desk { app, project };
    Some(match (request.method(), below.as_slice()) {
        (&Method::POST, ["authorization"]) => desk.query(caller, request),
        (&Method::GET, ["users"]) => Ok(desk.users(None)),
        (&Method::GET, ["users", id]) => desk.user(id).map(|(name, role)| match asks("roles") {
            true => roles(&[role]),
            false => xml(&user(name)),
        }),
        (&Method::GET, ["roles"]) => Ok(roles(&Role::ALL)),
        (&Method::GET, ["roles", name]) if !asks("policy") => {
            role(name).map(|role| match asks("users") {
                true => desk.users(Some(role)),
                false => xml(&format!("<Role><Name>{}</Name></Role>", role.name())),
            })
        }
        _ => return None,
    })
}

/// The members of one project.
struct Desk<'a> {
    app: &'a App,
    project: &'a str,
}

impl<'a> Desk<'a> {
    fn members(&self) -> Vec<(&'a str, Role)> {
        self.app.keys.members(self.project)
    }

    /// A member by its id or its name.
    fn user(&self, wanted: &str) -> Result<(&'a str, Role), Error> {
        let mut members = self.members().into_iter();
        let found =
            members.find(|(name, _)| name.eq_ignore_ascii_case(wanted) || id(name) == wanted);
        found.ok_or_else(|| {
            let project = self.project;
            let text = format!("ODPS-0420111: User not found - '{wanted}' is not in {project}");
            Error::no_such_object(text)
        })
    }

    fn users(&self, only: Option<Role>) -> Response {
        let members = self.members().into_iter();
        let items: String = members
            .filter(|(_, role)| only.is_none_or(|only| only == *role))
            .map(|(name, _)| user(name))
            .collect();
        document("Users", None, &items)
    }

    /// A security query.
    fn query(&self, caller: &Caller, request: &Request) -> Result<Response, Error> {
        let body = rooted(request, "Authorization")?;
        let root = body.root_element();
        let one = |name| texts(root, name).into_iter().next().unwrap_or_default();
        let (text, answer) = self.told(&caller.owner, &one("Query"))?;
        let result = match one("ResponseInJsonFormat").eq_ignore_ascii_case("true") {
            true => answer.to_string(),
            false => text,
        };
        let result = escape(&result);
        Ok(xml(&format!(
            "<Authorization><Result>{result}</Result></Authorization>"
        )))
    }

    /// The answer to a query as text and as JSON.
    fn told(&self, asker: &str, query: &str) -> Result<(String, Value), Error> {
        let query = query.trim().trim_end_matches(';');
        let words: Vec<&str> = query.split_whitespace().collect();
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        match lower.as_slice() {
            ["whoami"] => {
                let (id, project) = (id(asker), self.project);
                let text = format!("Name: {asker}\nID: {id}\nProject: {project}\n");
                let answer = json!({"DisplayName": asker, "ID": id, "Project": project});
                Ok((text, answer))
            }
            ["list", "users"] => {
                let members = self.members();
                let names = members.iter().map(|(name, _)| *name);
                let all = members.iter();
                let all = all.map(|(name, _)| json!({"DisplayName": name, "ID": id(name)}));
                Ok((lines(names), all.collect()))
            }
            ["list", "roles"] => {
                let names = || Role::ALL.into_iter().map(Role::name);
                let all = names().map(|name| json!({"Name": name}));
                Ok((lines(names()), all.collect()))
            }
            ["describe" | "desc", "role", _] => {
                let role = role(words[2])?;
                let members = self.members().into_iter();
                let users = members.filter(|(_, is)| *is == role).map(|(name, _)| name);
                let users: Vec<&str> = users.collect();
                let grant = Grant::new(role, role.name(), format!("projects/{}", self.project));
                let text = format!("[users]\n{}\n\n{}", users.join(", "), grant.text());
                let answer = json!({"Name": role.name(), "Users": users, "ACL": [grant.json()]});
                Ok((text, answer))
            }
            ["show", "grants"] => self.grants(asker),
            ["show", "grants", "for", ..] => match words[3..] {
                [name] => self.grants(self.user(name)?.0),
                [kind, name] if kind.eq_ignore_ascii_case("user") => {
                    self.grants(self.user(name)?.0)
                }
                _ => Err(other(query)),
            },
            ["show", "acl", "for", "table", _]
            | ["show", "acl", "for", _, "on", "type", "table"] => {
                self.acl(words[if lower[3] == "table" { 4 } else { 3 }])
            }
            _ => Err(other(query)),
        }
    }

    fn grants(&self, owner: &str) -> Result<(String, Value), Error> {
        let (name, role) = self.user(owner)?;
        let grant = Grant::new(role, name, format!("projects/{}", self.project));
        let text = format!("[roles]\n{}\n\n{}", role.name(), grant.text());
        Ok((text, json!({"Roles": [role.name()], "ACL": [grant.json()]})))
    }

    /// Who may do what with one table.
    fn acl(&self, table: &str) -> Result<(String, Value), Error> {
        let name = Name::new(self.project, None, table);
        let found = self.app.catalog().table(&name).map_err(internal)?;
        let table = found.ok_or_else(|| internal(Refusal::NoTable(name.to_string()).into()))?;
        let resource = format!("projects/{}/tables/{}", self.project, table.name);
        let all = Role::ALL.map(|role| Grant::new(role, role.name(), resource.clone()));
        let text: String = all.iter().map(Grant::text).collect();
        let answer: Value = all.iter().map(Grant::json).collect();
        Ok((text, json!({"ACL": answer})))
    }
}

/// What somebody may do with something.
struct Grant<'a> {
    role: Role,
    principal: &'a str,
    resource: String,
}

impl<'a> Grant<'a> {
    fn new(role: Role, principal: &'a str, resource: String) -> Self {
        Self {
            role,
            principal,
            resource,
        }
    }

    fn text(&self) -> String {
        let names = self.role.actions().iter();
        let names: Vec<&str> = names.map(|name| name.trim_start_matches("odps:")).collect();
        let (principal, resource) = (self.principal, &self.resource);
        format!(
            "Authorization Type: ACL\n[{principal}]\nA\t{resource}: {}\n",
            names.join(" | ")
        )
    }

    fn json(&self) -> Value {
        json!({
            "Effect": "Allow",
            "Principal": self.principal,
            "Action": self.role.actions(),
            "Resource": format!("acs:odps:*:{}", self.resource),
        })
    }
}

fn role(name: &str) -> Result<Role, Error> {
    let mut all = Role::ALL.into_iter();
    let found = all.find(|role| role.name().eq_ignore_ascii_case(name));
    found.ok_or_else(|| Error::no_such_object(format!("ODPS-0420111: Role not found - '{name}'")))
}

fn other(query: &str) -> Error {
    bad(&format!(
        "the local MaxCompute has no security query '{query}'; members and roles stand in its configuration"
    ))
}

/// The number of an account: made from its name, so that it is the same after every start.
fn id(name: &str) -> String {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("1{:015}", hash % 1_000_000_000_000_000)
}

fn user(name: &str) -> String {
    format!(
        "<User><ID>{}</ID><DisplayName>{}</DisplayName></User>",
        id(name),
        escape(name)
    )
}

fn roles(all: &[Role]) -> Response {
    let items = all.iter();
    let items: String = items
        .map(|role| format!("<Role><Name>{}</Name></Role>", role.name()))
        .collect();
    document("Roles", None, &items)
}

fn xml(element: &str) -> Response {
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{element}");
    page(StatusCode::OK, "application/xml", text)
}

fn lines<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("{name}\n")).collect()
}
