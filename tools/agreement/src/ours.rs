//! What we say about a manifest.

use std::panic::{AssertUnwindSafe, catch_unwind};

use manifest_studio::check::{Severity, Source, Verdict, check, verdict};
use manifest_studio::defaults;
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::yaml::{Document, Node};
use serde_json::Value;

use crate::answer::{Answer, Cause};

/// Our answer; code 0 when we panicked.
pub fn ask(version: Version, object: &Value) -> Answer {
    catch_unwind(AssertUnwindSafe(|| answer(version, object))).unwrap_or_default()
}

fn answer(version: Version, object: &Value) -> Answer {
    // Raw, these are good JSON and no YAML; nobody asks here how they are written.
    let escaped = |c: char| match c {
        '\u{7f}'..='\u{9f}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    let json: String = object.to_string().chars().map(escaped).collect();
    // Every other one as YAML: a text that begins as JSON is read by other rules.
    let document = Document::read(&if json.len().is_multiple_of(2) { json } else { format!("# YAML\n{json}") });
    let findings = check(Catalog::builtin(), version, &document);
    let code = match verdict(&findings) {
        Verdict::Accept => 201,
        Verdict::Invalid => 422,
        Verdict::Decode | Verdict::UnknownKind => 400,
    };
    let of_api = |severity| findings.iter().filter(move |f| f.source == Source::Api && f.severity == severity);
    let cause = |f: &manifest_studio::check::Finding| Cause {
        field: f.field.to_string(),
        reason: format!("{:?}", f.reason),
        sentence: f.server.clone().unwrap_or_default(),
    };
    let causes = of_api(Severity::Error).filter(|_| code == 422).map(cause).collect();
    let warnings = of_api(Severity::Warning).filter(|_| code == 201).filter_map(|f| f.server.clone()).collect();
    let stored = document.root().filter(|_| code == 201).and_then(|root| {
        let text = |key: &str| root.get(key).and_then(Node::as_str).unwrap_or_default();
        defaults::effective(text("apiVersion"), text("kind"), root.fitting(), Catalog::builtin(), version)
    });
    Answer::new(code, causes, warnings, stored, object)
}
