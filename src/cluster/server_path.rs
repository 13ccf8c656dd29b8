use std::fmt;

use serde_json::Value;

use crate::k8s::{FieldPath, Segment};

/// A place as the server writes it. Its notations leave open what only the object can tell:
/// `.metadata.labels.app.kubernetes.io/name` (where does a key begin?), `containers[name="web"]`
/// (which index?), `spec.containers.ports.containerPort` (a decoding error, without indices).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServerPath(String);

const LONGEST: usize = 2000;

/// A [`ServerPath`] found in an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The place in Kubernetes' own notation, with indices.
    pub path: FieldPath,
    /// How many of its segments are there in the object; the rest is what the server misses.
    pub present: usize,
}

/// One piece between dots and brackets.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    /// `metadata.labels.a.b`: names whose borders only the object shows.
    Names(&'a str),
    /// `[0]` or `[app]`: an index or a key.
    Bracket(&'a str),
    /// `[name="web",protocol="TCP"]`: the item of a list that has these values.
    Keys(Vec<(&'a str, Value)>),
    /// `[="x"]`: that item of a set.
    Item(Value),
}

impl ServerPath {
    /// The place that `text` names; a leading dot does not matter, `[]` and `<nil>` are the object itself.
    pub fn new(text: &str) -> ServerPath {
        let text = text.strip_prefix('.').unwrap_or(text);
        // Longer than any real one; what is beyond would only make the search deep.
        let end = (0..=text.len().min(LONGEST)).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
        let text = &text[..end];
        ServerPath(if matches!(text, "[]" | "<nil>") { String::new() } else { text.to_owned() })
    }

    /// Whether it is the object itself.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Finds the place in `object` (the manifest as it was sent).
    pub fn resolve(&self, object: &Value) -> Resolved {
        let mut found = Resolved { path: FieldPath::root(), present: 0 };
        walk(&pieces(&self.0), object, &mut found);
        found
    }
}

impl fmt::Display for ServerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (piece, used) = bracket(inner);
            pieces.push(piece);
            rest = &inner[used..];
        } else {
            let end = rest.find('[').unwrap_or(rest.len());
            let names = rest[..end].trim_matches('.');
            if !names.is_empty() {
                pieces.push(Piece::Names(names));
            }
            rest = &rest[end..];
        }
    }
    pieces
}

/// What stands behind a `[`, and how many bytes of it, the `]` included.
fn bracket(inner: &str) -> (Piece<'_>, usize) {
    if let Some((value, used)) = inner.strip_prefix('=').and_then(value) {
        return (Piece::Item(value), closed(inner, 1 + used));
    }
    let mut keys = Vec::new();
    let mut at = 0;
    while let Some((name, behind)) = inner[at..].split_once('=').filter(|(name, _)| !name.contains([']', '"'])) {
        let Some((value, used)) = value(behind) else { break };
        keys.push((name, value));
        at += name.len() + 1 + used;
        match inner.as_bytes().get(at) {
            Some(b',') => at += 1,
            _ => return (Piece::Keys(keys), closed(inner, at)),
        }
    }
    let close = inner.find(']').unwrap_or(inner.len());
    (Piece::Bracket(inner[..close].trim_matches('"')), closed(inner, close))
}

/// Behind the `]` at `at`, if it is one: behind a value anything may stand.
fn closed(inner: &str, at: usize) -> usize {
    at + usize::from(inner[at..].starts_with(']'))
}

/// A value as Go writes it with `%q` or `%v`, and its length.
fn value(text: &str) -> Option<(Value, usize)> {
    if text.starts_with('"') {
        let (word, used) = super::sentence::quoted(text)?;
        return Some((Value::String(word), used));
    }
    let end = text.find([',', ']'])?;
    let word = &text[..end];
    Some((serde_json::from_str(word).unwrap_or_else(|_| Value::String(word.to_owned())), end))
}

