//! Values of Secrets reach neither storage nor an address, whatever is typed first; what is no Secret is kept.

mod studio_support;

use manifest_studio::studio::persist::{Write, to_leave};
use manifest_studio::studio::{Action, FileId, Secrecy};
use proptest::prelude::*;
use studio_support::Desk;

const APIVERSION: &str = "apiVersion: v1\n";
const KIND: &str = "kind: Secret\n";
const META: &str = "metadata:\n  name: db\n";
const VALUES: &str = "stringData:\n  user: hunter2-a # hunter2-b\n  conf: |\n    p=hunter2-c\n  q: 'hunter2-d'\n  j: {\"a\": \"hunter2-e\"}\n";
const DATA: &str = "data: {a: aHVudGVyMg==, b: \"aHVudGVyMg==\"}\n";

/// Beginnings of the values, so that half of one is found as well.
fn shown(text: &str) -> bool {
    ["hunt", "aHVu"].iter().any(|value| text.contains(value))
}

#[track_caller]
fn nothing_left(desk: &Desk) {
    for left in &desk.left {
        assert!(!shown(left), "{left}\n\nwhile the text was\n{}", desk.text());
    }
    assert!(!shown(&desk.on_disk()), "{}", desk.on_disk());
}

/// Types a text as a person does who stops to think at every `nth` letter.
fn type_slowly(desk: &mut Desk, file: FileId, mut at: usize, text: &str, nth: usize) {
    for (i, c) in text.chars().enumerate() {
        desk.type_at(file, at, &c.to_string());
        at += c.len_utf8();
        if i % nth == 0 {
            desk.act(Action::Pause);
        }
        nothing_left(desk);
    }
}

fn there_and_back(desk: &mut Desk) {
    let end = desk.files();
    while desk.state.can_undo {
        desk.act(Action::Undo);
    }
    while desk.state.can_redo {
        desk.act(Action::Redo);
    }
    assert_eq!(desk.files(), end);
    desk.act(Action::Pause);
}

#[test]
fn typed_letter_by_letter_in_any_order() {
    let parts = [APIVERSION, KIND, META, VALUES, DATA];
    for order in [[0, 1, 2, 3, 4], [3, 1, 0, 2, 4], [3, 4, 2, 0, 1], [4, 2, 3, 1, 0], [2, 3, 0, 4, 1]] {
        for nth in [1, 7] {
            let mut desk = Desk::new();
            desk.act(Action::AddFile("s.yaml".into()));
            let file = desk.state.open_file.expect("a file");
            let text: String = order.map(|i| parts[i]).concat();
            type_slowly(&mut desk, file, 0, &text, nth);
            there_and_back(&mut desk);
            nothing_left(&desk);
            assert_eq!(desk.text(), text);
            assert_eq!(desk.state.index.documents().next().map(|d| d.secrecy), Some(Secrecy::Yes));
            let again = desk.reload(1);
            assert_eq!(again.text().len(), text.len());
            assert!(again.text().contains("name: db\n"));
        }
    }
}

#[test]
fn typed_between_other_documents_and_as_json() {
    let others = ["kind: Pod\nmetadata:\n  name: a\n---\n", "\n---\nkind: ConfigMap\ndata:\n  a: b\n"];
    let mut desk = Desk::new();
    let file = desk.open("s.yaml", &others.concat());
    type_slowly(&mut desk, file, others[0].len(), &[VALUES, META, KIND].concat(), 5);
    there_and_back(&mut desk);
    nothing_left(&desk);
    let again = desk.reload(1);
    assert!(again.text().starts_with(others[0]) && again.text().ends_with(others[1]), "{}", again.text());

    for text in [
        r#"{"apiVersion": "v1", "stringData": {"a": "hunter2"}, "kind": "Secret", "data": {"b": "aHVudGVyMg=="}}"#,
        r#"{"kind": "Secret", "stringData": {"a": "hunter2"}}"#,
        "{\n  \"stringData\": {\n    \"a\": \"hunter2\"\n  },\n  \"kind\": \"Secret\"\n}\n",
        "kind: List\nitems:\n- stringData: {a: hunter2}\n  kind: Secret\n",
        "items:\n- kind: Secret\n  stringData:\n    a: hunter2\nkind: List\n",
        "kind: SecretList\nitems:\n- metadata: {name: x}\n  stringData:\n    a: hunter2\n",
        "stringData: {a:hunter2}\nkind: Secret\n",
        "data:\n  x: aHVudGVyMg==\nkind: Secert\n",
    ] {
        let mut desk = Desk::new();
        desk.act(Action::AddFile("s.yaml".into()));
        let file = desk.state.open_file.expect("a file");
        type_slowly(&mut desk, file, 0, text, 3);
        there_and_back(&mut desk);
        nothing_left(&desk);
    }
}

