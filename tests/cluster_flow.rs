//! A set of documents under way: order, states, and that nothing is sent twice.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use manifest_studio::cluster::{
    Address, Done, Flow, Method, Parcel, Request, Response, ServerError, State, Transport, TransportError, Work, run,
};
use manifest_studio::k8s::Gvk;
use serde_json::{Value, json};

fn parcel(kind: &str, name: &str) -> Parcel<String> {
    let (api_version, plural, namespaced) = match kind {
        "Deployment" => ("apps/v1", "deployments", true),
        "Namespace" => ("v1", "namespaces", false),
        "Service" => ("v1", "services", true),
        _ => ("v1", "configmaps", true),
    };
    let address = Address::new(Gvk::new(api_version, kind), plural, namespaced, "shop", name).expect("an address");
    Parcel { key: format!("{kind}/{name}"), address, body: "{}".into() }
}

fn ok(status: u16) -> Response {
    json_answer(status, &json!({"kind": "ConfigMap"}))
}

fn json_answer(status: u16, body: &Value) -> Response {
    Response { status, content_type: "application/json".into(), warnings: Vec::new(), body: body.to_string() }
}

fn no(status: u16, reason: &str, message: &str, details: Value) -> Response {
    let body = json!({"kind": "Status", "reason": reason, "message": message, "details": details});
    json_answer(status, &body)
}

fn conflict() -> Response {
    let cause = json!({"reason": "FieldManagerConflict", "message": "conflict with \"helm\"", "field": ".spec"});
    no(409, "Conflict", "Apply failed with 1 conflict", json!({"causes": [cause]}))
}

fn query(request: &Request, name: &str) -> Option<String> {
    request.query.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone())
}

/// Everything that can be sent now.
fn burst(flow: &mut Flow<String>) -> Vec<(manifest_studio::cluster::Ticket, Request)> {
    std::iter::from_fn(|| flow.next_request()).collect()
}

/// Sends all, answering every request with `answer`; the requests in their order.
fn all(flow: &mut Flow<String>, answer: impl Fn(&Request) -> Response) -> Vec<String> {
    let mut sent = Vec::new();
    while let Some((ticket, request)) = flow.next_request() {
        let name = request.path.rsplit('/').next().unwrap_or("").to_owned();
        sent.push(format!("{} {name}", request.method.name()));
        assert!(flow.answer(ticket, Ok(answer(&request))));
    }
    sent
}

#[test]
fn what_others_need_goes_first_and_is_deleted_last() {
    let set = || {
        vec![
            parcel("Deployment", "web"),
            parcel("Service", "web"),
            parcel("ConfigMap", "c"),
            parcel("Namespace", "shop"),
        ]
    };
    let mut apply = Flow::new(1, Work::Apply, set());
    assert_eq!(all(&mut apply, |_| ok(201)), ["PATCH shop", "PATCH c", "PATCH web", "PATCH web"]);
    assert!(apply.is_finished());
    assert!(apply.entries().iter().all(|e| e.state == State::Done(Done::Created)));
    let kinds: Vec<_> = apply.entries().iter().map(|e| e.parcel.address.gvk().kind.as_str()).collect();
    assert_eq!(kinds, ["Namespace", "ConfigMap", "Service", "Deployment"]);
    let mut delete = Flow::new(2, Work::Delete, set());
    assert_eq!(all(&mut delete, |_| ok(200)), ["DELETE web", "DELETE web", "DELETE c", "DELETE shop"]);
    assert!(delete.entries().iter().all(|e| e.state == State::Done(Done::Deleted)));
}

#[test]
fn a_rank_waits_for_the_one_before() {
    let mut flow =
        Flow::new(1, Work::Apply, vec![parcel("Service", "s"), parcel("ConfigMap", "a"), parcel("ConfigMap", "b")]);
    let first = burst(&mut flow);
    assert_eq!(first.len(), 2, "both ConfigMaps, not the Service");
    assert!(flow.answer(first[0].0, Ok(ok(200))));
    assert!(flow.next_request().is_none());
    assert!(flow.answer(first[1].0, Ok(no(403, "Forbidden", "quota", json!({})))));
    // A refusal does not hold up the others, as with kubectl.
    assert_eq!(burst(&mut flow).len(), 1);
}

#[test]
fn few_requests_at_once() {
    let set = (0..20).map(|i| parcel("ConfigMap", &format!("c{i}"))).collect();
    let mut flow = Flow::new(1, Work::Apply, set);
    let first = burst(&mut flow);
    assert_eq!(first.len(), 4);
    assert!(flow.answer(first[2].0, Ok(ok(200))));
    assert_eq!(burst(&mut flow).len(), 1);
}

