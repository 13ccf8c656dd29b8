//! What is known of each document without reading it again: kind, name, namespace, where lines begin.

use std::rc::Rc;
use std::sync::Arc;

use super::analysis::Revision;
use super::workspace::{DocRef, FileId};
use crate::k8s::Gvk;
use crate::text::LineIndex;
use crate::yaml::Document;

/// Computed beside the workspace, file by file; unchanged parts are shared with earlier states.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// In the workspace's order.
    pub files: Vec<Rc<FileIndex>>,
}

/// What is known of a file.
#[derive(Clone, Debug)]
pub struct FileIndex {
    /// Which.
    pub file: FileId,
    /// Where its lines begin.
    pub lines: Rc<LineIndex>,
    /// Its documents, null ones included, in the order of the stream.
    pub documents: Vec<Rc<Summary>>,
}

/// What is known of a document.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Which.
    pub at: DocRef,
    /// The state of its text.
    pub revision: Revision,
    /// The text that this is a summary of.
    pub document: Arc<Document>,
    /// Group, version and kind, where they are written.
    pub gvk: Option<Gvk>,
    /// `metadata.name`, or `metadata.generateName`.
    pub name: Option<Rc<str>>,
    /// `metadata.namespace`.
    pub namespace: Option<Rc<str>>,
    /// Nothing is here for Kubernetes: it is not listed.
    pub null: bool,
    /// The text cannot be read as YAML.
    pub unreadable: bool,
    /// It holds a Secret, so its values are not kept.
    pub secret: bool,
}

impl Index {
    /// What is known of a file.
    pub fn file(&self, id: FileId) -> Option<&Rc<FileIndex>> {
        self.files.iter().find(|f| f.file == id)
    }

    /// What is known of a document.
    pub fn document(&self, at: DocRef) -> Option<&Rc<Summary>> {
        self.file(at.file)?.documents.iter().find(|d| d.at == at)
    }

    /// Every document that holds something, in order.
    pub fn documents(&self) -> impl Iterator<Item = &Rc<Summary>> {
        self.files.iter().flat_map(|f| f.documents.iter()).filter(|d| !d.null)
    }
}
