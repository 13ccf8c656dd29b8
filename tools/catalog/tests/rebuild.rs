//! The file in `static/` is what the tool makes of the releases' documents. Needs those documents
//! (`../shared/openapi` beside the clone, or `$STUDIO_SHARED/openapi`) and says so where they are absent.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use catalog::openapi::{self, Release};
use manifest_studio::k8s::Versions;
use manifest_studio::schema::{Catalog, Shape, TypeId};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Past the test runner, which keeps what a passing test prints to itself.
fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("catalog: {line}\n").as_bytes());
}

fn releases() -> Option<Vec<Release>> {
    let shared = std::env::var_os("STUDIO_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let folder = shared.join("openapi");
    if !folder.is_dir() {
        say(&format!("left out: {} is not there", folder.display()));
        return None;
    }
    Some(openapi::read_folder(&folder).expect("reads the documents"))
}

#[test]
fn the_file_is_what_the_tool_makes() {
    let Some(mut releases) = releases() else { return };
    let served = catalog::make(&releases).expect("a catalog of the servers' documents").0;
    holds_all_of(Catalog::builtin(), &Catalog::decode(&served).expect("reads what the tool writes"));
    for release in &mut releases {
        match openapi::go_module(&release.name, false) {
            Ok(module) => release.add_module(&module).expect("reads the module's documents"),
            Err(error) => {
                say(&format!("left out, group versions that are off by default: {error}"));
                return;
            }
        }
    }
    let (bytes, report) = catalog::make(&releases).expect("a catalog");
    let file = |name: &str| std::fs::read(root().join("static").join(name)).expect("is part of the clone");
    let again = format!("static/catalog is older than its tool; run: {}", catalog::COMMAND);
    assert!(bytes == file("catalog.bin") && report.as_bytes() == file("catalog.md"), "{again}");
}

/// Whatever the servers said is in `all`; the module may only have added to it.
fn holds_all_of(all: &Catalog, served: &Catalog) {
    let mut ids = BTreeMap::new();
    for (id, ty) in served.types() {
        let same = all.type_named(&ty.full_name).unwrap_or_else(|| panic!("{} is missing", ty.full_name));
        ids.insert(id, same);
    }
    for kind in served.kinds() {
        let same = all.kind(&kind.gvk.api_version(), &kind.gvk.kind).expect("the kind is there");
        assert_eq!((same.ty, &same.plural, same.namespaced), (ids[&kind.ty], &kind.plural, kind.namespaced));
        assert_eq!(same.served, kind.served, "{}", kind.gvk);
        assert!(within(kind.versions, same.versions), "{}", kind.gvk);
    }
    for (id, ty) in served.types() {
        for field in &ty.fields {
            let place = format!("{}.{}", ty.full_name, field.name);
            let same = all.field(ids[&id], &field.name).unwrap_or_else(|| panic!("{place} is missing"));
            assert!(within(field.versions, same.versions) && within(field.required, same.required), "{place}");
            assert_eq!(renamed(&field.shape, &ids), same.shape, "{place}");
            assert_eq!((&field.default, field.list_type), (&same.default, same.list_type), "{place}");
            assert_eq!((&field.list_keys, &field.merge_key), (&same.list_keys, &same.merge_key), "{place}");
            assert!(field.enumeration.iter().all(|value| same.enumeration.contains(value)), "{place}");
        }
    }
}

fn within(few: Versions, many: Versions) -> bool {
    few.0 & !many.0 == 0
}

fn renamed(shape: &Shape, ids: &BTreeMap<TypeId, TypeId>) -> Shape {
    match shape {
        Shape::Object(id) => Shape::Object(ids[id]),
        Shape::List(inner) => Shape::List(Box::new(renamed(inner, ids))),
        Shape::Map(inner) => Shape::Map(Box::new(renamed(inner, ids))),
        other => other.clone(),
    }
}

#[test]
fn the_format_is_what_the_page_reads() {
    let mut release = Release::new("1.36.9").expect("a supported release");
    release.add(
        serde_json::json!({
            "paths": {"/apis/shop.example/v1/namespaces/{namespace}/carts": {"post": {
                "requestBody": {"content": {"*/*": {"schema": {"$ref": "#/components/schemas/example.shop.v1.Cart"}}}},
                "x-kubernetes-group-version-kind": {"group": "shop.example", "version": "v1", "kind": "Cart"},
            }}},
            "components": {"schemas": {
                "example.shop.v1.Cart": {"type": "object", "required": ["spec"], "properties": {
                    "spec": {"default": {}, "allOf": [{"$ref": "#/components/schemas/example.shop.v1.CartSpec"}]},
                }},
                "example.shop.v1.CartSpec": {"type": "object", "properties": {
                    "wheels": {"type": "integer", "format": "int32", "default": 4},
                    "goods": {
                        "type": "array", "items": {"type": "string", "default": "", "enum": ["eggs", "milk"]},
                        "x-kubernetes-list-type": "set",
                    },
                    "notes": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string", "format": "byte"}}},
                }},
                "example.shop.v1.Unreached": {"type": "object"},
            }},
        }),
        false,
    );
    let (bytes, _) = catalog::make(&[release]).expect("a catalog");
    let read = Catalog::decode(&bytes).expect("reads what the tool writes");
    let cart = read.kind("shop.example/v1", "Cart").expect("the kind");
    assert_eq!((cart.plural.as_str(), cart.namespaced), ("carts", true));
    assert_eq!((cart.versions, cart.served), (Versions(0b1000), Versions(0)));
    let spec = read.field(cart.ty, "spec").expect("the field");
    assert_eq!((spec.required, &spec.default), (Versions(0b1000), &None));
    let Shape::Object(spec) = spec.shape else { panic!("{:?}", spec.shape) };
    let field = |name| read.field(spec, name).expect("the field");
    assert_eq!((&field("wheels").shape, field("wheels").default.clone()), (&Shape::Int32, Some(4.into())));
    assert_eq!(field("goods").shape, Shape::List(Box::new(Shape::String)));
    assert_eq!(field("goods").enumeration.len(), 2);
    let bytes = Shape::List(Box::new(Shape::Bytes));
    assert_eq!(field("notes").shape, Shape::Map(Box::new(bytes)));
    assert_eq!(read.types().count(), 2);
}
