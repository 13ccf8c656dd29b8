//! Writes the documentation texts of every type and field, one file an API group:
//!
//! ```text
//! cargo run -p docs -- static/generated/docs
//! ```
//!
//! The texts are those that k8s-openapi carries (Apache-2.0, from Kubernetes' own API definitions);
//! they are made when the page is built and are not part of this repository. A file:
//! `{"v1.PodSpec":{"":"text of the type","containers":"text of the field"}}`, ASCII only.

mod kinds;

use std::collections::BTreeMap;

use k8s_openapi::schemars::generate::SchemaSettings;
use serde_json::Value;

/// The texts of a type by field; of the type itself under the empty name.
pub type Texts = BTreeMap<String, String>;

/// The texts of every type, by group and by `v1.PodSpec`.
pub type Groups = BTreeMap<String, BTreeMap<String, Texts>>;

/// Every text that k8s-openapi has.
pub fn groups() -> Groups {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    kinds::describe(&mut generator);
    let mut groups = Groups::new();
    for (full_name, schema) in generator.take_definitions(false) {
        let (Some(group), Some(key)) = (group_of(&full_name), key_of(&full_name)) else { continue };
        let texts = texts(&schema);
        if !texts.is_empty() {
            groups.entry(group.to_owned()).or_default().insert(key.to_owned(), texts);
        }
    }
    groups
}

fn texts(schema: &Value) -> Texts {
    let text = |of: &Value| of.get("description").and_then(Value::as_str).map(str::to_owned);
    let mut texts = Texts::new();
    texts.extend(text(schema).map(|t| (String::new(), t)));
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        texts.extend(text(property).map(|t| (name.clone(), t)));
    }
    texts
}

/// `core` of `io.k8s.api.core.v1.PodSpec`: the file that has its texts. As `schema::Docs::group_of`.
pub fn group_of(full_name: &str) -> Option<&str> {
    if full_name.starts_with("io.k8s.apimachinery.") {
        return Some("meta");
    }
    full_name.rsplit('.').nth(2)
}

/// `v1.PodSpec` of `io.k8s.api.core.v1.PodSpec`.
fn key_of(full_name: &str) -> Option<&str> {
    let (at, _) = full_name.rmatch_indices('.').nth(1)?;
    full_name.get(at + 1..)
}

/// A group's file.
pub fn file(group: &BTreeMap<String, Texts>) -> String {
    let json = serde_json::to_string(group).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}
