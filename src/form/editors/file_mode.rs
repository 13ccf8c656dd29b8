//! The mode of a file: a number in the text, octal for people.

use serde_json::Value;

use super::Hint;
use crate::i18n::{Message, id};
use crate::schema::{Field, Shape};

/// The largest: every right for everybody.
const ALL: i64 = 0o777;

/// Whether a field is the mode of a file.
pub fn is_one(field: &Field) -> bool {
    field.shape == Shape::Int32 && matches!(field.name.as_str(), "mode" | "defaultMode")
}

/// A mode as `chmod` writes it: 420 is `0644`.
pub fn octal(mode: i64) -> String {
    if mode < 0 { mode.to_string() } else { format!("{mode:04o}") }
}

/// The mode as it stands in an input; what is no number as it is.
pub fn shown(value: &Value) -> String {
    match value.as_i64() {
        Some(mode) => octal(mode),
        None => super::text::read(value).map_or_else(String::new, |text| text.text),
    }
}

/// The mode that is typed: octal with a zero before it, and where it would be too large for a mode
/// otherwise (`644`); else decimal, as YAML reads it.
pub fn parse(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let octal = |digits: &str| i64::from_str_radix(digits, 8).ok();
    if let Some(digits) = typed.strip_prefix("0o").or_else(|| typed.strip_prefix('0').filter(|d| !d.is_empty())) {
        return octal(digits).filter(|mode| *mode >= 0);
    }
    match typed.parse::<i64>().ok()? {
        large if large > ALL => Some(octal(typed).filter(|mode| *mode <= ALL).unwrap_or(large)),
        mode => Some(mode),
    }
}

/// The value of what is typed; what is no number is kept as text, so that nothing typed is lost.
pub fn write(typed: &str) -> Value {
    parse(typed).map_or_else(|| Value::String(typed.to_owned()), Value::from)
}

/// A number in the notation that `written` has: `0600` where that was `0644`. `None` for decimal ones.
pub fn as_written(written: &str, mode: i64) -> Option<String> {
    match written.strip_prefix("0o") {
        _ if mode < 0 => None,
        Some(_) => Some(format!("0o{mode:o}")),
        None => (written.len() > 1 && written.starts_with('0')).then(|| octal(mode)),
    }
}

/// Who may do what: `rw-r--r--`.
pub fn rights(mode: i64) -> String {
    let bit = |at: i64| if mode >> at & 1 == 1 { ['x', 'w', 'r'][(at % 3) as usize] } else { '-' };
    (0..9).rev().map(bit).collect()
}

/// What is worth knowing about a mode.
pub(super) fn hint(value: &Value) -> Option<Hint> {
    let mode = value.as_i64()?;
    if !(0..=ALL).contains(&mode) {
        return Some(Hint::warning(id::FORM_HINT_MODE_RANGE));
    }
    Some(Hint::fact(Message::new(id::FORM_HINT_MODE).with("rights", rights(mode)).with("number", mode.to_string())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn is_typed_octal_or_decimal() {
        for (typed, mode) in [
            ("0644", Some(420)),
            ("0o644", Some(420)),
            ("644", Some(420)),
            ("420", Some(420)),
            ("0", Some(0)),
            ("00", Some(0)),
            ("755", Some(493)),
            ("0777", Some(511)),
            // No mode, and said to be none.
            ("1000", Some(1000)),
            ("9999", Some(9999)),
            ("-1", Some(-1)),
            ("0999", None),
            ("0-1", None),
            ("rw", None),
            ("", None),
        ] {
            assert_eq!(parse(typed), mode, "{typed}");
        }
        assert_eq!((write("0600"), write("x")), (json!(384), json!("x")));
    }

    #[test]
    fn is_shown_octal() {
        assert_eq!(
            (octal(420), octal(7), octal(0), octal(-1)),
            ("0644".into(), "0007".into(), "0000".into(), "-1".into())
        );
        assert_eq!((shown(&json!(256)), shown(&json!("x"))), ("0400".to_owned(), "x".to_owned()));
        assert_eq!((rights(0o644), rights(0o750)), ("rw-r--r--".to_owned(), "rwxr-x---".to_owned()));
        assert!(hint(&json!(420)).is_some_and(|hint| !hint.warning));
        assert!(
            hint(&json!(512)).is_some_and(|hint| hint.warning) && hint(&json!(-1)).is_some_and(|hint| hint.warning)
        );
        assert!(hint(&json!("x")).is_none());
    }

    #[test]
    fn keeps_the_notation() {
        assert_eq!(as_written("0644", 384).as_deref(), Some("0600"));
        assert_eq!(as_written("0o644", 384).as_deref(), Some("0o600"));
        assert_eq!((as_written("420", 384), as_written("0", 384), as_written("0644", -1)), (None, None, None));
    }
}
