//! Labels and the selectors that take them: when one is edited, the others are offered to follow.

use std::collections::BTreeMap;

use super::edit::FormEdit;
use super::facts::{DocumentFacts, Facts, Labels, beside, pod_paths, selects};
use crate::i18n::{Message, id};
use crate::yaml::{Document, Kind, Node, Path, Step};

/// Edits that keep selectors and labels in step with one that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Companion {
    /// What is offered: "Change the selector of Deployment web too".
    pub message: Message,
    /// The document's position among those of the facts, and its edits.
    pub edits: Vec<(usize, FormEdit)>,
}

/// What happened to one label.
#[derive(Clone, Debug, PartialEq)]
enum Turn {
    Added { key: String, value: String },
    Set { key: String, old: String, new: String },
    Renamed { key: String, old: String, to: String },
    Gone { key: String, old: String },
}

/// What to offer beside `edit`, which is about to be made in the document at position `at`. `facts`
/// are those of the workspace before it. One offer a kind of thing that could follow.
pub fn companions(facts: &Facts, at: usize, edit: &FormEdit) -> Vec<Companion> {
    let (Some(document), Some(own)) = (facts.document(at), facts.documents().nth(at)) else { return Vec::new() };
    let Some((place, map)) = Place::of(own, edit) else { return Vec::new() };
    let turns = turns(document, &map, edit);
    if turns.is_empty() {
        return Vec::new();
    }
    // A label more narrows what is selected, so it is offered only where selector and labels must agree.
    let changed: Vec<Turn> = turns.iter().filter(|turn| !matches!(turn, Turn::Added { .. })).cloned().collect();
    let adds = changed.is_empty();
    let mut offers = Vec::new();
    let named = |id, facts: &DocumentFacts| {
        Message::new(id).with("kind", facts.kind.as_str()).with("name", facts.name.as_str())
    };
    // Within the same document: the selector follows the labels of its pods, and the other way round.
    let inside: Vec<Path> = match place {
        Place::PodLabels => selectors(document, own),
        Place::Selector => pod_paths(&own.kind).map(|(metadata, _)| keys(metadata, &["labels"])).into_iter().collect(),
        Place::ServiceSelector => Vec::new(),
    };
    let takes = |path: &Path| place == Place::Selector || has_selector(&own.kind) && *path == selector_of_pods();
    let edits = inside.iter().flat_map(|path| follow(document, path, if takes(path) { &turns } else { &changed }));
    let edits: Vec<_> = edits.map(|edit| (at, edit)).collect();
    if !edits.is_empty() {
        let id = match (place == Place::Selector, adds) {
            (true, false) => id::FORM_COMPANION_LABELS,
            (true, true) => id::FORM_COMPANION_LABELS_ADD,
            (false, false) => id::FORM_COMPANION_SELECTOR,
            (false, true) => id::FORM_COMPANION_SELECTOR_ADD,
        };
        offers.push(Companion { message: named(id, own), edits });
    }
    // Beside it: Services that select the pods; for a Service, the pods it selects.
    for (index, other) in facts.documents().enumerate().filter(|(index, _)| *index != at) {
        let Some(text) = facts.document(index).filter(|_| beside(&other.namespace, &own.namespace)) else { continue };
        let (edits, id) = match place {
            Place::PodLabels | Place::Selector
                if other.kind == "Service" && selects(&other.selects, &own.pod_labels) =>
            {
                // A Service that selects by less than the workload does so on purpose.
                let takes = place == Place::PodLabels && same(&other.selects, &own.selects);
                let turns = if takes { &turns } else { &changed };
                let id = if adds { id::FORM_COMPANION_SELECTOR_ADD } else { id::FORM_COMPANION_SELECTOR };
                (follow(text, &keys(&["spec", "selector"], &[]), turns), id)
            }
            Place::ServiceSelector if selects(&own.selects, &other.pod_labels) => {
                let labels = pod_paths(&other.kind).map(|(metadata, _)| keys(metadata, &["labels"]));
                let mut edits: Vec<_> = labels.iter().flat_map(|path| follow(text, path, &turns)).collect();
                edits.extend(selectors(text, other).iter().flat_map(|path| follow(text, path, &changed)));
                (edits, if adds { id::FORM_COMPANION_LABELS_ADD } else { id::FORM_COMPANION_LABELS })
            }
            _ => continue,
        };
        let edits: Vec<_> = edits.into_iter().map(|edit| (index, edit)).collect();
        if !edits.is_empty() {
            offers.push(Companion { message: named(id, other), edits });
        }
    }
    offers
}

