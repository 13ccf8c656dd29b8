//! What go-yaml refuses and the parser beneath us takes: characters, tabs, escapes.

use super::error::{ReadError, ReadErrorKind};
use super::node::Style;
use super::tree::Tree;
use super::trivia;
use crate::text::Span;

/// What a first look at the bytes found.
#[derive(Default)]
pub(super) struct Suspects {
    pub tab: bool,
    pub separator: bool,
    pub backslash: bool,
    pub question: bool,
    pub colon: bool,
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
            b':' => {
                let behind = matches!(bytes.get(i + 1), Some(b',' | b'[' | b']' | b'{' | b'}'));
                let before = i.checked_sub(1).map_or(b'\n', |i| bytes[i]);
                found.colon |= behind || matches!(before, b' ' | b'\t' | b'\n' | b'\r' | b',' | b'[' | b'{');
            }
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
    if !(found.tab || found.separator || found.backslash || found.question || found.colon) {
        return Ok(());
    }
    let mut walk = Walk { text, found, at: 0, plain: None };
    // The block collections around a place: where they end, and at which column they stand.
    let mut blocks: Vec<(usize, usize)> = Vec::new();
    let mut flow_end = 0;
    for raw in &tree.nodes {
        let (start, end) = (raw.span.start as usize, raw.span.end as usize);
        while blocks.last().is_some_and(|(end, _)| *end < start) {
            blocks.pop();
        }
        if raw.style == Style::Block {
            blocks.push((end, start - trivia::line_start(text, start)));
            continue;
        }
        if start < walk.at {
            continue;
        }
        walk.to(start, flow_end > start)?;
        walk.plain = None;
        if raw.style == Style::Flow {
            flow_end = flow_end.max(end);
            continue;
        }
        let depth = blocks.last().map_or(0, |(_, column)| column + 1);
        walk.over(raw.style, raw.span, flow_end > start, depth)?;
        if raw.style == Style::Plain && start < end {
            walk.plain = Some(depth);
        }
    }
    if flow_end > walk.at {
        walk.to(flow_end, true)?;
        walk.plain = None;
    }
    walk.to(tree.end_of_trivia(text), false)
}

impl Tree {
    /// How far the scanner looks before it knows that the document has ended.
    fn end_of_trivia(&self, text: &str) -> usize {
        trivia::next(text, self.end).unwrap_or(text.len())
    }
}

struct Walk<'t> {
    text: &'t str,
    found: &'t Suspects,
    at: usize,
    /// Behind a plain scalar: the column from which on a tab may stand on the empty lines that follow it.
    plain: Option<usize>,
}

impl Walk<'_> {
    /// Blanks, comments and indicators up to a node.
    fn to(&mut self, to: usize, flow: bool) -> Result<(), ReadError> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        self.at = to;
        // Whether a tab would be the first thing that counts on this line: at its start, or behind `-` and `?`.
        let mut fresh = trivia::begins_line(self.text, at);
        while at < to {
            match bytes[at] {
                b'\t' if fresh => {
                    let refused = match self.plain {
                        Some(depth) => at - trivia::line_start(self.text, at) < depth,
                        None => !flow,
                    };
                    if refused {
                        return refuse_tab(at);
                    }
                }
                b'\n' | b'\r' => fresh = true,
                b' ' | b'\t' => {}
                b'#' if at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\r' | b'\n') => {
                    // A tab before the comment would have been one to skip as a scalar's.
                    self.plain = None;
                    let end = trivia::line_end(self.text, at).min(to);
                    if self.found.separator {
                        no_separator(self.text, Span::new(at, end), false)?;
                    }
                    at = end;
                    continue;
                }
                b'-' | b'?' if bytes.get(at + 1).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')) => {
                    // `---` leaves no room for a key, so a tab may follow it.
                    fresh = !(at >= 2 && &bytes[at - 2..=at] == b"---");
                    self.plain = None;
                }
                b':' if fresh => self.plain = None,
                _ => {
                    fresh = false;
                    self.plain = None;
                }
            }
            at += 1;
        }
        Ok(())
    }

    /// A scalar or an alias, in a block at column `depth - 1`.
    fn over(&mut self, style: Style, span: Span, flow: bool, depth: usize) -> Result<(), ReadError> {
        self.at = span.end as usize;
        let inner = self.text.get(span.range()).unwrap_or_default();
        if self.found.separator {
            let quoted = matches!(style, Style::SingleQuoted | Style::DoubleQuoted);
            no_separator(self.text, span, quoted)?;
        }
        match style {
            Style::DoubleQuoted if self.found.backslash => escapes(inner, span.start as usize),
            Style::Plain
                if flow
                    && self.found.colon
                    && let Some(at) = tight_colon(self.text, span) =>
            {
                Err(ReadError { kind: ReadErrorKind::Colon, span: Span::new(at, at + 1) })
            }
            Style::Plain if flow && self.found.question => match inner.find('?') {
                Some(i) => {
                    let at = span.start as usize + i;
                    Err(ReadError { kind: ReadErrorKind::Question, span: Span::new(at, at + 1) })
                }
                None => Ok(()),
            },
            Style::Plain if self.found.tab => indented(inner, span.start as usize, depth),
            Style::Literal | Style::Folded if self.found.tab => {
                let depth = match block_indent(inner, depth) {
                    Ok(depth) => depth,
                    Err(at) => return refuse_tab(span.start as usize + at),
                };
                indented(inner, span.start as usize, depth)
            }
            _ => Ok(()),
        }
    }
}

