//! Strict decoding against the recorded answers of a real API server (1.37.1).
//!
//! `tests/check/decode.jsonl` is made by `tools/record/decode.py`.

use std::collections::BTreeSet;

use manifest_studio::check::{Reason, Severity, Source, Verdict, check, verdict};
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::text::Change;
use manifest_studio::yaml::{Document, Stream};
use serde_json::Value;

fn cases() -> Vec<(String, u64, String)> {
    include_str!("check/decode.jsonl")
        .lines()
        .map(|line| {
            let case: Value = serde_json::from_str(line).expect("a line is JSON");
            let text = |key: &str| case[key].as_str().expect("a text").to_owned();
            (text("yaml"), case["code"].as_u64().expect("a code"), text("message"))
        })
        .collect()
}

/// `unknown field "spec.x"` in a server's message.
fn unknown_fields(message: &str) -> BTreeSet<&str> {
    message.split("unknown field \"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_verdict_is_the_servers() {
    let mut wrong = Vec::new();
    for (yaml, code, message) in cases() {
        let findings = check(Catalog::builtin(), Version::V1_37, &Document::read(&yaml));
        let ours = verdict(&findings);
        let agrees = match code {
            201 => ours == Verdict::Accept,
            400 => ours == Verdict::Decode,
            _ => ours == Verdict::Invalid,
        };
        if !agrees {
            wrong.push(format!("{ours:?}, the server {code} {message}\n{yaml}"));
        }
    }
    assert!(wrong.is_empty(), "{} disagree:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn unknown_fields_are_the_servers_by_path() {
    for (yaml, _, message) in cases() {
        // Go's decoder says either what is unknown or the first wrong type, never both.
        if !message.contains("unknown field") {
            continue;
        }
        let findings = check(Catalog::builtin(), Version::V1_37, &Document::read(&yaml));
        let ours: BTreeSet<String> =
            findings.iter().filter(|f| f.reason == Reason::UnknownField).map(|f| f.field.to_string()).collect();
        let ours: BTreeSet<&str> = ours.iter().map(String::as_str).collect();
        assert_eq!(ours, unknown_fields(&message), "{yaml}");
    }
}

/// The one fault's field, and the text after its first fix.
fn mended(yaml: &str) -> (String, String) {
    let findings = check(Catalog::builtin(), Version::V1_37, &Document::read(yaml));
    let fault = findings.iter().find(|f| f.severity == Severity::Error).unwrap_or_else(|| panic!("no fault: {yaml}"));
    let fix = fault.fixes.first().unwrap_or_else(|| panic!("no fix: {yaml}"));
    (fault.field.to_string(), Change::apply_all(yaml, &fix.changes))
}

#[test]
fn the_first_fix_is_what_was_meant() {
    let pod = |inside: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n  - name: a\n    image: a\n{inside}"
        )
    };
    let cases = [
        (
            "    imagePullpolicy: Always # why\n",
            "    imagePullPolicy: Always # why\n",
            "spec.containers[0].imagePullpolicy",
        ),
        ("    command: sh\n", "    command: [sh]\n", "spec.containers[0].command"),
        ("    args: [yes]\n", "    args: [\"yes\"]\n", "spec.containers[0].args[0]"),
        (
            "    ports: [{containerPort: \"80\"}]\n",
            "    ports: [{containerPort: 80}]\n",
            "spec.containers[0].ports[0].containerPort",
        ),
        (
            "    ports: [{containerPort: 80, protocol: tcp}]\n",
            "    ports: [{containerPort: 80, protocol: TCP}]\n",
            "spec.containers[0].ports[0].protocol",
        ),
        (
            "    resources: {limits: {memory: 128MB}}\n",
            "    resources: {limits: {memory: 128M}}\n",
            "spec.containers[0].resources.limits[memory]",
        ),
        ("    tty: \"yes\"\n", "    tty: true\n", "spec.containers[0].tty"),
        (
            "    env: [{name: A, value: 0777}]\n",
            "    env: [{name: A, value: \"0777\"}]\n",
            "spec.containers[0].env[0].value",
        ),
    ];
    for (before, after, field) in cases {
        let (at, text) = mended(&pod(before));
        assert_eq!((at.as_str(), text), (field, pod(after)));
        assert_eq!(verdict(&check(Catalog::builtin(), Version::V1_37, &Document::read(&pod(after)))), Verdict::Accept);
    }
}

#[test]
fn what_is_unknown_can_be_removed() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  # about the next\n  xyzzy: 1 # why\n  containers:\n  - {name: a, image: a}\n";
    let (at, text) = mended(pod);
    assert_eq!(at, "spec.xyzzy");
    assert_eq!(text, "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: a}\n");
}

#[test]
fn a_kind_is_looked_for_where_it_is_now() {
    let (_, text) = mended("apiVersion: extensions/v1beta1\nkind: Deployment\n");
    assert!(text.starts_with("apiVersion: apps/v1\n"), "{text}");
    let (_, text) = mended("apiVersion: apps/v1\nkind: Deploymnet\n");
    assert_eq!(text, "apiVersion: apps/v1\nkind: Deployment\n");
    let custom = Document::read("apiVersion: example.com/v1\nkind: Deployment\n");
    let findings = check(Catalog::builtin(), Version::V1_37, &custom);
    assert_eq!((findings.len(), findings[0].severity), (1, Severity::Info));
    assert_eq!(verdict(&findings), Verdict::UnknownKind);
}

#[test]
fn what_is_read_otherwise_is_said() {
    let text =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nimmutable: yes\ndata: {on: \"1\"}\n...\ndropped: 1\n";
    let stream = Stream::read(text);
    let findings = check(Catalog::builtin(), Version::V1_37, &stream.documents()[0].document);
    let said: Vec<_> = findings.iter().map(|f| (f.source, f.severity, &text[f.span.range()])).collect();
    assert!(said.contains(&(Source::Yaml, Severity::Warning, "yes")), "{said:?}");
    assert!(said.contains(&(Source::Yaml, Severity::Warning, "on")), "{said:?}");
    assert!(findings.iter().any(|f| text[f.span.range()].contains("dropped")), "{said:?}");
    assert_eq!(verdict(&findings), Verdict::Accept);
}

#[test]
fn an_older_version_lacks_newer_fields() {
    // `fileKeyRef` came with 1.34 (pkg/features, EnvFiles).
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: a\n    env:\n    - name: A\n      valueFrom: {fileKeyRef: {volumeName: v, path: p, key: k}}\n";
    let unknown = |version| {
        check(Catalog::builtin(), version, &Document::read(text)).iter().any(|f| f.reason == Reason::UnknownField)
    };
    assert!(unknown(Version::V1_33));
    assert!(!unknown(Version::V1_34));
    assert!(!unknown(Version::V1_37));
}
