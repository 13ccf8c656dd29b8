use crate::check::api::Mend;
use crate::check::api::locate;
use crate::check::finding::{Finding, Reason, Severity, Source};
use crate::i18n::Message;
use crate::k8s::{FieldPath, Segment};
use crate::yaml::{Document, Path, Step};

/// So many findings of one document offer fixes: each is tried on the whole text.
const MOST_MENDED: usize = 32;

/// Something to say about a document beside others, before it has a place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct RefFinding {
    /// Where, from the document's root.
    pub path: Path,
    /// A warning where documents contradict one another, a hint where the cluster may have it.
    pub severity: Severity,
    /// The kind of fault.
    pub reason: Reason,
    /// In plain words, with what to do.
    pub message: Message,
    pub(super) mends: Vec<Mend>,
    link: &'static str,
}

impl RefFinding {
    pub(super) fn new(path: Path, severity: Severity, reason: Reason, message: Message, link: &'static str) -> Self {
        RefFinding { path, severity, reason, message, mends: Vec::new(), link }
    }

    pub(super) fn mend(mut self, mend: impl IntoIterator<Item = Mend>) -> Self {
        self.mends.extend(mend);
        self
    }
}

/// The findings of one document in its text.
pub fn place(document: &Document, findings: &[RefFinding]) -> Vec<Finding> {
    let Some(root) = document.root() else { return Vec::new() };
    let mut finder = locate::Finder::new(document);
    let place = |(i, finding): (usize, &RefFinding)| Finding {
        span: finder.span(root, &finding.path),
        field: field(&finding.path),
        path: finding.path.clone(),
        source: Source::Refs,
        severity: finding.severity,
        reason: finding.reason,
        message: finding.message.clone(),
        server: None,
        link: Some(finding.link.to_owned()),
        fixes: match i < MOST_MENDED {
            true => finding.mends.iter().filter_map(|mend| mend.fix(document, &[])).collect(),
            false => Vec::new(),
        },
    };
    findings.iter().enumerate().map(place).collect()
}

/// The same place in Kubernetes' notation: what is below a selector is no field but a label's key.
fn field(path: &[Step]) -> FieldPath {
    let mut segments = Vec::with_capacity(path.len());
    let mut above = "";
    for step in path {
        segments.push(match step {
            Step::Index(index) => Segment::Index(*index),
            Step::Key(key) => {
                let label = above == "selector" && key != "matchLabels" && key != "matchExpressions";
                above = key;
                if label { Segment::Key(key.clone()) } else { Segment::Field(key.clone()) }
            }
        });
    }
    FieldPath(segments)
}
