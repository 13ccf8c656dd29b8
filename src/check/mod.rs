//! Findings: what a real API server, or a careful colleague, would say about a document.
//!
//! Lives here: strict decoding (`decode`), the findings of the YAML itself (`yaml`), later the
//! server's own rules (`api`), references (`refs`), practices (`lint`), versions. Must never: write a
//! text on its own (a fix is a change somebody else makes), know a screen, reach a server.

mod finding;

pub use finding::{Finding, Fix, Reason, Severity, Source, Verdict};

use crate::k8s::Version;
use crate::schema::Catalog;
use crate::yaml::Document;

/// Everything that is wrong with one document, in order of place. All spans and fixes are relative to
/// the document's text.
pub fn check(catalog: &Catalog, version: Version, document: &Document) -> Vec<Finding> {
    let _ = (catalog, version, document);
    unimplemented!("check")
}

/// What a server of `version` would do with the document, given its findings.
pub fn verdict(catalog: &Catalog, version: Version, document: &Document, findings: &[Finding]) -> Verdict {
    let _ = (catalog, version, document, findings);
    unimplemented!("check")
}
