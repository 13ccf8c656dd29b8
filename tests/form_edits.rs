//! What the form does to a text: the place that is meant, and nothing else.

mod form_support;

use form_support::{documents, gallery, path, public, row, rows, scalars};
use manifest_studio::form::{self, Body, Editor, FormEdit, edit};
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::text::Change;
use manifest_studio::yaml::{Document, EditError, Path, Step};
use proptest::prelude::*;
use serde_json::{Value, json};

const VERSION: Version = Version::LATEST;

fn after(text: &str, edit: &FormEdit) -> Result<String, EditError> {
    let document = Document::read(text);
    let changes = edit::apply(Catalog::builtin(), VERSION, &document, edit)?.changes;
    assert!(changes.windows(2).all(|w| w[0].to <= w[1].from), "{changes:?}");
    Ok(Change::apply_all(text, &changes))
}

fn set(at: &str, value: Value) -> FormEdit {
    FormEdit::Set { path: path(at), value }
}

fn clear(at: &str) -> FormEdit {
    FormEdit::Clear { path: path(at) }
}

const DEPLOYMENT: &str = "\
# the shop's front end
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # short
spec:
  replicas: 3      # black friday: 10
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: nginx:1.29
        resources:
          limits:
            cpu: 1
        livenessProbe:
          httpGet: {path: /up, port: 80}
          periodSeconds: 5
        env:
        # who it is
        - name: A
          value: b
      volumes:
      - name: data
        emptyDir:
          sizeLimit: 1Gi
";

/// The text before and after, by lines: what is gone and what is new.
fn lines(edit: &FormEdit) -> (Vec<String>, Vec<String>) {
    let after = after(DEPLOYMENT, edit).unwrap_or_else(|e| panic!("{edit:?}: {e:?}"));
    let own = |lines: &[&str]| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<String>>();
    let (old, new): (Vec<&str>, Vec<&str>) = (DEPLOYMENT.lines().collect(), after.lines().collect());
    let same_start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - same_start;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    (own(&old[same_start..old.len() - same_end]), own(&new[same_start..new.len() - same_end]))
}

#[test]
fn a_field_is_set_where_it_stands() {
    assert_eq!(
        lines(&set("spec.replicas", json!(10))),
        (
            vec!["  replicas: 3      # black friday: 10".to_owned()],
            vec!["  replicas: 10      # black friday: 10".to_owned()]
        )
    );
    assert_eq!(lines(&set("spec.replicas", json!(3))), (vec![], vec![]));
    let (gone, new) = lines(&set("spec.strategy.rollingUpdate.maxSurge", json!("25%")));
    assert!(gone.is_empty());
    assert_eq!(new, ["  strategy:", "    rollingUpdate:", "      maxSurge: 25%"]);
}

/// `0644` is 420 to Kubernetes: a mode stays in the notation that it was written in.
#[test]
fn a_file_mode_keeps_its_notation() {
    let pod = |mode: &str| {
        format!("apiVersion: v1\nkind: Pod\nspec: {{volumes: [{{name: a, secret: {{defaultMode: {mode}}}}}]}}\n")
    };
    let path = "spec.volumes.0.secret.defaultMode";
    for (was, is) in [("0644", "0600"), ("0o644", "0o600"), ("420", "384"), ("0", "384"), ("\"x\"", "384")] {
        let text = after(&pod(was), &set(path, json!(384))).unwrap_or_else(|e| panic!("{was}: {e:?}"));
        assert_eq!(text, pod(is), "{was}");
        assert_eq!(Document::read(&text).at(&form_support::path(path)).map(|n| n.to_json()), Some(json!(384)));
    }
    // JSON has no octal numbers; what is no mode is a plain number.
    let json = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"volumes\":[{\"secret\":{\"defaultMode\":420}}]}}";
    assert_eq!(after(json, &set(path, json!(384))), Ok(json.replace("420", "384")));
    let port = "apiVersion: v1\nkind: Pod\nspec: {containers: [{ports: [{containerPort: 0120}]}]}\n";
    let edited = after(port, &set("spec.containers.0.ports.0.containerPort", json!(81)));
    assert_eq!(edited, Ok(port.replace("0120", "81")));
    assert_eq!(after(&pod("0644"), &set(path, json!(420))), Ok(pod("0644")));
}

