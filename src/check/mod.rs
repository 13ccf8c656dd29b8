//! Findings: what a real API server, or a careful colleague, would say about a document.
//!
//! Lives here: strict decoding (`decode`), the findings of the YAML itself (`read`), the
//! server's own rules (`api`), what lies between documents (`refs`), later practices (`lint`),
//! versions. Must never: write a text on its own (a fix is a change somebody else makes), know a screen, reach a
//! server.

pub mod api;
mod content;
mod decode;
mod finding;
mod fit;
mod kind;
mod link;
pub mod nearest;
mod object;
mod read;
pub mod refs;

pub use finding::{Finding, Fix, Reason, Severity, Source, Verdict};
pub use fit::segments;
pub use kind::identity;

use crate::k8s::Version;
use crate::schema::Catalog;
use crate::yaml::Document;

/// So many faults of one document offer fixes that are tried on the whole text.
const MOST_MENDED: usize = 32;

/// How many do, when the text is long: so that trying reads no more than 4 MB.
fn most_mended(document: &Document) -> usize {
    ((4 << 20) / document.text().len().max(1)).clamp(2, MOST_MENDED)
}

/// Everything that is wrong with one document, in order of place. All spans and fixes are relative to
/// the document's text.
pub fn check(catalog: &Catalog, version: Version, document: &Document) -> Vec<Finding> {
    let mut findings = read::check(document);
    if let Some(root) = document.root() {
        kind::check(catalog, version, document, root, &mut findings);
    }
    findings.sort_by_key(|f| (f.span.start, f.severity));
    findings
}

/// What a server of `version` would do with the document, given its findings.
pub fn verdict(findings: &[Finding]) -> Verdict {
    let worst = |source: fn(Source) -> bool| findings.iter().any(|f| f.severity == Severity::Error && source(f.source));
    if findings.iter().any(|f| f.reason == Reason::UnknownKind) {
        // A server that has no such kind never reads the rest; a text that is no YAML never gets there.
        return if worst(|s| s == Source::Yaml) { Verdict::Decode } else { Verdict::UnknownKind };
    }
    if worst(|s| matches!(s, Source::Yaml | Source::Decode)) {
        Verdict::Decode
    } else if worst(|s| s == Source::Api) {
        Verdict::Invalid
    } else {
        Verdict::Accept
    }
}
