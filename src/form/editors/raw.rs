//! Anything: a piece of YAML, edited in place.

use serde_json::Value;

use crate::yaml::{Document, ReadError};

/// The value of a piece of YAML. Nothing is null; what cannot be read says why.
pub fn parse(text: &str) -> Result<Value, ReadError> {
    let document = Document::read(text);
    match document.error() {
        Some(error) => Err(error.clone()),
        None => Ok(document.to_json().unwrap_or(Value::Null)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_any_yaml() {
        assert_eq!(parse("a: [1, on]"), Ok(json!({"a": [1, true]})));
        assert_eq!(parse(""), Ok(Value::Null));
        assert!(parse("a: [").is_err());
    }
}