/// Clearing takes the parents that it leaves empty, as far as the schema lets them go.
#[test]
fn clearing_takes_emptied_parents_along() {
    assert_eq!(
        lines(&clear("spec.template.spec.containers.0.resources.limits.cpu")),
        (vec!["        resources:".into(), "          limits:".into(), "            cpu: 1".into()], vec![])
    );
    // `metadata` may go, its place in the template too; `selector` is required.
    assert_eq!(lines(&clear("spec.template.metadata.labels.app")).0, ["    metadata:", "      labels: {app: web}"]);
    let (gone, new) = lines(&clear("spec.selector.matchLabels.app"));
    assert_eq!(
        (gone.as_slice(), new.as_slice()),
        (
            ["  selector:".to_owned(), "    matchLabels: {app: web}".to_owned()].as_slice(),
            ["  selector: {}".to_owned()].as_slice()
        )
    );
    // An alternative of a union says something also when it is empty.
    let volume = after(DEPLOYMENT, &clear("spec.template.spec.volumes.0.emptyDir.sizeLimit"))
        .map(|t| Document::read(&t).to_json());
    assert_eq!(
        volume.ok().flatten().map(|v| v["spec"]["template"]["spec"]["volumes"].clone()),
        Some(json!([{"name": "data", "emptyDir": {}}]))
    );
    // The last item takes an optional list along; a required list stays.
    let gone = lines(&clear("spec.template.spec.volumes.0")).0;
    assert_eq!(gone.first().map(String::as_str), Some("      volumes:"));
    let containers = after(DEPLOYMENT, &clear("spec.template.spec.containers.0")).map(|t| Document::read(&t).to_json());
    assert_eq!(containers.ok().flatten().map(|v| v["spec"]["template"]["spec"]["containers"].clone()), Some(json!([])));
    assert_eq!(after(DEPLOYMENT, &clear("spec.nowhere")), Err(EditError::NotFound));
}

#[test]
fn one_alternative_takes_the_place_of_another() {
    let document = Document::read(DEPLOYMENT);
    let form = form::form(Catalog::builtin(), VERSION, &document, &[]).expect("a form");
    let probe = rows(&form)
        .into_iter()
        .find(|r| matches!(&r.body, Body::Union { choices, .. } if choices[0].key == "httpGet") && r.is_set())
        .expect("the probe's handler");
    let chosen = form::choose(probe, Some(1)).expect("a choice");
    assert_eq!(
        lines(&chosen),
        (
            vec!["          httpGet: {path: /up, port: 80}".into()],
            vec!["          tcpSocket:".into(), "            port: 80".into()]
        )
    );
    let env = rows(&form)
        .into_iter()
        .find(|r| matches!(&r.body, Body::Union { choices, .. } if choices[0].key == "value"))
        .expect("the variable's source");
    let chosen = form::choose(env, Some(2)).expect("a choice");
    let (gone, new) = lines(&chosen);
    assert_eq!(gone, ["          value: b"]);
    assert_eq!(new[..2], ["          valueFrom:", "            secretKeyRef:"]);
    // None of them: what is left of the probe stays.
    let none = form::choose(probe, None).expect("a choice");
    assert_eq!(lines(&none).0, ["          httpGet: {path: /up, port: 80}"]);
    // What does not exist yet is made by choosing.
    let new = rows(&form)
        .into_iter()
        .find(|r| {
            r.path == path("spec.template.spec.containers.0.readinessProbe") && matches!(r.body, Body::Union { .. })
        })
        .expect("the readiness probe's handler");
    let (gone, new) = lines(&form::choose(new, Some(0)).expect("a choice"));
    assert!(gone.is_empty());
    assert_eq!(new[0], "        readinessProbe:");
}

