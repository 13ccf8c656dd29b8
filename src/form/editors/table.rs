//! Keys and values: labels, annotations, node selectors, amounts.

use serde_json::Value;

use super::Hint;
use crate::form::FormEdit;
use crate::i18n::{Message, id};
use crate::yaml::{Path, Step};

/// What a table holds, by which its entries are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Labels, and what selects them: short values of a small alphabet.
    Labels,
    /// Annotations: keys as of labels, any text.
    Annotations,
    /// Amounts by resource.
    Quantities,
    /// Anything else.
    Texts,
}

/// What the table at that path holds.
pub fn kind(path: &[Step]) -> Table {
    match path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    }) {
        Some("labels" | "matchLabels" | "nodeSelector" | "selector") => Table::Labels,
        Some("annotations") => Table::Annotations,
        Some("requests" | "limits" | "overhead" | "capacity") => Table::Quantities,
        _ => Table::Texts,
    }
}

/// The entries of a table in their order; `None` when one of them is no plain value.
pub fn read(value: &Value) -> Option<Vec<(String, String)>> {
    let entry = |(key, value): (&String, &Value)| Some((key.clone(), super::text::read(value)?.text));
    value.as_object()?.iter().map(entry).collect()
}

/// The edit for an entry: of the key `old` (none for a new one), to `key` and `value`.
pub fn edits(path: &Path, old: Option<(&str, &str)>, key: &str, value: &str) -> Vec<FormEdit> {
    let at = |key: &str| -> Path { path.iter().cloned().chain([Step::from(key)]).collect() };
    let mut edits = Vec::new();
    if let Some((old_key, _)) = old
        && old_key != key
    {
        edits.push(FormEdit::Rename { path: at(old_key), key: key.to_owned() });
    }
    if old.is_none_or(|(_, old_value)| old_value != value) {
        edits.push(FormEdit::Set { path: at(key), value: super::text::write(value) });
    }
    edits
}

/// Whether a text is a qualified name: `app`, `app.kubernetes.io/name` (`IsQualifiedName`).
pub fn is_key(text: &str) -> bool {
    let (prefix, name) = match text.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, text),
    };
    let prefix_fits = prefix.is_none_or(|p| p.len() <= 253 && p.split('.').all(is_dns_label));
    prefix_fits && !name.is_empty() && is_value(name)
}

fn is_dns_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let word = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    bytes.first().is_some_and(word) && bytes.last().is_some_and(word) && bytes.iter().all(|b| word(b) || *b == b'-')
}

/// Whether a text can be a label's value (`IsValidLabelValue`).
pub fn is_value(text: &str) -> bool {
    let bytes = text.as_bytes();
    let word = u8::is_ascii_alphanumeric;
    bytes.is_empty()
        || bytes.len() <= 63
            && bytes.first().is_some_and(word)
            && bytes.last().is_some_and(word)
            && bytes.iter().all(|b| word(b) || matches!(b, b'-' | b'_' | b'.'))
}

/// What is worth knowing about the entries.
pub(super) fn hints(value: &Value, path: &[Step]) -> Vec<Hint> {
    let kind = kind(path);
    let mut hints = Vec::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        let named = |id| Hint { message: Message::new(id).with("key", key.as_str()), warning: true };
        if kind != Table::Texts && !is_key(key) {
            hints.push(named(id::FORM_HINT_TABLE_KEY));
        }
        match kind {
            Table::Labels if value.as_str().is_some_and(|v| !is_value(v)) => {
                hints.push(named(id::FORM_HINT_TABLE_VALUE));
            }
            Table::Quantities => {
                let at: Path = path.iter().cloned().chain([Step::from(key.as_str())]).collect();
                hints.extend(super::quantity::hint(value, &at).filter(|h| h.warning));
            }
            _ => {}
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// From apimachinery's `validation_test.go`.
    #[test]
    fn judges_as_the_server() {
        let long = "a".repeat(64);
        for (key, fits) in [
            ("simple", true),
            ("now-with-dashes", true),
            ("1-num.2-num/3-num", true),
            ("1234/5678", true),
            ("Uppercase_Is_OK_123", true),
            ("example.com/Uppercase_Is_OK_123", true),
            ("", false),
            ("a/", false),
            ("/a", false),
            ("a/b/c", false),
            ("nospecialchars^=@", false),
            ("-bad", false),
            ("Example.com/x", false),
            (long.as_str(), false),
        ] {
            assert_eq!(is_key(key), fits, "{key}");
        }
        assert!(is_value("") && is_value("5.0") && !is_value("a b") && !is_value(&long) && !is_value("-a"));
    }

    #[test]
    fn an_entry_is_renamed_and_set() {
        let path: Path = vec!["labels".into()];
        let renamed = FormEdit::Rename { path: vec!["labels".into(), "a".into()], key: "b".to_owned() };
        let set =
            |key: &str, value: &str| FormEdit::Set { path: vec!["labels".into(), key.into()], value: json!(value) };
        assert_eq!(edits(&path, Some(("a", "1")), "b", "1"), std::slice::from_ref(&renamed));
        assert_eq!(edits(&path, Some(("a", "1")), "b", "2"), [renamed, set("b", "2")]);
        assert_eq!(edits(&path, None, "c", ""), [set("c", "")]);
        assert!(edits(&path, Some(("a", "1")), "a", "1").is_empty());
    }

    #[test]
    fn knows_what_it_holds() {
        let at = |key: &str| vec![Step::from("x"), key.into()];
        assert_eq!((kind(&at("labels")), kind(&at("limits"))), (Table::Labels, Table::Quantities));
        assert_eq!((kind(&at("annotations")), kind(&at("data"))), (Table::Annotations, Table::Texts));
        assert_eq!(hints(&json!({"a b": "c d"}), &at("labels")).len(), 2);
        assert_eq!(hints(&json!({"a": "c d"}), &at("annotations")).len(), 0);
        assert_eq!(hints(&json!({"memory": "1m"}), &at("limits")).len(), 1);
    }
}