#[test]
fn pasted_opened_moved_and_edited_by_the_form() {
    for text in [
        [VALUES, KIND].concat(),
        VALUES.to_owned(),
        "---\r\nstringData:\r\n  a: hunter2\r\nkind: Secret\r\n".to_owned(),
        [DATA, "kind: Se\n"].concat(),
        "stringData:\n  a: 'hunter2\n".to_owned(),
        "{\"stringData\": {\"a\": \"hunter2".to_owned(),
    ] {
        let mut desk = Desk::new();
        desk.act(Action::Paste(text.clone()));
        desk.open("s.yaml", &format!("{text}\n---\nkind: Pod\n"));
        desk.act(Action::DuplicateDocument(desk.doc(0)));
        desk.act(Action::MoveDocument { doc: desk.doc(0), to: None, index: 0 });
        desk.act(Action::DuplicateFile(desk.state.workspace.files[0].id));
        desk.act(Action::RenameFile(desk.state.workspace.files[0].id, "other.yaml".into()));
        desk.act(Action::RemoveDocument(desk.doc(1)));
        desk.act(Action::RemoveFile(desk.state.workspace.files[0].id));
        desk.act(Action::CreateWorkspace("other".into()));
        desk.act(Action::Paste(text.clone()));
        desk.act(Action::RenameWorkspace("third".into()));
        there_and_back(&mut desk);
        nothing_left(&desk);
    }
}

#[test]
fn a_kind_that_changes_takes_along_what_is_kept() {
    let mut desk = Desk::new();
    let text = "kind: ConfigMap\ndata:\n  a: hunter2\n";
    let file = desk.open("c.yaml", text);
    desk.edit(file, text.len() - 1, text.len() - 1, "-b");
    let text = desk.text();
    assert!(desk.on_disk().contains("hunter2"), "a ConfigMap is kept");
    // One by one the letters go, and those of Secret come.
    for end in (6..15).rev() {
        desk.edit(file, end, end + 1, "");
    }
    assert!(!shown(&desk.on_disk()), "{}", desk.on_disk());
    desk.left.clear();
    type_slowly(&mut desk, file, 6, "Secret", 2);
    assert!(!desk.text().contains("ConfigMap"));
    assert!(desk.reload(1).text().contains("a: _________\n"));
    for end in (6..12).rev() {
        desk.edit(file, end, end + 1, "");
        nothing_left(&desk);
    }
    desk.type_at(file, 6, "ConfigMap");
    assert_eq!(desk.text(), text);
    // At once, and not at the next pause.
    assert_eq!(desk.reload(1).text(), text);
    // Back through it all: whenever it is a Secret, or may be one, nothing of it is kept.
    while desk.state.can_undo {
        desk.act(Action::Undo);
        let may = desk.state.index.documents().any(|d| d.secrecy != Secrecy::No);
        assert!(!may || !shown(&desk.on_disk()), "{}\n{}", desk.text(), desk.on_disk());
        let mut again = desk.reload(1);
        let same = |text: &str| if may { text.replace(|c: char| c != '\n' && c != ' ', "x") } else { text.to_owned() };
        assert_eq!(same(&again.text()), same(&desk.text()));
        while again.state.can_redo {
            again.act(Action::Redo);
        }
    }
}

#[test]
fn what_turns_out_to_be_no_secret_is_kept_with_its_history() {
    let mut desk = Desk::new();
    desk.act(Action::AddFile("c.yaml".into()));
    let file = desk.state.open_file.expect("a file");
    let values = "# of the shop\ndata:\n  colour: hunter2-green\n";
    type_slowly(&mut desk, file, 0, values, 6);
    assert!(desk.notices().iter().any(|n| n.contains("no kind")), "{:?}", desk.notices());
    let held = desk.reload(1);
    assert_eq!(held.text(), "# __ ___ ____\ndata:\n  colour: _____________\n");
    assert!(held.notices().iter().any(|n| n.contains("without a kind")), "{:?}", held.notices());
    desk.type_at(file, values.len(), "kind: ");
    desk.act(Action::Pause);
    nothing_left(&desk);
    desk.type_at(file, values.len() + 6, "ConfigMap\n");
    let mut again = desk.reload(1);
    assert_eq!(again.files(), desk.files());
    let mut states = vec![];
    while desk.state.can_undo {
        desk.act(Action::Undo);
        again.act(Action::Undo);
        assert_eq!(again.files(), desk.files());
        states.push(desk.files());
    }
    assert!(states.len() > 3, "every step was kept");
}

