//! Putting a value where one stands.

use serde_json::Value;

use super::super::node::{Node, Style};
use super::super::tree::{Data, Raw};
use super::super::trivia::{line_end, line_start, next_line};
use super::EditError;
use super::place::{Part, Place, header, value_end};
use super::write::{Behind, Hand, emit_in, indent, plain_reads_back, quoted};
use crate::text::Change;

/// Replaces the whole document's value; `root` is none where there is nothing yet.
pub(super) fn root(text: &str, node: Option<Node<'_>>, hand: &Hand, value: &Value) -> Change {
    let Some(node) = node else {
        let gap = if text.is_empty() || text.ends_with(['\n', '\r', '\u{feff}']) { "" } else { hand.line };
        return Change::new(text.len(), text.len(), [gap, &emit_in(hand, value)].concat());
    };
    let raw = node.raw();
    let (start, end) = (raw.props as usize, value_end(node.document, node.id));
    let is_scalar = !matches!(value, Value::Object(_) | Value::Array(_));
    if is_scalar && let Some(written) = scalar_like(text, node, raw, hand, value, false) {
        return Change::new(raw.span.start as usize, raw.span.end as usize, written);
    }
    if hand.json {
        return Change::new(start, end, hand.flow(value, 0));
    }
    let mut written = emit_in(hand, value);
    written.truncate(written.len() - hand.line.len());
    // What stands behind the old value on its line cannot stay behind a block.
    let end = if written.contains(hand.line) { line_end(text, end) } else { end };
    braces(text, start, end, written, hand)
}

/// A document's value that begins with a brace where nothing but blanks stands before it is tried as
/// JSON; with a comment behind it, it would be cut into two documents.
pub(super) fn braces(text: &str, from: usize, to: usize, written: String, hand: &Hand) -> Change {
    let before = &text[..from];
    if hand.json || !written.starts_with('{') || !before.trim().is_empty() || text[to..].trim().is_empty() {
        return Change::new(from, to, written);
    }
    Change::new(0, to, ["---", hand.line, before, &written].concat())
}

/// Replaces the value of an entry or item.
pub(super) fn replace(place: &Place<'_>, part: &Part, hand: &Hand, value: &Value) -> Result<Change, EditError> {
    let text = place.text;
    let document = place.document;
    let node = Node { document, id: part.value, own: true };
    let raw = *document.tree().node(part.value);
    let inline = !matches!(raw.style, Style::Block | Style::Literal | Style::Folded);
    let empty = raw.span.is_empty() && inline;
    let colon = text[..part.lead].ends_with(':');
    if !empty && let Some(written) = scalar_like(text, node, &raw, hand, value, place.flow) {
        let start = keep_anchor(text, &raw).map_or(raw.span.start as usize, |(start, _)| start);
        if start == raw.span.start as usize {
            return Ok(Change::new(start, raw.span.end as usize, written));
        }
    }
    let (from, anchor) = match keep_anchor(text, &raw) {
        Some((from, anchor)) => (from, anchor),
        None => (raw.props as usize, String::new()),
    };
    if place.flow || hand.json {
        let multi = hand.json && text[document.tree().node(0).span.range()].contains('\n');
        let column = if multi { indent(text, from) } else { 0 };
        let written = [&anchor[..], &hand.flow(value, column)].concat();
        if empty && raw.props == raw.span.start {
            let colon = if colon || part.key.is_none() { "" } else { ":" };
            let at = if colon.is_empty() { raw.span.start as usize } else { part.lead };
            return Ok(Change::new(at, at, [colon, " ", &written].concat()));
        }
        return Ok(Change::new(from, raw.span.end as usize, written));
    }
    let column = part.start - line_start(text, part.start);
    let behind = if place.is_map { Behind::Key(column) } else { Behind::Dash(column) };
    let tail = hand.tail(value, behind);
    if part.explicit && !colon {
        // `? key` alone: its value gets a line of its own.
        let at = line_end(text, part.lead);
        let blank = if tail.head.is_empty() { "" } else { " " };
        return Ok(Change::new(at, at, [&hand.pad(column), ":", blank, &tail.head, &tail.body].concat()));
    }
    if inline && tail.body.is_empty() && !tail.head.contains(hand.line) && raw.props as usize > part.lead {
        return Ok(Change::new(from, raw.span.end as usize, [&anchor, &tail.head[..]].concat()));
    }
    // From behind the colon or dash to the end of the value; a comment on that first line is kept.
    let first_line = line_end(text, part.lead);
    let end = if inline { raw.span.end as usize } else { line_end(text, value_end(document, part.value)) };
    let comment = match raw.style {
        Style::Block => comment_from(text, part.lead, (raw.props as usize).min(first_line)),
        Style::Literal | Style::Folded => {
            let behind = raw.span.start as usize + header(text, &raw).len();
            comment_from(text, behind, line_end(text, behind))
        }
        _ => comment_from(text, end, line_end(text, end)),
    };
    // Blanks at the end of a line are not left behind a value.
    let bare = empty && text[end..line_end(text, end)].trim().is_empty();
    let end = if inline && !comment.is_empty() || bare { line_end(text, end) } else { end };
    let anchor = anchor.trim_end();
    let mut written = String::new();
    for word in [anchor, &tail.head] {
        if !word.is_empty() {
            written.push(' ');
            written.push_str(word);
        }
    }
    if tail.head.contains(hand.line) && !comment.is_empty() {
        // A map or list behind a dash: the comment stays with the dash.
        written = [anchor, comment, &hand.pad(column + 2), &tail.head].concat();
    } else {
        written.push_str(comment);
    }
    written.push_str(&tail.body);
    Ok(Change::new(part.lead, end, written))
}

