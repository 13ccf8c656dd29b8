use std::borrow::Cow;
use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, OwnerReference};
use serde_json::{Value, json};

use super::bad_value::quoted;
use super::content::{
    Fault, is_dns1035_label, is_dns1123_label, is_dns1123_subdomain, is_qualified_name, is_valid_label_value,
};
use super::{BadValue, ErrorList, Mend, Path};
use crate::check::nearest::nearest;
use crate::i18n::{Message, id};
use crate::k8s::Version;

/// Checks a name; with `prefix` it is a `generateName`.
pub type NameRule = fn(name: &str, prefix: bool) -> Vec<Fault>;

/// `TotalAnnotationSizeLimitB`
const MOST_ANNOTATIONS: usize = 256 * 1024;
/// So many items of a list are shown, all of them again with each of its faults.
const MOST_WHOLE: usize = 20_000;
const ORPHAN: &str = "orphan";
const FOREGROUND: &str = "foregroundDeletion";
const STANDARD_FINALIZERS: [&str; 3] = ["kubernetes", ORPHAN, FOREGROUND];

/// `ValidateObjectMeta`, of core as of apimachinery.
///
/// Without `managedFields`: the server takes those apart first and leaves out what it cannot read, and takes
/// from the others what the object holds.
pub fn validate_object_meta(meta: &ObjectMeta, name: NameRule, path: &Path<'_>, errs: &mut ErrorList) {
    validate_names(meta, name, path, errs);
    let namespace = path.child("namespace");
    match meta.namespace.as_deref().unwrap_or_default() {
        "" => {
            errs.missing(&namespace, "");
        }
        text => errs.invalid_each(&namespace, text, name_is_dns_label(text, false)),
    }
    if let Some(generation) = meta.generation.filter(|&generation| generation < 0) {
        let generation_path = path.child("generation");
        let message = Message::new(id::CHECK_API_META_GENERATION);
        errs.invalid(&generation_path, generation, "must be greater than or equal to 0", message)
            .mend(Mend::delete(generation_path.steps()));
    }
    validate_labels(meta.labels.as_ref(), &path.child("labels"), errs);
    validate_annotations(meta.annotations.as_ref(), &path.child("annotations"), errs);
    validate_owner_references(
        meta.owner_references.as_deref().unwrap_or_default(),
        &path.child("ownerReferences"),
        errs,
    );
    let finalizers = meta.finalizers.as_deref().unwrap_or_default();
    validate_finalizers(finalizers, &path.child("finalizers"), errs);
    for (i, finalizer) in finalizers.iter().enumerate() {
        validate_kube_finalizer_name(finalizer, &path.child("finalizers").index(i), errs);
    }
}

fn validate_names(meta: &ObjectMeta, rule: NameRule, path: &Path<'_>, errs: &mut ErrorList) {
    let (generate, name) = (meta.generate_name.as_deref().unwrap_or_default(), meta.name.as_deref());
    let generate_path = path.child("generateName");
    if !generate.is_empty() {
        errs.invalid_each(&generate_path, generate, rule(generate, true));
    }
    let name_path = path.child("name");
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        errs.missing(&name_path, "name or generateName is required");
        return;
    };
    if !is_generated(name, generate) {
        errs.invalid_each(&name_path, name, rule(name, false));
        return;
    }
    for fault in rule(name, false) {
        let message = fault.message.with("key", "generateName").with("value", BadValue::from(generate).plain());
        errs.invalid(&name_path, name, &fault.detail, message).at(&generate_path);
    }
}

/// Whether the name was made from `generateName`: its beginning and five characters.
fn is_generated(name: &str, generate: &str) -> bool {
    const MOST: usize = 58;
    let base = generate.len().min(MOST);
    !generate.is_empty() && name.len() == base + 5 && name.as_bytes().starts_with(&generate.as_bytes()[..base])
}

/// `ValidateLabels`.
pub fn validate_labels(labels: Option<&BTreeMap<String, String>>, path: &Path<'_>, errs: &mut ErrorList) {
    for (key, value) in labels.into_iter().flatten() {
        let entry = path.key(key);
        invalid_at(path, &entry, key, is_qualified_name(key, errs.version), errs);
        invalid_at(path, &entry, value, is_valid_label_value(value, errs.version), errs);
    }
}

