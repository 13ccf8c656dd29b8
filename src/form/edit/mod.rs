//! What a person does in the form, and the splices it means.

mod clear;

use serde_json::Value;

use self::clear::Schema;
use super::editors::file_mode;
use super::template;
use crate::k8s::Version;
use crate::schema::Catalog;
use crate::text::Change;
use crate::yaml::edit::After;
use crate::yaml::{self, Document, EditError, Path, Step};

/// One intent.
#[derive(Clone, Debug, PartialEq)]
pub enum FormEdit {
    /// The field's value; missing parents are made.
    Set {
        /// Where.
        path: Path,
        /// The new value.
        value: Value,
    },
    /// The field is removed, and its parent when that became empty and is optional.
    Clear {
        /// Where.
        path: Path,
    },
    /// A new item at the end of the list, which is made when it is missing.
    Append {
        /// The list.
        path: Path,
        /// The item.
        value: Value,
    },
    /// An item goes to another place of its list.
    Move {
        /// The item.
        path: Path,
        /// Its index afterwards.
        to: usize,
    },
    /// A copy of an item behind it; a name that must be unique gets a number.
    Duplicate {
        /// The item.
        path: Path,
    },
    /// A key of a map is renamed, its value stays.
    Rename {
        /// The entry.
        path: Path,
        /// Its new key.
        key: String,
    },
    /// One alternative of a union takes the place of the others.
    Choose {
        /// The object that has the alternatives.
        path: Path,
        /// All keys of the union.
        keys: Vec<String>,
        /// The chosen one, or none.
        chosen: Option<(String, Value)>,
    },
}

/// An edit that was made.
pub struct Edited {
    /// The splices in the document's text, in ascending order.
    pub changes: Vec<Change>,
    /// The document after them; none where nothing is changed.
    pub document: Option<Document>,
}

/// What the edit means in the document's text, which is unchanged when it is refused.
pub fn apply(catalog: &Catalog, version: Version, document: &Document, edit: &FormEdit) -> Result<Edited, EditError> {
    let schema = Schema::of(catalog, version, document);
    let mut steps = Steps::of(document);
    match edit {
        FormEdit::Set { path, value } => {
            let written = document.at(path).map(|node| document.text()[node.span().range()].to_owned());
            steps.set(path, value)?;
            if let (Some(written), Some(mode)) = (written, value.as_i64())
                && schema.field(path).is_some_and(file_mode::is_one)
                && let Some(octal) = file_mode::as_written(&written, mode)
            {
                steps.write_as(path, &octal);
            }
        }
        FormEdit::Clear { path } => {
            let path = clear::highest(&schema, document, path);
            steps.make(|document| yaml::edit::delete(document, path))?;
        }
        FormEdit::Append { path, value } => {
            let mut value = value.clone();
            let (keys, others) = neighbours(&schema, document, path);
            template::make_unique(&mut value, &keys, &others);
            append(&mut steps, document, path, &value)?;
        }
        FormEdit::Move { path, to } => {
            let (Some(Step::Index(from)), Some(list)) = (path.last(), path.split_last().map(|s| s.1)) else {
                return Err(EditError::Unfit);
            };
            let count = document.at(list).ok_or(EditError::NotFound)?.items().len();
            let to = (*to).min(count.saturating_sub(1));
            if to != *from {
                let after = match to {
                    0 => After::First,
                    // What stands behind the item moves up by one once it is taken out.
                    to if to > *from => After::Step(to.into()),
                    to => After::Step((to - 1).into()),
                };
                steps.make(|document| yaml::edit::move_to(document, path, &after))?;
            }
        }
        FormEdit::Duplicate { path } => {
            let (Some(Step::Index(index)), Some(list)) = (path.last(), path.split_last().map(|s| s.1)) else {
                return Err(EditError::Unfit);
            };
            let mut value = document.at(path).ok_or(EditError::NotFound)?.to_json();
            let (keys, others) = neighbours(&schema, document, list);
            template::make_unique(&mut value, &keys, &others);
            let after = After::Step((*index).into());
            steps.make(|document| yaml::edit::insert(document, list, None, &value, &after))?;
        }
        FormEdit::Rename { path, key } => {
            if path.last() != Some(&Step::Key(key.clone())) {
                steps.make(|document| yaml::edit::rename(document, path, key))?;
            }
        }
        FormEdit::Choose { path, keys, chosen } => choose(&schema, &mut steps, document, path, keys, chosen)?,
    }
    Ok(Edited { changes: steps.changes, document: steps.now })
}

