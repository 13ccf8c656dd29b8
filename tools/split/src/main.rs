//! Splits the page's wasm in two, after everything else has been done to it: what the first screen runs, and the
//! rest, which is fetched behind the first paint.
//!
//! ```text
//! split cut   IN RULES FIRST REST JS writes the two modules, and renames their imports in JS; says what each weighs
//! split cut   … REST JS NAMES        also a line for each function of FIRST, to read a stack by
//! split list  IN RULES               a line for each function: `first` or `later`, its size, its name
//! split watch IN OUT                 writes IN with a memory `seen`: byte n is 1 once function n of the list has run
//! ```
//!
//! IN must have its names (`wasm-bindgen --keep-debug`, `wasm-opt -g`) and import a function whose name contains
//! `restNow`: it brings the rest at once. A function of the rest stands in FIRST as a few instructions that go
//! through the table; the place in the table belongs to a caller of `restNow` until the rest is there and takes it.
//! So which function is where decides how fast the page begins, never what it does.

mod cut;
mod data;
mod module;
mod rules;
#[cfg(test)]
mod tests;
mod watch;

use std::process::ExitCode;

use module::Module;
use rules::Rules;

/// What went wrong, for the person at the terminal.
pub type Error = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["cut", input, rules, first, rest, script] => run_cut(input, rules, [first, rest, script], None),
        ["cut", input, rules, first, rest, script, names] => run_cut(input, rules, [first, rest, script], Some(names)),
        ["list", input, rules] => run_list(input, rules),
        ["watch", input, out] => run_watch(input, out),
        _ => Err("usage: split cut IN RULES FIRST REST JS [NAMES] | split list IN RULES | split watch IN OUT".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("split: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(path: &str) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|e| format!("{path}: {e}").into())
}

fn write(path: &str, bytes: &[u8]) -> Result<(), Error> {
    std::fs::write(path, bytes).map_err(|e| format!("{path}: {e}").into())
}

fn read_rules(path: &str) -> Result<Rules, Error> {
    let text = String::from_utf8(read(path)?)?;
    Rules::read(&text).map_err(|e| format!("{path}: {e}").into())
}

fn run_cut(input: &str, rules: &str, [first, rest, script]: [&str; 3], names: Option<&str>) -> Result<(), Error> {
    let bytes = read(input)?;
    let module = Module::read(&bytes)?;
    let rules = read_rules(rules)?;
    let later = rules.choose(&module);
    let halves = cut::cut(&module, &later, &rules.tables)?;
    for half in [&halves.first, &halves.rest] {
        wasmparser::validate(half)?;
    }
    let renamed = cut::rename_imports(&module, &String::from_utf8(read(script)?)?)?;
    write(script, renamed.as_bytes())?;
    write(first, &halves.first)?;
    write(rest, &halves.rest)?;
    if let Some(names) = names {
        write(names, (halves.names.join("\n") + "\n").as_bytes())?;
    }
    let moved = later.iter().filter(|later| **later).count();
    println!(
        "{} functions stay, {moved} come later: {} and {} bytes",
        later.len() - moved,
        halves.first.len(),
        halves.rest.len()
    );
    Ok(())
}

fn run_list(input: &str, rules: &str) -> Result<(), Error> {
    let bytes = read(input)?;
    let module = Module::read(&bytes)?;
    let later = read_rules(rules)?.choose(&module);
    for (n, (later, body)) in later.iter().zip(&module.bodies).enumerate() {
        let when = if *later { "later" } else { "first" };
        println!("{when}\t{}\t{}", body.as_bytes().len(), module.name(module.imported + n as u32));
    }
    Ok(())
}

fn run_watch(input: &str, out: &str) -> Result<(), Error> {
    let bytes = read(input)?;
    let watched = watch::watch(&Module::read(&bytes)?)?;
    wasmparser::validate(&watched)?;
    write(out, &watched)
}
