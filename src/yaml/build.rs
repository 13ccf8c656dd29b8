//! From the parser's events to the tree.

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};

use super::error::{Note, NoteKind, ReadError, ReadErrorKind};
use super::node::Style;
use super::scalar::{self, Resolved};
use super::syntax::{self, Syntax};
use super::tree::{Data, Pair, Piece, Raw, Tree};
use super::trivia;
use crate::text::Span;

/// How deep lists and maps may nest, aliases included. Go stops at 10,000; no manifest comes near
/// this, and whoever walks a tree may recurse without fear for a small stack.
pub const MAX_DEPTH: usize = 200;

struct Frame {
    id: u32,
    /// Where the children of this node begin in `pending`.
    first: usize,
    is_map: bool,
    /// The anchor on it, or 0.
    anchor: usize,
}

/// Reads the first YAML document of `text` into a tree.
pub(super) struct Builder<'t> {
    text: &'t str,
    pub tree: Tree,
    pub notes: Vec<Note>,
    frames: Vec<Frame>,
    /// Finished children of the open frames; whether each is a merge key's is known from its node.
    pending: Vec<u32>,
    /// Ids of plain `<<` keys.
    merges: Vec<u32>,
    /// Maps with merges or duplicate keys, in the order in which they ended.
    pub complex: Vec<u32>,
    /// By anchor id: the node it stands on and the end of its subtree (0 while it is open).
    anchors: Vec<(u32, u32)>,
    pub aliased: bool,
    /// One past the last byte of the last token seen.
    at: usize,
    /// Where in the text the parser's own offsets begin.
    base: usize,
}

impl<'t> Builder<'t> {
    pub fn new(text: &'t str) -> Builder<'t> {
        Builder {
            text,
            tree: Tree::default(),
            notes: Vec::new(),
            frames: Vec::new(),
            pending: Vec::new(),
            merges: Vec::new(),
            complex: Vec::new(),
            anchors: Vec::new(),
            aliased: false,
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            base: 0,
        }
    }

    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Reads `source`, which is the text from `base` on, with a line break at its end.
    pub fn read(&mut self, source: &str, base: usize) -> Result<(), ReadError> {
        self.base = base;
        self.at = self.at.max(base);
        let options = granit_parser::options! { disallow_directives: true, emit_anchor_events: true };
        let mut parser = Parser::new_from_str_with_options(source, options);
        self.tree.nodes.reserve(source.len() / 20);
        while let Some(event) = parser.next_event() {
            let (event, place) = event.map_err(|error| self.syntax(&error))?;
            let range = place.byte_range().map_or(self.at..self.at, |range| range.start + base..range.end + base);
            let span = Span::new(range.start.min(self.text.len()), range.end.min(self.text.len()));
            let props = || {
                let tag = place.tag_start.and_then(|mark| mark.byte_offset());
                tag.map_or(span.start, |at| (at + base) as u32)
            };
            match event {
                Event::Scalar(value, style, anchor, tag) => {
                    self.scalar(&value, style, tag.as_deref(), span, props(), anchor)?;
                }
                Event::MappingStart(style, anchor, _) => self.open(true, style, span, props(), anchor)?,
                Event::SequenceStart(style, anchor, _) => self.open(false, style, span, props(), anchor)?,
                Event::MappingEnd | Event::SequenceEnd => self.close(span)?,
                Event::Alias(id) => {
                    let Some(&(target, _)) = self.anchors.get(id) else {
                        return Err(ReadError { kind: ReadErrorKind::UnknownAlias, span });
                    };
                    self.aliased = true;
                    self.at = span.end as usize;
                    let raw = Raw {
                        data: Data::Alias(target),
                        span,
                        props: span.start,
                        piece: Piece::default(),
                        style: Style::Alias,
                    };
                    let id = self.push(raw);
                    self.finish(id)?;
                }
                Event::Anchor(_, name) => {
                    // go-yaml knows fewer names than YAML does.
                    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) {
                        return Err(ReadError { kind: ReadErrorKind::Syntax(Syntax::Name), span });
                    }
                    // The event follows its node: the one just pushed.
                    let end = self.tree.nodes.len();
                    if let Some(raw) = self.tree.nodes.get_mut(end.saturating_sub(1)) {
                        raw.props = raw.props.min(span.start);
                    }
                }
                Event::DocumentEnd => {
                    self.tree.end = self.at;
                    return Ok(());
                }
                _ => {}
            }
        }
        self.tree.end = self.text.len();
        Ok(())
    }

