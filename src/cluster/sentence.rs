//! The server's sentences: what they say in prose that a program can use.

use super::server_path::ServerPath;

/// What is wrong at a field, as far as decoding tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The type does not have this field.
    Unknown,
    /// The field, or the item of a list, stands there twice.
    Duplicate,
    /// The value is of the wrong type.
    WrongType,
}

impl FaultKind {
    /// The word for it beside the `FieldValue…` reasons of the API.
    pub fn reason(self) -> &'static str {
        match self {
            FaultKind::Unknown => "UnknownField",
            FaultKind::Duplicate => "DuplicateKey",
            FaultKind::WrongType => "WrongType",
        }
    }
}

/// A field that decoding refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where.
    pub path: ServerPath,
    /// The server's words about it.
    pub sentence: String,
}

impl Fault {
    fn new(kind: FaultKind, path: &str, sentence: &str) -> Fault {
        Fault { kind, path: ServerPath::new(path), sentence: sentence.trim().to_owned() }
    }
}

/// A Go `%q` text at the start of `text`: what it says, and how many bytes it takes.
pub(super) fn quoted(text: &str) -> Option<(String, usize)> {
    let mut word = String::new();
    let mut chars = text.strip_prefix('"')?.char_indices();
    while let Some((i, c)) = chars.next() {
        match c {
            '"' => return Some((word, i + 2)),
            '\\' => {
                let (_, escaped) = chars.next()?;
                let digits = match escaped {
                    'n' => {
                        word.push('\n');
                        continue;
                    }
                    't' => {
                        word.push('\t');
                        continue;
                    }
                    'r' => {
                        word.push('\r');
                        continue;
                    }
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    other => {
                        word.push(other);
                        continue;
                    }
                };
                let mut code = 0u32;
                for _ in 0..digits {
                    code = code.wrapping_mul(16).wrapping_add(chars.next()?.1.to_digit(16)?);
                }
                word.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            c => word.push(c),
        }
    }
    None
}

/// What decoding refuses, read from the sentence of a 400 (ordinary requests) or a 500 (server-side
/// apply); empty when the sentence is about something else.
pub fn faults(sentence: &str) -> Vec<Fault> {
    if let Some((_, list)) = sentence.split_once("strict decoding error: ") {
        return strict(list);
    }
    if let Some((_, rest)) = sentence.split_once("json: cannot unmarshal ") {
        // `string into Go struct field DeploymentSpec.spec.replicas of type int32`
        return rest
            .split_once("Go struct field ")
            .and_then(|(_, field)| field.split_once(" of type ").map(|(field, _)| field))
            .and_then(|field| field.split_once('.'))
            .map(|(_, path)| vec![Fault::new(FaultKind::WrongType, path, &format!("cannot unmarshal {rest}"))])
            .unwrap_or_default();
    }
    if sentence.starts_with("failed to create typed ") {
        // `failed to create typed patch object (default/web; apps/v1, Kind=Deployment): ` and one
        // `.path: words`, or `errors:` and one a line.
        let list = sentence.split_once("): ").map_or("", |(_, list)| list);
        return list.lines().filter_map(typed).collect();
    }
    Vec::new()
}

/// One fault of structured-merge-diff.
fn typed(line: &str) -> Option<Fault> {
    let line = line.trim();
    let (path, words) = line.strip_prefix('.').and_then(|l| l.split_once(": "))?;
    let kind = if words.starts_with("field not declared in schema") {
        FaultKind::Unknown
    } else if words.starts_with("duplicate entries for key") {
        FaultKind::Duplicate
    } else if words.starts_with("expected ") {
        FaultKind::WrongType
    } else {
        return None;
    };
    Some(Fault::new(kind, path, words))
}

/// `unknown field "a", duplicate field "b"`, and what go-yaml says of a body in YAML.
pub(super) fn strict(list: &str) -> Vec<Fault> {
    const WORDS: [(&str, FaultKind); 3] = [
        ("unknown field \"", FaultKind::Unknown),
        ("duplicate field \"", FaultKind::Duplicate),
        // `line 5: key "name" already set in map`
        (": key \"", FaultKind::Duplicate),
    ];
    let mut found = Vec::new();
    let mut rest = list;
    while let Some((at, word, kind)) =
        WORDS.iter().filter_map(|(word, kind)| rest.find(word).map(|at| (at, *word, *kind))).min_by_key(|(at, ..)| *at)
    {
        let quote = at + word.len() - 1;
        let Some((path, used)) = quoted(&rest[quote..]) else { break };
        let whole = rest[at..quote + used].trim_start_matches(": ");
        found.push(Fault::new(kind, &path, whole));
        rest = &rest[quote + used..];
    }
    found
}

/// The place a sentence begins with (`spec.template.spec.containers[0].env[1].name: …`), as warnings do.
pub(super) fn leading_path(sentence: &str) -> Option<ServerPath> {
    let (path, _) = sentence.split_once(": ")?;
    let names = path.starts_with(|c: char| c.is_ascii_lowercase()) && path.contains('.');
    (names && !path.contains(' ')).then(|| ServerPath::new(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sentence: &str) -> Vec<(FaultKind, String)> {
        faults(sentence).into_iter().map(|f| (f.kind, f.path.to_string())).collect()
    }

    #[test]
    fn reads_decoding_errors() {
        use FaultKind::{Duplicate, Unknown, WrongType};
        let table: [(&str, &[(FaultKind, &str)]); 8] = [
            (
                r#"strict decoding error: unknown field "spec.bogus", duplicate field "a.b[0].c""#,
                &[(Unknown, "spec.bogus"), (Duplicate, "a.b[0].c")],
            ),
            (
                r#"strict decoding error: unknown field "a, unknown field \"b\"""#,
                &[(Unknown, r#"a, unknown field "b""#)],
            ),
            (
                "strict decoding error: yaml: unmarshal errors:\n  line 5: key \"name\" already set in map\n  line 8: key \"data\" already set in map, unknown field \"bogus\"",
                &[(Duplicate, "name"), (Duplicate, "data"), (Unknown, "bogus")],
            ),
            (
                "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32",
                &[(WrongType, "spec.replicas")],
            ),
            ("json: cannot unmarshal string into Go value of type v1.Deployment", &[]),
            (
                "failed to create typed patch object (a/b; v1, Kind=Pod): .spec.containers: duplicate entries for key [name=\"web\"]",
                &[(Duplicate, "spec.containers")],
            ),
            ("strict decoding error: unknown field \"open", &[]),
            ("the server is tired", &[]),
        ];
        for (sentence, expected) in table {
            let expected: Vec<_> = expected.iter().map(|(k, p)| (*k, (*p).to_owned())).collect();
            assert_eq!(told(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn unquotes_as_go_quotes() {
        assert_eq!(quoted(r#""a\"b\\c\n\u00e4\x41" rest"#), Some(("a\"b\\c\näA".into(), 21)));
        for open in ["", "a", "\"", "\"a", "\"\\", "\"\\x4", "\"\\uzz\""] {
            assert_eq!(quoted(open), None, "{open}");
        }
    }

    #[test]
    fn finds_where_a_warning_begins() {
        let at = |s: &str| leading_path(s).map(|p| p.to_string());
        assert_eq!(at("spec.ports[0]: duplicate").as_deref(), Some("spec.ports[0]"));
        assert_eq!(at("would violate PodSecurity \"a\": b.c"), None);
        assert_eq!(at("unknown field \"spec.bogus\""), None);
    }
}
