use serde_json::Value;

use crate::k8s::Version;

/// A refused value, as it stands in the server's sentence (`field.Error.ErrorBody`): Go's syntax up to
/// 1.33, JSON since 1.34.
#[derive(Clone, Debug, PartialEq)]
pub enum BadValue {
    /// No value is shown (`OmitValueType`).
    Omit,
    /// A nil pointer.
    Null,
    /// A Go `string`.
    Str(String),
    /// A named string type (`core.Protocol`).
    Named(String),
    /// A named string type with a `String()` of its own (`core.ResourceName`): without quotes in 1.33.
    Plain(String),
    /// A number.
    Int(i64),
    /// A boolean.
    Bool(bool),
    /// A slice of strings.
    Strings(Vec<String>),
    /// A map of strings, `None` when it is nil.
    Map(Option<Vec<(String, String)>>),
    /// An `intstr.IntOrString` holding a number.
    IntOrStringInt(i32),
    /// An `intstr.IntOrString` holding text.
    IntOrStringStr(String),
    /// A struct of the internal API, with Go's field names; 1.33 prints Go's syntax, given beside it.
    Struct {
        /// Since 1.34.
        json: Value,
        /// Up to 1.33; addresses of pointers cannot be known.
        go: String,
    },
}

impl BadValue {
    /// The text in the sentence of a server of `version`; `None` when the value is omitted.
    pub fn shown(&self, version: Version) -> Option<String> {
        let old = version == Version::V1_33;
        Some(match self {
            BadValue::Omit => return None,
            BadValue::Null if old => "\"null\"".to_owned(),
            BadValue::Null => "null".to_owned(),
            BadValue::Str(text) => quoted(text),
            BadValue::Named(text) if old => quoted(text),
            BadValue::Plain(text) if old => text.clone(),
            BadValue::Named(text) | BadValue::Plain(text) => json_text(text),
            BadValue::Int(number) => number.to_string(),
            BadValue::Bool(value) => value.to_string(),
            BadValue::Strings(texts) if old => {
                let texts: Vec<_> = texts.iter().map(|t| quoted(t)).collect();
                format!("[]string{{{}}}", texts.join(", "))
            }
            BadValue::Strings(texts) => {
                let texts: Vec<_> = texts.iter().map(|t| json_text(t)).collect();
                format!("[{}]", texts.join(","))
            }
            BadValue::Map(None) if old => "map[string]string(nil)".to_owned(),
            BadValue::Map(None) => "null".to_owned(),
            BadValue::Map(Some(entries)) => {
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort();
                if old {
                    let each: Vec<_> = entries.iter().map(|(k, v)| format!("{}:{}", quoted(k), quoted(v))).collect();
                    format!("map[string]string{{{}}}", each.join(", "))
                } else {
                    let each: Vec<_> =
                        entries.iter().map(|(k, v)| format!("{}:{}", json_text(k), json_text(v))).collect();
                    format!("{{{}}}", each.join(","))
                }
            }
            BadValue::IntOrStringInt(number) if old => {
                format!("intstr.IntOrString{{Type:0, IntVal:{number}, StrVal:\"\"}}")
            }
            BadValue::IntOrStringInt(number) => number.to_string(),
            BadValue::IntOrStringStr(text) if old => {
                format!("intstr.IntOrString{{Type:1, IntVal:0, StrVal:{}}}", quoted(text))
            }
            BadValue::IntOrStringStr(text) => json_text(text),
            BadValue::Struct { go, .. } if old => go.clone(),
            BadValue::Struct { json, .. } => html_escaped(&json.to_string()),
        })
    }

    /// The value as a person wrote it, for our own sentence.
    pub fn plain(&self) -> String {
        match self {
            BadValue::Str(text) | BadValue::Named(text) | BadValue::Plain(text) | BadValue::IntOrStringStr(text) => {
                super::super::decode::clip(text)
            }
            other => super::super::decode::clip(&other.shown(Version::LATEST).unwrap_or_default()),
        }
    }
}

impl From<&str> for BadValue {
    fn from(text: &str) -> BadValue {
        BadValue::Str(text.to_owned())
    }
}
impl From<&String> for BadValue {
    fn from(text: &String) -> BadValue {
        BadValue::Str(text.clone())
    }
}
impl From<i32> for BadValue {
    fn from(number: i32) -> BadValue {
        BadValue::Int(number.into())
    }
}
impl From<i64> for BadValue {
    fn from(number: i64) -> BadValue {
        BadValue::Int(number)
    }
}
impl From<bool> for BadValue {
    fn from(value: bool) -> BadValue {
        BadValue::Bool(value)
    }
}
impl From<&k8s_openapi::apimachinery::pkg::util::intstr::IntOrString> for BadValue {
    fn from(value: &k8s_openapi::apimachinery::pkg::util::intstr::IntOrString) -> BadValue {
        use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
        match value {
            IntOrString::Int(number) => BadValue::IntOrStringInt(*number),
            IntOrString::String(text) => BadValue::IntOrStringStr(text.clone()),
        }
    }
}

/// Go's `%q`.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            c if (c as u32) < 0x20 || c as u32 == 0x7f => out.push_str(&format!("\\x{:02x}", c as u32)),
            c if is_print(c) => out.push(c),
            c if (c as u32) < 0x10000 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push_str(&format!("\\U{:08x}", c as u32)),
        }
    }
    out.push('"');
    out
}

/// Go's `strconv.IsPrint`, for the characters that manifests hold: spaces other than U+0020, controls,
/// format characters and what is not assigned are escaped.
fn is_print(c: char) -> bool {
    !(c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c as u32, 0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe000..=0xf8ff
            | 0xfff0..=0xfffb | 0xfffe..=0xffff | 0xe0000..=0x10ffff))
}

/// A text as Go's `json.Marshal` writes it.
pub fn json_text(text: &str) -> String {
    html_escaped(&Value::from(text).to_string())
}

/// `json.Marshal` escapes these, so that JSON can stand in HTML.
fn html_escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_each_version_does() {
        let map = BadValue::Map(Some(vec![("b".into(), "<".into()), ("a".into(), "1".into())]));
        for (value, old, new) in [
            (BadValue::from("a\"b\n"), r#""a\"b\n""#, r#""a\"b\n""#),
            (BadValue::Plain("cpu".into()), "cpu", "\"cpu\""),
            (BadValue::Null, "\"null\"", "null"),
            (map, r#"map[string]string{"a":"1", "b":"<"}"#, r#"{"a":"1","b":"\u003c"}"#),
            (BadValue::Strings(vec!["a".into(), "b".into()]), r#"[]string{"a", "b"}"#, r#"["a","b"]"#),
            (BadValue::IntOrStringStr("x".into()), r#"intstr.IntOrString{Type:1, IntVal:0, StrVal:"x"}"#, "\"x\""),
        ] {
            assert_eq!(value.shown(Version::V1_33).as_deref(), Some(old));
            assert_eq!(value.shown(Version::V1_34).as_deref(), Some(new));
        }
        assert_eq!(BadValue::Omit.shown(Version::V1_37), None);
    }
}
