//! Point 10 and the analyst: what is wrong, fixes, stale answers, a worker that hangs or breaks.

mod studio_support;

use manifest_studio::check::{Severity, Source};
use manifest_studio::i18n::Locale;
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::studio::analysis::{Checked, FromAnalyst, ToAnalyst};
use manifest_studio::studio::{Action, DocRef, Effect};
use studio_support::{Desk, path};

const TYPO: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replica: 3\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n      - {name: c, image: i}\n";

/// A desk whose analyst says nothing by itself.
fn silent() -> Desk {
    let mut desk = Desk::new();
    desk.analyst = false;
    desk.act(Action::Analyst(FromAnalyst::Ready));
    desk
}

/// The messages to the analyst so far.
fn asked(desk: &Desk) -> Vec<ToAnalyst> {
    let asked = desk.effects.iter().filter_map(|e| match e {
        Effect::Analyze(message) => Some(message.clone()),
        _ => None,
    });
    asked.collect()
}

fn last(desk: &Desk) -> ToAnalyst {
    asked(desk).pop().expect("asked")
}

/// The analyst answers this message.
fn answer(desk: &mut Desk, message: &ToAnalyst) {
    let answer = desk.mind.answer(Catalog::builtin(), message);
    desk.act(Action::Analyst(answer));
}

/// The analyst answers what it was asked last.
fn answer_last(desk: &mut Desk) {
    let message = last(desk);
    answer(desk, &message);
}

fn docs_of(message: &ToAnalyst) -> Vec<DocRef> {
    message.documents.iter().map(|d| d.at).collect()
}

#[test]
fn a_misspelt_field_is_found_and_mended() {
    let mut desk = Desk::new();
    desk.open("a.yaml", TYPO);
    let doc = desk.doc(0);
    let findings = desk.state.findings.of(doc).cloned().expect("checked");
    let at = findings.all.iter().position(|f| f.field.to_string() == "spec.replica").expect("found");
    assert_eq!((findings.all[at].severity, desk.state.findings.errors()), (Severity::Error, findings.errors));
    assert!(findings.all[at].message.text(Locale::Zh).contains("replica"));
    desk.act(Action::ShowFinding { doc, finding: at });
    assert!(desk.effects.iter().any(|e| matches!(e, Effect::RevealField { focus: true, .. })));
    desk.act(Action::ApplyFix { doc, finding: at, fix: 0 });
    assert_eq!(desk.text(), TYPO.replace("replica:", "replicas:"));
    assert_eq!((desk.findings(doc), desk.state.findings.errors()), (Vec::new(), 0));
    desk.act(Action::Undo);
    assert_eq!(desk.text(), TYPO);
    desk.act(Action::ApplyFix { doc, finding: 99, fix: 0 });
    desk.act(Action::ApplyFix { doc, finding: 0, fix: 99 });
    assert_eq!(desk.text(), TYPO);
}

#[test]
fn another_version_finds_other_things() {
    let mut desk = silent();
    desk.open("a.yaml", TYPO);
    desk.act(Action::SetVersion(Version::V1_33));
    let message = last(&desk);
    assert_eq!((message.version, docs_of(&message)), (Version::V1_33, vec![desk.doc(0)]));
}

#[test]
fn a_fix_stays_at_its_place_while_the_answer_is_awaited() {
    let mut desk = Desk::new();
    let file = desk.open("a.yaml", TYPO);
    let doc = desk.doc(0);
    desk.analyst = false;
    desk.type_at(file, 0, "# a comment above\n");
    let text = desk.text();
    let findings = desk.state.findings.of(doc).cloned().expect("known");
    let at = findings.all.iter().position(|f| f.field.to_string() == "spec.replica").expect("still there");
    assert!(text[findings.all[at].span.range()].starts_with("replica"));
    desk.act(Action::ApplyFix { doc, finding: at, fix: 0 });
    assert_eq!(desk.text(), text.replace("replica:", "replicas:"));
}

