//! No text makes the checks panic, and what they say fits the text: spans, fields, fixes.

use manifest_studio::check::check;
use manifest_studio::i18n::Locale;
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::yaml::{Document, Stream};
use proptest::prelude::*;

/// Keys that types have, keys that look like them, and keys that nothing has.
const KEYS: &[&str] = &[
    "metadata",
    "name",
    "labels",
    "spec",
    "template",
    "containers",
    "initContainers",
    "image",
    "ports",
    "containerPort",
    "env",
    "value",
    "valueFrom",
    "resources",
    "limits",
    "cpu",
    "livenessProbe",
    "httpGet",
    "port",
    "volumes",
    "configMap",
    "items",
    "selector",
    "matchLabels",
    "replicas",
    "strategy",
    "rollingUpdate",
    "maxSurge",
    "status",
    "conditions",
    "data",
    "conatiners",
    "Image",
    "on",
    "1",
    "<<",
    "ключ",
    "\"quoted key\"",
    "'it''s'",
    "a/b",
    "creationTimestamp",
];
const SCALARS: &[&str] = &[
    "a",
    "1",
    "0777",
    "yes",
    "null",
    "~",
    "1e3",
    "1.5",
    "99999999999",
    "\"80\"",
    "'x'",
    "\"\\u0041\"",
    "128Mi",
    "12 Mi",
    "[]",
    "{}",
    "2024-01-01T00:00:00Z",
    "!!str 1",
    "!!binary YQ==",
    "*a",
    "&a b",
    "|\n            text",
    "😀",
    "\"\"",
    "-",
    ".inf",
];
const KINDS: &[&str] = &[
    "apiVersion: v1\nkind: Pod\n",
    "apiVersion: apps/v1\nkind: Deployment\n",
    "apiVersion: batch/v1\nkind: Job\n",
    "apiVersion: v1\nkind: Service\n",
    "apiVersion: v1\nkind: List\n",
    "apiVersion: v1\nkind: ConfigMap\n",
    "kind: Pod\n",
    "",
    "apiVersion: [v1]\nkind: {a: b}\n",
    "apiVersion: apps/v9\nkind: Deploymet\n",
    "--- # a comment\n",
    "\u{feff}",
    "{",
];

fn text() -> impl Strategy<Value = String> {
    let line = (0usize..6, any::<bool>(), prop::sample::select(KEYS), prop::sample::select(SCALARS), 0u8..4);
    (prop::sample::select(KINDS), prop::collection::vec(line, 0..40), any::<bool>()).prop_map(|(head, lines, crlf)| {
        let mut text = head.to_owned();
        for (depth, item, key, scalar, what) in lines {
            let dash = if item { "- " } else { "" };
            let indent = "  ".repeat(depth);
            match what {
                0 => text.push_str(&format!("{indent}{dash}{key}:\n")),
                1 => text.push_str(&format!("{indent}{dash}{scalar}\n")),
                _ => text.push_str(&format!("{indent}{dash}{key}: {scalar}\n")),
            }
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// Well-formed trees, so that most cases get past the parser.
fn tree() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(|f| if f.is_finite() { f.into() } else { 0.into() }),
        prop::sample::select(SCALARS).prop_map(Into::into),
        ".{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(8, 96, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec((prop::sample::select(KEYS), inner), 0..8).prop_map(|entries| entries
                .into_iter()
                .map(|(k, v)| (k.to_owned(), v))
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    })
}

fn holds(document: &Document) -> Result<(), TestCaseError> {
    let text = document.text();
    for version in [Version::V1_33, Version::V1_37] {
        for finding in check(Catalog::builtin(), version, document) {
            prop_assert!(text.get(finding.span.range()).is_some(), "{finding:?} in {text:?}");
            for locale in [Locale::En, Locale::Zh] {
                let said = finding.message.text(locale);
                prop_assert!(!said.is_empty(), "{finding:?}");
            }
            for fix in &finding.fixes {
                prop_assert!(fix.changes.iter().all(|c| c.fits(text)), "{fix:?} in {text:?}");
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_checked(text in text()) {
        for located in Stream::read(text).documents() {
            holds(&located.document)?;
        }
    }

    #[test]
    fn any_tree_is_checked_as_any_kind(tree in tree(), kind in 0usize..KINDS.len(), root in "[a-z]{4,8}") {
        let kinds = Catalog::builtin().kinds();
        let info = &kinds[kind * 7 % kinds.len()];
        let mut object = serde_json::json!({"apiVersion": info.gvk.api_version(), "kind": info.gvk.kind, "metadata": tree, "spec": tree});
        object[root] = tree;
        holds(&Document::read(&object.to_string()))?;
    }
}
