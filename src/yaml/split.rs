//! A text's documents, as apimachinery's `YAMLOrJSONDecoder` cuts them.

use std::sync::Arc;

use super::document::Document;
use super::error::{ReadError, ReadErrorKind};
use super::json;
use crate::text::Span;

/// Whether a text is tried as a stream of JSON values first.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// The byte offsets at which the documents of a YAML text begin. Never empty; begins with 0.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    // A `---` line begins a document. Looking for dashes is quicker than looking for lines.
    let mut at = 0;
    while let Some(found) = text[at..].find("\n---") {
        at += found + 1;
        if bytes[at - 1] == b'\n' {
            starts.push(at);
        }
        at += 3;
    }
    starts
}

/// The documents of a text that begins with `{`, with the offsets at which they begin. `known` may
/// know the value that begins at an offset, and is only a guess.
pub(super) fn json_documents(
    text: &str,
    known: &dyn Fn(usize) -> Option<Arc<Document>>,
) -> Vec<(usize, Arc<Document>)> {
    let mut documents: Vec<(usize, Arc<Document>)> = Vec::new();
    let mut start = 0;
    loop {
        let rest = &text[start..];
        if let Some(document) = known(start).filter(|document| begins_with(rest, document)) {
            let end = document.text().len();
            documents.push((start, document));
            start += end;
            if start == text.len() {
                return documents;
            }
            continue;
        }
        match json::value(rest) {
            Ok(read) => {
                // All blanks behind a value are its own, up to the next one.
                let end = json::blanks(rest, read.end);
                documents.push((start, Arc::new(Document::of_json(&rest[..end], read))));
                start += end;
                if start == text.len() {
                    return documents;
                }
            }
            // More than one value, and this is no other: Kubernetes does not turn to YAML any more.
            Err(no) if documents.len() > 1 => {
                let at = no.at.min(rest.len());
                let kind = ReadErrorKind::Json(no.why);
                let error = ReadError { kind, span: Span::empty(at) };
                documents.push((start, Arc::new(Document::failed(rest, Some(error)))));
                return documents;
            }
            Err(_) => break,
        }
    }
    if let Some((first, before)) = documents.pop() {
        // YAML goes on behind the first line break; its indentation is its own.
        let value_end = first + before.text().trim_end_matches([' ', '\t', '\r', '\n']).len();
        // For this, Kubernetes takes every blank there is, not only JSON's own.
        let blanks = &text[value_end..];
        let blanks = &blanks[..blanks.len() - blanks.trim_start().len()];
        let back = value_end + blanks.find('\n').map_or(blanks.len(), |at| at + 1);
        // Blanks before the first `---` are no document of their own.
        let rest = &text[back..];
        let next = starts(rest).get(1).copied().unwrap_or(rest.len());
        start = if rest[..next].trim().is_empty() { back + next } else { back };
        documents.push((first, Arc::new(Document::read(&text[first..start]))));
        if start == text.len() {
            return documents;
        }
    }
    let rest = &text[start..];
    let begins = starts(rest);
    for (i, &begin) in begins.iter().enumerate() {
        let end = begins.get(i + 1).copied().unwrap_or(rest.len());
        documents.push((start + begin, Arc::new(Document::read_yaml(&rest[begin..end]))));
    }
    documents
}

/// Whether reading `rest` would begin with just this value, blanks included.
fn begins_with(rest: &str, document: &Document) -> bool {
    let text = document.text();
    let behind = || rest.as_bytes().get(text.len());
    // A number or a word could go on where it ended before.
    let ends = text.ends_with(['}', ']', '"', ' ', '\t', '\r', '\n']);
    document.is_json() && ends && rest.starts_with(text) && !matches!(behind(), Some(b' ' | b'\t' | b'\r' | b'\n'))
}
