//! Who asks and whether they may: signatures of both versions, tokens of temporary key pairs, the
//! second signature of applications, bearer tokens, and the roles of the configuration.

mod policy;
mod rights;

pub(crate) use rights::{Action, Rights};

use crate::app::App;
use crate::clock;
use crate::handlers;
use crate::keys::Role;
use http::{Method, StatusCode};
use odps::Error;
use odps::authorization::token;
use odps::sign::{self, Refusal, STS_TOKEN, application};
use policy::{CREATE_INSTANCE, READ, WRITE};
use serde_json::Value;
use wire::Request;

/// The header of a bearer token.
const BEARER: &str = "x-odps-bearer-token";

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The account's name, such as `ALIYUN$alice@example.com`.
    pub(crate) owner: String,
    access_id: String,
    /// What the token that was shown allows; nothing if the request was signed.
    policy: Option<Value>,
}

impl Caller {
    /// The key pair in whose name the request came.
    pub(crate) fn access_id(&self) -> &str {
        &self.access_id
    }

    /// Whether the request came with a token instead of a signature.
    pub(crate) fn by_token(&self) -> bool {
        self.policy.is_some()
    }
}

/// Refuses a request of nobody, or of somebody who may not do it. `request` has the canonical path.
pub(crate) fn check(app: &App, request: &Request) -> Result<Caller, Error> {
    let caller = authenticate(app, request)?;
    let Some(project) = odps::request::project(request) else {
        // Beside the projects there is only discovery.
        return Ok(caller);
    };
    let wish = Wish::of(request);
    let path = resource(request);
    if let Some(policy) = &caller.policy
        && !wish.discovers
        && !policy::covers(policy, &path, &[wish.action])
    {
        return Err(denied(wish.action, &path));
    }
    match app.keys.role(&caller.owner, &project) {
        Some(Role::Owner) => Ok(caller),
        Some(Role::Reader) if wish.reads || stops_own(app, &caller, request, &project) => {
            Ok(caller)
        }
        Some(Role::Reader) => Err(denied(wish.action, &path)),
        // What does not exist is said to be so by whoever looks for it.
        None if !app.has_project(&project) => Ok(caller),
        None => Err(no_member(&project)),
    }
}

fn authenticate(app: &App, request: &Request) -> Result<Caller, Refusal> {
    let now = clock::now();
    let caller = |access_id: String, policy| {
        let owner = app.keys.owner_of(&access_id).map(str::to_owned);
        owner
            .map(|owner| Caller {
                owner,
                access_id: access_id.clone(),
                policy,
            })
            .ok_or(Refusal::UnknownAccessId { access_id })
    };
    if let Some(bearer) = request.headers().get(BEARER) {
        let bearer = bearer.to_str().unwrap_or_default();
        let claims = token::genuine(|id| app.keys.key_of(id), bearer).ok_or(Refusal::BadToken)?;
        if claims.expires_at <= now {
            return Err(Refusal::Expired);
        }
        return caller(claims.access_id, Some(claims.policy));
    }
    let access_id = sign::verify(|id| app.keys.key_of(id), request, Some(now))?;
    if let Some((token, expires)) = app.keys.token_of(&access_id) {
        let given = request.headers().get(STS_TOKEN);
        if given.is_none_or(|given| given.as_bytes() != token.expose().as_bytes()) {
            return Err(Refusal::BadToken);
        }
        if expires.is_some_and(|end| end <= now) {
            return Err(Refusal::Expired);
        }
    } else if request.headers().contains_key(STS_TOKEN) {
        return Err(Refusal::BadToken);
    }
    application::verify(|id| app.keys.application_key(id), request)?;
    caller(access_id, None)
}

/// What a request wants to do.
struct Wish {
    action: &'static str,
    /// Whether a reader may do it. Jobs are looked at where they run.
    reads: bool,
    /// Whether it only asks for the address of a service.
    discovers: bool,
}

impl Wish {
    fn of(request: &Request) -> Self {
        let path = request.uri().path();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let below = parts.get(2..).unwrap_or_default();
        let query = request.uri().query().unwrap_or_default();
        let has = |name: &str| {
            let mut items = query.split('&');
            items.any(|item| item.split('=').next() == Some(name))
        };
        let (action, reads) = match (request.method(), below) {
            (&Method::GET | &Method::HEAD, _) => (READ, true),
            // Usage counters of the client, which nobody keeps.
            (&Method::PUT, ["logs"]) => (READ, true),
            // A session is made to read through it.
            (&Method::POST, ["tables" | "instances" | "schemas", _, ..]) if has("downloads") => {
                (READ, true)
            }
            (&Method::POST, ["authorization"]) => (WRITE, true),
            (&Method::POST, ["instances"]) => (CREATE_INSTANCE, true),
            _ => (WRITE, false),
        };
        Self {
            action,
            reads,
            discovers: request.method() == Method::GET && below == ["tunnel"],
        }
    }
}

/// What a request is about, as policies name it: the decoded path, with the schema where one is told
/// apart.
fn resource(request: &Request) -> String {
    let mut parts = handlers::parts(request);
    let schema = handlers::said(request, "curr_schema").filter(|schema| schema != "default");
    if let Some(schema) = schema
        && let Some("tables" | "resources" | "registration" | "registration/functions") =
            parts.get(2).map(String::as_str)
    {
        parts.splice(2..2, ["schemas".to_owned(), schema]);
    }
    parts.join("/")
}

/// Whoever may submit a job may also stop it.
fn stops_own(app: &App, caller: &Caller, request: &Request, project: &str) -> bool {
    let path = request.uri().path();
    let id = path.rsplit('/').next().unwrap_or_default();
    let is_instance = path.trim_end_matches(id).ends_with("/instances/");
    request.method() == Method::PUT
        && is_instance
        && app
            .instances
            .get(project, id)
            .is_some_and(|instance| instance.owner == caller.owner)
}

/// Whether a token opens a path for reading, and its signer may still read there.
pub(crate) fn reads(app: &App, token: &str, path: &str) -> Result<bool, Refusal> {
    let claims = token::genuine(|id| app.keys.key_of(id), token).ok_or(Refusal::BadToken)?;
    if claims.expires_at <= clock::now() {
        return Err(Refusal::Expired);
    }
    let path = path.trim_start_matches('/');
    let project = path.split('/').nth(1).unwrap_or_default();
    let owner = app.keys.owner_of(&claims.access_id);
    if owner
        .and_then(|owner| app.keys.role(owner, project))
        .is_none()
    {
        return Ok(false);
    }
    Ok(policy::covers(&claims.policy, path, &[READ]))
}

/// The words of the service for an account that lacks a privilege.
pub(crate) fn denied(action: &str, path: &str) -> Error {
    Error::status(
        StatusCode::FORBIDDEN,
        "NoPermission",
        format!(
            "ODPS-0420095: Access Denied - Authorization Failed [4019], {}",
            privilege(action, path)
        ),
    )
}

fn privilege(action: &str, path: &str) -> String {
    format!("You have NO privilege '{action}' on {{acs:odps:*:{path}}}")
}

fn no_member(project: &str) -> Error {
    Error::status(
        StatusCode::FORBIDDEN,
        "NoPermission",
        format!(
            "ODPS-0420095: Access Denied - Authorization Failed [4002], You don't exist in project \
             {project}."
        ),
    )
}
