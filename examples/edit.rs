//! Reads edits as JSON lines on standard input,
//! `{"yaml", "doc", "op": "set|insert|append|delete|rename|move", "path", "key", "value", "after"}`,
//! and answers each with `{"yaml": …}` or `{"error": …}`.
//!
//! `doc` counts the documents that are not null, from 0.

use std::io::{BufRead, Write};

use manifest_studio::text::{Change, Span};
use manifest_studio::yaml::edit::{self, After, EditError};
use manifest_studio::yaml::{Path, Step, Stream};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Request {
    yaml: String,
    #[serde(default)]
    doc: usize,
    op: String,
    #[serde(default)]
    path: Path,
    key: Option<String>,
    #[serde(default)]
    value: Value,
    after: Option<Step>,
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = match serde_json::from_slice::<Request>(&line) {
            Ok(request) => answer(&request),
            Err(error) => json!({"error": format!("this line is no request: {error}")}),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn answer(request: &Request) -> Value {
    let stream = Stream::read(request.yaml.as_str());
    // A text without any content has one place to write to all the same.
    let mut documents = stream.documents().iter().filter(|located| !located.document.is_null());
    let located = match documents.nth(request.doc) {
        Some(located) => located,
        None if request.doc == 0 => match stream.documents().last() {
            Some(located) => located,
            None => return json!({"error": "there is no such document"}),
        },
        None => return json!({"error": "there is no such document"}),
    };
    let (document, path) = (&located.document, &request.path[..]);
    let after = request.after.clone().map_or(After::Last, After::Step);
    let change = match request.op.as_str() {
        "set" => edit::set(document, path, &request.value),
        "insert" => edit::insert(document, path, request.key.as_deref(), &request.value, &after),
        "append" => edit::append(document, path, &request.value),
        "delete" => edit::delete(document, path),
        "rename" => match &request.key {
            Some(key) => edit::rename(document, path, key),
            None => return json!({"error": "rename needs a key"}),
        },
        "move" => edit::move_to(document, path, &after),
        other => return json!({"error": format!("there is no operation {other}")}),
    };
    match change {
        Ok(change) => json!({"yaml": Change::apply_all(&request.yaml, &[change.shift(located.start)])}),
        Err(error) => json!({"error": words(&error, &request.yaml, located.start)}),
    }
}

fn words(error: &EditError, yaml: &str, start: usize) -> String {
    let line = |place: Span| 1 + yaml[..start + place.start as usize].matches('\n').count();

    match error {
        EditError::Unreadable => "the document cannot be read".to_owned(),
        EditError::NotFound => "there is nothing at that path".to_owned(),
        EditError::Exists => "the key is there already".to_owned(),
        EditError::Shared(places) => {
            let lines: Vec<String> = places.iter().map(|place| line(*place).to_string()).collect();
            format!("aliases repeat what stands there; it would change in line {} too", lines.join(", "))
        }
        EditError::Merged(place) => format!("the entry comes from the merge in line {}", line(*place)),
        EditError::Unfit => "the operation does not fit what stands there".to_owned(),
        EditError::SideEffect(what) => format!("the edit would have changed something else: {what}"),
    }
}
