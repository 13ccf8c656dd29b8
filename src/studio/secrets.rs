//! Secrets never reach storage: what is kept of them is their outline, with `_` in place of every
//! value and comment, byte for byte, so that the places of later changes still fit.

use super::secrecy::{self, Secrecy, secrecy};
use crate::text::Span;
use crate::yaml::{Document, Kind, Node, Path, Step, Style};

#[derive(Clone, Copy, PartialEq)]
enum Byte {
    /// Between values: punctuation, blanks, anchors and aliases stay, but not what a comment says.
    Outline,
    /// Of what cannot be read: what holds a text together and blanks stay.
    Unread,
    /// Stays.
    Keep,
    /// Is masked; only line breaks and indents stay.
    Mask,
}

/// The document's text, of the same length, with nothing in it that is worth hiding.
pub fn masked(document: &Document) -> String {
    let text = document.text();
    let mut bytes = vec![if document.root().is_some() { Byte::Outline } else { Byte::Unread }; text.len()];
    match document.root() {
        // What is none by its words holds what is left of one.
        Some(root)
            if secrecy::of(root) != Secrecy::No
                || secrecy::items(root).all(|item| secrecy::of(item) == Secrecy::No) =>
        {
            object(root, text, &mut bytes)
        }
        Some(root) => {
            for entry in root.entries() {
                mark(&mut bytes, entry.key_span, Byte::Keep);
                if entry.key != "items" {
                    values(entry.value, text, Byte::Keep, &mut bytes);
                }
            }
            for item in secrecy::items(root) {
                if secrecy::of(item) != Secrecy::No {
                    object(item, text, &mut bytes)
                } else {
                    values(item, text, Byte::Keep, &mut bytes)
                }
            }
        }
        None => {
            // What made it one stays, so that it is still known when it comes back.
            if let Some(said) = secrecy::said_secret(text).or_else(|| secrecy::said_data(text)) {
                mark(&mut bytes, said, Byte::Keep);
            }
        }
    }
    if text.starts_with('\u{feff}') {
        mark(&mut bytes, Span::new(0, 3), Byte::Keep);
    }
    let (mut indent, mut comment, mut token, mut before) = (true, false, false, b' ');
    let masked = text.bytes().zip(bytes).map(|(byte, what)| {
        let line_break = matches!(byte, b'\n' | b'\r');
        indent = line_break || indent && byte == b' ';
        comment &= what == Byte::Outline && !line_break;
        token &= what == Byte::Outline && !byte.is_ascii_whitespace() && !b",[]{}".contains(&byte);
        if what == Byte::Outline && !comment && !before.is_ascii_alphanumeric() {
            token |= matches!(byte, b'&' | b'*');
            comment = byte == b'#' && before.is_ascii_whitespace();
        }
        let hides = comment && (before == b'#' || byte != b'#');
        before = byte;
        let stays = match what {
            Byte::Keep => true,
            Byte::Outline if hides => byte.is_ascii_whitespace(),
            Byte::Outline => token || byte.is_ascii_punctuation() || byte.is_ascii_whitespace(),
            Byte::Unread => byte.is_ascii_whitespace() || b":-'\"{}[],".contains(&byte),
            Byte::Mask => indent,
        };
        if stays { byte } else { b'_' }
    });
    String::from_utf8(masked.collect()).unwrap_or_else(|_| "_".repeat(text.len()))
}

/// What is kept of a Secret: its type, its name and labels, the keys of its data. An indent that is being typed
/// may make anything a part of anything: only what is as flat as it ought to be is kept.
fn object(secret: Node<'_>, text: &str, bytes: &mut [Byte]) {
    values(secret, text, Byte::Mask, bytes);
    let flat = |node: Node<'_>, bytes: &mut [Byte]| {
        if node.kind() == Kind::Scalar {
            values(node, text, Byte::Keep, bytes);
        }
    };
    for field in ["apiVersion", "kind", "type", "immutable"] {
        secret.get(field).into_iter().for_each(|value| flat(value, bytes));
    }
    let Some(metadata) = secret.get("metadata") else { return };
    for entry in metadata.entries().filter(|e| !e.merged) {
        match entry.key {
            "name" | "generateName" | "namespace" => flat(entry.value, bytes),
            "labels" => entry.value.entries().filter(|e| !e.merged).for_each(|label| flat(label.value, bytes)),
            "finalizers" => entry.value.items().for_each(|item| flat(item, bytes)),
            _ => (),
        }
    }
}

