//! Points 4 and 8: what was typed is there tomorrow; several workspaces, several tabs, no room.

mod studio_support;

use std::cell::RefCell;
use std::rc::Rc;

use manifest_studio::form::FormEdit;
use manifest_studio::k8s::Version;
use manifest_studio::studio::persist::{News, StorageFailure, TabMessage};
use manifest_studio::studio::{Action, Effect, Pane, Severity, StorageState};
use serde_json::json;
use studio_support::{Desk, Disk, path};

const WEB: &str = "kind: Deployment\nmetadata:\n  name: web\n";

#[test]
fn the_first_visit_is_the_gallery_and_the_next_one_the_workspace() {
    let mut desk = Desk::new();
    assert_eq!((desk.state.pane, desk.state.storage), (Pane::Gallery, StorageState::Kept));
    assert_eq!(&*desk.state.workspace_name, "my-workspace");
    let file = desk.open("shop.yaml", WEB);
    desk.act(Action::SetVersion(Version::V1_34));
    desk.type_at(file, 0, "# mid-word");
    // No pause, no goodbye.
    let again = desk.reload(1);
    assert_eq!(again.files(), desk.files());
    assert_eq!((again.state.pane, again.state.version), (Pane::Workspace, Version::V1_34));
    assert_eq!(again.state.selected, Some(again.doc(0)));
}

#[test]
fn what_is_written_is_small() {
    let mut desk = Desk::new();
    let big = format!("{WEB}data: |\n{}", "  line\n".repeat(20_000));
    let file = desk.open("big.yaml", &big);
    let before = desk.on_disk().len();
    desk.type_at(file, 0, "x");
    assert!(desk.on_disk().len() - before < 400, "{}", desk.on_disk().len() - before);
}

#[test]
fn a_long_journal_becomes_a_snapshot_at_a_pause() {
    let mut desk = Desk::new();
    let file = desk.open("a.yaml", "a: 1\n");
    for i in 0..500 {
        desk.edit(file, 4 + i, 4 + i, "1");
    }
    let records = |desk: &Desk| desk.disk.borrow().kept["my-workspace"].records.len();
    assert!(records(&desk) > 400);
    desk.act(Action::Pause);
    assert_eq!(records(&desk), 0);
    let mut again = desk.reload(1);
    assert_eq!(again.files(), desk.files());
    again.act(Action::Undo);
    assert_eq!(again.text(), "a: 1\n");
}

#[test]
fn several_workspaces_by_name() {
    let mut desk = Desk::new();
    desk.open("shop.yaml", WEB);
    desk.act(Action::CreateWorkspace(" shop ".into()));
    assert_eq!((&*desk.state.workspace_name, desk.files().len(), desk.state.pane), ("shop", 0, Pane::Gallery));
    desk.open("other.yaml", "kind: Pod\n");
    desk.act(Action::CreateWorkspace("shop".into()));
    assert_eq!(&*desk.state.workspace_name, "shop (2)");
    desk.act(Action::RenameWorkspace("lab".into()));
    assert_eq!(**desk.state.workspaces, ["lab", "my-workspace", "shop"]);
    desk.act(Action::SwitchWorkspace("my-workspace".into()));
    assert_eq!(desk.names(), ["shop.yaml"]);
    assert!(desk.state.can_undo);
    desk.act(Action::DeleteWorkspace("shop".into()));
    assert_eq!(**desk.state.workspaces, ["lab", "my-workspace"]);
    desk.act(Action::DeleteWorkspace("my-workspace".into()));
    assert_eq!((&*desk.state.workspace_name, desk.files().len()), ("lab", 0));
    assert_eq!(&*desk.reload(1).state.workspace_name, "lab");
    desk.act(Action::DeleteWorkspace("lab".into()));
    assert_eq!((&*desk.state.workspace_name, desk.state.pane), ("my-workspace", Pane::Gallery));
    desk.open("a.yaml", WEB);
    assert_eq!(desk.reload(1).names(), ["a.yaml"]);
}

#[test]
fn an_address_names_the_workspace() {
    let mut desk = Desk::new();
    desk.open("a.yaml", WEB);
    desk.act(Action::CreateWorkspace("other".into()));
    let mut again = Desk::on(desk.disk.clone(), 3);
    again.start("#/w/my-workspace/a.yaml");
    assert_eq!((&*again.state.workspace_name, again.names()), ("my-workspace", vec!["a.yaml".to_owned()]));
    again.act(Action::Route("#/w/other".into()));
    assert_eq!(&*again.state.workspace_name, "other");
    again.act(Action::Route("#/w/no-such".into()));
    assert_eq!(&*again.state.workspace_name, "other");
}

/// Hands what one tab said to the other.
fn tell(from: &mut Desk, to: &mut Desk) {
    for message in std::mem::take(&mut from.said) {
        to.act(Action::OtherTab(message));
    }
}

