//! What the tests of the form share: documents to look at, rows by path.
#![allow(dead_code)]

use std::path::{Path as FilePath, PathBuf};
use std::process::Command;

use manifest_studio::form::{Body, Form, Row};
use manifest_studio::yaml::{Document, Kind, Node, Path, Step, Stream};

/// A path as the tests write it: `spec.containers.0.name`; keys with dots in them in brackets.
pub fn path(text: &str) -> Path {
    text.split('.').map(|s| s.parse::<usize>().map_or_else(|_| Step::from(s), Step::from)).collect()
}

/// Every row, the outer before the inner.
pub fn rows(form: &Form) -> Vec<&Row> {
    let mut all = Vec::new();
    for section in &form.sections {
        collect(&section.rows, &mut all);
    }
    all
}

fn collect<'r>(rows: &'r [Row], all: &mut Vec<&'r Row>) {
    for row in rows {
        all.push(row);
        match &row.body {
            Body::Leaf => {}
            Body::Group(rows) | Body::Union { rows, .. } => collect(rows, all),
            Body::List(list) => list.cards.iter().for_each(|card| collect(&card.rows, all)),
        }
    }
}

/// The first row at that path; of a union and its field, the field.
pub fn row<'f>(form: &'f Form, at: &str) -> Option<&'f Row> {
    let at = path(at);
    let here: Vec<&Row> = rows(form).into_iter().filter(|row| row.path == at).collect();
    let field = here.iter().find(|row| !matches!(row.body, Body::Union { .. }));
    field.or(here.first()).copied()
}

/// The paths of all plain values of a document, empty lists and maps among them.
pub fn scalars(document: &Document) -> Vec<Path> {
    fn walk(node: Node, path: &mut Path, all: &mut Vec<Path>) {
        let children: Vec<(Step, Node)> = match node.kind() {
            Kind::Map => node.entries().map(|e| (Step::from(e.key), e.value)).collect(),
            Kind::Seq => node.items().enumerate().map(|(index, item)| (Step::from(index), item)).collect(),
            Kind::Scalar => Vec::new(),
        };
        if children.is_empty() {
            all.push(path.clone());
        }
        for (step, child) in children {
            path.push(step);
            walk(child, path, all);
            path.pop();
        }
    }
    let mut all = Vec::new();
    if let Some(root) = document.root() {
        walk(root, &mut Path::new(), &mut all);
    }
    all
}

/// The texts of the gallery, by file name.
pub fn gallery() -> Vec<(String, String)> {
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("static/templates");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).expect("the gallery").flatten().map(|f| f.path()).collect();
    files.sort();
    files.retain(|f| f.extension().is_some_and(|e| e == "yaml") && !f.ends_with("index.yaml"));
    let name = |f: &PathBuf| f.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    files.iter().map(|f| (name(f), std::fs::read_to_string(f).expect("a template"))).collect()
}

/// The public manifests, beside the checkout or where `STUDIO_PUBLIC` says; none where they are absent.
pub fn public() -> Vec<(String, String)> {
    let folder = std::env::var_os("STUDIO_PUBLIC")
        .map_or_else(|| FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../shared/public"), PathBuf::from);
    if !folder.is_dir() {
        println!("left out: there is no ../shared/public");
        return Vec::new();
    }
    let unpacked = Command::new("xz").arg("-dc").arg(folder.join("verdicts.jsonl.xz")).output().expect("xz runs");
    let lines = String::from_utf8(unpacked.stdout).expect("the verdicts are UTF-8");
    let case = |line: &str| {
        let case: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        (case["src"].to_string(), case["text"].as_str().expect("a case has a text").to_owned())
    };
    lines.lines().map(case).collect()
}

/// The documents of a text.
pub fn documents(text: &str) -> Vec<std::sync::Arc<Document>> {
    let stream = Stream::read(text);
    stream.documents().iter().map(|d| d.document.clone()).filter(|d| !d.is_null()).collect()
}
