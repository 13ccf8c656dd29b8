//! One document: text, tree, error, notes.

use super::build::Builder;
use super::error::{Note, NoteKind, ReadError, ReadErrorKind};
use super::node::Node;
use super::syntax::Syntax;
use super::tree::{Data, Tree};
use super::{Path, Step, json, refuse, trivia};
use crate::text::Span;

/// One document of a stream: its text, its tree, or why it cannot be read. All spans are relative to
/// the document's own text.
#[derive(Debug)]
pub struct Document {
    text: Box<str>,
    tree: Tree,
    error: Option<ReadError>,
    notes: Vec<Note>,
    json: bool,
}

impl Document {
    /// Reads one document's text (its `---` line, if any, included). Never fails: see [`Document::error`].
    pub fn read(text: &str) -> Document {
        if text.trim_start().starts_with('{')
            && let Ok(read) = json::read(text)
        {
            return Document::of_json(text, read);
        }
        Document::read_yaml(text)
    }

    /// Reads the text as YAML, even where it could be JSON.
    pub(super) fn read_yaml(text: &str) -> Document {
        let mut document = Document::failed(text, None);
        match read_yaml(text) {
            Ok((tree, notes)) => (document.tree, document.notes) = (tree, notes),
            Err(error) => document.error = Some(error),
        }
        document
    }

    /// A document that is not even tried.
    pub(super) fn failed(text: &str, error: Option<ReadError>) -> Document {
        Document { text: text.into(), tree: Tree::default(), error, notes: Vec::new(), json: false }
    }

    /// A document of a stream of JSON values.
    pub(super) fn of_json(text: &str, read: json::Value) -> Document {
        Document { text: text.into(), tree: read.tree, error: read.error, notes: read.notes, json: true }
    }

    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The text, to the byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is JSON, read by JSON's own rules as Kubernetes does for what begins with `{`.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// The root node; `None` when the document cannot be read or holds nothing (null).
    pub fn root(&self) -> Option<Node<'_>> {
        let id = self.tree.root?;
        if self.error.is_some() || self.tree.node(id).data == Data::Null {
            return None;
        }
        Some(Node { document: self, id, own: true })
    }

    /// Why Kubernetes refuses this text as YAML, if it does.
    pub fn error(&self) -> Option<&ReadError> {
        self.error.as_ref()
    }

    /// What Kubernetes reads otherwise than it looks, in order of place.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Whether nothing is here for Kubernetes: empty, comments only, or null.
    pub fn is_null(&self) -> bool {
        self.root().is_none() && self.error().is_none()
    }

    /// The node at `path` as Kubernetes reads it (aliases followed, merges applied, the last of duplicate keys).
    pub fn at(&self, path: &[Step]) -> Option<Node<'_>> {
        path.iter().try_fold(self.root()?, |node, step| node.step(step))
    }

    /// The path of the innermost node or key whose place holds the byte `offset` of this document's text.
    pub fn path_at(&self, offset: usize) -> Path {
        let mut path = Path::new();
        let Some(root) = self.root() else { return path };
        let mut id = root.id;
        loop {
            // Behind a value, its line is still its place: the colon, blanks, a comment.
            let holds = |start: u32, end: u32| {
                let (start, end) = (start as usize, end as usize);
                start <= offset && (offset <= end || offset <= trivia::line_end(&self.text, end))
            };
            let node = self.tree.node(id);
            let found = match node.data {
                Data::Map(..) => {
                    let pairs = self.tree.written(id);
                    let after = pairs.partition_point(|pair| self.tree.node(pair.key).props as usize <= offset);
                    pairs[..after].last().and_then(|pair| {
                        let key = self.tree.node(pair.key);
                        let raw = self.tree.node(self.tree.follow(pair.key));
                        let key_str = self.tree.str(&self.text, raw.piece);
                        let inside = holds(key.props, self.tree.node(pair.value).span.end);
                        inside.then(|| (Step::Key(key_str.to_owned()), pair.value))
                    })
                }
                Data::Seq(first, len) => {
                    let items = self.tree.items(first, len);
                    let block = node.style == super::Style::Block;
                    let start = |id: u32| {
                        let start = self.tree.node(id).props as usize;
                        // The dash belongs to its item.
                        if block { trivia::line_start(&self.text, start).max(node.span.start as usize) } else { start }
                    };
                    let after = items.partition_point(|&id| start(id) <= offset);
                    let found = items[..after].last().copied();
                    found
                        .filter(|&id| holds(start(id) as u32, self.tree.node(id).span.end))
                        .map(|id| (Step::Index(after - 1), id))
                }
                _ => None,
            };
            let Some((step, child)) = found else { return path };
            path.push(step);
            id = child;
        }
    }

    /// The value as Kubernetes reads it in its plain mode; `None` for null documents and unreadable ones.
    pub fn to_json(&self) -> Option<serde_json::Value> {
        self.root().map(Node::to_json)
    }
}

