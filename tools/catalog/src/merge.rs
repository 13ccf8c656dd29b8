//! Lays the releases over each other: every kind, type and field once, with the versions that have it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::Error;
use crate::openapi::{Gvk, Release};

/// What a field holds; types by their full names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Scalar(Scalar),
    Object(String),
    List(Box<Shape>),
    Map(Box<Shape>),
}

/// What a field holds when it is neither a type, a list nor a map. The numbers are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Scalar {
    String = 0,
    Int32 = 1,
    Int64 = 2,
    Number = 3,
    Boolean = 4,
    IntOrString = 5,
    Quantity = 6,
    Time = 7,
    MicroTime = 8,
    Bytes = 9,
    Any = 10,
}

/// `x-kubernetes-list-type`. The numbers are the file's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum ListType {
    #[default]
    Atomic = 0,
    Set = 1,
    Map = 2,
}

/// A field over all releases.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub shape: Shape,
    pub versions: u8,
    pub required: u8,
    pub default: Option<Value>,
    pub enumeration: Vec<(String, u8)>,
    pub list_type: ListType,
    pub list_keys: Vec<String>,
    pub merge_key: Option<String>,
}

/// A type over all releases.
#[derive(Clone, Debug, Default)]
pub struct Type {
    pub versions: u8,
    pub fields: BTreeMap<String, Field>,
}

/// A kind over all releases.
#[derive(Clone, Debug)]
pub struct Kind {
    pub schema: String,
    pub plural: String,
    pub namespaced: bool,
    pub versions: u8,
    pub served: u8,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Merged {
    pub releases: Vec<(String, u8)>,
    pub kinds: BTreeMap<Gvk, Kind>,
    pub types: BTreeMap<String, Type>,
    /// Facts that changed and of which only the newest is kept.
    pub changed: Vec<String>,
}

/// Merges the releases, oldest first, and leaves out what no manifest can hold.
pub fn merge(releases: &[Release]) -> Result<Merged, Error> {
    let mut all = Merged::default();
    for release in releases {
        all.releases.push((release.name.clone(), release.bit));
        for (gvk, new) in &release.kinds {
            let kind = all.kinds.entry(gvk.clone()).or_insert_with(|| Kind {
                schema: new.schema.clone(),
                plural: new.plural.clone(),
                namespaced: new.namespaced,
                versions: 0,
                served: 0,
            });
            if (&kind.schema, &kind.plural, kind.namespaced) != (&new.schema, &new.plural, new.namespaced) {
                return Err(format!("{gvk:?} changed its schema, plural or scope in {}", release.name));
            }
            kind.versions |= release.bit;
            kind.served |= if new.served { release.bit } else { 0 };
        }
        for (name, schema) in &release.schemas {
            if scalar(name, schema).is_none() {
                add_type(&mut all, name, schema, release).map_err(|e| format!("{} {name}: {e}", release.name))?;
            }
        }
    }
    let reached = reach(&all)?;
    all.types.retain(|name, _| reached.contains(name));
    all.changed.retain(|line| line.split(' ').next().is_some_and(|name| reached.contains(name)));
    Ok(all)
}

fn add_type(all: &mut Merged, name: &str, schema: &Value, release: &Release) -> Result<(), Error> {
    let bit = release.bit;
    let ty = all.types.entry(name.to_owned()).or_default();
    ty.versions |= bit;
    let required: BTreeSet<&str> = words(schema.get("required")).collect();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return Ok(()) };
    for (key, property) in properties {
        let mut new = field(property, required.contains(key.as_str()), release).map_err(|e| format!("{key}: {e}"))?;
        let Some(old) = ty.fields.get_mut(key) else {
            ty.fields.insert(key.clone(), new);
            continue;
        };
        for (fact, differs) in [
            ("shape", old.shape != new.shape),
            ("default", old.default != new.default),
            ("list type", old.list_type != new.list_type),
            ("list keys", old.list_keys != new.list_keys),
            ("merge key", old.merge_key != new.merge_key),
        ] {
            if differs {
                all.changed.push(format!("{name} {key}: {fact}, in {}", release.name));
            }
        }
        new.versions |= old.versions;
        new.required |= old.required;
        for (value, versions) in std::mem::take(&mut old.enumeration) {
            match new.enumeration.iter_mut().find(|(v, _)| *v == value) {
                Some((_, known)) => *known |= versions,
                None => new.enumeration.push((value, versions)),
            }
        }
        *old = new;
    }
    Ok(())
}