fn walk(pieces: &[Piece], value: &Value, found: &mut Resolved) {
    let Some((piece, rest)) = pieces.split_first() else { return };
    match piece {
        Piece::Names(names) => walk_names(names, rest, value, found),
        Piece::Bracket(word) => match (value, word.parse::<usize>()) {
            (Value::Object(map), _) => step(map.get(*word), Segment::Key((*word).to_owned()), rest, found),
            (Value::Array(items), Ok(i)) => step(items.get(i), Segment::Index(i), rest, found),
            (_, Ok(i)) => step(None, Segment::Index(i), rest, found),
            _ => step(None, Segment::Key((*word).to_owned()), rest, found),
        },
        Piece::Keys(keys) => step_into(value, rest, found, |items| {
            // The server fills in defaulted keys (`protocol`) before it names an item.
            let agrees = |item: &Value, missing_too: bool| {
                let mut some = false;
                keys.iter().all(|(name, wanted)| match item.get(name) {
                    Some(is) => {
                        some = true;
                        is == wanted
                    }
                    None => missing_too,
                }) && some
            };
            items.iter().position(|i| agrees(i, false)).or_else(|| items.iter().position(|i| agrees(i, true)))
        }),
        Piece::Item(wanted) => step_into(value, rest, found, |items| items.iter().position(|i| i == wanted)),
    }
}

/// One segment down; what is not there is spelled out as far as words go.
fn step(value: Option<&Value>, segment: Segment, rest: &[Piece], found: &mut Resolved) {
    found.path.0.push(segment);
    if value.is_some() {
        found.present = found.path.0.len();
    }
    walk(rest, value.unwrap_or(&Value::Null), found);
}

/// Into the item that `which` finds; where there is none, the list is as near as it gets.
fn step_into(value: &Value, rest: &[Piece], found: &mut Resolved, which: impl Fn(&[Value]) -> Option<usize>) {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if let Some(i) = which(items) {
        step(items.get(i), Segment::Index(i), rest, found);
    }
}

fn walk_names(names: &str, rest: &[Piece], value: &Value, found: &mut Resolved) {
    match value {
        Value::Object(map) => {
            // The longest key that is there: `app.kubernetes.io/name` beside `app`.
            let mut end = names.len();
            loop {
                if let Some(inner) = map.get(&names[..end]) {
                    let segment = named(&found.path, &names[..end]);
                    found.path.0.push(segment);
                    found.present = found.path.0.len();
                    return match names.get(end + 1..) {
                        Some(more) if !more.is_empty() => walk_names(more, rest, inner, found),
                        _ => walk(rest, inner, found),
                    };
                }
                match names[..end].rfind('.') {
                    Some(dot) => end = dot,
                    None => break,
                }
            }
        }
        // No index given: the item in which the rest is found deepest, the first of equals.
        Value::Array(items) => {
            let mut best: Option<Resolved> = None;
            for (i, item) in items.iter().enumerate() {
                let mut tried = found.clone();
                tried.path.0.push(Segment::Index(i));
                tried.present = tried.path.0.len();
                walk_names(names, rest, item, &mut tried);
                if best.as_ref().is_none_or(|b| tried.present > b.present) {
                    best = Some(tried);
                }
            }
            if let Some(best) = best {
                *found = best;
                return;
            }
        }
        _ => {}
    }
    if is_map(&found.path) {
        return step(None, Segment::Key(names.to_owned()), rest, found);
    }
    let (name, more) = names.split_once('.').unwrap_or((names, ""));
    found.path.0.push(Segment::Field(name.to_owned()));
    match more {
        "" => walk(rest, &Value::Null, found),
        more => walk_names(more, rest, &Value::Null, found),
    }
}

/// Whether `path` ends at a field that Kubernetes' types have as a map of free keys.
fn is_map(path: &FieldPath) -> bool {
    const MAPS: [&str; 11] = [
        "annotations",
        "binaryData",
        "data",
        "hard",
        "labels",
        "limits",
        "matchLabels",
        "nodeSelector",
        "overhead",
        "requests",
        "stringData",
    ];
    matches!(path.0.last(), Some(Segment::Field(name)) if MAPS.contains(&name.as_str()))
}

