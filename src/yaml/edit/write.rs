//! Values as text, in the style of the document around them.

use serde_json::{Map, Value};

use super::super::document::Document;
use super::super::node::{Scalar, Style};
use super::super::tree::{Data, Raw};
use super::super::trivia;

/// How a document is written.
#[derive(Clone, Debug)]
pub(super) struct Hand {
    /// The line break.
    pub line: &'static str,
    /// By how many columns a nested map is indented.
    pub step: usize,
    /// Whether the dashes of a list stand below its key's first letter.
    pub indentless: bool,
    /// The quotes that are used where some are needed.
    pub quote: Style,
    /// Whether strings of many lines may be written as literal blocks.
    pub literal: bool,
    /// JSON: only what JSON allows.
    pub json: bool,
    /// `: ` and `, ` in flow rather than `:` and `,`.
    pub spaced: bool,
}

/// What a value is written behind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Behind {
    /// `key:` at a column.
    Key(usize),
    /// `-` at a column.
    Dash(usize),
}

/// A value's text behind `key:` or `-`.
pub(super) struct Tail {
    /// What stands on the same line, without the blank before it.
    pub head: String,
    /// The lines below, each with its line break before it.
    pub body: String,
}

impl Hand {
    /// The hand of somebody who starts afresh.
    pub fn plain() -> Hand {
        Hand {
            line: "\n",
            step: 2,
            indentless: false,
            quote: Style::DoubleQuoted,
            literal: true,
            json: false,
            spaced: true,
        }
    }

    /// The hand that a document is written in.
    pub fn of(document: &Document) -> Hand {
        let text = document.text();
        let mut hand = Hand::plain();
        hand.json = document.is_json() && !text.trim().eq("{}");
        if let Some(at) = text.find(['\n', '\r']) {
            let rest = &text[at..];
            hand.line = if rest.starts_with("\r\n") {
                "\r\n"
            } else if rest.starts_with('\r') {
                "\r"
            } else {
                "\n"
            };
        }
        let tree = document.tree();
        let column = |raw: &Raw| raw.span.start as usize - trivia::line_start(text, raw.span.start as usize);
        let (mut single, mut double) = (0, 0);
        let (mut step, mut indentless, mut spaced) = (None, None, None);
        for (id, raw) in tree.nodes.iter().enumerate() {
            match raw.data {
                Data::Map(..) => {
                    let lines = hand.json && step.is_none() && text[raw.span.range()].contains('\n');
                    for pair in tree.written(id as u32) {
                        let (key, value) = (tree.node(pair.key), tree.node(pair.value));
                        if raw.style == Style::Flow {
                            let gap = text.get(key.span.end as usize..value.span.start as usize).unwrap_or_default();
                            spaced = spaced.or(Some(gap.ends_with(' ')));
                            if lines && step.is_none() {
                                let base = indent(text, raw.span.start as usize);
                                step = column(key).checked_sub(base).filter(|n| *n > 0);
                            }
                            continue;
                        }
                        if value.style != Style::Block {
                            continue;
                        }
                        let deeper = column(value).checked_sub(column(key));
                        match value.data {
                            Data::Map(..) => step = step.or(deeper.filter(|n| *n > 0)),
                            _ => indentless = indentless.or(Some(deeper == Some(0))),
                        }
                    }
                }
                _ => match raw.style {
                    Style::SingleQuoted => single += 1,
                    Style::DoubleQuoted => double += 1,
                    _ => {}
                },
            }
        }
        hand.step = step.unwrap_or(2);
        hand.indentless = indentless.unwrap_or(false);
        hand.spaced = spaced.unwrap_or(true) || !hand.json;
        if single > double && !hand.json {
            hand.quote = Style::SingleQuoted;
        }
        hand
    }

    /// A value behind `key:` or `-` in block style.
    pub fn tail(&self, value: &Value, behind: Behind) -> Tail {
        let (column, below) = match behind {
            Behind::Key(column) => (column, column + self.step),
            Behind::Dash(column) => (column, column + 2),
        };
        let by = below - column;
        let inline = |head: String| Tail { head, body: String::new() };
        match value {
            Value::Object(map) if !map.is_empty() => {
                let lines = self.entries(map, below);
                match behind {
                    Behind::Key(_) => Tail { head: String::new(), body: [&self.pad(below), &lines[..]].concat() },
                    Behind::Dash(_) => inline(lines),
                }
            }
            Value::Array(list) if !list.is_empty() => match behind {
                Behind::Key(_) => {
                    let at = if self.indentless { column } else { below };
                    Tail { head: String::new(), body: [&self.pad(at), &self.items(list, at)[..]].concat() }
                }
                Behind::Dash(_) => inline(self.items(list, below)),
            },
            Value::String(text) if self.literal && text.contains('\n') => match self.literal(text, below, by) {
                Some(tail) => tail,
                None => inline(self.string(text, false, self.quote)),
            },
            _ => inline(self.flow(value, 0)),
        }
    }