fn field(property: &Value, required: bool, release: &Release) -> Result<Field, Error> {
    let inner = property.get("items").or_else(|| property.get("additionalProperties"));
    let values = property.get("enum").or_else(|| inner?.get("enum"));
    let list_type = match property.get("x-kubernetes-list-type").and_then(Value::as_str) {
        None | Some("atomic") => ListType::Atomic,
        Some("set") => ListType::Set,
        Some("map") => ListType::Map,
        Some(other) => return Err(format!("list type '{other}' is not known")),
    };
    Ok(Field {
        shape: shape(property, release)?,
        versions: release.bit,
        required: if required { release.bit } else { 0 },
        default: property.get("default").filter(|d| says_something(d, required)).cloned(),
        enumeration: words(values).map(|v| (v.to_owned(), release.bit)).collect(),
        list_type,
        list_keys: words(property.get("x-kubernetes-list-map-keys")).map(str::to_owned).collect(),
        merge_key: property.get("x-kubernetes-patch-merge-key").and_then(Value::as_str).map(str::to_owned),
    })
}

/// The documents give Go's zero value as the default of every field that is not a pointer. For an
/// object, and for a field that must be there anyway, that is no default.
fn says_something(default: &Value, required: bool) -> bool {
    match default {
        Value::Object(map) => !map.is_empty(),
        Value::String(text) => !(required && text.is_empty()),
        Value::Number(number) => !(required && number.as_f64() == Some(0.0)),
        Value::Bool(value) => *value || !required,
        Value::Null => false,
        Value::Array(_) => true,
    }
}

fn shape(property: &Value, release: &Release) -> Result<Shape, Error> {
    let of = |inner: &Value| shape(inner, release).map(Box::new);
    if let Some(one) = property.pointer("/allOf/0") {
        return shape(one, release);
    }
    if let Some(name) = property.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next()) {
        let schema = release.schemas.get(name).ok_or_else(|| format!("{name} is not described"))?;
        return Ok(scalar(name, schema).map_or_else(|| Shape::Object(name.to_owned()), Shape::Scalar));
    }
    let word = |key: &str| property.get(key).and_then(Value::as_str);
    let scalar = match (word("type"), word("format")) {
        (Some("array"), _) => return Ok(Shape::List(of(property.get("items").ok_or("a list without items")?)?)),
        (Some("object"), _) => match property.get("additionalProperties") {
            Some(inner) => return Ok(Shape::Map(of(inner)?)),
            None => Scalar::Any,
        },
        (Some("string"), Some("byte")) => Scalar::Bytes,
        (Some("string"), Some("date-time")) => Scalar::Time,
        (Some("string"), None) => Scalar::String,
        (Some("integer"), Some("int32")) => Scalar::Int32,
        (Some("integer"), Some("int64")) => Scalar::Int64,
        (Some("number"), _) => Scalar::Number,
        (Some("boolean"), _) => Scalar::Boolean,
        (ty, format) => return Err(format!("type {ty:?} of format {format:?} is not known")),
    };
    Ok(Shape::Scalar(scalar))
}

/// The types that are written as something else than an object with their fields.
fn scalar(name: &str, schema: &Value) -> Option<Scalar> {
    Some(match name.rsplit('.').next()? {
        "Quantity" => Scalar::Quantity,
        "IntOrString" => Scalar::IntOrString,
        "Time" => Scalar::Time,
        "MicroTime" => Scalar::MicroTime,
        "RawExtension" | "FieldsV1" => Scalar::Any,
        // `JSON` and its kin: a schema that says nothing at all.
        _ if schema.get("type").is_none() && schema.get("properties").is_none() => Scalar::Any,
        _ => return None,
    })
}

/// The types that a manifest of some kind can hold.
fn reach(all: &Merged) -> Result<BTreeSet<String>, Error> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = all.kinds.values().map(|kind| kind.schema.as_str()).collect();
    while let Some(name) = open.pop() {
        if !reached.insert(name.to_owned()) {
            continue;
        }
        let ty = all.types.get(name).ok_or_else(|| format!("{name} is not described"))?;
        for field in ty.fields.values() {
            let mut shape = &field.shape;
            while let Shape::List(inner) | Shape::Map(inner) = shape {
                shape = inner;
            }
            if let Shape::Object(next) = shape {
                open.push(next);
            }
        }
    }
    Ok(reached)
}

fn words(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
