//! The accepted manifests that everything is made from.

use std::path::Path;

use manifest_studio::yaml::Stream;
use serde_json::Value;

use crate::KINDS;

/// One manifest.
#[derive(Clone, Debug)]
pub struct Seed {
    /// The file's name.
    pub name: String,
    /// The object.
    pub object: Value,
}

/// Reads the objects of our kinds from the YAML files in and below the folders, in the order of their names.
pub fn read(folders: &[&Path]) -> std::io::Result<Vec<Seed>> {
    let mut seeds = Vec::new();
    for folder in folders {
        folder_seeds(folder, &mut seeds)?;
    }
    Ok(seeds)
}

fn folder_seeds(folder: &Path, seeds: &mut Vec<Seed>) -> std::io::Result<()> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            folder_seeds(&path, seeds)?;
        } else if path.extension().is_some_and(|e| e == "yaml") {
            let text = std::fs::read_to_string(&path)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            for located in Stream::read(text.as_str()).documents() {
                let Some(object) = located.document.to_json() else { continue };
                if kind(&object).is_some_and(|kind| KINDS.contains(&kind)) {
                    seeds.push(Seed { name: name.clone(), object });
                }
            }
        }
    }
    Ok(())
}

/// The object's kind.
pub fn kind(object: &Value) -> Option<&str> {
    object.get("kind")?.as_str()
}
