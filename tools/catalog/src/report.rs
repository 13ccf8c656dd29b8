//! The words beside the file: what it is, how it came to be, what is in it.

use std::fmt::Write;

use crate::COMMAND;
use crate::merge::Merged;

/// `static/catalog.md`.
pub fn report(all: &Merged, bytes: usize) -> String {
    let fields: usize = all.types.values().map(|ty| ty.fields.len()).sum();
    let mut out = String::new();
    let _ = write!(
        out,
        "# catalog.bin\n\
         Every built-in kind, type and field of the supported Kubernetes versions, as facts.\n\
         Made by `{COMMAND}`; do not edit. The format is described in `tools/catalog/src/encode.rs`.\n\n\
         {} kinds, {} types, {fields} fields, {bytes} bytes.\n\n\
         | release | kinds served | kinds off by default | types | fields |\n|---|---|---|---|---|\n",
        all.kinds.len(),
        all.types.len(),
    );
    for (name, bit) in &all.releases {
        let served = all.kinds.values().filter(|k| k.served & bit != 0).count();
        let known = all.kinds.values().filter(|k| k.versions & bit != 0).count();
        let types = all.types.values().filter(|t| t.versions & bit != 0).count();
        let fields = all.types.values().flat_map(|t| t.fields.values()).filter(|f| f.versions & bit != 0).count();
        let _ = writeln!(out, "| {name} | {served} | {} | {types} | {fields} |", known - served);
    }
    if !all.changed.is_empty() {
        out.push_str("\nFacts that changed between two releases; the file has the newer one:\n");
        for line in &all.changed {
            let _ = writeln!(out, "- {line}");
        }
    }
    out
}
