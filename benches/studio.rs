//! What every keystroke and every opened file costs, without a browser: `cargo bench`, or `make bench` for all.
//!
//! Measured on one Deployment of 500 lines and on 3,000 documents in a file, both made of the gallery's templates.

use std::hint::black_box;
use std::rc::Rc;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use k8s_openapi::api::apps::v1::Deployment;
use manifest_studio::check::check;
use manifest_studio::form::{FormEdit, form};
use manifest_studio::i18n::Locale;
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::studio::analysis::{self, DocumentText, Revision};
use manifest_studio::studio::{Action, EditKind, Effect, OpenedFile, PlacedChange, Start, State, templates, update};
use manifest_studio::text::{Change, LineIndex, Position};
use manifest_studio::yaml::{Document, Path, Step, Stream, edit};
use serde::Deserialize;
use serde_json::{Value, json};

const LINES: usize = 500;
const DOCUMENTS: usize = 3000;
const SMALL: usize = 1000;

fn path(keys: &str) -> Path {
    keys.split('.').map(|key| key.parse::<usize>().map_or_else(|_| Step::from(key), Step::from)).collect()
}

fn edited(document: &Document, change: Result<Change, edit::EditError>) -> Document {
    let change = change.expect("the edit is made");
    Document::read(&Change::apply_all(document.text(), &[change]))
}

/// The web server of the gallery, with as many containers as give it 500 lines.
fn long() -> String {
    let template = templates().iter().find(|t| t.id == "web-server").expect("the web server");
    let mut document = Document::read(Stream::read(template.text()).documents()[0].document.text());
    let list = path("spec.template.spec.containers");
    let first = document.at(&path("spec.template.spec.containers.0")).expect("a container").to_json();
    for n in 1.. {
        let mut container = first.clone();
        container["name"] = Value::from(format!("web-{n}"));
        let next = edited(&document, edit::append(&document, &list, &container));
        if next.text().lines().count() > LINES {
            break;
        }
        document = next;
    }
    document.text().to_owned()
}

/// The templates' documents over and over, each with a name of its own.
fn many() -> String {
    let documents: Vec<Document> = templates()
        .iter()
        .flat_map(|t| {
            Stream::read(t.text()).documents().iter().map(|d| Document::read(d.document.text())).collect::<Vec<_>>()
        })
        .filter(|d| !d.is_null())
        .collect();
    let mut text = String::new();
    for (n, document) in (0..DOCUMENTS).zip(documents.iter().cycle()) {
        let named = edited(document, edit::set(document, &path("metadata.name"), &json!(format!("object-{n}"))));
        if n > 0 && !named.text().starts_with("---") {
            text.push_str("---\n");
        }
        text.push_str(named.text());
    }
    assert_eq!(Stream::read(text.as_str()).documents().len(), DOCUMENTS);
    text
}

/// As many documents of a few short lines, without comments.
fn short() -> String {
    let one = |n: usize| {
        format!(
            "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: service-{n}\n  labels:\n    app: web\n    tier: \"{}\"\nspec:\n  selector:\n    app: web\n  ports:\n  - name: http\n    port: 80\n    targetPort: 8080\n",
            n % 7
        )
    };
    (0..DOCUMENTS).map(one).collect()
}

fn read(c: &mut Criterion) {
    let mut group = c.benchmark_group("read");
    for (name, text) in [("500 lines", long()), ("3,000 documents", many()), ("3,000 short documents", short())] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| b.iter(|| Stream::read(black_box(text.as_str()))));
    }
    group.finish();
    let mut group = c.benchmark_group("tree");
    let stream = Stream::read(many());
    let at = stream.documents()[DOCUMENTS / 2].start;
    let at = at + stream.text()[at..].find("object-").expect("its name");
    let change = [Change::new(at, at, "x")];
    group.bench_function("3,000 documents, read again after an edit in one", |b| {
        b.iter(|| stream.edit(black_box(&change)))
    });
    let document = Document::read(&long());
    let root = document.root().expect("it is read");
    group.bench_function("500 lines, as JSON", |b| b.iter(|| black_box(root).to_json()));
    group.bench_function("500 lines, as its type", |b| {
        b.iter(|| Deployment::deserialize(black_box(root).typed()).expect("a Deployment"))
    });
    group.finish();
}

fn write(c: &mut Criterion) {
    let mut group = c.benchmark_group("edit");
    let document = Document::read(&long());
    let replicas = path("spec.replicas");
    group.bench_function("500 lines, set", |b| b.iter(|| edit::set(&document, black_box(&replicas), &json!(7))));
    let containers = path("spec.template.spec.containers");
    let container = json!({"name": "one-more", "image": "nginx:1.29", "ports": [{"containerPort": 80}]});
    group.bench_function("500 lines, append", |b| {
        b.iter(|| edit::append(&document, &containers, black_box(&container)))
    });
    group.finish();
}

/// The templates' documents of the kinds whose rules are known, or of the others, as texts, many times.
fn small(rules: bool) -> Vec<String> {
    let ours = |document: &Document| {
        let identity = manifest_studio::check::identity(document);
        let known = manifest_studio::check::api::has_rules;
        !document.is_null()
            && known(identity.api_version.unwrap_or_default(), identity.kind.unwrap_or_default()) == rules
    };
    let mut texts: Vec<String> = Vec::new();
    for template in templates() {
        let stream = Stream::read(template.text());
        let documents = stream.documents().iter().map(|d| &d.document).filter(|document| ours(document));
        texts.extend(documents.map(|document| document.text().to_owned()));
    }
    texts.iter().cycle().take(SMALL).cloned().collect()
}

