//! Points 2, 5, 6 and 7: several documents and files, opening, copying, downloading.

mod studio_support;

use std::rc::Rc;

use manifest_studio::studio::{Action, Destination, Dialog, Effect, OpenFailure, OpenedFile, templates};
use studio_support::Desk;

const TWO: &str = "# first\nkind: Pod\nmetadata:\n  name: a\n---\n# second\nkind: Pod\nmetadata:\n  name: b\n";

fn names(desk: &Desk) -> Vec<String> {
    let name = |d: &Rc<manifest_studio::studio::Summary>| d.name.as_deref().unwrap_or("").to_owned();
    desk.state.index.documents().map(name).collect()
}

#[test]
fn every_template_and_every_kind_can_be_begun_with() {
    for template in templates() {
        let mut desk = Desk::new();
        desk.act(Action::UseTemplate { id: template.id.into(), to: Destination::NewFile });
        assert_eq!(desk.files(), [(template.file.to_owned(), template.text().to_owned())]);
        assert!(desk.state.selected.is_some());
    }
    let mut desk = Desk::new();
    for (api_version, kind) in [("v1", "Pod"), ("apps/v1", "Deployment"), ("v1", "Service"), ("batch/v1", "Job")] {
        let (api_version, kind) = (api_version.into(), kind.into());
        desk.act(Action::StartEmpty { api_version, kind, to: Destination::NewFile });
    }
    assert_eq!(desk.names(), ["pod.yaml", "deployment.yaml", "service.yaml", "job.yaml"]);
    assert_eq!(desk.files()[1].1, "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: deployment\n");
    let first = desk.state.workspace.files[0].id;
    desk.act(Action::StartEmpty { api_version: "v1".into(), kind: "Pod".into(), to: Destination::File(first) });
    assert_eq!(names(&desk)[..2], ["pod", "pod-2"]);
    assert_eq!(desk.state.selected, Some(desk.doc(1)));
    assert!(desk.text().contains("name: pod\n---\napiVersion: v1\n"));
}

#[test]
fn documents_move_within_a_file_and_between_files() {
    let mut desk = Desk::new();
    let first = desk.open("a.yaml", TWO);
    let second = desk.open("b.yaml", "kind: Service\nmetadata:\n  name: s\n");
    desk.act(Action::MoveDocument { doc: desk.doc(0), to: Some(first), index: 1 });
    assert_eq!(
        desk.text_of(first),
        "# second\nkind: Pod\nmetadata:\n  name: b\n---\n# first\nkind: Pod\nmetadata:\n  name: a\n"
    );
    assert_eq!(names(&desk), ["b", "a", "s"]);
    assert_eq!(desk.state.selected, Some(desk.doc(1)));
    desk.act(Action::MoveDocument { doc: desk.doc(1), to: Some(second), index: 0 });
    assert_eq!(
        desk.text_of(second),
        "# first\nkind: Pod\nmetadata:\n  name: a\n---\nkind: Service\nmetadata:\n  name: s\n"
    );
    assert_eq!(desk.text_of(first), "# second\nkind: Pod\nmetadata:\n  name: b\n");
    desk.act(Action::MoveDocument { doc: desk.doc(0), to: None, index: 0 });
    assert_eq!(desk.names(), ["a.yaml", "b.yaml", "b-2.yaml"]);
    assert_eq!(desk.text_of(first), "");
    for _ in 0..3 {
        desk.act(Action::Undo);
    }
    assert_eq!(desk.text_of(first), TWO);
    assert_eq!(desk.names(), ["a.yaml", "b.yaml"]);
}