#[test]
fn nothing_is_sent_twice() {
    let mut twin = parcel("ConfigMap", "a");
    twin.key = "twin".into();
    let mut flow = Flow::new(1, Work::Apply, vec![parcel("ConfigMap", "a"), twin]);
    let first = burst(&mut flow);
    assert_eq!(first.len(), 1, "two documents of one object go one after the other");
    let (ticket, _) = first[0];
    assert!(flow.is_busy(&"ConfigMap/a".into()) && flow.is_busy(&"twin".into()));
    assert!(!flow.retry(&"ConfigMap/a".into()), "it is under way");
    assert!(flow.answer(ticket, Ok(ok(201))));
    assert!(!flow.answer(ticket, Ok(no(500, "", "late", json!({})))), "an answer counts once");
    let entry = flow.entry(&"ConfigMap/a".into()).expect("an entry");
    assert_eq!(entry.state, State::Done(Done::Created));
    assert!(!flow.retry(&"ConfigMap/a".into()), "it is done");
    assert_eq!(burst(&mut flow).len(), 1);
    let mut other = Flow::new(2, Work::Apply, vec![parcel("ConfigMap", "a")]);
    assert_eq!(burst(&mut other).len(), 1);
    assert!(!other.answer(ticket, Ok(ok(200))), "an answer of another flow");
}

#[test]
fn a_lost_request_is_sent_again_only_when_asked() {
    let key = "ConfigMap/a".to_owned();
    let mut flow = Flow::new(1, Work::Apply, vec![parcel("ConfigMap", "a")]);
    let (old, _) = flow.next_request().expect("a request");
    assert!(flow.answer(old, Err(TransportError::NoAnswer(30))));
    assert_eq!(flow.entries()[0].state, State::Lost(TransportError::NoAnswer(30)));
    assert!(flow.is_finished() && flow.next_request().is_none());
    assert!(flow.retry(&key) && !flow.retry(&key));
    let (new, _) = flow.next_request().expect("a request");
    assert!(!flow.answer(old, Ok(ok(200))), "the answer to the lost one is too old");
    assert!(flow.answer(new, Ok(ok(200))));
    assert_eq!(flow.entries()[0].state, State::Done(Done::Applied));
}

#[test]
fn a_dry_run_asks_strictly_and_keeps_nothing() {
    let key = "Deployment/web".to_owned();
    let mut flow = Flow::new(1, Work::DryRun, vec![parcel("Deployment", "web")]);
    let (ticket, strict) = flow.next_request().expect("a request");
    assert_eq!((strict.method, query(&strict, "dryRun").as_deref()), (Method::Post, Some("All")));
    assert_eq!(query(&strict, "fieldValidation").as_deref(), Some("Strict"));
    // It is there already, and not whole: neither is for this question to judge.
    assert!(flow.answer(ticket, Ok(no(422, "Invalid", "Required value", json!({})))));
    assert_eq!(flow.entry(&key).map(|e| &e.state), Some(&State::Sending));
    let (ticket, apply) = flow.next_request().expect("a request");
    assert_eq!((apply.method, query(&apply, "dryRun").as_deref()), (Method::Patch, Some("All")));
    assert!(flow.answer(ticket, Ok(conflict())));
    assert!(matches!(flow.entries()[0].state, State::Conflict(_)));
    assert!(flow.force(&key));
    let (ticket, forced) = flow.next_request().expect("a request");
    let asked = (query(&forced, "force"), query(&forced, "dryRun"));
    assert_eq!(asked, (Some("true".into()), Some("All".into())), "still a dry run");
    assert!(flow.answer(ticket, Ok(ok(200))));
    assert_eq!(flow.entries()[0].state, State::Done(Done::WouldChange));

    let mut flow = Flow::new(2, Work::DryRun, vec![parcel("Deployment", "web")]);
    let unknown = "strict decoding error: unknown field \"a\", unknown field \"b\"";
    let sent = all(&mut flow, |_| no(400, "BadRequest", unknown, Value::Null));
    assert_eq!(sent, ["POST deployments"]);
    assert!(matches!(&flow.entries()[0].state, State::Refused(ServerError::Structure(f)) if f.len() == 2));
}

