//! Reads what a release says about itself: the documents of a live server, and those of the Go
//! module for the group versions that such a server does not serve by default.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::{Error, FIRST_MINOR, VERSIONS};

/// A kind as one release has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The schema of its object.
    pub schema: String,
    /// The last part of its address.
    pub plural: String,
    /// Whether its address has a namespace.
    pub namespaced: bool,
    /// Whether a server with default flags serves it.
    pub served: bool,
}

/// Group, version, kind.
pub type Gvk = (String, String, String);

/// One release.
#[derive(Debug)]
pub struct Release {
    /// `1.37.1`
    pub name: String,
    /// Its bit in a set of versions.
    pub bit: u8,
    /// Every kind that can be created at an address of its own.
    pub kinds: BTreeMap<Gvk, Kind>,
    /// Every schema by its full name.
    pub schemas: BTreeMap<String, Value>,
}

impl Release {
    /// A release of that name (`1.37.1`) without anything in it.
    pub fn new(name: &str) -> Result<Release, Error> {
        let minor = name.split('.').nth(1).and_then(|m| m.parse::<u32>().ok()).unwrap_or(0);
        if !name.starts_with("1.") || !(FIRST_MINOR..FIRST_MINOR + VERSIONS).contains(&minor) {
            return Err(format!("{name} is not a release that k8s::Version knows"));
        }
        let bit = 1 << (minor - FIRST_MINOR);
        Ok(Release { name: name.to_owned(), bit, kinds: BTreeMap::new(), schemas: BTreeMap::new() })
    }

    /// Adds a document. What is there already stays: a live server's word goes before the module's,
    /// because only it carries the enums.
    pub fn add(&mut self, mut document: Value, served: bool) {
        if let Some(paths) = document.get("paths").and_then(Value::as_object) {
            for (path, item) in paths {
                if let Some((gvk, kind)) = creatable(path, item, served) {
                    self.kinds.entry(gvk).or_insert(kind);
                }
            }
        }
        if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas").map(Value::take) {
            for (name, schema) in schemas {
                self.schemas.entry(name).or_insert(schema);
            }
        }
    }

    /// Adds the documents of the Go module unpacked at that place.
    pub fn add_module(&mut self, module: &Path) -> Result<(), Error> {
        let folder = module.join("api/openapi-spec/v3");
        let mut files = list(&folder)?;
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "json")) {
            let text = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
            self.add(serde_json::from_slice(&text).map_err(|e| format!("{}: {e}", file.display()))?, false);
        }
        Ok(())
    }
}

/// The kind that is created by a POST to that path, when the path names a kind's collection.
fn creatable(path: &str, item: &Value, served: bool) -> Option<(Gvk, Kind)> {
    if path.contains("{name}") {
        return None;
    }
    let post = item.get("post")?;
    let gvk = post.get("x-kubernetes-group-version-kind")?;
    let word = |key: &str| gvk.get(key).and_then(Value::as_str).map(str::to_owned);
    let schema = post.pointer("/requestBody/content/*~1*/schema/$ref")?.as_str()?.rsplit('/').next()?;
    let kind = Kind {
        schema: schema.to_owned(),
        plural: path.rsplit('/').next()?.to_owned(),
        namespaced: path.contains("/namespaces/{namespace}/"),
        served,
    };
    Some(((word("group")?, word("version")?, word("kind")?), kind))
}

/// The releases of the archives in that folder, oldest first.
pub fn read_folder(folder: &Path) -> Result<Vec<Release>, Error> {
    let mut releases = Vec::new();
    for file in list(folder)? {
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or("");
        let Some(version) = name.strip_prefix('v').and_then(|n| n.strip_suffix(".tar.xz")) else { continue };
        let mut release = Release::new(version)?;
        read_archive(&file, &mut release).map_err(|e| format!("{}: {e}", file.display()))?;
        releases.push(release);
    }
    releases.sort_by_key(|r| r.bit);
    if releases.len() != VERSIONS as usize || releases.windows(2).any(|pair| pair[0].bit == pair[1].bit) {
        let found: Vec<&str> = releases.iter().map(|r| r.name.as_str()).collect();
        return Err(format!("{}: one archive for each minor version is needed, found {found:?}", folder.display()));
    }
    Ok(releases)
}

fn read_archive(file: &Path, release: &mut Release) -> Result<(), Error> {
    let packed = File::open(file).map_err(|e| e.to_string())?;
    let mut unpacked = Vec::new();
    lzma_rs::xz_decompress(&mut BufReader::new(packed), &mut unpacked).map_err(|e| format!("{e:?}"))?;
    let mut archive = tar::Archive::new(unpacked.as_slice());
    for entry in archive.entries().map_err(|e| e.to_string())? {
        let mut entry = entry.map_err(|e| e.to_string())?;
        if entry.path().map_err(|e| e.to_string())?.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let mut text = Vec::new();
        entry.read_to_end(&mut text).map_err(|e| e.to_string())?;
        release.add(serde_json::from_slice(&text).map_err(|e| e.to_string())?, true);
    }
    Ok(())
}

/// Where the Go module of that release lies; fetched through `go` when `fetch` says so.
pub fn go_module(release: &str, fetch: bool) -> Result<PathBuf, Error> {
    let module = format!("k8s.io/kubernetes@v{release}");
    let mut go = Command::new("go");
    // A sum that no go.sum pins is no error here: the documents are compared, not run.
    go.args(["mod", "download", "-json", &module]).current_dir(std::env::temp_dir()).env("GOFLAGS", "-mod=mod");
    if !fetch {
        go.env("GOPROXY", "off");
    }
    let answer = go.output().map_err(|e| format!("go: {e}; it is needed for --go"))?;
    let told: Value = serde_json::from_slice(&answer.stdout).map_err(|e| format!("go mod download: {e}"))?;
    match told.get("Dir").and_then(Value::as_str) {
        Some(dir) => Ok(dir.into()),
        None => Err(format!("{module}: {}", told.get("Error").and_then(Value::as_str).unwrap_or("not found"))),
    }
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let say = |e: std::io::Error| format!("{}: {e}", folder.display());
    std::fs::read_dir(folder).map_err(say)?.map(|entry| entry.map(|e| e.path()).map_err(say)).collect()
}
