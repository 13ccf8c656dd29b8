//! Why a text is refused, and what is read otherwise than it looks.

use std::fmt;

use super::syntax::Syntax;
use crate::text::Span;

/// Why a text is no YAML for Kubernetes.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError {
    /// What is wrong.
    pub kind: ReadErrorKind,
    /// Where.
    pub span: Span,
}

/// The kinds of [`ReadError`].
#[derive(Clone, Debug, PartialEq)]
pub enum ReadErrorKind {
    /// No YAML at all.
    Syntax(Syntax),
    /// Something stands after `---` on its line; only a comment may.
    Separator,
    /// A control character, a NUL byte or another character that no YAML may hold.
    Character(char),
    /// A tab where only spaces may indent.
    Tab,
    /// U+0085, U+2028 or U+2029 outside of quotes: a line break for Kubernetes, though not for the eye.
    LineSeparator(char),
    /// An escape in double quotes that Kubernetes does not know, such as `\/`.
    Escape,
    /// `?` in an unquoted scalar inside `{}` or `[]`.
    Question,
    /// A `:` in an unquoted scalar inside `{}` or `[]` that begins it, or stands right before `,` or a bracket.
    Colon,
    /// Lists and maps nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
    /// Aliases would blow the document up beyond Go's limit.
    ExcessiveAliasing,
    /// An alias inside the very node it stands for.
    AliasLoop,
    /// An alias without an anchor before it.
    UnknownAlias,
    /// `.inf` or `.nan`: JSON has no such number.
    NotFinite,
    /// The value does not fit its tag, as in `!!int x`.
    BadTag(String),
    /// `!!binary` without proper base64.
    BadBinary,
    /// A key that is null, or nothing.
    NullKey,
    /// A key that is a list or a map, as `{{ .Values.x }}` becomes.
    CompositeKey,
    /// A number above the range of `i64` as a key.
    BigKey,
    /// What follows `<<` is neither a map nor a list of maps.
    Merge,
    /// A text that began as a stream of JSON values and goes on as something else.
    Json(Syntax),
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ReadErrorKind::*;
        let text = match self {
            Syntax(fault) => return fault.fmt(f),
            Separator => "only a comment may follow the document separator",
            Character(c) => return write!(f, "control characters are not allowed: U+{:04X}", *c as u32),
            Tab => "a tab cannot be used for indentation",
            LineSeparator(c) => return write!(f, "the line separator U+{:04X} must be escaped", *c as u32),
            Escape => "found unknown escape character",
            Question => "a plain scalar in a flow collection cannot hold '?'",
            Colon => "a blank must follow ':' in a flow collection",
            TooDeep => "lists and maps are nested too deep",
            ExcessiveAliasing => "document contains excessive aliasing",
            AliasLoop => "an anchor's value contains itself",
            UnknownAlias => "unknown anchor referenced",
            NotFinite => "a number must be finite",
            BadTag(tag) => return write!(f, "the value does not fit its tag {tag}"),
            BadBinary => "!!binary value contains invalid base64 data",
            NullKey => "a key cannot be null",
            CompositeKey => "a key cannot be a list or a map",
            BigKey => "a number this large cannot be a key",
            Merge => "map merge requires map or sequence of maps as the value",
            Json(fault) => return write!(f, "invalid JSON: {fault}"),
        };
        f.write_str(text)
    }
}

/// A place that Kubernetes reads otherwise than it looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What.
    pub kind: NoteKind,
    /// Where.
    pub span: Span,
}

/// The kinds of [`Note`].
#[derive(Clone, Debug, PartialEq)]
pub enum NoteKind {
    /// A key that stands twice in one map: the last wins for kubectl, strict reading refuses it.
    DuplicateKey {
        /// The key as it is read.
        key: String,
        /// Where it stood first.
        first: Span,
    },
    /// `yes`, `on`, `off`… is a boolean.
    BooleanWord {
        /// As it is written.
        written: String,
        /// What Kubernetes reads.
        value: bool,
    },
    /// `0777` or `0o777` is octal, `0b11` binary, `0x1F` hexadecimal, `1_000` has its underscores dropped.
    NumberForm {
        /// As it is written.
        written: String,
        /// The number Kubernetes reads.
        value: String,
    },
    /// What follows `...` or a second root is dropped in silence.
    Dropped,
    /// A key that is not a string becomes one: `on:` is `"true"`.
    KeyReadAs {
        /// As it is written.
        written: String,
        /// The key Kubernetes reads.
        key: String,
    },
    /// A merge (`<<`) behind a key that it holds too: the merge wins.
    MergeOverrides {
        /// The key as it is read.
        key: String,
        /// Where the key that loses stands.
        first: Span,
    },
}
