//! A name of something else.

use serde_json::Value;

use super::Hint;
use crate::i18n::id;

/// Whether a text can name an object: a DNS subdomain (`IsDNS1123Subdomain`).
pub fn is_name(text: &str) -> bool {
    let word = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let label = |label: &str| {
        let bytes = label.as_bytes();
        bytes.first().is_some_and(word) && bytes.last().is_some_and(word) && bytes.iter().all(|b| word(b) || *b == b'-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// What is worth knowing about a name of that kind. Keys and topology keys are no names of objects.
pub(super) fn hint(kind: &str, value: &Value) -> Option<Hint> {
    let named =
        matches!(kind, "ConfigMap" | "Secret" | "PersistentVolumeClaim" | "ServiceAccount" | "Volume" | "Container");
    let text = value.as_str().filter(|text| named && !text.is_empty())?;
    (!is_name(text)).then(|| Hint::warning(id::FORM_HINT_NAME))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// From apimachinery's `validation_test.go`.
    #[test]
    fn judges_as_the_server() {
        for (name, fits) in [
            ("a", true),
            ("a.b-c.1", true),
            ("0.1.2", true),
            ("", false),
            ("A", false),
            ("a_b", false),
            ("a.", false),
            ("-a", false),
            ("a..b", false),
            ("a b", false),
        ] {
            assert_eq!(is_name(name), fits, "{name}");
        }
        assert!(hint("Secret", &json!("A")).is_some() && hint("SecretKey", &json!("A")).is_none());
    }
}
