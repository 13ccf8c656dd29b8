//! The pure part of each field editor: reading a value into parts and back, what can be chosen, and
//! what is worth knowing about a value while it is edited.
//!
//! One file an editor, one line in [`REGISTRY`]. Its widget is `ui/fields/<name>.rs`.

pub mod affinity_term;
pub mod boolean;
pub mod choices;
pub mod command;
pub mod duration;
pub mod enumeration;
pub mod env_from;
pub mod env_var;
pub mod file_mode;
pub mod host_alias;
pub mod image;
pub mod int_or_percent;
pub mod key_to_path;
pub mod label_selector;
pub mod number;
pub mod object;
pub mod port;
pub mod probe;
pub mod quantity;
pub mod raw;
pub mod reference;
pub mod resources;
pub mod security_context;
pub mod strings;
pub mod table;
pub mod target_port;
pub mod text;
pub mod toleration;
pub mod topology_spread;
pub mod volume;
pub mod volume_mount;

use serde_json::Value;

use super::model::{Editor, Row};
use crate::i18n::{Id, Message};

/// Something worth knowing about a value while it is edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    /// What.
    pub message: Message,
    /// Whether the value is probably not what is meant. The checks say it too where it is an error.
    pub warning: bool,
}

impl Hint {
    fn fact(message: Message) -> Hint {
        Hint { message, warning: false }
    }

    fn warning(id: Id) -> Hint {
        Hint { message: Message::new(id), warning: true }
    }
}

/// One editor.
pub struct Registered {
    /// Its name: that of its files.
    pub name: &'static str,
    /// A value read into its parts and written back, where it has parts; the same value, then.
    pub back: fn(&Value) -> Option<Value>,
    /// Values it is made for, as JSON: for the tests that walk the registry.
    pub examples: &'static [&'static str],
}

