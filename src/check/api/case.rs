//! Cases of rules, as tables: a value as YAML, and what a server says of it.

use serde::de::DeserializeOwned;

use super::{ErrorList, Options, Path};
use crate::check::finding::Finding;
use crate::k8s::{FieldPath, Version};
use crate::yaml::Document;

/// A value of an API type.
pub fn value<T: DeserializeOwned>(yaml: &str) -> T {
    let document = Document::read(yaml);
    let json = document.to_json().unwrap_or_else(|| panic!("{yaml}: {:?}", document.error()));
    serde_json::from_value(json).unwrap_or_else(|error| panic!("{yaml}: {error}"))
}

/// What a rule finds: `field: body`.
pub fn said(version: Version, rule: impl FnOnce(&mut ErrorList)) -> Vec<String> {
    let mut errs = ErrorList::new(version);
    rule(&mut errs);
    errs.into_errors().iter().map(|error| format!("{}: {}", error.field, error.body)).collect()
}

/// The same without what stands behind the kind of fault: `field: Invalid value`.
pub fn brief(version: Version, rule: impl FnOnce(&mut ErrorList)) -> Vec<String> {
    said(version, rule).iter().map(|line| line.splitn(3, ": ").take(2).collect::<Vec<_>>().join(": ")).collect()
}

/// Asserts that every fix for the manifest leads to a text of which the server does not say the same any more,
/// and that there are `fixes` of them.
#[track_caller]
pub fn assert_fixes_help(manifest: &str, fixes: usize) {
    let found = findings(manifest);
    let mut tried = 0;
    for finding in &found {
        for fix in &finding.fixes {
            tried += 1;
            let mended = crate::text::Change::apply_all(manifest, &fix.changes);
            let same = |f: &Finding| (&f.field, &f.server) == (&finding.field, &finding.server);
            let count = |all: &[Finding]| all.iter().filter(|f| same(f)).count();
            assert!(count(&findings(&mended)) < count(&found), "{:?} is not mended:\n{mended}", finding.server);
        }
    }
    let said: Vec<_> = found.iter().map(|f| (f.server.as_deref(), f.fixes.len())).collect();
    assert_eq!(tried, fixes, "{said:#?}");
}

fn findings(manifest: &str) -> Vec<Finding> {
    let document = Document::read(manifest);
    let root = document.root().unwrap_or_else(|| panic!("{manifest}"));
    let mut out = Vec::new();
    super::check(Version::LATEST, &document, root, &FieldPath::root(), &[], None, &mut out);
    out
}

/// What a server says to a Pod of the spec, in which are filled in the defaults that every Pod has.
pub fn pod_faults(spec: &str, version: Version) -> Vec<String> {
    let pod = value(&with_defaults(spec));
    said(version, |errs| super::pod::validate_pod_create(&pod, errs))
}

/// The same of a pod's spec in a template.
pub fn spec_faults(spec: &str, version: Version) -> Vec<String> {
    let pod: crate::defaults::Pod = value(&with_defaults(spec));
    let spec = pod.spec.unwrap_or_default();
    let opts = Options { version, pod: None };
    said(version, |errs| super::pod_spec::validate_pod_spec(&spec, &Path::new("spec"), opts, errs))
}

fn with_defaults(spec: &str) -> String {
    let mut spec: serde_json::Value = value(spec);
    let mut fill = |key: &str, default: serde_json::Value| {
        spec.as_object_mut().expect("a spec").entry(key).or_insert(default);
    };
    fill("restartPolicy", "Always".into());
    fill("dnsPolicy", "ClusterFirst".into());
    fill("terminationGracePeriodSeconds", 30.into());
    fill("containers", serde_json::json!([{"name": "a", "image": "b"}]));
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        for container in spec.get_mut(list).and_then(|list| list.as_array_mut()).into_iter().flatten() {
            for (key, default) in [("terminationMessagePolicy", "File"), ("imagePullPolicy", "Always")] {
                container.as_object_mut().expect("a container").entry(key).or_insert(default.into());
            }
        }
    }
    serde_json::json!({"metadata": {"name": "web", "namespace": "default"}, "spec": spec}).to_string()
}
