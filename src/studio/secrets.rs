//! Secrets never reach storage: what is kept of them is their outline, with `_` in place of every
//! value and comment, byte for byte, so that the places of later changes still fit.

use crate::text::Span;
use crate::yaml::{Document, Kind, Node, Path, Step, Style};

/// Whether the document is, or lists, a Secret; for an unreadable one, whether it looks like it.
pub fn holds_secret(document: &Document) -> bool {
    match document.root() {
        Some(root) => is_secret(root) || items(root).any(is_secret),
        None => document.error().is_some() && said_secret(document.text()).is_some(),
    }
}

fn is_secret(object: Node<'_>) -> bool {
    object.get("kind").and_then(Node::as_str) == Some("Secret")
}

fn items(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    root.get("items").into_iter().flat_map(Node::items)
}

/// Where a text says `kind: Secret`, in YAML or JSON, as far as words tell.
fn said_secret(text: &str) -> Option<Span> {
    text.match_indices("kind").find_map(|(at, word)| {
        let rest = &text[at + word.len()..];
        let rest = rest.trim_start_matches(['"', '\'']).trim_start_matches(' ').strip_prefix(':')?;
        let rest = rest.trim_start_matches([' ', '"', '\'']).strip_prefix("Secret")?;
        let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        ends.then(|| Span::new(at, text.len() - rest.len()))
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Byte {
    /// Between values: punctuation and blanks stay.
    Outline,
    /// Stays.
    Keep,
    /// Is masked; only line breaks and indents stay.
    Mask,
}

/// The document's text, of the same length, with nothing in it that is worth hiding.
pub fn masked(document: &Document) -> String {
    let text = document.text();
    let mut bytes = vec![Byte::Outline; text.len()];
    match document.root() {
        Some(root) if is_secret(root) => object(root, text, &mut bytes),
        Some(root) => {
            for entry in root.entries() {
                mark(&mut bytes, entry.key_span, Byte::Keep);
                if entry.key != "items" {
                    values(entry.value, text, Byte::Keep, &mut bytes);
                }
            }
            for item in items(root) {
                if is_secret(item) {
                    object(item, text, &mut bytes)
                } else {
                    values(item, text, Byte::Keep, &mut bytes)
                }
            }
        }
        None => {
            if let Some(said) = said_secret(text) {
                mark(&mut bytes, said, Byte::Keep);
            }
        }
    }
    if text.starts_with('\u{feff}') {
        mark(&mut bytes, Span::new(0, 3), Byte::Keep);
    }
    let mut indent = true;
    let masked = text.bytes().zip(bytes).map(|(byte, what)| {
        indent = matches!(byte, b'\n' | b'\r') || indent && byte == b' ';
        let stays = match what {
            Byte::Keep => true,
            Byte::Outline => byte.is_ascii_punctuation() || byte.is_ascii_whitespace(),
            Byte::Mask => indent,
        };
        if stays { byte } else { b'_' }
    });
    String::from_utf8(masked.collect()).unwrap_or_else(|_| "_".repeat(text.len()))
}

/// What is kept of a Secret: its type, its metadata without annotations, the keys of its data.
fn object(secret: Node<'_>, text: &str, bytes: &mut [Byte]) {
    for entry in secret.entries() {
        mark(bytes, entry.key_span, Byte::Keep);
        match entry.key {
            "apiVersion" | "kind" | "type" | "immutable" => values(entry.value, text, Byte::Keep, bytes),
            "metadata" => {
                for entry in entry.value.entries() {
                    mark(bytes, entry.key_span, Byte::Keep);
                    let annotations = matches!(entry.key, "annotations" | "managedFields");
                    values(entry.value, text, if annotations { Byte::Mask } else { Byte::Keep }, bytes);
                }
            }
            _ => values(entry.value, text, Byte::Mask, bytes),
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
                mark(bytes, entry.key_span, Byte::Keep);
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

fn mark(bytes: &mut [Byte], span: Span, what: Byte) {
    if let Some(range) = bytes.get_mut(span.range()) {
        range.fill(what);
    }
}

/// Values of Secrets that are nothing but the mask: they came back from storage and must be typed again.
pub fn placeholders(document: &Document) -> Vec<(Path, Span)> {
    let mut found = Vec::new();
    let Some(root) = document.root() else { return found };
    let mut look = |secret: Node<'_>, at: Path| {
        for field in ["data", "stringData"] {
            for entry in secret.get(field).into_iter().flat_map(Node::entries) {
                let value = entry.value.as_str().unwrap_or("");
                if value.contains('_') && value.chars().all(|c| c == '_' || c.is_whitespace()) {
                    let mut path = at.clone();
                    path.extend([Step::from(field), Step::from(entry.key)]);
                    found.push((path, entry.value.span()));
                }
            }
        }
    };
    if is_secret(root) {
        look(root, Path::new());
    }
    for (i, item) in items(root).enumerate().filter(|(_, item)| is_secret(*item)) {
        look(item, vec![Step::from("items"), Step::from(i)]);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(text: &str) -> String {
        let document = Document::read(text);
        assert!(holds_secret(&document), "{text}");
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
        let paths: Vec<_> = placeholders(&document).into_iter().map(|(path, _)| path[1].clone()).collect();
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
            "kind: Secret\nstringData: [hunter2, {x: hunter2}]\nother: hunter2",
        ] {
            let masked = mask(text);
            assert!(!masked.contains("hunter2"), "{masked}");
            assert!(holds_secret(&Document::read(&masked)), "{masked}");
        }
    }

    #[test]
    fn leaves_others_alone() {
        for text in ["kind: Pod\n", "", "a: 'x", "kind: SecretStore\n", "spec: {kind: Secret}\n"] {
            assert!(!holds_secret(&Document::read(text)), "{text}");
        }
    }
}
