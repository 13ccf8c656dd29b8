//! Prints the form of each document of a file as JSON, one object a line:
//! `cargo run --release --example form -- [--version 1.36] FILE`.
//!
//! `{"document", "apiVersion", "kind", "name", "sections": [{"id", "title", "problems", "fields": […]}],
//! "unplaced": […], "addable": {"<object>": […]}}`. A field is `{"path", "key", "label", "editor", "value",
//! "default", "required", "set", "findings"}`, with `fields` inside it, or `items` of a list, or `choices`.
//! `sections` is null for a document without a form; one that is no YAML has its fault in `unplaced`.
//! Exit status 1 when a document cannot be read, 2 when the file cannot be.

use manifest_studio::check::{self, Finding};
use manifest_studio::form::{self, Body, Card, Choice, Editor, Row};
use manifest_studio::i18n::{Label, Locale, Message};
use manifest_studio::k8s::{FieldPath, Segment, Version};
use manifest_studio::schema::Catalog;
use manifest_studio::yaml::{Document, Kind, Node, Path, Step, Stream};
use serde_json::{Map, Value, json};

fn main() {
    let mut version = Version::LATEST;
    let mut file = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--version" {
            let named = arguments.next().unwrap_or_default();
            let Some(known) = Version::parse(&named) else { fail(&format!("{named} is not a supported version")) };
            version = known;
        } else if file.replace(argument).is_some() {
            fail("one file, please");
        }
    }
    let Some(file) = file else { fail("usage: form [--version 1.36] FILE") };
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) => fail(&format!("{file}: {error}")),
    };
    let Ok(text) = String::from_utf8(bytes) else { fail(&format!("{file}: is not UTF-8 text")) };
    let documents = Stream::read(text);
    let mut unreadable = false;
    for (index, located) in documents.documents().iter().filter(|d| !d.document.is_null()).enumerate() {
        unreadable |= located.document.root().is_none();
        println!("{}", Printer { version, document: &located.document, findings: Vec::new() }.print(index));
    }
    if unreadable {
        std::process::exit(1);
    }
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    std::process::exit(2)
}

struct Printer<'d> {
    version: Version,
    document: &'d Document,
    findings: Vec<Finding>,
}

impl Printer<'_> {
    fn print(mut self, index: usize) -> Value {
        let catalog = Catalog::builtin();
        let document = self.document;
        self.findings = check::check(catalog, self.version, document);
        let form = form::form(catalog, self.version, document, &self.findings);
        let root = document.root();
        let text = |path: &[&str]| path.iter().try_fold(root?, |node, key| node.get(key))?.as_str();
        let mut addable = Map::new();
        if let (Some(root), true) = (root, form.is_some()) {
            self.addable(root, &mut Path::new(), &mut addable);
        }
        let sections = form.as_ref().map(|form| {
            let section = |s: &form::Section| {
                json!({"id": s.id, "title": english(&s.title), "problems": s.problems, "fields": self.rows(&s.rows)})
            };
            form.sections.iter().map(section).collect::<Vec<_>>()
        });
        json!({
            "document": index,
            "apiVersion": text(&["apiVersion"]),
            "kind": text(&["kind"]),
            "name": text(&["metadata", "name"]),
            "sections": sections,
            "unplaced": match form {
                Some(form) => self.said(&form.unplaced),
                None => self.said(&Vec::from_iter(0..self.findings.len())),
            },
            "addable": addable,
        })
    }

    fn rows(&self, rows: &[Row]) -> Vec<Value> {
        rows.iter().map(|row| self.row(row)).collect()
    }

    fn row(&self, row: &Row) -> Value {
        let mut out = json!({
            "path": notation(&row.path),
            "key": row.key,
            "label": english(&row.label),
            "editor": form::editors::name(&row.editor),
            "value": self.document.at(&row.path).map(Node::to_json),
            "default": row.default.as_ref().map(english),
            "required": row.required,
            "set": row.is_set(),
            "findings": self.said(&row.findings),
        });
        match &row.editor {
            Editor::Enum(options) => {
                let meaning = |o: &form::EnumOption| o.meaning.map(|id| Message::new(id).text(Locale::En));
                let options = options.iter().map(|o| json!({"value": o.value, "meaning": meaning(o)}));
                out["options"] = options.collect();
            }
            Editor::Number { min, max } => (out["min"], out["max"]) = (json!(min), json!(max)),
            Editor::Reference { kind } => out["of"] = kind.as_str().into(),
            _ => {}
        }
        match &row.body {
            Body::Leaf => {}
            Body::Group(rows) => out["fields"] = self.rows(rows).into(),
            Body::List(list) => {
                out["item"] = english(&list.item).into();
                out["items"] = list.cards.iter().map(|card| self.card(card)).collect();
            }
            Body::Union { choices, chosen, rows } => {
                let choice = |c: &Choice| json!({"key": c.key, "label": english(&c.label)});
                out["choices"] = choices.iter().map(choice).collect();
                out["chosen"] = chosen.map_or(Value::Null, |at| choices[at].key.clone().into());
                out["fields"] = self.rows(rows).into();
            }
        }
        out
    }

    fn card(&self, card: &Card) -> Value {
        json!({
            "path": notation(&card.path),
            "title": card.title,
            "summary": card.summary,
            "problems": card.problems,
            "fields": self.rows(&card.rows),
        })
    }

    fn said(&self, findings: &[usize]) -> Vec<Value> {
        let said = |f: &Finding| {
            json!({
                "source": f.source,
                "severity": f.severity,
                "reason": f.reason,
                "field": f.field.to_string(),
                "message": f.message.text(Locale::En),
            })
        };
        findings.iter().filter_map(|&at| self.findings.get(at)).map(said).collect()
    }

    /// What could be added at every object that is in the text.
    fn addable(&self, node: Node, path: &mut Path, out: &mut Map<String, Value>) {
        let children: Vec<(Step, Node)> = match node.kind() {
            Kind::Map => node.entries().map(|e| (Step::from(e.key), e.value)).collect(),
            Kind::Seq => node.items().enumerate().map(|(index, item)| (Step::from(index), item)).collect(),
            Kind::Scalar => Vec::new(),
        };
        if node.kind() == Kind::Map {
            let fields = form::addable(Catalog::builtin(), self.version, self.document, path);
            if !fields.is_empty() {
                let field = |f: &form::Addable| json!({"key": f.key, "label": english(&f.label), "type": f.type_name, "required": f.required, "template": f.template});
                out.insert(notation(path), fields.iter().map(field).collect());
            }
        }
        for (step, child) in children {
            path.push(step);
            self.addable(child, path, out);
            path.pop();
        }
    }
}

fn english(label: &Label) -> String {
    label.text(Locale::En)
}

/// Kubernetes' own notation; keys that are no plain words stand in brackets.
fn notation(path: &[Step]) -> String {
    let segment = |step: &Step| match step {
        Step::Index(index) => Segment::Index(*index),
        Step::Key(key) if key.chars().all(char::is_alphanumeric) => Segment::Field(key.clone()),
        Step::Key(key) => Segment::Key(key.clone()),
    };
    FieldPath(path.iter().map(segment).collect()).to_string()
}
