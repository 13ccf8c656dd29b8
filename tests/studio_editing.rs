//! Points 3 and 4: form and text as one, one history, grouped as a person thinks, also after a reload.

mod studio_support;

use manifest_studio::form::FormEdit;
use manifest_studio::studio::{Action, FocusBy};
use manifest_studio::text::Position;
use serde_json::json;
use studio_support::{Desk, path};

const WEB: &str = "# the shop's front end\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web   # short\nspec:\n  replicas: 3\n";

#[test]
fn a_form_edit_changes_the_text_and_nothing_else() {
    let mut desk = Desk::new();
    desk.open("shop.yaml", WEB);
    let doc = desk.doc(0);
    for (typed, expected) in [("w", "w"), ("we", "we"), ("web2", "web2")] {
        desk.act(Action::Form(doc, FormEdit::Set { path: path("metadata.name"), value: json!(typed) }));
        assert_eq!(desk.text(), WEB.replace("name: web ", &format!("name: {expected} ")));
    }
    assert_eq!(desk.state.index.document(doc).and_then(|d| d.name.clone()).as_deref(), Some("web2"));
}

#[test]
fn one_field_is_one_step() {
    let mut desk = Desk::new();
    desk.open("shop.yaml", WEB);
    let doc = desk.doc(0);
    let set = |p: &str, v: serde_json::Value| Action::Form(doc, FormEdit::Set { path: path(p), value: v });
    for typed in ["s", "sh", "sho", "shop"] {
        desk.act(set("metadata.name", json!(typed)));
    }
    for typed in [1, 12] {
        desk.act(set("spec.replicas", json!(typed)));
    }
    let both = desk.text();
    desk.act(Action::Undo);
    assert_eq!(desk.text(), WEB.replace("name: web", "name: shop"));
    let focus = desk.state.focus.clone().expect("the field that was changed");
    assert_eq!((focus.path.clone(), focus.by), (path("metadata.name"), FocusBy::Jump));
    desk.act(Action::Undo);
    assert_eq!(desk.text(), WEB);
    desk.act(Action::Redo);
    desk.act(Action::Redo);
    assert_eq!(desk.text(), both);
    assert!(!desk.state.can_redo && desk.state.can_undo);
}

#[test]
fn a_field_emptied_and_typed_anew_keeps_its_place_its_comment_and_its_quotes() {
    let mut desk = Desk::new();
    desk.open("shop.yaml", WEB);
    let doc = desk.doc(0);
    let set = |v: &str| Action::Form(doc, FormEdit::Set { path: path("metadata.name"), value: json!(v) });
    desk.act(set("we"));
    desk.act(Action::Form(doc, FormEdit::Clear { path: path("metadata.name") }));
    assert!(!desk.text().contains("metadata"));
    // On the way to "one" stand "o" and "on", which needs quotes.
    for typed in ["o", "on", "one"] {
        desk.act(set(typed));
    }
    assert_eq!(desk.text(), WEB.replace("name: web ", "name: one "));
    desk.act(Action::Undo);
    assert_eq!(desk.text(), WEB);
    desk.act(Action::Redo);
    assert_eq!(desk.text(), WEB.replace("name: web ", "name: one "));
    // Another time is another time: what was emptied then is gone.
    desk.act(Action::Form(doc, FormEdit::Clear { path: path("metadata.name") }));
    desk.act(Action::Pause);
    desk.act(set("two"));
    assert!(desk.text().contains("name: two") && !desk.text().contains("# short"));
}

#[test]
fn a_pause_or_another_field_ends_the_step() {
    let mut desk = Desk::new();
    desk.open("shop.yaml", WEB);
    let doc = desk.doc(0);
    let set = |v: &str| Action::Form(doc, FormEdit::Set { path: path("metadata.name"), value: json!(v) });
    desk.act(set("a"));
    desk.act(Action::Pause);
    desk.act(set("b"));
    desk.act(Action::Focus(doc, path("spec.replicas")));
    desk.act(Action::Focus(doc, path("metadata.name")));
    desk.act(set("c"));
    for expected in ["b", "a", "web"] {
        desk.act(Action::Undo);
        assert_eq!(desk.text(), WEB.replace("name: web", &format!("name: {expected}")));
    }
}

#[test]
fn a_word_typed_is_one_step() {
    let mut desk = Desk::new();
    let file = desk.open("notes.yaml", "a: \n");
    desk.type_at(file, 3, "one two three");
    assert_eq!(desk.text(), "a: one two three\n");
    for expected in ["a: one two \n", "a: one \n", "a: \n"] {
        desk.act(Action::Undo);
        assert_eq!(desk.text(), expected);
    }
    desk.act(Action::Redo);
    assert_eq!(desk.text(), "a: one \n");
    // Elsewhere is another step, though nothing paused in between.
    desk.type_at(file, 7, "x");
    desk.type_at(file, 0, "b");
    desk.act(Action::Undo);
    assert_eq!(desk.text(), "a: one x\n");
}