fn named(path: &FieldPath, name: &str) -> Segment {
    if name.contains(['.', '/']) || is_map(path) {
        Segment::Key(name.to_owned())
    } else {
        Segment::Field(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_every_notation_of_the_server() {
        let object = json!({
            "metadata": {"labels": {"app": "a", "app.kubernetes.io/name": "b", "0": "c"}, "finalizers": ["x/y", "z"]},
            "spec": {"replicas": 1, "containers": [
                {"name": "a", "image": "x"},
                {"name": "we]b", "image": "y", "ports": [{"containerPort": 80}, {"containerPort": 80, "protocol": "UDP"}]},
            ]},
        });
        // (as the server writes it, as Kubernetes' validation would, how much is there)
        let table = [
            ("", "", 0),
            ("[]", "", 0),
            ("<nil>", "", 0),
            ("spec.replicas", "spec.replicas", 2),
            (".spec.replicas", "spec.replicas", 2),
            ("spec.containers[1].ports[0].containerPort", "spec.containers[1].ports[0].containerPort", 6),
            ("spec.containers[7].name", "spec.containers[7].name", 2),
            ("spec.containers[0].resources.limits[cpu]", "spec.containers[0].resources.limits[cpu]", 3),
            ("spec.template.spec", "spec.template.spec", 1),
            ("metadata.labels[app]", "metadata.labels[app]", 3),
            ("metadata.labels[0]", "metadata.labels[0]", 3),
            ("metadata.annotations[a.b/c]", "metadata.annotations[a.b/c]", 1),
            (".metadata.labels.app", "metadata.labels[app]", 3),
            (".metadata.labels.app.kubernetes.io/name", "metadata.labels[app.kubernetes.io/name]", 3),
            (".metadata.labels.gone.example.com/x", "metadata.labels[gone.example.com/x]", 2),
            (".metadata.finalizers[=\"z\"]", "metadata.finalizers[1]", 3),
            (".metadata.finalizers[=\"gone\"]", "metadata.finalizers", 2),
            (".spec.containers[name=\"a\"].image", "spec.containers[0].image", 4),
            (".spec.containers[name=\"we]b\"].image", "spec.containers[1].image", 4),
            (
                ".spec.containers[name=\"we]b\"].ports[containerPort=80,protocol=\"TCP\"].containerPort",
                "spec.containers[1].ports[0].containerPort",
                6,
            ),
            (
                ".spec.containers[name=\"we]b\"].ports[containerPort=80,protocol=\"UDP\"].name",
                "spec.containers[1].ports[1].name",
                5,
            ),
            (".spec.containers[name=\"gone\"].image", "spec.containers", 2),
            ("spec.containers.ports.containerPort", "spec.containers[1].ports[0].containerPort", 6),
        ];
        for (written, path, present) in table {
            let found = ServerPath::new(written).resolve(&object);
            assert_eq!((found.path.to_string().as_str(), found.present), (path, present), "{written}");
        }
    }

    #[test]
    fn any_text_is_some_place() {
        let object = json!({"a": [{"b": {"c.d": [1]}}], "[": 1});
        for odd in [
            "[",
            "]",
            "a[",
            "a[=",
            "a[=\"",
            "a[x=",
            "a[x=\"",
            "a[x=1",
            "a[x=1,",
            "a[x=1]]",
            "...",
            "a..b",
            "ä[ö=ü]ß",
            "a[\"]",
            "a[=\"\"ä",
            "a[x=\"\"ä",
        ] {
            let found = ServerPath::new(odd).resolve(&object);
            assert!(found.present <= found.path.0.len(), "{odd}");
        }
        let long = "ä.".repeat(1_000_000);
        assert_eq!(ServerPath::new(&long).resolve(&object).present, 0);
    }
}