#[test]
fn findings_that_only_move_along_are_no_news() {
    let mut desk = silent();
    let file = desk.open("a.yaml", TYPO);
    let doc = desk.doc(0);
    let answered = |desk: &mut Desk| {
        answer_last(desk);
        desk.state.findings.news()
    };
    let before = desk.state.findings.news();
    let found = answered(&mut desk);
    assert!(found > before);
    // Before it, in another field: it moves, and is found again as it is.
    let place = |desk: &Desk| desk.state.findings.of(doc).expect("checked").all[0].span.start;
    let at = place(&desk);
    desk.type_at(file, TYPO.find("web").expect("the name"), "x");
    assert_eq!((desk.state.findings.news(), place(&desk)), (found, at + 1));
    assert_eq!(answered(&mut desk), found);
    // In it: its fix is offered, but it would mend what is not there any more.
    desk.type_at(file, desk.text().find("replica:").expect("the key") + 2, "x");
    let (text, touched) = (desk.text(), desk.state.findings.news());
    desk.act(Action::ApplyFix { doc, finding: 0, fix: 0 });
    assert_eq!((desk.text(), touched), (text, found));
    assert!(answered(&mut desk) > touched, "another message");
    desk.act(Action::ApplyFix { doc, finding: 0, fix: 0 });
    assert!(desk.text().contains("replicas:"), "{}", desk.text());
    let touched = desk.state.findings.news();
    desk.act(Action::RemoveDocument(doc));
    assert!(desk.state.findings.news() > touched);
}

#[test]
fn what_an_edit_touched_is_news_when_it_is_found_again() {
    let mut desk = silent();
    let long = "x".repeat(300);
    let text =
        ["apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {name: c, image: i}\nmetadata:\n  name: ", &long, "\n"]
            .concat();
    let file = desk.open("a.yaml", &text);
    let doc = desk.doc(0);
    answer_last(&mut desk);
    let found = desk.state.findings.of(doc).cloned().expect("checked");
    assert_eq!((found.all.len(), found.all[0].fixes.len()), (1, 0), "{:?}", found.all);
    // A blank behind it: the finding is the same, but whether a mark of it grew is not known.
    desk.type_at(file, text.len() - 1, " ");
    let typed = desk.state.findings.news();
    answer_last(&mut desk);
    let again = desk.state.findings.of(doc).cloned().expect("checked");
    assert!(again.says_the_same(&found) && again.is_at_the_same(&found));
    assert_eq!(desk.state.findings.news(), typed + 1);
    // Elsewhere: nothing is news.
    desk.edit(file, 0, 0, "# above\n");
    answer_last(&mut desk);
    let moved = desk.state.findings.of(doc).cloned().expect("checked");
    assert_eq!((desk.state.findings.news(), moved.is_at_the_same(&found)), (typed + 1, true));
    assert_ne!(moved.checked, again.checked, "it was found anew");
    assert!(!moved.says_the_same(&found), "at another place of the text");
    // Another field is wrong.
    desk.type_at(file, desk.text().find("image:").expect("the key"), "x");
    answer_last(&mut desk);
    let other = desk.state.findings.of(doc).cloned().expect("checked");
    assert!(!other.is_at_the_same(&moved), "{:?}", other.all);
}

#[test]
fn stale_answers_are_dropped() {
    let mut desk = silent();
    let file = desk.open("a.yaml", TYPO);
    let doc = desk.doc(0);
    let first = last(&desk);
    desk.type_at(file, 0, "#");
    assert_eq!(asked(&desk).len(), 1, "one message at a time");
    answer(&mut desk, &first);
    assert!(desk.state.findings.of(doc).is_none_or(|f| f.checked.is_none()), "it spoke of an older text");
    let second = last(&desk);
    assert_ne!(first.documents[0].revision, second.documents[0].revision);
    answer(&mut desk, &second);
    assert_eq!(desk.state.findings.of(doc).and_then(|f| f.checked), Some(second.documents[0].revision));
    // An answer that nobody asked for, or that comes twice.
    let invented = Checked { at: doc, revision: second.documents[0].revision, findings: Vec::new() };
    desk.act(Action::Analyst(FromAnalyst::Checked {
        batch: second.batch,
        documents: vec![invented],
        effective: None,
        refs: Vec::new(),
        more: false,
    }));
    assert!(!desk.findings(doc).is_empty());
}

