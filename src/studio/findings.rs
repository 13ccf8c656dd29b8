//! All findings on the screen: the analyst's, those between documents, the server's.

use std::collections::HashMap;
use std::rc::Rc;

use super::workspace::DocRef;
use crate::check::Finding;

/// Findings by document. A document that is missing has not been analysed yet.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    by_document: HashMap<DocRef, Rc<DocFindings>>,
    errors: usize,
    warnings: usize,
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
}
