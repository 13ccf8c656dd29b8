//! Every case of `tests/yaml/semantics.jsonl` is read as Kubernetes' own code reads it.
//!
//! The table was made by `tools/yaml-oracle` (see its README); the answers are those of apimachinery
//! 0.37.1 and sigs.k8s.io/yaml 1.6.0, not ours. A case whose `stricter` says why is refused by us
//! though Kubernetes takes it.

use manifest_studio::yaml::{NoteKind, Stream};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Case {
    yaml: String,
    docs: Option<Vec<Value>>,
    error: Option<String>,
    strict: Option<String>,
    stricter: Option<String>,
}

/// Numbers that are equal are equal, however JSON writes them.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

#[test]
fn reads_as_kubernetes_reads() {
    let table = include_str!("yaml/semantics.jsonl");
    let (mut cases, mut wrong) = (0, Vec::new());
    for line in table.lines() {
        let case: Case = serde_json::from_str(line).expect("a case");
        cases += 1;
        let stream = Stream::read(case.yaml.as_str());
        let mut joined = String::new();
        for located in stream.documents() {
            assert_eq!(located.start, joined.len(), "{:?}", case.yaml);
            joined.push_str(located.document.text());
        }
        assert_eq!(joined, case.yaml);
        let error = stream.documents().iter().find_map(|d| d.document.error());
        let docs: Vec<Value> = stream.documents().iter().filter_map(|d| d.document.to_json()).collect();
        let duplicate = stream
            .documents()
            .iter()
            .flat_map(|d| d.document.notes())
            .any(|note| matches!(note.kind, NoteKind::DuplicateKey { .. }));
        let right = match (&case.docs, &case.stricter) {
            (_, Some(_)) => error.is_some() && case.error.is_none(),
            (Some(expected), None) => {
                error.is_none()
                    && docs.len() == expected.len()
                    && docs.iter().zip(expected).all(|(a, b)| same(a, b))
                    // Only strict reading refuses a duplicate key, so we must point it out.
                    && (case.strict.as_ref().is_none_or(|e| !e.contains("already set")) || duplicate || joined.contains("<<"))
            }
            (None, None) => error.is_some(),
        };
        if !right {
            wrong.push(format!(
                "{:?}\n  expected {:?} {:?} {:?}\n  read     {} {:?}",
                case.yaml,
                case.docs.map(|docs| Value::Array(docs).to_string()),
                case.error,
                case.strict,
                Value::Array(docs),
                error.map(|e| e.kind.to_string())
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {cases} cases are read otherwise:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases > 300);
}
