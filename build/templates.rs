//! The gallery: `static/templates/index.yaml` and the files it names → `OUT_DIR/templates.rs`.

use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Also the file's name: `static/templates/<id>.yaml`.
    id: String,
    /// `template.group_<group>` is its heading.
    group: String,
    /// For the badges.
    kinds: Vec<String>,
}

/// Writes the generated table; an error names the file and what is wrong in it. `ids` are all message ids.
pub fn generate(root: &Path, out: &Path, ids: &[String]) -> Result<(), String> {
    let folder = root.join("static/templates");
    let index = folder.join("index.yaml");
    println!("cargo:rerun-if-changed={}", folder.display());
    println!("cargo:rerun-if-changed={}", index.display());
    let text = std::fs::read_to_string(&index).map_err(|e| format!("{}: {e}", index.display()))?;
    let entries: Vec<Entry> = serde_yaml::from_str(&text).map_err(|e| format!("{}: {e}", index.display()))?;
    let mut code = String::from("static TEMPLATES: &[Template] = &[\n");
    let mut texts = Vec::new();
    for (n, entry) in entries.iter().enumerate() {
        let id = |name: String| match ids.contains(&name) {
            true => Ok(format!("crate::i18n::id::{}", crate::locales::constant(&name))),
            false => Err(format!("{}: {}: static/locales/en.yaml has no {name}", index.display(), entry.id)),
        };
        let file = folder.join(format!("{}.yaml", entry.id));
        println!("cargo:rerun-if-changed={}", file.display());
        let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        texts.push(text);
        let _ = writeln!(
            code,
            "    Template {{ id: {:?}, group: {}, kinds: &{:?}, title: {}, description: {}, file: {:?}, text: {n} }},",
            entry.id,
            id(format!("template.group_{}", entry.group))?,
            entry.kinds,
            id(format!("template.{}", entry.id.replace('-', "_")))?,
            id(format!("template.{}_about", entry.id.replace('-', "_")))?,
            format!("{}.yaml", entry.id),
        );
    }
    code.push_str("];\n\n");
    let _ = writeln!(code, "static TEXTS: &[&str] = &{texts:?};");
    for file in std::fs::read_dir(&folder).map_err(|e| e.to_string())?.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let listed = entries.iter().any(|e| format!("{}.yaml", e.id) == name);
        if name != "index.yaml" && !listed {
            return Err(format!("{}: {name} is not listed", index.display()));
        }
    }
    std::fs::write(out.join("templates.rs"), code).map_err(|e| e.to_string())
}
