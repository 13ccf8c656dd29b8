//! Checks files without a browser and without a cluster.
//!
//! `cargo run --release --example check -- [--version 1.36] PATH...` reads files and folders
//! (`.yaml .yml .json`) and prints a JSON object a document, with what lies between all of them (source `refs`).
//! Exit status: 1 when a document is refused, 2 when a path cannot be read.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

use manifest_studio::check::refs::{self, Facts, RefFinding};
use manifest_studio::check::{self, Verdict};
use manifest_studio::i18n::Locale;
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::text::LineIndex;
use manifest_studio::yaml::{Document, Stream};
use serde_json::json;

mod support;

fn main() -> ExitCode {
    let (version, paths) = match support::arguments("check") {
        Ok(given) => given,
        Err(code) => return code,
    };
    let mut files = Vec::new();
    let unreadable = support::each_file(&paths, |file, text| files.push((file.to_owned(), Stream::read(text))));
    let mut between = between(&files);
    let mut refused = false;
    for (number, file) in files.iter().enumerate() {
        refused |= report(number, file, version, &mut between);
    }
    ExitCode::from(if unreadable { 2 } else { u8::from(refused) })
}

/// Names a document: its file's number, and its own among those that are not empty.
type At = (usize, usize);

fn documents(stream: &Stream) -> impl Iterator<Item = (usize, usize, &Document)> {
    let documents = stream.documents().iter().filter(|d| !d.document.is_null());
    documents.enumerate().map(|(number, d)| (number, d.start, &*d.document))
}

/// What lies between the documents of all files.
fn between(files: &[(PathBuf, Stream)]) -> HashMap<At, Vec<RefFinding>> {
    let mut all: Vec<(At, Facts)> = Vec::new();
    for (file, (_, stream)) in files.iter().enumerate() {
        all.extend(documents(stream).map(|(number, _, document)| ((file, number), refs::facts(document))));
    }
    let all: Vec<(At, &Facts)> = all.iter().map(|(at, facts)| (*at, facts)).collect();
    let mut found: HashMap<At, Vec<RefFinding>> = HashMap::new();
    for (at, finding) in refs::between(&all) {
        found.entry(at).or_default().push(finding);
    }
    found
}

/// Prints a line for each document; whether one of them is refused.
fn report(
    number_of_file: usize,
    (file, stream): &(PathBuf, Stream),
    version: Version,
    between: &mut HashMap<At, Vec<RefFinding>>,
) -> bool {
    let text = stream.text();
    let lines = LineIndex::new(text);
    let catalog = Catalog::builtin();
    let mut refused = false;
    for (number, start, document) in documents(stream) {
        let mut findings = check::check(catalog, version, document);
        let verdict = check::verdict(&findings);
        refused |= matches!(verdict, Verdict::Decode | Verdict::Invalid);
        let identity = check::identity(document);
        if let Some(found) = between.remove(&(number_of_file, number)) {
            findings.extend(refs::place(document, &found));
            findings.sort_by_key(|f| (f.span.start, f.severity));
        }
        let findings: Vec<_> = findings
            .iter()
            .map(|f| {
                let at = lines.position(text, start + f.span.start as usize);
                json!({
                    "source": f.source,
                    "severity": f.severity,
                    "reason": f.reason,
                    "field": f.field.to_string(),
                    "message": f.message.text(Locale::En),
                    "line": at.line + 1,
                    "column": at.column + 1,
                    "fixes": f.fixes.len(),
                })
            })
            .collect();
        let line = json!({
            "file": file.display().to_string(),
            "document": number,
            "apiVersion": identity.api_version,
            "kind": identity.kind,
            "name": identity.name,
            "verdict": verdict,
            "findings": findings,
        });
        println!("{line}");
    }
    refused
}
