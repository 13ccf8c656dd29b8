//! Documents and files: adding, moving, copying, removing, naming.

use std::borrow::Cow;

use super::{How, Turn};
use crate::check::{Finding, Reason, Severity, Source};
use crate::i18n::{Id, Message, id};
use crate::k8s::FieldPath;
use crate::studio::action::Destination;
use crate::studio::arrange;
use crate::studio::change::{Text, WorkChange};
use crate::studio::findings::By;
use crate::studio::index::{Identity, Summary};
use crate::studio::secrecy::Secrecy;
use crate::studio::secrets;
use crate::studio::state::{Dialog, Pane};
use crate::studio::templates::templates;
use crate::studio::workspace::{DocRef, FileId};
use crate::text::Span;
use crate::transfer::{file_name, unique_name};
use crate::yaml::{Document, Path, Step, edit};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

impl Turn {
    #[inline(never)]
    pub(super) fn use_template(&mut self, name: &str, to: Destination) {
        let Some(template) = templates().iter().find(|t| t.id == name) else { return };
        self.place_text(template.file, template.text(), to);
    }

    #[inline(never)]
    pub(super) fn start_empty(&mut self, api_version: &str, kind: &str, to: Destination) {
        let base = kind.to_lowercase();
        let name = unique_name(&base, |name| self.is_named(kind, name));
        let text = format!("apiVersion: {api_version}\nkind: {kind}\nmetadata:\n  name: {name}\n");
        self.place_text(&format!("{name}.yaml"), &text, to);
    }

    fn is_named(&self, kind: &str, name: &str) -> bool {
        self.state
            .index
            .documents()
            .any(|d| d.name.as_deref() == Some(name) && d.gvk.as_ref().is_some_and(|g| g.kind == kind))
    }

    /// New documents, in a file of their own or at the end of one; the first of them is selected.
    fn place_text(&mut self, name: &str, text: &str, to: Destination) {
        self.state.dialog = None;
        self.state.pane = Pane::Workspace;
        let file = match to {
            Destination::File(file) => self.state.workspace.file(file).cloned(),
            Destination::NewFile => None,
        };
        let Some(file) = file else { return self.add_file(name, text) };
        let mut parts = arrange::parts(&file.stream);
        parts.push(Cow::Borrowed(text));
        let changes = arrange::changes(&file.stream, &parts);
        let known = file.stream.documents().iter().map(|d| d.id).max();
        self.commit(vec![WorkChange::Edit { file: file.id, changes }], How::default(), |turn| {
            let Some(index) = turn.state.index.file(file.id) else { return };
            let new = index.documents.iter().find(|d| !d.null && known.is_none_or(|k| d.at.doc > k));
            turn.state.selected = new.or(index.documents.last()).map(|d| d.at);
            turn.state.focus = None;
        });
    }

    /// A new file at the end, and its first document selected.
    #[inline(never)]
    pub(super) fn add_file(&mut self, name: &str, text: &str) {
        let add = self.new_file(name, text.into());
        self.commit(vec![add], How::default(), Turn::select_last_file);
        self.state.dialog = None;
        self.state.pane = Pane::Workspace;
    }

    /// A change that adds a file at the end, under a name that no other has.
    pub(super) fn new_file(&mut self, name: &str, text: std::sync::Arc<str>) -> WorkChange {
        let file = FileId(self.state.inner.next_file);
        self.state.inner.next_file += 1;
        let at = self.state.workspace.files.len();
        WorkChange::Add { at, file, name: Text(self.free_name(name, None).into()), text: Text(text) }
    }

    pub(super) fn select_last_file(&mut self) {
        let last = self.state.workspace.files.last().map(|f| f.id);
        if let Some(last) = last {
            self.state.selected = None;
            self.state.focus = None;
            self.state.open_file = Some(last);
        }
    }

    /// A name fit for a file that no other file has.
    pub(super) fn free_name(&self, name: &str, own: Option<FileId>) -> String {
        let taken = |name: &str| {
            let same = |other: &str| other.to_lowercase() == name.to_lowercase();
            self.state.workspace.files.iter().any(|f| Some(f.id) != own && same(&f.name))
        };
        unique_name(&file_name(name), taken)
    }

    #[inline(never)]
    pub(super) fn rename_file(&mut self, file: FileId, name: &str) {
        if matches!(self.state.dialog, Some(Dialog::RenameFile(_))) {
            self.state.dialog = None;
        }
        let Some(old) = self.state.workspace.file(file) else { return };
        let name = self.free_name(name, Some(file));
        if *name != *old.name {
            let rename = WorkChange::Rename { file, name: Text(name.into()) };
            self.commit(vec![rename], How::default(), |_| ());
        }
    }

