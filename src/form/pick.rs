//! Which editor a field gets: the layout's word first, then the type's, then the shape's.

use std::sync::Arc;

use super::editors::file_mode;
use super::layout::{self, Entry, Hint};
use super::model::{Editor, EnumOption};
use crate::k8s::Version;
use crate::schema::{Catalog, Field, Shape};

/// The editor of a field, or that it is one or some of the values that [`options`] gives.
pub(super) enum Picked {
    Editor(Editor),
    Values,
    /// Several of them.
    SomeValues,
}

pub(super) fn editor(catalog: &Catalog, field: &Field, entry: Option<&Entry>) -> Picked {
    Picked::Editor(match entry.map(|e| &e.hint) {
        Some(Hint::Image) => Editor::Image,
        Some(Hint::Command) => Editor::Command,
        Some(Hint::Duration) => Editor::Duration,
        Some(Hint::Port) => Editor::Port,
        Some(Hint::TargetPort) => Editor::TargetPort,
        Some(Hint::Reference(kind)) => Editor::Reference { kind: (*kind).to_owned() },
        Some(Hint::Range(min, max)) => {
            let min = (*min != i32::MIN).then_some(i64::from(*min));
            let max = if *max == i32::MAX { limits(&field.shape).1 } else { Some(i64::from(*max)) };
            Editor::Number { min, max }
        }
        Some(Hint::Values(_)) => return Picked::Values,
        Some(Hint::None | Hint::Union(_)) | None => match &field.shape {
            Shape::String if !field.enumeration.is_empty() => return Picked::Values,
            Shape::List(inner) if **inner == Shape::String && !field.enumeration.is_empty() => {
                return Picked::SomeValues;
            }
            shape => by_shape(catalog, field, shape),
        },
    })
}

/// The values of a field in that version: the layout's that the schema takes, or the schema's.
pub(super) fn options(owner: &str, field: &Field, version: Version, entry: Option<&Entry>) -> Arc<[EnumOption]> {
    // Nothing is a choice of a field, but no item of a list.
    let is_list = matches!(field.shape, Shape::List(_));
    let listed: Vec<&str> = field.values(version).filter(|value| !(is_list && value.is_empty())).collect();
    let option =
        |value: &str| EnumOption { value: value.to_owned(), meaning: layout::meaning(owner, &field.name, value) };
    match entry.map(|e| &e.hint) {
        Some(Hint::Values(values)) => {
            let known = layout::values(values, version).filter(|v| listed.is_empty() || listed.contains(v));
            known.map(option).collect()
        }
        _ => listed.into_iter().map(option).collect(),
    }
}

fn by_shape(catalog: &Catalog, field: &Field, shape: &Shape) -> Editor {
    match shape {
        Shape::String if field.name == "image" => Editor::Image,
        Shape::String | Shape::Time | Shape::MicroTime | Shape::Bytes => Editor::Text,
        Shape::Boolean => Editor::Boolean,
        Shape::Int32 if file_mode::is_one(field) => Editor::FileMode,
        Shape::Int32 | Shape::Int64 if field.name.ends_with("Seconds") => Editor::Duration,
        Shape::Int32 if field.name == "port" || field.name.ends_with("Port") => Editor::Port,
        Shape::Int32 | Shape::Int64 | Shape::Number => {
            let (min, max) = limits(shape);
            Editor::Number { min, max }
        }
        Shape::IntOrString if field.name == "port" || field.name.ends_with("Port") => Editor::TargetPort,
        Shape::IntOrString => Editor::IntOrPercent,
        Shape::Quantity => Editor::Quantity,
        Shape::Object(ty) => object(&catalog.ty(*ty).name),
        Shape::List(inner) => match &**inner {
            Shape::Object(ty) => match object(&catalog.ty(*ty).name) {
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