#[test]
fn duplicates_are_made_named_and_pointed_out() {
    let mut desk = Desk::new();
    desk.open("a.yaml", TWO);
    desk.act(Action::DuplicateDocument(desk.doc(1)));
    assert_eq!(names(&desk), ["a", "b", "b-2"]);
    assert_eq!(desk.text(), format!("{TWO}---\n# second\nkind: Pod\nmetadata:\n  name: b-2\n"));
    let double = |desk: &Desk, n: usize| {
        let found = desk.findings(desk.doc(n));
        found.into_iter().find(|(field, words)| field == "metadata.name" && words.contains("same kind and name"))
    };
    assert_eq!(double(&desk, 2), None);
    let at = desk.text().len();
    let file = desk.state.workspace.files[0].id;
    desk.edit(file, at - 3, at - 1, "");
    let (_, words) = double(&desk, 2).expect("pointed out");
    assert_eq!(words, "“Pod b” is here and in a.yaml: two documents of the same kind and name.");
    assert!(double(&desk, 1).is_some());
    assert_eq!(double(&desk, 0), None);
    let warnings = desk.state.findings.warnings();
    desk.act(Action::Undo);
    assert_eq!((double(&desk, 1), double(&desk, 2)), (None, None));
    assert_eq!(desk.state.findings.warnings(), warnings - 2);
    // Of another namespace it is another object.
    desk.open("c.yaml", "kind: Pod\nmetadata:\n  name: a\n  namespace: other\n");
    assert_eq!(double(&desk, 0), None);
}

#[test]
fn what_is_made_of_generate_name_has_no_double() {
    let mut desk = Desk::new();
    desk.open("a.yaml", "kind: Pod\nmetadata:\n  generateName: a-\n---\nkind: Pod\nmetadata:\n  generateName: a-\n");
    assert_eq!(desk.state.findings.of(desk.doc(0)).map_or(0, |found| found.warnings), 0);
}

#[test]
fn a_double_is_still_one_after_an_edit_over_its_border() {
    let mut desk = Desk::new();
    let of = |name: &str| format!("kind: Pod\nmetadata:\n  name: {name}\n");
    let file = desk.open("a.yaml", &[of("a"), of("b"), of("a")].join("---\n"));
    let warnings = |desk: &Desk| desk.state.findings.warnings();
    let before = warnings(&desk);
    let text = desk.text();
    let second = text.find("---").expect("a border");
    desk.edit(file, second - 1, second + "---\n".len() + of("b").len(), " # one\n");
    assert_eq!(desk.text(), [of("a"), of("a")].join("---\n").replacen("name: a", "name: a # one", 1));
    assert_eq!(warnings(&desk), before);
}

/// Which documents are said to be doubles, after each of many edits, is what a comparison of all says.
#[test]
fn doubles_are_those_of_all_documents_after_any_edit() {
    let mut desk = Desk::new();
    for name in ["a.yaml", "b.yaml"] {
        desk.open(name, "kind: Pod\nmetadata:\n  name: a\n---\nkind: Pod\nmetadata:\n  name: b\n---\nkind: Job\nmetadata:\n  name: a\n");
    }
    let mut dice = 7_u32;
    let mut roll = move |sides: usize| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 8) as usize % sides
    };
    let mut pointed_out = 0;
    for _ in 0..400 {
        let many = desk.state.index.documents().count();
        let doc = desk.doc(roll(many.max(1)));
        match roll(12) {
            0 => desk.act(Action::Undo),
            1 => desk.act(Action::Redo),
            2 if many > 3 => desk.act(Action::RemoveDocument(doc)),
            3 if many < 12 => desk.act(Action::DuplicateDocument(doc)),
            4 => desk.act(Action::MoveDocument { doc, to: None, index: 0 }),
            5 => {
                let file = desk.state.workspace.files[roll(desk.state.workspace.files.len())].id;
                desk.act(Action::MoveDocument { doc, to: Some(file), index: 0 });
            }
            n => {
                desk.act(Action::Select(doc));
                let text = desk.text_of(doc.file);
                // What tells objects apart, what tells documents apart, or what makes a document no object any more.
                let (what, put) = match n {
                    2 | 3 | 6 | 7 => ("name: ", ["a\n", "b\n", "ab\n", "\n"][roll(4)]),
                    8 => ("kind: ", ["Pod\n", "Job\n"][roll(2)]),
                    9 => ("---", ["\n", "# \n"][roll(2)]),
                    10 => ("metadata:", ["\n", " {\n"][roll(2)]),
                    _ => ("  name", [": a\n---\n", ": b\n"][roll(2)]),
                };
                let places: Vec<usize> = text.match_indices(what).map(|(at, _)| at + what.len()).collect();
                if let Some(&at) = places.get(roll(places.len().max(1))) {
                    let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
                    desk.edit(doc.file, at, end, put);
                }
            }
        }
        let documents: Vec<_> = desk.state.index.documents().cloned().collect();
        let same = |a: &manifest_studio::studio::Summary, b: &manifest_studio::studio::Summary| {
            let named = a.name.is_some() && a.gvk.is_some() && !a.generated && !b.generated;
            named && (a.gvk == b.gvk, &a.name, &a.namespace) == (true, &b.name, &b.namespace)
        };
        for one in &documents {
            let double = documents.iter().any(|other| other.at != one.at && same(one, other));
            let said = desk.findings(one.at).iter().any(|(_, words)| words.contains("same kind and name"));
            assert_eq!(said, double, "{:?} in {:?}", one.name, desk.files());
            pointed_out += usize::from(said);
        }
    }
    assert!(pointed_out > 100, "{pointed_out}");
}

