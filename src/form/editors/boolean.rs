//! Unset, true, false.

use serde_json::Value;

use crate::form::FormEdit;
use crate::yaml::Path;

/// The state of a switch: `None` where the field is left out and the default holds. What is no
/// boolean (text in quotes) is not one of the three: the outer `None`.
pub fn read(value: Option<&Value>) -> Option<Option<bool>> {
    match value {
        None | Some(Value::Null) => Some(None),
        Some(Value::Bool(state)) => Some(Some(*state)),
        Some(_) => None,
    }
}

/// The edit that brings the field into that state.
pub fn edit(path: Path, state: Option<bool>) -> FormEdit {
    match state {
        Some(state) => FormEdit::Set { path, value: Value::Bool(state) },
        None => FormEdit::Clear { path },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn has_three_states() {
        assert_eq!(read(None), Some(None));
        assert_eq!(read(Some(&json!(false))), Some(Some(false)));
        assert_eq!(read(Some(&json!("yes"))), None);
        assert_eq!(edit(vec!["a".into()], None), FormEdit::Clear { path: vec!["a".into()] });
        assert_eq!(edit(vec![], Some(true)), FormEdit::Set { path: vec![], value: json!(true) });
    }
}
