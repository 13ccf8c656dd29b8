//! Which editor a field gets: the layout's word first, then the type's, then the shape's.

use super::layout::{self, Entry, Hint};
use super::model::{Editor, EnumOption};
use crate::k8s::Version;
use crate::schema::{Field, Shape};

/// The editor of a field of the type called `owner` (its short name).
pub(super) fn editor(
    owner: &str,
    field: &Field,
    version: Version,
    entry: Option<&Entry>,
    type_name: impl Fn(crate::schema::TypeId) -> String,
) -> Editor {
    match entry.map(|e| &e.hint) {
        Some(Hint::Image) => return Editor::Image,
        Some(Hint::Command) => return Editor::Command,
        Some(Hint::Duration) => return Editor::Duration,
        Some(Hint::Port) => return Editor::Port,
        Some(Hint::TargetPort) => return Editor::TargetPort,
        Some(Hint::Reference(kind)) => return Editor::Reference { kind: (*kind).to_owned() },
        Some(Hint::Range(min, max)) => {
            let min = (*min != i32::MIN).then_some(i64::from(*min));
            let max = if *max == i32::MAX { limits(&field.shape).1 } else { Some(i64::from(*max)) };
            return Editor::Number { min, max };
        }
        Some(Hint::Values(values)) => {
            let listed: Vec<&str> = field.values(version).collect();
            let known = layout::values(values, version).filter(|v| listed.is_empty() || listed.contains(v));
            return Editor::Enum(known.map(|v| option(owner, &field.name, v)).collect());
        }
        Some(Hint::None | Hint::Union(_)) | None => {}
    }
    match &field.shape {
        Shape::String if !field.enumeration.is_empty() => {
            Editor::Enum(field.values(version).map(|v| option(owner, &field.name, v)).collect())
        }
        Shape::String if field.name == "image" => Editor::Image,
        Shape::String | Shape::Time | Shape::MicroTime | Shape::Bytes => Editor::Text,
        Shape::Boolean => Editor::Boolean,
        Shape::Int32 | Shape::Int64 if field.name.ends_with("Seconds") => Editor::Duration,
        Shape::Int32 if field.name == "port" || field.name.ends_with("Port") => Editor::Port,
        Shape::Int32 | Shape::Int64 | Shape::Number => {
            let (min, max) = limits(&field.shape);
            Editor::Number { min, max }
        }
        Shape::IntOrString if field.name.to_ascii_lowercase().ends_with("port") => Editor::TargetPort,
        Shape::IntOrString => Editor::IntOrPercent,
        Shape::Quantity => Editor::Quantity,
        Shape::Object(ty) => object(&type_name(*ty)),
        Shape::List(inner) => match &**inner {
            Shape::Object(ty) => match object(&type_name(*ty)) {
                Editor::Object => Editor::Objects,
                editor => editor,
            },
            Shape::List(_) | Shape::Map(_) | Shape::Any => Editor::Raw,
            _ if field.name == "command" || field.name == "args" => Editor::Command,
            _ => Editor::Strings,
        },
        Shape::Map(inner) => match **inner {
            Shape::String | Shape::Quantity | Shape::Bytes => Editor::Table,
            _ => Editor::Raw,
        },
        Shape::Any => Editor::Raw,
    }
}

/// The editor of an object, or of the items of a list of it, by the type's short name.
fn object(type_name: &str) -> Editor {
    match type_name {
        "EnvVar" => Editor::EnvVar,
        "EnvFromSource" => Editor::EnvFrom,
        "ResourceRequirements" | "VolumeResourceRequirements" => Editor::Resources,
        "Probe" => Editor::Probe,
        "Volume" => Editor::Volume,
        "VolumeMount" => Editor::VolumeMount,
        "SecurityContext" | "PodSecurityContext" => Editor::SecurityContext,
        "LabelSelector" => Editor::LabelSelector,
        "PodAffinityTerm" | "WeightedPodAffinityTerm" | "NodeSelectorTerm" | "PreferredSchedulingTerm" => {
            Editor::AffinityTerm
        }
        "Toleration" => Editor::Toleration,
        "TopologySpreadConstraint" => Editor::TopologySpread,
        "HostAlias" => Editor::HostAlias,
        "KeyToPath" => Editor::KeyToPath,
        _ => Editor::Object,
    }
}

fn limits(shape: &Shape) -> (Option<i64>, Option<i64>) {
    match shape {
        Shape::Int32 => (Some(i64::from(i32::MIN)), Some(i64::from(i32::MAX))),
        _ => (None, None),
    }
}

pub(super) fn option(owner: &str, field: &str, value: &str) -> EnumOption {
    EnumOption { value: value.to_owned(), meaning: layout::meaning(owner, field, value) }
}
