//! Who asks: V1 signatures of the local account, or a bearer token that opens what its policy names.

use crate::app::App;
use crate::clock;
use http::{Method, StatusCode};
use odps::Error;
use odps::authorization::token;
use odps::sign::v1;
use serde_json::Value;
use wire::Request;

/// Refuses a request that is not signed by the local account. `request` has the canonical path.
pub(crate) fn check(app: &App, request: &Request) -> Result<(), Error> {
    if let Some(bearer) = request.headers().get("x-odps-bearer-token") {
        return check_bearer(app, request, bearer.to_str().unwrap_or_default());
    }
    v1::verify(|id| app.keys.key_of(id), request, Some(clock::now()))?;
    Ok(())
}

fn check_bearer(app: &App, request: &Request, bearer: &str) -> Result<(), Error> {
    let path = request.uri().path();
    let reading = request.method() == Method::GET || request.method() == Method::HEAD;
    let action = if reading { "odps:Read" } else { "odps:*" };
    let refused = match allows(app, bearer, path, action) {
        Some(true) => return Ok(()),
        Some(_) if reading && path == "/logview/host" => return Ok(()),
        Some(_) => (
            StatusCode::FORBIDDEN,
            "NoPermission",
            "ODPS-0420095: Access Denied - the bearer token does not cover this request",
        ),
        None => (
            StatusCode::UNAUTHORIZED,
            "Unauthorized",
            "ODPS-0410051:Invalid credentials - the bearer token is not genuine or has expired",
        ),
    };
    Err(Error::status(refused.0, refused.1, refused.2))
}

/// Whether a token opens a path for reading; nothing if it is not genuine or too old.
pub(crate) fn reads(app: &App, token: &str, path: &str) -> Option<bool> {
    allows(app, token, path, "odps:Read")
}

fn allows(app: &App, token: &str, path: &str, action: &str) -> Option<bool> {
    let claims = token::verify(|id| app.keys.key_of(id), token, clock::now())?;
    Some(covers(&claims.policy, path, action))
}

/// Whether a statement of the policy allows the action on the path or on what it is part of.
fn covers(policy: &Value, path: &str, action: &str) -> bool {
    let statements = policy.get("Statement").and_then(Value::as_array);
    statements.into_iter().flatten().any(|statement| {
        statement.get("Effect").and_then(Value::as_str) == Some("Allow")
            && texts(statement.get("Action")).any(|one| one == action || one == "odps:*")
            && texts(statement.get("Resource")).any(|resource| opens(resource, path))
    })
}

/// `acs:odps:*:projects/p/instances/i` opens `/projects/p/instances/i` and what is below it.
fn opens(resource: &str, path: &str) -> bool {
    let open = resource.strip_prefix("acs:odps:*:");
    let rest = open.and_then(|open| path.strip_prefix('/')?.strip_prefix(open));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// One text or a list of texts.
fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = match value {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    list.iter().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::covers;
    use odps::authorization::SignBearerToken;
    use serde_json::json;

    #[test]
    fn a_policy_covers_its_instance_and_no_other() {
        let policy = SignBearerToken::for_instance("p", "2026g1", 1).policy;
        let reads = |path| covers(&policy, path, "odps:Read");
        assert!(reads("/projects/p/instances/2026g1"));
        assert!(!reads("/projects/p/instances/2026g12"));
        assert!(!reads("/projects/p/tables/t"));
        assert!(!covers(&json!({}), "/projects/p", "odps:Read"));
        let denied = json!({"Statement": [{
            "Effect": "Deny", "Action": "odps:Read", "Resource": "acs:odps:*:projects/p"
        }]});
        assert!(!covers(&denied, "/projects/p/tables/t", "odps:Read"));
    }

    #[test]
    fn only_a_policy_of_all_actions_lets_write() {
        let policy = SignBearerToken::for_instance("p", "2026g1", 1).policy;
        assert!(!covers(&policy, "/projects/p/instances/2026g1", "odps:*"));
        let all = json!({"Statement": [{
            "Effect": "Allow", "Action": ["odps:*"], "Resource": "acs:odps:*:projects/p"
        }]});
        assert!(covers(&all, "/projects/p/tables/t", "odps:*"));
        assert!(covers(&all, "/projects/p/tables/t", "odps:Read"));
        assert!(!covers(&all, "/projects/p2/tables/t", "odps:*"));
    }
}
