use crate::text::Span;

/// One document of a stream: its text, its tree, or why it cannot be read. All spans are relative to
/// the document's own text.
#[derive(Debug)]
pub struct Document {
    text: Box<str>,
}

impl Document {
    /// Reads one document's text (its `---` line, if any, included). Never fails: see [`Document::error`].
    pub fn read(text: &str) -> Document {
        Document { text: text.into() }
    }

    /// The text, to the byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The root node; `None` when the document cannot be read or holds nothing (null).
    pub fn root(&self) -> Option<Node<'_>> {
        unimplemented!("yaml")
    }

    /// Why Kubernetes refuses this text as YAML, if it does.
    pub fn error(&self) -> Option<&ReadError> {
        unimplemented!("yaml")
    }

    /// What Kubernetes reads otherwise than it looks, in order of place.
    pub fn notes(&self) -> &[Note] {
        unimplemented!("yaml")
    }

    /// Whether nothing is here for Kubernetes: empty, comments only, or null.
    pub fn is_null(&self) -> bool {
        self.root().is_none() && self.error().is_none()
    }

    /// The node at `path` as Kubernetes reads it (aliases followed, merges applied, the last of duplicate keys).
    pub fn at(&self, path: &[super::Step]) -> Option<Node<'_>> {
        let _ = path;
        unimplemented!("yaml")
    }

    /// The path of the innermost node or key whose place holds the byte `offset` of this document's text.
    pub fn path_at(&self, offset: usize) -> super::Path {
        let _ = offset;
        unimplemented!("yaml")
    }

    /// The value as Kubernetes reads it in its plain mode; `None` for null documents and unreadable ones.
    pub fn to_json(&self) -> Option<serde_json::Value> {
        self.root().map(Node::to_json)
    }
}

/// A handle on a node of a document's tree; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    #[allow(dead_code)]
    document: &'a Document,
}

/// What a node is, as Kubernetes reads it (an alias is what it stands for).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A scalar; see [`Node::scalar`].
    Scalar,
    /// A map; see [`Node::entries`].
    Map,
    /// A list; see [`Node::items`].
    Seq,
}

/// A scalar's value as Kubernetes (go-yaml, then JSON) reads it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'a> {
    /// `null`, `~` or nothing.
    Null,
    /// A boolean, `yes` and `off` included.
    Bool(bool),
    /// An integer that fits `i64`.
    Int(i64),
    /// An integer above `i64::MAX`.
    UInt(u64),
    /// A number with a fraction or beyond the integers.
    Float(f64),
    /// A string.
    Str(&'a str),
}

/// How a node is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Unquoted scalar.
    Plain,
    /// `'…'`.
    SingleQuoted,
    /// `"…"`.
    DoubleQuoted,
    /// `|` block.
    Literal,
    /// `>` block.
    Folded,
    /// Map or list by indentation.
    Block,
    /// Map or list in `{}` or `[]`.
    Flow,
    /// `*name`.
    Alias,
}

/// One entry of a map as Kubernetes reads it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The key as Kubernetes reads it: `on:` is `"true"`, `1:` is `"1"`.
    pub key: &'a str,
    /// Where the key is written.
    pub key_span: Span,
    /// The value.
    pub value: Node<'a>,
    /// Whether it came in by a merge (`<<`), so that it is not written in this map itself.
    pub merged: bool,
}

impl<'a> Node<'a> {
    /// Where the node is written (for an alias: the alias itself), quotes and brackets included,
    /// comments and line breaks behind it not. Empty for an empty value.
    pub fn span(self) -> Span {
        unimplemented!("yaml")
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        unimplemented!("yaml")
    }

    /// How it is written.
    pub fn style(self) -> Style {
        unimplemented!("yaml")
    }

    /// Its value, when it is a scalar.
    pub fn scalar(self) -> Option<Scalar<'a>> {
        unimplemented!("yaml")
    }

    /// Its text, when it is a string scalar.
    pub fn as_str(self) -> Option<&'a str> {
        match self.scalar() {
            Some(Scalar::Str(s)) => Some(s),
            _ => None,
        }
    }

    /// Whether it is a null scalar.
    pub fn is_null(self) -> bool {
        self.scalar() == Some(Scalar::Null)
    }

    /// Its entries as Kubernetes reads them: merges applied, of duplicate keys the last, in the order of their first
    /// appearance. Empty for what is no map.
    pub fn entries(self) -> impl Iterator<Item = Entry<'a>> + 'a {
        std::iter::empty()
    }

    /// The entry of that key.
    pub fn entry(self, key: &str) -> Option<Entry<'a>> {
        self.entries().find(|e| e.key == key)
    }

    /// The value of that key.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entry(key).map(|e| e.value)
    }

    /// Its items; empty for what is no list.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'a>> + 'a {
        std::iter::empty()
    }

    /// The value as Kubernetes reads it.
    pub fn to_json(self) -> serde_json::Value {
        unimplemented!("yaml")
    }

    /// Whether its text belongs to this place alone: not reached through an alias or a merge, so that
    /// an edit here changes nothing elsewhere.
    pub fn is_own(self) -> bool {
        unimplemented!("yaml")
    }
}

/// Why a text is no YAML for Kubernetes.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError {
    /// What is wrong.
    pub kind: ReadErrorKind,
    /// Where.
    pub span: Span,
}

/// The kinds of [`ReadError`]. The yaml room extends this closed set as needed.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadErrorKind {
    /// The parser's own sentence for a syntax error.
    Syntax(String),
}

/// A place that Kubernetes reads otherwise than it looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What.
    pub kind: NoteKind,
    /// Where.
    pub span: Span,
}

/// The kinds of [`Note`]. The yaml room extends this closed set as needed.
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
}