    #[inline(never)]
    pub(super) fn move_file(&mut self, file: FileId, to: usize) {
        let files = &self.state.workspace.files;
        let to = to.min(files.len().saturating_sub(1));
        if files.get(to).is_some_and(|f| f.id != file) {
            self.commit(vec![WorkChange::Move { file, to }], How::default(), |_| ());
        }
    }

    #[inline(never)]
    pub(super) fn duplicate_file(&mut self, file: FileId) {
        let Some(old) = self.state.workspace.file(file).cloned() else { return };
        let mut add = self.new_file(&old.name, old.stream.text().clone());
        if let WorkChange::Add { at, .. } = &mut add {
            *at = self.state.workspace.files.iter().position(|f| f.id == file).map_or(*at, |i| i + 1);
        }
        let new = add.file();
        self.commit(vec![add], How::default(), |turn| {
            turn.state.selected = None;
            turn.state.open_file = Some(new);
        });
    }

    #[inline(never)]
    pub(super) fn remove_file(&mut self, file: FileId) {
        let Some(old) = self.state.workspace.file(file) else { return };
        let message = Message::new(id::NOTICE_REMOVED).with("name", &*old.name);
        if self.commit(vec![WorkChange::Remove { file }], How::default(), |_| ()) {
            self.note(message);
        }
    }

    #[inline(never)]
    pub(super) fn duplicate_document(&mut self, doc: DocRef) {
        let Some(file) = self.state.workspace.file(doc.file).cloned() else { return };
        let documents = file.stream.documents();
        let Some(at) = documents.iter().position(|d| d.id == doc.doc) else { return };
        let copy = self.renamed(&documents[at].document, doc);
        let mut parts = arrange::parts(&file.stream);
        let at = (at + 1).min(parts.len());
        parts.insert(at, Cow::Owned(copy));
        let changes = arrange::changes(&file.stream, &parts);
        self.commit(vec![WorkChange::Edit { file: file.id, changes }], How::default(), |turn| {
            turn.select_nth(file.id, at)
        });
    }

    /// A document's text with another name in it, so that it is another object.
    fn renamed(&self, document: &Document, doc: DocRef) -> String {
        let text = document.text();
        let Some(summary) = self.state.index.document(doc) else { return text.to_owned() };
        let (Some(gvk), Some(name)) = (&summary.gvk, &summary.name) else { return text.to_owned() };
        let name = unique_name(name, |name| self.is_named(&gvk.kind, name));
        let path = [Step::from("metadata"), Step::from("name")];
        match document.at(&path).and_then(|_| edit::set(document, &path, &name.into()).ok()) {
            Some(change) => crate::text::Change::apply_all(text, &[change]),
            None => text.to_owned(),
        }
    }

    fn select_nth(&mut self, file: FileId, at: usize) {
        let Some(index) = self.state.index.file(file) else { return };
        self.state.selected = index.documents.get(at).filter(|d| !d.null).map(|d| d.at);
        self.state.open_file = Some(file);
        self.state.focus = None;
    }

    #[inline(never)]
    pub(super) fn remove_document(&mut self, doc: DocRef) {
        let Some(file) = self.state.workspace.file(doc.file).cloned() else { return };
        let Some(at) = file.stream.documents().iter().position(|d| d.id == doc.doc) else { return };
        let message = Message::new(id::NOTICE_REMOVED).with("name", self.called(doc));
        let mut parts = arrange::parts(&file.stream);
        if at >= parts.len() {
            return;
        }
        parts.remove(at);
        let changes = arrange::changes(&file.stream, &parts);
        let left = parts.len();
        let done = self.commit(vec![WorkChange::Edit { file: file.id, changes }], How::default(), |turn| {
            turn.select_nth(file.id, at.min(left.saturating_sub(1)));
        });
        if done {
            self.note(message);
        }
    }

    #[inline(never)]
    pub(super) fn move_document(&mut self, doc: DocRef, to: Option<FileId>, index: usize) {
        let Some(from) = self.state.workspace.file(doc.file).cloned() else { return };
        let Some(at) = from.stream.documents().iter().position(|d| d.id == doc.doc) else { return };
        let mut parts = arrange::parts(&from.stream);
        if at >= parts.len() {
            return;
        }
        let moved = parts.remove(at);
        if to == Some(from.id) {
            let index = index.min(parts.len());
            parts.insert(index, moved);
            let changes = arrange::changes(&from.stream, &parts);
            self.commit(vec![WorkChange::Edit { file: from.id, changes }], How::default(), |turn| {
                turn.select_nth(from.id, index);
            });
            return;
        }
        let take = WorkChange::Edit { file: from.id, changes: arrange::changes(&from.stream, &parts) };
        let target = to.and_then(|t| self.state.workspace.file(t).cloned());
        let (put, file, index) = match target {
            Some(target) => {
                let mut parts = arrange::parts(&target.stream);
                let index = index.min(parts.len());
                parts.insert(index, moved);
                let changes = arrange::changes(&target.stream, &parts);
                (WorkChange::Edit { file: target.id, changes }, target.id, index)
            }
            None => {
                let name = self.summary(doc).and_then(|s| s.name.clone());
                let name = name.map_or_else(|| from.name.to_string(), |n| format!("{n}.yaml"));
                let text = arrange::alone(&moved);
                let put = self.new_file(&name, text.into());
                let file = put.file();
                (put, file, 0)
            }
        };
        self.commit(vec![take, put], How::default(), |turn| turn.select_nth(file, index));
    }

