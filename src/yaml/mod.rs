//! YAML text ⇄ spanned tree, reading exactly as Kubernetes reads; edits as the smallest splice.
//!
//! Lives here: the document splitter, the tree, Go's scalar semantics, the editor, the emitter, the
//! serde deserializer. Must never: know a kind, a schema or a screen; change a byte it was not asked
//! to change; panic on any text.

mod build;
mod de;
mod document;
pub mod edit;
mod error;
mod expand;
mod json;
mod node;
mod path;
mod refuse;
mod scalar;
mod split;
mod stream;
mod syntax;
mod tree;
mod trivia;
mod value;

pub use build::MAX_DEPTH;
pub use de::{Misfit, TypeError, Typed};
pub use document::Document;
pub use edit::EditError;
pub use error::{Note, NoteKind, ReadError, ReadErrorKind};
pub use node::{Entry, Kind, Node, Scalar, Style};
pub use path::{Path, Step};
pub use stream::{DocId, Located, Stream};
pub use syntax::Syntax;