#[test]
fn items_are_appended_moved_and_duplicated() {
    let containers = "spec.template.spec.containers";
    let append = FormEdit::Append { path: path(containers), value: json!({"name": "web", "image": "x"}) };
    assert_eq!(lines(&append), (vec![], vec!["      - name: web-2".into(), "        image: x".into()]));
    let begin = FormEdit::Append { path: path("spec.template.spec.tolerations"), value: json!({"key": "a"}) };
    assert_eq!(lines(&begin).1, ["      tolerations:", "      - key: a"]);
    let twice = after(DEPLOYMENT, &FormEdit::Duplicate { path: path(&format!("{containers}.0")) }).expect("a copy");
    let names = |text: &str| -> Vec<String> {
        let document = Document::read(text);
        let list = document.at(&path(containers)).expect("containers");
        list.items().filter_map(|c| c.get("name")?.as_str().map(str::to_owned)).collect()
    };
    assert_eq!(names(&twice), ["web", "web-2"]);
    let thrice = after(&twice, &FormEdit::Duplicate { path: path(&format!("{containers}.0")) }).expect("a copy");
    assert_eq!(names(&thrice), ["web", "web-3", "web-2"]);
    let step = |from: usize, to: usize| {
        let moved = FormEdit::Move { path: path(&format!("{containers}.{from}")), to };
        names(&after(&thrice, &moved).expect("a move")).join(" ")
    };
    assert_eq!(step(0, 2), "web-3 web-2 web");
    assert_eq!(step(0, 1), "web-3 web web-2");
    assert_eq!(step(2, 0), "web-2 web web-3");
    assert_eq!(step(2, 1), "web web-2 web-3");
    assert_eq!(step(1, 1), "web web-3 web-2");
    assert_eq!(step(0, 99), "web-3 web-2 web");
    assert_eq!(after(DEPLOYMENT, &FormEdit::Duplicate { path: path("spec") }), Err(EditError::Unfit));
    let rename = FormEdit::Rename { path: path("spec.template.metadata.labels.app"), key: "name".into() };
    assert_eq!(lines(&rename).1, ["      labels: {name: web}"]);
}

/// The value that an edit is to lead to, made on JSON.
fn wanted(mut value: Value, edit: &FormEdit) -> Option<Value> {
    fn at<'v>(value: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
        path.iter().try_fold(value, |value, step| match step {
            Step::Key(key) => value.get_mut(key),
            Step::Index(index) => value.get_mut(index),
        })
    }
    match edit {
        FormEdit::Set { path, value: new } => {
            let (Step::Key(last), above) = path.split_last()? else { return None };
            let mut place = &mut value;
            for step in above {
                place = match step {
                    Step::Key(key) => {
                        if place.is_null() {
                            *place = json!({});
                        }
                        place.as_object_mut()?.entry(key.clone()).or_insert_with(|| json!({}))
                    }
                    Step::Index(index) => place.get_mut(index)?,
                };
            }
            if place.is_null() {
                *place = json!({});
            }
            place.as_object_mut()?.insert(last.clone(), new.clone());
        }
        FormEdit::Clear { path } => {
            let (last, above) = path.split_last()?;
            match (last, at(&mut value, above)?) {
                (Step::Key(key), Value::Object(map)) => drop(map.shift_remove(key)?),
                (Step::Index(index), Value::Array(list)) if *index < list.len() => drop(list.remove(*index)),
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(value)
}

/// The value without empty maps and lists: what clearing may take along.
fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().map(|(k, v)| (k.clone(), without_empty(v))).filter(|(_, v)| !is_empty(v));
            Value::Object(kept.collect())
        }
        Value::Array(list) => Value::Array(list.iter().map(without_empty).collect()),
        plain => plain.clone(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Null => true,
        _ => false,
    }
}

/// The edits that the widgets of a form make, each with a value of its editor.
fn edits_of(document: &Document) -> Vec<FormEdit> {
    let Some(form) = form::form(Catalog::builtin(), VERSION, document, &[]) else { return Vec::new() };
    let mut edits = Vec::new();
    for row in rows(&form) {
        if !matches!(row.body, Body::Leaf) {
            continue;
        }
        let value = match &row.editor {
            Editor::Text | Editor::Image | Editor::Reference { .. } => json!("typed: # text"),
            Editor::Quantity => json!("128Mi"),
            Editor::Number { .. } | Editor::Duration | Editor::Port | Editor::TargetPort => json!(42),
            Editor::IntOrPercent => json!("42%"),
            Editor::Boolean => json!(true),
            Editor::Enum(options) => options.first().map_or(json!("Other"), |o| o.value.as_str().into()),
            Editor::Command | Editor::Strings => json!(["sh", "-c", "yes", ""]),
            Editor::Table => json!({"a": "on", "b/c": ""}),
            _ => continue,
        };
        edits.push(FormEdit::Set { path: row.path.clone(), value });
        if row.is_set() {
            edits.push(FormEdit::Clear { path: row.path.clone() });
        }
    }
    edits
}

