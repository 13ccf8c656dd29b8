//! Real manifests with a real server's answers: `decode` refuses exactly those that the server refuses
//! for their structure, the rules exactly those of their kinds that it refuses by a rule, at the same fields, and
//! nothing that it accepts is called wrong.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use manifest_studio::check::api::has_rules;
use manifest_studio::check::{Finding, Severity, Source, Verdict, check, verdict};
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::yaml::Stream;
use serde_json::Value;

/// The folder of public manifests: beside the checkout, or where `STUDIO_PUBLIC` says.
fn public() -> Option<PathBuf> {
    let folder = std::env::var_os("STUDIO_PUBLIC")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/public"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// Field and reason of what a server of these rules would refuse.
fn causes(findings: &[Finding]) -> BTreeSet<(String, String)> {
    let refused = findings.iter().filter(|f| f.source == Source::Api && f.severity == Severity::Error);
    refused.map(|f| (f.field.to_string(), format!("{:?}", f.reason))).collect()
}

/// The same of what a server did refuse.
fn said_by(answer: &Value) -> BTreeSet<(String, String)> {
    let text = |cause: &Value, key: &str| cause[key].as_str().unwrap_or_default().to_owned();
    answer["causes"].as_array().into_iter().flatten().map(|c| (text(c, "field"), text(c, "reason"))).collect()
}

#[test]
fn what_the_server_refuses_is_refused() {
    let Some(folder) = public() else {
        println!("left out: there is no ../shared/public");
        return;
    };
    let unpacked = Command::new("xz").arg("-dc").arg(folder.join("verdicts.jsonl.xz")).output().expect("xz runs");
    assert!(unpacked.status.success(), "xz cannot unpack the verdicts");
    let lines = String::from_utf8(unpacked.stdout).expect("the verdicts are UTF-8");
    let (mut read, mut wrong) = (0, Vec::new());
    for line in lines.lines() {
        let case: Value = serde_json::from_str(line).expect("a line is JSON");
        let answer = &case["verdict_1.37.1"];
        let message = answer["message"].as_str().unwrap_or_default();
        // What came from the address that was asked says nothing about the manifest.
        if message.contains("does not match the namespace") {
            continue;
        }
        let stream = Stream::read(case["text"].as_str().expect("a case has a text"));
        let Some(document) = stream.documents().iter().find(|d| !d.document.is_null()) else { continue };
        let findings = check(Catalog::builtin(), Version::V1_37, &document.document);
        let ours = verdict(&findings);
        let root = document.document.root();
        let text = |key: &str| root.and_then(|r| r.get(key)).and_then(|n| n.as_str()).unwrap_or_default();
        let known = has_rules(text("apiVersion"), text("kind"));
        // Of the kinds whose rules are not here yet, only "no false alarm" is asked.
        let agrees = match (answer["code"].as_i64(), answer["reason"].as_str()) {
            (Some(200 | 201), _) => ours == Verdict::Accept,
            (Some(0), _) => ours == Verdict::UnknownKind,
            (_, Some("BadRequest")) => ours == Verdict::Decode,
            _ if known => ours == Verdict::Invalid && causes(&findings) == said_by(answer),
            _ => matches!(ours, Verdict::Accept | Verdict::Invalid),
        };
        read += 1;
        if !agrees {
            let said: Vec<_> = findings.iter().map(|f| format!("{:?} {:?} {}", f.source, f.reason, f.field)).collect();
            wrong.push(format!(
                "{}: {ours:?}, the server: {} {message:?}; {}",
                case["src"],
                answer["code"],
                said.join("; ")
            ));
        }
    }
    assert!(read > 800, "only {read} documents were read");
    assert!(wrong.is_empty(), "{} of {read} disagree:\n{}", wrong.len(), wrong.join("\n"));
}
