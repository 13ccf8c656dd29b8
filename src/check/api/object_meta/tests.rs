use serde_json::json;

use super::*;
use crate::check::finding::Reason::{self, *};

fn errors(meta: serde_json::Value, version: Version) -> ErrorList {
    let mut meta: ObjectMeta = serde_json::from_value(meta).expect("metadata");
    meta.namespace.get_or_insert_with(|| "default".to_owned());
    let mut errs = ErrorList::new(version);
    validate_object_meta(&meta, name_is_dns_subdomain, &Path::new("metadata"), &mut errs);
    errs
}

#[track_caller]
fn check(meta: serde_json::Value, version: Version, expected: &[(&str, Reason)]) {
    let errs = errors(meta, version);
    let found: Vec<_> = errs.since(0).iter().map(|error| (error.field.to_string(), error.reason)).collect();
    let found: Vec<_> = found.iter().map(|(field, reason)| (field.as_str(), *reason)).collect();
    assert_eq!(found, expected);
}

/// From `k8s.io/apimachinery/pkg/api/validation/objectmeta_test.go`.
#[test]
fn metadata_as_upstream_has_it() {
    let new = Version::LATEST;
    check(json!({"name": "a.b"}), new, &[]);
    check(json!({}), new, &[("metadata.name", FieldValueRequired)]);
    check(json!({"name": "A"}), new, &[("metadata.name", FieldValueInvalid)]);
    check(json!({"name": "a", "namespace": "a.b"}), new, &[("metadata.namespace", FieldValueInvalid)]);
    check(json!({"name": "a", "namespace": ""}), new, &[("metadata.namespace", FieldValueRequired)]);
    check(json!({"name": "a", "generation": -1}), new, &[("metadata.generation", FieldValueInvalid)]);
    check(json!({"name": "a", "labels": {"Ok/x": "y", "a/b": ""}}), new, &[("metadata.labels", FieldValueInvalid)]);
    check(json!({"name": "a", "annotations": {"OK/X": "any thing"}}), new, &[]);
    check(json!({"name": "a", "annotations": {"a b": ""}}), new, &[("metadata.annotations", FieldValueInvalid)]);
    let long = "x".repeat(MOST_ANNOTATIONS);
    check(json!({"name": "a", "annotations": {"a": long}}), new, &[("metadata.annotations", FieldValueTooLong)]);
    check(json!({"name": "a", "annotations": {"a": long[1..]}}), new, &[]);
}

#[test]
fn generated_names_are_told_of_where_they_were_made() {
    let new = Version::LATEST;
    check(json!({"generateName": "web-", "name": "web-xxxxx"}), new, &[]);
    check(
        json!({"generateName": "Web-", "name": "Web-xxxxx"}),
        new,
        &[("metadata.generateName", FieldValueInvalid), ("metadata.name", FieldValueInvalid)],
    );
    check(json!({"generateName": "a.-", "name": "a.-xxxxx"}), new, &[("metadata.name", FieldValueInvalid)]);
    let errs = errors(json!({"generateName": "Web-", "name": "Web-xxxxx"}), new);
    let generate = Path::new("metadata");
    assert_eq!(errs.since(0)[1].at, Some(generate.child("generateName").steps()));
    assert_eq!(errs.since(0)[0].mends, [Mend::set(generate.child("generateName").steps(), "web-")]);
    assert_eq!(name_is_dns_label(&format!("{}-", "a".repeat(63)), true), []);
    assert_ne!(name_is_dns_label("-", true), []);
    assert_ne!(name_is_dns_label("é-", true), []);
}