#[test]
fn files_are_named_moved_copied_and_removed() {
    let mut desk = Desk::new();
    let a = desk.open("a.yaml", TWO);
    let b = desk.open("b.yaml", "kind: Pod\n");
    desk.act(Action::RenameFile(b, "A.yaml".into()));
    assert_eq!(desk.names(), ["a.yaml", "A-2.yaml"]);
    desk.act(Action::RenameFile(b, "../x/b.yaml".into()));
    assert_eq!(desk.names(), ["a.yaml", "x/b.yaml"]);
    desk.act(Action::MoveFile(b, 0));
    desk.act(Action::DuplicateFile(b));
    assert_eq!(desk.names(), ["x/b.yaml", "x/b-2.yaml", "a.yaml"]);
    desk.act(Action::RemoveFile(a));
    assert_eq!(desk.names(), ["x/b.yaml", "x/b-2.yaml"]);
    assert!(desk.notices()[0].starts_with("a.yaml was removed"), "{:?}", desk.notices());
    let states = 5;
    for _ in 0..states {
        desk.act(Action::Undo);
    }
    assert_eq!(desk.names(), ["a.yaml", "b.yaml"]);
    assert_eq!(desk.text_of(a), TWO);
}

#[test]
fn removing_selects_what_is_next() {
    let mut desk = Desk::new();
    desk.open("a.yaml", TWO);
    desk.act(Action::Select(desk.doc(1)));
    desk.act(Action::RemoveDocument(desk.doc(1)));
    assert_eq!(desk.text(), "# first\nkind: Pod\nmetadata:\n  name: a\n");
    assert_eq!(desk.state.selected, Some(desk.doc(0)));
    desk.act(Action::RemoveDocument(desk.doc(0)));
    assert_eq!((desk.text().as_str(), desk.state.selected), ("", None));
    desk.act(Action::Undo);
    desk.act(Action::Undo);
    assert_eq!(desk.text(), TWO);
    assert_eq!(desk.state.selected, Some(desk.doc(1)));
}

