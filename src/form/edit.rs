//! What a person does in the form, and the splices it means.

use serde_json::Value;

use crate::k8s::Version;
use crate::schema::Catalog;
use crate::text::Change;
use crate::yaml::{Document, EditError, Path};

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

/// The splices in the document's text, in ascending order; the text is unchanged when refused.
pub fn apply(
    catalog: &Catalog,
    version: Version,
    document: &Document,
    edit: &FormEdit,
) -> Result<Vec<Change>, EditError> {
    let _ = (catalog, version, document, edit);
    unimplemented!("form")
}