fn refuse_tab(at: usize) -> Result<(), ReadError> {
    Err(ReadError { kind: ReadErrorKind::Tab, span: Span::new(at, at + 1) })
}

/// A colon that go-yaml takes for part of a scalar in a flow and others for an indicator, or the other way
/// round: right before `,`, `]` or `}`, and at a scalar's start.
fn tight_colon(text: &str, span: Span) -> Option<usize> {
    let (start, end) = (span.start as usize, span.end as usize);
    let rest = text.as_bytes().get(end..)?;
    match rest {
        _ if text[start..end].starts_with(':') => Some(start),
        [b':', b',' | b'[' | b']' | b'{' | b'}', ..] => Some(end),
        _ => None,
    }
}

/// Escapes that are not go-yaml's: `\/` and the halves of a pair.
fn escapes(inner: &str, start: usize) -> Result<(), ReadError> {
    let bytes = inner.as_bytes();
    let mut i = 0;
    while i + 1 < bytes.len() {
        if bytes[i] != b'\\' {
            i += 1;
            continue;
        }
        let half = bytes[i + 1] == b'u'
            && matches!(bytes.get(i + 2), Some(b'd' | b'D'))
            && matches!(bytes.get(i + 3), Some(b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F'));
        if bytes[i + 1] == b'/' || half {
            let span = Span::new(start + i, start + i + 2);
            return Err(ReadError { kind: ReadErrorKind::Escape, span });
        }
        i += 2;
    }
    Ok(())
}

/// Refuses a tab before column `depth` on any line but the first.
fn indented(inner: &str, offset: usize, depth: usize) -> Result<(), ReadError> {
    let mut start = 0;
    for (number, line) in inner.split_inclusive(['\n', '\r']).enumerate() {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        if number > 0 && blanks < depth && line[blanks..].starts_with('\t') {
            return refuse_tab(offset + start + blanks);
        }
        start += line.len();
    }
    Ok(())
}

/// Quotes may hold U+2028 and U+2029, unless blanks around them would be taken for an indentation.
fn no_separator(text: &str, span: Span, quoted: bool) -> Result<(), ReadError> {
    let inner = text.get(span.range()).unwrap_or_default();
    let blank = |b: Option<&u8>| matches!(b, Some(b' ' | b'\t' | b'\r' | b'\n'));
    let bad = |(i, c): &(usize, char)| {
        let bytes = inner.as_bytes();
        let stays = quoted && !blank(bytes.get(i.wrapping_sub(1))) && !blank(bytes.get(i + c.len_utf8()));
        matches!(c, '\u{85}') || matches!(c, '\u{2028}' | '\u{2029}') && !stays
    };
    match inner.char_indices().find(bad) {
        Some((i, c)) => {
            let at = span.start as usize + i;
            Err(ReadError { kind: ReadErrorKind::LineSeparator(c), span: Span::new(at, at + c.len_utf8()) })
        }
        None => Ok(()),
    }
}

/// The indentation of a block scalar: said in its header, or that of its first line with text. A tab that
/// stands where that is still to be found out is an error, at the byte given.
fn block_indent(scalar: &str, depth: usize) -> Result<usize, usize> {
    let mut start = 0;
    for (number, line) in scalar.split_inclusive(['\n', '\r']).enumerate() {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let rest = &line[blanks..];
        if number == 0 {
            let header = line.split([' ', '\t', '\n', '\r']).next().unwrap_or_default();
            if let Some(digit) = header.chars().find_map(|c| c.to_digit(10)) {
                return Ok(depth.saturating_sub(1) + digit as usize);
            }
        } else if rest.starts_with('\t') {
            return Err(start + blanks);
        } else if !rest.trim_end_matches(['\n', '\r']).is_empty() {
            return Ok(blanks);
        }
        start += line.len();
    }
    Ok(0)
}
