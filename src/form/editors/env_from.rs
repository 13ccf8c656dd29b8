//! All keys of a ConfigMap or Secret as variables.

use serde_json::{Map, Value, json};

/// A source of variables in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvFrom {
    /// Whether it is a Secret, and not a ConfigMap.
    pub secret: bool,
    /// Its name.
    pub name: String,
    /// What is put before each key.
    pub prefix: Option<String>,
    /// Whether it may be missing.
    pub optional: Option<bool>,
}

/// A source in parts; `None` when it says something that has no part here.
pub fn read(value: &Value) -> Option<EnvFrom> {
    let map = value.as_object()?;
    let (secret, of) = match (map.get("configMapRef"), map.get("secretRef")) {
        (Some(of), None) => (false, of.as_object()?),
        (None, Some(of)) => (true, of.as_object()?),
        _ => return None,
    };
    let known = map.keys().all(|k| matches!(k.as_str(), "configMapRef" | "secretRef" | "prefix"))
        && of.keys().all(|k| matches!(k.as_str(), "name" | "optional"));
    let prefix = map.get("prefix").map_or(Some(None), |v| v.as_str().map(|s| Some(s.to_owned())))?;
    let name = of.get("name").map_or(Some(""), Value::as_str)?.to_owned();
    let optional = of.get("optional").map_or(Some(None), |v| v.as_bool().map(Some))?;
    known.then_some(EnvFrom { secret, name, prefix, optional })
}

/// The value of the parts.
pub fn write(from: &EnvFrom) -> Value {
    let mut of = json!({"name": from.name});
    if let Some(optional) = from.optional {
        of["optional"] = optional.into();
    }
    let mut map = Map::new();
    if let Some(prefix) = &from.prefix {
        map.insert("prefix".to_owned(), prefix.as_str().into());
    }
    map.insert(if from.secret { "secretRef" } else { "configMapRef" }.to_owned(), of);
    Value::Object(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_of_two() {
        let both = json!({"configMapRef": {"name": "a"}, "secretRef": {"name": "b"}});
        assert_eq!(read(&both), None);
        assert_eq!(read(&json!({"prefix": "A_"})), None);
        assert!(read(&json!({"secretRef": {"name": "a"}, "prefix": "A_"})).is_some_and(|f| f.secret));
    }
}