/// Reads and checks each; how many findings there are.
fn on_two_threads(texts: &[String]) -> usize {
    let catalog = Catalog::builtin();
    let one = |text: &String| check(catalog, Version::LATEST, &Document::read(text)).len();
    let (left, right) = texts.split_at(texts.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| right.iter().map(one).sum::<usize>());
        left.iter().map(one).sum::<usize>() + other.join().expect("no panic")
    })
}

fn look(c: &mut Criterion) {
    let catalog = Catalog::builtin();
    let document = Document::read(&long());
    let many = Stream::read(many());
    let findings = check(catalog, Version::LATEST, &document);
    c.bench_function("form/500 lines", |b| b.iter(|| form(catalog, Version::LATEST, black_box(&document), &findings)));

    let mut group = c.benchmark_group("check");
    group.bench_function("500 lines", |b| b.iter(|| check(catalog, Version::LATEST, black_box(&document))));
    let mut texts = Vec::new();
    let mut state = begun();
    open(&mut state, many.text());
    for summary in state.index.documents() {
        texts.push(DocumentText { at: summary.at, revision: Revision(0), text: summary.document.text().to_owned() });
    }
    for (name, rules) in [("small manifests, on 2 threads", true), ("the same, of kinds with a schema only", false)] {
        let small = small(rules);
        group.throughput(Throughput::Elements(small.len() as u64));
        group.bench_function(name, |b| b.iter(|| on_two_threads(black_box(&small))));
    }
    group.throughput(Throughput::Elements(1));
    group.sample_size(20);
    group.bench_function("3,000 documents, as the analyst does", |b| {
        b.iter(|| analysis::analyze(catalog, Version::LATEST, black_box(&texts)))
    });
    group.finish();
    let bytes = catalog_file();
    c.bench_function("schema/read the catalog", |b| b.iter(|| Catalog::decode(black_box(&bytes))));
}

fn catalog_file() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/static/catalog.bin")).expect("the catalog")
}

/// Does what happens, and answers what it asks for at once, the analyst's part left out.
fn act(state: &mut State, action: Action) {
    let mut actions = vec![action];
    while let Some(action) = actions.pop() {
        let (next, effects) = update(std::mem::take(state), action);
        *state = next;
        for effect in effects {
            match effect {
                Effect::Store(write) => {
                    actions.push(Action::Kept { workspace: write.workspace.to_string(), seq: write.seq });
                }
                Effect::ListWorkspaces => actions.push(Action::WorkspacesListed(Vec::new())),
                Effect::LoadWorkspace(name) => actions.push(Action::Loaded { name, stored: Ok(None) }),
                _ => (),
            }
        }
    }
}

fn begun() -> State {
    let mut state = State::new(Locale::En);
    act(&mut state, Action::Start(Start::default()));
    act(&mut state, Action::CatalogFetched(Ok(Rc::from(catalog_file()))));
    state
}

fn open(state: &mut State, text: &str) {
    let bytes = Ok(Rc::from(text.as_bytes()));
    act(state, Action::Opened(vec![OpenedFile { name: "bench.yaml".into(), bytes }]));
}

fn studio(c: &mut Criterion) {
    let mut group = c.benchmark_group("studio");
    let texts = [("500 lines", long()), ("3,000 documents", many())];
    for (name, text) in &texts {
        group.sample_size(20);
        group.bench_function(format!("{name}, open"), |b| {
            b.iter_batched_ref(begun, |state| open(state, black_box(text)), BatchSize::PerIteration)
        });
        group.sample_size(100);

        // A character goes in and out again, so that the text stays as it is.
        let mut state = begun();
        open(&mut state, text);
        let doc = state.index.documents().nth(state.index.documents().count() / 2).expect("a document").at;
        let start = state.workspace.document(doc).expect("it is there").start;
        let place = start + text[start..].find("image: nginx").or(text[start..].find("name: ")).expect("a value") + 6;
        let lines = LineIndex::new(text);
        let (from, behind) = (lines.position(text, place), lines.position(text, place + 1));
        let typed = |from: Position, to: Position, insert: &str, kind| {
            let changes = vec![PlacedChange { from, to, insert: insert.to_owned() }];
            Action::Typed { file: doc.file, changes, kind }
        };
        let mut there = false;
        group.bench_function(format!("{name}, a key in the text"), |b| {
            b.iter(|| {
                let action = match there {
                    false => typed(from, from, "x", EditKind::Type),
                    true => typed(from, behind, "", EditKind::Delete),
                };
                there = !there;
                act(&mut state, action);
            })
        });

        let mut state = begun();
        open(&mut state, text);
        let mut n = 0;
        group.bench_function(format!("{name}, a key in a field"), |b| {
            b.iter(|| {
                n = (n + 1) % 10;
                let value = json!(format!("web-{n}"));
                act(&mut state, Action::Form(doc, FormEdit::Set { path: path("metadata.name"), value }));
            })
        });
        assert!(state.can_undo, "{name}: the field was set");
    }
    group.finish();
}

criterion_group!(benches, read, write, look, studio);
criterion_main!(benches);
