//! Checks files without a browser and without a cluster.
//!
//! `cargo run --release --example check -- [--version 1.36] PATH...` reads files and folders
//! (`.yaml .yml .json`) and prints a JSON object a document. Exit status: 1 when a document is refused,
//! 2 when a path cannot be read.

use std::path::Path;
use std::process::ExitCode;

use manifest_studio::check::{self, Verdict};
use manifest_studio::i18n::Locale;
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::text::LineIndex;
use manifest_studio::yaml::Stream;
use serde_json::json;

mod support;

fn main() -> ExitCode {
    let (version, paths) = match support::arguments("check") {
        Ok(given) => given,
        Err(code) => return code,
    };
    let mut refused = false;
    let unreadable = support::each_file(&paths, |file, text| refused |= report(file, text, version));
    ExitCode::from(if unreadable { 2 } else { u8::from(refused) })
}

/// Prints a line for each document; whether one of them is refused.
fn report(file: &Path, text: &str, version: Version) -> bool {
    let stream = Stream::read(text);
    let lines = LineIndex::new(text);
    let catalog = Catalog::builtin();
    let mut refused = false;
    let documents = stream.documents().iter().filter(|d| !d.document.is_null());
    for (number, located) in documents.enumerate() {
        let findings = check::check(catalog, version, &located.document);
        let verdict = check::verdict(&findings);
        refused |= matches!(verdict, Verdict::Decode | Verdict::Invalid);
        let identity = check::identity(&located.document);
        let findings: Vec<_> = findings
            .iter()
            .map(|f| {
                let at = lines.position(text, located.start + f.span.start as usize);
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
