//! What is known of each document without reading it again: kind, name, namespace, where lines begin.

use std::rc::Rc;
use std::sync::Arc;

use super::analysis::Revision;
use super::inherit::Left;
use super::secrecy::{Secrecy, secrecy};
use super::workspace::{DocRef, File, FileId};
use crate::k8s::Gvk;
use crate::text::{Change, LineIndex};
use crate::yaml::{Document, Located};

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
    /// Whether the name is `metadata.generateName`: each object that is made of it gets another.
    pub generated: bool,
    /// `metadata.namespace`.
    pub namespace: Option<Rc<str>>,
    /// Nothing is here for Kubernetes: it is not listed.
    pub null: bool,
    /// The text cannot be read as YAML.
    pub unreadable: bool,
    /// Whether it is a Secret, or may become one: then its values are not kept.
    pub secrecy: Secrecy,
}

/// What an object is told from others by; the rarest first, where two are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Identity<'a> {
    name: &'a str,
    namespace: &'a str,
    kind: &'a str,
    group: &'a str,
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

impl Summary {
    /// Reads what is shown of a document.
    pub(super) fn read(file: FileId, located: &Located, revision: Revision) -> Summary {
        let document = &located.document;
        let root = document.root();
        let text = |object: Option<crate::yaml::Node<'_>>, key: &str| -> Option<Rc<str>> {
            object?.get(key)?.as_str().map(Rc::from)
        };
        let metadata = root.and_then(|r| r.get("metadata"));
        let kind = text(root, "kind");
        let api_version = text(root, "apiVersion");
        let name = text(metadata, "name");
        let generate_name = text(metadata, "generateName");
        Summary {
            at: DocRef { file, doc: located.id },
            revision,
            document: document.clone(),
            gvk: kind.map(|kind| Gvk::new(api_version.as_deref().unwrap_or(""), &kind)),
            generated: name.is_none() && generate_name.is_some(),
            name: name.or(generate_name),
            namespace: text(metadata, "namespace"),
            null: document.is_null(),
            unreadable: document.error().is_some(),
            secrecy: secrecy(document),
        }
    }

    /// Whether its values must not be kept.
    pub(super) fn is_hidden(&self) -> bool {
        self.secrecy != Secrecy::No
    }

    /// Which object it names, as far as it does: no version tells two apart.
    pub(super) fn identity(&self) -> Option<Identity<'_>> {
        let (gvk, name) = (self.gvk.as_ref()?, self.name.as_deref().filter(|_| !self.generated)?);
        Some(Identity { name, namespace: self.namespace.as_deref().unwrap_or(""), kind: &gvk.kind, group: &gvk.group })
    }
}

/// What an edit changed of a file's documents.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// Documents that are new or have another text, with what was known before.
    pub changed: Vec<(Rc<Summary>, Option<Rc<Summary>>)>,
    /// Documents that are gone.
    pub gone: Vec<Rc<Summary>>,
}

impl Difference {
    /// Whether one of them must not be kept, or must not have been.
    pub(super) fn touches_hidden(&self) -> bool {
        let changed =
            self.changed.iter().any(|(new, old)| new.is_hidden() || old.as_ref().is_some_and(|o| o.is_hidden()));
        changed || self.gone.iter().any(|d| d.is_hidden())
    }
}

impl FileIndex {
    /// Reads a file for the first time.
    pub(super) fn read(file: &File, next: &mut Revision) -> (FileIndex, Difference) {
        let nothing = FileIndex { file: file.id, lines: Rc::new(LineIndex::new("")), documents: Vec::new() };
        nothing.follow(file, Rc::new(LineIndex::new(file.stream.text())), &Left::default(), next)
    }

    /// The index after `changes` in the file; reads the documents they touched.
    pub(super) fn edited(&self, file: &File, changes: &[Change], next: &mut Revision) -> (FileIndex, Difference) {
        let text = file.stream.text();
        let lines = self.lines.edit(changes, text).unwrap_or_else(|| LineIndex::new(text));
        let mut at = 0;
        let mut hidden = Vec::new();
        for summary in &self.documents {
            let range = at..at + summary.document.text().len();
            at = range.end;
            if summary.is_hidden() {
                hidden.push(range);
            }
        }
        let left = Left::of(&hidden, changes, file, self.documents.len());
        self.follow(file, Rc::new(lines), &left, next)
    }

    fn follow(&self, file: &File, lines: Rc<LineIndex>, left: &Left, next: &mut Revision) -> (FileIndex, Difference) {
        let (old, new) = (&self.documents, file.stream.documents());
        let same = |(o, n): &(&Rc<Summary>, &Located)| o.at.doc == n.id && Arc::ptr_eq(&o.document, &n.document);
        let head = old.iter().zip(new).take_while(same).count();
        let most = old.len().min(new.len()) - head;
        let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(same).count();
        let mut documents = Vec::with_capacity(new.len());
        let mut difference = Difference::default();
        documents.extend_from_slice(&old[..head]);
        let others = &old[head..old.len() - tail];
        for located in &new[head..new.len() - tail] {
            let before = others.iter().find(|o| o.at.doc == located.id);
            match before.filter(|o| Arc::ptr_eq(&o.document, &located.document)) {
                Some(same) => documents.push(same.clone()),
                None => {
                    next.0 += 1;
                    let mut summary = Summary::read(file.id, located, *next);
                    summary.secrecy = summary.secrecy.max(left.secrecy(located));
                    let summary = Rc::new(summary);
                    difference.changed.push((summary.clone(), before.cloned()));
                    documents.push(summary);
                }
            }
        }
        let stay = |o: &&Rc<Summary>| new[head..new.len() - tail].iter().any(|n| n.id == o.at.doc);
        difference.gone.extend(others.iter().filter(|o| !stay(o)).cloned());
        documents.extend_from_slice(&old[old.len() - tail..]);
        (FileIndex { file: self.file, lines, documents }, difference)
    }

    /// Whether the values of one of its documents must not be kept.
    pub(super) fn has_hidden(&self) -> bool {
        self.documents.iter().any(|d| d.is_hidden())
    }
}
