//! What a field begins as when it is added.

use serde_json::{Map, Value};

use super::layout;
use crate::k8s::Version;
use crate::schema::{Catalog, Field, Shape};

/// What a field of that shape begins as when it is added: the least that makes sense.
pub fn template(catalog: &Catalog, version: Version, shape: &Shape) -> Value {
    of_shape(catalog, version, shape, 4)
}

/// As [`template`], for a field: one of its values where the schema lists them, its default where it has one.
pub(super) fn of_field(catalog: &Catalog, version: Version, field: &Field) -> Value {
    field_value(catalog, version, field, 4)
}

fn field_value(catalog: &Catalog, version: Version, field: &Field, depth: u8) -> Value {
    if matches!(field.shape, Shape::List(_) | Shape::Map(_)) {
        return of_shape(catalog, version, &field.shape, depth);
    }
    match (&field.default, field.values(version).find(|v| !v.is_empty())) {
        // Adding a switch means to turn it.
        (Some(Value::Bool(default)), _) => Value::Bool(!default),
        (Some(default), _) => default.clone(),
        (None, Some(value)) => Value::String(value.to_owned()),
        (None, None) => of_shape(catalog, version, &field.shape, depth),
    }
}

fn of_shape(catalog: &Catalog, version: Version, shape: &Shape, depth: u8) -> Value {
    match shape {
        Shape::String | Shape::Bytes | Shape::Time | Shape::MicroTime => Value::String(String::new()),
        Shape::Quantity => Value::String("0".to_owned()),
        Shape::Int32 | Shape::Int64 | Shape::Number | Shape::IntOrString => Value::from(0),
        Shape::Boolean => Value::Bool(true),
        Shape::Map(_) | Shape::Any => Value::Object(Map::new()),
        Shape::List(inner) => match **inner {
            Shape::Object(_) if depth > 0 => Value::Array(vec![of_shape(catalog, version, inner, depth - 1)]),
            _ => Value::Array(Vec::new()),
        },
        Shape::Object(ty) => {
            let ty = catalog.ty(*ty);
            let known = layout::of_type(&ty.full_name).map(|l| l.template).filter(|t| !t.is_empty());
            if let Some(value) = known.and_then(|text| serde_json::from_str(text).ok()) {
                return value;
            }
            let mut map = Map::new();
            if depth > 0 {
                for field in ty.fields.iter().filter(|f| f.required.has(version)) {
                    map.insert(field.name.clone(), field_value(catalog, version, field, depth - 1));
                }
            }
            Value::Object(map)
        }
    }
}

/// Changes what must differ between the items of a list (`keys`, or a `name`), so that `value` can
/// stand beside `others`. What refers to something else (an address, a topology key) stays.
pub(super) fn make_unique(value: &mut Value, keys: &[String], others: &[Value]) {
    let Value::Object(map) = value else { return };
    let is_port = map.contains_key("containerPort") || map.contains_key("port");
    let limit = if is_port { 15 } else { 63 };
    let own_name = keys.is_empty() || is_port || keys.iter().any(|k| k == "name");
    for key in ["containerPort", "port", "mountPath", "devicePath", "name"] {
        let first = match map.get(key) {
            Some(first) if first.is_number() || first.as_str().is_some_and(|s| !s.is_empty()) => first.clone(),
            _ => continue,
        };
        if key == "name" && !own_name {
            continue;
        }
        let taken: Vec<_> = others.iter().filter_map(Value::as_object).map(|o| beside(o, key)).collect();
        for number in 2..10_000 {
            if !taken.contains(&beside(map, key)) {
                break;
            }
            map[key] = counted(&first, number, limit);
        }
    }
}

/// What may not stand twice: a name, or a port with its protocol.
fn beside<'v>(map: &'v Map<String, Value>, key: &str) -> [Option<&'v Value>; 2] {
    [map.get(key), map.get("protocol").filter(|_| key != "name")]
}

/// `web`, 2 → `web-2`; `web-2`, 3 → `web-3`; 80, 2 → 81.
fn counted(first: &Value, number: u32, limit: usize) -> Value {
    match first {
        Value::String(text) => {
            let stem = match text.rsplit_once('-') {
                Some((stem, digits)) if digits.len() < 5 && digits.parse::<u32>().is_ok() && !stem.is_empty() => stem,
                _ => text,
            };
            let suffix = number.to_string();
            let room = if stem.starts_with('/') { usize::MAX } else { limit - suffix.len() - 1 };
            let stem: String = stem.chars().take(room).collect();
            Value::String([stem.trim_end_matches('-'), "-", &suffix].concat())
        }
        _ => match first.as_i64() {
            Some(n) => Value::from(n.saturating_add(i64::from(number) - 1)),
            None => first.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn new_items_differ_from_their_neighbours() {
        let unique = |mut value: Value, keys: &[&str], others: &[Value]| {
            make_unique(&mut value, &keys.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>(), others);
            value
        };
        let web = [json!({"name": "web"}), json!({"name": "web-2"})];
        assert_eq!(unique(json!({"name": "web"}), &["name"], &web), json!({"name": "web-3"}));
        assert_eq!(unique(json!({"name": "web-2"}), &["name"], &web), json!({"name": "web-3"}));
        assert_eq!(unique(json!({"name": "db"}), &["name"], &web), json!({"name": "db"}));
        let ports = [json!({"name": "http", "port": 80, "protocol": "TCP"})];
        assert_eq!(
            unique(json!({"name": "http", "port": 80, "protocol": "TCP"}), &["port", "protocol"], &ports),
            json!({"name": "http-2", "port": 81, "protocol": "TCP"})
        );
        let path = [json!({"name": "data", "mountPath": "/data"})];
        assert_eq!(
            unique(json!({"name": "data", "mountPath": "/data"}), &["mountPath"], &path),
            json!({"name": "data", "mountPath": "/data-2"})
        );
        let alias = [json!({"ip": "127.0.0.1"})];
        assert_eq!(unique(json!({"ip": "127.0.0.1"}), &["ip"], &alias), json!({"ip": "127.0.0.1"}));
        let long = "a".repeat(63);
        let value = unique(json!({"name": long}), &["name"], &[json!({"name": long})]);
        assert_eq!(value["name"].as_str().map(str::len), Some(63));
        assert_eq!(unique(json!("x"), &["name"], &[]), json!("x"));
    }
}
