use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::k8s::FieldPath;
use crate::text::{Change, Span};
use crate::yaml::Path;

/// One thing to say about a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// The field in Kubernetes' own notation.
    pub field: FieldPath,
    /// The same place as a path into the tree (keys and indices), for the form.
    pub path: Path,
    /// Which check says it.
    pub source: Source,
    /// How bad it is.
    pub severity: Severity,
    /// The kind of fault, as the server's `details.causes[].reason` has it.
    pub reason: Reason,
    /// In plain words, with what to do.
    pub message: Message,
    /// The API server's own sentence, where it has one.
    pub server: Option<String>,
    /// Where to read more.
    pub link: Option<String>,
    /// What would mend it.
    pub fixes: Vec<Fix>,
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as an imperative: "Rename to containerPort".
    pub title: Message,
    /// The splices, in the document's text; none when an edit since has changed what they would change.
    pub changes: Vec<Change>,
}

/// Which check speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The text as YAML, as kubectl reads it.
    Yaml,
    /// Strict decoding on the schema.
    Decode,
    /// The API server's own rules.
    Api,
    /// Between documents.
    Refs,
    /// Good practice.
    Lint,
    /// What another version says.
    Versions,
    /// An answer of the connected cluster.
    Server,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The server would refuse the document, or read something else than what is written.
    Error,
    /// The server takes it and warns, or it is read otherwise than it looks.
    Warning,
    /// Worth knowing.
    Info,
}

/// The kind of fault. The `FieldValue…` names are those of `k8s.io/apimachinery` `field.ErrorType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// The text is no YAML.
    Syntax,
    /// Read otherwise than it looks.
    ReadAs,
    /// A key twice in one map.
    DuplicateKey,
    /// A field that the type does not have.
    UnknownField,
    /// A value of the wrong type.
    WrongType,
    /// No such kind in this version.
    UnknownKind,
    /// `field.ErrorTypeNotFound`
    FieldValueNotFound,
    /// `field.ErrorTypeRequired`
    FieldValueRequired,
    /// `field.ErrorTypeDuplicate`
    FieldValueDuplicate,
    /// `field.ErrorTypeInvalid`
    FieldValueInvalid,
    /// `field.ErrorTypeNotSupported`
    FieldValueNotSupported,
    /// `field.ErrorTypeForbidden`
    FieldValueForbidden,
    /// `field.ErrorTypeTooLong`
    FieldValueTooLong,
    /// `field.ErrorTypeTooMany`
    FieldValueTooMany,
    /// `field.ErrorTypeTooFew`
    FieldValueTooFew,
    /// `field.ErrorTypeInternal`
    InternalError,
    /// `field.ErrorTypeTypeInvalid`
    FieldValueTypeInvalid,
    /// Taken, with a warning.
    Warned,
    /// Another manager owns the field (server-side apply).
    FieldManagerConflict,
}

/// What a server would do with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Take it.
    Accept,
    /// Refuse it as YAML or for its structure.
    Decode,
    /// Refuse it by a rule of the API.
    Invalid,
    /// Not know its kind.
    UnknownKind,
}
