//! What nobody writes by accident: every text ends in a value or in a clear error, on a stack as
//! small as the page's.

use manifest_studio::yaml::edit::{self, After};
use manifest_studio::yaml::{Document, EditError, Path, ReadErrorKind, Step, Stream};
use serde::Deserialize;

/// Runs on a stack of one megabyte, as WebAssembly has it.
fn small<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(1 << 20).spawn(run).expect("a thread").join().expect("no panic")
}

/// Everything that can be asked of a document.
fn ask(text: &str) -> Option<ReadErrorKind> {
    let text = text.to_owned();
    small(move || {
        let stream = Stream::read(text.as_str());
        let joined: usize = stream.documents().iter().map(|d| d.document.text().len()).sum();
        assert_eq!(joined, text.len());
        for located in stream.documents() {
            let document = &located.document;
            for at in [0, 1, document.text().len() / 2, document.text().len()] {
                document.path_at(at);
            }
            if let Some(root) = document.root() {
                let json = root.to_json();
                assert_eq!(serde_json::Value::deserialize(root.typed()).expect("any value"), json);
                let _ = edit::set(document, &["x".into()], &1.into());
                let _ = edit::append(document, &[], &1.into());
                let _ = edit::delete(document, &[0.into()]);
            }
        }
        stream.documents().iter().find_map(|d| d.document.error()).map(|error| {
            assert!(error.span.range().end <= text.len() && !error.kind.to_string().is_empty());
            error.kind.clone()
        })
    })
}

#[test]
fn ten_thousand_nested_lists() {
    for text in [
        "- ".repeat(10_000),
        "[".repeat(10_000),
        "[".repeat(10_000) + &"]".repeat(10_000),
        "{a: ".repeat(10_000),
        "{\"a\":".repeat(10_000),
        "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000),
        "{\"a\":[".repeat(10_000),
        "? ".repeat(10_000),
        (0..1000).map(|i| " ".repeat(i) + "a:\n").collect(),
        (0..1000).map(|i| " ".repeat(i) + "-\n").collect(),
    ] {
        assert_eq!(ask(&text), Some(ReadErrorKind::TooDeep), "{:?}", &text[..20]);
    }
    // Well within the limit, all of it works.
    assert_eq!(ask(&("[".repeat(199) + &"]".repeat(199))), None);
    assert_eq!(ask(&("- ".repeat(199) + "x\n")), None);
    assert_eq!(ask(&("{\"a\":".repeat(199) + "1" + &"}".repeat(199))), None);
}

#[test]
fn alias_bombs() {
    let laughs = |width: usize, depth: usize| {
        let mut text = "a0: &a0 [x]\n".to_owned();
        for i in 1..depth {
            let inner = vec![format!("*a{}", i - 1); width].join(", ");
            text += &format!("a{i}: &a{i} [{inner}]\n");
        }
        text
    };
    assert_eq!(ask(&laughs(9, 9)), Some(ReadErrorKind::ExcessiveAliasing));
    assert_eq!(ask(&laughs(2, 64)), Some(ReadErrorKind::ExcessiveAliasing));
    assert_eq!(ask(&laughs(9, 3)), None);
    // One big list, aliased all over a file of 70 KB.
    let list = vec!["x"; 5000].join(", ");
    let many: String = (0..10_000).map(|i| format!("b{i}: *a\n")).collect();
    assert_eq!(ask(&format!("a: &a [{list}]\n{many}")), Some(ReadErrorKind::ExcessiveAliasing));
    // One big map, merged all over.
    let map: String = (0..2000).map(|i| format!("  k{i}: 1\n")).collect();
    let many: String = (0..4000).map(|i| format!("b{i}:\n  <<: *a\n")).collect();
    assert_eq!(ask(&format!("a: &a\n{map}{many}")), Some(ReadErrorKind::ExcessiveAliasing));
    // A long text, aliased often: few nodes, but many bytes.
    let text = "x".repeat(1 << 20);
    let many: String = (0..90).map(|i| format!("b{i}: *a\n")).collect();
    assert_eq!(ask(&format!("a: &a {text}\n{many}")), Some(ReadErrorKind::ExcessiveAliasing));
    // Lists within aliases within lists: deep only when followed.
    let mut deep = "a0: &a0 [x]\n".to_owned();
    for i in 1..40 {
        deep += &format!("a{i}: &a{i} {}*a{}{}\n", "[".repeat(10), i - 1, "]".repeat(10));
    }
    assert_eq!(ask(&deep), Some(ReadErrorKind::TooDeep));
    assert_eq!(ask("a: &a [*a]\n"), Some(ReadErrorKind::AliasLoop));
    assert_eq!(ask("a: &a\n  <<: *a\n"), Some(ReadErrorKind::AliasLoop));
}