#[test]
fn an_apply_that_cannot_be_decoded_names_all_faults() {
    let apply = "failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.a: field not declared in schema";
    let strict = "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: unknown field \"spec.a\", unknown field \"spec.b\"";
    let mut flow = Flow::new(1, Work::Apply, vec![parcel("Deployment", "web")]);
    let sent = all(&mut flow, |r| match r.method {
        Method::Patch => no(500, "", apply, Value::Null),
        _ => no(400, "BadRequest", strict, Value::Null),
    });
    assert_eq!(sent, ["PATCH web", "POST deployments"]);
    assert!(matches!(&flow.entries()[0].state, State::Refused(ServerError::Structure(f)) if f.len() == 2));
    // Without the right to create, or without an answer, what is known stands.
    for second in [Ok(no(403, "Forbidden", "User \"a\" cannot create", json!({}))), Err(TransportError::Unreachable)] {
        let mut flow = Flow::new(1, Work::Apply, vec![parcel("Deployment", "web")]);
        let (ticket, _) = flow.next_request().expect("a request");
        assert!(flow.answer(ticket, Ok(no(500, "", apply, Value::Null))));
        let (ticket, _) = flow.next_request().expect("a request");
        assert!(flow.answer(ticket, second));
        assert!(matches!(&flow.entries()[0].state, State::Refused(ServerError::Structure(f)) if f.len() == 1));
    }
}

#[test]
fn a_conflict_is_taken_over_only_when_asked() {
    let mut flow = Flow::new(1, Work::Apply, vec![parcel("Deployment", "web")]);
    let answer = |r: &Request| if query(r, "force").is_some() { ok(200) } else { conflict() };
    assert_eq!(all(&mut flow, answer), ["PATCH web"]);
    assert!(flow.is_finished());
    assert!(!flow.force(&"Deployment/other".into()));
    assert!(flow.force(&"Deployment/web".into()));
    assert_eq!(all(&mut flow, answer), ["PATCH web"]);
    assert_eq!(flow.entries()[0].state, State::Done(Done::Applied));
    assert!(!flow.force(&"Deployment/web".into()));
}

#[test]
fn a_namespace_of_the_same_set_excuses_a_dry_run() {
    let absent = |_: &Request| {
        no(404, "NotFound", "namespaces \"shop\" not found", json!({"name": "shop", "kind": "namespaces"}))
    };
    let mut alone = Flow::new(1, Work::DryRun, vec![parcel("ConfigMap", "a")]);
    all(&mut alone, absent);
    assert!(matches!(alone.entries()[0].state, State::Refused(ServerError::NoNamespace { .. })));
    let mut both = Flow::new(1, Work::DryRun, vec![parcel("ConfigMap", "a"), parcel("Namespace", "shop")]);
    all(&mut both, |r| if r.path.contains("/namespaces/shop/") { absent(r) } else { ok(201) });
    let states: Vec<_> = both.entries().iter().map(|e| e.state.clone()).collect();
    assert_eq!(states, [State::Done(Done::WouldCreate), State::NeedsNamespace("shop".into())]);
}

#[test]
fn deleting_what_is_gone_is_no_failure() {
    let mut flow = Flow::new(1, Work::Delete, vec![parcel("ConfigMap", "a")]);
    all(&mut flow, |_| no(404, "NotFound", "configmaps \"a\" not found", json!({"name": "a", "kind": "configmaps"})));
    assert_eq!(flow.entries()[0].state, State::Done(Done::WasAbsent));
}

#[test]
fn stopping_sends_nothing_more() {
    let mut flow = Flow::new(1, Work::Apply, vec![parcel("ConfigMap", "a"), parcel("Service", "b")]);
    let (ticket, _) = flow.next_request().expect("a request");
    flow.stop();
    assert!(!flow.is_finished() && flow.next_request().is_none());
    assert!(flow.answer(ticket, Ok(ok(201))));
    assert!(flow.is_finished());
    let states: Vec<_> = flow.entries().iter().map(|e| e.state.clone()).collect();
    assert_eq!(states, [State::Done(Done::Created), State::Stopped]);
}

#[test]
fn warnings_are_kept_once() {
    let mut flow = Flow::new(1, Work::DryRun, vec![parcel("Deployment", "web")]);
    all(&mut flow, |_| Response { warnings: vec!["spec.a: old".into()], ..ok(201) });
    assert_eq!(flow.entries()[0].warnings.len(), 1);
}

/// A transport that answers from a table at once.
struct Table(RefCell<Vec<String>>);

impl Transport for Table {
    async fn send(&self, request: &Request) -> Result<Response, TransportError> {
        self.0.borrow_mut().push(request.path.clone());
        Ok(ok(201))
    }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the table answers at once"),
    }
}

#[test]
fn a_transport_carries_a_whole_set() {
    let table = Table(RefCell::default());
    let mut flow = Flow::new(1, Work::Apply, vec![parcel("Service", "s"), parcel("ConfigMap", "a")]);
    now(run(&mut flow, &table));
    assert!(flow.is_finished());
    let paths = table.0.into_inner();
    assert_eq!(paths, ["/api/v1/namespaces/shop/configmaps/a", "/api/v1/namespaces/shop/services/s"]);
}
