//! The accepted manifests that agreement with a real server is measured from: each is what it says it
//! is, our own check takes it, and together they use every field of the four kinds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use manifest_studio::check::{Severity, check};
use manifest_studio::k8s::Version;
use manifest_studio::schema::{Catalog, Shape, TypeId};
use manifest_studio::yaml::{Document, Stream};
use serde_json::Value;

/// The kinds, their folders and how many manifests there are at least.
const KINDS: &[(&str, &str, &str, usize)] = &[
    ("v1", "Pod", "pod", 45),
    ("apps/v1", "Deployment", "deployment", 30),
    ("v1", "Service", "service", 25),
    ("batch/v1", "Job", "job", 30),
];

/// Fields that no accepted manifest can have. A type alone stands for all its fields.
const CANNOT: &[(&str, &str)] =
    &[("EphemeralContainer", "a server refuses ephemeral containers at the creation of a pod")];

/// Values of enums that no accepted manifest can have, or that would say nothing.
const NO_VALUE: &[(&str, &str)] = &[
    ("EphemeralContainer.", "a server refuses ephemeral containers at the creation of a pod"),
    ("Lifecycle.stopSignal=", "one signal is like another, and the field is dropped in all versions"),
    ("Toleration.operator=Gt", "refused while its gate is off, and it is off in all versions"),
    ("Toleration.operator=Lt", "refused while its gate is off, and it is off in all versions"),
    ("ServiceSpec.ipFamilies=", "the empty family is refused; the others are asked for below"),
];

struct Manifest {
    /// Below the folder of all of them: `pod/ports.yaml`.
    name: String,
    text: String,
    since: Version,
}

fn manifests() -> Vec<Manifest> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/agreement/manifests");
    let mut found = Vec::new();
    collect(&root, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let name =
                path.strip_prefix(&root).expect("a file below the root").display().to_string().replace('\\', "/");
            let since = name.strip_prefix("since/").map_or(Version::V1_33, |rest| {
                let version = rest.split('/').next().unwrap_or_default();
                Version::parse(version).unwrap_or_else(|| panic!("{name}: no version {version}"))
            });
            Manifest { text: fs::read_to_string(&path).expect("a manifest is UTF-8"), name, since }
        })
        .collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { collect(&path, found) } else { found.push(path) }
    }
}

fn object(manifest: &Manifest) -> Value {
    Document::read(&manifest.text).to_json().unwrap_or_else(|| panic!("{} is no YAML", manifest.name))
}

fn text<'a>(object: &'a Value, key: &str) -> &'a str {
    object[key].as_str().unwrap_or_default()
}

#[test]
fn each_is_one_short_document_of_the_kind_its_folder_says() {
    let mut count = BTreeMap::new();
    for manifest in manifests() {
        let name = &manifest.name;
        assert!(name.ends_with(".yaml"), "{name}: not a manifest");
        assert!(manifest.text.starts_with("# "), "{name}: the first line says the theme");
        assert!(manifest.text.lines().count() <= 75, "{name}: split it by theme");
        assert_eq!(Stream::read(manifest.text.as_str()).documents().len(), 1, "{name}: one document each");
        let object = object(&manifest);
        let kind = KINDS
            .iter()
            .find(|(version, kind, ..)| text(&object, "apiVersion") == *version && text(&object, "kind") == *kind)
            .unwrap_or_else(|| panic!("{name}: not one of the four kinds"));
        if manifest.since == Version::V1_33 {
            assert_eq!(name.split('/').next(), Some(kind.2), "{name}: in the folder of another kind");
            *count.entry(kind.2).or_insert(0) += 1;
        }
    }
    for (_, kind, folder, least) in KINDS {
        let found = count.get(folder).copied().unwrap_or(0);
        assert!(found >= *least, "{found} manifests of {kind}, {least} are wanted");
    }
}

