//! Every editor of the registry, on the page as a browser gets it: with a value, without one, with a finding.

use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};
use yew::prelude::*;

use crate::check::{Finding, Fix, Reason, Severity, Source as Check};
use crate::form::{Body, Card, Choice, Editor, EnumOption, Form, List, Row, Section};
use crate::i18n::{Label, Locale, Message, id};
use crate::k8s::{FieldPath, Version};
use crate::schema::Shape;
use crate::studio::{DocFindings, DocRef, FileId};
use crate::text::Span;
use crate::ui::form::desk::{Desk, Now};
use crate::ui::form::part::Source;
use crate::ui::form::{FormView, FormViewProps};
use crate::ui::words::Words;
use crate::yaml::{DocId, Path, Step};

/// What is put before an editor, and what must be on the page for it.
pub struct Case {
    pub editor: Editor,
    pub shape: Shape,
    pub value: Value,
    /// What the page has of the value.
    pub shown: &'static [&'static str],
}

const LABEL: &str = "The field";

/// What a list of chips has of an item that is folded.
const CHIP: &[&str] = &["aria-expanded=\"false\"", "<b>one</b>", ">the rest</span>"];

/// The registry's editors, each with a value. A new editor is missing here until it is added: see `all`.
fn cases() -> Vec<Case> {
    let case = |editor, shape, value, shown| Case { editor, shape, value, shown };
    let list = |shape| Shape::List(Box::new(shape));
    let map = |shape| Shape::Map(Box::new(shape));
    vec![
        case(Editor::Text, Shape::String, json!("a b"), &["value=\"a b\""]),
        case(
            Editor::Number { min: Some(0), max: None },
            Shape::Int32,
            json!(3),
            &["value=\"3\"", "inputmode=\"numeric\""],
        ),
        case(Editor::Boolean, Shape::Boolean, json!(true), &["type=\"radio\"", "true", "false"]),
        case(
            Editor::Enum(
                [
                    EnumOption { value: "ClusterIP".to_owned(), meaning: Some(id::PANE_REQUIRED) },
                    EnumOption { value: "NodePort".to_owned(), meaning: None },
                ]
                .into(),
            ),
            Shape::String,
            json!("NodePort"),
            &["<option value=\"NodePort\" selected", "ClusterIP – "],
        ),
        case(
            Editor::Image,
            Shape::String,
            json!("ghcr.io/owner/app:1.29@sha256:00"),
            &["value=\"ghcr.io\"", "value=\"owner/app\"", "value=\"1.29\"", "value=\"sha256:00\""],
        ),
        case(Editor::Command, list(Shape::String), json!(["sh", "-c", "echo hi"]), &["value=\"sh -c 'echo hi'\""]),
        case(Editor::Strings, list(Shape::String), json!(["a", "b"]), &["value=\"a\"", "value=\"b\""]),
        case(Editor::Quantity, Shape::Quantity, json!("128Mi"), &["value=\"128Mi\"", "<datalist"]),
        case(Editor::Duration, Shape::Int64, json!(5400), &["value=\"5400\""]),
        case(Editor::IntOrPercent, Shape::IntOrString, json!("25%"), &["value=\"25%\""]),
        case(Editor::Port, Shape::Int32, json!(5432), &["value=\"5432\"", "postgresql"]),
        case(Editor::TargetPort, Shape::IntOrString, json!("http"), &["value=\"http\""]),
        case(
            Editor::Table,
            map(Shape::String),
            json!({"app": "web", "tier": "front"}),
            &["app", "web", "tier", "front"],
        ),
        case(Editor::EnvVar, Shape::Any, json!([{"name": "A", "value": "x"}]), &["value=\"A\"", "value=\"x\""]),
        case(Editor::EnvFrom, Shape::Any, json!([{"prefix": "P"}]), CHIP),
        case(
            Editor::Resources,
            Shape::Any,
            json!({"requests": {"cpu": "100m", "gpu": "1"}, "limits": {"memory": "64Mi"}}),
            &["value=\"100m\"", "value=\"64Mi\"", "gpu", "value=\"1\""],
        ),
        case(Editor::Probe, Shape::Any, json!({"path": "/up", "period": "7"}), &["value=\"/up\"", "value=\"7\""]),
        case(Editor::Volume, Shape::Any, json!([{"name": "data"}]), &["value=\"data\"", "aria-expanded=\"true\""]),
        case(Editor::VolumeMount, Shape::Any, json!([{"name": "data", "mountPath": "/d"}]), CHIP),
        case(Editor::SecurityContext, Shape::Any, json!({"runAsUser": "7"}), &["value=\"7\""]),
        case(Editor::LabelSelector, Shape::Any, json!({"matchLabels": "x"}), &["value=\"x\""]),
        case(Editor::AffinityTerm, Shape::Any, json!([{"topologyKey": "zone"}]), &["value=\"zone\""]),
        case(Editor::Toleration, Shape::Any, json!([{"key": "k", "effect": "e"}]), CHIP),
        case(Editor::TopologySpread, Shape::Any, json!([{"maxSkew": "1"}]), &["value=\"1\""]),
        case(Editor::HostAlias, Shape::Any, json!([{"ip": "127.0.0.1"}]), CHIP),
        case(Editor::KeyToPath, Shape::Any, json!([{"key": "k", "path": "p"}]), CHIP),
        case(Editor::Reference { kind: "Secret".to_owned() }, Shape::String, json!("tls"), &["value=\"tls\""]),
        case(Editor::Object, Shape::Any, json!({"a": "1"}), &["value=\"1\""]),
        case(Editor::Objects, Shape::Any, json!([{"a": "1"}, {"a": "2"}]), CHIP),
        case(Editor::Raw, Shape::Any, json!({"a": [1]}), &["<textarea", "a"]),
        case(
            Editor::Choices(
                ["IPv4", "IPv6"].map(|v| EnumOption { value: v.to_owned(), meaning: Some(id::PANE_REQUIRED) }).into(),
            ),
            list(Shape::String),
            json!(["IPv6"]),
            &["type=\"checkbox\"", "checked", "IPv4", "pane-hint"],
        ),
        case(Editor::FileMode, Shape::Int32, json!(420), &["value=\"0644\"", "420"]),
    ]
}

