//! The security context of a pod or container, and what the strictest Pod Security Standard asks of it.

use serde_json::{Value, json};

use crate::form::FormEdit;
use crate::yaml::{Path, Step};

/// Whose security context it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A pod's: it holds for all its containers.
    Pod,
    /// One container's.
    Container,
}

/// What the standard "restricted" asks for and is not there yet, as edits of the context at `path`.
/// A container inherits `runAsNonRoot` and the seccomp profile from its pod, so only what it sets
/// against the standard is asked of it there.
pub fn to_restricted(owner: Owner, path: &Path, value: Option<&Value>) -> Vec<FormEdit> {
    let at = |keys: &[&str]| -> Path { path.iter().cloned().chain(keys.iter().map(|k| Step::from(*k))).collect() };
    let get = |keys: &[&str]| keys.iter().try_fold(value?, |value, key| value.get(key));
    let mut edits = Vec::new();
    let mut set = |keys: &[&str], wanted: Value| edits.push(FormEdit::Set { path: at(keys), value: wanted });
    let wants = |found: Option<&Value>, wanted: &Value| match owner {
        Owner::Pod => found != Some(wanted),
        Owner::Container => found.is_some_and(|f| f != wanted),
    };
    if wants(get(&["runAsNonRoot"]), &json!(true)) {
        set(&["runAsNonRoot"], json!(true));
    }
    let profile = get(&["seccompProfile", "type"]);
    let allowed = profile.is_some_and(|p| p == "RuntimeDefault" || p == "Localhost");
    if !allowed && (owner == Owner::Pod || profile.is_some()) {
        set(&["seccompProfile"], json!({"type": "RuntimeDefault"}));
    }
    if owner == Owner::Container {
        if get(&["allowPrivilegeEscalation"]) != Some(&json!(false)) {
            set(&["allowPrivilegeEscalation"], json!(false));
        }
        let dropped = get(&["capabilities", "drop"]).and_then(Value::as_array);
        if !dropped.is_some_and(|d| d.contains(&json!("ALL"))) {
            set(&["capabilities", "drop"], json!(["ALL"]));
        }
        if get(&["privileged"]) == Some(&json!(true)) {
            set(&["privileged"], json!(false));
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_for_what_the_standard_asks() {
        let path: Path = vec!["securityContext".into()];
        assert_eq!(to_restricted(Owner::Pod, &path, None).len(), 2);
        assert_eq!(to_restricted(Owner::Container, &path, None).len(), 2);
        let good = json!({"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}});
        assert!(to_restricted(Owner::Container, &path, Some(&good)).is_empty());
        let bad = json!({"privileged": true, "runAsNonRoot": false, "seccompProfile": {"type": "Unconfined"}});
        assert_eq!(to_restricted(Owner::Container, &path, Some(&bad)).len(), 5);
        let pod = json!({"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}});
        assert!(to_restricted(Owner::Pod, &path, Some(&pod)).is_empty());
    }
}
