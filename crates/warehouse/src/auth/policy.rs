//! Policies of bearer tokens: which actions on which resources. `Deny` is stronger than `Allow`.

use serde_json::Value;

/// Reading what is there.
pub(super) const READ: &str = "odps:Read";
/// Submitting a job.
pub(super) const CREATE_INSTANCE: &str = "odps:CreateInstance";
/// Changing what is there.
pub(super) const WRITE: &str = "odps:Write";

/// Whether the policy allows the action on a path or on what the path is part of.
pub(super) fn covers(policy: &Value, path: &str, action: &str) -> bool {
    let says = |effect: &str| {
        let statements = policy.get("Statement").and_then(Value::as_array);
        statements.into_iter().flatten().any(|statement| {
            statement.get("Effect").and_then(Value::as_str) == Some(effect)
                && texts(statement.get("Action"))
                    .any(|one| matches!(one, "odps:*" | "*") || one == action)
                && texts(statement.get("Resource")).any(|resource| opens(resource, path))
        })
    };
    says("Allow") && !says("Deny")
}

/// `acs:odps:*:projects/p/instances/i` opens `/projects/p/instances/i` and what is below it.
fn opens(resource: &str, path: &str) -> bool {
    let Some(open) = resource.strip_prefix("acs:odps:*:") else {
        return resource == "*";
    };
    let Some(path) = path.strip_prefix('/') else {
        return false;
    };
    let open = open.strip_suffix("/*").unwrap_or(open);
    let rest = path.strip_prefix(open);
    open == "*" || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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
    use super::{CREATE_INSTANCE, READ, WRITE, covers};
    use odps::authorization::SignBearerToken;
    use serde_json::json;

    #[test]
    fn a_policy_covers_its_instance_and_no_other() {
        let policy = SignBearerToken::for_instance("p", "2026g1", 1).policy;
        assert!(covers(&policy, "/projects/p/instances/2026g1", READ));
        assert!(!covers(&policy, "/projects/p/instances/2026g1", WRITE));
        assert!(!covers(&policy, "/projects/p/instances/2026g12", READ));
        assert!(!covers(&policy, "/projects/p/tables/t", READ));
        assert!(!covers(&json!({}), "/projects/p", READ));
    }

    #[test]
    fn all_actions_let_write_and_a_denial_is_stronger() {
        let mut policy = json!({"Statement": [{
            "Effect": "Allow", "Action": ["odps:*"], "Resource": "acs:odps:*:projects/p/*"
        }]});
        for action in [READ, WRITE, CREATE_INSTANCE] {
            assert!(covers(&policy, "/projects/p/tables/t", action));
            assert!(!covers(&policy, "/projects/p2/tables/t", action));
        }
        let denial = json!({
            "Effect": "Deny", "Action": "odps:Write", "Resource": "acs:odps:*:projects/p/tables/t"
        });
        policy["Statement"].as_array_mut().unwrap().push(denial);
        assert!(!covers(&policy, "/projects/p/tables/t", WRITE));
        assert!(covers(&policy, "/projects/p/tables/t", READ));
        assert!(covers(&policy, "/projects/p/tables/t2", WRITE));
    }
}