fn read_yaml(text: &str) -> Result<(Tree, Vec<Note>), ReadError> {
    let found = refuse::characters(text)?;
    if let Some(rest) = text.strip_prefix("---") {
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        if !line.trim().is_empty() && !line.trim().starts_with('#') {
            let start = 3 + line.len() - line.trim_start().len();
            let span = Span::new(start, start + line.trim().len());
            return Err(ReadError { kind: ReadErrorKind::Separator, span });
        }
    }
    let mut base = 0;
    if text.starts_with("---") {
        // Kubernetes cuts the `---` off, so a byte order mark may follow it.
        let below = trivia::next_line(text, 0);
        if text[below..].starts_with('\u{feff}') {
            base = below + 3;
        }
    }
    if let Some(start) = trivia::next(text, base)
        && text[start..].starts_with("...")
        && trivia::begins_line(text, start)
        && text[start + 3..].chars().next().is_none_or(char::is_whitespace)
    {
        return Err(ReadError { kind: ReadErrorKind::Syntax(Syntax::Value), span: Span::new(start, start + 3) });
    }
    let mut builder = Builder::new(text);
    let source = &text[base..];
    let read = if source.ends_with('\n') {
        builder.read(source, base)
    } else {
        // Kubernetes reads line by line and ends the last one too, so `|` keeps a line break there.
        builder.read(&[source, "\n"].concat(), base)
    };
    if let Err(error) = read {
        builder = Builder::new(text);
        without_tabs(&mut builder, text, base, error)?;
    }
    builder.expand()?;
    refuse::places(text, &builder.tree, &found)?;
    if let Some(span) = builder.dropped() {
        builder.notes.push(Note { kind: NoteKind::Dropped, span });
    }
    builder.notes.sort_by_key(|note| note.span.start);
    Ok((builder.tree, builder.notes))
}

/// A second try for what the parser refuses for its tabs: go-yaml takes more of them. Blanks stand in
/// for those that begin a line, and what of them go-yaml refuses is refused later on.
fn without_tabs(builder: &mut Builder<'_>, text: &str, base: usize, error: ReadError) -> Result<(), ReadError> {
    if error.kind != ReadErrorKind::Tab {
        return Err(error);
    }
    let mut source = String::with_capacity(text.len() + 1 - base);
    for line in text[base..].split_inclusive(['\n', '\r']) {
        let rest = line.trim_start_matches([' ', '\t']);
        source.extend(std::iter::repeat_n(' ', line.len() - rest.len()));
        source.push_str(rest);
    }
    if !source.ends_with('\n') {
        source.push('\n');
    }
    builder.read(&source, base)?;
    // In a block scalar a tab is text, which the blanks would have changed.
    let block = |style| matches!(style, super::Style::Literal | super::Style::Folded);
    let tree = &builder.tree;
    if tree.nodes.iter().any(|raw| block(raw.style) && text[raw.span.range()].contains('\t')) {
        return Err(error);
    }
    Ok(())
}