#[test]
fn only_what_changed_is_asked_about() {
    let mut desk = silent();
    let many: String = (0..300).map(|i| format!("kind: Pod\nmetadata:\n  name: p{i}\n---\n")).collect();
    let file = desk.open("a.yaml", &many);
    let mut total = 0;
    for _ in 0..400 {
        let message = last(&desk);
        total += message.documents.len();
        let before = asked(&desk).len();
        answer(&mut desk, &message);
        if asked(&desk).len() == before {
            break;
        }
    }
    assert_eq!(total, 300);
    assert!(asked(&desk).len() < 20, "{}", asked(&desk).len());
    let at = many.find("p150").expect("there");
    desk.edit(file, at, at + 1, "q");
    let message = last(&desk);
    assert_eq!(message.documents.len(), 1);
    assert!(message.documents[0].text.contains("q150"));
}

#[test]
fn a_document_that_hangs_is_named_and_left_out() {
    let mut desk = silent();
    desk.open(
        "a.yaml",
        "kind: Pod\nmetadata: {name: a}\n---\nkind: Pod\nmetadata: {name: evil}\n---\nkind: Pod\nmetadata: {name: c}\n",
    );
    let evil = desk.doc(1);
    let mut restarts = 0;
    for _ in 0..20 {
        let before = asked(&desk).len();
        let message = last(&desk);
        if docs_of(&message).contains(&evil) {
            desk.act(Action::AnalystTimeout(message.batch));
            assert!(desk.effects.contains(&Effect::RestartAnalyst(message.batch)));
            restarts += 1;
        } else {
            answer(&mut desk, &message);
        }
        if asked(&desk).len() == before {
            break;
        }
    }
    assert_eq!(restarts, 2, "once with others, once alone");
    let said = desk.notices();
    assert!(said.iter().any(|n| n.contains("Pod evil")), "{said:?}");
    assert!(desk.state.findings.of(desk.doc(0)).is_some() && desk.state.findings.of(desk.doc(2)).is_some());
    // A timer that rings late does nothing.
    desk.act(Action::AnalystTimeout(last(&desk).batch));
    assert_eq!(desk.effects.iter().filter(|e| matches!(e, Effect::RestartAnalyst(_))).count(), 2);
    // Changed, it gets another chance.
    let file = desk.state.workspace.files[0].id;
    let at = desk.text().find("evil").expect("there");
    desk.edit(file, at, at, "d");
    assert_eq!(docs_of(&last(&desk)), [desk.doc(1)]);
}

#[test]
fn a_worker_that_breaks_is_replaced_and_one_that_never_starts_is_given_up() {
    let mut desk = silent();
    desk.open("a.yaml", TYPO);
    let first = last(&desk);
    desk.act(Action::AnalystFailed("unreachable".into()));
    assert!(desk.effects.contains(&Effect::RestartAnalyst(first.batch)));
    assert!(desk.notices()[0].contains("Deployment web"), "it was alone in the message: {:?}", desk.notices());

    let mut desk = Desk::new();
    desk.analyst = false;
    desk.open("a.yaml", TYPO);
    for _ in 0..5 {
        desk.act(Action::AnalystFailed("no workers".into()));
    }
    assert_eq!(asked(&desk).len(), 2);
    assert_eq!(desk.notices().iter().filter(|n| n.contains("no workers")).count(), 1, "{:?}", desk.notices());
}

const USER: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: i:1\n    envFrom: [{configMapRef: {name: settings}}]\n";
const SETTINGS: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n";