/// A comment between two places of a line, with the blanks before it.
fn comment_from(text: &str, from: usize, to: usize) -> &str {
    let piece = text.get(from..to).unwrap_or_default();
    match piece.find(" #").or_else(|| piece.find("\t#")) {
        Some(at) if piece[..at].trim().is_empty() || piece[..at].trim_start().starts_with(['&', '!']) => {
            let blanks = at - (piece[..at].len() - piece[..at].trim_end().len());
            &piece[blanks..]
        }
        _ => "",
    }
}

/// The anchor before a value, to be kept, and where the value's properties begin. A tag goes.
pub(super) fn keep_anchor(text: &str, raw: &Raw) -> Option<(usize, String)> {
    let props = text.get(raw.props as usize..raw.span.start as usize)?;
    if props.is_empty() {
        return None;
    }
    let words: Vec<&str> = props.split_ascii_whitespace().filter(|word| word.starts_with('&')).collect();
    let tagged = props.split_ascii_whitespace().any(|word| word.starts_with('!'));
    if !tagged {
        let start = if raw.span.is_empty() || props.contains(['\n', '\r']) { raw.props } else { raw.span.start };
        return Some(if start == raw.props {
            (start as usize, words.iter().flat_map(|word| [*word, " "]).collect())
        } else {
            (start as usize, String::new())
        });
    }
    Some((raw.props as usize, words.iter().flat_map(|word| [*word, " "]).collect()))
}

/// A scalar written as the one before it was, where that is possible.
fn scalar_like(text: &str, node: Node<'_>, raw: &Raw, hand: &Hand, value: &Value, flow: bool) -> Option<String> {
    if matches!(raw.data, Data::Map(..) | Data::Seq(..) | Data::Alias(_)) {
        return None;
    }
    let Value::String(new) = value else {
        let scalar = !matches!(value, Value::Object(_) | Value::Array(_));
        let inline = !matches!(raw.style, Style::Literal | Style::Folded);
        return (scalar && inline).then(|| value.to_string());
    };
    if hand.json {
        return Some(Value::from(new.as_str()).to_string());
    }
    match raw.style {
        // Nothing can be written without quotes, so these say nothing about the hand.
        Style::SingleQuoted | Style::DoubleQuoted if node.as_str() == Some("") => {
            Some(hand.string(new, flow, raw.style))
        }
        Style::SingleQuoted | Style::DoubleQuoted if !new.contains('\n') || flow || !hand.literal => {
            Some(quoted(new, raw.style))
        }
        Style::Plain if new.contains('\n') && !flow && hand.literal => None,
        Style::Plain if node.as_str().is_some() && plain_reads_back(new, flow) => Some(new.clone()),
        Style::Plain => Some(hand.string(new, flow, hand.quote)),
        Style::Literal if new.contains('\n') => relined(text, raw, hand, new),
        _ => None,
    }
}

/// A literal block's text anew, at the indentation it has.
fn relined(text: &str, raw: &Raw, hand: &Hand, new: &str) -> Option<String> {
    let start = raw.span.start as usize;
    let first_line = line_end(text, start);
    let old_header = header(text, raw);
    let head = &text[start..first_line];
    let comment = &head[old_header.len()..];
    // With an indentation said in the header, or nothing below it, the block is written afresh.
    if old_header.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let body = &text[next_line(text, start)..raw.span.end as usize];
    let line = body.split(['\n', '\r']).find(|line| !line.trim_start_matches(' ').is_empty())?;
    let column = line.len() - line.trim_start_matches(' ').len();
    let tail = hand.literal(new, column, 1)?;
    if tail.head.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // What `|+` holds behind its last line is outside of the node's place, so such a block is written afresh.
    if old_header.contains('+') || tail.head.contains('+') {
        return None;
    }
    Some([&tail.head, comment, &tail.body].concat())
}
