//! Putting in, taking out and moving entries and items.

use serde_json::Value;

use super::super::Style;
use super::super::trivia::{line_end, line_start, next, next_line, trim_end};
use super::EditError;
use super::place::{Place, behind_empty_lines};
use super::value;
use super::write::{Hand, indent, quoted};
use crate::text::Change;

/// What is put in: an entry or an item.
pub(super) enum New<'v> {
    Entry(&'v str, &'v Value),
    Item(&'v Value),
}

/// Puts a part before the part number `at` of a collection that has some.
pub(super) fn insert(place: &Place<'_>, at: usize, new: &New<'_>, hand: &Hand) -> Change {
    let text = place.text;
    if place.flow {
        return insert_flow(place, at, new, hand);
    }
    let column = place.column();
    let written = match new {
        New::Entry(key, value) => hand.entry(key, value, column),
        New::Item(value) => hand.item(value, column),
    };
    let pad = " ".repeat(column);
    if at == 0 {
        let first = &place.parts[0];
        if place.shares_line(0) {
            return Change::new(first.start, first.start, [&written, &hand.pad(column)[..]].concat());
        }
        // A comment at the very top speaks of the whole document.
        let above = place.above(0);
        let top = above == 0 || text[..above].starts_with("---") && next_line(text, 0) == above;
        let line = if top { line_start(text, first.start) } else { above };
        return Change::new(line, line, [&pad, &written, hand.line].concat());
    }
    let line = place.below(at - 1);
    if line == text.len() && !text.ends_with(['\n', '\r']) {
        return Change::new(line, line, [hand.line, &pad, &written].concat());
    }
    Change::new(line, line, [&pad, &written, hand.line].concat())
}

fn insert_flow(place: &Place<'_>, at: usize, new: &New<'_>, hand: &Hand) -> Change {
    let text = place.text;
    let first = &place.parts[0];
    let open = place.raw().span.start as usize;
    if place.bare {
        // A second key needs the braces.
        let New::Entry(key, value) = new else { return Change::new(open, open, "") };
        let (one, two) = (&text[first.start..first.end], hand.flow_entry(key, value, 0));
        let comma = if one.ends_with(':') { " , " } else { ", " };
        let parts = if at == 0 { [&two, ", ", one] } else { [one, comma, &two] };
        return Change::new(first.start, first.end, ["{", &parts.concat(), "}"].concat());
    }
    let broken = text[open..first.start].contains(['\n', '\r']);
    let column = if broken { indent(text, first.start) } else { 0 };
    let written = match new {
        New::Entry(key, value) => hand.flow_entry(key, value, column),
        New::Item(value) => hand.flow(value, column),
    };
    let gap = if broken {
        hand.pad(column)
    } else if hand.spaced {
        " ".to_owned()
    } else {
        String::new()
    };
    if at == 0 {
        return Change::new(first.start, first.start, [&written, ",", &gap].concat());
    }
    let end = place.parts[at - 1].end;
    let comma = if text[..end].ends_with(':') { " ," } else { "," };
    Change::new(end, end, [comma, &gap, &written].concat())
}

/// Takes out the part number `index`. Of the last one `{}` or `[]` stays; `behind` says behind what it is written.
pub(super) fn delete(place: &Place<'_>, index: usize, outer: Option<(&Place<'_>, usize)>, hand: &Hand) -> Vec<Change> {
    let text = place.text;
    let part = &place.parts[index];
    let last = index + 1 == place.len();
    if place.flow {
        return delete_flow(place, index);
    }
    if place.len() == 1 {
        let empty = if place.is_map { "{}" } else { "[]" };
        return delete_only(place, outer, empty, hand);
    }
    if place.shares_line(index) {
        // Behind a dash: the next part takes its place, or a comment above that.
        let below = place.below(index);
        let next = below + (text[below..].len() - text[below..].trim_start_matches([' ', '\n', '\r']).len());
        return vec![Change::new(part.start, next, "")];
    }
    let (from, to) = (place.above(index), place.below_without(index));
    if last && to == text.len() && !text.ends_with(['\n', '\r']) && from > 0 {
        // The text ends without a line break, and goes on doing so.
        return vec![Change::new(trim_break(text, from), to, "")];
    }
    vec![Change::new(from, to, "")]
}

/// The byte before the line break that ends at `at`; `at` itself where an empty line stands before it,
/// which may be the end of a block scalar that keeps it.
fn trim_break(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let cut = before.strip_suffix("\r\n").or_else(|| before.strip_suffix(['\n', '\r'])).unwrap_or(before);
    if cut.ends_with(['\n', '\r']) { at } else { cut.len() }
}