/// Whether the edit leads to what is wanted and to nothing else, and back again to the very bytes.
fn check(name: &str, document: &Document, edit: &FormEdit) {
    let text = document.text();
    let made = match edit::apply(Catalog::builtin(), VERSION, document, edit) {
        Ok(made) => made,
        // A place that is shared by an alias is not edited; nor is one that is no place for it.
        Err(EditError::Shared(_) | EditError::Merged(_) | EditError::Unfit) => return,
        Err(error) => panic!("{name}: {edit:?}: {error:?}"),
    };
    let (changes, new) = (&made.changes, Change::apply_all(text, &made.changes));
    if let Some(read) = &made.document {
        assert_eq!(format!("{read:?}"), format!("{:?}", Document::read(&new)), "{name}: {edit:?}");
    }
    let (Some(before), Some(now)) = (document.to_json(), Document::read(&new).to_json()) else {
        panic!("{name}: {edit:?} left no document:\n{new}")
    };
    let Some(wanted) = wanted(before, edit) else { return };
    match edit {
        FormEdit::Clear { .. } => assert_eq!(without_empty(&now), without_empty(&wanted), "{name}: {edit:?}\n{new}"),
        _ => assert_eq!(now, wanted, "{name}: {edit:?}\n{new}"),
    }
    let back = Change::invert_all(text, changes);
    assert_eq!(Change::apply_all(&new, &back), text, "{name}: {edit:?}");
}

/// Every field of every template, set and cleared.
#[test]
fn every_field_of_the_gallery_can_be_edited() {
    let mut made = 0;
    for (name, text) in gallery() {
        for document in documents(&text) {
            for edit in edits_of(&document) {
                check(&name, &document, &edit);
                made += 1;
            }
        }
    }
    assert!(made > 1000, "{made}");
}

/// Some fields of each manifest that people have published.
#[test]
fn fields_of_public_manifests_can_be_edited() {
    for (number, (name, text)) in public().into_iter().enumerate() {
        for document in documents(&text) {
            let edits = edits_of(&document);
            // Spread over the form, another part of it each time.
            for edit in edits.iter().skip(number % 11).step_by(1 + edits.len() / 8) {
                check(&name, &document, edit);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Any edits one after the other, whatever they meet: made or refused, and the text can be read.
    #[test]
    fn any_edits_leave_a_document(picks in proptest::collection::vec((any::<prop::sample::Index>(), 0..6usize, any::<prop::sample::Index>()), 1..6)) {
        let mut text = DEPLOYMENT.to_owned();
        for (place, kind, other) in picks {
            let document = Document::read(&text);
            let places = scalars(&document);
            let mut at: Path = places[place.index(places.len())].clone();
            at.truncate(1 + other.index(at.len()));
            let values = [json!("x"), json!({"a": 1}), json!([]), json!(null), json!("on\nand on\n")];
            let value = values[other.index(values.len())].clone();
            let edit = match kind {
                0 => FormEdit::Set { path: at, value },
                1 => FormEdit::Clear { path: at },
                2 => FormEdit::Append { path: at, value },
                3 => FormEdit::Duplicate { path: at },
                4 => FormEdit::Move { path: at, to: other.index(4) },
                _ => FormEdit::Choose { path: at, keys: vec!["name".into(), "x".into()], chosen: Some(("x".into(), value)) },
            };
            if let Ok(made) = edit::apply(Catalog::builtin(), VERSION, &document, &edit) {
                let new = Change::apply_all(&text, &made.changes);
                let back = Change::invert_all(&text, &made.changes);
                if let Some(read) = &made.document {
                    prop_assert_eq!(format!("{:?}", read), format!("{:?}", Document::read(&new)));
                }
                prop_assert_eq!(Change::apply_all(&new, &back), text);
                prop_assert!(Document::read(&new).error().is_none(), "{:?}\n{}", edit, new);
                text = new;
                if Document::read(&text).root().is_none() {
                    break;
                }
            }
        }
    }
}

/// A row of a field that is not there yet is set with its parents.
#[test]
fn an_absent_field_can_be_set() {
    let document = Document::read("apiVersion: v1\nkind: Pod\n");
    let form = form::form(Catalog::builtin(), VERSION, &document, &[]).expect("a form");
    let row = row(&form, "spec.securityContext.seccompProfile.type").expect("a row");
    let edit = FormEdit::Set { path: row.path.clone(), value: json!("RuntimeDefault") };
    let text = after("apiVersion: v1\nkind: Pod\n", &edit).expect("an edit");
    assert_eq!(
        text,
        "apiVersion: v1\nkind: Pod\nspec:\n  securityContext:\n    seccompProfile:\n      type: RuntimeDefault\n"
    );
}
