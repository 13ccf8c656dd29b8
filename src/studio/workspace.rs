use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::yaml::{DocId, Located, Stream};

/// Names a file within its workspace for as long as the workspace lives; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// Names a document of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocRef {
    /// The file it is in.
    pub file: FileId,
    /// Its name there.
    pub doc: DocId,
}

/// A file: a name and a text.
#[derive(Clone, Debug)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Its path in the workspace: `shop.yaml`, `monitoring/rules.yaml`.
    pub name: Arc<str>,
    /// Its text, read.
    pub stream: Stream,
}

/// The truth: an ordered set of files of YAML text.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// In the person's order.
    pub files: Vec<Arc<File>>,
}

impl Workspace {
    /// The file of that id.
    pub fn file(&self, id: FileId) -> Option<&Arc<File>> {
        self.files.iter().find(|f| f.id == id)
    }

    /// The document of that name.
    pub fn document(&self, at: DocRef) -> Option<&Located> {
        self.file(at.file)?.stream.get(at.doc)
    }

    /// Every document, in order.
    pub fn documents(&self) -> impl Iterator<Item = (DocRef, &Located)> {
        self.files.iter().flat_map(|f| f.stream.documents().iter().map(|d| (DocRef { file: f.id, doc: d.id }, d)))
    }
}