/// The place of an editor among the cases. Exhaustive, so that an editor without a case does not compile.
fn place(editor: &Editor) -> usize {
    match editor {
        Editor::Text => 0,
        Editor::Number { .. } => 1,
        Editor::Boolean => 2,
        Editor::Enum(_) => 3,
        Editor::Image => 4,
        Editor::Command => 5,
        Editor::Strings => 6,
        Editor::Quantity => 7,
        Editor::Duration => 8,
        Editor::IntOrPercent => 9,
        Editor::Port => 10,
        Editor::TargetPort => 11,
        Editor::Table => 12,
        Editor::EnvVar => 13,
        Editor::EnvFrom => 14,
        Editor::Resources => 15,
        Editor::Probe => 16,
        Editor::Volume => 17,
        Editor::VolumeMount => 18,
        Editor::SecurityContext => 19,
        Editor::LabelSelector => 20,
        Editor::AffinityTerm => 21,
        Editor::Toleration => 22,
        Editor::TopologySpread => 23,
        Editor::HostAlias => 24,
        Editor::KeyToPath => 25,
        Editor::Reference { .. } => 26,
        Editor::Object => 27,
        Editor::Objects => 28,
        Editor::Raw => 29,
        Editor::Choices(_) => 30,
        Editor::FileMode => 31,
    }
}

fn words(text: &str) -> Label {
    Label::Words(text.to_owned())
}

/// A row as the form would make it: groups and cards have a text row for each key of the value.
pub fn row(editor: Editor, shape: Shape, path: Path, label: &str, value: Option<Value>) -> Row {
    let leaf = |path: &Path, key: &str, value: &Value| {
        let path = path.iter().cloned().chain([Step::from(key)]).collect();
        row(Editor::Text, Shape::String, path, key, Some(value.clone()))
    };
    let inner = |path: &Path, value: &Value| -> Vec<Row> {
        value.as_object().into_iter().flatten().map(|(key, value)| leaf(path, key, value)).collect()
    };
    let nothing = json!({});
    let body = match super::widget(&editor) {
        super::Widget::Value(_) => Body::Leaf,
        super::Widget::Body { .. } => Body::Group(inner(&path, value.as_ref().unwrap_or(&nothing))),
        super::Widget::Item(_) => {
            let items = value.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
            let card = |(index, item): (usize, &Value)| {
                let path: Path = path.iter().cloned().chain([Step::from(index)]).collect();
                let rows = inner(&path, item);
                Card {
                    path,
                    title: "one".to_owned(),
                    summary: "the rest".to_owned(),
                    rows: rows.into(),
                    text: None,
                    problems: 0,
                    found: 0,
                }
            };
            let cards = items.iter().enumerate().map(card).collect();
            Body::List(List { cards, item: words("Thing"), template: json!({}) })
        }
    };
    Row {
        key: label.to_lowercase(),
        label: words(label),
        editor,
        shape,
        required: false,
        written: value.is_some(),
        value,
        default: None,
        docs: None,
        findings: Vec::new(),
        path,
        body,
    }
}