/// `ValidateAnnotations`.
pub fn validate_annotations(annotations: Option<&BTreeMap<String, String>>, path: &Path<'_>, errs: &mut ErrorList) {
    let mut size = 0_usize;
    for (key, value) in annotations.into_iter().flatten() {
        size = size.saturating_add(key.len()).saturating_add(value.len());
        invalid_at(path, &path.key(key), key, is_qualified_name(&to_lower(key), errs.version), errs);
    }
    if size > MOST_ANNOTATIONS {
        errs.too_long(path, MOST_ANNOTATIONS, Message::new(id::CHECK_API_META_ANNOTATIONS_SIZE));
    }
}

/// `strings.ToLower`: character by character.
fn to_lower(text: &str) -> Cow<'_, str> {
    match text.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) {
        true => text.chars().filter_map(|c| c.to_lowercase().next()).collect(),
        false => text.into(),
    }
}

/// Says the faults of one entry of a map or a list, which the server's field does not name.
fn invalid_at(path: &Path<'_>, at: &Path<'_>, value: &str, faults: Vec<Fault>, errs: &mut ErrorList) {
    for fault in faults {
        let message = fault.message.with("key", path.called()).with("value", BadValue::from(value).plain());
        errs.invalid(path, value, &fault.detail, message).at(at);
    }
}

/// `ValidateOwnerReferences`.
fn validate_owner_references(references: &[OwnerReference], path: &Path<'_>, errs: &mut ErrorList) {
    let mut first: Option<String> = None;
    for (i, reference) in references.iter().enumerate() {
        let place = path.index(i);
        validate_owner_reference(reference, path, &place, errs);
        if reference.controller != Some(true) {
            continue;
        }
        let current = format!("{}/{}", reference.kind, reference.name);
        let Some(first) = &first else {
            first = Some(current);
            continue;
        };
        // Each of these holds the whole list.
        let value = if i.saturating_mul(references.len()) < MOST_WHOLE { owners(references) } else { BadValue::Omit };
        let detail = format!(
            "Only one reference can have Controller set to true. Found \"true\" in references for {first} and {current}"
        );
        let message = Message::new(id::CHECK_API_META_TWO_CONTROLLERS)
            .with("first", BadValue::from(first.as_str()).plain())
            .with("second", BadValue::from(current.as_str()).plain());
        errs.invalid(path, value, &detail, message).at(&place);
    }
}

/// `validateOwnerReference`: up to 1.36 without the index, and an absence was an invalid value.
fn validate_owner_reference(owner: &OwnerReference, path: &Path<'_>, place: &Path<'_>, errs: &mut ErrorList) {
    let indexed = errs.version >= Version::V1_37;
    let shown = if indexed { place } else { path };
    let (group, version) = parse_group_version(&owner.api_version).unwrap_or_default();
    let api_version = shown.child("apiVersion");
    if indexed && owner.api_version.is_empty() {
        errs.missing(&api_version, "must not be empty");
    } else if version.is_empty() {
        let detail = if indexed { "must be <group>/<version> or <version>" } else { "version must not be empty" };
        let message =
            Message::new(id::CHECK_API_META_OWNER_VERSION).with("value", BadValue::from(&owner.api_version).plain());
        errs.invalid(&api_version, &owner.api_version, detail, message).at(&place.child("apiVersion"));
    }
    for (key, value) in [("kind", &owner.kind), ("name", &owner.name), ("uid", &owner.uid)] {
        if !value.is_empty() {
            continue;
        }
        let field = shown.child(key);
        if indexed {
            errs.missing(&field, "must not be empty");
            continue;
        }
        let detail = match errs.version {
            Version::V1_33 => format!("{key} must not be empty"),
            _ => "must not be empty".to_owned(),
        };
        let message = Message::new(id::CHECK_API_MISSING).with("key", key);
        errs.invalid(&field, "", &detail, message).at(&place.child(key));
    }
    if (group, version, owner.kind.as_str()) == ("", "v1", "Event") {
        let value = BadValue::Struct { json: as_json(owner), go: as_go(owner) };
        let detail = "/v1, Kind=Event is disallowed from being an owner";
        errs.invalid(shown, value, detail, Message::new(id::CHECK_API_META_OWNER_EVENT))
            .at(place)
            .mend(Mend::delete(place.steps()));
    }
}