#[test]
fn no_text_at_all() {
    for text in ["\0", "a: \0", "\0\0\0\0", "a: 1\n\0", "\u{1}\u{2}", "PK\u{3}\u{4}", "\u{7f}ELF"] {
        assert!(matches!(ask(text), Some(ReadErrorKind::Character(_))), "{text:?}");
    }
    let error = Document::read("a: 1\nb: \u{7}\n").error().cloned().expect("an error");
    assert_eq!((error.kind, error.span.start), (ReadErrorKind::Character('\u{7}'), 8));
    // Read as Latin-1 or with replacement characters it is a text, and may be one for YAML.
    assert_eq!(ask("a: \u{fffd}\u{fffd}\n"), None);
}

#[test]
fn much_of_everything() {
    let keys: String = (0..12_000).map(|i| format!("k{}: {i}\n", i % 11_000)).collect();
    assert_eq!(ask(&keys), None);
    let anchors: String = (0..8_000).map(|i| format!("- &a{i} [x]\n")).collect();
    assert_eq!(ask(&anchors), None);
    let aliases: String = (0..5_000).map(|i| format!("- &a{i} [x]\n- *a{i}\n")).collect();
    assert_eq!(ask(&aliases), None);
    assert_eq!(ask(&"---\n".repeat(10_000)), None);
    assert_eq!(ask(&"# c\n".repeat(100_000)), None);
    assert_eq!(ask(&("a: \"".to_owned() + &"\\n".repeat(100_000) + "\"\n")), None);
    assert_eq!(ask(&"{\"a\":1}".repeat(4_000)), None);
    assert!(ask(&"{".repeat(100_000)).is_some());
    assert!(ask(&"\"".repeat(99_999)).is_some());
    assert!(ask(&"\t".repeat(100_000)).is_some());
    assert!(ask(&"a: ".repeat(50_000)).is_some());
    assert!(ask(&"!a".repeat(50_000)).is_some());
}

#[test]
fn odd_line_ends_and_letters() {
    assert_eq!(Document::read("a: 1\rb: 2\r").to_json(), Some(serde_json::json!({"a": 1, "b": 2})));
    assert_eq!(Document::read("\u{feff}a: 1\n").to_json(), Some(serde_json::json!({"a": 1})));
    let text = "metadata:\n  name: \"😀\"\n  labels: {שלום: مرحبا}\n";
    let document = Document::read(text);
    let path: Path = vec!["metadata".into(), "labels".into(), "שלום".into()];
    let change = edit::set(&document, &path, &"👩‍👩‍👧".into()).expect("an edit");
    assert_eq!(&text[change.from..change.to], "مرحبا");
    assert_eq!(document.path_at(text.find('😀').expect("a face")), ["metadata".into(), Step::from("name")]);
}

#[test]
fn edits_of_what_is_not_there() {
    let document = Document::read("a: [1]\n");
    let long: Path = std::iter::repeat_n(Step::from("x"), 10_000).collect();
    assert_eq!(edit::set(&document, &long, &1.into()), Err(EditError::Unfit));
    assert_eq!(edit::delete(&document, &[]), Err(EditError::Unfit));
    assert_eq!(edit::delete(&document, &long), Err(EditError::Unfit));
    assert_eq!(edit::rename(&document, &["a".into(), 0.into()], "x"), Err(EditError::Unfit));
    assert_eq!(edit::insert(&document, &["a".into()], Some("k"), &1.into(), &After::Last), Err(EditError::Unfit));
    assert_eq!(edit::move_to(&document, &["a".into()], &After::Step("b".into())), Err(EditError::NotFound));
    assert_eq!(edit::append(&Document::read("a: {"), &[], &1.into()), Err(EditError::Unreadable));
}
