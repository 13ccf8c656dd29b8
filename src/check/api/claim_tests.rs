use super::*;
use crate::check::api::case::{said, value};
use crate::k8s::Version;

#[track_caller]
fn of(version: Version, spec: &str, expected: &[&str]) {
    let template: PersistentVolumeClaimTemplate = value(&format!("spec: {{{spec}}}"));
    let found = said(version, |errs| {
        let opts = Options { version, pod: None };
        validate_persistent_volume_claim_template(&template, &Path::new("t"), opts, errs);
    });
    let found: Vec<_> = found.iter().map(|line| line.strip_prefix("t.spec.").unwrap_or(line)).collect();
    assert_eq!(found, expected, "{spec}");
}

const GOOD: &str = "accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}";

/// From upstream's `TestValidatePersistentVolumeClaim` and `TestAlphaVolumeClaim…`.
#[test]
fn specs() {
    let latest = Version::V1_37;
    let with = |rest: &str, expected: &[&str]| of(latest, &format!("{GOOD}, {rest}"), expected);
    of(latest, GOOD, &[]);
    of(
        latest,
        "",
        &["accessModes: Required value: at least 1 access mode is required", "resources[storage]: Required value"],
    );
    of(
        latest,
        "accessModes: [ReadWriteOncePod, ReadWriteMany, X], resources: {requests: {storage: -1Ki}}",
        &[
            "accessModes: Unsupported value: \"X\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"",
            "accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
            "resources[storage]: Invalid value: \"-1Ki\": must be greater than zero",
        ],
    );
    of(
        latest,
        "accessModes: [ReadWriteOncePod, ReadWriteOncePod], resources: {requests: {storage: 0}}",
        &["resources[storage]: Invalid value: \"0\": must be greater than zero"],
    );
    with("storageClassName: '', volumeMode: Block, volumeAttributesClassName: ''", &[]);
    with("volumeMode: X", &["volumeMode: Unsupported value: \"X\": supported values: \"Block\", \"Filesystem\""]);
    with("dataSource: {apiGroup: a.b, kind: K, name: m}, dataSourceRef: {apiGroup: a.b, kind: K, name: m}", &[]);
    with("dataSource: {kind: PersistentVolumeClaim, name: m}", &[]);
    with(
        "dataSource: {kind: '', name: ''}",
        &[
            "dataSource.name: Required value",
            "dataSource.kind: Required value",
            "dataSource: Invalid value: \"\": must be 'PersistentVolumeClaim' when referencing the default apiGroup",
        ],
    );
    with(
        "dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: b}",
        &["t.spec: Invalid value: {}: must match dataSourceRef"],
    );
    // An empty group is a group.
    with(
        "dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {apiGroup: '', kind: PersistentVolumeClaim, name: a}",
        &["t.spec: Invalid value: {}: must match dataSourceRef"],
    );
    with(
        "dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: a, namespace: n.s}",
        &[
            "dataSourceRef.namespace: Invalid value: \"n.s\": must not contain dots",
            "t.spec: Invalid value: {}: may not be specified when dataSourceRef.namespace is specified",
        ],
    );
}

#[test]
fn names_of_classes() {
    let classes = format!("{GOOD}, storageClassName: A, volumeAttributesClassName: B");
    let template: PersistentVolumeClaimTemplate = value(&format!("spec: {{{classes}}}"));
    let fields = |version| {
        let mut errs = ErrorList::new(version);
        let opts = Options { version, pod: None };
        validate_persistent_volume_claim_template(&template, &Path::new("t"), opts, &mut errs);
        errs.into_errors().iter().map(|error| error.field.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(fields(Version::V1_33), ["t.spec.storageClassName"]);
    assert_eq!(fields(Version::V1_34), ["t.spec.storageClassName", "t.spec.volumeAttributesClassName"]);
}

#[test]
fn metadata_is_labels_and_annotations() {
    let template: PersistentVolumeClaimTemplate = value(&format!(
        "metadata: {{name: a, uid: u, generation: 0, deletionGracePeriodSeconds: 0, finalizers: [], labels: {{a: b}}, annotations: {{a: b}}}}\nspec: {{{GOOD}}}"
    ));
    let version = Version::V1_37;
    let found = said(version, |errs| {
        let opts = Options { version, pod: None };
        validate_persistent_volume_claim_template(&template, &Path::new("t"), opts, errs);
    });
    let names = ["name", "uID", "deletionGracePeriodSeconds", "finalizers"];
    assert_eq!(found, names.map(|name| format!("t.metadata.{name}: Forbidden: cannot be set")));
}
