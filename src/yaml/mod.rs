//! YAML text ⇄ spanned tree, reading exactly as Kubernetes reads; edits as the smallest splice.
//!
//! Lives here: the document splitter, the tree, Go's scalar semantics, the editor, the emitter, the
//! serde deserializer. Must never: know a kind, a schema or a screen; change a byte it was not asked
//! to change; panic on any text.

mod document;
pub mod edit;
mod path;
mod stream;

pub use document::{Document, Entry, Kind, Node, Note, NoteKind, ReadError, ReadErrorKind, Scalar, Style};
pub use edit::EditError;
pub use path::{Path, Step};
pub use stream::{DocId, Located, Stream};
