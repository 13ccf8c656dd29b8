//! A label selector, and its one line as `kubectl get -l` takes it: `app=web,tier in (a,b),!old`.

use serde_json::{Map, Value, json};

/// One requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The label.
    pub key: String,
    /// What is asked of it.
    pub wanted: Wanted,
}

/// What is asked of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// This value (`matchLabels`).
    Equal(String),
    /// One of these.
    In(Vec<String>),
    /// None of these.
    NotIn(Vec<String>),
    /// That it is there.
    Exists,
    /// That it is not there.
    DoesNotExist,
}

/// The requirements of a selector; `None` when it says something else.
pub fn read(value: &Value) -> Option<Vec<Requirement>> {
    let mut found = Vec::new();
    for (part, value) in value.as_object()? {
        match part.as_str() {
            "matchLabels" => {
                for (key, value) in value.as_object()? {
                    let wanted = Wanted::Equal(value.as_str()?.to_owned());
                    found.push(Requirement { key: key.clone(), wanted });
                }
            }
            "matchExpressions" => {
                for item in value.as_array()? {
                    found.push(expression(item)?);
                }
            }
            _ => return None,
        }
    }
    Some(found)
}

fn expression(item: &Value) -> Option<Requirement> {
    let key = item.get("key")?.as_str()?.to_owned();
    let values = || -> Option<Vec<String>> {
        item.get("values")?.as_array()?.iter().map(|v| v.as_str().map(str::to_owned)).collect()
    };
    let none = || item.get("values").and_then(Value::as_array).is_none_or(Vec::is_empty);
    let wanted = match item.get("operator")?.as_str()? {
        "In" => Wanted::In(values()?),
        "NotIn" => Wanted::NotIn(values()?),
        "Exists" if none() => Wanted::Exists,
        "DoesNotExist" if none() => Wanted::DoesNotExist,
        _ => return None,
    };
    Some(Requirement { key, wanted })
}

/// The value of the requirements.
pub fn write(requirements: &[Requirement]) -> Value {
    let (mut labels, mut expressions) = (Map::new(), Vec::new());
    for Requirement { key, wanted } in requirements {
        let (operator, values) = match wanted {
            Wanted::Equal(value) => {
                labels.insert(key.clone(), value.as_str().into());
                continue;
            }
            Wanted::In(values) => ("In", Some(values)),
            Wanted::NotIn(values) => ("NotIn", Some(values)),
            Wanted::Exists => ("Exists", None),
            Wanted::DoesNotExist => ("DoesNotExist", None),
        };
        let mut item = json!({"key": key, "operator": operator});
        if let Some(values) = values {
            item["values"] = values.iter().map(String::as_str).collect();
        }
        expressions.push(item);
    }
    let mut map = Map::new();
    if !labels.is_empty() {
        map.insert("matchLabels".to_owned(), Value::Object(labels));
    }
    if !expressions.is_empty() {
        map.insert("matchExpressions".to_owned(), Value::Array(expressions));
    }
    Value::Object(map)
}

/// The requirements in one line.
pub fn line(requirements: &[Requirement]) -> String {
    let part = |r: &Requirement| match &r.wanted {
        Wanted::Equal(value) => [&r.key, "=", value].concat(),
        Wanted::In(values) => [&r.key, " in (", &values.join(","), ")"].concat(),
        Wanted::NotIn(values) => [&r.key, " notin (", &values.join(","), ")"].concat(),
        Wanted::Exists => r.key.clone(),
        Wanted::DoesNotExist => ["!", &r.key].concat(),
    };
    requirements.iter().map(part).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_a_selector_in_one_line() {
        let value = json!({
            "matchLabels": {"app": "web"},
            "matchExpressions": [
                {"key": "tier", "operator": "In", "values": ["a", "b"]},
                {"key": "old", "operator": "DoesNotExist"},
                {"key": "zone", "operator": "Exists"},
                {"key": "env", "operator": "NotIn", "values": ["dev"]},
            ],
        });
        let requirements = read(&value).unwrap_or_default();
        assert_eq!(line(&requirements), "app=web,tier in (a,b),!old,zone,env notin (dev)");
        assert_eq!(write(&requirements), value);
        assert_eq!(read(&json!({"matchLabel": {}})), None);
        assert_eq!(read(&json!({"matchExpressions": [{"key": "a", "operator": "Is"}]})), None);
        assert_eq!(write(&[]), json!({}));
    }
}
