//! A port by number or by name.

use serde_json::Value;

use super::Hint;
use crate::i18n::id;

/// The value of what is typed: a number where it is one, a name otherwise.
pub fn write(typed: &str) -> Value {
    super::number::write(typed.trim())
}

/// Whether the text can be the name of a port: at most 15 of `a-z`, `0-9` and `-`, a letter among
/// them, no dash at an end or beside another (`IsValidPortName`).
pub fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    !bytes.is_empty()
        && bytes.len() <= 15
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
        && bytes.iter().any(u8::is_ascii_lowercase)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
}

/// What is worth knowing about it.
pub(super) fn hint(value: &Value) -> Option<Hint> {
    match value.as_str() {
        Some(text) if !text.is_empty() && !is_name(text) => Some(Hint::warning(id::FORM_HINT_PORT_NAME)),
        Some(_) => None,
        None => super::port::hint(value),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn takes_numbers_and_names() {
        assert_eq!((write("8080"), write("http")), (json!(8080), json!("http")));
        for (name, fits) in
            [("http", true), ("a-1", true), ("1", false), ("-a", false), ("a--b", false), ("HTTP", false), ("", false)]
        {
            assert_eq!(is_name(name), fits, "{name}");
        }
        assert!(!is_name("sixteen-letters-x"));
        assert!(hint(&json!("Web")).is_some() && hint(&json!("web")).is_none());
    }
}