    /// Whether a document that is new or named anew may change what [`Turn::find_doubles`] found. Seldom, while one
    /// types a name: so not everything is searched for doubles with each letter.
    pub(super) fn may_double(&self, summary: &Summary) -> bool {
        let identity = summary.identity();
        let same = |other: &Rc<Summary>| other.at != summary.at && other.identity() == identity;
        self.state.inner.doubles.contains_key(&summary.at)
            || identity.is_some() && self.state.index.documents().any(same)
    }

    /// Finds documents that name the same object, and points both out.
    pub(super) fn find_doubles(&mut self) {
        let mut first: HashMap<Identity<'_>, DocRef> = HashMap::new();
        let mut doubles: BTreeMap<DocRef, DocRef> = BTreeMap::new();
        for summary in self.state.index.documents() {
            let Some(identity) = summary.identity() else { continue };
            match first.entry(identity) {
                std::collections::hash_map::Entry::Vacant(free) => drop(free.insert(summary.at)),
                std::collections::hash_map::Entry::Occupied(taken) => {
                    doubles.insert(summary.at, *taken.get());
                    doubles.entry(*taken.get()).or_insert(summary.at);
                }
            }
        }
        let before = std::mem::replace(&mut self.state.inner.doubles, Rc::new(doubles));
        let after = self.state.inner.doubles.clone();
        let differs = |at: &&DocRef| before.get(at) != after.get(at);
        let changed: Vec<DocRef> =
            before.keys().chain(after.keys().filter(|a| !before.contains_key(a))).filter(differs).copied().collect();
        for at in changed {
            self.find_own(at);
        }
    }

    /// Values of a document that came back from storage as a mask.
    pub(super) fn placeholders(&self, summary: &Summary) -> Vec<(Path, Span)> {
        let any = self.state.inner.withheld.contains(&summary.at);
        if any || summary.is_hidden() { secrets::placeholders(&summary.document, any) } else { Vec::new() }
    }

    /// What the studio itself has to say about a document.
    pub(super) fn find_own(&mut self, at: DocRef) {
        let Some(summary) = self.summary(at) else { return };
        let mut own = Vec::new();
        let name_path: Path = vec![Step::from("metadata"), Step::from("name")];
        if let Some(other) = self.state.inner.doubles.get(&at) {
            let file = self.state.workspace.file(other.file).map_or("", |f| &f.name);
            let span = summary.document.at(&name_path).map_or(Span::empty(0), |n| n.span());
            let message = Message::new(id::STUDIO_DOUBLE).with("name", self.called(at)).with("file", file);
            let field = FieldPath::root().child("metadata").child("name");
            own.push(finding(span, field, name_path, Severity::Warning, Reason::FieldValueDuplicate, message));
        }
        for (path, span) in self.placeholders(&summary) {
            let field = field_of(&path);
            let message = Message::new(placeholder(&summary));
            own.push(finding(span, field, path, Severity::Error, Reason::FieldValueRequired, message));
        }
        let known = self.state.findings.has(at, By::Studio);
        if known || !own.is_empty() {
            Rc::make_mut(&mut self.state.findings).put(at, By::Studio, own, None);
        }
    }
}

/// What is to be said of a value that was not kept.
pub(super) fn placeholder(summary: &Summary) -> Id {
    if summary.secrecy == Secrecy::Yes { id::STUDIO_PLACEHOLDER } else { id::STUDIO_PLACEHOLDER_DOUBT }
}

fn finding(span: Span, field: FieldPath, path: Path, severity: Severity, reason: Reason, message: Message) -> Finding {
    let (source, server, link, fixes) = (Source::Refs, None, None, Vec::new());
    Finding { span, field, path, source, severity, reason, message, server, link, fixes }
}

fn field_of(path: &[Step]) -> FieldPath {
    path.iter().fold(FieldPath::root(), |field, step| match step {
        Step::Key(key) => field.child(key),
        Step::Index(index) => field.index(*index),
    })
}
