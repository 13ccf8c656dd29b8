//! Handles on the nodes of a tree.

use super::document::Document;
use super::tree::{Data, Pair, Raw};
use crate::text::Span;

/// A handle on a node of a document's tree; cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub(super) document: &'a Document,
    pub(super) id: u32,
    /// Not reached through an alias or a merge.
    pub(super) own: bool,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
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
    pub(super) fn raw(self) -> &'a Raw {
        self.document.tree().node(self.id)
    }

    fn target(self) -> &'a Raw {
        let tree = self.document.tree();
        tree.node(tree.follow(self.id))
    }

    /// Whether children belong to this place: not so below an alias.
    fn children_own(self) -> bool {
        self.own && !matches!(self.raw().data, Data::Alias(_))
    }

    /// What is written at its [`Node::span`].
    pub fn text(self) -> &'a str {
        self.document.text().get(self.span().range()).unwrap_or_default()
    }

    /// Where the node is written (for an alias: the alias itself), quotes and brackets included, comments and line
    /// breaks behind it not. Empty for an empty value.
    pub fn span(self) -> Span {
        self.raw().span
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        match self.target().data {
            Data::Map(..) => Kind::Map,
            Data::Seq(..) => Kind::Seq,
            _ => Kind::Scalar,
        }
    }

    /// How it is written.
    pub fn style(self) -> Style {
        self.raw().style
    }

    /// Its value, when it is a scalar.
    pub fn scalar(self) -> Option<Scalar<'a>> {
        let raw = self.target();
        Some(match raw.data {
            Data::Null => Scalar::Null,
            Data::Bool(b) => Scalar::Bool(b),
            Data::Int(i) => Scalar::Int(i),
            Data::UInt(u) => Scalar::UInt(u),
            Data::Float(f) => Scalar::Float(f),
            Data::Str => Scalar::Str(self.document.tree().str(self.document.text(), raw.piece)),
            Data::Map(..) | Data::Seq(..) | Data::Alias(_) => return None,
        })
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
    pub fn entries(self) -> impl ExactSizeIterator<Item = Entry<'a>> + 'a {
        let (pairs, own) = self.pairs();
        pairs.iter().map(move |pair| self.document.entry_of(pair, own))
    }

    pub(super) fn pairs(self) -> (&'a [Pair], bool) {
        let pairs = match self.target().data {
            Data::Map(first, len) => self.document.tree().pairs(first, len),
            _ => &[],
        };
        (pairs, self.children_own())
    }

    /// The entry of that key.
    pub fn entry(self, key: &str) -> Option<Entry<'a>> {
        let Data::Map(first, len) = self.target().data else { return None };
        let pair = self.document.tree().pair(self.document.text(), (first, len), key)?;
        Some(self.document.entry_of(pair, self.children_own()))
    }

    /// The value of that key.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entry(key).map(|e| e.value)
    }

    /// Its items; empty for what is no list.
    pub fn items(self) -> impl ExactSizeIterator<Item = Node<'a>> + 'a {
        let (items, own) = self.ids();
        items.iter().map(move |&id| Node { document: self.document, id, own })
    }

    pub(super) fn ids(self) -> (&'a [u32], bool) {
        let items = match self.target().data {
            Data::Seq(first, len) => self.document.tree().items(first, len),
            _ => &[],
        };
        (items, self.children_own())
    }

    /// The child one step down.
    pub fn step(self, step: &super::Step) -> Option<Node<'a>> {
        match step {
            super::Step::Key(key) => self.get(key),
            super::Step::Index(index) => match self.target().data {
                Data::Seq(first, len) => {
                    let id = *self.document.tree().items(first, len).get(*index)?;
                    Some(Node { document: self.document, id, own: self.children_own() })
                }
                _ => None,
            },
        }
    }

    /// Whether its text belongs to this place alone: not reached through an alias or a merge, so that
    /// an edit here changes nothing elsewhere.
    pub fn is_own(self) -> bool {
        let shared = &self.document.tree().shared;
        let after = shared.partition_point(|&(from, _)| from <= self.id);
        self.own && shared[..after].last().is_none_or(|&(_, to)| to <= self.id)
    }
}

impl Document {
    pub(super) fn entry_of(&self, pair: &Pair, own: bool) -> Entry<'_> {
        let tree = self.tree();
        Entry {
            key: tree.key(self.text(), pair),
            key_span: tree.node(pair.key).span,
            value: Node { document: self, id: pair.value, own: own && !pair.merged },
            merged: pair.merged,
        }
    }
}