#[test]
fn two_tabs_follow_each_other() {
    let mut one = Desk::new();
    let file = one.open("shop.yaml", WEB);
    let mut two = one.reload(2);
    tell(&mut two, &mut one);
    tell(&mut one, &mut two);
    assert!(one.notices()[0].contains("another tab") && two.notices()[0].contains("another tab"));
    one.type_at(file, 0, "# one\n");
    tell(&mut one, &mut two);
    assert_eq!(two.files(), one.files());
    two.type_at(file, 0, "# two\n");
    tell(&mut two, &mut one);
    assert_eq!(one.text(), format!("# two\n# one\n{WEB}"));
    assert_eq!(one.state.workspaces.len(), 1);
    // The history came along.
    one.act(Action::Undo);
    one.act(Action::Undo);
    assert_eq!(one.text(), format!("# one\n{WEB}"));
}

#[test]
fn nothing_is_overwritten_when_both_type_at_once() {
    let mut one = Desk::new();
    let file = one.open("shop.yaml", WEB);
    let mut two = one.reload(2);
    one.type_at(file, 0, "# one\n");
    // The news has not come here yet.
    two.type_at(file, 0, "# two\n");
    assert_eq!(&*two.state.workspace_name, "my-workspace (2)");
    assert_eq!(two.text(), format!("# two\n{WEB}"));
    assert!(two.notices().iter().any(|n| n.contains("Nothing was overwritten") && n.contains("my-workspace (2)")));
    tell(&mut one, &mut two);
    tell(&mut two, &mut one);
    assert_eq!(one.text(), format!("# one\n{WEB}"));
    assert_eq!(one.reload(3).files(), two.files(), "the last one shown");
    let mut third = Desk::on(one.disk.clone(), 4);
    third.start("#/w/my-workspace");
    assert_eq!(third.files(), one.files());
    // A third conflict takes the next number.
    let mut again = Desk::on(one.disk.clone(), 5);
    again.start("#/w/my-workspace");
    one.type_at(file, 0, "x");
    again.type_at(file, 0, "y");
    assert_eq!(&*again.state.workspace_name, "my-workspace (3)");
}

#[test]
fn a_workspace_deleted_or_renamed_elsewhere() {
    let mut one = Desk::new();
    one.open("shop.yaml", WEB);
    let mut two = one.reload(2);
    one.act(Action::RenameWorkspace("shop".into()));
    tell(&mut one, &mut two);
    assert_eq!(&*two.state.workspace_name, "shop");
    one.act(Action::DeleteWorkspace("shop".into()));
    tell(&mut one, &mut two);
    assert_eq!(two.names(), ["shop.yaml"]);
    let mut third = Desk::on(one.disk.clone(), 3);
    third.start("#/w/shop");
    assert_eq!(third.files(), two.files());
    let own = TabMessage { tab: 2, workspace: "shop".into(), news: News::Deleted };
    two.act(Action::OtherTab(own));
    assert_eq!(two.names(), ["shop.yaml"]);
}

#[test]
fn no_room_is_said_at_once_and_nothing_is_lost() {
    let mut desk = Desk::new();
    let file = desk.open("shop.yaml", WEB);
    desk.disk.borrow_mut().full = true;
    desk.type_at(file, 0, "# a");
    assert_eq!(desk.state.storage, StorageState::Failed);
    let said: Vec<_> = desk.state.notices.iter().filter(|n| n.severity == Severity::Warning).collect();
    assert_eq!(said.len(), 1, "said once: {:?}", desk.notices());
    assert!(matches!(said[0].ways[..], [(_, Action::DownloadAll)]));
    assert_eq!(desk.text(), format!("# a{WEB}"));
    // It is tried again at every pause, and leaving is refused until it works.
    desk.act(Action::Pause);
    desk.act(Action::SwitchWorkspace("other".into()));
    assert_eq!(&*desk.state.workspace_name, "my-workspace");
    desk.type_at(file, 3, "b");
    desk.disk.borrow_mut().full = false;
    desk.act(Action::Pause);
    assert_eq!(desk.state.storage, StorageState::Kept);
    let warns = desk.state.notices.iter().any(|n| n.severity == Severity::Warning);
    assert!(!warns, "what was said of the failure is over: {:?}", desk.notices());
    desk.type_at(file, 4, "\n");
    let again = desk.reload(1);
    assert_eq!(again.text(), format!("# ab\n{WEB}"));
}

#[test]
fn writes_behind_one_that_failed_are_no_conflict() {
    let mut desk = Desk::new();
    let file = desk.open("shop.yaml", WEB);
    desk.answering = false;
    desk.disk.borrow_mut().full = true;
    desk.type_at(file, 0, "# a");
    desk.disk.borrow_mut().full = false;
    desk.answering = true;
    for answer in std::mem::take(&mut desk.unanswered) {
        desk.act(answer);
    }
    assert_eq!((&*desk.state.workspace_name, desk.state.storage), ("my-workspace", StorageState::Failed));
    desk.act(Action::Pause);
    assert_eq!(desk.reload(1).files(), desk.files());
}

