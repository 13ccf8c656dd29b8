//! Point 11: finding the cluster, sending documents, and its answers at the field and line they speak
//! of. The answers are a real server's, recorded in tests/cluster-answers, where they matter.

mod studio_support;

use std::cell::RefCell;
use std::rc::Rc;

use manifest_studio::check::{Reason, Severity, Source};
use manifest_studio::cluster::{Method, Request, Response, TransportError};
use manifest_studio::k8s::Version;
use manifest_studio::studio::server::{Connection, Live, ObjectState, Outcome, PodRow, Verb};
use manifest_studio::studio::{Action, Dialog, DocRef, Effect, Panel};
use serde_json::{Value, json};
use studio_support::Desk;

const WEB: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3 # black friday: 10\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: web\n        image: nginx\n";

fn recorded(name: &str) -> Response {
    let path = format!("{}/tests/cluster-answers/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("recorded");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let body = answer["body"].as_str().map_or_else(|| answer["body"].to_string(), str::to_owned);
    Response {
        status: answer["status"].as_u64().unwrap_or(0) as u16,
        content_type: answer["contentType"].as_str().unwrap_or("").to_owned(),
        warnings: answer["warning"].as_str().map(manifest_studio::cluster::split_warnings).unwrap_or_default(),
        body,
    }
}

fn yes(status: u16, body: &Value) -> Response {
    Response { status, content_type: "application/json".into(), body: body.to_string(), ..Response::default() }
}

fn is_dry(request: &Request) -> bool {
    request.query.iter().any(|(name, _)| *name == "dryRun")
}

fn forces(request: &Request) -> bool {
    request.query.iter().any(|(name, _)| *name == "force")
}

type Log = Rc<RefCell<Vec<String>>>;

/// A desk with a cluster behind it. `answer` may leave a request to the ordinary answers.
fn desk(answer: impl Fn(&Request) -> Option<Response> + 'static) -> (Desk, Log) {
    let log: Log = Rc::default();
    let seen = log.clone();
    let mut desk = Desk::new();
    desk.cluster = Some(Box::new(move |request| {
        let dry = if is_dry(request) { " dry" } else { "" };
        seen.borrow_mut().push(format!("{} {}{dry}", request.method.name(), request.path));
        if let Some(response) = answer(request) {
            return Ok(response);
        }
        Ok(match (request.method, request.path.as_str()) {
            (_, "/version") => yes(200, &json!({"gitVersion": "v1.36.3", "major": "1", "minor": "36"})),
            (_, path) if path.ends_with("selfsubjectreviews") => yes(
                201,
                &json!({"kind": "SelfSubjectReview", "status": {"userInfo": {"username": "kubernetes-admin"}}}),
            ),
            (Method::Get, _) => recorded("no-object"),
            _ => yes(201, &json!({"kind": "Deployment"})),
        })
    }));
    desk.act(Action::SetVersion(Version::V1_36));
    desk.act(Action::Answered { ticket: first_ticket(&desk), answer: Ok(yes(404, &json!("nothing here"))) });
    desk.act(Action::Connect);
    log.borrow_mut().clear();
    (desk, log)
}

/// The request that every page begins with.
fn first_ticket(desk: &Desk) -> manifest_studio::studio::Ticket {
    let sent = desk.effects.iter().find_map(|e| match e {
        Effect::Send { ticket, request } if request.path == "/version" => Some(*ticket),
        _ => None,
    });
    sent.expect("the page looks for a cluster")
}

fn outcome(desk: &Desk, doc: DocRef) -> Outcome {
    desk.state.server.exchanges.get(&doc).map(|e| e.outcome.clone()).expect("sent")
}

fn words(desk: &Desk, doc: DocRef) -> String {
    match outcome(desk, doc) {
        Outcome::Waiting => "waiting".into(),
        Outcome::Done { message, .. } | Outcome::Conflict { message, .. } | Outcome::Refused { message, .. } => {
            message.text(desk.state.locale)
        }
    }
}

#[test]
fn a_page_without_a_cluster_says_so_quietly() {
    for answer in [
        Err(TransportError::Unreachable),
        Ok(Response {
            status: 404,
            content_type: "text/html".into(),
            body: "<h1>no</h1>".into(),
            ..Response::default()
        }),
        Ok(Response {
            status: 200,
            content_type: "text/html".into(),
            body: "<!doctype html>".into(),
            ..Response::default()
        }),
    ] {
        let mut desk = Desk::new();
        assert_eq!(desk.state.server.connection, Connection::Probing);
        desk.act(Action::Answered { ticket: first_ticket(&desk), answer });
        assert_eq!(desk.state.server.connection, Connection::Absent);
        assert!(desk.notices().is_empty());
        desk.open("a.yaml", WEB);
        let before = desk.effects.len();
        desk.act(Action::Send { verb: Verb::Apply, docs: vec![desk.doc(0)] });
        assert!(!desk.effects[before..].iter().any(|e| matches!(e, Effect::Send { .. })));
    }
    let mut desk = Desk::new();
    desk.act(Action::Answered { ticket: first_ticket(&desk), answer: Ok(recorded("proxy-alone")) });
    assert!(matches!(desk.state.server.connection, Connection::Refused(_)), "{:?}", desk.state.server.connection);
}

#[test]
fn version_and_user_are_shown() {
    let (mut desk, _) = desk(|_| None);
    let (version, supported) = ("v1.36.3".to_owned(), Some(Version::V1_36));
    let user = Some("kubernetes-admin".to_owned());
    assert_eq!(desk.state.server.connection, Connection::Connected { version, supported, user });
    assert!(desk.notices().is_empty(), "it is the version that is checked against");
    desk.act(Action::SetVersion(Version::V1_33));
    desk.act(Action::Connect);
    assert!(desk.notices()[0].contains("1.36"), "{:?}", desk.notices());
    let way = desk.state.notices[0].ways[0].1.clone();
    desk.act(way);
    assert_eq!(desk.state.version, Version::V1_36);
}

#[test]
fn dry_run_and_apply_of_one_and_of_all() {
    let (mut desk, log) = desk(|_| None);
    desk.open(
        "a.yaml",
        &format!("{WEB}---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: shop}}\n---\n# nothing\n"),
    );
    desk.act(Action::Send { verb: Verb::DryRun, docs: vec![desk.doc(0)] });
    assert_eq!(desk.state.panel, Panel::Cluster);
    assert_eq!(
        *log.borrow(),
        [
            "POST /apis/apps/v1/namespaces/default/deployments dry",
            "PATCH /apis/apps/v1/namespaces/default/deployments/web dry"
        ]
    );
    assert_eq!(words(&desk, desk.doc(0)), "Would be created");
    log.borrow_mut().clear();
    let all: Vec<DocRef> = desk.state.index.documents().map(|d| d.at).collect();
    assert_eq!(all.len(), 2);
    desk.act(Action::Send { verb: Verb::Apply, docs: all });
    // What others need goes first.
    assert_eq!(
        *log.borrow(),
        ["PATCH /api/v1/namespaces/shop", "PATCH /apis/apps/v1/namespaces/default/deployments/web"]
    );
    assert_eq!((words(&desk, desk.doc(0)), words(&desk, desk.doc(1))), ("Created".into(), "Created".into()));
}

#[test]
fn nothing_is_sent_twice() {
    let (mut desk, _) = desk(|_| None);
    desk.open("a.yaml", WEB);
    let doc = desk.doc(0);
    desk.cluster = None;
    let sent = |desk: &Desk| {
        desk.effects
            .iter()
            .filter(|e| matches!(e, Effect::Send { request, .. } if request.method == Method::Patch))
            .count()
    };
    let before = sent(&desk);
    for _ in 0..3 {
        desk.act(Action::Send { verb: Verb::Apply, docs: vec![doc, doc] });
        desk.act(Action::TakeOver(doc));
    }
    assert_eq!(sent(&desk) - before, 1);
    assert_eq!(outcome(&desk, doc), Outcome::Waiting);
    let ticket = desk.effects.iter().rev().find_map(|e| match e {
        Effect::Send { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let ticket = ticket.expect("sent");
    for _ in 0..2 {
        // An answer that comes twice counts once.
        desk.act(Action::Answered { ticket, answer: Ok(yes(200, &json!({"kind": "Deployment"}))) });
    }
    assert_eq!(words(&desk, doc), "Applied");
}

#[test]
fn a_refusal_is_at_its_field_and_line() {
    let (mut desk, _) = desk(|request| is_dry(request).then(|| recorded("strict-unknown-fields")));
    let text = WEB
        .replace("metadata:\n  name: web\nspec:", "metadata:\n  name: web\n  lables: {}\nspec:\n  bogus: 1")
        .replace("image:", "imagee:");
    desk.open("a.yaml", &text);
    let doc = desk.doc(0);
    desk.act(Action::Send { verb: Verb::DryRun, docs: vec![doc] });
    let found = desk.state.findings.of(doc).expect("findings").all.clone();
    let server: Vec<_> = found.iter().filter(|f| f.source == Source::Server).collect();
    let places: Vec<_> =
        server.iter().map(|f| (f.field.to_string(), text[f.span.range()].to_owned(), f.reason)).collect();
    assert_eq!(
        places,
        [
            ("metadata.lables".to_owned(), "lables".to_owned(), Reason::UnknownField),
            ("spec.bogus".to_owned(), "1".to_owned(), Reason::UnknownField),
            ("spec.template.spec.containers[0].imagee".to_owned(), "nginx".to_owned(), Reason::UnknownField),
        ]
    );
    assert!(server.iter().all(|f| f.severity == Severity::Error));
    assert!(matches!(outcome(&desk, doc), Outcome::Refused { .. }));
    // What is mended is no longer held against it, the rest is.
    let at = text.find("bogus: 1").expect("there");
    let file = desk.state.workspace.files[0].id;
    desk.edit(file, at + 7, at + 8, "2");
    let left = desk.state.findings.of(doc).expect("findings").all.iter().filter(|f| f.source == Source::Server).count();
    assert_eq!(left, 2);
    desk.act(Action::ForgetAnswer(doc));
    assert!(!desk.state.findings.of(doc).is_some_and(|f| f.all.iter().any(|f| f.source == Source::Server)));
}

#[test]
fn a_conflict_names_the_owner_and_can_be_taken_over() {
    let (mut desk, log) = desk(|request| {
        let plain = request.method == Method::Patch && !forces(request);
        plain.then(|| recorded("conflict-one"))
    });
    desk.open("a.yaml", WEB);
    let doc = desk.doc(0);
    desk.act(Action::Send { verb: Verb::Apply, docs: vec![doc] });
    let Outcome::Conflict { owners, .. } = outcome(&desk, doc) else { panic!("{:?}", outcome(&desk, doc)) };
    assert_eq!(
        (owners[0].manager.as_str(), owners[0].fields.as_slice()),
        ("autoscaler (scale)", &["spec.replicas".to_owned()][..])
    );
    let found = desk.state.findings.of(doc).expect("findings").all.clone();
    let found: Vec<_> = found.iter().filter(|f| f.source == Source::Server).collect();
    assert_eq!((found.len(), &WEB[found[0].span.range()], found[0].reason), (1, "3", Reason::FieldManagerConflict));
    assert!(found[0].message.text(desk.state.locale).contains("autoscaler"));
    desk.act(Action::TakeOver(doc));
    assert_eq!(words(&desk, doc), "Created");
    assert_eq!(log.borrow().len(), 2);
    assert!(!desk.state.findings.of(doc).is_some_and(|f| f.all.iter().any(|f| f.source == Source::Server)));
}

#[test]
fn a_changed_text_is_judged_before_anything_is_taken_over() {
    let (mut desk, log) = desk(|request| {
        let plain = request.method == Method::Patch && !forces(request);
        plain.then(|| recorded("conflict-one"))
    });
    let file = desk.open("a.yaml", WEB);
    let doc = desk.doc(0);
    desk.act(Action::Send { verb: Verb::Apply, docs: vec![doc] });
    let at = WEB.find("3 #").expect("there");
    desk.edit(file, at, at + 1, "5");
    desk.act(Action::TakeOver(doc));
    assert!(matches!(outcome(&desk, doc), Outcome::Conflict { .. }));
    assert_eq!(log.borrow().len(), 2);
    desk.act(Action::TakeOver(doc));
    assert_eq!(words(&desk, doc), "Created");
}

#[test]
fn deleting_asks_first() {
    let (mut desk, log) = desk(|request| (request.method == Method::Delete).then(|| recorded("delete-object")));
    desk.open("a.yaml", WEB);
    let doc = desk.doc(0);
    desk.act(Action::Send { verb: Verb::Delete, docs: vec![doc] });
    assert_eq!(desk.state.dialog, Some(Dialog::ConfirmDelete(vec![doc])));
    assert!(log.borrow().is_empty());
    desk.act(Action::DeleteConfirmed(vec![doc]));
    assert_eq!((words(&desk, doc), desk.state.dialog.clone()), ("Deleted".into(), None));
    assert_eq!(desk.text(), WEB, "the document stays");
}

#[test]
fn what_is_there_now_is_cleaned() {
    let there = Rc::new(RefCell::new(true));
    let now = there.clone();
    let (mut desk, _) = desk(move |request| {
        (request.method == Method::Get && *now.borrow() && request.path.ends_with("/web"))
            .then(|| recorded("live-deployment"))
    });
    desk.open("a.yaml", WEB);
    let doc = desk.doc(0);
    desk.act(Action::Send { verb: Verb::Live, docs: vec![doc] });
    assert_eq!(desk.state.panel, Panel::Live);
    let live = desk.state.server.live.get(&doc).cloned().expect("asked");
    let Live::There(text) = &*live else { panic!("{live:?}") };
    assert!(
        text.starts_with("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n") && text.contains("  name: web\n"),
        "{text}"
    );
    for noise in ["managedFields", "uid", "resourceVersion", "status:"] {
        assert!(!text.contains(noise), "{noise}");
    }
    *there.borrow_mut() = false;
    desk.act(Action::Send { verb: Verb::Live, docs: vec![doc] });
    assert_eq!(desk.state.server.live.get(&doc).map(|l| (**l).clone()), Some(Live::Absent));
}

#[test]
fn the_objects_and_their_pods() {
    let (mut desk, log) = desk(|request| match (request.method, request.path.as_str()) {
        (Method::Get, path) if path.ends_with("/deployments/web") => Some(recorded("live-deployment")),
        (Method::Get, path) if path.ends_with("/pods") => Some(recorded("live-pods")),
        _ => None,
    });
    desk.open("a.yaml", &format!("{WEB}---\napiVersion: v1\nkind: Service\nmetadata: {{name: web}}\n---\nkind: [\n"));
    desk.act(Action::RefreshObjects);
    let rows = desk.state.server.objects.clone();
    assert_eq!(rows.len(), 2);
    assert!(
        matches!(&rows[0].state, ObjectState::There(m) if m.text(desk.state.locale).contains("ready")),
        "{:?}",
        rows[0]
    );
    assert!(matches!(&rows[0].pods[..], [PodRow { name, .. }, ..] if name.starts_with("web-")), "{:?}", rows[0].pods);
    assert_eq!(rows[1].state, ObjectState::Absent);
    assert!(!desk.state.server.refreshing);
    assert_eq!(log.borrow().len(), 3);
    // A document that goes takes its row along.
    desk.act(Action::RemoveDocument(desk.doc(0)));
    assert_eq!(desk.state.server.objects.len(), 1);
}

#[test]
fn kinds_that_no_schema_has_are_asked_for_once() {
    let (mut desk, log) = desk(|request| {
        let kinds = json!({"kind": "APIResourceList", "groupVersion": "example.com/v1", "resources": [
            {"name": "gizmos", "namespaced": true, "kind": "Gizmo"}, {"name": "gizmos/status", "namespaced": true, "kind": "Gizmo"}]});
        (request.path == "/apis/example.com/v1").then(|| yes(200, &kinds))
    });
    desk.open("a.yaml", "apiVersion: example.com/v1\nkind: Gizmo\nmetadata: {name: g, namespace: lab}\n---\napiVersion: example.com/v1\nkind: Nope\nmetadata: {name: n}\n");
    let docs = vec![desk.doc(0), desk.doc(1)];
    desk.act(Action::Send { verb: Verb::Apply, docs: docs.clone() });
    assert!(log.borrow().contains(&"PATCH /apis/example.com/v1/namespaces/lab/gizmos/g".to_owned()), "{log:?}");
    assert_eq!(words(&desk, docs[0]), "Created");
    assert!(matches!(outcome(&desk, docs[1]), Outcome::Refused { .. }));
    log.borrow_mut().clear();
    desk.act(Action::Send { verb: Verb::Apply, docs: vec![docs[0]] });
    assert_eq!(log.borrow().len(), 1);
}

#[test]
fn what_cannot_be_sent_says_why() {
    let (mut desk, log) = desk(|_| None);
    desk.open("a.yaml", "kind: [\n---\nmetadata: {name: x}\n---\napiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: ______}\n");
    let docs: Vec<DocRef> = desk.state.index.documents().map(|d| d.at).collect();
    desk.act(Action::Send { verb: Verb::Apply, docs: docs.clone() });
    assert!(log.borrow().is_empty(), "{log:?}");
    let said: Vec<String> = docs.iter().map(|&d| words(&desk, d)).collect();
    for (said, part) in said.iter().zip(["cannot be read", "no kind", "metadata.name", "Type it again"]) {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_lost_answer_is_not_a_success() {
    let (mut desk, _) = desk(|_| None);
    desk.open("a.yaml", WEB);
    let doc = desk.doc(0);
    desk.cluster = Some(Box::new(|_| Err(TransportError::NoAnswer(70))));
    desk.act(Action::Send { verb: Verb::Apply, docs: vec![doc] });
    assert!(matches!(outcome(&desk, doc), Outcome::Refused { .. }));
    assert!(words(&desk, doc).contains("70"), "{}", words(&desk, doc));
}

#[test]
fn other_workspaces_hear_nothing_of_it() {
    let (mut desk, _) = desk(|_| None);
    desk.open("a.yaml", WEB);
    let doc = desk.doc(0);
    desk.cluster = None;
    desk.act(Action::Send { verb: Verb::Apply, docs: vec![doc] });
    let ticket = desk.effects.iter().rev().find_map(|e| match e {
        Effect::Send { ticket, .. } => Some(*ticket),
        _ => None,
    });
    desk.act(Action::CreateWorkspace("other".into()));
    desk.open("b.yaml", WEB);
    desk.act(Action::Answered { ticket: ticket.expect("sent"), answer: Ok(recorded("conflict-one")) });
    assert!(desk.state.server.exchanges.is_empty());
}