fn values(node: Node<'_>, text: &str, what: Byte, bytes: &mut [Byte]) {
    if node.style() == Style::Alias {
        return mark(bytes, node.span(), Byte::Keep);
    }
    match node.kind() {
        Kind::Map => {
            for entry in node.entries().filter(|e| !e.merged) {
                // `{password:hunter2}` is a key alone, as long as no blank follows its colon.
                let alone = what == Byte::Mask && !is_key(text, entry.key_span);
                mark(bytes, entry.key_span, if alone { Byte::Mask } else { Byte::Keep });
                values(entry.value, text, what, bytes);
            }
        }
        Kind::Seq => node.items().for_each(|item| values(item, text, what, bytes)),
        Kind::Scalar => {
            let range = node.span().range();
            let written = text.get(range.clone()).unwrap_or("");
            mark(bytes, node.span(), what);
            if what == Byte::Mask {
                let (head, tail) = match node.style() {
                    Style::SingleQuoted | Style::DoubleQuoted => (1, 1),
                    Style::Literal | Style::Folded => (written.find('\n').unwrap_or(0), 0),
                    _ => (0, 0),
                };
                mark(bytes, Span::new(range.start, (range.start + head).min(range.end)), Byte::Outline);
                mark(bytes, Span::new(range.end.saturating_sub(tail).max(range.start), range.end), Byte::Outline);
                // A digit in a block scalar's header says how far it is indented.
                if head > 1 {
                    let header = written[..head].split([' ', '#']).next().unwrap_or("").len();
                    mark(bytes, Span::new(range.start, range.start + header), Byte::Keep);
                }
            }
        }
    }
}

/// A path as far as it leads over keys that are kept.
pub fn path_to_keep(document: &Document, path: &[Step]) -> Path {
    let mut kept = Path::new();
    let mut node = document.root();
    for step in path {
        let next = node.and_then(|node| match step {
            Step::Key(key) => node.entry(key).filter(|e| is_key(document.text(), e.key_span)).map(|e| e.value),
            Step::Index(index) => node.items().nth(*index),
        });
        if next.is_none() {
            break;
        }
        kept.push(step.clone());
        node = next;
    }
    kept
}

/// Whether a colon follows.
fn is_key(text: &str, key: Span) -> bool {
    text.get(key.range().end..).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

fn mark(bytes: &mut [Byte], span: Span, what: Byte) {
    if let Some(range) = bytes.get_mut(span.range()) {
        range.fill(what);
    }
}

/// Values that are nothing but the mask: they came back from storage and must be typed again. Those of objects
/// that must not be kept; with `any`, of all.
pub fn placeholders(document: &Document, any: bool) -> Vec<(Path, Span)> {
    let mut found = Vec::new();
    let Some(root) = document.root() else { return found };
    let mut look = |object: Node<'_>, at: Path| {
        if !any && secrecy::of(object) == Secrecy::No {
            return;
        }
        for field in ["data", "stringData"] {
            for entry in object.get(field).into_iter().flat_map(Node::entries) {
                let value = entry.value.as_str().unwrap_or("");
                if value.contains('_') && value.chars().all(|c| c == '_' || c.is_whitespace()) {
                    let mut path = at.clone();
                    path.extend([Step::from(field), Step::from(entry.key)]);
                    found.push((path, entry.value.span()));
                }
            }
        }
    };
    look(root, Path::new());
    for (i, item) in secrecy::items(root).enumerate() {
        look(item, vec![Step::from("items"), Step::from(i)]);
    }
    found
}

