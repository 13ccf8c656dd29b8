//! The tolerations that an old annotation holds, read as Go's `encoding/json` reads them.

use k8s_openapi::api::core::v1::Toleration;
use serde_json::Value;

/// `helper.GetTolerationsFromPodAnnotations`; the error is in Go's words, as far as they are short.
pub fn tolerations_of(text: &str) -> Result<Vec<Toleration>, String> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| super::go_json::syntax_error(text).unwrap_or_else(|| error.to_string()))?;
    let items = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(items) => items,
        other => {
            return Err(format!("json: cannot unmarshal {} into Go value of type []core.Toleration", kind(&other)));
        }
    };
    items.into_iter().map(toleration).collect()
}

/// The internal type has no JSON names: Go takes its fields' names without regard to case.
fn toleration(value: Value) -> Result<Toleration, String> {
    let mut read = Toleration::default();
    let fields = match value {
        Value::Null => return Ok(read),
        Value::Object(fields) => fields,
        other => return Err(format!("json: cannot unmarshal {} into Go value of type core.Toleration", kind(&other))),
    };
    for (key, value) in fields {
        let (field, name, go) = match key.to_ascii_lowercase().as_str() {
            "key" => (&mut read.key, "Key", "string"),
            "operator" => (&mut read.operator, "Operator", "core.TolerationOperator"),
            "value" => (&mut read.value, "Value", "string"),
            "effect" => (&mut read.effect, "Effect", "core.TaintEffect"),
            "tolerationseconds" => {
                read.toleration_seconds = match value {
                    Value::Null => None,
                    value => match value.as_i64() {
                        Some(seconds) => Some(seconds),
                        None => return Err(refused(&value, "TolerationSeconds", "int64")),
                    },
                };
                continue;
            }
            _ => continue,
        };
        match value {
            Value::Null => {}
            Value::String(text) => *field = Some(text),
            other => return Err(refused(&other, name, go)),
        }
    }
    Ok(read)
}

fn refused(value: &Value, field: &str, go: &str) -> String {
    let what = match value {
        Value::Number(number) if go == "int64" => format!("number {number}"),
        other => kind(other).to_owned(),
    };
    format!("json: cannot unmarshal {what} into Go struct field Toleration.{field} of type {go}")
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_as_go_reads_it() {
        for (text, expected) in [
            ("", "unexpected end of JSON input"),
            ("[{", "unexpected end of JSON input"),
            ("x", "invalid character 'x' looking for beginning of value"),
            ("'a'", "invalid character '\\'' looking for beginning of value"),
            ("{}", "json: cannot unmarshal object into Go value of type []core.Toleration"),
            ("[1]", "json: cannot unmarshal number into Go value of type core.Toleration"),
            (r#"[{"key":1}]"#, "json: cannot unmarshal number into Go struct field Toleration.Key of type string"),
            (
                r#"[{"tolerationSeconds":1.5}]"#,
                "json: cannot unmarshal number 1.5 into Go struct field Toleration.TolerationSeconds of type int64",
            ),
        ] {
            assert_eq!(tolerations_of(text), Err(expected.to_owned()), "{text}");
        }
        assert_eq!(tolerations_of("null"), Ok(Vec::new()));
        let read = tolerations_of(r#"[{"KEY":"a","operator":"Exists","tolerationSeconds":3,"other":1},null]"#);
        let first = Toleration {
            key: Some("a".into()),
            operator: Some("Exists".into()),
            toleration_seconds: Some(3),
            ..Default::default()
        };
        assert_eq!(read, Ok(vec![first, Toleration::default()]));
    }
}
