//! Whether a document is a Secret, or may become one: what is typed comes before its kind as often as not.

use std::ops::Range;

use crate::check::nearest::nearest;
use crate::text::Span;
use crate::yaml::{Document, Kind, Node, NoteKind};

/// Whether a document's values must not be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Secrecy {
    /// It is something else, or has no values.
    #[default]
    No,
    /// It has values and does not say yet what it is.
    Maybe,
    /// It is, or lists, a Secret.
    Yes,
}

/// What is known of a document; of an unreadable one, what its words say.
pub fn secrecy(document: &Document) -> Secrecy {
    match document.root() {
        Some(root) => {
            let inside = items(root).map(of).max().unwrap_or_default();
            // The objects of a list are what they are; other kinds may call something else their items.
            let list = said(root).is_none_or(|kind| kind.ends_with("List"));
            let read = of(root).max(if list || inside == Secrecy::Yes { inside } else { Secrecy::No });
            // What Kubernetes drops is text all the same.
            let dropped = document.notes().iter().any(|note| note.kind == NoteKind::Dropped);
            if dropped { read.max(guess(document.text())) } else { read }
        }
        None if document.error().is_some() => guess(document.text()),
        None => Secrecy::No,
    }
}

/// Where a document, or an object of a list, says that it is something else than a Secret.
pub(super) fn kinds(document: &Document) -> Vec<Range<usize>> {
    let text = document.text();
    let Some(root) = document.root() else {
        let other = root_kind(text).filter(|kind| !may_become(kind));
        let start = |kind: &str| kind.as_ptr() as usize - text.as_ptr() as usize;
        return other.map(|kind| start(kind)..start(kind) + kind.len()).into_iter().collect();
    };
    let other = |object: Node<'_>| {
        let kind = object.entry("kind").filter(|_| said(object).is_some_and(|kind| kind != "Secret"))?;
        Some(kind.key_span.range().start..kind.value.span().range().end)
    };
    std::iter::once(root).chain(items(root)).filter_map(other).collect()
}

/// What is known of one object.
pub(super) fn of(object: Node<'_>) -> Secrecy {
    match said(object) {
        Some("Secret") => Secrecy::Yes,
        Some(_) => Secrecy::No,
        None if object.entries().any(|e| is_data(e.key) && holds(e.value)) => Secrecy::Maybe,
        None => Secrecy::No,
    }
}

/// The objects of a list.
pub(super) fn items(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    root.get("items").into_iter().flat_map(Node::items)
}

/// The kind that an object says; none while it may be on the way to Secret.
fn said(object: Node<'_>) -> Option<&str> {
    object.get("kind").and_then(Node::as_str).filter(|kind| *kind == "Secret" || !may_become(kind))
}

fn is_data(key: &str) -> bool {
    key.eq_ignore_ascii_case("data") || key.eq_ignore_ascii_case("stringData")
}

fn holds(value: Node<'_>) -> bool {
    match value.kind() {
        Kind::Map => value.entries().len() > 0,
        Kind::Seq => value.items().len() > 0,
        Kind::Scalar => !value.is_null(),
    }
}

/// Whether a kind is a beginning of the word Secret, or what is left of it with a slip of the finger.
fn may_become(kind: &str) -> bool {
    const SECRET: &str = "Secret";
    let letters = kind.chars().count();
    let part = SECRET.get(..letters).unwrap_or(SECRET);
    letters < SECRET.len() + 3 && (kind.trim().is_empty() || nearest(kind, [part, SECRET]).is_some())
}

/// Of a text that cannot be read: as far as words tell, the most that it may be.
fn guess(text: &str) -> Secrecy {
    if said_secret(text).is_some() {
        return Secrecy::Yes;
    }
    let other = root_kind(text).is_some_and(|kind| !may_become(kind) && !kind.ends_with("List"));
    if !other && said_data(text).is_some() { Secrecy::Maybe } else { Secrecy::No }
}

/// Where a text says `kind: Secret`, in YAML or JSON, as far as words tell.
pub(super) fn said_secret(text: &str) -> Option<Span> {
    text.match_indices("kind").find_map(|(at, word)| {
        let rest = &text[at + word.len()..];
        let value = value_behind(rest)?;
        (word_of(value) == "Secret").then(|| Span::new(at, text.len() - value.len() + "Secret".len()))
    })
}

/// Where a text that cannot be read says `data` or `stringData`.
pub(super) fn said_data(text: &str) -> Option<Span> {
    let mut at = 0;
    while let Some(begin) = text[at..].find(|c: char| c.is_ascii_alphanumeric()) {
        let word = word_of(&text[at + begin..]);
        let (from, to) = (at + begin, at + begin + word.len());
        // A colon follows, or is still to be typed.
        let rest = text[to..].trim_start_matches(['"', '\'']).trim_start_matches(' ');
        if is_data(word) && (rest.is_empty() || rest.starts_with([':', '\n', '\r'])) {
            return Some(Span::new(from, to));
        }
        at = to;
    }
    None
}

