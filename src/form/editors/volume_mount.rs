//! Where a container sees a volume.

use serde_json::Value;

use super::Hint;
use crate::i18n::{Message, id};

/// Whether two places are one, or one hides the other: `/data` and `/data/`, not `/data` and `/database`.
pub fn covers(outer: &str, inner: &str) -> bool {
    let parts = |path: &str| -> Vec<String> { path.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect() };
    parts(inner).starts_with(&parts(outer))
}

/// What is worth knowing about a list of mounts.
pub(super) fn hints(value: &Value) -> Vec<Hint> {
    let paths: Vec<&str> =
        value.as_array().into_iter().flatten().filter_map(|m| m.get("mountPath")?.as_str()).collect();
    let mut hints = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let named = |id| Hint { message: Message::new(id).with("path", *path), warning: true };
        if path.contains(':') {
            hints.push(named(id::FORM_HINT_MOUNT_COLON));
        }
        if paths[..at].iter().any(|other| covers(other, path) && covers(path, other)) {
            hints.push(named(id::FORM_HINT_MOUNT_TWICE));
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn compares_places() {
        assert!(covers("/data", "/data/x") && covers("/data/", "/data") && !covers("/data", "/database"));
        assert!(covers("/", "/x") && !covers("/x", "/"));
        let mounts = json!([{"mountPath": "/a"}, {"mountPath": "/a/"}, {"mountPath": "c:/x"}]);
        assert_eq!(hints(&mounts).len(), 2);
    }
}
