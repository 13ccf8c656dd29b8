//! Real manifests: each is read, and 20 random edits on each change nothing but their target.

use std::path::{Path, PathBuf};
use std::process::Command;

use manifest_studio::yaml::{EditError, Stream};

#[path = "yaml/any.rs"]
mod any;

use any::{Dice, Outcome};

/// The folder of public manifests: beside the checkout, or where `STUDIO_PUBLIC` says.
fn public() -> Option<PathBuf> {
    let folder = std::env::var_os("STUDIO_PUBLIC")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/public"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// A folder that goes when it is dropped.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn files(folder: &Path) -> (Scratch, Vec<PathBuf>) {
    let scratch = Scratch(std::env::temp_dir().join(format!("studio-public-{}", std::process::id())));
    std::fs::create_dir_all(&scratch.0).expect("a folder for the files");
    let archive = folder.join("files.tar.xz");
    let status = Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(&scratch.0).status().expect("tar runs");
    assert!(status.success(), "tar cannot unpack the files");
    let (mut files, mut folders) = (Vec::new(), vec![scratch.0.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "yaml" || e == "yml" || e == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    (scratch, files)
}

#[test]
fn random_edits_change_only_their_target() {
    let Some(folder) = public() else {
        println!("left out: there is no ../shared/public");
        return;
    };
    let (_scratch, files) = files(&folder);
    assert!(files.len() > 700, "only {} files", files.len());
    let (mut made, mut refused, mut documents, mut unreadable) = (0, 0, 0, 0);
    let (mut wrong, mut agreed) = (Vec::new(), 0);
    for (number, file) in files.iter().enumerate() {
        let text = std::fs::read_to_string(file).expect("a file is UTF-8");
        let stream = Stream::read(text.as_str());
        let joined: String = stream.documents().iter().map(|d| d.document.text()).collect();
        assert_eq!(joined, text, "{}", file.display());
        let readable: Vec<usize> =
            (0..stream.documents().len()).filter(|&i| stream.documents()[i].document.root().is_some()).collect();
        documents += readable.len();
        unreadable += stream.documents().iter().filter(|d| d.document.error().is_some()).count();
        // The second reader, where both define the value: YAML 1.2 has fewer booleans and other numbers.
        for &i in &readable {
            let document = &stream.documents()[i].document;
            if !document.notes().is_empty() || document.text().contains("<<") {
                continue;
            }
            // Kubernetes ends the last line where nobody did.
            let end = if document.text().ends_with('\n') { "" } else { "\n" };
            let ended = [document.text(), end].concat();
            let Ok(other) = serde_yaml::from_str::<serde_json::Value>(&ended) else { continue };
            let ours = document.to_json().expect("a value");
            assert!(any::same(&ours, &other, false), "{}: {ours}\n{other}", file.display());
            agreed += 1;
        }
        if readable.is_empty() {
            continue;
        }
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (number as u64 + 1).wrapping_mul(0xD129_0F15));
        let mut tries = 0;
        let mut done = 0;
        while done < 20 && tries < 60 {
            tries += 1;
            let target = *dice.pick(&readable);
            let document = &stream.documents()[target].document;
            let Some(edit) = any::edit(&mut dice, document) else { continue };
            match any::check(&stream, target, &edit) {
                Ok(Outcome::Made(_)) => done += 1,
                Ok(Outcome::Refused(EditError::Exists)) => {}
                Ok(Outcome::Refused(error)) => {
                    assert_ne!(error, EditError::Unreadable);
                    refused += 1;
                }
                Err(what) => wrong.push(format!("{} document {target}\n{edit:?}\n{what}", file.display())),
            }
        }
        made += done;
    }
    println!(
        "{} files, {documents} documents read, {agreed} as serde_yaml does, {unreadable} refused; {made} edits made, {refused} refused",
        files.len()
    );
    let shown = wrong.len().min(12);
    assert!(wrong.is_empty(), "{} edits went wrong:\n{}", wrong.len(), wrong[..shown].join("\n\n"));
    assert!(made > 10_000 && refused < made / 20, "{made} made, {refused} refused");
}
