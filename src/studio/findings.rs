//! All findings on the screen: the analyst's, those between documents, the server's.

use std::collections::HashMap;
use std::rc::Rc;

use super::analysis::Revision;
use super::workspace::DocRef;
use crate::check::{Finding, Severity};
use crate::text::{Change, Span};

/// Findings by document. A document that is missing has not been analysed yet.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    // Each key looks all of 3,000 documents up: by a hash that is quick, as nobody chooses these numbers to collide.
    by_document: HashMap<DocRef, Rc<DocFindings>, foldhash::fast::FixedState>,
    errors: usize,
    warnings: usize,
    news: u64,
}

/// The findings of one document, in order of place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocFindings {
    /// All of them; [`super::Action::ApplyFix`] counts in this list.
    pub all: Vec<Finding>,
    /// How many are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// The state of the text that the analyst spoke of last; `None` when it has not spoken yet.
    pub checked: Option<Revision>,
    /// Whose each of `all` is.
    by: Vec<By>,
    /// An edit since they were found touched what they speak of: marks that moved along by themselves may lie elsewhere.
    touched: bool,
}

impl DocFindings {
    /// Whether the same is found, at the same places, though perhaps in another state of the text.
    pub fn says_the_same(&self, other: &DocFindings) -> bool {
        self.all == other.all
    }

    /// Whether a form of the document has its problems at the same fields, though perhaps in other words.
    pub fn is_at_the_same(&self, other: &DocFindings) -> bool {
        let counts = |finding: &Finding| finding.severity != Severity::Info;
        let same = |(a, b): (&Finding, &Finding)| a.path == b.path && counts(a) == counts(b);
        self.all.len() == other.all.len() && self.all.iter().zip(&other.all).all(same)
    }
}

/// Who found something; each replaces only what is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The analyst, of the document itself.
    Analyst,
    /// The analyst, of what lies between documents.
    Refs,
    /// The studio itself: doubles, placeholders.
    Studio,
    /// The cluster.
    Server,
}

impl Findings {
    /// The findings of a document, as far as they are known.
    pub fn of(&self, at: DocRef) -> Option<&Rc<DocFindings>> {
        self.by_document.get(&at)
    }

    /// Errors in the workspace.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Warnings in the workspace.
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// Goes up when anything is found or dropped, and when what an edit touched is found again. It stays while findings
    /// only move along with their text: who moves marks along too has nothing to do.
    pub fn news(&self) -> u64 {
        self.news
    }

    /// Puts `findings` in place of what `by` had found in the document.
    pub(super) fn put(&mut self, at: DocRef, by: By, findings: Vec<Finding>, checked: Option<Revision>) {
        let old = self.by_document.get(&at);
        if old.is_none() && findings.is_empty() && checked.is_none() {
            return;
        }
        let mut new = DocFindings { checked: checked.or(old.and_then(|o| o.checked)), ..DocFindings::default() };
        let mut pairs: Vec<(By, Finding)> = findings.into_iter().map(|f| (by, f)).collect();
        if let Some(old) = old {
            let others = old.by.iter().zip(&old.all).filter(|(b, _)| **b != by);
            pairs.extend(others.map(|(b, f)| (*b, f.clone())));
        }
        pairs.sort_by_key(|(_, f)| f.span.start);
        (new.by, new.all) = pairs.into_iter().unzip();
        if old.is_none_or(|old| old.touched || old.all != new.all) {
            self.news += 1;
        }
        self.replace(at, Some(new));
    }

    /// What `by` has found in a document.
    pub(super) fn has(&self, at: DocRef, by: By) -> bool {
        self.of(at).is_some_and(|f| f.by.contains(&by))
    }

    /// The document is gone.
    pub(super) fn forget(&mut self, at: DocRef) {
        self.news += 1;
        self.replace(at, None);
    }

    /// Moves the findings of a document along with an edit of its text, so that they stay at what they
    /// speak of until they are found anew. What the server said of a place goes when the place changes. A fix
    /// whose place changes does nothing from then on; it stays where it is offered, as it mostly is found again.
    pub(super) fn follow(&mut self, at: DocRef, changes: &[Change]) {
        let Some(old) = self.by_document.get(&at) else { return };
        let mut new = DocFindings { checked: old.checked, touched: old.touched, ..DocFindings::default() };
        let touched = |span: Span| changes.iter().any(|c| c.from <= span.end as usize && c.to >= span.start as usize);
        for (by, finding) in old.by.iter().zip(&old.all) {
            let touches = touched(finding.span);
            if *by == By::Server && touches {
                self.news += 1;
                continue;
            }
            new.touched |= touches;
            let mut finding = finding.clone();
            finding.span = moved(changes, finding.span);
            for fix in &mut finding.fixes {
                if fix.changes.iter().any(|c| touched(Span::new(c.from, c.to))) {
                    fix.changes.clear();
                }
                for change in &mut fix.changes {
                    let span = moved(changes, Span::new(change.from, change.to));
                    (change.from, change.to) = (span.start as usize, span.end as usize);
                }
            }
            new.all.push(finding);
            new.by.push(*by);
        }
        self.replace(at, Some(new));
    }

    fn replace(&mut self, at: DocRef, new: Option<DocFindings>) {
        let old = match new {
            Some(mut new) => {
                let count = |s: Severity| new.all.iter().filter(|f| f.severity == s).count();
                (new.errors, new.warnings) = (count(Severity::Error), count(Severity::Warning));
                self.errors += new.errors;
                self.warnings += new.warnings;
                self.by_document.insert(at, Rc::new(new))
            }
            None => self.by_document.remove(&at),
        };
        if let Some(old) = old {
            self.errors -= old.errors;
            self.warnings -= old.warnings;
        }
    }
}

fn moved(changes: &[Change], span: Span) -> Span {
    let start = Change::map_position(changes, span.start as usize);
    Span::new(start, Change::map_position(changes, span.end as usize).max(start))
}