    /// A line break and the blanks up to a column.
    pub fn pad(&self, column: usize) -> String {
        let mut pad = String::with_capacity(self.line.len() + column);
        pad.push_str(self.line);
        pad.extend(std::iter::repeat_n(' ', column));
        pad
    }

    /// The entries of a map whose keys stand at `column`; the first line without its indentation.
    pub fn entries(&self, map: &Map<String, Value>, column: usize) -> String {
        let entries: Vec<String> = map.iter().map(|(key, value)| self.entry(key, value, column)).collect();
        entries.join(&self.pad(column))
    }

    fn items(&self, list: &[Value], column: usize) -> String {
        let items: Vec<String> = list.iter().map(|value| self.item(value, column)).collect();
        items.join(&self.pad(column))
    }

    /// `key: value` at a column.
    pub fn entry(&self, key: &str, value: &Value, column: usize) -> String {
        let tail = self.tail(value, Behind::Key(column));
        let blank = if tail.head.is_empty() { "" } else { " " };
        [&self.key(key, false)[..], ":", blank, &tail.head, &tail.body].concat()
    }

    /// `- value` at a column.
    pub fn item(&self, value: &Value, column: usize) -> String {
        let tail = self.tail(value, Behind::Dash(column));
        ["- ", &tail.head, &tail.body].concat()
    }

    /// `key: value` inside braces.
    pub fn flow_entry(&self, key: &str, value: &Value, column: usize) -> String {
        let colon = if self.spaced { ": " } else { ":" };
        [&self.key(key, true), colon, &self.flow(value, column)].concat()
    }

    /// A value on one line, or over several lines as JSON when `column` is the indentation of its line.
    pub fn flow(&self, value: &Value, column: usize) -> String {
        let comma = if self.spaced { ", " } else { "," };
        let wrap = |open: &str, parts: Vec<String>, close: &str| {
            if self.json && column > 0 && !parts.is_empty() {
                let (inner, outer) = (self.pad(column + self.step), self.pad(column));
                return [open, &inner, &parts.join(&[",", &inner].concat()), &outer, close].concat();
            }
            [open, &parts.join(comma), close].concat()
        };
        let deeper = if column > 0 { column + self.step } else { 0 };
        match value {
            Value::Object(map) => {
                let parts = map.iter().map(|(key, value)| self.flow_entry(key, value, deeper)).collect();
                wrap("{", parts, "}")
            }
            Value::Array(list) => wrap("[", list.iter().map(|value| self.flow(value, deeper)).collect(), "]"),
            Value::String(text) => self.string(text, true, self.quote),
            other => other.to_string(),
        }
    }

    /// A string on one line; quoted only when it has to be.
    pub fn string(&self, text: &str, flow: bool, quote: Style) -> String {
        if self.json {
            return Value::from(text).to_string();
        }
        if plain_reads_back(text, flow) {
            return text.to_owned();
        }
        quoted(text, quote)
    }

    /// A key; quoted only when it has to be.
    pub fn key(&self, key: &str, flow: bool) -> String {
        if self.json {
            return Value::from(key).to_string();
        }
        if key_reads_back(key, flow) {
            return key.to_owned();
        }
        quoted(key, self.quote)
    }

    /// A literal block at a column, which is `by` deeper than what holds it; where the string can be one.
    pub fn literal(&self, text: &str, column: usize, by: usize) -> Option<Tail> {
        let content = text.trim_end_matches('\n');
        let printable = |c: char| c == '\n' || c == '\t' || !needs_escape(c);
        if content.is_empty() || !text.chars().all(printable) {
            return None;
        }
        let ends = text.len() - content.len();
        let mut head = "|".to_owned();
        if content.starts_with([' ', '\n', '\t']) {
            if content.trim_start_matches(' ').starts_with(['\n', '\t']) {
                return None;
            }
            // The first line begins with blanks of its own, so the indentation must be said.
            head.push(char::from_digit(by as u32, 10)?);
        }
        head.push_str(["-", "", "+"][ends.min(2)]);
        let pad = self.pad(column);
        let mut body = String::with_capacity(text.len() + 16);
        for line in content.split('\n').chain(std::iter::repeat_n("", ends.saturating_sub(1))) {
            body.push_str(if line.is_empty() { self.line } else { &pad });
            body.push_str(line);
        }
        Some(Tail { head, body })
    }
}