#[test]
fn our_check_takes_each_in_every_version_that_a_server_does() {
    let mut wrong = Vec::new();
    for manifest in manifests() {
        let document = Document::read(&manifest.text);
        for version in Version::ALL.into_iter().filter(|v| *v >= manifest.since) {
            for finding in check(Catalog::builtin(), version, &document) {
                if finding.severity == Severity::Error {
                    wrong.push(format!(
                        "{} on {version:?}: {} {:?} {:?}",
                        manifest.name, finding.field, finding.reason, finding.server
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} false alarms:\n{}", wrong.len(), wrong.join("\n"));
}

/// The type at the end of lists and maps.
fn inner(shape: &Shape) -> Option<TypeId> {
    match shape {
        Shape::Object(ty) => Some(*ty),
        Shape::List(item) | Shape::Map(item) => inner(item),
        _ => None,
    }
}

/// Whether a server ignores what is written there at creation.
fn is_status(catalog: &Catalog, owner: TypeId, field: &str) -> bool {
    field == "status" && KINDS.iter().any(|(_, kind, ..)| catalog.ty(owner).name == *kind)
}

/// What a manifest has of its type's fields (`PodSpec.volumes`) and enums (`Toleration.effect=NoExecute`).
fn walk(catalog: &Catalog, owner: TypeId, value: &Value, used: &mut BTreeSet<String>) {
    let Value::Object(map) = value else { return };
    for (key, value) in map {
        let Some(field) = catalog.field(owner, key).filter(|f| !is_status(catalog, owner, &f.name)) else { continue };
        let name = format!("{}.{key}", catalog.ty(owner).name);
        descend(catalog, &field.shape, value, &name, used);
        used.insert(name);
    }
}

fn descend(catalog: &Catalog, shape: &Shape, value: &Value, name: &str, used: &mut BTreeSet<String>) {
    match (shape, value) {
        (Shape::Object(ty), _) => walk(catalog, *ty, value, used),
        (Shape::List(item), Value::Array(values)) => values.iter().for_each(|v| descend(catalog, item, v, name, used)),
        (Shape::Map(item), Value::Object(map)) => map.values().for_each(|v| descend(catalog, item, v, name, used)),
        (_, Value::String(text)) => {
            used.insert(format!("{name}={text}"));
        }
        _ => {}
    }
}

#[test]
fn together_they_use_every_field_and_every_value_of_an_enum() {
    let catalog = Catalog::builtin();
    let mut used = BTreeSet::new();
    let mut used_later = BTreeSet::new();
    for manifest in manifests() {
        let object = object(&manifest);
        let kind = catalog.kind(text(&object, "apiVersion"), text(&object, "kind")).expect("a kind of the catalog");
        walk(catalog, kind.ty, &object, &mut used_later);
        if manifest.since == Version::V1_33 {
            walk(catalog, kind.ty, &object, &mut used);
        }
    }

    let mut open: Vec<TypeId> =
        KINDS.iter().map(|(version, kind, ..)| catalog.kind(version, kind).expect("a kind").ty).collect();
    let mut seen = BTreeSet::new();
    let (mut fields, mut missing) = (0, Vec::new());
    let mut excused = BTreeSet::new();
    while let Some(ty) = open.pop() {
        if !seen.insert(ty) {
            continue;
        }
        let owner = catalog.ty(ty);
        for field in owner.fields.iter().filter(|f| !is_status(catalog, ty, &f.name)) {
            open.extend(inner(&field.shape));
            let always = Version::ALL.into_iter().all(|v| field.versions.has(v));
            // A field of a single old release that later ones refuse is in nobody's manifest.
            if !field.versions.has(Version::LATEST) {
                continue;
            }
            fields += 1;
            let name = format!("{}.{}", owner.name, field.name);
            let there = if always { &used } else { &used_later };
            if let Some((cannot, _)) = CANNOT.iter().find(|(cannot, _)| owner.name == *cannot || name == *cannot) {
                assert!(!there.contains(&name), "{name} is used: it needs no exception");
                excused.insert(*cannot);
            } else if !there.contains(&name) {
                missing.push(name.clone());
            }
            for value in field.enumeration.iter().filter(|e| e.versions.has(Version::LATEST)) {
                let name = format!("{name}={}", value.value);
                if NO_VALUE.iter().all(|(start, _)| !name.starts_with(start)) && !used_later.contains(&name) {
                    missing.push(name);
                }
            }
        }
    }
    for family in ["IPv4", "IPv6"] {
        assert!(used.contains(&format!("ServiceSpec.ipFamilies={family}")), "no Service of {family}");
    }
    assert!(fields > 600, "the walk found only {fields} fields");
    assert_eq!(excused.len(), CANNOT.len(), "an exception for what the catalog does not have: {CANNOT:?}");
    assert!(missing.is_empty(), "{} of {fields} are in no manifest: {missing:#?}", missing.len());
}
