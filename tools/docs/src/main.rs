//! `cargo run -p docs -- FOLDER`; see the library's head.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), None) = (arguments.next(), arguments.next()) else {
        eprintln!("docs FOLDER: writes the documentation texts there, one file an API group");
        return ExitCode::FAILURE;
    };
    match write(Path::new(&folder)) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("docs: {folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> std::io::Result<String> {
    fs::create_dir_all(folder)?;
    let groups = docs::groups();
    let mut bytes = 0;
    for (group, types) in &groups {
        let text = docs::file(types);
        bytes += text.len();
        fs::write(folder.join(format!("{group}.json")), text)?;
    }
    Ok(format!("{} files, {bytes} bytes of texts in {}", groups.len(), folder.display()))
}