fn root_kind(text: &str) -> Option<&str> {
    if text.trim_start().starts_with(['{', '[']) { flow_kind(text) } else { block_kind(text) }
}

/// The kind on a line that is indented no more than the first.
fn block_kind(text: &str) -> Option<&str> {
    let content = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with(['#', '%']) && *line != "---";
    let mut lines = text.split(['\n', '\r']).filter(content);
    let first = lines.clone().next()?;
    let indent = first.len() - first.trim_start().len();
    lines.find_map(|line| {
        let key = line.trim_start();
        let outer = line.len() - key.len() <= indent;
        let value = value_behind(key.trim_start_matches(['"', '\'']).strip_prefix("kind")?)?;
        let kind = word_of(value);
        // `kind: metadata:` is a key in front of which a line is being typed.
        let key = value[kind.len()..].trim_start_matches(['"', '\'']).starts_with(':');
        Some(kind).filter(|_| outer && !key)
    })
}

/// The kind between the outermost braces.
fn flow_kind(text: &str) -> Option<&str> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    let mut before = b'{';
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            b'k' if depth == 1 && !before.is_ascii_alphanumeric() => {
                if let Some(value) = text[at..].strip_prefix("kind").and_then(value_behind) {
                    return Some(word_of(value));
                }
            }
            _ => (),
        }
        before = byte;
    }
    None
}

/// What follows a key and its colon.
fn value_behind(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(['"', '\'']).trim_start_matches(' ').strip_prefix(':')?;
    Some(rest.trim_start_matches([' ', '"', '\'']))
}

fn word_of(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: Secrecy, texts: &[&str]) {
        for text in texts {
            assert_eq!(secrecy(&Document::read(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_secret_is_one_wherever_it_says_so() {
        check(
            Secrecy::Yes,
            &[
                "kind: Secret\n",
                "kind: List\nitems:\n- kind: Secret\n",
                "kind: Other\nitems:\n- kind: Secret\n",
                "a: 'x\nkind: Secret\n",
                "{\"kind\": \"Secret\", \"data\": {\"a\"",
            ],
        );
    }

    #[test]
    fn what_has_values_and_no_kind_yet_may_become_one() {
        check(
            Secrecy::Maybe,
            &[
                "stringData:\n  a: x\n",
                "data: x\n",
                "data: [x]\nkind:\n",
                "kind: ''\ndata: {a: x}\n",
                "data: {a: x}\nkind: S",
                "data: {a: x}\nkind: Secre",
                "data: {a: x}\nkind: secret",
                "data: {a: x}\nkind: Secrets",
                "data: {a: x}\nkind: Secert",
                "data: {a: x}\nkind: 5",
                "stringdata: {a: x}\n",
                "kind: SecretList\nitems:\n- data: {a: x}\n",
                "items:\n- data: {a: x}\n",
                // Unreadable, each in its own way.
                "stringData:\n  a: 'x\n",
                "stringData\n  a: x\nkind: Secre\n",
                "kind: List\nitems:\n- stringData:\n    a: 'x\n",
                "metadata:\n  ownerReferences:\n  - kind: Pod\nstringData:\n  a: 'x\n",
                "{\"stringData\": {\"a\": \"x",
                "{\"metadata\":{\"ownerReferences\":[{\"kind\":\"Pod\"}]},\"data\":{\"a\":\"x",
                "{kind: , data: {a: x",
                "  name: db\nstringData:\n  b: \"hunt",
                "kind: metadata:\nstringData:\n  a: x\n",
            ],
        );
    }

    #[test]
    fn everything_else_is_left_alone() {
        check(
            Secrecy::No,
            &[
                "",
                "kind: Pod\n",
                "kind: ConfigMap\ndata: {a: x}\n",
                "kind: SecretStore\ndata: {a: x}\n",
                "kind: SealedSecret\ndata: {a: x}\n",
                "kind: Job\ndata: {a: x}\n",
                "kind: Se\nspec: {data: {a: x}}\n",
                "spec: {kind: Secret}\n",
                "data:\n",
                "data: {}\n",
                "metadata: {name: x}\n",
                "kind: Other\nitems:\n- data: {a: x}\n",
                "a: 'x",
                "metadata:\n  a: 'x",
                "kind: ConfigMap\ndata:\n  a: 'x\n",
                "---\n# data\n'kind': 'ConfigMap'\ndata:\n  a: 'x\n",
                "{\"kind\": \"ConfigMap\", \"data\": {\"a\": \"x",
                "{\"data\": {\"kind\": \"x\"}, \"kind\": \"ConfigMap\", ",
                "{kind: ConfigMap, data: {a: x",
                "# data:\n  a: x\nkind: ConfigMap\n",
            ],
        );
    }
}
