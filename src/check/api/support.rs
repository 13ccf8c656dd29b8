//! What the tests of the rules share.

use serde::de::DeserializeOwned;

use super::{ErrorList, Options, Path};
use crate::k8s::Version;
use crate::yaml::Document;

/// A value of an API type, from YAML.
pub fn read<T: DeserializeOwned>(yaml: &str) -> T {
    let document = Document::read(yaml);
    let json = document.to_json().unwrap_or_else(|| panic!("{yaml}: {:?}", document.error()));
    serde_json::from_value(json).unwrap_or_else(|e| panic!("{yaml}: {e}"))
}

/// What a rule finds, in the server's words: `field: body`.
pub fn faults(version: Version, rule: impl FnOnce(&mut ErrorList)) -> Vec<String> {
    let mut errs = ErrorList::new(version);
    rule(&mut errs);
    errs.since(0).iter().map(|e| format!("{}: {}", e.field, e.body)).collect()
}

/// What a server says to a Pod of the spec, in which are filled in the defaults that every Pod has.
pub fn pod_faults(spec: &str, version: Version) -> Vec<String> {
    let pod = read(&with_defaults(spec));
    faults(version, |errs| super::pod::validate_pod_create(&pod, errs))
}

/// The same of a pod's spec in a template.
pub fn spec_faults(spec: &str, version: Version) -> Vec<String> {
    let pod: k8s_openapi::api::core::v1::Pod = read(&with_defaults(spec));
    let spec = pod.spec.unwrap_or_default();
    let opts = Options { version, pod: None };
    faults(version, |errs| super::pod_spec::validate_pod_spec(&spec, &Path::new("spec"), opts, errs))
}

fn with_defaults(spec: &str) -> String {
    let mut spec: serde_json::Value = read(spec);
    let mut fill = |key: &str, value: serde_json::Value| {
        spec.as_object_mut().expect("a spec").entry(key).or_insert(value);
    };
    fill("restartPolicy", "Always".into());
    fill("dnsPolicy", "ClusterFirst".into());
    fill("terminationGracePeriodSeconds", 30.into());
    fill("containers", serde_json::json!([{"name": "a", "image": "b"}]));
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        for container in spec.get_mut(list).and_then(|list| list.as_array_mut()).into_iter().flatten() {
            for (key, value) in [("terminationMessagePolicy", "File"), ("imagePullPolicy", "Always")] {
                container.as_object_mut().expect("a container").entry(key).or_insert(value.into());
            }
        }
    }
    serde_json::json!({"metadata": {"name": "web", "namespace": "default"}, "spec": spec}).to_string()
}
