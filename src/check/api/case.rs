//! Cases of rules, as tables: a value as YAML, and what a server says of it.

use serde::de::DeserializeOwned;

use super::ErrorList;
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
