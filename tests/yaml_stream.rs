//! A stream of documents: an edit reads what it touches and nothing else, and gives the same as
//! reading everything anew.

use std::sync::Arc;

use manifest_studio::text::Change;
use manifest_studio::yaml::{DocId, Document, Stream};
use proptest::prelude::*;

/// `edit` against `read`: texts, places, values, errors; names that are used once only.
fn check(stream: &Stream, changes: &[Change]) -> Result<Stream, TestCaseError> {
    let text = Change::apply_all(stream.text(), changes);
    let edited = stream.edit(changes);
    let fresh = Stream::read(text.as_str());
    same(&edited, &fresh, &text)?;
    // What has been read already is taken where it is what would be read.
    for part in fresh.documents() {
        same(&stream.edit_read(changes, Some(Document::read(part.document.text()))), &fresh, &text)?;
    }
    let mut names: Vec<DocId> = edited.documents().iter().map(|d| d.id).collect();
    names.sort();
    names.dedup();
    prop_assert_eq!(names.len(), edited.documents().len());
    Ok(edited)
}

fn same(edited: &Stream, fresh: &Stream, text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(&**edited.text(), text);
    prop_assert_eq!(edited.documents().len(), fresh.documents().len(), "{:?}", text);
    let mut joined = String::new();
    for (a, b) in edited.documents().iter().zip(fresh.documents()) {
        prop_assert_eq!(a.start, joined.len());
        prop_assert_eq!(a.start, b.start);
        prop_assert_eq!(a.document.text(), b.document.text());
        prop_assert_eq!(a.document.error(), b.document.error());
        prop_assert_eq!(a.document.notes(), b.document.notes());
        prop_assert_eq!(a.document.to_json(), b.document.to_json());
        prop_assert_eq!(a.document.is_json(), b.document.is_json());
        joined.push_str(a.document.text());
    }
    prop_assert_eq!(joined, text);
    Ok(())
}

fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "---\n",
        "--- # c\n",
        "---",
        "--",
        "-",
        "\n",
        "\r\n",
        "\r",
        "a: 1\n",
        "b:\n  - x\n  - y\n",
        "# c\n",
        "...\n",
        "{",
        "}",
        "{\"a\":1}",
        "{\"b\":[1,2]}\n",
        "\"",
        ":",
        " ",
        "\t",
        "a: |\n  x\n",
        "\u{feff}",
        "é",
        "--- x\n",
        "null\n",
        "&a ",
        "*a",
        "[",
        "]",
        ",",
        "x",
    ];
    prop::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

/// Up to three splices at character boundaries.
fn splices(text: &str, cuts: &[(usize, usize, String)]) -> Vec<Change> {
    let places: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
    let mut changes: Vec<Change> = Vec::new();
    let mut cuts: Vec<_> = cuts.iter().map(|(a, b, s)| (a % places.len(), b % 6, s)).collect();
    cuts.sort_by_key(|cut| cut.0);
    for (from, len, insert) in cuts {
        let to = places[(from + len).min(places.len() - 1)];
        if changes.last().is_none_or(|last| last.to < places[from]) {
            changes.push(Change::new(places[from], to, insert.as_str()));
        }
    }
    changes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_gives_what_reading_gives(
        text in text(),
        rounds in prop::collection::vec(prop::collection::vec((any::<usize>(), any::<usize>(), text()), 1..4), 1..5),
    ) {
        let mut stream = Stream::read(text.as_str());
        for cuts in rounds {
            let changes = splices(stream.text(), &cuts);
            let next = check(&stream, &changes)?;
            // And back.
            let undo = Change::invert_all(stream.text(), &changes);
            let back = check(&next, &undo)?;
            prop_assert_eq!(back.text(), stream.text());
            stream = next;
        }
    }

    #[test]
    fn any_text_can_be_read_and_asked(text in "\\PC{0,40}|[-a: \\[\\]{}&*!|>'\"%@?#,\n\t]{0,60}", at in any::<usize>()) {
        let document = Document::read(&text);
        let _ = (document.to_json(), document.notes(), document.error(), document.path_at(at % 100));
        check(&Stream::read(text.as_str()), &[])?;
    }
}

fn many(count: usize) -> String {
    (0..count)
        .map(|i| format!("---\n# number {i}\nkind: ConfigMap\nmetadata:\n  name: n{i}\ndata:\n  a: \"{i}\"\n"))
        .collect()
}

