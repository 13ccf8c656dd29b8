use super::workspace::{DocRef, FileId};
use crate::form::FormEdit;
use crate::i18n::Locale;
use crate::k8s::Version;
use crate::text::Change;

/// Everything that can happen.
#[derive(Clone, Debug)]
pub enum Action {
    /// The person did something in the form.
    Form(DocRef, FormEdit),
    /// The person changed a file's text in the editor.
    Text(FileId, Vec<Change>),
    /// Back one step.
    Undo,
    /// Forward one step.
    Redo,
    /// Show this document.
    Select(DocRef),
    /// Add a document of the gallery.
    UseTemplate(String),
    /// Check against this version.
    SetVersion(Version),
    /// Speak this language.
    SetLocale(Locale),
}
