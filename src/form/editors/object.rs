//! An object or a list of objects without an editor of its own: its fields are rows.

use serde_json::Value;

/// How many fields an object has, or items a list; `None` for plain values.
pub fn size(value: &Value) -> Option<usize> {
    match value {
        Value::Object(map) => Some(map.len()),
        Value::Array(list) => Some(list.len()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn counts() {
        assert_eq!((size(&json!({"a": 1})), size(&json!([])), size(&json!("x"))), (Some(1), Some(0), None));
    }
}
