//! Random hands: whatever is done, undo leads back to the very bytes, redo forward again, a reload in
//! the middle changes nothing, and what is computed beside the text is what reading anew would give.

mod studio_support;

use manifest_studio::form::FormEdit;
use manifest_studio::studio::{Action, Destination, Index, Secrecy};
use manifest_studio::text::LineIndex;
use proptest::prelude::*;
use serde_json::json;
use studio_support::{Desk, path};

#[derive(Clone, Debug)]
enum Hand {
    Type(usize, usize, String),
    Delete(usize, usize, usize),
    Set(usize, u32),
    Clear(usize),
    Label(usize, u32),
    Template(bool),
    Paste(String),
    Move(usize, Option<usize>, usize),
    Duplicate(usize),
    Remove(usize),
    RenameFile(usize, u32),
    MoveFile(usize, usize),
    DuplicateFile(usize),
    RemoveFile(usize),
    Pause,
    Undo,
    Redo,
    Reload,
}

fn hand() -> impl Strategy<Value = Hand> {
    let pieces = "(a|:| |\n|- |---\n|é|\"|#|\\{|\r\n|kind: Pod\n)";
    let text = "(---\n)?(kind: (Pod|Secret)\n)?(metadata:\n  name: [a-c]\n)?(# end\n)?";
    prop_oneof![
        6 => (any::<usize>(), any::<usize>(), pieces).prop_map(|(f, a, t)| Hand::Type(f, a, t)),
        3 => (any::<usize>(), any::<usize>(), 1..9usize).prop_map(|(f, a, n)| Hand::Delete(f, a, n)),
        3 => (any::<usize>(), 0..9u32).prop_map(|(d, v)| Hand::Set(d, v)),
        1 => any::<usize>().prop_map(Hand::Clear),
        2 => (any::<usize>(), 0..4u32).prop_map(|(d, v)| Hand::Label(d, v)),
        1 => any::<bool>().prop_map(Hand::Template),
        1 => text.prop_map(Hand::Paste),
        2 => (any::<usize>(), any::<Option<usize>>(), any::<usize>()).prop_map(|(d, f, i)| Hand::Move(d, f, i)),
        1 => any::<usize>().prop_map(Hand::Duplicate),
        1 => any::<usize>().prop_map(Hand::Remove),
        1 => (any::<usize>(), 0..3u32).prop_map(|(f, n)| Hand::RenameFile(f, n)),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(f, t)| Hand::MoveFile(f, t)),
        1 => any::<usize>().prop_map(Hand::DuplicateFile),
        1 => any::<usize>().prop_map(Hand::RemoveFile),
        2 => Just(Hand::Pause),
        2 => Just(Hand::Undo),
        1 => Just(Hand::Redo),
        1 => Just(Hand::Reload),
    ]
}

