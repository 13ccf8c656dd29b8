//! What a document says it is, and the check of it as that.

use super::api as rules;
use super::decode;
use super::finding::{Finding, Fix, Reason, Severity, Source};
use super::link;
use super::nearest::nearest;
use crate::i18n::{Message, id};
use crate::k8s::{FieldPath, Version};
use crate::schema::{Catalog, Shape};
use crate::text::{Change, Span};
use crate::yaml::{Document, Kind, Node, Path, Step};

/// What a document names itself; each part `None` when it is missing or no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity<'a> {
    /// `apps/v1`
    pub api_version: Option<&'a str>,
    /// `Deployment`
    pub kind: Option<&'a str>,
    /// `metadata.namespace`
    pub namespace: Option<&'a str>,
    /// `metadata.name`
    pub name: Option<&'a str>,
}

/// Reads a document's `apiVersion`, `kind` and name.
pub fn identity(document: &Document) -> Identity<'_> {
    let root = document.root();
    let text = |key: &str| root?.get(key)?.as_str();
    let metadata = root.and_then(|r| r.get("metadata"));
    let of_metadata = |key: &str| metadata?.get(key)?.as_str();
    Identity {
        api_version: text("apiVersion"),
        kind: text("kind"),
        namespace: of_metadata("namespace"),
        name: of_metadata("name"),
    }
}

/// Checks the object at `root` as what it says it is.
pub fn check(catalog: &Catalog, version: Version, document: &Document, root: Node<'_>, out: &mut Vec<Finding>) {
    object(catalog, version, document, root, FieldPath::root(), Vec::new(), out);
}

fn object(
    catalog: &Catalog,
    version: Version,
    document: &Document,
    root: Node<'_>,
    field: FieldPath,
    path: Path,
    out: &mut Vec<Finding>,
) {
    let mut say = |span: Span, key: Option<&str>, reason, severity, message: Message, link: &str, fixes| {
        let at = |key| (field.child(key), path.iter().cloned().chain([Step::from(key)]).collect());
        let (field, path) = key.map_or_else(|| (field.clone(), path.clone()), at);
        out.push(Finding {
            span,
            field,
            path,
            source: Source::Decode,
            severity,
            reason,
            message,
            server: None,
            link: Some(link.to_owned()),
            fixes,
        });
    };
    if root.kind() != Kind::Map {
        let message = id::CHECK_KIND_NO_OBJECT.into();
        say(
            first_line(document, root.span()),
            None,
            Reason::WrongType,
            Severity::Error,
            message,
            link::OBJECTS,
            Vec::new(),
        );
        return;
    }
    let mut complete = true;
    for (key, missing, wrong) in [
        ("apiVersion", id::CHECK_KIND_NO_API_VERSION, id::CHECK_KIND_API_VERSION_TEXT),
        ("kind", id::CHECK_KIND_NO_KIND, id::CHECK_KIND_KIND_TEXT),
    ] {
        let (span, reason, message) = match root.entry(key) {
            Some(entry) if entry.value.as_str().is_some_and(|text| !text.is_empty()) => continue,
            Some(entry) if entry.value.is_null() || entry.value.as_str().is_some() => {
                (entry.key_span, Reason::FieldValueRequired, missing)
            }
            Some(entry) => (entry.value.span(), Reason::WrongType, wrong),
            None => (first_line(document, root.span()), Reason::FieldValueRequired, missing),
        };
        complete = false;
        say(span, Some(key), reason, Severity::Error, message.into(), link::OBJECTS, Vec::new());
    }
    let (Some(api_version), Some(kind)) = (root.get("apiVersion"), root.get("kind")) else { return };
    let (Some(api), Some(name)) = (api_version.as_str(), kind.as_str()) else { return };
    if !complete {
        return;
    }
    if api == "v1" && name == "List" {
        let Some(items) = root.get("items") else { return };
        for (i, item) in items.items().enumerate() {
            let mut path = path.clone();
            path.extend([Step::from("items"), Step::Index(i)]);
            // A list of lists is refused by kubectl too; one level keeps hostile input from nesting us.
            if path.len() <= 2 {
                object(catalog, version, document, item, field.child("items").index(i), path, out);
            }
        }
        return;
    }
    match catalog.kind(api, name) {
        Some(info) if info.served.has(version) => {
            super::fit::fixes(catalog, version, info.ty, &path, out);
            let known = rules::has_rules(api, name);
            let shape = Shape::Object(info.ty);
            decode::decode(catalog, version, document, &shape, root, field.clone(), path.clone(), !known, out);
            if known {
                let link = link::of_type(version, catalog.ty(info.ty));
                rules::check(version, document, root, &field, &path, link.as_deref(), out);
            }
        }
        Some(info) if info.versions.has(version) => {
            let message = Message::new(id::CHECK_KIND_NOT_SERVED).with("kind", name).with("api", api);
            say(
                api_version.span(),
                Some("apiVersion"),
                Reason::UnknownKind,
                Severity::Warning,
                message,
                link::DEPRECATIONS,
                Vec::new(),
            );
        }
        Some(info) => {
            let later = info.versions.first().filter(|&first| first > version);
            let message = match (later, info.versions.last()) {
                (Some(first), _) => Message::new(id::CHECK_KIND_SINCE).with("since", first.to_string()),
                (None, last) => Message::new(id::CHECK_KIND_UNTIL).with("until", last.unwrap_or_default().to_string()),
            };
            let message = message.with("kind", name).with("api", api).with("version", version.to_string());
            let fixes = other_versions(catalog, version, api_version.span(), api, name);
            say(
                api_version.span(),
                Some("apiVersion"),
                Reason::UnknownKind,
                Severity::Error,
                message,
                link::DEPRECATIONS,
                fixes,
            );
        }
        None => {
            let mut fixes = other_versions(catalog, version, api_version.span(), api, name);
            let (span, key, severity, message);
            if !fixes.is_empty() {
                message = Message::new(id::CHECK_KIND_OTHER_VERSION).with("kind", name).with("api", api);
                (span, key, severity) = (api_version.span(), "apiVersion", Severity::Error);
            } else if is_built_in(catalog, api) {
                let names = catalog.kinds().iter().filter(|k| k.served.has(version) && k.gvk.api_version() == api);
                let meant = nearest(name, names.map(|k| k.gvk.kind.as_str()));
                message = match meant {
                    Some(meant) => {
                        fixes.push(write_as(kind.span(), meant));
                        Message::new(id::CHECK_KIND_NEAREST).with("meant", meant)
                    }
                    None => Message::new(id::CHECK_KIND_UNKNOWN),
                }
                .with("kind", name)
                .with("api", api);
                (span, key, severity) = (kind.span(), "kind", Severity::Error);
            } else {
                message = Message::new(id::CHECK_KIND_CUSTOM).with("kind", name).with("api", api);
                (span, key, severity) = (kind.span(), "kind", Severity::Info);
            }
            say(span, Some(key), Reason::UnknownKind, severity, message, link::OBJECTS, fixes);
        }
    }
}