/// Every editor, sorted by name.
#[rustfmt::skip]
pub static REGISTRY: &[Registered] = &[
    Registered { name: "affinity_term", back: |v| affinity_term::read(v).map(|t| affinity_term::write(&t)), examples: &[r#"{"weight":1,"preference":{"matchExpressions":[]}}"#, r#"{"topologyKey":"a"}"#] },
    Registered { name: "boolean", back: |v| boolean::read(Some(v))?.map(Value::Bool), examples: &["true", "false"] },
    Registered { name: "choices", back: |v| choices::boxes(Some(v), &[]).map(|all| all.into_iter().map(|c| Value::from(c.value)).collect()), examples: &[r#"["IPv4","IPv6"]"#, "[]"] },
    Registered { name: "command", back: |v| command::read(v).map(|line| command::write(&line)), examples: &[r#"["sh","-c","echo 'a b'"]"#, "[]"] },
    Registered { name: "duration", back: |v| number::read(v).map(|n| duration::write(&n.to_string())), examples: &["0", "3600"] },
    Registered { name: "enumeration", back: |v| match enumeration::read(Some(v), &[])? { enumeration::Chosen::Other(text) => Some(text.into()), _ => None }, examples: &[r#""Always""#] },
    Registered { name: "env_from", back: |v| env_from::read(v).map(|f| env_from::write(&f)), examples: &[r#"{"configMapRef":{"name":"a","optional":true}}"#, r#"{"prefix":"A_","secretRef":{"name":"a"}}"#] },
    Registered { name: "env_var", back: |v| env_var::read(v).map(|e| env_var::write(&e)), examples: &[r#"{"name":"A","value":"x"}"#, r#"{"name":"A"}"#, r#"{"name":"A","valueFrom":{"configMapKeyRef":{"name":"a","key":"b","optional":true}}}"#, r#"{"name":"A","valueFrom":{"secretKeyRef":{"name":"a","key":"b"}}}"#, r#"{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}"#, r#"{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu","containerName":"c","divisor":"1m"}}}"#, r#"{"name":"A","valueFrom":{"fileKeyRef":{"volumeName":"v","path":"p","key":"k"}}}"#] },
    Registered { name: "file_mode", back: |v| number::read(v).map(|mode| file_mode::write(&file_mode::octal(mode))), examples: &["420", "0", "511"] },
    Registered { name: "host_alias", back: |v| host_alias::read(v).map(|h| host_alias::write(&h)), examples: &[r#"{"ip":"::1","hostnames":["a","b"]}"#] },
    Registered { name: "image", back: |v| v.as_str().map(|t| image::join(&image::split(t)).into()), examples: &[r#""ghcr.io/a/b:1@sha256:0""#, r#""""#] },
    Registered { name: "int_or_percent", back: |v| int_or_percent::read(v).map(|r| match r { int_or_percent::IntOrPercent::Int(n) => n.into(), int_or_percent::IntOrPercent::Percent(p) => int_or_percent::write(&format!("{p}%")) }), examples: &["3", r#""25%""#] },
    Registered { name: "key_to_path", back: |v| Some(v.clone()), examples: &[r#"{"key":"a","path":"b","mode":420}"#] },
    Registered { name: "label_selector", back: |v| label_selector::read(v).map(|r| label_selector::write(&r)), examples: &[r#"{"matchLabels":{"a":"b"},"matchExpressions":[{"key":"c","operator":"Exists"}]}"#, "{}"] },
    Registered { name: "number", back: |v| number::read(v).map(|n| number::write(&n.to_string())), examples: &["-1", "0", "42"] },
    Registered { name: "object", back: |v| object::size(v).map(|_| v.clone()), examples: &[r#"{"a":1}"#] },
    Registered { name: "objects", back: |v| object::size(v).map(|_| v.clone()), examples: &[r#"[{"a":1}]"#] },
    Registered { name: "port", back: |v| number::read(v).map(|n| number::write(&n.to_string())), examples: &["80"] },
    Registered { name: "probe", back: |v| probe::handler(v).map(|_| v.clone()), examples: &[r#"{"httpGet":{"port":80}}"#, r#"{"grpc":{"port":80},"periodSeconds":5}"#] },
    Registered { name: "quantity", back: |v| text::read(v).map(|t| text::write(&t.text)), examples: &[r#""128Mi""#, r#""0.5""#] },
    Registered { name: "raw", back: |v| raw::parse(&v.to_string()).ok(), examples: &[r#"{"a":[1,"on",null,true]}"#, r#""yes""#, "1.5"] },
    Registered { name: "reference", back: |v| text::read(v).map(|t| text::write(&t.text)), examples: &[r#""web""#] },
    Registered { name: "resources", back: |v| resources::read(v).map(|_| v.clone()), examples: &[r#"{"requests":{"cpu":"1"},"limits":{"memory":"1Gi"}}"#] },
    Registered { name: "security_context", back: |v| object::size(v).map(|_| v.clone()), examples: &[r#"{"runAsNonRoot":true}"#] },
    Registered { name: "strings", back: |v| strings::read(v).map(|lines| strings::write(&lines, false)), examples: &[r#"["a","b"]"#, "[]"] },
    Registered { name: "table", back: |v| table::read(v).map(|entries| entries.into_iter().map(|(k, v)| (k, text::write(&v))).collect()), examples: &[r#"{"app":"web","a.b/c":""}"#, "{}"] },
    Registered { name: "target_port", back: |v| text::read(v).map(|t| target_port::write(&t.text)), examples: &["8080", r#""http""#] },
    Registered { name: "text", back: |v| text::read(v).map(|t| text::write(&t.text)), examples: &[r#""a\nb""#, r#""""#] },
    Registered { name: "toleration", back: |v| toleration::read(v).map(|t| toleration::write(&t)), examples: &[r#"{"key":"a","operator":"Equal","value":"b","effect":"NoExecute","tolerationSeconds":60}"#, "{}"] },
    Registered { name: "topology_spread", back: |v| object::size(v).map(|_| v.clone()), examples: &[r#"{"maxSkew":1,"topologyKey":"a","whenUnsatisfiable":"DoNotSchedule"}"#] },
    Registered { name: "volume", back: |v| volume::read(v).map(|x| volume::write(&x)), examples: &[r#"{"name":"a","emptyDir":{}}"#, r#"{"name":"a","projected":{"sources":[]}}"#, r#"{"name":"a"}"#] },
    Registered { name: "volume_mount", back: |v| object::size(v).map(|_| v.clone()), examples: &[r#"{"name":"a","mountPath":"/a"}"#] },
];

/// The name of an editor: that of its files.
pub fn name(editor: &Editor) -> &'static str {
    match editor {
        Editor::Text => "text",
        Editor::Number { .. } => "number",
        Editor::Boolean => "boolean",
        Editor::Enum(_) => "enumeration",
        Editor::Choices(_) => "choices",
        Editor::FileMode => "file_mode",
        Editor::Image => "image",
        Editor::Command => "command",
        Editor::Strings => "strings",
        Editor::Quantity => "quantity",
        Editor::Duration => "duration",
        Editor::IntOrPercent => "int_or_percent",
        Editor::Port => "port",
        Editor::TargetPort => "target_port",
        Editor::Table => "table",
        Editor::EnvVar => "env_var",
        Editor::EnvFrom => "env_from",
        Editor::Resources => "resources",
        Editor::Probe => "probe",
        Editor::Volume => "volume",
        Editor::VolumeMount => "volume_mount",
        Editor::SecurityContext => "security_context",
        Editor::LabelSelector => "label_selector",
        Editor::AffinityTerm => "affinity_term",
        Editor::Toleration => "toleration",
        Editor::TopologySpread => "topology_spread",
        Editor::HostAlias => "host_alias",
        Editor::KeyToPath => "key_to_path",
        Editor::Reference { .. } => "reference",
        Editor::Object => "object",
        Editor::Objects => "objects",
        Editor::Raw => "raw",
    }
}

/// What is worth knowing about the value of a row while it is edited.
pub fn hints(row: &Row) -> Vec<Hint> {
    let Some(value) = row.value.as_ref().filter(|v| !v.is_null()) else { return Vec::new() };
    match &row.editor {
        Editor::Image => image::hint(value).into_iter().collect(),
        Editor::Quantity => quantity::hint(value, &row.path).into_iter().collect(),
        Editor::Duration => duration::hints(value),
        Editor::FileMode => file_mode::hint(value).into_iter().collect(),
        Editor::Port => port::hint(value).into_iter().collect(),
        Editor::TargetPort => target_port::hint(value).into_iter().collect(),
        Editor::Table => table::hints(value, &row.path),
        Editor::EnvVar => env_var::hints(value),
        Editor::Resources => resources::hints(value),
        Editor::Probe => probe::hints(value),
        Editor::VolumeMount => volume_mount::hints(value),
        Editor::KeyToPath => key_to_path::hints(value),
        Editor::Reference { kind } => reference::hint(kind, value).into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_editor_is_registered() {
        let plain = [Editor::Text, Editor::Boolean, Editor::Image, Editor::Command, Editor::Strings, Editor::Quantity];
        let more = [Editor::Duration, Editor::IntOrPercent, Editor::Port, Editor::TargetPort, Editor::Table];
        let parts = [Editor::EnvVar, Editor::EnvFrom, Editor::Resources, Editor::Probe, Editor::Volume];
        let pods = [Editor::VolumeMount, Editor::SecurityContext, Editor::LabelSelector, Editor::AffinityTerm];
        let rest = [Editor::Toleration, Editor::TopologySpread, Editor::HostAlias, Editor::KeyToPath, Editor::Raw];
        let reference = Editor::Reference { kind: String::new() };
        let more_of = [Editor::Choices([].into()), Editor::FileMode];
        let last = [Editor::Object, Editor::Objects, Editor::Number { min: None, max: None }, Editor::Enum([].into())];
        let all: Vec<Editor> = plain
            .into_iter()
            .chain(more)
            .chain(parts)
            .chain(pods)
            .chain(rest)
            .chain(last)
            .chain(more_of)
            .chain([reference])
            .collect();
        let mut names: Vec<&str> = all.iter().map(name).collect();
        names.sort_unstable();
        assert_eq!(names, REGISTRY.iter().map(|e| e.name).collect::<Vec<_>>());
    }

    #[test]
    fn every_editor_gives_its_values_back() {
        assert!(REGISTRY.windows(2).all(|w| w[0].name < w[1].name));
        for editor in REGISTRY {
            assert!(!editor.examples.is_empty(), "{}", editor.name);
            for example in editor.examples {
                let value: Value = serde_json::from_str(example).unwrap_or_else(|e| panic!("{example}: {e}"));
                assert_eq!((editor.back)(&value), Some(value), "{}: {example}", editor.name);
            }
            // Whatever stands in a text, an editor answers.
            for odd in ["null", "true", "1e300", r#""x""#, "[]", "[[1]]", "{}", r#"{"a":{"b":[{}]}}"#, "[null]"] {
                let value: Value = serde_json::from_str(odd).unwrap_or_else(|e| panic!("{odd}: {e}"));
                let _ = (editor.back)(&value);
            }
        }
    }
}