    fn syntax(&self, error: &ScanError) -> ReadError {
        let at = error.marker().byte_offset().map_or(self.at, |at| at + self.base).min(self.text.len());
        let width = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let kind = syntax::of(error.kind());
        ReadError { kind, span: Span::new(at, at + width) }
    }

    pub fn push(&mut self, raw: Raw) -> u32 {
        self.tree.nodes.push(raw);
        self.tree.nodes.len() as u32 - 1
    }

    fn anchor(&mut self, anchor: usize, id: u32, end: u32) {
        if anchor > 0 {
            if self.anchors.len() <= anchor {
                self.anchors.resize(anchor + 1, (0, 0));
            }
            self.anchors[anchor] = (id, end);
        }
    }

    /// Whether the next node finished is a key.
    fn is_key(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.is_map && (self.pending.len() - frame.first).is_multiple_of(2))
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        mut span: Span,
        mut props: u32,
        anchor: usize,
    ) -> Result<(), ReadError> {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let block = matches!(style, Style::Literal | Style::Folded);
        if block {
            // The parser leaves the header out, and takes the line breaks behind in.
            let start = trivia::seek(self.text, self.at, b"|>").unwrap_or(span.start as usize);
            let end = trivia::trim_end(self.text, start, span.end as usize);
            span = Span::new(start, end);
        }
        let mut text = value;
        let missing = style == Style::Plain && span.is_empty();
        if missing {
            text = "";
            let place = self.empty_place(span.start as usize);
            // Without a tag the parser's own place says nothing.
            if props == span.start {
                props = place as u32;
            }
            span = Span::empty(place);
        }
        self.at = span.end as usize;
        let tag = tag.map(|tag| [tag.handle(), tag.suffix()].concat()).unwrap_or_default();
        let quoted = style != Style::Plain;
        let is_key = self.is_key();
        if is_key && text == "<<" && (tag.is_empty() && !quoted || tag == "!" || tag == "tag:yaml.org,2002:merge") {
            self.merges.push(self.tree.nodes.len() as u32);
        }
        let resolved = scalar::resolve(&tag, text, quoted).map_err(|kind| ReadError { kind, span })?;
        let mut piece = Piece::default();
        let data = match &resolved {
            Resolved::Null => Data::Null,
            Resolved::Bool(b) => Data::Bool(*b),
            Resolved::Int(i) => Data::Int(*i),
            Resolved::UInt(u) => Data::UInt(*u),
            Resolved::Float(f) if f.is_finite() || is_key => Data::Float(*f),
            Resolved::Float(_) => return Err(ReadError { kind: ReadErrorKind::NotFinite, span }),
            Resolved::Text => {
                let inner = if quoted && !block && span.len() >= 2 {
                    Span { start: span.start + 1, end: span.end - 1 }
                } else {
                    span
                };
                piece = if self.text.get(inner.range()) == Some(text) {
                    Piece { start: inner.start, end: inner.end, cooked: false }
                } else {
                    self.cook(text)
                };
                Data::Str
            }
            Resolved::Bytes(text) => {
                piece = self.cook(text);
                Data::Str
            }
        };
        if is_key {
            if let Some(key) = scalar::key(&resolved, text).map_err(|kind| ReadError { kind, span })? {
                piece = self.cook(&key);
                if key != text {
                    self.notes.push(Note { kind: NoteKind::KeyReadAs { written: text.to_owned(), key }, span });
                }
            }
        } else if !quoted
            && tag.is_empty()
            && data != Data::Str
            && !missing
            && let Some(kind) = scalar::note(&resolved, text)
        {
            self.notes.push(Note { kind, span });
        }
        let id = self.push(Raw { data, span, props: props.min(span.start), piece, style });
        self.anchor(anchor, id, id + 1);
        self.finish(id)
    }

    pub fn cook(&mut self, text: &str) -> Piece {
        let start = self.tree.cooked.len() as u32;
        self.tree.cooked.push_str(text);
        Piece { start, end: self.tree.cooked.len() as u32, cooked: true }
    }

    /// Where an empty node stands: right behind its `:` or `-`, or its anchor and tag.
    fn empty_place(&self, given: usize) -> usize {
        let Some(frame) = self.frames.last() else { return given };
        let flow = self.tree.node(frame.id).style == Style::Flow;
        let mark = match (frame.is_map, flow) {
            (true, _) if !self.is_key() => b':',
            (false, false) => b'-',
            _ => return given,
        };
        let bytes = self.text.as_bytes();
        match trivia::next(self.text, self.at) {
            Some(at) if bytes[at] == mark => {
                let (mut place, mut at) = (at + 1, at + 1);
                loop {
                    match bytes.get(at) {
                        Some(b' ' | b'\t') => at += 1,
                        Some(b'&' | b'!') => {
                            let ends = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n') || flow && *b == b',';
                            at += bytes[at..].iter().position(ends).unwrap_or(bytes.len() - at);
                            place = at;
                        }
                        _ => return place,
                    }
                }
            }
            // An explicit key (`? key`) or a word in braces without a colon: right behind the key.
            _ if frame.is_map && !self.is_key() => self.at,
            _ => given.max(self.at),
        }
    }

    pub fn open(
        &mut self,
        is_map: bool,
        style: StructureStyle,
        mut span: Span,
        props: u32,
        anchor: usize,
    ) -> Result<(), ReadError> {
        if self.frames.len() >= MAX_DEPTH {
            return Err(ReadError { kind: ReadErrorKind::TooDeep, span });
        }
        let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Block };
        if style == Style::Flow {
            self.at = span.end as usize;
        } else if !is_map && self.frames.last().is_some_and(|frame| frame.is_map) {
            // The parser lets an indentless list begin at its first item.
            if let Some(start) = trivia::seek(self.text, self.at, b"-") {
                span = Span::empty(start);
            }
        }
        self.at = self.at.max(span.start as usize);
        let id = self.push(Raw {
            data: if is_map { Data::Map(0, 0) } else { Data::Seq(0, 0) },
            span,
            props: props.min(span.start),
            piece: Piece::default(),
            style,
        });
        self.anchor(anchor, id, 0);
        self.frames.push(Frame { id, first: self.pending.len(), is_map, anchor });
        Ok(())
    }

    pub fn close(&mut self, span: Span) -> Result<(), ReadError> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let children = frame.first..self.pending.len();
        let raw = self.tree.node(frame.id);
        // A pair without braces in a flow list ends with its value.
        let end = if raw.style == Style::Flow && !raw.is_pair(self.text) {
            self.at = self.at.max(span.end as usize);
            self.at
        } else {
            self.pending[children.clone()].last().map_or(span.start, |&id| self.tree.node(id).span.end) as usize
        };
        let data = if frame.is_map {
            let first = self.tree.pairs.len() as u32;
            let mut merges = false;
            for pair in self.pending[children.clone()].chunks_exact(2) {
                merges |= self.is_merge(pair[0]);
                self.tree.pairs.push(Pair { key: pair[0], value: pair[1], merged: false });
            }
            let len = self.tree.pairs.len() as u32 - first;
            if merges || self.note_duplicates(first, len) {
                self.complex.push(frame.id);
            }
            Data::Map(first, len)
        } else {
            let first = self.tree.items.len() as u32;
            self.tree.items.extend_from_slice(&self.pending[children.clone()]);
            Data::Seq(first, children.len() as u32)
        };
        self.pending.truncate(frame.first);
        let after = self.tree.nodes.len() as u32;
        let raw = &mut self.tree.nodes[frame.id as usize];
        raw.data = data;
        raw.span.end = end as u32;
        if let Some(anchor) = self.anchors.get_mut(frame.anchor).filter(|_| frame.anchor > 0) {
            anchor.1 = after;
        }
        self.finish(frame.id)
    }

    /// Hands a finished node to the open collection.
    pub fn finish(&mut self, id: u32) -> Result<(), ReadError> {
        if self.frames.is_empty() {
            self.tree.root.get_or_insert(id);
            return Ok(());
        }
        if self.is_key() {
            self.key(id)?;
        }
        self.pending.push(id);
        Ok(())
    }

    /// Refuses what cannot be a key, and sees to it that an aliased key has its string.
    fn key(&mut self, id: u32) -> Result<(), ReadError> {
        let target = self.tree.follow(id);
        let raw = *self.tree.node(target);
        let span = self.tree.node(id).span;
        let resolved = match raw.data {
            Data::Map(..) | Data::Seq(..) | Data::Alias(_) => {
                return Err(ReadError { kind: ReadErrorKind::CompositeKey, span });
            }
            _ if target == id => return Ok(()),
            Data::Str => return Ok(()),
            Data::Null => Resolved::Null,
            Data::Bool(b) => Resolved::Bool(b),
            Data::Int(i) => Resolved::Int(i),
            Data::UInt(u) => Resolved::UInt(u),
            Data::Float(f) => Resolved::Float(f),
        };
        let written = self.text.get(raw.span.range()).unwrap_or_default();
        if let Some(key) = scalar::key(&resolved, written).map_err(|kind| ReadError { kind, span })? {
            self.tree.nodes[target as usize].piece = self.cook(&key);
        }
        Ok(())
    }

    fn key_str(&self, pair: usize) -> &str {
        let id = self.tree.follow(self.tree.pairs[pair].key);
        self.tree.str(self.text, self.tree.node(id).piece)
    }

    /// Whether two keys of the map are the same string; those of the same type get a note.
    fn note_duplicates(&mut self, first: u32, len: u32) -> bool {
        let range = first as usize..(first + len) as usize;
        let mut twins = Vec::new();
        if len <= 16 {
            for later in range.clone() {
                let key = self.key_str(later);
                if let Some(earlier) = (range.start..later).find(|&earlier| self.key_str(earlier) == key) {
                    twins.push((earlier, later));
                }
            }
        } else {
            let mut order: Vec<usize> = range.collect();
            order.sort_by(|&a, &b| self.key_str(a).cmp(self.key_str(b)).then(a.cmp(&b)));
            let mut earlier = 0;
            for i in 1..order.len() {
                if self.key_str(order[earlier]) == self.key_str(order[i]) {
                    twins.push((order[earlier], order[i]));
                } else {
                    earlier = i;
                }
            }
        }
        for &(earlier, later) in &twins {
            let node = |pair: usize| self.tree.node(self.tree.follow(self.tree.pairs[pair].key));
            if std::mem::discriminant(&node(earlier).data) == std::mem::discriminant(&node(later).data) {
                let key = self.key_str(later).to_owned();
                let first = self.tree.node(self.tree.pairs[earlier].key).span;
                let span = self.tree.node(self.tree.pairs[later].key).span;
                self.notes.push(Note { kind: NoteKind::DuplicateKey { key, first }, span });
            }
        }
        !twins.is_empty()
    }

    /// The subtrees that an alias stands for. To be called when all is read.
    pub fn share(&mut self) {
        let mut targets: Vec<u32> = Vec::new();
        for raw in &self.tree.nodes {
            if let Data::Alias(target) = raw.data {
                targets.push(target);
            }
        }
        targets.sort_unstable();
        targets.dedup();
        let mut ends = self.anchors.clone();
        ends.sort_unstable();
        // Subtrees lie in each other or apart; the outermost ones are enough.
        let mut covered = 0;
        for target in targets {
            let end = ends.binary_search_by_key(&target, |anchor| anchor.0).map_or(target + 1, |i| ends[i].1);
            if end > covered {
                self.tree.shared.push((target, end));
                covered = end;
            }
        }
    }

    pub fn is_merge(&self, key: u32) -> bool {
        self.merges.binary_search(&key).is_ok()
    }
}
