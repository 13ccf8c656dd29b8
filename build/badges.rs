//! The badges of kinds: `static/badges.yaml` → `OUT_DIR/badges.rs`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Writes the generated function; an error names the file and what is wrong in it.
pub fn generate(root: &Path, out: &Path) -> Result<(), String> {
    let path = root.join("static/badges.yaml");
    println!("cargo:rerun-if-changed={}", path.display());
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let badges: BTreeMap<String, (String, String)> =
        serde_yaml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut code = String::from(
        "/// The letters and the colour's class of a kind that has its own.\n\
         fn known(kind: &str) -> Option<(&'static str, &'static str)> {\n    Some(match kind {\n",
    );
    for (kind, (letters, colour)) in &badges {
        let _ = writeln!(code, "        {kind:?} => ({letters:?}, {colour:?}),");
    }
    code.push_str("        _ => return None,\n    })\n}\n");
    std::fs::write(out.join("badges.rs"), code).map_err(|e| e.to_string())
}
