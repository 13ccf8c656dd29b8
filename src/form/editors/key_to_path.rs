//! A key and the file it is written to.

use serde_json::{Value, json};

use super::Hint;
use crate::i18n::{Message, id};

/// Whether a path may be asked for: relative, and never upwards (`validateLocalNonReservedPath`).
pub fn is_path(path: &str) -> bool {
    !path.is_empty() && !path.starts_with('/') && !path.starts_with("..") && !path.split('/').any(|part| part == "..")
}

/// The item for a key: a file of its name.
pub fn of_key(key: &str) -> Value {
    json!({"key": key, "path": key})
}

/// What is worth knowing about a list of items.
pub(super) fn hints(value: &Value) -> Vec<Hint> {
    let paths = value.as_array().into_iter().flatten().filter_map(|item| item.get("path")?.as_str());
    let wrong = paths.filter(|path| !path.is_empty() && !is_path(path));
    let hint = |path| Hint { message: Message::new(id::FORM_HINT_PATH_RELATIVE).with("path", path), warning: true };
    wrong.map(hint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_within_the_volume() {
        for (path, fits) in [
            ("a", true),
            ("a/b.conf", true),
            ("a..b", true),
            ("/a", false),
            ("../a", false),
            ("a/../b", false),
            ("", false),
        ] {
            assert_eq!(is_path(path), fits, "{path}");
        }
        assert_eq!(hints(&json!([{"key": "a", "path": "/etc"}])).len(), 1);
    }
}