/// What kind of labels an edit speaks of.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    PodLabels,
    Selector,
    ServiceSelector,
}

impl Place {
    /// The place and the path of its map.
    fn of(facts: &DocumentFacts, edit: &FormEdit) -> Option<(Place, Path)> {
        let path = match edit {
            FormEdit::Set { path, .. } | FormEdit::Clear { path } | FormEdit::Rename { path, .. } => path,
            _ => return None,
        };
        let within = |map: &Path| path.starts_with(map) && path.len() <= map.len() + 1;
        if facts.kind == "Service" {
            let map = keys(&["spec", "selector"], &[]);
            return within(&map).then_some((Place::ServiceSelector, map));
        }
        let (metadata, _) = pod_paths(&facts.kind)?;
        let labels = keys(metadata, &["labels"]);
        if within(&labels) {
            return Some((Place::PodLabels, labels));
        }
        let map = selector_of_pods();
        within(&map).then_some((Place::Selector, map))
    }
}

fn keys(path: &[&str], more: &[&str]) -> Path {
    path.iter().chain(more).map(|key| Step::from(*key)).collect()
}

/// Whether a workload of that kind has a selector that its pods' labels must fit. A Job makes its own.
fn has_selector(kind: &str) -> bool {
    matches!(kind, "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet")
}

fn selector_of_pods() -> Path {
    keys(&["spec", "selector", "matchLabels"], &[])
}

/// The same labels, in whatever order.
fn same(one: &Labels, other: &Labels) -> bool {
    one.len() == other.len() && one.iter().all(|label| other.contains(label))
}

fn labels(document: &Document, path: &[Step]) -> Labels {
    let entries = document.at(path).into_iter().flat_map(Node::entries);
    entries.filter_map(|e| Some((e.key.to_owned(), e.value.as_str()?.to_owned()))).collect()
}