/// The blanks at the start of the line that `at` lies in.
pub(super) fn indent(text: &str, at: usize) -> usize {
    let line = &text[trivia::line_start(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a string reads back as itself without quotes, as a value.
pub(super) fn plain_reads_back(text: &str, flow: bool) -> bool {
    if text.is_empty() || text.contains(needs_escape) || text.contains('\t') || text.len() > 65536 {
        return false;
    }
    if flow && mark(text) {
        return false;
    }
    let (source, path) = if flow {
        (["- [", text, ", x]\n- {k: ", text, "}\n"].concat(), 2)
    } else {
        (["- ", text, "\n- k: ", text, "\n"].concat(), 1)
    };
    let document = Document::read_yaml(&source);
    let Some(root) = document.root() else { return false };
    let mut items = root.items();
    let (Some(first), Some(second), None) = (items.next(), items.next(), items.next()) else { return false };
    let first = if path == 2 { first.items().next().filter(|_| first.items().len() == 2) } else { Some(first) };
    first.is_some_and(|node| node.scalar() == Some(Scalar::Str(text)))
        && second.entries().len() == 1
        && second.get("k").is_some_and(|node| node.as_str() == Some(text))
        && document.notes().is_empty()
}

/// Whether a string reads back as itself without quotes, as a key.
pub(super) fn key_reads_back(key: &str, flow: bool) -> bool {
    if key.is_empty() || key.contains(needs_escape) || key.contains('\t') || key.len() > 1000 {
        return false;
    }
    if flow && mark(key) {
        return false;
    }
    let source = if flow { ["- {", key, ": 1}\n"].concat() } else { [key, ": 1\n"].concat() };
    let document = Document::read_yaml(&source);
    let Some(root) = document.root() else { return false };
    let map = if flow { root.items().next() } else { Some(root) };
    map.is_some_and(|map| {
        let mut entries = map.entries();
        matches!((entries.next(), entries.next()), (Some(entry), None) if entry.key == key && !entry.merged)
    }) && document.notes().is_empty()
}

/// Whether this would end the document where it stands at a line's start, as it may in a flow.
fn mark(text: &str) -> bool {
    text.starts_with("---") || text.starts_with("...")
}

/// What can stand in no string without being escaped, line breaks included.
fn needs_escape(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\n'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// A string in quotes, in single ones only where they can hold it.
pub(super) fn quoted(text: &str, quote: Style) -> String {
    if quote == Style::SingleQuoted && !text.contains(needs_escape) && !text.contains('\t') {
        return ["'", &text.replace('\'', "''"), "'"].concat();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{85}' => out.push_str("\\N"),
            '\u{2028}' => out.push_str("\\L"),
            '\u{2029}' => out.push_str("\\P"),
            c if needs_escape(c) => {
                let code = c as u32;
                let (mark, width) = if code <= 0xFF { ('x', 2) } else { ('u', 4) };
                out.push('\\');
                out.push(mark);
                for place in (0..width).rev() {
                    out.extend(char::from_digit(code >> (4 * place) & 0xF, 16));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `value` as a new document's text in block style (keys in the given order), ending with a line break.
pub fn emit(value: &Value) -> String {
    emit_in(&Hand::plain(), value)
}

/// A whole document's text in a given hand.
pub(super) fn emit_in(hand: &Hand, value: &Value) -> String {
    let mut text = match value {
        Value::Object(map) if !map.is_empty() => hand.entries(map, 0),
        Value::Array(list) if !list.is_empty() => hand.items(list, 0),
        Value::String(text) if text.contains('\n') => {
            let tail = hand.literal(text, hand.step, hand.step);
            tail.map_or_else(|| hand.string(text, false, hand.quote), |tail| [tail.head, tail.body].concat())
        }
        Value::String(text) if mark(text) => quoted(text, hand.quote),
        _ => hand.flow(value, 0),
    };
    text.push_str(hand.line);
    text
}
