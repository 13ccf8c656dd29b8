//! Checks files without a browser and without a cluster.
//!
//! `cargo run --release --example check -- [--version 1.36] PATH...` reads files and folders
//! (`.yaml .yml .json`) and prints a JSON object a document. Exit status: 1 when a document is refused,
//! 2 when a path cannot be read.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use manifest_studio::check::{self, Verdict};
use manifest_studio::i18n::Locale;
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::text::LineIndex;
use manifest_studio::yaml::Stream;
use serde_json::json;

fn main() -> ExitCode {
    let mut version = Version::LATEST;
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--version" {
            match arguments.next().as_deref().and_then(Version::parse) {
                Some(given) => version = given,
                None => {
                    eprintln!("--version takes 1.33 to 1.37");
                    return ExitCode::from(2);
                }
            }
        } else {
            paths.push(PathBuf::from(argument));
        }
    }
    if paths.is_empty() {
        eprintln!("usage: check [--version 1.36] PATH...");
        return ExitCode::from(2);
    }
    let (mut refused, mut unreadable) = (false, false);
    for path in &paths {
        let mut files = Vec::new();
        if let Err(error) = collect(path, &mut files) {
            eprintln!("{}: {error}", path.display());
            unreadable = true;
        }
        for file in files {
            match std::fs::read(&file) {
                Ok(bytes) => refused |= report(&file, &String::from_utf8_lossy(&bytes), version),
                Err(error) => {
                    eprintln!("{}: {error}", file.display());
                    unreadable = true;
                }
            }
        }
    }
    ExitCode::from(if unreadable { 2 } else { u8::from(refused) })
}

/// A file that is named is read whatever its ending; in a folder only YAML and JSON are.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries = std::fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let known = path.extension().is_some_and(|e| e == "yaml" || e == "yml" || e == "json");
        // A linked folder may lead back here.
        if entry.file_type()?.is_dir() || (known && !path.is_dir()) {
            collect(&path, files)?;
        }
    }
    Ok(())
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
