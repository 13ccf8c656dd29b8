//! What the analyst says: the messages to it and from it, and what is behind them.

use serde::{Deserialize, Serialize};

use super::between::Between;
use super::effective::{Effective, Filled, Stored};
use super::workspace::DocRef;
use crate::check::{self, Finding, Verdict};
use crate::defaults;
use crate::k8s::Version;
use crate::schema::Catalog;
use crate::yaml::Document;

/// The build that this code is of. Page and worker of different builds do not talk.
pub const BUILD: &str = match option_env!("STUDIO_BUILD") {
    Some(build) => build,
    None => "dev",
};

/// Names a message to the analyst; never used again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BatchId(pub u64);

/// Names a state of a document's text; a changed text gets one that was never used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Revision(pub u64);

/// A message to the analyst: check these documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToAnalyst {
    /// The page's build.
    pub build: String,
    /// This message.
    pub batch: BatchId,
    /// Check against this version.
    pub version: Version,
    /// What to check.
    pub documents: Vec<DocumentText>,
    /// Of which of them to say what the server would store.
    pub effective: Option<DocRef>,
    /// Counts how often everything is told anew; what was told in another round is void.
    pub round: u64,
    /// Documents that are no more. One that is also in `documents` came back.
    pub gone: Vec<DocRef>,
    /// With this message the analyst knows all documents, so that it can say what lies between them.
    pub whole: bool,
}

/// A document's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentText {
    /// Which document.
    pub at: DocRef,
    /// Which state of it.
    pub revision: Revision,
    /// The text.
    pub text: String,
}

/// A message from the analyst.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromAnalyst {
    /// It has started and waits for messages.
    Ready,
    /// The answer to a batch.
    Checked {
        /// Which batch.
        batch: BatchId,
        /// By document.
        documents: Vec<Checked>,
        /// What the server would store of the one that was asked for.
        effective: Option<Box<Effective>>,
        /// What lies between documents, of those about which something else is to be said than before.
        refs: Vec<Checked>,
        /// There is more to say of that, in the answer to another message.
        more: bool,
    },
    /// The analyst is of another build than the page; the page must be reloaded.
    OtherBuild(String),
    /// It has no catalog.
    NoCatalog(String),
}

/// What was found in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// Which document.
    pub at: DocRef,
    /// Which state of it.
    pub revision: Revision,
    /// In order of place.
    pub findings: Vec<Finding>,
}

/// What is wrong in each document, on its own.
pub fn analyze(catalog: &Catalog, version: Version, documents: &[DocumentText]) -> Vec<Checked> {
    documents.iter().map(|text| checked(catalog, version, text, &Document::read(&text.text))).collect()
}

fn checked(catalog: &Catalog, version: Version, text: &DocumentText, document: &Document) -> Checked {
    let findings = crate::check::check(catalog, version, document);
    Checked { at: text.at, revision: text.revision, findings }
}

/// The analyst: it remembers the documents that it was given.
#[derive(Debug, Default)]
pub struct Analyst {
    between: Between,
}

impl Analyst {
    /// The answer to a message.
    pub fn answer(&mut self, catalog: &Catalog, message: &ToAnalyst) -> FromAnalyst {
        if message.build != BUILD {
            return FromAnalyst::OtherBuild(BUILD.to_owned());
        }
        self.between.begin(message);
        let documents: Vec<Checked> = message
            .documents
            .iter()
            .map(|text| {
                let document = Document::read(&text.text);
                self.between.see(text, &document);
                checked(catalog, message.version, text, &document)
            })
            .collect();
        let effective = wanted(catalog, message, &documents);
        let (refs, more) = if message.whole { self.between.tell() } else { (Vec::new(), false) };
        FromAnalyst::Checked { batch: message.batch, documents, effective, refs, more }
    }
}

fn wanted(catalog: &Catalog, message: &ToAnalyst, documents: &[Checked]) -> Option<Box<Effective>> {
    let mut pairs = message.documents.iter().zip(documents);
    let (text, checked) = pairs.find(|(text, _)| Some(text.at) == message.effective)?;
    Some(Box::new(effective(catalog, message.version, text, &checked.findings)))
}

/// What a server would store of a document with these findings.
pub fn effective(catalog: &Catalog, version: Version, text: &DocumentText, findings: &[Finding]) -> Effective {
    let stored = stored(catalog, version, &Document::read(&text.text), findings);
    Effective { at: text.at, revision: text.revision, version, stored }
}

fn stored(catalog: &Catalog, version: Version, document: &Document, findings: &[Finding]) -> Stored {
    let identity = check::identity(document);
    let (Some(api), Some(kind), Some(root)) = (identity.api_version, identity.kind, document.root()) else {
        return Stored::Refused;
    };
    if !defaults::Object::is_known(api, kind) {
        return Stored::Unknown;
    }
    match check::verdict(findings) {
        Verdict::Accept => {}
        _ => return Stored::Refused,
    }
    let Some(object) = defaults::effective(api, kind, root.fitting(), catalog, version) else { return Stored::Refused };
    let filled = defaults::filled_in(&root.to_json(), &object).into_iter().map(Filled::from).collect();
    Stored::Object { object, filled }
}
