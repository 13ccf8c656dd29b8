use serde_json::{Value, json};

use super::*;
use crate::check::finding::Reason::{self, *};
use crate::k8s::Version;

fn parts(annotations: &Value, spec: &Value) -> (BTreeMap<String, String>, PodSpec) {
    let read = |value: &Value| serde_json::from_value(value.clone()).expect("annotations");
    (read(annotations), serde_json::from_value(spec.clone()).expect("a spec"))
}

fn found(errs: &ErrorList) -> Vec<(String, Reason)> {
    errs.since(0).iter().map(|error| (error.field.to_string(), error.reason)).collect()
}

fn one() -> Value {
    json!({"initContainers": [{"name": "i"}], "containers": [{"name": "c"}]})
}

/// From `TestValidatePod` and `TestValidatePodSpecificAnnotations`' rules.
#[test]
fn annotations_of_pods() {
    let on_node = json!({"nodeName": "n", "containers": []});
    for (key, value, spec, expected) in [
        ("kubernetes.io/config.mirror", "", one(), Some("m[kubernetes.io/config.mirror]")),
        ("kubernetes.io/config.mirror", "", on_node, None),
        (DELETION_COST, "0", one(), None),
        (DELETION_COST, "-008", one(), None),
        (DELETION_COST, "2147483647", one(), None),
        (DELETION_COST, "2147483648", one(), Some("m[controller.kubernetes.io/pod-deletion-cost]")),
        (DELETION_COST, "+10", one(), Some("m[controller.kubernetes.io/pod-deletion-cost]")),
        (DELETION_COST, "008", one(), Some("m[controller.kubernetes.io/pod-deletion-cost]")),
        (DELETION_COST, "", one(), Some("m[controller.kubernetes.io/pod-deletion-cost]")),
        (SECCOMP_POD, "docker/default", one(), None),
        (SECCOMP_POD, "localhost/foo", one(), None),
        (SECCOMP_POD, "localhost/", one(), None),
        (SECCOMP_POD, "localhost//foo", one(), Some("m.seccomp.security.alpha.kubernetes.io/pod")),
        (SECCOMP_POD, "foo", one(), Some("m.seccomp.security.alpha.kubernetes.io/pod")),
        (
            "container.seccomp.security.alpha.kubernetes.io/x",
            "localhost/../foo",
            one(),
            Some("m.container.seccomp.security.alpha.kubernetes.io/x"),
        ),
        ("container.apparmor.security.beta.kubernetes.io/i", "localhost/x", one(), None),
        ("container.apparmor.security.beta.kubernetes.io/c", "", one(), None),
        (
            "container.apparmor.security.beta.kubernetes.io/c",
            "bad",
            one(),
            Some("m[container.apparmor.security.beta.kubernetes.io/c]"),
        ),
        (
            "container.apparmor.security.beta.kubernetes.io/x",
            "unconfined",
            one(),
            Some("m[container.apparmor.security.beta.kubernetes.io/x]"),
        ),
        (TOLERATIONS, "[]", one(), None),
        (TOLERATIONS, "{}", one(), Some("m")),
        ("example.com/other", "anything", one(), None),
    ] {
        let (annotations, spec) = parts(&json!({ key: value }), &spec);
        let mut errs = ErrorList::new(Version::LATEST);
        let opts = Options { version: Version::LATEST, pod: None };
        validate_pod_specific_annotations(Some(&annotations), &spec, &Path::new("m"), opts, &mut errs);
        let expected: Vec<_> = expected.into_iter().map(|field| (field.to_owned(), FieldValueInvalid)).collect();
        assert_eq!(found(&errs), expected, "{key}: {value}");
    }
}

#[test]
fn fields_match_the_annotations() {
    let seccomp = |kind: &str, file: Option<&str>| json!({"seccompProfile": {"type": kind, "localhostProfile": file}});
    let spec = |pod: Value, container: Value| json!({"securityContext": pod, "containers": [{"name": "c", "securityContext": container}]});
    let container = "container.seccomp.security.alpha.kubernetes.io/c";
    let at = "spec.containers[0].securityContext.seccompProfile";
    for (key, value, spec, expected) in [
        (SECCOMP_POD, "unconfined", spec(seccomp("Unconfined", None), json!({})), None),
        (
            SECCOMP_POD,
            "runtime/default",
            spec(seccomp("Unconfined", None), json!({})),
            Some("spec.securityContext.seccompProfile.type".to_owned()),
        ),
        (container, "docker/default", spec(json!({}), seccomp("RuntimeDefault", None)), None),
        (container, "unconfined", spec(json!({}), seccomp("RuntimeDefault", None)), Some(format!("{at}.type"))),
        (container, "localhost/a", spec(json!({}), seccomp("Localhost", Some("a"))), None),
        (
            container,
            "localhost/b",
            spec(json!({}), seccomp("Localhost", Some("a"))),
            Some(format!("{at}.localhostProfile")),
        ),
        (container, "unconfined", spec(json!({}), seccomp("Localhost", Some("a"))), Some(format!("{at}.type"))),
        (container, "unconfined", spec(seccomp("RuntimeDefault", None), json!({})), None),
    ] {
        let (annotations, spec) = parts(&json!({ key: value }), &spec);
        let mut errs = ErrorList::new(Version::LATEST);
        validate_seccomp_annotations_and_fields(Some(&annotations), &spec, &Path::new("spec"), &mut errs);
        let expected: Vec<_> = expected.into_iter().map(|field| (field, FieldValueForbidden)).collect();
        assert_eq!(found(&errs), expected, "{key}: {value}");
    }
}

/// From `TestValidateAppArmorProfileField` and what it says of annotations.
#[test]
fn app_armor_matches_its_annotations() {
    let armor = |kind: &str, file: Option<&str>| json!({"appArmorProfile": {"type": kind, "localhostProfile": file}});
    let at = "spec.containers[0].securityContext.appArmorProfile";
    for (value, pod, container, os, expected) in [
        ("unconfined", armor("Unconfined", None), json!({}), "linux", None),
        ("runtime/default", armor("Unconfined", None), json!({}), "linux", Some("type")),
        ("runtime/default", armor("Unconfined", None), json!({}), "windows", None),
        ("runtime/default", armor("Unconfined", None), armor("RuntimeDefault", None), "linux", None),
        ("localhost/a", json!({}), armor("Localhost", Some("a")), "linux", None),
        ("localhost/a", json!({}), armor("Localhost", Some("b")), "linux", Some("localhostProfile")),
        ("docker/default", json!({}), armor("RuntimeDefault", None), "linux", Some("type")),
    ] {
        let spec = json!({
            "os": {"name": os},
            "securityContext": pod,
            "containers": [{"name": "c", "securityContext": container}],
        });
        let key = "container.apparmor.security.beta.kubernetes.io/c";
        let (annotations, spec) = parts(&json!({ key: value }), &spec);
        let mut errs = ErrorList::new(Version::LATEST);
        let path = Path::new("spec");
        validate_app_armor_annotations_and_fields_match_on_create(Some(&annotations), &spec, &path, &mut errs);
        let expected: Vec<_> =
            expected.into_iter().map(|field| (format!("{at}.{field}"), FieldValueForbidden)).collect();
        assert_eq!(found(&errs), expected, "{value}");
    }
}