#[test]
fn opens_what_they_have() {
    let mut desk = Desk::new();
    let file = |name: &str, bytes: &[u8]| OpenedFile { name: name.into(), bytes: Ok(Rc::from(bytes)) };
    desk.act(Action::Opened(vec![
        file("shop/a.yaml", TWO.as_bytes()),
        file("shop/a.yaml", b"kind: Pod\n"),
        file("x.json", br#"{"kind": "Pod", "metadata": {"name": "j"}}"#),
        file("broken.yaml", b"kind: [Pod\n"),
        file("program", b"\x7fELF\x02\x01\x01\0\0\0"),
        OpenedFile { name: "huge.yaml".into(), bytes: Err(OpenFailure::TooLarge { size: 50 << 20 }) },
        OpenedFile { name: "gone.yaml".into(), bytes: Err(OpenFailure::Unreadable("moved".into())) },
    ]));
    assert_eq!(desk.names(), ["shop/a.yaml", "shop/a-2.yaml", "x.json", "broken.yaml"]);
    assert_eq!(desk.files()[3].1, "kind: [Pod\n");
    assert!(desk.state.index.documents().last().is_some_and(|d| d.unreadable));
    let said = desk.notices().join("\n");
    assert!(
        said.contains("program") && said.contains("50 MB") && said.contains("20 MB") && said.contains("moved"),
        "{said}"
    );
    // All of it is one step.
    desk.act(Action::Undo);
    assert!(desk.files().is_empty());
    desk.act(Action::Redo);
    // The same once more adds nothing.
    desk.act(Action::Opened(vec![file("shop/a.yaml", TWO.as_bytes())]));
    assert_eq!(desk.files().len(), 4);
}

#[test]
fn a_list_becomes_its_documents_and_undo_shows_the_list() {
    let mut desk = Desk::new();
    let list = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a # one\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: b\n";
    desk.act(Action::Paste(list.into()));
    assert_eq!(names(&desk), ["a", "b"]);
    assert!(desk.text().contains("name: a # one"), "{}", desk.text());
    desk.act(Action::Undo);
    assert_eq!(desk.text(), list);
    desk.act(Action::Undo);
    assert!(desk.files().is_empty());
}

#[test]
fn kinds_without_a_form_are_texts_beside_the_others() {
    let mut desk = Desk::new();
    desk.act(Action::Paste("kind: Gizmo\napiVersion: example.com/v1\nmetadata:\n  name: g\n---\nkind: Pod\n".into()));
    assert_eq!(desk.state.index.documents().count(), 2);
    assert_eq!(desk.names().len(), 1);
    desk.act(Action::Paste("  \n".into()));
    assert_eq!(desk.names().len(), 1);
}

#[test]
fn the_copied_text_is_the_text_on_the_screen() {
    let mut desk = Desk::new();
    let a = desk.open("a.yaml", TWO);
    desk.open("m/b.yaml", "kind: Service\r\n");
    let copied = |desk: &Desk| match desk.effects.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    desk.act(Action::CopyDocument(desk.doc(1)));
    assert_eq!(copied(&desk), "# second\nkind: Pod\nmetadata:\n  name: b\n");
    desk.act(Action::CopyFile(a));
    assert_eq!(copied(&desk), TWO);
    desk.act(Action::CopyAll);
    assert_eq!(copied(&desk), format!("{TWO}---\r\nkind: Service\r\n"));
    desk.act(Action::ClipboardBlocked { text: "x".into() });
    assert_eq!(desk.state.dialog, Some(Dialog::CopyByHand("x".into())));
    assert!(desk.notices()[0].contains("copy it by hand"));
}

#[test]
fn downloads_a_file_or_all_as_a_zip() {
    let mut desk = Desk::new();
    desk.open("a.yaml", TWO);
    let b = desk.open("m/b.yaml", "kind: Service\n");
    desk.act(Action::DownloadFile(b));
    match desk.effects.last() {
        Some(Effect::Download { name, bytes, .. }) => {
            assert_eq!((name.as_str(), &**bytes), ("b.yaml", &b"kind: Service\n"[..]))
        }
        other => panic!("{other:?}"),
    }
    desk.act(Action::DownloadAll);
    match desk.effects.last() {
        Some(Effect::Download { name, mime, bytes }) => {
            assert_eq!((name.as_str(), *mime), ("my-workspace.zip", "application/zip"));
            assert!(bytes.starts_with(b"PK\x03\x04"));
            let text = String::from_utf8_lossy(bytes);
            assert!(text.contains("a.yaml") && text.contains("m/b.yaml") && text.contains(TWO));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_address_follows_what_is_shown() {
    let mut desk = Desk::new();
    let hash = |desk: &Desk| {
        desk.effects.iter().rev().find_map(|e| match e {
            Effect::SetHash(hash) => Some(hash.clone()),
            _ => None,
        })
    };
    desk.open("a.yaml", TWO);
    assert_eq!(hash(&desk).as_deref(), Some("#/w/my-workspace/a.yaml/1"));
    desk.act(Action::Select(desk.doc(1)));
    assert_eq!(hash(&desk).as_deref(), Some("#/w/my-workspace/a.yaml/2"));
    desk.act(Action::Route("#/".into()));
    assert_eq!(desk.state.pane, manifest_studio::studio::Pane::Gallery);
    desk.act(Action::Route("#/w/my-workspace/a.yaml/1".into()));
    assert_eq!(desk.state.selected, Some(desk.doc(0)));
}