/// `schema.ParseGroupVersion`
fn parse_group_version(text: &str) -> Option<(&str, &str)> {
    match text.split_once('/') {
        None => Some(("", text)),
        Some((_, version)) if version.contains('/') => None,
        Some(both) => Some(both),
    }
}

fn owners(references: &[OwnerReference]) -> BadValue {
    let go: Vec<_> = references.iter().map(as_go).collect();
    BadValue::Struct {
        json: references.iter().map(as_json).collect(),
        go: format!("[]v1.OwnerReference{{{}}}", go.join(", ")),
    }
}

fn as_json(owner: &OwnerReference) -> Value {
    let OwnerReference { api_version, kind, name, uid, controller, block_owner_deletion } = owner;
    let mut value = json!({ "apiVersion": api_version, "kind": kind, "name": name, "uid": uid });
    if let Some(controller) = controller {
        value["controller"] = Value::from(*controller);
    }
    if let Some(block) = block_owner_deletion {
        value["blockOwnerDeletion"] = Value::from(*block);
    }
    value
}

fn as_go(owner: &OwnerReference) -> String {
    let pointer = |value: Option<bool>| if value.is_some() { "(*bool)(0xc000000000)" } else { "(*bool)(nil)" };
    format!(
        "v1.OwnerReference{{APIVersion:{}, Kind:{}, Name:{}, UID:{}, Controller:{}, BlockOwnerDeletion:{}}}",
        quoted(&owner.api_version),
        quoted(&owner.kind),
        quoted(&owner.name),
        quoted(&owner.uid),
        pointer(owner.controller),
        pointer(owner.block_owner_deletion)
    )
}

/// `ValidateFinalizers`.
fn validate_finalizers(finalizers: &[String], path: &Path<'_>, errs: &mut ErrorList) {
    for (i, finalizer) in finalizers.iter().enumerate() {
        invalid_at(path, &path.index(i), finalizer, is_qualified_name(finalizer, errs.version), errs);
    }
    let has = |name: &str| finalizers.iter().any(|finalizer| finalizer == name);
    if has(ORPHAN) && has(FOREGROUND) {
        let detail = format!("finalizer {ORPHAN} and {FOREGROUND} cannot be both set");
        let message = Message::new(id::CHECK_API_META_TWO_FINALIZERS);
        errs.invalid(path, BadValue::Strings(finalizers.to_vec()), &detail, message);
    }
}

/// `validateKubeFinalizerName`.
fn validate_kube_finalizer_name(name: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if name.contains('/') || STANDARD_FINALIZERS.contains(&name) {
        return;
    }
    let message = Message::new(id::CHECK_API_META_FINALIZER).with("value", BadValue::from(name).plain());
    let detail = "name is neither a standard finalizer name nor is it fully qualified";
    let error = errs.invalid(path, name, detail, message);
    if let Some(meant) = nearest(name, STANDARD_FINALIZERS) {
        error.mend(Mend::set(path.steps(), meant));
    }
}

/// A name that more is put behind: one `-` at its end does not matter (`maskTrailingDash`, which takes the
/// character before it along).
fn masked(name: &str, prefix: bool, rule: fn(&str) -> Vec<Fault>) -> Vec<Fault> {
    let stem = match name.strip_suffix('-') {
        Some(stem) if prefix && !stem.is_empty() => stem,
        _ => return rule(name),
    };
    // A character of more than one byte is refused as well as half of it.
    let cut = stem.get(..stem.len() - 1).map(|cut| format!("{cut}a"));
    let mut faults = rule(cut.as_deref().unwrap_or(stem));
    for fault in &mut faults {
        fault.meant = rule(stem).into_iter().find_map(|fault| fault.meant).map(|meant| format!("{meant}-"));
    }
    faults
}

/// `NameIsDNSSubdomain`.
pub fn name_is_dns_subdomain(name: &str, prefix: bool) -> Vec<Fault> {
    masked(name, prefix, is_dns1123_subdomain)
}

/// `NameIsDNSLabel`.
pub fn name_is_dns_label(name: &str, prefix: bool) -> Vec<Fault> {
    masked(name, prefix, is_dns1123_label)
}

/// `NameIsDNS1035Label`.
pub fn name_is_dns1035_label(name: &str, prefix: bool) -> Vec<Fault> {
    masked(name, prefix, is_dns1035_label)
}

#[cfg(test)]
mod tests;
