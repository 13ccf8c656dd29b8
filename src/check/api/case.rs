//! Cases of rules, as tables: a value as YAML, and what a server says of it.

use serde::de::DeserializeOwned;

use super::ErrorList;
use crate::k8s::Version;
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
