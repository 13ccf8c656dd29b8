//! Reads one YAML text on standard input and prints its documents as a JSON array, as Kubernetes
//! reads them in its plain mode, or `{"error", "line", "column"}` when any of them cannot be read.

use std::io::{Read, Write};

use manifest_studio::text::LineIndex;
use manifest_studio::yaml::Stream;
use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", read(bytes))
}

fn read(bytes: Vec<u8>) -> Value {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(broken) => {
            let at = broken.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&broken.as_bytes()[..at]).into_owned();
            return refusal("the text is not UTF-8", &before, at);
        }
    };
    let stream = Stream::read(text.as_str());
    let mut documents = Vec::new();
    for located in stream.documents() {
        if let Some(error) = located.document.error() {
            return refusal(&error.kind.to_string(), &text, located.start + error.span.start as usize);
        }
        documents.extend(located.document.to_json());
    }
    Value::Array(documents)
}

/// Lines and columns are counted from 1, columns in characters as an editor counts them.
fn refusal(error: &str, text: &str, offset: usize) -> Value {
    let place = LineIndex::new(text).position(text, offset);
    json!({"error": error, "line": place.line + 1, "column": place.column + 1})
}