fn finding(path: Path) -> Finding {
    Finding {
        span: Span::new(0, 1),
        field: FieldPath::root(),
        path,
        source: Check::Decode,
        severity: Severity::Error,
        reason: Reason::WrongType,
        message: Message::new(id::PANE_RANGE).with("min", "17").with("max", "19"),
        server: None,
        link: None,
        fixes: vec![Fix { title: id::PANE_DUPLICATE.into(), changes: Vec::new() }],
    }
}

/// The page's HTML for one row.
pub fn page(locale: Locale, row: Row, findings: Vec<Finding>) -> String {
    let section = Section {
        id: "essentials".to_owned(),
        title: words("Essentials"),
        rows: std::sync::Arc::new(vec![row]),
        problems: 0,
    };
    let mut here = DocFindings::default();
    here.all = findings;
    let source = Source {
        form: Rc::new(Form { sections: vec![section], unplaced: Vec::new() }),
        findings: Rc::new(here),
        partly: None,
    };
    let doc = DocRef { file: FileId(0), doc: DocId(0) };
    let desk = Desk::new(doc, Words(locale), Version::LATEST, Callback::noop(), Rc::new(Now::default()));
    let props = FormViewProps { desk, source, spot: None };
    now(yew::LocalServerRenderer::<FormView>::with_props(props).hydratable(false).render())
}

/// Rendering waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// What a screen reader would be told of every control: its id in a label, or a name of its own.
fn unnamed_controls(html: &str) -> Vec<&str> {
    let attribute = |tag: &str, name: &str| {
        let at = tag.find(&[" ", name, "=\""].concat())? + name.len() + 3;
        Some(tag[at..].split('"').next().unwrap_or_default().to_owned())
    };
    let mut bad = Vec::new();
    for (at, _) in html.match_indices('<') {
        let tag = &html[at..at + html[at..].find('>').map_or(0, |end| end + 1)];
        let control = ["<input", "<select", "<textarea"].iter().any(|c| tag.starts_with(c));
        if !control {
            continue;
        }
        let named = attribute(tag, "aria-label").is_some_and(|name| !name.is_empty())
            || attribute(tag, "aria-labelledby").is_some_and(|id| html.contains(&["id=\"", &id, "\""].concat()))
            || attribute(tag, "id").is_some_and(|id| html.contains(&["for=\"", &id, "\""].concat()))
            || tag.contains("type=\"radio\"");
        if !named {
            bad.push(tag);
        }
    }
    bad
}

fn duplicate_ids(html: &str) -> Vec<&str> {
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
}

fn path() -> Path {
    vec![Step::from("spec"), Step::from("theField")]
}

#[test]
fn every_editor_shows_its_value() {
    for locale in [Locale::En, Locale::Zh] {
        for (index, case) in cases().into_iter().enumerate() {
            assert_eq!(place(&case.editor), index, "{:?}", case.editor);
            let named = format!("{:?} {locale:?}", case.editor);
            let html = page(locale, row(case.editor, case.shape, path(), LABEL, Some(case.value)), Vec::new());
            assert!(html.contains(LABEL) && html.contains("the field"), "{named}: no name in {html}");
            for shown in case.shown {
                assert!(html.contains(shown), "{named}: no {shown} in {html}");
            }
            assert_eq!(unnamed_controls(&html), [""; 0], "{named}");
            assert_eq!(duplicate_ids(&html), [""; 0], "{named}");
            assert!(!html.contains(" style="), "{named}: the policy allows no inline style");
        }
    }
    assert_eq!(cases().len(), 32);
}

