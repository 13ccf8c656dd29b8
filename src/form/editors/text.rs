//! Text: one line, or several.

use serde_json::Value;

/// A text as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Whether it needs more than one line.
    pub lines: bool,
}

/// The text of a value; numbers and booleans as they would be typed. `None` for lists and maps.
pub fn read(value: &Value) -> Option<Text> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => return None,
    };
    Some(Text { lines: text.contains('\n'), text })
}

/// The value of a text: always a string, also where it looks like a number.
pub fn write(text: &str) -> Value {
    Value::String(text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(write("0777"), json!("0777"));
        assert!(read(&json!("a\nb")).is_some_and(|t| t.lines));
        assert_eq!(read(&json!(3)).map(|t| t.text).as_deref(), Some("3"));
        assert_eq!(read(&json!([])), None);
    }
}
