//! What the analyst remembers of the workspace's documents, to say what lies between them.

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
    /// In order.
    documents: Vec<(DocRef, Kept)>,
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
            if let Ok(n) = self.place(*at) {
                self.documents.remove(n);
                self.stale = true;
            }
        }
    }

    /// Where a document is, or would be.
    fn place(&self, at: DocRef) -> Result<usize, usize> {
        self.documents.binary_search_by_key(&at, |(at, _)| *at)
    }

    /// A document is new or has another text.
    pub fn see(&mut self, text: &DocumentText, document: &Document) {
        let n = self.place(text.at).unwrap_or_else(|n| {
            self.stale = true;
            self.documents.insert(n, (text.at, Kept::default()));
            n
        });
        let kept = &mut self.documents[n].1;
        kept.revision = text.revision;
        kept.text.clone_from(&text.text);
        kept.told = false;
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
        let between = refs::between(&documents);
        let mut found = vec![Vec::new(); documents.len()];
        for (at, finding) in between {
            if let Ok(n) = self.place(at) {
                found[n].push(finding);
            }
        }
        for ((_, kept), found) in self.documents.iter_mut().zip(found) {
            if kept.found != found {
                kept.found = found;
                kept.told = false;
            }
        }
    }
}
