//! What go-yaml refuses and the parser beneath us takes: characters, tabs, escapes.

use super::error::{ReadError, ReadErrorKind};
use super::node::Style;
use super::tree::{Data, Tree};
use super::trivia;
use crate::text::Span;

/// What a first look at the bytes found.
#[derive(Default)]
pub(super) struct Suspects {
    pub tab: bool,
    pub separator: bool,
    pub backslash: bool,
    pub question: bool,
}

/// Refuses characters that may not stand in YAML at all, and says what to look for later.
pub(super) fn characters(text: &str) -> Result<Suspects, ReadError> {
    let bytes = text.as_bytes();
    let mut found = Suspects::default();
    let refuse = |at: usize| {
        let c = text[at..].chars().next().unwrap_or_default();
        Err(ReadError { kind: ReadErrorKind::Character(c), span: Span::new(at, at + c.len_utf8()) })
    };
    for (i, &b) in bytes.iter().enumerate() {
        match b {
            b'\t' => found.tab = true,
            b'\\' => found.backslash = true,
            b'?' => found.question = true,
            b'\n' | b'\r' | b' '..=0x7E => {}
            0..=0x1F | 0x7F => return refuse(i),
            0xC2 => match bytes[i + 1] {
                0x85 => found.separator = true,
                0x80..=0x9F => return refuse(i),
                _ => {}
            },
            0xE2 if bytes[i + 1] == 0x80 && matches!(bytes[i + 2], 0xA8 | 0xA9) => found.separator = true,
            0xEF if bytes[i + 1] == 0xBF && bytes[i + 2] >= 0xBE => return refuse(i),
            _ => {}
        }
    }
    Ok(found)
}

/// Refuses, in a text that could be read, what Kubernetes would not have read.
pub(super) fn places(text: &str, tree: &Tree, found: &Suspects) -> Result<(), ReadError> {
    if !(found.tab || found.separator || found.backslash || found.question) {
        return Ok(());
    }
    let mut flow_end = 0;
    let mut at = 0;
    for raw in &tree.nodes {
        let (start, end) = (raw.span.start as usize, raw.span.end as usize);
        if raw.style == Style::Flow {
            between(text, at, start, flow_end > start, found)?;
            at = at.max(start);
            flow_end = flow_end.max(end);
            continue;
        }
        if matches!(raw.data, Data::Map(..) | Data::Seq(..)) || start < at {
            continue;
        }
        between(text, at, start, flow_end > start, found)?;
        inside(text, raw.style, raw.span, flow_end > start, found)?;
        at = end;
    }
    between(text, at.max(flow_end), tree.end_of_trivia(text), false, found)
}

impl Tree {
    /// How far the scanner looks before it knows that the document has ended.
    fn end_of_trivia(&self, text: &str) -> usize {
        trivia::next(text, self.end).unwrap_or(text.len())
    }
}

/// Blanks, comments and indicators between two nodes.
fn between(text: &str, from: usize, to: usize, flow: bool, found: &Suspects) -> Result<(), ReadError> {
    let bytes = text.as_bytes();
    let mut at = from;
    // Whether a tab would be the first thing that counts on this line: at its start, or behind `-` and `?`.
    let mut fresh = from == 0 || trivia::line_start(text, from) == from;
    while at < to {
        match bytes[at] {
            b'\t' if fresh && !flow => {
                return Err(ReadError { kind: ReadErrorKind::Tab, span: Span::new(at, at + 1) });
            }
            b'\n' | b'\r' => fresh = true,
            b' ' | b'\t' => {}
            b'#' if at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\r' | b'\n') => {
                let end = trivia::line_end(text, at).min(to);
                if found.separator {
                    no_separator(text, Span::new(at, end))?;
                }
                at = end;
                continue;
            }
            b'-' | b'?' if bytes.get(at + 1).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')) => {
                // `---` leaves no room for a key, so a tab may follow it.
                fresh = !(at >= 2 && &bytes[at - 2..=at] == b"---");
            }
            b':' if fresh => {}
            _ => fresh = false,
        }
        at += 1;
    }
    Ok(())
}

/// A scalar or an alias.
fn inside(text: &str, style: Style, span: Span, flow: bool, found: &Suspects) -> Result<(), ReadError> {
    let inner = text.get(span.range()).unwrap_or_default();
    if found.separator && !matches!(style, Style::SingleQuoted | Style::DoubleQuoted) {
        no_separator(text, span)?;
    }
    match style {
        Style::DoubleQuoted if found.backslash => {
            let bytes = inner.as_bytes();
            let mut i = 0;
            while i + 1 < bytes.len() {
                if bytes[i] != b'\\' {
                    i += 1;
                    continue;
                }
                let surrogate = bytes[i + 1] == b'u'
                    && matches!(bytes.get(i + 2), Some(b'd' | b'D'))
                    && matches!(bytes.get(i + 3), Some(b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F'));
                if bytes[i + 1] == b'/' || surrogate {
                    let at = span.start as usize + i;
                    return Err(ReadError { kind: ReadErrorKind::Escape, span: Span::new(at, at + 2) });
                }
                i += 2;
            }
        }
        Style::Plain if flow && found.question => {
            if let Some(i) = inner.find('?') {
                let at = span.start as usize + i;
                return Err(ReadError { kind: ReadErrorKind::Question, span: Span::new(at, at + 1) });
            }
        }
        Style::Plain | Style::Literal | Style::Folded if found.tab => {
            // The indentation that a further line must have before a tab is text.
            let lines = inner.split_inclusive(['\n', '\r']);
            let depth =
                if style == Style::Plain { indent_of(text, span.start as usize) + 1 } else { block_indent(inner) };
            let mut start = 0;
            for (number, line) in lines.enumerate() {
                let blanks = line.len() - line.trim_start_matches(' ').len();
                if number > 0 && blanks < depth && line[blanks..].starts_with('\t') {
                    let at = span.start as usize + start + blanks;
                    return Err(ReadError { kind: ReadErrorKind::Tab, span: Span::new(at, at + 1) });
                }
                start += line.len();
            }
        }
        _ => {}
    }
    Ok(())
}

fn no_separator(text: &str, span: Span) -> Result<(), ReadError> {
    let inner = text.get(span.range()).unwrap_or_default();
    match inner.char_indices().find(|(_, c)| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')) {
        Some((i, c)) => {
            let at = span.start as usize + i;
            Err(ReadError { kind: ReadErrorKind::LineSeparator(c), span: Span::new(at, at + c.len_utf8()) })
        }
        None => Ok(()),
    }
}

/// The indentation of the line that `at` lies in.
fn indent_of(text: &str, at: usize) -> usize {
    let line = &text[trivia::line_start(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}

/// The indentation of a block scalar's first line with text.
fn block_indent(scalar: &str) -> usize {
    scalar
        .split(['\n', '\r'])
        .skip(1)
        .find(|line| !line.trim_start_matches(' ').is_empty())
        .map_or(0, |line| line.len() - line.trim_start_matches(' ').len())
}
