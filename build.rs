//! Data files become code here, and a mistake in one stops the build with file and place.

#[path = "build/badges.rs"]
mod badges;
// The layouts are checked against the schema, so the build reads it with the crate's own code.
#[allow(dead_code, unused_imports)]
#[path = "src/k8s/mod.rs"]
mod k8s;
#[path = "build/later.rs"]
mod later;
#[path = "build/layouts.rs"]
mod layouts;
#[path = "build/locales.rs"]
mod locales;
#[allow(dead_code, unused_imports)]
#[path = "src/schema/mod.rs"]
mod schema;
#[path = "build/templates.rs"]
mod templates;

use std::path::PathBuf;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=build");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    if let Err(message) = run(&root, &out) {
        eprintln!("error: {message}");
        std::process::exit(1);
    }
}

fn run(root: &std::path::Path, out: &std::path::Path) -> Result<(), String> {
    let ids = locales::generate(root, out)?;
    layouts::generate(root, out, &ids)?;
    templates::generate(root, out, &ids)?;
    badges::generate(root, out)?;
    Ok(())
}
