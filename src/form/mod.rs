//! The form of a document: sections and rows computed from schema, layout and text; edits back to text.
//!
//! Lives here: the model (what is shown), the layouts, the pure part of each field editor (reading a
//! value into parts and back), "Add field". Must never: hold data of its own, know a widget.

mod again;
mod build;
mod choose;
mod companions;
pub mod edit;
pub mod editors;
mod extras;
pub mod facts;
mod layout;
mod model;
mod pick;
mod place;
mod rows;
mod summary;
mod template;
mod union;

pub use build::{addable, form, form_shown, search_addable};
pub use choose::choose;
pub use companions::{Companion, companions};
pub use edit::FormEdit;
pub use facts::{Facts, Suggestion, suggestions};
pub use model::{Addable, Body, Card, Choice, DocsKey, Editor, EnumOption, Form, List, Row, Section};
pub use template::template;