/// Which documents of `after` are not the very same as in `before`, by name.
fn read_anew(before: &Stream, after: &Stream) -> Vec<usize> {
    let same = |d: &manifest_studio::yaml::Located| {
        before.get(d.id).is_some_and(|old| Arc::ptr_eq(&old.document, &d.document))
    };
    after.documents().iter().enumerate().filter(|(_, d)| !same(d)).map(|(i, _)| i).collect()
}

#[test]
fn one_edit_among_many_reads_one_document() {
    let text = many(3000);
    let stream = Stream::read(text.as_str());
    assert_eq!(stream.documents().len(), 3000);
    let ids = |stream: &Stream| stream.documents().iter().map(|d| d.id).collect::<Vec<_>>();
    for number in [0, 1, 1500, 2998, 2999] {
        let located = &stream.documents()[number];
        let at = located.start + located.document.text().find("a: \"").expect("a value") + 4;
        let edited = stream.edit(&[Change::new(at, at, "x")]);
        assert_eq!(read_anew(&stream, &edited), [number]);
        assert_eq!(ids(&edited), ids(&stream));
    }
    // Typing at the seam of two documents touches no third one.
    let seam = stream.documents()[7].start;
    let edited = stream.edit(&[Change::new(seam, seam, "b: 1\n")]);
    assert_eq!(read_anew(&stream, &edited), [6]);
    // Two edits far apart read two documents.
    let (a, b) = (&stream.documents()[3], &stream.documents()[2000]);
    let edited =
        stream.edit(&[Change::new(a.start + 4, a.start + 4, "# x\n"), Change::new(b.start + 4, b.start + 4, "# y\n")]);
    assert_eq!(read_anew(&stream, &edited), [3, 2000]);
}

#[test]
fn names_stay_with_their_documents() {
    let stream = Stream::read("a: 1\n---\nb: 2\n---\nc: 3\n");
    let names = |stream: &Stream| stream.documents().iter().map(|d| d.id.0).collect::<Vec<_>>();
    assert_eq!(names(&stream), [0, 1, 2]);
    // A new document between two others.
    let added = stream.edit(&[Change::new(5, 5, "---\nx: 1\n")]);
    assert_eq!(names(&added), [0, 3, 1, 2]);
    // One is taken away; its name never comes back.
    let removed = added.edit(&[Change::new(14, 23, "")]);
    assert_eq!(&**removed.text(), "a: 1\n---\nx: 1\n---\nc: 3\n");
    assert_eq!(names(&removed), [0, 3, 2]);
    let again = removed.edit(&[Change::new(removed.text().len(), removed.text().len(), "---\ny: 1\n")]);
    assert_eq!(names(&again), [0, 3, 2, 4]);
    // Split in two, the first half keeps the name; joined, the first name stays.
    let split = stream.edit(&[Change::new(14, 14, "d: 4\n---\ne: 5\n")]);
    assert_eq!(names(&split), [0, 1, 3, 2]);
    let joined = stream.edit(&[Change::new(5, 9, "")]);
    assert_eq!(names(&joined), [0, 2]);
    // Moved as they are, they keep their names.
    let moved = stream.edit(&[Change::new(5, 23, "---\nc: 3\n---\nb: 2\n")]);
    assert_eq!(names(&moved), [0, 2, 1]);
    // A document edited beyond recognition keeps its name.
    let other = stream.edit(&[Change::new(9, 14, "something: [else]\n")]);
    assert_eq!(names(&other), [0, 1, 2]);
}

#[test]
fn an_empty_text_has_one_empty_document() {
    let stream = Stream::read("");
    assert_eq!(stream.documents().len(), 1);
    assert!(stream.documents()[0].document.is_null());
    assert_eq!(stream.document_at(0).map(|d| d.id), Some(DocId(0)));
    let typed = stream.edit(&[Change::new(0, 0, "a: 1\n")]);
    assert_eq!(typed.documents()[0].id, DocId(0));
}

#[test]
fn json_values_are_documents_too() {
    let stream = Stream::read("{\"a\": 1}\n{\"b\": 2}\n\n{\"c\": 3}");
    assert_eq!(stream.documents().len(), 3);
    let at = stream.text().find('2').expect("a number");
    let edited = stream.edit(&[Change::new(at, at + 1, "22")]);
    assert_eq!(read_anew(&stream, &edited), [1]);
    assert_eq!(edited.document_at(at).map(|d| d.document.to_json()), Some(Some(serde_json::json!({"b": 22}))));
}
