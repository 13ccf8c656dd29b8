use super::field::Path;
use super::mend::Mend;
use crate::i18n::Message;
use crate::k8s::FieldPath;
use crate::yaml;

/// What a server says beside taking the object (a `Warning:` header).
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// The field it speaks of.
    pub field: FieldPath,
    /// Its place in the tree.
    pub at: yaml::Path,
    /// The server's text.
    pub text: String,
    /// In plain words.
    pub message: Message,
    /// What would end it.
    pub mends: Vec<Mend>,
}

impl Warning {
    /// A warning about `path`; `text` is the server's whole text.
    pub fn new(path: &Path<'_>, text: impl Into<String>, message: impl Into<Message>) -> Warning {
        let (field, at) = (path.field(), path.steps());
        Warning { field, at, text: text.into(), message: message.into(), mends: Vec::new() }
    }

    /// Adds a fix.
    pub fn mend(mut self, mend: Mend) -> Warning {
        self.mends.push(mend);
        self
    }
}