/// What the edit does to the labels at `map`.
fn turns(document: &Document, map: &[Step], edit: &FormEdit) -> Vec<Turn> {
    let before = labels(document, map);
    let old = |key: &str| before.iter().find(|l| l.0 == key).map(|l| l.1.clone());
    let last = |path: &Path| match path.get(map.len()) {
        Some(Step::Key(key)) => Some(key.clone()),
        _ => None,
    };
    match edit {
        FormEdit::Set { path, value } => match (last(path), value) {
            (Some(key), value) => {
                let Some(new) = value.as_str().map(str::to_owned) else { return Vec::new() };
                match old(&key) {
                    None => vec![Turn::Added { key, value: new }],
                    Some(old) if old == new => Vec::new(),
                    Some(old) => vec![Turn::Set { key, old, new }],
                }
            }
            (None, value) => {
                let Some(after) = value.as_object() else { return Vec::new() };
                let turn = |(key, old): &(String, String)| {
                    let (key, old) = (key.clone(), old.clone());
                    match after.get(&key) {
                        None => Some(Turn::Gone { key, old }),
                        Some(new) => {
                            let new = new.as_str().filter(|new| *new != old)?.to_owned();
                            Some(Turn::Set { key, old, new })
                        }
                    }
                };
                let added = after.iter().filter(|(key, _)| old(key).is_none());
                let added = added
                    .filter_map(|(key, new)| Some(Turn::Added { key: key.clone(), value: new.as_str()?.to_owned() }));
                before.iter().filter_map(turn).chain(added).collect()
            }
        },
        FormEdit::Clear { path } => match last(path) {
            Some(key) => old(&key).map(|old| Turn::Gone { key, old }).into_iter().collect(),
            None => before.into_iter().map(|(key, old)| Turn::Gone { key, old }).collect(),
        },
        FormEdit::Rename { path, key: to } => {
            let turn = |key: String| Some(Turn::Renamed { old: old(&key)?, key, to: to.clone() });
            last(path).and_then(turn).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The same done to the labels at `path`, where they were the same or have nothing of that name yet.
fn follow(document: &Document, path: &Path, turns: &[Turn]) -> Vec<FormEdit> {
    let there: BTreeMap<String, String> = labels(document, path).into_iter().collect();
    let at = |key: &str| -> Path { path.iter().cloned().chain([Step::from(key)]).collect() };
    let same = |key: &str, old: &str| there.get(key).is_some_and(|value| value == old);
    let edit = |turn: &Turn| match turn {
        Turn::Added { key, value } if !there.contains_key(key) => {
            Some(FormEdit::Set { path: at(key), value: value.as_str().into() })
        }
        Turn::Set { key, old, new } if same(key, old) => {
            Some(FormEdit::Set { path: at(key), value: new.as_str().into() })
        }
        Turn::Renamed { key, old, to } if same(key, old) && !there.contains_key(to) => {
            Some(FormEdit::Rename { path: at(key), key: to.clone() })
        }
        Turn::Gone { key, old } if same(key, old) => Some(FormEdit::Clear { path: at(key) }),
        _ => None,
    };
    turns.iter().filter_map(edit).collect()
}

/// The `matchLabels` of a workload that select its own pods: its selector, and those of spreading
/// and of affinity to itself.
fn selectors(document: &Document, facts: &DocumentFacts) -> Vec<Path> {
    let mut found = vec![selector_of_pods()];
    let Some((_, spec)) = pod_paths(&facts.kind) else { return found };
    for part in ["affinity", "topologySpreadConstraints"] {
        let mut path = keys(spec, &[part]);
        if let Some(node) = document.at(&path) {
            inner_selectors(node, &mut path, &facts.pod_labels, &mut found);
        }
    }
    found
}

fn inner_selectors(node: Node, path: &mut Path, own: &Labels, found: &mut Vec<Path>) {
    // Affinity is not deeper than this; what is, is not one.
    if path.len() > 20 {
        return;
    }
    let children: Vec<(Step, Node)> = match node.kind() {
        Kind::Map => node.entries().map(|e| (Step::from(e.key), e.value)).collect(),
        Kind::Seq => node.items().enumerate().map(|(index, item)| (Step::from(index), item)).collect(),
        Kind::Scalar => return,
    };
    for (step, child) in children {
        let is_labels = step == Step::from("matchLabels") && path.last() == Some(&Step::from("labelSelector"));
        path.push(step);
        if is_labels {
            let wanted: Labels =
                child.entries().filter_map(|e| Some((e.key.to_owned(), e.value.as_str()?.to_owned()))).collect();
            if selects(&wanted, own) {
                found.push(path.clone());
            }
        } else {
            inner_selectors(child, path, own, found);
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::i18n::Locale;

    const SHOP: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
          - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}
          - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: other}}}
---
apiVersion: v1
kind: Service
metadata: {name: front}
spec: {selector: {app: web}}
---
apiVersion: v1
kind: Service
metadata: {name: stranger, namespace: other}
spec: {selector: {app: db}}
";

    fn facts() -> Facts {
        let stream = crate::yaml::Stream::read(SHOP);
        let documents: Vec<Arc<Document>> = stream.documents().iter().map(|d| d.document.clone()).collect();
        Facts::of(&documents)
    }

    fn path(text: &str) -> Path {
        text.split('.').map(|s| s.parse::<usize>().map_or_else(|_| Step::from(s), Step::from)).collect()
    }

    fn set(at: &str, value: &str) -> FormEdit {
        FormEdit::Set { path: path(at), value: value.into() }
    }

    #[test]
    fn selectors_follow_the_labels_of_the_pods() {
        let offers = companions(&facts(), 0, &set("spec.template.metadata.labels.app", "shop"));
        let anti = "spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution.0.labelSelector";
        assert_eq!(offers.len(), 2);
        assert_eq!(
            offers[0].edits,
            [(0, set("spec.selector.matchLabels.app", "shop")), (0, set(&format!("{anti}.matchLabels.app"), "shop"))]
        );
        assert_eq!(offers[1].edits, [(1, set("spec.selector.app", "shop"))]);
        assert!(offers[1].message.text(Locale::En).contains("Service front"));
        // A label that nothing selects, and the labels of the Deployment itself, matter to nobody.
        assert!(companions(&facts(), 0, &set("spec.template.metadata.labels.tier", "back")).is_empty());
        assert!(companions(&facts(), 0, &set("metadata.labels.app", "shop")).is_empty());
        assert!(companions(&facts(), 0, &set("spec.template.metadata.labels.app", "web")).is_empty());
        assert!(companions(&facts(), 9, &set("x", "y")).is_empty());
    }

    #[test]
    fn labels_follow_a_selector() {
        let rename = FormEdit::Rename { path: path("spec.selector.matchLabels.app"), key: "name".to_owned() };
        let offers = companions(&facts(), 0, &rename);
        let renamed = |at: &str| FormEdit::Rename { path: path(at), key: "name".to_owned() };
        assert_eq!(offers[0].edits, [(0, renamed("spec.template.metadata.labels.app"))]);
        assert_eq!(offers[1].edits, [(1, renamed("spec.selector.app"))]);
        let offers = companions(&facts(), 1, &set("spec.selector.app", "shop"));
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0].edits[0], (0, set("spec.template.metadata.labels.app", "shop")));
        assert_eq!(offers[0].edits[1], (0, set("spec.selector.matchLabels.app", "shop")));
    }

    #[test]
    fn what_must_agree_takes_a_label_that_is_added() {
        let add = |at: &str| set(&format!("{at}.track"), "stable");
        let offers = companions(&facts(), 0, &add("spec.template.metadata.labels"));
        // Not those of affinity, which would then select fewer.
        assert_eq!(offers.len(), 2);
        assert_eq!(offers[0].edits, [(0, add("spec.selector.matchLabels"))]);
        assert_eq!(offers[0].message.text(Locale::En), "Add it to the selector of Deployment web too");
        assert_eq!(offers[1].edits, [(1, add("spec.selector"))]);
        let offers = companions(&facts(), 0, &add("spec.selector.matchLabels"));
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0].edits, [(0, add("spec.template.metadata.labels"))]);
        assert_eq!(offers[0].message.text(Locale::En), "Add it to the Pod labels of Deployment web too");
        let offers = companions(&facts(), 1, &add("spec.selector"));
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0].edits, [(0, add("spec.template.metadata.labels"))]);
        // What has a label of that name already keeps it.
        assert!(companions(&facts(), 0, &set("spec.selector.matchLabels.tier", "back")).is_empty());
    }

    #[test]
    fn a_selector_begins_with_the_first_label() {
        let text = |kind: &str| {
            format!("apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{template: {{spec: {{}}}}}}\n")
        };
        let offers = |kind: &str, at: &str| {
            let document = Arc::new(Document::read(&text(kind)));
            companions(&Facts::of([&document]), 0, &set(at, "web"))
        };
        let edits = &offers("Deployment", "spec.template.metadata.labels.app")[0].edits;
        assert_eq!(*edits, [(0, set("spec.selector.matchLabels.app", "web"))]);
        assert!(offers("Job", "spec.template.metadata.labels.app").is_empty());
        assert!(offers("Pod", "metadata.labels.app").is_empty());
    }

    #[test]
    fn a_table_that_is_replaced_is_compared() {
        let edit =
            FormEdit::Set { path: path("spec.template.metadata.labels"), value: json!({"app": "shop", "new": "x"}) };
        assert_eq!(companions(&facts(), 0, &edit)[0].edits[0], (0, set("spec.selector.matchLabels.app", "shop")));
        let edit = FormEdit::Clear { path: path("spec.template.metadata.labels.app") };
        let cleared = FormEdit::Clear { path: path("spec.selector.matchLabels.app") };
        assert_eq!(companions(&facts(), 0, &edit)[0].edits[0], (0, cleared));
    }
}
