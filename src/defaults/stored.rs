//! The object as JSON, as Go writes it.

use serde_json::{Map, Value, json};

use super::Object;
use super::tags::Tags;
use super::to_json::to_json;
use crate::k8s::{Quantity, Version};
use crate::schema::{Catalog, Shape, TypeId};

impl Object {
    /// The object as the server stores it and writes it back, after [`Object::set_defaults`] and
    /// [`Object::prepare_for_create`]; without what only the server knows: uid, creation time, addresses it gives.
    pub fn stored(mut self, catalog: &Catalog, version: Version) -> Value {
        // What comes from the store is decoded, too: a Job has its template's new labels then.
        self.set_type_defaults(version);
        let (api_version, kind, metadata, spec, status) = match &self {
            Object::Pod(pod) => ("v1", "Pod", &pod.metadata, to_json(&pod.spec), &pod.status),
            Object::Deployment(deployment) => {
                ("apps/v1", "Deployment", &deployment.metadata, to_json(&deployment.spec), &deployment.status)
            }
            Object::Service(service) => {
                ("v1", "Service", &service.metadata, on_read(to_json(&service.spec)), &service.status)
            }
            Object::Job(job) => ("batch/v1", "Job", &job.metadata, to_json(&job.spec), &job.status),
        };
        let Some(info) = catalog.kind(api_version, kind) else { return Value::Null };
        let metadata = to_json(metadata);
        let value = json!({
            "apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec, "status": status,
        });
        let mut writer = Writer { catalog, version, top: true };
        writer.object(value, info.ty)
    }
}

/// `defaultOnReadInternalTrafficPolicy`: what was filled in without need is not shown.
fn on_read(mut spec: Value) -> Value {
    if let Value::Object(fields) = &mut spec
        && fields.get("type").is_some_and(|ty| ty == "ExternalName")
    {
        fields.shift_remove("internalTrafficPolicy");
    }
    spec
}

struct Writer<'a> {
    catalog: &'a Catalog,
    version: Version,
    /// Whether the next metadata is the object's own.
    top: bool,
}

impl Writer<'_> {
    fn object(&mut self, value: Value, ty: TypeId) -> Value {
        let Value::Object(mut fields) = value else { return value };
        let info = self.catalog.ty(ty);
        let tags = Tags::of(&info.name);
        let mut out = Map::new();
        for field in &info.fields {
            let name = field.name.as_str();
            let given = fields.shift_remove(name).filter(|value| !value.is_null());
            let required = field.required.has(self.version);
            let written = match &field.shape {
                Shape::Object(inner) => {
                    let given = given.or_else(|| tags.structs.contains(&name).then(|| json!({})));
                    // Our type has something where Go's has a pointer.
                    let given = given.filter(|value| !(tags.nulls.contains(&name) && is_blank(value)));
                    given.map(|value| self.object(value, *inner))
                }
                Shape::List(_) | Shape::Map(_) => {
                    // In the store a list that is empty and one that is not there are the same.
                    given.map(|value| self.value(value, &field.shape)).filter(|value| !is_empty(value))
                }
                shape => {
                    let keep = required || tags.pointers.contains(&name);
                    given.map(|value| self.value(value, shape)).filter(|value| keep || !is_zero(value))
                }
            };
            // A time and a quantity are structs, too.
            let written = written.or_else(|| match (info.name.as_str(), name) {
                ("ObjectMeta", "creationTimestamp") => {
                    (self.version <= Version::V1_33 && !self.top).then_some(Value::Null)
                }
                ("ResourceFieldSelector", "divisor") => Some(json!("0")),
                _ => tags.nulls.contains(&name).then_some(Value::Null),
            });
            if name == "metadata" {
                self.top = false;
            }
            if let Some(written) = written {
                out.insert(name.to_owned(), written);
            }
        }
        out.extend(fields);
        Value::Object(out)
    }

    fn value(&mut self, value: Value, shape: &Shape) -> Value {
        match (value, shape) {
            (value @ Value::Object(_), Shape::Object(inner)) => self.object(value, *inner),
            (Value::Array(items), Shape::List(inner)) => {
                items.into_iter().map(|item| self.value(item, inner)).collect()
            }
            (Value::Object(entries), Shape::Map(inner)) => {
                entries.into_iter().map(|(key, value)| (key, self.value(value, inner))).collect()
            }
            (Value::String(text), Shape::Quantity) => Value::String(Quantity::shown(text.trim()).unwrap_or(text)),
            (value, _) => value,
        }
    }
}

/// An object without anything in it.
fn is_blank(value: &Value) -> bool {
    value.as_object().is_some_and(|fields| fields.values().all(is_zero))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        _ => false,
    }
}
