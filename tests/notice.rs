//! NOTICE names every part of others' work that the built page contains, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// `name: licence` of each crate compiled for the browser; macros run in the compiler and are not shipped.
fn crates() -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo)
        .current_dir(root())
        .args(["tree", "--locked", "--offline", "-p", "manifest-studio", "--target", "wasm32-unknown-unknown"])
        .args(["-e", "normal,no-proc-macro", "--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"])
        .output()
        .expect("cargo runs");
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let tree = String::from_utf8(answer.stdout).expect("UTF-8");
    tree.lines()
        .filter_map(|line| {
            let (package, licence) = line.split_once('|')?;
            let name = package.split(' ').next()?;
            // Older manifests write the choice as a stroke.
            let licence = licence.replace(" / ", " OR ").replace('/', " OR ");
            (!["manifest-studio", "jiff", "lean-yew"].contains(&name)).then(|| format!("{name}: {licence}"))
        })
        .collect()
}

/// `name: licence` of each npm package that what we bundle is made of.
fn packages() -> BTreeSet<String> {
    let lock: Value = serde_json::from_str(&read("package-lock.json")).expect("JSON");
    let all = lock["packages"].as_object().expect("packages");
    all.iter()
        .filter(|(path, package)| !path.is_empty() && package["dev"] != Value::Bool(true))
        .map(|(path, package)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path);
            format!("{name}: {}", package["license"].as_str().unwrap_or("no licence"))
        })
        .collect()
}

#[test]
fn it_names_what_is_shipped() {
    let notice = read("NOTICE");
    let parts = || notice.lines().filter_map(|line| line.strip_prefix("- "));
    let named: BTreeSet<String> = parts().map(|p| p.split("; ").next().unwrap_or(p).to_owned()).collect();
    let shipped: BTreeSet<String> = crates().into_iter().chain(packages()).collect();
    let lacks: Vec<_> = shipped.difference(&named).collect();
    let stale: Vec<_> = named.difference(&shipped).collect();
    assert!(lacks.is_empty() && stale.is_empty(), "NOTICE lacks {lacks:#?}, and names without need {stale:#?}");
    // What cannot be taken under Apache-2.0 asks for its authors' names.
    for part in parts() {
        assert!(part.contains("Apache-2.0") || part.contains("Copyright"), "NOTICE: {part}: whose copyright?");
    }
}

#[test]
fn it_goes_with_the_page() {
    let page = read("index.html");
    for file in ["LICENSE", "NOTICE"] {
        assert!(page.contains(&format!(r#"rel="copy-file" href="{file}""#)), "index.html does not ship {file}");
    }
}
