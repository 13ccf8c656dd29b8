use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::document::Document;
use crate::text::Change;

/// Names a document within its stream for as long as it lives: an edit inside a document keeps its
/// id, a new document gets one that was never used in this stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocId(pub u32);

/// A document and where its text begins in the file.
#[derive(Clone, Debug)]
pub struct Located {
    /// The document's name.
    pub id: DocId,
    /// Byte offset of the document's text in the file.
    pub start: usize,
    /// The document; shared (same pointer) with earlier streams as long as its text is the same.
    pub document: Arc<Document>,
}

/// A file's text, read into documents.
///
/// The documents' texts, one after the other, are the file's text: nothing is between them. A
/// document's text begins with its `---` line where it has one.
#[derive(Clone, Debug)]
pub struct Stream {
    text: Arc<str>,
    documents: Vec<Located>,
    next_id: u32,
}

impl Stream {
    /// Reads a whole text. Never fails: what cannot be read is an error of its document.
    pub fn read(text: impl Into<Arc<str>>) -> Stream {
        let _ = text.into();
        unimplemented!("yaml")
    }

    /// The stream after `changes`; reads only the documents they touch.
    pub fn edit(&self, changes: &[Change]) -> Stream {
        let _ = (changes, self.next_id);
        unimplemented!("yaml")
    }

    /// The file's text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The documents in their order, those without content (null) included.
    pub fn documents(&self) -> &[Located] {
        &self.documents
    }

    /// The document of that name.
    pub fn get(&self, id: DocId) -> Option<&Located> {
        self.documents.iter().find(|d| d.id == id)
    }

    /// The document that the byte `offset` of the file lies in.
    pub fn document_at(&self, offset: usize) -> Option<&Located> {
        let after = self.documents.partition_point(|d| d.start <= offset);
        self.documents.get(after.saturating_sub(1))
    }
}
