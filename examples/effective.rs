//! Shows objects as a server would store them, without a browser and without a cluster.
//!
//! `cargo run --release --example effective -- [--version 1.36] PATH...` reads files and folders
//! (`.yaml .yml .json`) and prints a JSON object a document; its `object` is null when the document is refused, or of
//! a kind of which the defaults are not known. Exit status: 2 when a path cannot be read.

use std::path::Path;
use std::process::ExitCode;

use manifest_studio::check::{self, Verdict};
use manifest_studio::defaults;
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::yaml::{Document, Stream};
use serde_json::{Value, json};

mod support;

fn main() -> ExitCode {
    let (version, paths) = match support::arguments("effective") {
        Ok(given) => given,
        Err(code) => return code,
    };
    let unreadable = support::each_file(&paths, |file, text| report(file, text, version));
    ExitCode::from(if unreadable { 2 } else { 0 })
}

/// Prints a line for each document.
fn report(file: &Path, text: &str, version: Version) {
    let stream = Stream::read(text);
    let documents = stream.documents().iter().filter(|d| !d.document.is_null());
    for (number, located) in documents.enumerate() {
        let object = effective(&located.document, version);
        println!("{}", json!({ "file": file.display().to_string(), "document": number, "object": object }));
    }
}

fn effective(document: &Document, version: Version) -> Option<Value> {
    let catalog = Catalog::builtin();
    let verdict = check::verdict(&check::check(catalog, version, document));
    if matches!(verdict, Verdict::Decode | Verdict::Invalid) {
        return None;
    }
    let identity = check::identity(document);
    defaults::effective(identity.api_version?, identity.kind?, document.root()?.fitting(), catalog, version)
}