/// Fixes that take the kind from the group and version that has it: `extensions/v1beta1` → `apps/v1`.
fn other_versions(catalog: &Catalog, version: Version, span: Span, api: &str, kind: &str) -> Vec<Fix> {
    let served = catalog.kinds().iter().filter(|k| k.gvk.kind == kind && k.served.has(version));
    let mut names: Vec<String> = served.map(|k| k.gvk.api_version()).filter(|name| name != api).collect();
    if !is_built_in(catalog, api) && !is_retired(api) {
        // Somebody's own group may have a kind of the same name.
        names.clear();
    }
    names.sort_by_key(|name| (name.contains("beta") || name.contains("alpha"), name.clone()));
    names.iter().map(|name| write_as(span, name)).collect()
}

/// Groups of Kubernetes that no supported version has any more.
fn is_retired(api: &str) -> bool {
    api.starts_with("extensions/")
}

fn is_built_in(catalog: &Catalog, api: &str) -> bool {
    let group = api.split_once('/').map_or("", |(group, _)| group);
    group.is_empty() || catalog.kinds().iter().any(|k| k.gvk.group == group)
}

fn write_as(span: Span, text: &str) -> Fix {
    Fix {
        title: Message::new(id::CHECK_FIX_WRITE_AS).with("text", text),
        changes: vec![Change::new(span.start as usize, span.end as usize, text)],
    }
}

/// The first line of a node: a finding on a whole document must not paint all of it.
fn first_line(document: &Document, span: Span) -> Span {
    let text = &document.text()[span.range()];
    Span::new(span.start as usize, span.start as usize + text.find(['\n', '\r']).unwrap_or(text.len()))
}
