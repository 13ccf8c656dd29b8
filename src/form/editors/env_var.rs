//! One environment variable: a value, or a place where it comes from.

use serde_json::{Map, Value, json};

use super::Hint;
use crate::i18n::{Message, id};
use crate::k8s::Version;

/// Where the value of a variable comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvSource {
    /// Written here.
    Plain(String),
    /// A key of a ConfigMap.
    ConfigMapKey {
        /// The ConfigMap.
        name: String,
        /// The key.
        key: String,
        /// Whether it may be missing.
        optional: Option<bool>,
    },
    /// A key of a Secret.
    SecretKey {
        /// The Secret.
        name: String,
        /// The key.
        key: String,
        /// Whether it may be missing.
        optional: Option<bool>,
    },
    /// A field of the Pod.
    Field {
        /// `metadata.name`.
        path: String,
    },
    /// A resource of a container.
    Resource {
        /// `limits.memory`.
        resource: String,
        /// The container, when it is another one.
        container: Option<String>,
        /// In units of this.
        divisor: Option<String>,
    },
    /// A key of a file of a volume (1.34 and later).
    FileKey {
        /// The volume.
        volume: String,
        /// The file.
        path: String,
        /// The key.
        key: String,
        /// Whether it may be missing.
        optional: Option<bool>,
    },
}

/// A variable in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvVar {
    /// Its name.
    pub name: String,
    /// Its value; none where it is neither written nor taken from anywhere: it is empty then.
    pub source: Option<EnvSource>,
}

/// The sources that a version has, by their keys.
pub fn sources(version: Version) -> &'static [&'static str] {
    let all = &[
        "value",
        "valueFrom.configMapKeyRef",
        "valueFrom.secretKeyRef",
        "valueFrom.fieldRef",
        "valueFrom.resourceFieldRef",
        "valueFrom.fileKeyRef",
    ];
    if version >= Version::V1_34 { all } else { &all[..5] }
}

/// A variable in parts; `None` when it says something that has no part here.
pub fn read(value: &Value) -> Option<EnvVar> {
    let map = value.as_object()?;
    if map.keys().any(|k| !matches!(k.as_str(), "name" | "value" | "valueFrom")) {
        return None;
    }
    let name = map.get("name").map_or(Some(""), Value::as_str)?.to_owned();
    let source = match (map.get("value"), map.get("valueFrom")) {
        (None, None) => None,
        (Some(value), None) => Some(EnvSource::Plain(value.as_str()?.to_owned())),
        (None, Some(from)) => Some(source(from)?),
        (Some(_), Some(_)) => return None,
    };
    Some(EnvVar { name, source })
}

fn source(from: &Value) -> Option<EnvSource> {
    let mut entries = from.as_object()?.iter();
    let (kind, of) = entries.next()?;
    let of = of.as_object().filter(|_| entries.next().is_none())?;
    let known: &[&str] = match kind.as_str() {
        "configMapKeyRef" | "secretKeyRef" => &["name", "key", "optional"],
        "fieldRef" => &["fieldPath"],
        "resourceFieldRef" => &["resource", "containerName", "divisor"],
        "fileKeyRef" => &["volumeName", "path", "key", "optional"],
        _ => return None,
    };
    if of.keys().any(|key| !known.contains(&key.as_str())) {
        return None;
    }
    let text = |key: &str| of.get(key).map_or(Some(String::new()), |v| v.as_str().map(str::to_owned));
    let maybe = |key: &str| of.get(key).map_or(Some(None), |v| v.as_str().map(|s| Some(s.to_owned())));
    let optional = of.get("optional").map_or(Some(None), |v| v.as_bool().map(Some))?;
    Some(match kind.as_str() {
        "configMapKeyRef" => EnvSource::ConfigMapKey { name: text("name")?, key: text("key")?, optional },
        "secretKeyRef" => EnvSource::SecretKey { name: text("name")?, key: text("key")?, optional },
        "fieldRef" => EnvSource::Field { path: text("fieldPath")? },
        "resourceFieldRef" => EnvSource::Resource {
            resource: text("resource")?,
            container: maybe("containerName")?,
            divisor: maybe("divisor")?,
        },
        _ => EnvSource::FileKey { volume: text("volumeName")?, path: text("path")?, key: text("key")?, optional },
    })
}

/// The value of the parts.
pub fn write(variable: &EnvVar) -> Value {
    let mut map = Map::new();
    map.insert("name".to_owned(), variable.name.as_str().into());
    match &variable.source {
        None => {}
        Some(EnvSource::Plain(text)) => {
            map.insert("value".to_owned(), text.as_str().into());
        }
        Some(from) => {
            map.insert("valueFrom".to_owned(), write_source(from));
        }
    }
    Value::Object(map)
}

fn write_source(source: &EnvSource) -> Value {
    let (kind, mut of, optional) = match source {
        EnvSource::Plain(text) => return text.as_str().into(),
        EnvSource::ConfigMapKey { name, key, optional } => {
            ("configMapKeyRef", json!({"name": name, "key": key}), *optional)
        }
        EnvSource::SecretKey { name, key, optional } => ("secretKeyRef", json!({"name": name, "key": key}), *optional),
        EnvSource::Field { path } => ("fieldRef", json!({"fieldPath": path}), None),
        EnvSource::Resource { resource, container, divisor } => {
            let mut of = json!({"resource": resource});
            if let Some(container) = container {
                of["containerName"] = container.as_str().into();
            }
            if let Some(divisor) = divisor {
                of["divisor"] = divisor.as_str().into();
            }
            ("resourceFieldRef", of, None)
        }
        EnvSource::FileKey { volume, path, key, optional } => {
            ("fileKeyRef", json!({"volumeName": volume, "path": path, "key": key}), *optional)
        }
    };
    if let Some(optional) = optional {
        of["optional"] = optional.into();
    }
    json!({ kind: of })
}

/// What is worth knowing about a list of variables: the last of two of the same name wins.
pub(super) fn hints(value: &Value) -> Vec<Hint> {
    let names: Vec<&str> = value.as_array().into_iter().flatten().filter_map(|v| v.get("name")?.as_str()).collect();
    let twice = names.iter().enumerate().filter(|(at, name)| names[..*at].contains(name));
    let hint = |name: &&str| Hint { message: Message::new(id::FORM_HINT_ENV_TWICE).with("name", *name), warning: true };
    twice.map(|(_, name)| hint(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_sources_of_each_version() {
        assert!(!sources(Version::V1_33).contains(&"valueFrom.fileKeyRef"));
        assert!(sources(Version::V1_34).contains(&"valueFrom.fileKeyRef"));
    }

    #[test]
    fn what_has_no_part_is_left_alone() {
        for value in [
            json!({"name": "A", "value": "x", "valueFrom": {}}),
            json!({"name": "A", "value": 1}),
            json!({"name": "A", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b", "odd": 1}}}),
            json!({"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "a"}, "secretKeyRef": {}}}),
            json!({"name": "A", "valu": "x"}),
            json!("A=x"),
        ] {
            assert_eq!(read(&value), None, "{value}");
        }
        assert_eq!(hints(&json!([{"name": "A"}, {"name": "B"}, {"name": "A"}])).len(), 1);
    }
}
