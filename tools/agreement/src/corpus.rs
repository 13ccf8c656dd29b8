//! The recorded cases with the servers' answers: a line of JSON a case, compressed (xz).
//!
//! `{"case": "Pod 17", "object": {…}, "answers": [{"versions": ["1.33", …], "code": 422, "causes": […]}, …]}`;
//! versions that answer alike share an answer.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use manifest_studio::k8s::Version;
use serde_json::{Map, Value, json};

use crate::answer::{Answer, mask_sentence};
use crate::ours;
use crate::parallel::{in_parallel, threads};
use crate::report::Report;

/// A recorded case.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Which one.
    pub name: String,
    /// What was sent.
    pub object: Value,
    /// What each version's server said.
    pub answers: Vec<(Version, Answer)>,
}

impl Recorded {
    fn line(&self) -> String {
        let mut shared: Vec<(Vec<String>, Value)> = Vec::new();
        for (version, answer) in &self.answers {
            let json = answer.to_json();
            match shared.iter_mut().find(|(_, other)| *other == json) {
                Some((versions, _)) => versions.push(version.to_string()),
                None => shared.push((vec![version.to_string()], json)),
            }
        }
        let answers = shared.into_iter().map(|(versions, json)| {
            let mut map = Map::new();
            map.insert("versions".into(), json!(versions));
            map.extend(json.as_object().cloned().unwrap_or_default());
            Value::Object(map)
        });
        json!({ "case": self.name, "object": self.object, "answers": answers.collect::<Vec<_>>() }).to_string()
    }

    fn read(line: &str) -> Option<Recorded> {
        let json: Value = serde_json::from_str(line).ok()?;
        let mut answers = Vec::new();
        let object = json.get("object")?;
        for shared in json.get("answers")?.as_array()? {
            let mut answer = Answer::from_json(shared)?;
            // As ours are, however it was recorded.
            for cause in &mut answer.causes {
                cause.sentence = mask_sentence(&cause.sentence, object);
            }
            answer.causes.sort();
            for version in shared.get("versions")?.as_array()? {
                answers.push((Version::parse(version.as_str()?)?, answer.clone()));
            }
        }
        answers.sort_by_key(|(version, _)| *version);
        Some(Recorded { name: json.get("case")?.as_str()?.to_owned(), object: object.clone(), answers })
    }
}

/// Writes the cases, with the command `xz`.
pub fn write(path: &Path, cases: &[Recorded]) -> std::io::Result<()> {
    let out = std::fs::File::create(path)?;
    let mut xz = Command::new("xz").args(["-9e", "-c"]).stdin(Stdio::piped()).stdout(out).spawn()?;
    if let Some(mut stdin) = xz.stdin.take() {
        for case in cases {
            writeln!(stdin, "{}", case.line())?;
        }
    }
    let status = xz.wait()?;
    if status.success() { Ok(()) } else { Err(std::io::Error::other("xz failed")) }
}

/// Reads what `write` wrote.
pub fn read(path: &Path) -> std::io::Result<Vec<Recorded>> {
    let damaged = || std::io::Error::other(format!("{} is damaged", path.display()));
    let mut text = Vec::new();
    lzma_rs::xz_decompress(&mut std::fs::read(path)?.as_slice(), &mut text).map_err(|_| damaged())?;
    let text = String::from_utf8(text).map_err(|_| damaged())?;
    text.lines().map(|line| Recorded::read(line).ok_or_else(damaged)).collect()
}

/// Where the cases of a kind are.
pub fn file(kind: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/agreement");
    folder.join(format!("{}.jsonl.xz", kind.to_lowercase()))
}

/// Compares what we say today with what a version's server said; `see` is shown what differs.
pub fn replay(
    cases: &[Recorded],
    version: Version,
    mut see: impl FnMut(&Recorded, &Answer, &Answer),
) -> Result<Report, String> {
    let all = in_parallel(cases.len(), threads(), || (), |(), i| Ok(ours::ask(version, &cases[i].object)))?;
    let mut report = Report::default();
    for (case, ours) in cases.iter().zip(&all) {
        let Some((_, server)) = case.answers.iter().find(|(v, _)| *v == version) else { continue };
        let kind = case.name.split(' ').next().unwrap_or_default();
        if report.add(kind, &case.name, server, ours) {
            see(case, server, ours);
        }
    }
    Ok(report)
}