#[test]
fn without_storage_everything_else_works() {
    let disk = Rc::new(RefCell::new(Disk { missing: true, ..Disk::default() }));
    let mut desk = Desk::on(disk, 1);
    desk.start("");
    assert_eq!(desk.state.storage, StorageState::Unavailable);
    assert!(desk.notices()[0].contains("private window"));
    desk.open("shop.yaml", WEB);
    desk.act(Action::Undo);
    desk.act(Action::Redo);
    desk.act(Action::Pause);
    assert_eq!(desk.names(), ["shop.yaml"]);
    let mut late = Desk::new();
    late.act(Action::StorageFailed { write: None, failure: StorageFailure::Unavailable });
    assert_eq!(late.state.storage, StorageState::Unavailable);
}

#[test]
fn what_was_done_before_the_workspace_was_read_goes_into_it() {
    let mut desk = Desk::new();
    desk.open("shop.yaml", WEB);
    let stored = desk.disk.borrow().kept["my-workspace"].clone();
    let mut early = Desk::on(Rc::default(), 2);
    let (state, effects) = manifest_studio::studio::update(
        early.state.clone(),
        Action::Start(manifest_studio::studio::Start { tab: 2, ..Default::default() }),
    );
    assert!(effects.contains(&Effect::LoadWorkspace("my-workspace".into())));
    early.state = state;
    early.act(Action::UseTemplate { id: "web-server".into(), to: Default::default() });
    early.disk.borrow_mut().kept.insert("my-workspace".into(), stored.clone());
    early.act(Action::Loaded { name: "my-workspace".into(), stored: Ok(Some(stored)) });
    assert_eq!(early.names(), ["shop.yaml", "web-server.yaml"]);
    assert_eq!(early.reload(2).names(), early.names());
}

#[test]
fn what_cannot_be_read_is_left_as_it_is() {
    let mut desk = Desk::new();
    desk.open("shop.yaml", WEB);
    desk.open("b.yaml", WEB);
    desk.disk.borrow_mut().kept.get_mut("my-workspace").expect("kept").records[1] = "{".into();
    let damaged = desk.disk.borrow().kept["my-workspace"].clone();
    let again = desk.reload(1);
    assert_eq!((&*again.state.workspace_name, again.names()), ("my-workspace (2)", vec!["shop.yaml".to_owned()]));
    assert!(again.notices().iter().any(|n| n.contains("stays as it is")));
    assert_eq!(desk.disk.borrow().kept["my-workspace"], damaged);
}

const SECRET: &str = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: hunter2\n---\nkind: Pod\nmetadata:\n  name: p\n";

#[test]
fn secrets_never_reach_storage() {
    let mut desk = Desk::new();
    let file = desk.open("s.yaml", SECRET);
    assert!(!desk.on_disk().contains("hunter2"), "{}", desk.on_disk());
    let doc = desk.doc(0);
    desk.act(Action::Form(doc, FormEdit::Set { path: path("stringData.password"), value: json!("hunter2-new") }));
    let at = desk.text().find("\n---").expect("there");
    desk.type_at(file, at, "\n  token: hunter2-token");
    desk.act(Action::Undo);
    desk.act(Action::Redo);
    desk.act(Action::RemoveDocument(doc));
    desk.act(Action::Undo);
    desk.act(Action::RemoveFile(file));
    desk.act(Action::Undo);
    assert!(!desk.on_disk().contains("hunter2"), "{}", desk.on_disk());
    desk.act(Action::Pause);
    assert!(!desk.on_disk().contains("hunter2"), "{}", desk.on_disk());
    assert!(desk.text().contains("token: hunter2-token"));
    let mut again = desk.reload(1);
    let hidden = desk.text().replace("hunter2-new", "___________").replace("hunter2-token", "_____________");
    assert_eq!(again.text(), hidden);
    assert!(again.notices().iter().any(|n| n.contains("Type them again")), "{:?}", again.notices());
    let held = again.findings(again.doc(0));
    assert!(held.iter().any(|(f, w)| f == "stringData.password" && w.contains("was not saved")), "{held:?}");
    // Typed again, it is well again; the Pod beside it was never touched.
    again.act(Action::Form(again.doc(0), FormEdit::Set { path: path("stringData.password"), value: json!("x") }));
    let held = again.findings(again.doc(0));
    assert!(!held.iter().any(|(f, _)| f == "stringData.password"), "{held:?}");
    assert!(again.text().ends_with("---\nkind: Pod\nmetadata:\n  name: p\n"));
}

#[test]
fn what_turns_out_to_be_a_secret_is_taken_out_of_storage() {
    let mut desk = Desk::new();
    let file = desk.open("s.yaml", "stringData:\n  password: hunter2\nkind: Config\n");
    desk.type_at(file, 0, "# hunter2\n");
    assert!(desk.on_disk().contains("hunter2"));
    let at = desk.text().len() - 1;
    desk.edit(file, at - 6, at, "Secret");
    assert!(!desk.on_disk().contains("hunter2"), "{}", desk.on_disk());
    while desk.state.can_undo {
        desk.act(Action::Undo);
    }
    while desk.state.can_redo {
        desk.act(Action::Redo);
        assert!(!desk.on_disk().contains("hunter2") || !desk.text().contains("Secret\n"), "{}", desk.on_disk());
    }
}
