//! Files in and out, on real texts and with other programs as judges.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use manifest_studio::transfer::{split_list, zip};
use manifest_studio::yaml::{Document, Stream};

fn templates() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/templates");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder).expect("a folder").flatten().map(|e| e.path()).collect();
    paths.sort();
    let read = |p: PathBuf| Some((p.file_name()?.to_str()?.to_owned(), std::fs::read_to_string(&p).ok()?));
    paths.into_iter().filter_map(read).filter(|(name, _)| name.ends_with(".yaml") && name != "index.yaml").collect()
}

/// Every document of the gallery's templates becomes an item of a list, as a person would indent it;
/// splitting gives the documents back, comments and all.
#[test]
fn splitting_undoes_listing() {
    let mut checked = 0;
    for (name, text) in templates() {
        let stream = Stream::read(text.as_str());
        let documents: Vec<&Document> =
            stream.documents().iter().map(|d| &*d.document).filter(|d| !d.is_null()).collect();
        for step in ["", "  ", "    "] {
            let mut list = String::from("apiVersion: v1\nkind: List\nitems:\n");
            for document in &documents {
                let mut pending = true;
                for line in document.text().lines().filter(|l| !l.starts_with("---")) {
                    let first = pending && !line.starts_with('#') && !line.trim().is_empty();
                    let mark = if first { "- " } else { "  " };
                    pending &= !first;
                    // Comments above the first key stand above the dash.
                    let above = pending && line.starts_with('#');
                    let _ = match line {
                        "" => writeln!(list),
                        _ if above => writeln!(list, "{step}{line}"),
                        _ => writeln!(list, "{step}{mark}{line}"),
                    };
                }
            }
            let read = Document::read(&list);
            assert!(read.error().is_none(), "{name}: {:?}\n{list}", read.error());
            let split = split_list(&read).unwrap_or_else(|| panic!("{name} is a list:\n{list}"));
            let again = Stream::read(split.as_str());
            let values: Vec<_> = again.documents().iter().filter_map(|d| d.document.to_json()).collect();
            let expected: Vec<_> = documents.iter().filter_map(|d| d.to_json()).collect();
            assert_eq!(values, expected, "{name}");
            let lines = |text: &str| -> Vec<String> {
                text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with("---")).map(str::to_owned).collect()
            };
            assert_eq!(lines(&split), documents.iter().flat_map(|d| lines(d.text())).collect::<Vec<_>>(), "{name}");
            checked += documents.len();
        }
    }
    assert!(checked >= 48, "{checked} documents");
}

#[test]
fn other_programs_open_the_zip() {
    let long = "a: 1\r\n".repeat(20_000);
    let files = [
        ("web.yaml", "kind: Pod\n"),
        ("base/名前 😀.yaml", "名: 前\n"),
        ("WEB.yaml", long.as_str()),
        ("../../etc/passwd", ""),
        ("con.yaml", "x: 1\n"),
        ("a:b?.yaml", "y: 1\n"),
    ];
    let bytes = zip(files);
    assert_eq!(bytes, zip(files), "the same files, the same bytes");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("transfer-zip");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("studio.zip");
    std::fs::write(&path, &bytes).expect("written");
    let script = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n\
                  for i in z.infolist(): sys.stdout.buffer.write(b'%s %d\\n' % (i.filename.encode(), len(z.read(i))))\n";
    let expected = format!(
        "web.yaml 10\nbase/名前 😀.yaml 9\nWEB-2.yaml {}\netc/passwd 0\n_con.yaml 5\na-b-.yaml 5\n",
        long.len()
    );
    let mut judged = 0;
    if let Ok(told) = Command::new("python3").arg("-c").arg(script).arg(&path).output() {
        assert_eq!(String::from_utf8_lossy(&told.stdout), expected, "{}", String::from_utf8_lossy(&told.stderr));
        judged += 1;
    }
    if let Ok(told) = Command::new("unzip").arg("-t").arg(&path).output() {
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
        judged += 1;
    }
    if judged == 0 {
        println!("neither python3 nor unzip is here: the zip was opened by nobody");
    }
    let empty = folder.join("empty.zip");
    std::fs::write(&empty, zip([])).expect("written");
    if let Ok(told) = Command::new("python3").args(["-m", "zipfile", "-t"]).arg(&empty).output() {
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    }
}

proptest::proptest! {
    /// Whatever the text is: no panic, and what is split is read as the items were.
    #[test]
    fn any_list_is_split_or_left(lines in proptest::collection::vec(proptest::sample::select(vec![
        "- apiVersion: v1\n", "  kind: Pod\n", "- \n", "-\n", "  - apiVersion: v1\r\n", "    kind: Pod\n", "  a: |+\n", "   x\n", "\n", "# c\n",
        "  # d\n", "  b: \"x\n", "   y\"\n", "- {apiVersion: v1, kind: Pod}\n", "  c: &c\n", "  d: *c\n", "---\n", "metadata: {}\n", "- apiVersion: v1\n  kind: Pod\n",
    ]), 0..14)) {
        let document = Document::read(&format!("kind: List\nitems:\n{}", lines.concat()));
        if let Some(split) = split_list(&document) {
            let items = document.to_json().map(|v| v["items"].clone());
            let stream = Stream::read(split.as_str());
            let read: Vec<_> = stream.documents().iter().filter_map(|d| d.document.to_json()).collect();
            proptest::prop_assert_eq!(Some(serde_json::Value::Array(read)), items);
        }
    }
}
