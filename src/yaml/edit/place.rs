//! Where the parts of a collection stand in the text.

use super::super::document::Document;
use super::super::node::{Node, Style};
use super::super::path::Step;
use super::super::tree::{Data, Pair, Raw};
use super::super::trivia::{line_end, line_start, next, next_line, seek};
use super::EditError;

/// A map or list of a document, with its parts as they are written.
pub(super) struct Place<'d> {
    pub document: &'d Document,
    pub text: &'d str,
    pub id: u32,
    pub parts: Vec<Part>,
    pub flow: bool,
    /// A pair without braces in a flow list: `a: 1` in `[a: 1, b]`.
    pub bare: bool,
    pub is_map: bool,
}

/// An entry or item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The key's node, in a map.
    pub key: Option<u32>,
    pub value: u32,
    /// Where the key, its `?` or the dash begins; in a flow list the value.
    pub start: usize,
    /// Behind `:` or `-`, where a value may be put; behind the key where there is no colon.
    pub lead: usize,
    /// Whether the key is an explicit one: `? key`.
    pub explicit: bool,
    /// Behind the value.
    pub end: usize,
}

impl<'d> Place<'d> {
    /// The collection at a node that is not shared.
    pub fn of(node: Node<'d>) -> Result<Place<'d>, EditError> {
        let document = node.document;
        let tree = document.tree();
        let raw = tree.node(node.id);
        let text = document.text();
        let flow = raw.style == Style::Flow;
        let mut parts = Vec::new();
        let bare = raw.is_pair(text);
        let mut at = raw.span.start as usize + usize::from(flow && !bare);
        let is_map = match raw.data {
            Data::Map(..) => {
                for &Pair { key, value, .. } in tree.written(node.id) {
                    let k = tree.node(key);
                    let (key_start, key_end) = (k.props as usize, k.span.end as usize);
                    let mark = seek(text, at, b"?").filter(|mark| *mark < key_start);
                    let colon = next(text, key_end).filter(|&at| text.as_bytes()[at] == b':');
                    let lead = colon.map_or(key_end, |colon| colon + 1);
                    let mut end = value_end(document, value).max(lead);
                    // In a flow the blank behind a colon is what makes it one.
                    if flow && end == lead && colon.is_some() && text.as_bytes().get(end) == Some(&b' ') {
                        end += 1;
                    }
                    let start = mark.unwrap_or(key_start);
                    parts.push(Part { key: Some(key), value, start, lead, explicit: mark.is_some(), end });
                    at = end;
                }
                true
            }
            Data::Seq(first, len) => {
                at = raw.span.start as usize;
                for &value in tree.items(first, len) {
                    let v = tree.node(value);
                    let start = if flow {
                        v.props as usize
                    } else {
                        seek(text, at, b"-").filter(|at| *at <= v.props as usize).ok_or(EditError::Unfit)?
                    };
                    let lead = if flow { start } else { start + 1 };
                    let end = value_end(document, value).max(lead);
                    parts.push(Part { key: None, value, start, lead, explicit: false, end });
                    at = end;
                }
                false
            }
            _ => return Err(EditError::Unfit),
        };
        Ok(Place { document, text, id: node.id, parts, flow, bare, is_map })
    }

    pub fn raw(&self) -> &'d Raw {
        self.document.tree().node(self.id)
    }

    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// The number of the part that a step leads to: of duplicate keys the last.
    pub fn find(&self, step: &Step) -> Option<usize> {
        match step {
            Step::Index(index) => (!self.is_map && *index < self.len()).then_some(*index),
            Step::Key(key) => self.parts.iter().rposition(|part| self.key(part) == Some(key)),
        }
    }

