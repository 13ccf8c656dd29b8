use serde_json::Value;

use crate::check::finding::Fix;
use crate::i18n::{Message, id};
use crate::text::Change;
use crate::yaml::{Document, Node, Path, Step, edit};

/// What would mend a fault, before it is a change of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mend {
    /// In other words than the usual.
    title: Option<Message>,
    edit: Edit,
}

#[derive(Clone, Debug, PartialEq)]
enum Edit {
    Set(Path, Value),
    Delete(Path),
    Append(Path, Value),
    Rename(Path, String),
}

impl Mend {
    fn new(edit: Edit) -> Mend {
        Mend { title: None, edit }
    }

    /// Writes a value, in place of another or anew.
    pub fn set(path: Path, value: impl Into<Value>) -> Mend {
        Mend::new(Edit::Set(path, value.into()))
    }

    /// Takes a field, an entry or an item away.
    pub fn delete(path: Path) -> Mend {
        Mend::new(Edit::Delete(path))
    }

    /// Adds an item to a list, which is made where it is not there.
    pub fn append(path: Path, value: impl Into<Value>) -> Mend {
        Mend::new(Edit::Append(path, value.into()))
    }

    /// Gives a key another name.
    pub fn rename(path: Path, key: impl Into<String>) -> Mend {
        Mend::new(Edit::Rename(path, key.into()))
    }

    /// Says it in other words.
    pub fn titled(mut self, title: impl Into<Message>) -> Mend {
        self.title = Some(title.into());
        self
    }

    /// The usual title is made last: the place may have been moved.
    fn title(&self) -> Message {
        if let Some(title) = &self.title {
            return title.clone();
        }
        match &self.edit {
            Edit::Set(path, value) => {
                let text = match value {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let text = crate::check::decode::clip(&text);
                Message::new(id::CHECK_FIX_SET).with("key", name(path)).with("text", text)
            }
            Edit::Delete(path) => Message::new(id::CHECK_FIX_REMOVE).with("name", name(path)),
            Edit::Append(path, _) => Message::new(id::CHECK_FIX_APPEND).with("name", name(path)),
            Edit::Rename(_, key) => Message::new(id::CHECK_FIX_RENAME).with("name", key.as_str()),
        }
    }

    /// Moves it from `said` and below to `real`.
    pub fn relocate(&mut self, said: &[Step], real: &[Step]) {
        let (Edit::Set(path, _) | Edit::Delete(path) | Edit::Append(path, _) | Edit::Rename(path, _)) = &mut self.edit;
        if let Some(rest) = path.strip_prefix(said) {
            *path = [real, rest].concat();
        }
    }

    /// As a change of the document's text; `None` when that cannot be done without touching more.
    /// `base` is where in the document the object stands.
    pub fn fix(&self, document: &Document, base: &[Step]) -> Option<Fix> {
        if let Edit::Set(_, value) | Edit::Append(_, value) = &self.edit
            && parts(value) > MOST_PARTS
        {
            return None;
        }
        let whole = |path: &Path| [base, path].concat();
        let change = match &self.edit {
            Edit::Set(path, value) => set(document, &whole(path), value),
            Edit::Delete(path) => edit::delete(document, &whole(path)).ok(),
            Edit::Append(path, value) => match document.at(&whole(path)).filter(|node| !node.is_null()) {
                // One of that name is there, with a fault of its own: a second one mends nothing.
                Some(list) if list.items().any(|item| is_called(item, value)) => None,
                Some(_) => edit::append(document, &whole(path), value).ok(),
                None => set(document, &whole(path), &Value::Array(vec![value.clone()])),
            },
            Edit::Rename(path, key) => edit::rename(document, &whole(path), key).ok(),
        }?;
        Some(Fix { title: self.title(), changes: vec![change] })
    }
}

fn is_called(item: Node<'_>, other: &Value) -> bool {
    let name = item.get("name").and_then(Node::as_str);
    name.is_some() && name == other.get("name").and_then(Value::as_str)
}

/// A value of more parts is not written: nobody would see what it does.
const MOST_PARTS: usize = 256;

fn parts(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(parts).sum::<usize>() + 1,
        Value::Object(entries) => entries.values().map(parts).sum::<usize>() + 1,
        _ => 1,
    }
}

/// Sets the value, with whatever objects above it are not there yet.
fn set(document: &Document, path: &[Step], value: &Value) -> Option<Change> {
    let mut depth = path.len();
    while depth > 0 && document.at(&path[..depth - 1]).is_none_or(|node| node.is_null()) {
        depth -= 1;
    }
    let mut whole = value.clone();
    for step in path.get(depth..)?.iter().rev() {
        let Step::Key(key) = step else { return None };
        whole = Value::Object([(key.clone(), whole)].into_iter().collect());
    }
    edit::set(document, &path[..depth], &whole).ok()
}

fn name(path: &[Step]) -> String {
    match path.iter().rev().find(|step| matches!(step, Step::Key(_))) {
        Some(Step::Key(key)) => key.clone(),
        _ => String::new(),
    }
}