fn near(text: &str, at: usize) -> usize {
    let mut at = at % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn play(desk: &mut Desk, hand: &Hand) {
    let files: Vec<_> = desk.state.workspace.files.iter().map(|f| f.id).collect();
    let docs: Vec<_> = desk.state.index.documents().map(|d| d.at).collect();
    let pick = |n: &usize| (!files.is_empty()).then(|| files[n % files.len()]);
    let doc = |n: &usize| (!docs.is_empty()).then(|| docs[n % docs.len()]);
    let action = match hand {
        Hand::Type(f, at, typed) => {
            let Some(file) = pick(f) else { return };
            desk.act(Action::SelectFile(file));
            let text = desk.text_of(file);
            let at = near(&text, *at);
            // An editor has no place between \r and \n.
            if !(text[..at].ends_with('\r') && text[at..].starts_with('\n')) {
                desk.edit(file, at, at, typed);
            }
            return;
        }
        Hand::Delete(f, at, n) => {
            let Some(file) = pick(f) else { return };
            desk.act(Action::SelectFile(file));
            let text = desk.text_of(file);
            let from = near(&text, *at);
            let to = near(&text, (from + n).min(text.len()));
            let split = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
            if from < to && !split(from) && !split(to) {
                desk.edit(file, from, to, "");
            }
            return;
        }
        Hand::Set(d, v) => {
            let Some(doc) = doc(d) else { return };
            Action::Form(doc, FormEdit::Set { path: path("metadata.name"), value: json!(format!("n{v}")) })
        }
        Hand::Clear(d) => {
            let Some(doc) = doc(d) else { return };
            Action::Form(doc, FormEdit::Clear { path: path("metadata.name") })
        }
        Hand::Label(d, v) => {
            let Some(doc) = doc(d) else { return };
            Action::Form(doc, FormEdit::Set { path: path(&format!("metadata.labels.l{v}")), value: json!("x") })
        }
        Hand::Template(new) => {
            let to = pick(&0).filter(|_| !new).map_or(Destination::NewFile, Destination::File);
            Action::UseTemplate { id: "web-server".into(), to }
        }
        Hand::Paste(text) => Action::Paste(text.clone()),
        Hand::Move(d, f, index) => {
            let Some(doc) = doc(d) else { return };
            Action::MoveDocument { doc, to: f.as_ref().and_then(pick), index: index % 5 }
        }
        Hand::Duplicate(d) => doc(d).map_or(Action::Pause, Action::DuplicateDocument),
        Hand::Remove(d) => doc(d).map_or(Action::Pause, Action::RemoveDocument),
        Hand::RenameFile(f, n) => pick(f).map_or(Action::Pause, |f| Action::RenameFile(f, format!("r{n}.yaml"))),
        Hand::MoveFile(f, to) => pick(f).map_or(Action::Pause, |f| Action::MoveFile(f, to % 4)),
        Hand::DuplicateFile(f) => pick(f).map_or(Action::Pause, Action::DuplicateFile),
        Hand::RemoveFile(f) => pick(f).map_or(Action::Pause, Action::RemoveFile),
        Hand::Pause => Action::Pause,
        Hand::Undo => Action::Undo,
        Hand::Redo => Action::Redo,
        Hand::Reload => {
            *desk = desk.reload(1);
            return;
        }
    };
    desk.act(action);
}

/// What is kept beside the text says what the text says.
fn consistent(desk: &Desk) {
    let (work, index): (_, &Index) = (&desk.state.workspace, &desk.state.index);
    assert_eq!(work.files.len(), index.files.len());
    for (file, known) in work.files.iter().zip(&index.files) {
        assert_eq!(file.id, known.file);
        assert_eq!(*known.lines, LineIndex::new(file.stream.text()));
        assert_eq!(file.stream.documents().len(), known.documents.len());
        for (located, summary) in file.stream.documents().iter().zip(&known.documents) {
            assert!(std::sync::Arc::ptr_eq(&located.document, &summary.document) && located.id == summary.at.doc);
        }
    }
    let listed: Vec<_> = index.documents().collect();
    let sum = |count: fn(&manifest_studio::studio::DocFindings) -> usize| -> usize {
        listed.iter().filter_map(|d| desk.state.findings.of(d.at)).map(|f| count(f)).sum()
    };
    assert_eq!(desk.state.findings.errors(), sum(|f| f.errors));
    assert_eq!(desk.state.findings.warnings(), sum(|f| f.warnings));
    for summary in &listed {
        // The analyst has been asked about everything and has answered.
        let found = desk.state.findings.of(summary.at).expect("checked");
        assert_eq!(found.checked, Some(summary.revision));
        let text = summary.document.text();
        assert!(found.all.iter().all(|f| text.get(f.span.range()).is_some()));
    }
    if let Some(selected) = desk.state.selected {
        assert!(work.document(selected).is_some() && desk.state.open_file == Some(selected.file));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn undo_leads_back_and_redo_forward(hands in proptest::collection::vec(hand(), 1..40)) {
        let mut desk = Desk::new();
        desk.open("a.yaml", "kind: Pod\nmetadata:\n  name: a\n---\nkind: Job\nmetadata:\n  name: b\n");
        desk.open("b.yaml", "# crlf\r\nkind: Service\r\nmetadata:\r\n  name: s\r\n");
        let has_secret = |desk: &Desk| desk.state.index.documents().any(|d| d.secrecy != Secrecy::No);
        let mut secret = false;
        for hand in &hands {
            if matches!(hand, Hand::Reload) && secret {
                // A reload takes the values of Secrets; that is told elsewhere.
                continue;
            }
            play(&mut desk, hand);
            consistent(&desk);
            secret |= has_secret(&desk);
        }
        let end = desk.files();
        let mut back = Vec::new();
        while desk.state.can_undo {
            back.push(desk.files());
            desk.act(Action::Undo);
            consistent(&desk);
        }
        prop_assert!(desk.files().is_empty());
        for expected in back.iter().rev() {
            desk.act(Action::Redo);
            prop_assert_eq!(&desk.files(), expected);
        }
        // What was still to be redone before leads further forward; back again is where it ended.
        let forward = desk.files();
        prop_assert_eq!(&forward, &end);
        if !secret {
            let mut again = desk.reload(1);
            prop_assert_eq!(&again.files(), &end);
            for expected in back.iter().skip(1) {
                again.act(Action::Undo);
                prop_assert_eq!(&again.files(), expected);
            }
        }
    }
}
