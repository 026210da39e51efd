//! Policies of bearer tokens: which actions on which resources. `Deny` is stronger than `Allow`.

use serde_json::Value;

/// Reading what is there.
pub(super) const READ: &str = "odps:Read";
/// Submitting a job.
pub(super) const CREATE_INSTANCE: &str = "odps:CreateInstance";
/// Changing what is there.
pub(super) const WRITE: &str = "odps:Write";

/// Whether the policy allows one of the names of an action on a path, such as `projects/p/tables/t`,
/// or on what the path is part of. Names in paths are not case-sensitive.
pub(super) fn covers(policy: &Value, path: &str, actions: &[&str]) -> bool {
    let path = path.to_lowercase();
    let says = |effect: &str| {
        // As in the service, one statement need not be a list.
        let statements = match policy.get("Statement") {
            Some(Value::Array(list)) => list.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        statements.iter().any(|statement| {
            statement.get("Effect").and_then(Value::as_str) == Some(effect)
                && texts(statement.get("Action"))
                    .any(|one| matches!(one, "odps:*" | "*") || actions.contains(&one))
                && texts(statement.get("Resource")).any(|resource| opens(resource, &path))
        })
    };
    says("Allow") && !says("Deny")
}

/// `acs:odps:*:projects/p/instances/i` opens `projects/p/instances/i` and what is below it.
fn opens(resource: &str, path: &str) -> bool {
    let named = resource.strip_prefix("acs:odps:");
    let Some((_region, open)) = named.and_then(|named| named.split_once(':')) else {
        return resource == "*";
    };
    let open = open.strip_suffix("/*").unwrap_or(open).to_lowercase();
    let ends = path.match_indices('/').map(|(end, _)| end);
    ends.chain([path.len()])
        .any(|end| matches(&open, &path[..end]))
}

/// Whether a pattern, in which `*` stands for anything, is this text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut rest) = text.strip_prefix(head) else {
        return false;
    };
    let mut pieces = tail.split('*').peekable();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        // The first place is as good as any: what follows may begin anywhere.
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
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
        assert!(covers(&policy, "projects/p/instances/2026g1", &[READ]));
        assert!(!covers(&policy, "projects/p/instances/2026g1", &[WRITE]));
        assert!(!covers(&policy, "projects/p/instances/2026g12", &[READ]));
        assert!(!covers(&policy, "projects/p/tables/t", &[READ]));
        assert!(!covers(&json!({}), "projects/p", &[READ]));
    }

    #[test]
    fn all_actions_let_write_and_a_denial_is_stronger() {
        let mut policy = json!({"Statement": [{
            "Effect": "Allow", "Action": ["odps:*"], "Resource": "acs:odps:*:projects/p/*"
        }]});
        for action in [READ, WRITE, CREATE_INSTANCE] {
            assert!(covers(&policy, "projects/p/tables/t", &[action]));
            assert!(!covers(&policy, "projects/p2/tables/t", &[action]));
        }
        let denial = json!({
            "Effect": "Deny", "Action": "odps:Write", "Resource": "acs:odps:*:projects/p/tables/t"
        });
        policy["Statement"].as_array_mut().unwrap().push(denial);
        assert!(!covers(&policy, "projects/p/tables/t", &[WRITE]));
        assert!(covers(&policy, "projects/p/tables/t", &[READ]));
        assert!(covers(&policy, "projects/p/tables/t2", &[WRITE]));
    }

    #[test]
    fn stars_stand_for_anything_and_case_for_nothing() {
        let covered = |resource: &str, path: &str| {
            let statement = json!({"Effect": "Allow", "Action": "odps:Read", "Resource": resource});
            covers(&json!({"Statement": statement}), path, &[READ])
        };
        assert!(covered(
            "acs:odps:*:projects/p/tables/s*",
            "projects/p/tables/Sales"
        ));
        assert!(covered(
            "acs:odps:cn-x:projects/*/tables/T",
            "projects/p/tables/t/x"
        ));
        assert!(covered("acs:odps:*:*", "projects/p"));
        assert!(covered(
            "acs:odps:*:projects/p/tables/a*b*c",
            "projects/p/tables/a1b2c"
        ));
        assert!(!covered(
            "acs:odps:*:projects/p/tables/a*b*c",
            "projects/p/tables/a1b2"
        ));
        assert!(!covered(
            "acs:odps:*:projects/p/tables/s*",
            "projects/p/tables"
        ));
        assert!(!covered("projects/p", "projects/p"));
    }
}