#[test]
fn owners_changed_in_1_34_and_1_37() {
    let of = |owner: serde_json::Value| json!({"name": "a", "ownerReferences": [owner]});
    let nothing = || of(json!({"apiVersion": "", "kind": "", "name": "", "uid": ""}));
    let old = ["apiVersion", "kind", "name", "uid"].map(|key| format!("metadata.ownerReferences.{key}"));
    let old: Vec<_> = old.iter().map(|field| (field.as_str(), FieldValueInvalid)).collect();
    let new = ["apiVersion", "kind", "name", "uid"].map(|key| format!("metadata.ownerReferences[0].{key}"));
    let new: Vec<_> = new.iter().map(|field| (field.as_str(), FieldValueRequired)).collect();
    check(nothing(), Version::V1_33, &old);
    check(nothing(), Version::V1_36, &old);
    check(nothing(), Version::V1_37, &new);
    let bodies = |version| {
        let errs = errors(nothing(), version);
        errs.since(0).iter().map(|error| error.body.clone()).collect::<Vec<_>>()
    };
    assert_eq!(bodies(Version::V1_33)[1], "Invalid value: \"\": kind must not be empty");
    assert_eq!(bodies(Version::V1_34)[1], "Invalid value: \"\": must not be empty");
    assert_eq!(bodies(Version::V1_37)[1], "Required value: must not be empty");
    for bad in ["a/b/c", "g/", "/"] {
        let owner = of(json!({"apiVersion": bad, "kind": "K", "name": "n", "uid": "u"}));
        check(owner.clone(), Version::V1_36, &[("metadata.ownerReferences.apiVersion", FieldValueInvalid)]);
        check(owner, Version::V1_37, &[("metadata.ownerReferences[0].apiVersion", FieldValueInvalid)]);
    }
    let event = of(json!({"apiVersion": "v1", "kind": "Event", "name": "n", "uid": "u"}));
    check(event.clone(), Version::V1_36, &[("metadata.ownerReferences", FieldValueInvalid)]);
    check(event.clone(), Version::V1_37, &[("metadata.ownerReferences[0]", FieldValueInvalid)]);
    assert_eq!(
        errors(event.clone(), Version::V1_34).since(0)[0].body,
        r#"Invalid value: {"apiVersion":"v1","kind":"Event","name":"n","uid":"u"}: /v1, Kind=Event is disallowed from being an owner"#
    );
    assert_eq!(
        errors(event, Version::V1_33).since(0)[0].body,
        r#"Invalid value: v1.OwnerReference{APIVersion:"v1", Kind:"Event", Name:"n", UID:"u", Controller:(*bool)(nil), BlockOwnerDeletion:(*bool)(nil)}: /v1, Kind=Event is disallowed from being an owner"#
    );
}

#[test]
fn one_owner_controls() {
    let owner = |name: &str, controls: bool| json!({"apiVersion": "v1", "kind": "K", "name": name, "uid": "u", "controller": controls});
    let two = json!({"name": "a", "ownerReferences": [owner("x", true), owner("y", false), owner("z", true)]});
    check(two.clone(), Version::V1_37, &[("metadata.ownerReferences", FieldValueInvalid)]);
    let body = &errors(two, Version::V1_37).since(0)[0].body.clone();
    assert!(
        body.starts_with(r#"Invalid value: [{"apiVersion":"v1","kind":"K","name":"x","uid":"u","controller":true},"#)
    );
    let end = r#": Only one reference can have Controller set to true. Found "true" in references for K/x and K/z"#;
    assert!(body.ends_with(end), "{body}");
}

#[test]
fn finalizers() {
    let of = |finalizers: &[&str]| json!({"name": "a", "finalizers": finalizers});
    let new = Version::LATEST;
    check(of(&["example.com/x", "kubernetes", "orphan"]), new, &[]);
    check(of(&["example.com/x", "x"]), new, &[("metadata.finalizers[1]", FieldValueInvalid)]);
    check(of(&["a/b/c"]), new, &[("metadata.finalizers", FieldValueInvalid)]);
    check(
        of(&["a b"]),
        new,
        &[("metadata.finalizers", FieldValueInvalid), ("metadata.finalizers[0]", FieldValueInvalid)],
    );
    check(of(&["orphan", "foregroundDeletion"]), new, &[("metadata.finalizers", FieldValueInvalid)]);
    let both = errors(of(&["orphan", "foregroundDeletion"]), new);
    assert_eq!(
        both.since(0)[0].body,
        r#"Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set"#
    );
    assert_eq!(errors(of(&["Orphan"]), new).since(0)[0].mends.len(), 1);
}
