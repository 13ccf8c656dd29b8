//! Edits: each returns the smallest splice in the document's own text, or refuses.
//!
//! After each splice the text is read again and compared: if anything but the target changed, the
//! edit is refused with [`EditError::SideEffect`] and the text stays as it was.

use serde_json::Value;

use super::{Document, Step};
use crate::text::Change;

/// Why an edit was not made. The text is as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum EditError {
    /// The document cannot be read; mend the text first.
    Unreadable,
    /// There is nothing at that path (or its parent is no map or list).
    NotFound,
    /// The key is there already.
    Exists,
    /// The place is shared by an alias or merge; editing it would change another place.
    Shared,
    /// The operation does not fit what stands there (append to a scalar, rename an item).
    Unfit,
    /// The splice would have changed something else too: a defect of the editor, refused.
    SideEffect(String),
}

/// Where a new entry or item goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Behind this key or item of the same parent.
    Step(Step),
    /// Before everything.
    First,
    /// Behind everything.
    Last,
}

/// Sets the value at `path`, creating the maps on the way that are missing. Keeps the style of what was there.
pub fn set(document: &Document, path: &[Step], value: &Value) -> Result<Change, EditError> {
    let _ = (document, path, value);
    unimplemented!("yaml")
}

/// Inserts a new key into the map at `path` (or, with an index in `after` and no key, an item into a list).
pub fn insert(
    document: &Document,
    path: &[Step],
    key: Option<&str>,
    value: &Value,
    after: &After,
) -> Result<Change, EditError> {
    let _ = (document, path, key, value, after);
    unimplemented!("yaml")
}

/// Appends an item to the list at `path`, creating the list when the path is missing.
pub fn append(document: &Document, path: &[Step], value: &Value) -> Result<Change, EditError> {
    let _ = (document, path, value);
    unimplemented!("yaml")
}

/// Deletes the entry or item at `path`; its own comment goes with it. A parent that becomes empty stays as `{}` or `[]`.
pub fn delete(document: &Document, path: &[Step]) -> Result<Change, EditError> {
    let _ = (document, path);
    unimplemented!("yaml")
}

/// Gives the entry at `path` the key `key`; its value and place stay.
pub fn rename(document: &Document, path: &[Step], key: &str) -> Result<Change, EditError> {
    let _ = (document, path, key);
    unimplemented!("yaml")
}

/// Moves the entry or item at `path` behind `after` in the same parent, comments included.
pub fn move_to(document: &Document, path: &[Step], after: &After) -> Result<Change, EditError> {
    let _ = (document, path, after);
    unimplemented!("yaml")
}

/// `value` as a new document's text in block style (keys in the given order), ending with a line break.
pub fn emit(value: &Value) -> String {
    let _ = value;
    unimplemented!("yaml")
}
