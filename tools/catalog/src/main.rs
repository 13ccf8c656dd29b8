//! `cargo run --release -p catalog -- FOLDER [--go] [--out FILE]`; see the library's head.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use catalog::{Error, make, openapi};

const USAGE: &str = "catalog FOLDER [--go] [--out FILE]
  FOLDER      holds v1.37.1.tar.xz and so on: the OpenAPI v3 documents of one server each
  --go        adds the group versions that are off by default, from the Go module k8s.io/kubernetes
  --out FILE  writes there instead of static/catalog.bin; the report goes beside it, as .md";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("catalog: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Error> {
    let mut folder = None;
    let mut go = false;
    let mut out = PathBuf::from("static/catalog.bin");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--go" => go = true,
            "--out" => out = arguments.next().ok_or("--out needs a file")?.into(),
            _ if folder.is_none() && !argument.starts_with('-') => folder = Some(argument),
            _ => return Err(format!("'{argument}' is not known\n{USAGE}")),
        }
    }
    let folder = folder.ok_or_else(|| format!("which folder?\n{USAGE}"))?;
    let mut releases = openapi::read_folder(Path::new(&folder))?;
    if go {
        for release in &mut releases {
            let module = openapi::go_module(&release.name, true)?;
            release.add_module(&module)?;
        }
    }
    let (bytes, report) = make(&releases)?;
    let beside = out.with_extension("md");
    std::fs::write(&out, &bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    std::fs::write(&beside, &report).map_err(|e| format!("{}: {e}", beside.display()))?;
    print!("{report}");
    Ok(())
}