/// An edit in several steps: each is made on the text that the one before left, all are one list of
/// changes of the text at the beginning.
struct Steps<'d> {
    first: &'d Document,
    /// What the last step left.
    now: Option<Document>,
    changes: Vec<Change>,
}

impl<'d> Steps<'d> {
    fn of(document: &'d Document) -> Steps<'d> {
        Steps { first: document, now: None, changes: Vec::new() }
    }

    fn document(&self) -> &Document {
        self.now.as_ref().unwrap_or(self.first)
    }

    fn make(&mut self, step: impl FnOnce(&Document) -> Result<Change, EditError>) -> Result<(), EditError> {
        let change = step(self.document())?;
        let text = Change::apply_all(self.document().text(), std::slice::from_ref(&change));
        self.add(change, Document::read(&text));
        Ok(())
    }

    /// A change of the document as it is now, and what it leaves.
    fn add(&mut self, change: Change, left: Document) {
        self.changes = Change::compose(&self.changes, &[change]);
        self.now = Some(left);
    }

    /// Writes the value at `path` in other letters, where they are read as the same value.
    fn write_as(&mut self, path: &[Step], written: &str) {
        let document = self.document();
        let Some(node) = document.at(path) else { return };
        let change = Change::new(node.span().start as usize, node.span().end as usize, written.to_owned());
        let left = Document::read(&Change::apply_all(document.text(), std::slice::from_ref(&change)));
        let json = |document: &Document| document.root().map(|root| root.to_json());
        if left.text() != document.text() && json(&left) == json(document) {
            self.add(change, left);
        }
    }

    /// As `yaml::edit::set`; no change where the value is there already.
    fn set(&mut self, path: &[Step], value: &Value) -> Result<(), EditError> {
        if self.document().at(path).is_some_and(|node| node.to_json() == *value) {
            return Ok(());
        }
        let made = yaml::edit::set_read(self.document(), path, value)?;
        self.add(made.change, made.document);
        Ok(())
    }
}

/// An item at the end of a list; a list that is missing, or is null, is made.
fn append(steps: &mut Steps, document: &Document, path: &[Step], value: &Value) -> Result<(), EditError> {
    if document.at(path).is_none_or(|list| list.is_null()) {
        return steps.set(path, &Value::Array(vec![value.clone()]));
    }
    steps.make(|document| yaml::edit::append(document, path, value))
}

/// The keys that tell the items of a list apart, and its items.
fn neighbours(schema: &Schema, document: &Document, list: &[Step]) -> (Vec<String>, Vec<Value>) {
    let keys = schema.field(list).map(|f| f.list_keys.clone()).unwrap_or_default();
    let items = document.at(list).into_iter().flat_map(|list| list.items()).map(|item| item.to_json());
    (keys, items.collect())
}

/// The chosen alternative takes the place of the first that is there; the others go.
fn choose(
    schema: &Schema,
    steps: &mut Steps,
    document: &Document,
    path: &[Step],
    keys: &[String],
    chosen: &Option<(String, Value)>,
) -> Result<(), EditError> {
    let at = |key: &str| -> Path { path.iter().cloned().chain([Step::from(key)]).collect() };
    let there: Vec<&String> = keys.iter().filter(|key| document.at(&at(key)).is_some()).collect();
    let Some((key, value)) = chosen else {
        let Some((last, others)) = there.split_last() else { return Ok(()) };
        for key in others {
            steps.make(|document| yaml::edit::delete(document, &at(key)))?;
        }
        // With the last one its object may have become empty.
        let path = clear::highest(schema, steps.document(), &at(last)).to_vec();
        return steps.make(|document| yaml::edit::delete(document, &path));
    };
    match there.first() {
        Some(first) if !there.contains(&key) => {
            let after = After::Step(Step::from(first.as_str()));
            steps.make(|document| yaml::edit::insert(document, path, Some(key), value, &after))?;
        }
        _ => steps.set(&at(key), value)?,
    }
    for other in there.into_iter().filter(|other| *other != key) {
        steps.make(|document| yaml::edit::delete(document, &at(other)))?;
    }
    Ok(())
}