/// What is said of what lies between documents.
fn refs(desk: &Desk, doc: DocRef) -> Vec<String> {
    let found = desk.state.findings.of(doc).map(|f| f.all.as_slice()).unwrap_or_default();
    found.iter().filter(|f| f.source == Source::Refs).map(|f| f.message.text(Locale::En)).collect()
}

#[test]
fn what_lies_between_documents_goes_when_it_is_there() {
    let mut desk = Desk::new();
    desk.open("a.yaml", USER);
    let pod = desk.doc(0);
    assert_eq!(refs(&desk, pod), [""; 0], "alone it may be in the cluster");
    let other = desk.open("b.yaml", &SETTINGS.replace("settings", "others"));
    assert!(
        matches!(refs(&desk, pod).as_slice(), [said] if said.contains("ConfigMap settings")),
        "{:?}",
        desk.findings(pod)
    );
    // The other document changes, and this one's findings with it, in the same answer.
    let asked_before = asked(&desk).len();
    let at = desk.text_of(other).find("others").expect("there");
    desk.edit(other, at, at + 6, "settings");
    assert_eq!(refs(&desk, pod), [""; 0]);
    assert_eq!(asked(&desk).len(), asked_before, "answered at once");
    // While it cannot be read, it is still what it was.
    let end = desk.text_of(other).len();
    desk.edit(other, end, end, "data: {");
    assert_eq!(refs(&desk, pod), [""; 0]);
    desk.act(Action::Undo);
    desk.edit(other, at, at + 8, "else");
    assert_eq!(refs(&desk, pod).len(), 1);
    desk.act(Action::Undo);
    assert_eq!(refs(&desk, pod), [""; 0]);
    // A third document, so that the pod is not alone when the settings go.
    desk.open("c.yaml", &SETTINGS.replace("settings", "third"));
    desk.act(Action::RemoveFile(other));
    assert_eq!(refs(&desk, pod).len(), 1);
    desk.act(Action::Undo);
    assert_eq!(refs(&desk, pod), [""; 0]);
    // Another version begins anew, another analyst is told everything again.
    desk.act(Action::SetVersion(Version::V1_33));
    assert_eq!(refs(&desk, pod), [""; 0]);
    desk.act(Action::AnalystFailed("broke".into()));
    assert_eq!(refs(&desk, pod), [""; 0]);
    let settings = desk.state.workspace.files.iter().position(|f| &*f.name == "b.yaml").expect("there");
    let settings = desk.state.workspace.files[settings].id;
    desk.act(Action::RemoveFile(settings));
    assert_eq!(refs(&desk, pod).len(), 1);
}

#[test]
fn nothing_is_said_between_documents_before_all_are_known() {
    let mut desk = silent();
    let filler = format!("{}{}", SETTINGS.replace("settings", "filler"), "# x\n".repeat(40_000));
    desk.open("a.yaml", &[USER, "---\n", &filler, "---\n", SETTINGS].concat());
    let mut whole = Vec::new();
    for _ in 0..10 {
        let message = last(&desk);
        let before = asked(&desk).len();
        whole.push(message.whole);
        let FromAnalyst::Checked { refs, .. } = desk.mind.answer(Catalog::builtin(), &message) else { panic!() };
        assert!(refs.iter().all(|r| r.findings.is_empty()), "{refs:?}");
        answer(&mut desk, &message);
        if asked(&desk).len() == before {
            break;
        }
    }
    assert!(whole.len() > 1 && whole.iter().filter(|w| **w).count() == 1 && whole.last() == Some(&true), "{whole:?}");
    // A key typed costs a message of one document, and an answer about it and no other.
    let file = desk.state.workspace.files[0].id;
    desk.edit(file, 0, 0, "# c\n");
    let message = last(&desk);
    assert_eq!((message.documents.len(), message.gone.len(), message.whole), (1, 0, true));
    let FromAnalyst::Checked { refs, more, .. } = desk.mind.answer(Catalog::builtin(), &message) else { panic!() };
    assert_eq!((refs.len(), more), (1, false));
}