fn delete_only(place: &Place<'_>, outer: Option<(&Place<'_>, usize)>, empty: &str, hand: &Hand) -> Vec<Change> {
    let text = place.text;
    let part = &place.parts[0];
    let ends = line_end(text, part.end);
    let (from, to) = (place.above(0), place.below(0));
    let Some((outer, number)) = outer else {
        // The document itself: the brackets stand where the part stood.
        let from = from.min(part.start);
        return vec![value::braces(text, from, ends, empty.to_owned(), hand)];
    };
    if place.shares_line(0) {
        return vec![Change::new(part.start, ends, empty)];
    }
    // Behind the colon or dash, with its anchor; then the lines of the part go.
    let holder = &outer.parts[number];
    let raw = place.raw();
    let props = text.get(raw.props as usize..raw.span.start as usize).unwrap_or_default();
    let words = trim_end(props, 0, props.len());
    let at = if words > 0 && !props[..words].contains(['\n', '\r', '#']) {
        raw.props as usize + words
    } else if words > 0 {
        raw.props as usize + props.find([' ', '\n', '\r']).unwrap_or(words)
    } else {
        holder.lead
    };
    let put = Change::new(at, at, [" ", empty].concat());
    let ends_bare = to == text.len() && !text.ends_with(['\n', '\r']);
    let from = if ends_bare { trim_break(text, from).max(at) } else { from };
    vec![put, Change::new(from, to, "")]
}

fn delete_flow(place: &Place<'_>, index: usize) -> Vec<Change> {
    let text = place.text;
    let span = place.raw().span;
    let part = &place.parts[index];
    if place.bare {
        return vec![Change::new(part.start, part.end, "{}")];
    }
    if place.len() == 1 {
        return vec![Change::new(span.start as usize + 1, span.end as usize - 1, "")];
    }
    // A part with its lines to itself goes with them, its comments too.
    let comma = next(text, part.end).filter(|&at| text.as_bytes()[at] == b',');
    let end = comma.map_or(part.end, |at| at + 1);
    let rest = &text[end..line_end(text, end)];
    let alone = !place.shares_line(index) && (rest.trim().is_empty() || rest.trim_start().starts_with('#'));
    let last = index + 1 == place.len();
    if alone && text[part.start..end].lines().count() >= 1 && next_line(text, end) <= span.end as usize {
        let mut changes = Vec::new();
        if last && comma.is_none() {
            // The comma of the one before goes, its comment stays.
            let before = &place.parts[index - 1];
            if let Some(at) = next(text, before.end).filter(|&at| text.as_bytes()[at] == b',') {
                changes.push(Change::new(at, at + 1, ""));
            }
        }
        changes.push(Change::new(place.above(index), next_line(text, end), ""));
        return changes;
    }
    if last {
        return vec![Change::new(place.parts[index - 1].end, part.end, "")];
    }
    vec![Change::new(part.start, place.parts[index + 1].start, "")]
}

/// Moves a part so that it becomes number `to` of those that are left.
pub(super) fn shift(place: &Place<'_>, index: usize, to: usize, hand: &Hand) -> Result<Change, EditError> {
    let text = place.text;
    let mut order: Vec<usize> = (0..place.len()).collect();
    let moved = order.remove(index);
    order.insert(to.min(order.len()), moved);
    let ranges: Vec<(usize, usize)> = (0..place.len())
        .map(|i| if place.flow { (place.parts[i].start, place.parts[i].end) } else { (place.above(i), place.below(i)) })
        .collect();
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return Err(EditError::NotFound) };
    let pad = " ".repeat(place.column());
    let mut end = last.1;
    let mut written = String::with_capacity(end - first.0);
    for (place_number, &source) in order.iter().enumerate() {
        let mut chunk = text[ranges[source].0..ranges[source].1].to_owned();
        if !place.flow {
            if source == 0 && place.shares_line(0) {
                chunk.insert_str(0, &pad);
            }
            if place_number == 0 && place.shares_line(0) {
                chunk.drain(..pad.len().min(chunk.len()));
            }
            if !chunk.ends_with(['\n', '\r']) {
                chunk.push_str(hand.line);
            }
        }
        written.push_str(&chunk);
        // What stood between two parts stays between two parts, but for what the first would take for its own.
        let keeps = place.keeps_lines(source);
        let behind = |at| if keeps { behind_empty_lines(text, at) } else { at };
        match ranges.get(place_number + 1) {
            Some(next) => {
                let between = behind(ranges[place_number].1).min(next.0);
                written.push_str(text.get(between..next.0).ok_or(EditError::Unfit)?);
            }
            None if source + 1 < place.len() => end = behind(end),
            None => {}
        }
    }
    if !place.flow && !text[..end].ends_with(['\n', '\r']) {
        written.truncate(trim_break(&written, written.len()));
    }
    Ok(Change::new(first.0, end, written))
}

/// Gives a part's key another name.
pub(super) fn rename(place: &Place<'_>, index: usize, key: &str, hand: &Hand) -> Result<Change, EditError> {
    let id = place.parts[index].key.ok_or(EditError::Unfit)?;
    let raw = place.document.tree().node(id);
    let written = match raw.style {
        Style::SingleQuoted | Style::DoubleQuoted if !hand.json => quoted(key, raw.style),
        _ => hand.key(key, place.flow),
    };
    // A tag would bend the new key.
    let (start, anchor) = value::keep_anchor(place.text, raw).unwrap_or((raw.span.start as usize, String::new()));
    Ok(Change::new(start, raw.span.end as usize, [anchor, written].concat()))
}
