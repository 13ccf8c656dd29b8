//! What the analyst says: findings by document, and the messages to it and from it.

use std::collections::HashMap;
use std::rc::Rc;

use super::workspace::DocRef;
use crate::check::Finding;

/// Findings by document. A document that is missing has not been analysed yet.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// By document.
    pub documents: HashMap<DocRef, Rc<Vec<Finding>>>,
}
