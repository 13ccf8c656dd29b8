//! What every row of the form is given by context, and what a row can do.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;
use yew::prelude::*;

use super::{ids, reveal};
use crate::form::{DocsKey, Facts, FormEdit};
use crate::k8s::Version;
use crate::schema::Catalog;
use crate::studio::{Action, DocRef, Index};
use crate::ui::store::Store;
use crate::ui::words::Words;
use crate::yaml::{Document, Path, Step};

/// The same for as long as document, version and language are, so that rows are not rendered again for it.
#[derive(Clone)]
pub struct Desk {
    pub doc: DocRef,
    pub words: Words,
    pub version: Version,
    dispatch: Callback<Action>,
    now: Rc<Now>,
}

/// What changes as one types. It is looked at when it is asked for, and nothing is rendered when it changes.
#[derive(Default)]
pub struct Now {
    pub document: RefCell<Option<Arc<Document>>>,
    pub catalog: RefCell<Option<Rc<Catalog>>>,
    pub index: RefCell<Rc<Index>>,
    /// What was known of the workspace's documents when somebody asked last.
    pub facts: RefCell<Facts>,
    store: RefCell<Option<Store>>,
    /// The section on the screen.
    pub shown: Cell<usize>,
    /// What the person unfolded or folded.
    folds: RefCell<HashMap<Path, bool>>,
    /// The field that is to get the keyboard as soon as it is there.
    wanted: RefCell<Option<Path>>,
    /// Whether the person is in a field, so that leaving it ends a step of the history.
    inside: Cell<bool>,
}

impl Now {
    /// Takes what a render was made from.
    pub fn set(&self, document: Option<Arc<Document>>, catalog: Option<Rc<Catalog>>, index: Rc<Index>, store: Store) {
        *self.document.borrow_mut() = document;
        *self.catalog.borrow_mut() = catalog;
        *self.index.borrow_mut() = index;
        *self.store.borrow_mut() = Some(store);
    }
}

impl PartialEq for Desk {
    fn eq(&self, other: &Desk) -> bool {
        self.doc == other.doc
            && self.words == other.words
            && self.version == other.version
            && self.dispatch == other.dispatch
            && Rc::ptr_eq(&self.now, &other.now)
    }
}

impl Desk {
    pub fn new(doc: DocRef, words: Words, version: Version, dispatch: Callback<Action>, now: Rc<Now>) -> Desk {
        Desk { doc, words, version, dispatch, now }
    }

    pub fn now(&self) -> &Now {
        &self.now
    }

    pub fn act(&self, action: Action) {
        self.dispatch.emit(action);
    }

    pub fn edit(&self, edit: FormEdit) {
        self.act(Action::Form(self.doc, edit));
    }

    pub fn set(&self, path: &[Step], value: Value) {
        self.edit(FormEdit::Set { path: path.to_vec(), value });
    }

    pub fn clear(&self, path: &[Step]) {
        self.edit(FormEdit::Clear { path: path.to_vec() });
    }

    /// Sets what was typed, or clears the field when nothing is left; answers what the text then has.
    pub fn write(&self, path: &[Step], value: Option<Value>) -> String {
        match value {
            Some(value) => {
                let shown = plain(&value);
                self.set(path, value);
                shown
            }
            None => {
                self.clear(path);
                String::new()
            }
        }
    }

    /// The person is in this field.
    pub fn entered(&self, path: &[Step]) {
        self.now.inside.set(true);
        *self.now.wanted.borrow_mut() = None;
        self.act(Action::Focus(self.doc, path.to_vec()));
    }

    /// The person left a field.
    pub fn left(&self) {
        if self.now.inside.replace(false) {
            self.act(Action::Pause);
        }
    }

    /// Gives the keyboard to the first control of the field at `path`, as soon as it is on the screen.
    pub fn want(&self, path: Path) {
        *self.now.wanted.borrow_mut() = Some(path);
    }

    /// Carries out [`Desk::want`] when the field is there.
    pub fn go(&self) {
        let wanted = self.now.wanted.borrow().clone();
        if let Some(path) = wanted
            && reveal::focus(&path)
        {
            *self.now.wanted.borrow_mut() = None;
        }
    }

    /// The field that is to get the keyboard and did not yet.
    pub fn wanted(&self) -> Option<Path> {
        self.now.wanted.borrow().clone()
    }

    /// Whether the person unfolded or folded what is at `path`.
    pub fn fold(&self, path: &[Step]) -> Option<bool> {
        self.now.folds.borrow().get(path).copied()
    }

    pub fn set_fold(&self, path: &[Step], open: bool) {
        self.now.folds.borrow_mut().insert(path.to_vec(), open);
    }

    /// The keys of the table at `path` as they are in the text now. Between two keys of a fast typist the screen may
    /// not have been drawn again.
    pub fn keys(&self, path: &[Step]) -> Vec<String> {
        let store = self.now.store.borrow().clone();
        let newest = store.and_then(|s| s.read(|state| state.index.document(self.doc).map(|d| d.document.clone())));
        let document = newest.or_else(|| self.now.document.borrow().clone());
        let value = document.and_then(|document| Some(document.at(path)?.to_json()));
        value.as_ref().and_then(Value::as_object).map_or_else(Vec::new, |map| map.keys().cloned().collect())
    }

    /// The documentation of a field, when it is there already.
    pub fn documentation(&self, key: &DocsKey) -> Option<String> {
        let store = self.now.store.borrow().clone()?;
        store.read(|state| state.docs.texts.field(&key.type_name, &key.field).map(str::to_owned))
    }

    /// Asks for the documentation of the document's fields.
    pub fn ask_docs(&self) {
        self.act(Action::WantDocs(self.doc));
    }

    /// A button's callback that removes the field.
    pub fn clearing(&self, path: &[Step]) -> Callback<MouseEvent> {
        let (desk, path) = (self.clone(), path.to_vec());
        Callback::from(move |_| {
            desk.clear(&path);
            reveal::focus(&path);
        })
    }
}

/// A value as it stands in an input: text as it is, anything else as JSON writes it, which YAML reads alike.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The desk of the form; every row is inside one.
#[hook]
pub fn use_desk() -> Desk {
    use_context::<Desk>().expect("every row is inside a form pane, which provides the desk")
}

/// The path of an entry of the object or list at `path`.
pub fn at(path: &[Step], step: impl Into<Step>) -> Path {
    ids::below(path, step)
}