#[test]
fn form_and_text_share_the_history() {
    let mut desk = Desk::new();
    let file = desk.open("shop.yaml", WEB);
    let doc = desk.doc(0);
    desk.act(Action::Form(doc, FormEdit::Set { path: path("metadata.name"), value: json!("api") }));
    desk.type_at(file, 0, "#");
    desk.act(Action::UseTemplate { id: "web-server".into(), to: Default::default() });
    let all = desk.files();
    desk.act(Action::Undo);
    assert_eq!(desk.names(), ["shop.yaml"]);
    desk.act(Action::Undo);
    assert_eq!(desk.text(), WEB.replace("name: web", "name: api"));
    desk.act(Action::Undo);
    assert_eq!(desk.text(), WEB);
    desk.act(Action::Undo);
    assert!(desk.files().is_empty());
    while desk.state.can_redo {
        desk.act(Action::Redo);
    }
    assert_eq!(desk.files(), all);
}

#[test]
fn typing_selects_the_document_and_the_field() {
    let mut desk = Desk::new();
    let file = desk.open("two.yaml", "kind: Pod\nmetadata:\n  name: a\n---\nkind: Pod\nmetadata:\n  name: b\n");
    assert_eq!(desk.state.selected, Some(desk.doc(0)));
    desk.act(Action::Cursor { file, at: Position { line: 6, column: 8 } });
    assert_eq!(desk.state.selected, Some(desk.doc(1)));
    let focus = desk.state.focus.clone().expect("a field");
    assert_eq!((focus.path.clone(), focus.by), (path("metadata.name"), FocusBy::Text));
    let at = desk.text().len() - 1;
    desk.type_at(file, at, "2");
    assert_eq!(desk.state.index.document(desk.doc(1)).and_then(|d| d.name.clone()).as_deref(), Some("b2"));
}

#[test]
fn line_ends_stay_as_they_are() {
    let mut desk = Desk::new();
    let text = "\u{feff}kind: Pod\r\nmetadata:\r\n  name: a\r\n";
    let file = desk.open("win.yaml", text);
    desk.edit(file, text.len() - 2, text.len() - 2, "b\nspec: {}");
    assert_eq!(desk.text(), text.replace("name: a\r\n", "name: ab\r\nspec: {}\r\n"));
    desk.act(Action::Undo);
    assert_eq!(desk.text(), text);
}

#[test]
fn a_broken_text_says_so_and_the_form_comes_back() {
    let mut desk = Desk::new();
    let file = desk.open("shop.yaml", WEB);
    let doc = desk.doc(0);
    let at = WEB.find("apps/v1").expect("there");
    desk.edit(file, at, at, "\"");
    assert!(desk.state.index.document(doc).is_some_and(|d| d.unreadable));
    assert!(!desk.findings(doc).is_empty());
    desk.act(Action::Form(doc, FormEdit::Set { path: path("metadata.name"), value: json!("x") }));
    assert_eq!(desk.text(), WEB.replace("apps/v1", "\"apps/v1"));
    assert!(desk.notices()[0].contains("Fix the text first"), "{:?}", desk.notices());
    desk.edit(file, at, at + 1, "");
    assert!(desk.state.index.document(doc).is_some_and(|d| !d.unreadable));
    assert_eq!(desk.findings(doc), Desk::of(WEB));
}

impl Desk {
    fn of(text: &str) -> Vec<(String, String)> {
        let mut desk = Desk::new();
        desk.open("x.yaml", text);
        let doc = desk.doc(0);
        desk.findings(doc)
    }
}

#[test]
fn undo_survives_a_reload() {
    let mut desk = Desk::new();
    let file = desk.open("shop.yaml", WEB);
    let doc = desk.doc(0);
    desk.act(Action::Form(doc, FormEdit::Set { path: path("metadata.name"), value: json!("api") }));
    desk.type_at(file, 0, "# one two\n");
    desk.act(Action::DuplicateDocument(desk.doc(0)));
    desk.act(Action::Undo);
    let mut states = Vec::new();
    let mut again = desk.reload(1);
    assert_eq!(again.files(), desk.files());
    assert!(again.state.can_redo);
    while desk.state.can_undo {
        desk.act(Action::Undo);
        states.push(desk.files());
    }
    for expected in &states {
        again.act(Action::Undo);
        assert_eq!(&again.files(), expected);
    }
    assert!(!again.state.can_undo);
    // And forward again, after yet another reload.
    let mut third = again.reload(1);
    while third.state.can_redo {
        third.act(Action::Redo);
    }
    while desk.state.can_redo {
        desk.act(Action::Redo);
    }
    assert_eq!(third.files(), desk.files());
}