#[test]
fn every_editor_shows_an_empty_field() {
    for case in cases() {
        let named = format!("{:?}", case.editor);
        let mut empty = row(case.editor, case.shape, path(), LABEL, None);
        empty.default = Some(words("what it is then"));
        let html = page(Locale::En, empty, Vec::new());
        assert!(html.contains(LABEL), "{named}");
        assert!(html.contains("eft out: what it is then"), "{named}: no default in {html}");
        let control = ["<input", "<select", "<textarea", "<button"].iter().any(|c| html.contains(c));
        assert!(control, "{named}: nothing to begin with in {html}");
        assert_eq!(unnamed_controls(&html), [""; 0], "{named}");
    }
}

#[test]
fn every_editor_says_what_is_wrong() {
    for case in cases() {
        let named = format!("{:?}", case.editor);
        let body = super::widget(&case.editor);
        let mut wrong = row(case.editor, case.shape, path(), LABEL, Some(case.value));
        wrong.findings = vec![0];
        let html = page(Locale::En, wrong, vec![finding(path())]);
        assert!(html.contains("From 17 to 19"), "{named}: the finding is missing in {html}");
        assert!(html.contains(">Duplicate</button>"), "{named}: the fix is missing in {html}");
        let notes = "id=\"notes.spec.theField\"";
        assert!(html.contains(notes), "{named}: {html}");
        if matches!(body, super::Widget::Value(_)) {
            assert!(html.contains("aria-describedby=\"notes.spec.theField\""), "{named}: {html}");
            assert!(html.contains("aria-invalid=\"true\""), "{named}: {html}");
        }
    }
}

#[test]
fn a_value_of_another_shape_is_shown_and_nothing_breaks() {
    let odd = [
        json!(null),
        json!("text"),
        json!(-1),
        json!(1.5),
        json!(true),
        json!([[{}], null, 1]),
        json!({"a": {"b": []}}),
    ];
    for case in cases() {
        for value in &odd {
            let mut other = row(case.editor.clone(), case.shape.clone(), path(), LABEL, Some(value.clone()));
            other.body = Body::Leaf;
            assert!(page(Locale::Zh, other, Vec::new()).contains(LABEL));
        }
    }
}

#[test]
fn a_choice_shows_what_is_chosen() {
    let choice = |key: &str| Choice { key: key.to_owned(), label: words(&key.to_uppercase()), template: json!({}) };
    let mut union = row(Editor::Object, Shape::Any, path(), LABEL, Some(json!({"tcp": {"port": "1"}})));
    let below = path().into_iter().chain([Step::from("tcp"), Step::from("port")]).collect();
    union.body = Body::Union {
        choices: [choice("http"), choice("tcp")].into(),
        chosen: Some(1),
        rows: vec![row(Editor::Text, Shape::String, below, "port", Some(json!("1")))],
    };
    let html = page(Locale::En, union, Vec::new());
    assert!(
        html.contains("<option value=\"tcp\" selected") && html.contains(">HTTP<") && html.contains("value=\"1\""),
        "{html}"
    );
    assert_eq!(duplicate_ids(&html), [""; 0]);
}

#[test]
fn folded_cards_show_their_heads_only() {
    let value = json!([{"name": "first"}, {"name": "second"}]);
    let html = page(Locale::En, row(Editor::Volume, Shape::Any, path(), LABEL, Some(value)), Vec::new());
    assert!(html.contains("value=\"first\"") && !html.contains("value=\"second\""), "{html}");
    assert_eq!(html.matches("aria-expanded=\"false\"").count(), 3, "the second card, and both menus: {html}");
}

#[test]
fn what_is_worth_knowing_stands_at_the_value() {
    let path = vec![Step::from("memory")];
    let row = |path| row(Editor::Quantity, Shape::Quantity, path, LABEL, Some(json!("128Mi")));
    let html = page(Locale::En, row(path.clone()), Vec::new());
    assert!(html.contains("134,217,728 bytes"), "{html}");
    // A finding says it better.
    let mut wrong = row(path.clone());
    wrong.findings = vec![0];
    assert!(!page(Locale::En, wrong, vec![finding(path)]).contains("134,217,728"));
}
