//! `agreement run | ask | record | replay`: see docs/agreement.md.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use agreement::KINDS;
use agreement::answer::Answer;
use agreement::corpus::{self, Recorded};
use agreement::judge::Judge;
use agreement::mutate::{Case, Maker};
use agreement::parallel::{in_parallel, threads};
use agreement::report::Report;
use agreement::{ours, seeds};
use manifest_studio::k8s::Version;
use manifest_studio::yaml::Document;
use serde_json::json;

const USAGE: &str = "\
agreement run --judge URL [--version 1.37] [--seed N] [--cases N] [--kind Pod] [--out FOLDER] [--top N] [--hold]
    Asks the judge (`cluster judge`) about mutated manifests and compares. --cases 0: the manifests as they are.
    --out (target/agreement): a file for each case that differs. --hold: fails when the targets are not reached.
agreement ask --judge URL [--version 1.37] FILE
    Both answers to one manifest, YAML or JSON.
agreement record --judge 1.33=URL --judge 1.34=URL ... [--seed N] [--cases N]
    Writes tests/agreement/*.jsonl.xz.
agreement replay [--version 1.37] [--kind Pod] [--out FOLDER] [--top N] [--hold]
    Compares with what was recorded.
All: --manifests FOLDER (again for more; tests/agreement/manifests and static/templates)
";

struct Options {
    judges: Vec<String>,
    version: Option<Version>,
    seed: u64,
    cases: u64,
    kinds: Vec<String>,
    out: PathBuf,
    top: usize,
    hold: bool,
    manifests: Vec<PathBuf>,
    rest: Vec<String>,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let done = options(arguments).and_then(|options| match command.as_str() {
        "run" => run(&options),
        "ask" => ask(&options),
        "record" => record(&options),
        "replay" => replay(&options),
        _ => Err(USAGE.to_owned()),
    });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        judges: Vec::new(),
        version: None,
        seed: 1,
        cases: 1500,
        kinds: Vec::new(),
        out: root().join("target/agreement"),
        top: 40,
        hold: false,
        manifests: Vec::new(),
        rest: Vec::new(),
    };
    while let Some(name) = arguments.next() {
        if name == "--hold" {
            options.hold = true;
            continue;
        }
        if !name.starts_with("--") {
            options.rest.push(name);
            continue;
        }
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value\n{USAGE}"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{name} takes a number"));
        match name.as_str() {
            "--judge" => options.judges.push(value),
            "--version" => options.version = Some(Version::parse(&value).ok_or("--version takes 1.33 to 1.37")?),
            "--seed" => options.seed = number()?,
            "--cases" => options.cases = number()?,
            "--top" => options.top = usize::try_from(number()?).unwrap_or(usize::MAX),
            "--kind" => options.kinds.push(value),
            "--out" => options.out = value.into(),
            "--manifests" => options.manifests.push(value.into()),
            _ => return Err(format!("unknown option {name}\n{USAGE}")),
        }
    }
    if options.manifests.is_empty() {
        options.manifests = vec![root().join("tests/agreement/manifests"), root().join("static/templates")];
        options.manifests.retain(|folder| folder.is_dir());
    }
    if options.kinds.is_empty() {
        options.kinds = KINDS.iter().map(|&kind| kind.to_owned()).collect();
    }
    Ok(options)
}

/// The cases of a run, the kinds by turns.
fn cases(options: &Options) -> Result<Vec<Case>, String> {
    let folders: Vec<&Path> = options.manifests.iter().map(PathBuf::as_path).collect();
    let maker = Maker::new(seeds::read(&folders).map_err(|e| format!("the manifests: {e}"))?);
    if options.cases == 0 {
        let all = maker.unchanged().into_iter();
        return Ok(all.filter(|case| options.kinds.contains(&case.kind)).collect());
    }
    // A case is the same whichever kinds are asked for: its number counts within its kind.
    let kinds = options.kinds.len() as u64;
    let case = |i: u64| maker.case(options.seed, i / kinds, options.kinds.get((i % kinds) as usize)?);
    Ok((0..options.cases).filter_map(case).collect())
}

fn from_judge(url: &str, cases: &[Case]) -> Result<Vec<Answer>, String> {
    in_parallel(
        cases.len(),
        8,
        || Judge::new(url),
        |judge, i| {
            match judge.ask(&cases[i].object) {
                // The proxy ends the connection when the server did: no answer, and worth a line in the list.
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => Err(format!("{url}: {error}")),
                Err(_) => Ok(Answer::default()),
                Ok(answer) => Ok(answer),
            }
        },
    )
}

fn run(options: &Options) -> Result<bool, String> {
    let [url] = options.judges.as_slice() else { return Err(format!("one --judge is needed\n{USAGE}")) };
    let served = Judge::new(url).version().map_err(|e| format!("{url}: {e}"))?;
    let version = options.version.or_else(|| Version::parse(&served)).ok_or("the judge's version is not supported")?;
    if Version::parse(&served) != Some(version) {
        return Err(format!("the judge is {served}, not {version}"));
    }
    let begun = Instant::now();
    let cases = cases(options)?;
    let made = begun.elapsed();
    let answers = from_judge(url, &cases)?;
    let asked = begun.elapsed();
    let compared: Vec<_> = cases.iter().zip(&answers).collect();
    let ours = in_parallel(cases.len(), threads(), || (), |(), i| Ok(ours::ask(version, &cases[i].object)))?;
    let mut report = Report::default();
    let folder = options.out.join(version.to_string());
    let _ = std::fs::remove_dir_all(&folder);
    for ((case, server), ours) in compared.into_iter().zip(&ours) {
        let name = format!("{}-{}.json", case.kind, case.number);
        if report.add(&case.kind, &name, server, ours) || !server.is_about_the_manifest() {
            let text = json!({
                "made": case.made, "object": case.object, "message": server.message,
                "server": server.to_json(), "ours": ours.to_json(),
            });
            write(&folder.join(name), &format!("{text:#}\n"))?;
        }
    }
    println!("{} cases of seed {} against {served}", cases.len(), options.seed);
    print!("{}", report.table());
    println!("\nthe most frequent disagreements, with an example in {}:", folder.display());
    print!("{}", report.most(options.top));
    let all = begun.elapsed();
    eprintln!("made in {made:.1?}, asked in {:.1?}, checked in {:.1?}", asked - made, all - asked);
    Ok(held(options, &report))
}

fn held(options: &Options, report: &Report) -> bool {
    let lacks = report.lacks();
    if options.hold {
        lacks.iter().for_each(|lack| println!("NOT REACHED {lack}"));
    }
    !options.hold || lacks.is_empty()
}

fn ask(options: &Options) -> Result<bool, String> {
    let ([url], [file]) = (options.judges.as_slice(), options.rest.as_slice()) else { return Err(USAGE.to_owned()) };
    let mut judge = Judge::new(url);
    let served = judge.version().map_err(|e| format!("{url}: {e}"))?;
    let version = options.version.or_else(|| Version::parse(&served)).unwrap_or_default();
    let text = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let mut object = Document::read(&text).to_json().ok_or_else(|| format!("{file} is no YAML"))?;
    // A case that `run` has written.
    if let (Some(_), Some(inner)) = (object.get("made"), object.get("object")) {
        object = inner.clone();
    }
    let server = judge.ask(&object).map_err(|e| format!("{url}: {e}"))?;
    let ours = ours::ask(version, &object);
    let mut report = Report::default();
    report.add(seeds::kind(&object).unwrap_or_default(), file, &server, &ours);
    println!("server {:#}\n{}\nours {:#}\n{}", server.to_json(), server.message, ours.to_json(), report.most(100));
    Ok(true)
}

fn record(options: &Options) -> Result<bool, String> {
    let cases = cases(options)?;
    let mut answers: Vec<Vec<(Version, Answer)>> = vec![Vec::new(); cases.len()];
    for judge in &options.judges {
        let (version, url) = judge.split_once('=').ok_or(USAGE)?;
        let version = Version::parse(version).ok_or(USAGE)?;
        let served = Judge::new(url).version().map_err(|e| format!("{url}: {e}"))?;
        if Version::parse(&served) != Some(version) {
            return Err(format!("the judge at {url} is {served}, not {version}"));
        }
        for (all, answer) in answers.iter_mut().zip(from_judge(url, &cases)?) {
            // What a server fails on is no case; it is in the list of docs/agreement.md.
            if answer.is_about_the_manifest() {
                all.push((version, answer));
            }
        }
        eprintln!("{served}: {} cases", cases.len());
    }
    for kind in &options.kinds {
        let of_kind: Vec<Recorded> = cases
            .iter()
            .zip(&answers)
            .filter(|(case, answers)| case.kind == *kind && answers.len() == options.judges.len())
            .map(|(case, answers)| Recorded {
                name: format!("{kind} {}", case.number),
                object: case.object.clone(),
                answers: answers.clone(),
            })
            .collect();
        let path = corpus::file(kind);
        corpus::write(&path, &of_kind).map_err(|e| format!("{}: {e}", path.display()))?;
        let size = std::fs::metadata(&path).map_or(0, |m| m.len());
        println!("{}: {} cases, {size} bytes", path.display(), of_kind.len());
    }
    Ok(true)
}

fn replay(options: &Options) -> Result<bool, String> {
    let mut cases = Vec::new();
    for kind in &options.kinds {
        let path = corpus::file(kind);
        cases.extend(corpus::read(&path).map_err(|e| format!("{}: {e}", path.display()))?);
    }
    let mut good = true;
    for version in Version::ALL.into_iter().filter(|v| options.version.is_none_or(|wanted| wanted == *v)) {
        let folder = options.out.join(version.to_string());
        let _ = std::fs::remove_dir_all(&folder);
        let mut written = Ok(());
        let report = corpus::replay(&cases, version, |case, server, ours| {
            let text = json!({
                "made": "recorded", "object": case.object, "server": server.to_json(), "ours": ours.to_json(),
            });
            let path = folder.join(format!("{}.json", case.name.replace(' ', "-")));
            written = std::mem::replace(&mut written, Ok(())).and_then(|()| write(&path, &format!("{text:#}\n")));
        })?;
        written?;
        println!("{version}\n{}\n{}", report.table(), report.most(options.top));
        good &= held(options, &report);
    }
    Ok(good)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, text));
    written.map_err(|e| format!("{}: {e}", path.display()))
}
