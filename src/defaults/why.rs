//! Of what the server filled in: where, what, and why, for people.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::metadata::PLACEHOLDER_UID;
use crate::i18n::{Message, id};
use crate::k8s::{FieldPath, ImageRef, Segment};

/// Something that stands in the stored object and was not written.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// Its place.
    pub path: FieldPath,
    /// What the server took.
    pub value: Value,
    /// Why.
    pub why: Message,
}

/// Compares the object as it was written with the object as it is stored, status aside: each value, list and
/// empty object that is new.
pub fn filled_in(written: &Value, stored: &Value) -> Vec<Filled> {
    let mut walk = Walk { out: Vec::new(), root: stored };
    if let Value::Object(fields) = stored {
        let kept = fields.iter().filter(|(name, _)| *name != "status");
        for (name, value) in kept {
            walk.see(written.get(name), value, &FieldPath::root().child(name), fields);
        }
    }
    walk.out
}

struct Walk<'a> {
    out: Vec<Filled>,
    root: &'a Value,
}

impl Walk<'_> {
    fn see(&mut self, written: Option<&Value>, stored: &Value, path: &FieldPath, beside: &Map<String, Value>) {
        let written = written.filter(|value| !value.is_null());
        match stored {
            Value::Object(fields) if written.is_some() || !fields.is_empty() => {
                for (name, value) in fields {
                    let path = if is_map(path) { path.key(name) } else { path.child(name) };
                    self.see(written.and_then(|w| w.get(name)), value, &path, fields);
                }
            }
            Value::Array(items) if written.is_some() => {
                let twins = Twins::new(written.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default());
                for (index, item) in items.iter().enumerate() {
                    let twin = twins.of(item, index);
                    // Items that were added, by merging, are shown by their list.
                    if let (Value::Object(_), Some(_)) = (item, twin) {
                        self.see(twin, item, &path.index(index), beside);
                    }
                }
            }
            Value::Null => {}
            // Who counts changes of the spec is the server alone.
            _ if written.is_none() && path.to_string() != "metadata.generation" => {
                let why = why(self.root, path, stored, beside);
                self.out.push(Filled { path: path.clone(), value: stored.clone(), why });
            }
            _ => {}
        }
    }
}

/// The items of a list as they were written.
struct Twins<'a> {
    written: &'a [Value],
    /// The first of each name, and of those without.
    named: HashMap<Option<&'a str>, &'a Value>,
}

impl<'a> Twins<'a> {
    fn new(written: &'a [Value]) -> Twins<'a> {
        let mut named = HashMap::new();
        for item in written {
            named.entry(name_of(item)).or_insert(item);
        }
        Twins { written, named }
    }

    /// The item as it was written: of the same name at the same place, or anywhere.
    fn of(&self, item: &Value, index: usize) -> Option<&'a Value> {
        let here = self.written.get(index).filter(|other| name_of(other) == name_of(item));
        here.or_else(|| self.named.get(&name_of(item)).copied())
    }
}

fn name_of(item: &Value) -> Option<&str> {
    item.get("name").and_then(Value::as_str)
}

/// Whether what is below has keys and no fields.
fn is_map(path: &FieldPath) -> bool {
    const MAPS: [&str; 7] = ["labels", "annotations", "limits", "requests", "matchLabels", "nodeSelector", "overhead"];
    matches!(path.0.last(), Some(Segment::Field(name)) if MAPS.contains(&name.as_str()))
}

fn why(root: &Value, path: &FieldPath, value: &Value, beside: &Map<String, Value>) -> Message {
    let names: Vec<&str> = path.0.iter().map(name).collect();
    let kind = root.get("kind").and_then(Value::as_str).unwrap_or_default();
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let key = names.last().copied().unwrap_or_default();
    let about = |id| Message::new(id).with("key", key).with("value", shown.clone());
    let spec = root.get("spec");
    let at = |field: &str| spec.and_then(|spec| spec.get(field));
    let above = names.iter().rev().nth(1).copied().unwrap_or_default();
    match key {
        _ if shown == PLACEHOLDER_UID || key.ends_with("job-name") && kind == "Job" => about(id::DEFAULTS_JOB_LABEL),
        "namespace" if names.len() == 2 => about(id::DEFAULTS_NAMESPACE),
        "name" if names.len() == 2 => about(id::DEFAULTS_GENERATED_NAME),
        "imagePullPolicy" | "pullPolicy" => {
            let image = beside.get("image").or_else(|| beside.get("reference")).and_then(Value::as_str);
            pulled(about(id::DEFAULTS_VALUE), image.unwrap_or_default(), &shown)
        }
        _ if names.get(1) == Some(&"labels") && kind == "Job" => about(id::DEFAULTS_LABELS_OF_TEMPLATE),
        "hostPort" => about(id::DEFAULTS_HOST_PORT),
        _ if above == "requests" && names.get(1) == Some(&"resources") => about(id::DEFAULTS_SUM),
        _ if above == "limits" && names.get(1) == Some(&"resources") => about(id::DEFAULTS_SUM),
        _ if above == "requests" => about(id::DEFAULTS_REQUEST_FROM_LIMIT),
        "targetPort" => about(id::DEFAULTS_TARGET_PORT),
        "serviceAccount" | "serviceAccountName" => about(id::DEFAULTS_SERVICE_ACCOUNT),
        "emptyDir" => about(id::DEFAULTS_EMPTY_DIR),
        "backoffLimit" if at("backoffLimitPerIndex").is_some() => about(id::DEFAULTS_BACKOFF_LIMIT),
        "podReplacementPolicy" if at("podFailurePolicy").is_some() => about(id::DEFAULTS_REPLACEMENT),
        "matchExpressions" => about(id::DEFAULTS_MATCH_LABEL_KEYS),
        "type" | "localhostProfile" if above == "appArmorProfile" => about(id::DEFAULTS_APP_ARMOR),
        _ if above == "annotations" => about(id::DEFAULTS_APP_ARMOR),
        "clusterIPs" => about(id::DEFAULTS_CLUSTER_IPS),
        "ipFamilies" | "ipFamilyPolicy" => about(id::DEFAULTS_IP_FAMILY),
        _ if value.as_object().is_some_and(Map::is_empty) => about(id::DEFAULTS_EMPTY),
        _ => about(id::DEFAULTS_VALUE),
    }
}

fn name(segment: &Segment) -> &str {
    match segment {
        Segment::Field(name) | Segment::Key(name) => name,
        Segment::Index(_) => "",
    }
}

fn pulled(other: Message, image: &str, policy: &str) -> Message {
    let Some(read) = ImageRef::parse(image) else { return other };
    let (tagged, pinned) = (read.tag.is_some(), read.digest.is_some());
    let reason = match (policy, tagged, pinned) {
        ("Always", true, _) => id::DEFAULTS_PULL_LATEST,
        ("Always", false, _) => id::DEFAULTS_PULL_NO_TAG,
        (_, _, true) => id::DEFAULTS_PULL_DIGEST,
        _ => id::DEFAULTS_PULL_TAG,
    };
    Message::new(reason).with("tag", read.tag.unwrap_or_default()).with("value", policy)
}
