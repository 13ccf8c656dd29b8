//! What the examples that read files have in common.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use manifest_studio::k8s::Version;

/// `[--version 1.36] PATH...` of the command line.
pub fn arguments(name: &str) -> Result<(Version, Vec<PathBuf>), ExitCode> {
    let mut version = Version::LATEST;
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--version" {
            match arguments.next().as_deref().and_then(Version::parse) {
                Some(given) => version = given,
                None => {
                    eprintln!("--version takes 1.33 to 1.37");
                    return Err(ExitCode::from(2));
                }
            }
        } else {
            paths.push(PathBuf::from(argument));
        }
    }
    if paths.is_empty() {
        eprintln!("usage: {name} [--version 1.36] PATH...");
        return Err(ExitCode::from(2));
    }
    Ok((version, paths))
}

/// Reads files and folders; whether something could not be read.
pub fn each_file(paths: &[PathBuf], mut see: impl FnMut(&Path, &str)) -> bool {
    let mut unreadable = false;
    for path in paths {
        let mut files = Vec::new();
        if let Err(error) = collect(path, &mut files) {
            eprintln!("{}: {error}", path.display());
            unreadable = true;
        }
        for file in files {
            match std::fs::read(&file) {
                Ok(bytes) => see(&file, &String::from_utf8_lossy(&bytes)),
                Err(error) => {
                    eprintln!("{}: {error}", file.display());
                    unreadable = true;
                }
            }
        }
    }
    unreadable
}

/// A file that is named is read whatever its ending; in a folder only YAML and JSON are.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries = std::fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let known = path.extension().is_some_and(|e| e == "yaml" || e == "yml" || e == "json");
        // A linked folder may lead back here.
        if entry.file_type()?.is_dir() || (known && !path.is_dir()) {
            collect(&path, files)?;
        }
    }
    Ok(())
}