#[test]
fn what_did_not_come_back_is_asked_for_whatever_it_becomes() {
    let mut desk = Desk::new();
    desk.open("c.yaml", "data:\n  a: hunter2\nmetadata:\n  name: c\n");
    let mut again = desk.reload(1);
    let file = again.state.workspace.files[0].id;
    let missing =
        |desk: &Desk| desk.findings(desk.doc(0)).iter().filter(|(_, words)| words.contains("not saved")).count();
    assert_eq!(missing(&again), 1);
    again.type_at(file, 0, "kind: ConfigMap\n");
    assert_eq!(missing(&again), 1, "{:?}", again.findings(again.doc(0)));
    let at = again.text().find("_______").expect("the mask");
    again.edit(file, at, at + 7, "blue");
    assert_eq!(missing(&again), 0);
}

#[test]
fn another_tab_does_not_take_the_values_away() {
    let mut one = Desk::new();
    let text = ["kind: Secret\n", META, VALUES].concat();
    let file = one.open("s.yaml", &text);
    let mut two = one.reload(2);
    one.said.clear();
    // The other tab sees the outline, and works on it.
    let at = two.text().find("name: db").expect("the name") + "name: db".len();
    two.type_at(two.state.workspace.files[0].id, at, "-2");
    two.open("pod.yaml", "kind: Pod\n");
    for message in std::mem::take(&mut two.said) {
        one.act(Action::OtherTab(message));
    }
    assert_eq!(one.text_of(file), text.replace("name: db", "name: db-2"));
    assert_eq!(one.state.workspace.files.len(), 2);
    one.act(Action::Pause);
    nothing_left(&one);
    nothing_left(&two);
    // A value that it typed is a Secret's too: that there is another one is all that comes here.
    two.act(Action::SelectFile(file));
    let from = two.text_of(file).find("  q: '").expect("there");
    two.edit(file, from, from + 16, "  q: x");
    for message in std::mem::take(&mut two.said) {
        one.act(Action::OtherTab(message));
    }
    assert!(one.text_of(file).contains("hunter2-a") && one.text_of(file).contains("  q: _\n"), "{}", one.text_of(file));
}

#[test]
fn a_page_that_goes_leaves_nothing_that_was_taken_back() {
    let mut desk = Desk::new();
    let mut writes: Vec<Write> = Vec::new();
    let text = "data:\n  a: hunter2\nkind: Config\n";
    let file = desk.open("c.yaml", text);
    let before = desk.disk.borrow().kept.clone();
    desk.writes.clear();
    desk.edit(file, 0, 0, "# hunter2\n");
    let at = desk.text().len() - 1;
    desk.edit(file, at - 6, at, "Secret");
    writes.append(&mut desk.writes);
    assert!(writes.len() > 1 && shown(&format!("{writes:?}")));
    let left = to_leave(&writes);
    assert!(!shown(&format!("{left:?}")), "{left:?}");
    // The next page carries them out where the last one stood.
    let again = desk.reload(1);
    desk.disk.borrow_mut().kept = before;
    assert!(left.iter().all(|write| matches!(desk.write(write), Action::Kept { .. })));
    assert_eq!(desk.reload(1).files(), again.files());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Line by line, each where it belongs among those that are there, values behind their parents.
    #[test]
    fn lines_in_any_order(mut order in Just((0..9usize).collect::<Vec<_>>()).prop_shuffle(), nth in 1..9usize) {
        let lines = [
            "apiVersion: v1", "kind: Secret", "metadata:", "  name: db", "stringData:", "  a: hunter2", "  b: \"hunter2\" # hunter2",
            "data:", "  c: aHVudGVyMg==",
        ];
        for (parent, values) in [(4, [5, 6]), (7, [8, 8])] {
            let at = order.iter().position(|l| *l == parent).expect("there");
            order.remove(at);
            let first = order.iter().position(|l| values.contains(l)).expect("there");
            order.insert(first.min(at), parent);
        }
        let mut desk = Desk::new();
        desk.act(Action::AddFile("s.yaml".into()));
        let file = desk.state.open_file.expect("a file");
        let mut there: Vec<usize> = Vec::new();
        for line in order {
            let index = there.partition_point(|l| *l < line);
            let at = there[..index].iter().map(|l| lines[*l].len() + 1).sum();
            type_slowly(&mut desk, file, at, &format!("{}\n", lines[line]), nth);
            there.insert(index, line);
        }
        there_and_back(&mut desk);
        nothing_left(&desk);
    }
}
