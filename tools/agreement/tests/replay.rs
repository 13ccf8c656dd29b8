//! What real servers of five versions said of thousands of manifests (tests/agreement), and what we say.
//!
//! Red: the table says what is missing; `cargo run -p agreement -- replay` writes out every case that differs.

use std::sync::LazyLock;

use agreement::KINDS;
use agreement::corpus::{Recorded, file, read, replay};
use manifest_studio::k8s::Version;

static CASES: LazyLock<Vec<Recorded>> = LazyLock::new(|| {
    let read = |kind| read(&file(kind)).unwrap_or_else(|e| panic!("{}: {e}", file(kind).display()));
    KINDS.into_iter().flat_map(read).collect()
});

fn agrees(version: Version) {
    let report = replay(&CASES, version, |_, _, _| {}).expect("no thread fails");
    let lacks = report.lacks();
    assert!(lacks.is_empty(), "{version}: not reached: {}\n{}\n{}", lacks.join("; "), report.table(), report.most(60));
}

#[test]
fn the_corpus_is_whole() {
    for kind in KINDS {
        let cases: Vec<_> = CASES.iter().filter(|case| case.name.split(' ').next() == Some(kind)).collect();
        assert!(cases.len() >= 1450, "only {} cases of {kind}", cases.len());
        for case in cases {
            let versions: Vec<_> = case.answers.iter().map(|(version, _)| *version).collect();
            assert_eq!(versions, Version::ALL, "{}", case.name);
        }
    }
    assert!(CASES.len() >= 6000, "only {} cases", CASES.len());
}

#[test]
fn as_1_33() {
    agrees(Version::V1_33);
}

#[test]
fn as_1_34() {
    agrees(Version::V1_34);
}

#[test]
fn as_1_35() {
    agrees(Version::V1_35);
}

#[test]
fn as_1_36() {
    agrees(Version::V1_36);
}

#[test]
fn as_1_37() {
    agrees(Version::V1_37);
}
