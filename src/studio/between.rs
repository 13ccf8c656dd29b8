//! What the analyst remembers of the workspace's documents, to say what lies between them.

use std::collections::BTreeMap;

use super::analysis::{Checked, DocumentText, Revision, ToAnalyst};
use super::workspace::DocRef;
use crate::check::refs::{self, Facts, RefFinding};
use crate::yaml::Document;

/// So much text is read again for one answer, so that what is typed meanwhile does not wait long.
const MOST_READ: usize = 256 * 1024;

/// The documents of the workspace as far as the analyst was given them.
#[derive(Debug, Default)]
pub(super) struct Between {
    round: u64,
    documents: BTreeMap<DocRef, Kept>,
    /// What was found is not of these facts.
    stale: bool,
}

#[derive(Debug, Default)]
struct Kept {
    revision: Revision,
    /// Kept to find places in it when another document changes what is said of this one.
    text: String,
    facts: Facts,
    found: Vec<RefFinding>,
    /// The page knows what was found in this text.
    told: bool,
}

impl Between {
    /// A message begins: some documents are gone, or all that was known is void.
    pub fn begin(&mut self, message: &ToAnalyst) {
        if self.round != message.round {
            *self = Between { round: message.round, ..Between::default() };
        }
        for at in &message.gone {
            self.stale |= self.documents.remove(at).is_some();
        }
    }

    /// A document is new or has another text.
    pub fn see(&mut self, text: &DocumentText, document: &Document) {
        let new = !self.documents.contains_key(&text.at);
        let kept = self.documents.entry(text.at).or_default();
        kept.revision = text.revision;
        kept.text.clone_from(&text.text);
        kept.told = false;
        self.stale |= new;
        // While somebody types, a text often cannot be read; the others do not lose it for that.
        if document.error().is_none() {
            let facts = refs::facts(document);
            if facts != kept.facts {
                kept.facts = facts;
                self.stale = true;
            }
        }
    }

    /// What is not told yet, and whether there is more of it than one answer takes.
    pub fn tell(&mut self) -> (Vec<Checked>, bool) {
        if std::mem::take(&mut self.stale) {
            self.find();
        }
        let mut told = Vec::new();
        let mut read = 0;
        for (at, kept) in self.documents.iter_mut().filter(|(_, kept)| !kept.told) {
            if read > MOST_READ {
                return (told, true);
            }
            let findings = match kept.found.as_slice() {
                [] => Vec::new(),
                found => {
                    read += kept.text.len();
                    refs::place(&Document::read(&kept.text), found)
                }
            };
            kept.told = true;
            told.push(Checked { at: *at, revision: kept.revision, findings });
        }
        (told, false)
    }

    fn find(&mut self) {
        let documents: Vec<(DocRef, &Facts)> = self.documents.iter().map(|(at, kept)| (*at, &kept.facts)).collect();
        let mut found: BTreeMap<DocRef, Vec<RefFinding>> = BTreeMap::new();
        for (at, finding) in refs::between(&documents) {
            found.entry(at).or_default().push(finding);
        }
        for (at, kept) in &mut self.documents {
            let found = found.remove(at).unwrap_or_default();
            if kept.found != found {
                kept.found = found;
                kept.told = false;
            }
        }
    }
}
