//! A list of plain values, one a line.

use serde_json::Value;

/// The lines of a list; `None` when it holds more than plain values.
pub fn read(value: &Value) -> Option<Vec<String>> {
    let line = |item: &Value| super::text::read(item).map(|text| text.text);
    value.as_array()?.iter().map(line).collect()
}

/// The list of the lines: of numbers where `numbers` is asked for and a line is one.
pub fn write(lines: &[String], numbers: bool) -> Value {
    let item = |line: &String| if numbers { super::number::write(line) } else { super::text::write(line) };
    Value::Array(lines.iter().map(item).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lines_are_items() {
        assert_eq!(read(&json!(["a", 1])), Some(vec!["a".to_owned(), "1".to_owned()]));
        assert_eq!(read(&json!([{}])), None);
        assert_eq!(write(&["1".to_owned()], true), json!([1]));
        assert_eq!(write(&["1".to_owned()], false), json!(["1"]));
    }
}