#[test]
fn much_news_comes_in_several_answers() {
    let mut desk = Desk::new();
    let users: Vec<String> = (0..5).map(|i| USER.replace("name: p}", &format!("name: p{i}}}"))).collect();
    let users: Vec<String> = users.iter().map(|user| [user, "# x\n".repeat(30_000).as_str()].concat()).collect();
    desk.open("a.yaml", &users.join("---\n"));
    let settings = desk.open("b.yaml", SETTINGS);
    let said = |desk: &Desk| (0..5).map(|i| refs(desk, desk.doc(i)).len()).sum::<usize>();
    assert_eq!(said(&desk), 0);
    let mind = std::mem::take(&mut desk.mind);
    desk.analyst = false;
    desk.act(Action::RemoveFile(settings));
    let message = last(&desk);
    assert_eq!((message.documents.len(), message.gone.len()), (0, 1));
    (desk.mind, desk.analyst) = (mind, true);
    let first = desk.mind.answer(Catalog::builtin(), &message);
    assert!(matches!(&first, FromAnalyst::Checked { refs, more: true, .. } if refs.len() < 5));
    desk.act(Action::Analyst(first));
    assert_eq!(said(&desk), 5);
}

#[test]
fn a_document_that_hangs_is_not_missed() {
    let mut desk = silent();
    desk.open("a.yaml", &[USER, "---\n", SETTINGS].concat());
    let evil = desk.doc(1);
    for _ in 0..20 {
        let before = asked(&desk).len();
        let message = last(&desk);
        if docs_of(&message).contains(&evil) {
            desk.act(Action::AnalystTimeout(message.batch));
        } else {
            answer(&mut desk, &message);
        }
        if asked(&desk).len() == before {
            break;
        }
    }
    assert!(desk.notices().iter().any(|n| n.contains("ConfigMap settings")));
    assert_eq!(refs(&desk, desk.doc(0)), [""; 0]);
    let message = last(&desk);
    assert!(!message.whole && docs_of(&message) == [desk.doc(0)]);
}

#[test]
fn page_and_worker_of_different_builds_do_not_talk() {
    let mut desk = silent();
    desk.open("a.yaml", TYPO);
    let mut message = last(&desk);
    message.build = "another".into();
    let answer = desk.mind.answer(Catalog::builtin(), &message);
    assert!(matches!(answer, FromAnalyst::OtherBuild(_)));
    desk.act(Action::Analyst(answer));
    assert!(desk.notices()[0].contains("Reload"), "{:?}", desk.notices());
}

#[test]
fn documentation_is_fetched_when_somebody_asks() {
    let mut desk = Desk::new();
    desk.open("a.yaml", TYPO);
    let doc = desk.doc(0);
    let groups = |desk: &Desk| -> Vec<String> {
        let fetched = desk.effects.iter().filter_map(|e| match e {
            Effect::FetchDocs(group) => Some(group.clone()),
            _ => None,
        });
        fetched.collect()
    };
    assert!(groups(&desk).is_empty());
    desk.act(Action::Explain(doc, path("spec.replicas")));
    assert_eq!(groups(&desk), ["apps", "core", "meta"]);
    desk.act(Action::WantDocs(doc));
    assert_eq!(groups(&desk).len(), 3, "each once");
    let json = br#"{"v1.DeploymentSpec":{"":"The spec.","replicas":"How many."}}"#;
    desk.act(Action::DocsFetched { group: "apps".into(), result: Ok(std::rc::Rc::from(&json[..])) });
    let text = desk.state.docs.texts.field("io.k8s.api.apps.v1.DeploymentSpec", "replicas").map(str::to_owned);
    assert_eq!(text.as_deref(), Some("How many."));
    desk.act(Action::DocsFetched { group: "core".into(), result: Err(manifest_studio::studio::FetchFailure::Offline) });
    assert!(desk.state.docs.failed.contains("core"));
}