/// Whether something of the document did not come back from storage.
pub fn is_withheld(document: &Document) -> bool {
    match document.root() {
        Some(_) => !placeholders(document, false).is_empty(),
        None => secrecy(document) != Secrecy::No && document.text().contains('_'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(text: &str) -> String {
        let document = Document::read(text);
        assert_ne!(secrecy(&document), Secrecy::No, "{text}");
        let masked = masked(&document);
        assert_eq!(masked.len(), text.len());
        masked
    }

    #[test]
    fn keeps_the_outline_only() {
        let text = "# for the db: hunter2\napiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  labels: {app: db}\n  \
                    annotations:\n    last: hunter2\ntype: Opaque\nstringData:\n  user: admin # hunter2\n  password: \"hunter2\"\n  \
                    config.ini: |-\n    [db]\n    pass = hunter2\ndata: {a: aHVudGVyMg==}\n";
        let masked = mask(text);
        assert!(!masked.contains("hunter2") && !masked.contains("aHVud") && !masked.contains("admin"), "{masked}");
        let document = Document::read(&masked);
        let value = document.to_json().unwrap_or_default();
        assert_eq!(value["metadata"]["name"], "db");
        assert_eq!(value["metadata"]["labels"]["app"], "db");
        assert_eq!(value["stringData"]["password"], "_______");
        assert_eq!(value["stringData"]["config.ini"], "____\n______________");
        let paths: Vec<_> = placeholders(&document, false).into_iter().map(|(path, _)| path[1].clone()).collect();
        assert_eq!(paths, ["a", "user", "password", "config.ini"].map(Step::from));
    }

    #[test]
    fn hides_earlier_duplicates_lists_and_broken_texts() {
        for text in [
            "kind: Secret\ndata:\n  a: hunter2\n  a: b\n",
            "kind: List\nitems:\n- kind: Pod\n- kind: Secret\n  stringData:\n    a: hunter2\n",
            "kind: Secret\nstringData:\n  a: 'hunter2\n",
            "{\"kind\": \"Secret\", \"stringData\": {\"a\": \"hunter2\"}}",
            "{\n \"kind\": \"Secret\",\n \"stringData\": {\"a\": \"hunter2\"\n",
            "\u{feff}kind: Secret\nstringData: {ä: 'hunter2 ä'}\n",
            "stringData:\n  a: 'hunter2\n",
            "{\"stringData\": {\"a\": \"hunter2",
            "items:\n- kind: Pod\n- data:\n    a: hunter2\n",
        ] {
            let masked = mask(text);
            assert!(!masked.contains("hunter2"), "{masked}");
            let back = Document::read(&masked);
            assert_eq!(secrecy(&back), secrecy(&Document::read(text)), "{masked}");
            assert!(is_withheld(&back), "{masked}");
        }
    }

    #[test]
    fn hides_what_may_become_one_in_the_same_way() {
        let text = "# hunter2\nmetadata:\n  name: db\nstringData:\n  a: hunter2\nkind: Sec\n";
        assert_eq!(mask(text), "# _______\nmetadata:\n  name: db\nstringData:\n  a: _______\nkind: Sec\n");
    }

    #[test]
    fn what_a_mask_leaves_can_be_read_again() {
        for (text, expected) in [
            ("kind: Secret\nstringData:\n  a: &x hunter2\n  b: *x\n", "  a: &x _______\n  b: *x\n"),
            (
                "kind: Secret\ndata:\n  a: !!binary aHVu\n  b: !!str hunter2 # !hunter2\n",
                "  a: !!______ ____\n  b: !!___ _______ # ________\n",
            ),
            ("kind: Secret\nx: &x {a: hunter2}\ndata:\n  <<: *x\n", "x: &x {a: _______}\ndata:\n  <<: *x\n"),
            ("kind: Secret\nstringData: {a:hunter2, b: {c:hunter2}}\n", "stringData: {_________, b: {_________}}\n"),
            ("kind: Secret\nstringData:\n  a: \"p@ss!#1\" #p@ss!\n", "  a: \"_______\" #_____\n"),
        ] {
            let masked = mask(text);
            assert!(masked.ends_with(expected), "{masked}");
            assert_eq!(Document::read(&masked).error(), None, "{masked}");
        }
        assert_eq!(mask("kind: Secret\nstringData:\n  a: 'p@ss!#1\n"), "kind: Secret\n__________:\n  _: '_______\n");
        assert_eq!(mask("stringData:\n  a: 'p@ss!#1\n"), "stringData:\n  _: '_______\n");
    }
}
