//! Documents within a file's text: taking out, putting in, reordering, with the `---` lines kept right.

use std::borrow::Cow;

use crate::text::Change;
use crate::yaml::Stream;

const BOM: &str = "\u{feff}";

/// The texts of a file's documents, to be rearranged. A text that is only blank gives none.
pub fn parts(stream: &Stream) -> Vec<Cow<'_, str>> {
    let texts = stream.documents().iter().map(|d| Cow::Borrowed(d.document.text()));
    let mut parts: Vec<Cow<'_, str>> = texts.collect();
    if let [only] = parts.as_slice()
        && only.trim_start_matches(BOM).trim().is_empty()
    {
        parts.clear();
    }
    parts
}

/// The splices that make a file's text the documents `parts`, one after the other.
pub fn changes(stream: &Stream, parts: &[Cow<'_, str>]) -> Vec<Change> {
    smallest(stream.text(), &join(stream, parts))
}

/// A document's text as a file of its own, or on the clipboard: without a separator that says nothing.
pub fn alone(part: &str) -> &str {
    let part = part.trim_start_matches(BOM);
    match separator(part) {
        Some(end) if part[3..end].trim().is_empty() => &part[end..],
        _ => part,
    }
}

/// Texts one after the other, as one stream of documents.
pub fn together<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for text in texts.into_iter().filter(|t| !t.trim_start_matches(BOM).trim().is_empty()) {
        let text = if all.is_empty() { text } else { text.trim_start_matches(BOM) };
        if !all.is_empty() {
            if !all.ends_with(['\n', '\r']) {
                all.push_str(line_break(&all));
            }
            if separator(text).is_none() {
                all.push_str("---");
                all.push_str(line_break(text));
            }
        }
        all.push_str(text);
    }
    all
}

fn join(stream: &Stream, parts: &[Cow<'_, str>]) -> String {
    let text: &str = stream.text();
    let line_break = line_break(text);
    let first_was_bare = separator(text.trim_start_matches(BOM)).is_none();
    let mut joined = String::with_capacity(text.len() + 64);
    if text.starts_with(BOM) {
        joined.push_str(BOM);
    }
    for (i, part) in parts.iter().enumerate() {
        let mut part = part.trim_start_matches(BOM);
        if i == 0 {
            // A separator that came with a document from further down says nothing before the first.
            if let Some(end) = separator(part)
                && first_was_bare
                && part[3..end].trim().is_empty()
            {
                part = &part[end..];
            }
        } else {
            if !joined.is_empty() && !joined.ends_with(['\n', '\r']) && joined != BOM {
                joined.push_str(line_break);
            }
            if separator(part).is_none() {
                joined.push_str("---");
                joined.push_str(line_break);
            }
        }
        joined.push_str(part);
    }
    joined
}

/// Where the `---` line that a text begins with ends.
fn separator(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("---")?;
    if !rest.is_empty() && !rest.starts_with([' ', '\t', '\n', '\r']) {
        return None;
    }
    let end = rest.find(['\n', '\r']).map_or(rest.len(), |i| if rest[i..].starts_with("\r\n") { i + 2 } else { i + 1 });
    Some(3 + end)
}

/// The line break that a text uses.
pub fn line_break(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(i) if text[i..].starts_with("\r\n") => "\r\n",
        Some(i) if text[i..].starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// The one splice that makes `new` of `old`, or none.
pub fn smallest(old: &str, new: &str) -> Vec<Change> {
    if old == new {
        return Vec::new();
    }
    let mut head = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(head) || !new.is_char_boundary(head) {
        head -= 1;
    }
    let most = old.len().min(new.len()) - head;
    let mut tail = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(old.len() - tail) || !new.is_char_boundary(new.len() - tail) {
        tail -= 1;
    }
    vec![Change::new(head, old.len() - tail, &new[head..new.len() - tail])]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arranged(text: &str, how: impl FnOnce(&mut Vec<Cow<'_, str>>)) -> String {
        let stream = Stream::read(text);
        let mut parts = parts(&stream);
        how(&mut parts);
        Change::apply_all(text, &changes(&stream, &parts))
    }

    type Arrange = fn(&mut Vec<Cow<'_, str>>);

    #[test]
    fn separators_stay_right() {
        let two = "a: 1\n---\nb: 2\n";
        let table: [(&str, Arrange, &str); 11] = [
            (two, |p| p.swap(0, 1), "b: 2\n---\na: 1\n"),
            (two, |p| drop(p.remove(0)), "b: 2\n"),
            (two, |p| drop(p.remove(1)), "a: 1\n"),
            (two, |p| p.clear(), ""),
            (two, |p| p.push("c: 3\n".into()), "a: 1\n---\nb: 2\n---\nc: 3\n"),
            (two, |p| p.insert(0, "c: 3".into()), "c: 3\n---\na: 1\n---\nb: 2\n"),
            ("", |p| p.push("---\nc: 3\n".into()), "c: 3\n"),
            ("a: 1", |p| p.push("c: 3\n".into()), "a: 1\n---\nc: 3\n"),
            ("---\na: 1\r\n--- # two\r\nb: 2", |p| p.swap(0, 1), "--- # two\r\nb: 2\n---\na: 1\r\n"),
            ("a: 1\r\n---\r\nb: 2\r\n", |p| p.swap(0, 1), "b: 2\r\n---\r\na: 1\r\n"),
            ("\u{feff}a: 1\n---\nb: 2\n", |p| p.swap(0, 1), "\u{feff}b: 2\n---\na: 1\n"),
        ];
        for (text, how, expected) in table {
            assert_eq!(arranged(text, how), expected, "{text:?}");
        }
    }

    #[test]
    fn unchanged_parts_are_the_same_bytes() {
        for text in ["", "\n\n", "a: 1", "---\n---\n", "# only\n---\na: 1\n...\n", "\u{feff}---\na: 1\r"] {
            assert_eq!(arranged(text, |_| ()), if text.trim().is_empty() { "" } else { text }, "{text:?}");
        }
    }

    #[test]
    fn alone_and_together() {
        assert_eq!(alone("---\na: 1\n"), "a: 1\n");
        assert_eq!(alone("--- # why\na: 1\n"), "--- # why\na: 1\n");
        assert_eq!(together(["a: 1", "", "---\nb: 2\n", "c: 3\n"]), "a: 1\n---\nb: 2\n---\nc: 3\n");
        assert_eq!(together(["a: 1\r\n---\r\nb: 2\r\n"]), "a: 1\r\n---\r\nb: 2\r\n");
    }

    #[test]
    fn splices_are_smallest_and_on_characters() {
        assert_eq!(smallest("aXc", "aYYc"), [Change::new(1, 2, "YY")]);
        assert_eq!(smallest("aaa", "aa"), [Change::new(2, 3, "")]);
        assert_eq!(smallest("ä", "å"), [Change::new(0, 2, "å")]);
        assert_eq!(smallest("same", "same"), []);
    }
}
