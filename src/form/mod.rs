//! The form of a document: sections and rows computed from schema, layout and text; edits back to text.
//!
//! Lives here: the model (what is shown), the layouts, the pure part of each field editor (reading a
//! value into parts and back), "Add field". Must never: hold data of its own, know a widget.

mod choose;
pub mod edit;
mod model;

pub use choose::choose;
pub use edit::FormEdit;
pub use model::{Addable, Body, Card, Choice, DocsKey, Editor, EnumOption, Form, List, Row, Section};

use crate::check::Finding;
use crate::k8s::Version;
use crate::schema::Catalog;
use crate::yaml::{Document, Path};

/// The form of `document`; `None` when its kind has no schema or its text cannot be read. `findings`
/// are the document's, rows point to them by index.
pub fn form(catalog: &Catalog, version: Version, document: &Document, findings: &[Finding]) -> Option<Form> {
    let _ = (catalog, version, document, findings);
    unimplemented!("form")
}

/// What "Add field" offers at the object at `path`: every field of its type that is not there, in `version`.
pub fn addable(catalog: &Catalog, version: Version, document: &Document, path: &Path) -> Vec<Addable> {
    let _ = (catalog, version, document, path);
    unimplemented!("form")
}