    /// A part's key as Kubernetes reads it; none for a merge.
    pub fn key(&self, part: &Part) -> Option<&'d str> {
        let tree = self.document.tree();
        let id = part.key?;
        let raw = tree.node(tree.follow(id));
        let merge = raw.style == Style::Plain && self.text.get(raw.span.range()) == Some("<<");
        (!merge).then(|| tree.str(self.text, raw.piece))
    }

    /// The column of the keys or dashes.
    pub fn column(&self) -> usize {
        let start = self.parts.first().map_or(self.raw().span.start as usize, |part| part.start);
        start - line_start(self.text, start)
    }

    /// Whether something other than blanks stands before a part on its line: a dash, in block style.
    pub fn shares_line(&self, index: usize) -> bool {
        let start = self.parts[index].start;
        !self.text[line_start(self.text, start)..start].bytes().all(|b| b == b' ')
    }

    /// The start of the line behind a part. Comments right below it that are indented deeper than it
    /// belong to it.
    pub fn below(&self, index: usize) -> usize {
        let mut below = next_line(self.text, self.parts[index].end);
        let column = self.column();
        let within = |below: usize| {
            let line = &self.text[below..];
            let blanks = line.len() - line.trim_start_matches(' ').len();
            blanks > column && line[blanks..].starts_with('#')
        };
        while within(below) && !self.flow {
            below = next_line(self.text, below);
        }
        below
    }

    /// The start of the line behind a part, when that part goes: behind the empty lines too that the part before it
    /// would take for its own.
    pub fn below_without(&self, index: usize) -> usize {
        let below = self.below(index);
        let taken = index.checked_sub(1).is_some_and(|before| self.keeps_lines(before));
        if taken { behind_empty_lines(self.text, below) } else { below }
    }

    /// Whether a part takes the empty lines below it for its own, because it ends with a `|+`.
    pub fn keeps_lines(&self, index: usize) -> bool {
        !self.flow && keeps_lines(self.text, last_within(self.document, self.parts[index].value))
    }

    /// Where a part's own lines begin: with the comments right above it, at its indentation.
    pub fn above(&self, index: usize) -> usize {
        let start = self.parts[index].start;
        let line = line_start(self.text, start);
        if self.shares_line(index) {
            return start;
        }
        let column = start - line;
        let floor = if index > 0 {
            self.below(index - 1)
        } else if self.flow {
            next_line(self.text, self.raw().span.start as usize)
        } else {
            self.floor()
        };
        let mut top = line;
        while top > floor {
            let before = line_start(self.text, top - line_break(self.text, top));
            let comment = &self.text[before..top];
            let blanks = comment.len() - comment.trim_start_matches(' ').len();
            if before < floor || blanks != column || !comment[blanks..].starts_with('#') {
                break;
            }
            top = before;
        }
        top
    }

    /// The start of the first line that can be this block collection's own.
    fn floor(&self) -> usize {
        let first = self.parts.first().map_or(0, |part| part.start);
        // The last node before this collection that does not hold it ends above.
        let tree = self.document.tree();
        let before = (0..self.id).rev().map(|id| tree.node(id)).find(|raw| (raw.span.end as usize) <= first);
        let floor = before.map_or(0, |raw| next_line(self.text, raw.span.end as usize));
        if floor == 0 && self.text.starts_with("---") {
            return next_line(self.text, 0).min(first);
        }
        if floor == 0 && self.text.starts_with('\u{feff}') {
            return 3;
        }
        floor.min(line_start(self.text, first))
    }
}

/// The length of the line break right before `at`.
fn line_break(text: &str, at: usize) -> usize {
    if text[..at].ends_with("\r\n") { 2 } else { 1 }
}

/// The start of the first line at or behind `at` that has something on it.
pub(super) fn behind_empty_lines(text: &str, mut at: usize) -> usize {
    while at < text.len() && text[at..line_end(text, at)].bytes().all(|b| b == b' ') {
        at = next_line(text, at);
    }
    at
}

/// Behind a value: with `|+` at its end that takes in the empty lines below.
pub(super) fn value_end(document: &Document, id: u32) -> usize {
    let (text, raw) = (document.text(), last_within(document, id));
    let end = raw.span.end as usize;
    if !keeps_lines(text, raw) {
        return end;
    }
    let mut end = line_end(text, end);
    loop {
        let next = next_line(text, end);
        let stop = line_end(text, next);
        if next == end || next == text.len() || !text[next..stop].bytes().all(|b| b == b' ') {
            return end;
        }
        end = stop;
    }
}

/// The node that the block collections below a node end with.
fn last_within(document: &Document, id: u32) -> &Raw {
    let tree = document.tree();
    let (mut raw, mut last) = (tree.node(id), id);
    while raw.style == Style::Block {
        let inner = match raw.data {
            Data::Map(..) => tree.written(last).last().map(|pair| pair.value),
            Data::Seq(first, len) => tree.items(first, len).last().copied(),
            _ => None,
        };
        let Some(inner) = inner else { break };
        last = inner;
        raw = tree.node(inner);
    }
    raw
}

/// Whether it is a block scalar that takes the empty lines below it for its own.
fn keeps_lines(text: &str, raw: &Raw) -> bool {
    matches!(raw.style, Style::Literal | Style::Folded) && header(text, raw).contains('+')
}

/// The header of a block scalar, without a comment behind it.
pub(super) fn header<'t>(text: &'t str, raw: &Raw) -> &'t str {
    let start = raw.span.start as usize;
    let line = &text[start..line_end(text, start)];
    line.split([' ', '\t']).next().unwrap_or_default()
}
