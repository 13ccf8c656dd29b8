//! What the documents of a workspace say to each other: names, keys, labels, ports. And what can
//! therefore be chosen in a field; free text is always allowed beside it.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;

use super::model::Editor;
use super::summary::scalar_text;
use crate::yaml::{Document, Kind, Node, Step};

/// Labels, or a selector of them, in the order of the text.
pub type Labels = Vec<(String, String)>;

/// What can be known of the documents of a workspace, by their positions.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    documents: Vec<(Arc<Document>, Rc<DocumentFacts>)>,
}

/// What one document says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentFacts {
    /// Its kind.
    pub kind: String,
    /// `metadata.namespace`, empty when left out.
    pub namespace: String,
    /// `metadata.name`.
    pub name: String,
    /// Of a ConfigMap or Secret: its keys.
    pub keys: Vec<String>,
    /// Of a Service or a workload: the labels it selects.
    pub selects: Labels,
    /// Of a Pod or a workload: the labels of its pods.
    pub pod_labels: Labels,
    /// Of a Pod or a workload: its ports.
    pub ports: Vec<PortFact>,
}

/// A port of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortFact {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its number.
    pub number: i64,
    /// `TCP`, `UDP`, `SCTP`.
    pub protocol: String,
    /// The container that has it.
    pub container: String,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What is written when it is chosen.
    pub value: Value,
    /// What it is, in names and values only: `web · 80/TCP`.
    pub detail: String,
}

impl Facts {
    /// The facts of these documents.
    pub fn of<'d>(documents: impl IntoIterator<Item = &'d Arc<Document>>) -> Facts {
        Facts::default().update(documents)
    }

    /// The facts of these documents; a document that was there before is not looked at again.
    pub fn update<'d>(&self, documents: impl IntoIterator<Item = &'d Arc<Document>>) -> Facts {
        let mut known: Option<HashMap<*const Document, &Rc<DocumentFacts>>> = None;
        let facts = |(index, document): (usize, &Arc<Document>)| {
            let same_place = self.documents.get(index).filter(|d| Arc::ptr_eq(&d.0, document)).map(|d| &d.1);
            let facts = same_place.or_else(|| {
                let known =
                    known.get_or_insert_with(|| self.documents.iter().map(|d| (Arc::as_ptr(&d.0), &d.1)).collect());
                known.get(&Arc::as_ptr(document)).copied()
            });
            (document.clone(), facts.cloned().unwrap_or_else(|| Rc::new(DocumentFacts::of(document))))
        };
        Facts { documents: documents.into_iter().enumerate().map(facts).collect() }
    }

    /// The facts of every document, in their order.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = &DocumentFacts> {
        self.documents.iter().map(|d| &*d.1)
    }

    /// The document at that position.
    pub fn document(&self, index: usize) -> Option<&Arc<Document>> {
        self.documents.get(index).map(|d| &d.0)
    }

    /// Those of a kind in a namespace. A document without a namespace may be meant for any.
    fn of_kind<'f>(&'f self, kind: &'f str, namespace: &'f str) -> impl Iterator<Item = &'f DocumentFacts> {
        self.documents().filter(move |d| d.kind == kind && beside(&d.namespace, namespace))
    }
}

/// Whether the two may meet: the same namespace, or one that is left out.
pub(super) fn beside(one: &str, other: &str) -> bool {
    one == other || one.is_empty() || other.is_empty()
}

impl DocumentFacts {
    /// What the document says.
    pub fn of(document: &Document) -> DocumentFacts {
        let Some(root) = document.root() else { return DocumentFacts::default() };
        let text = |path: &[&str]| at(root, path).and_then(Node::as_str).unwrap_or_default().to_owned();
        let mut facts = DocumentFacts {
            kind: text(&["kind"]),
            namespace: text(&["metadata", "namespace"]),
            name: text(&["metadata", "name"]),
            ..DocumentFacts::default()
        };
        let labels = |path: &[&str]| at(root, path).map(labels).unwrap_or_default();
        match facts.kind.as_str() {
            "ConfigMap" | "Secret" => {
                let maps = ["data", "binaryData", "stringData"].into_iter().filter_map(|key| root.get(key));
                for entry in maps.flat_map(Node::entries) {
                    if !facts.keys.iter().any(|k| k == entry.key) {
                        facts.keys.push(entry.key.to_owned());
                    }
                }
            }
            "Service" => facts.selects = labels(&["spec", "selector"]),
            kind => {
                if let Some((pod_metadata, pod_spec)) = pod_paths(kind) {
                    facts.pod_labels = labels(&[pod_metadata, &["labels"]].concat());
                    facts.selects = labels(&["spec", "selector", "matchLabels"]);
                    facts.ports = at(root, pod_spec).map(ports).unwrap_or_default();
                }
            }
        }
        facts
    }
}

/// Where the metadata and the spec of the pods of a kind are.
pub(super) fn pod_paths(kind: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match kind {
        "Pod" => (&["metadata"], &["spec"]),
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job" | "ReplicationController" => {
            (&["spec", "template", "metadata"], &["spec", "template", "spec"])
        }
        "CronJob" => (
            &["spec", "jobTemplate", "spec", "template", "metadata"],
            &["spec", "jobTemplate", "spec", "template", "spec"],
        ),
        _ => return None,
    })
}

fn at<'a>(node: Node<'a>, path: &[&str]) -> Option<Node<'a>> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

fn labels(node: Node) -> Labels {
    node.entries().filter_map(|e| Some((e.key.to_owned(), e.value.as_str()?.to_owned()))).collect()
}

fn ports(pod_spec: Node) -> Vec<PortFact> {
    // A sidecar among the init containers serves as well.
    let lists = ["containers", "initContainers"].into_iter().filter_map(|key| pod_spec.get(key));
    lists.flat_map(Node::items).flat_map(container_ports).collect()
}

fn container_ports(container: Node) -> Vec<PortFact> {
    let name = container.get("name").and_then(Node::as_str).unwrap_or_default();
    let ports = container.get("ports").into_iter().flat_map(Node::items);
    let fact = |port: Node| {
        Some(PortFact {
            name: port.get("name").and_then(Node::as_str).map(str::to_owned),
            number: scalar_text(port.get("containerPort")?)?.parse().ok()?,
            protocol: port.get("protocol").and_then(Node::as_str).unwrap_or("TCP").to_owned(),
            container: name.to_owned(),
        })
    };
    ports.filter_map(fact).collect()
}

/// Whether a selector takes these labels. An empty one takes nothing: so it is with a Service.
pub fn selects(selector: &[(String, String)], labels: &[(String, String)]) -> bool {
    !selector.is_empty() && selector.iter().all(|wanted| labels.contains(wanted))
}

/// What can be chosen at `path` of `document` with that editor, from this pod and from the workspace.
pub fn suggestions(facts: &Facts, document: &Document, editor: &Editor, path: &[Step]) -> Vec<Suggestion> {
    let own = DocumentFacts::of(document);
    match editor {
        Editor::TargetPort => target_ports(facts, document, &own, path),
        Editor::Reference { kind } => match kind.as_str() {
            "Volume" => volumes(document, path),
            "Container" => containers(document, path),
            "ConfigMapKey" | "SecretKey" | "VolumeKey" => keys(facts, document, &own, path),
            "TopologyKey" => {
                let keys = ["kubernetes.io/hostname", "topology.kubernetes.io/zone", "topology.kubernetes.io/region"];
                keys.into_iter().map(|key| text(key, String::new())).collect()
            }
            kind => {
                let named = facts.of_kind(kind, &own.namespace).filter(|d| !d.name.is_empty());
                let mut found: Vec<Suggestion> = named.map(|d| text(&d.name, d.keys.join(", "))).collect();
                if kind == "ServiceAccount" {
                    found.push(text("default", String::new()));
                }
                distinct(found)
            }
        },
        _ => Vec::new(),
    }
}

fn text(value: &str, detail: String) -> Suggestion {
    Suggestion { value: Value::String(value.to_owned()), detail }
}

fn distinct(suggestions: Vec<Suggestion>) -> Vec<Suggestion> {
    let mut kept: Vec<Suggestion> = Vec::with_capacity(suggestions.len());
    for suggestion in suggestions {
        if !kept.iter().any(|k| k.value == suggestion.value) {
            kept.push(suggestion);
        }
    }
    kept
}

/// The spec of the pod that `path` lies in, and its path.
pub(super) fn pod_spec<'a>(document: &'a Document, path: &[Step]) -> Option<(Node<'a>, usize)> {
    let root = document.root()?;
    let mut found = None;
    let mut node = root;
    for (depth, step) in path.iter().enumerate() {
        if node.get("containers").is_some_and(|c| c.kind() == Kind::Seq) {
            found = Some((node, depth));
        }
        match node.step(step) {
            Some(below) => node = below,
            None => break,
        }
    }
    found
}

/// The volumes of the pod that `path` lies in.
fn volumes(document: &Document, path: &[Step]) -> Vec<Suggestion> {
    let Some((spec, _)) = pod_spec(document, path) else { return Vec::new() };
    let volumes = spec.get("volumes").into_iter().flat_map(Node::items);
    let named = volumes.filter_map(|v| Some((v.get("name")?.as_str()?, v)));
    named.map(|(name, volume)| text(name, super::summary::card("Volume", volume, 0).1)).collect()
}

/// The containers of the pod that `path` lies in.
fn containers(document: &Document, path: &[Step]) -> Vec<Suggestion> {
    let Some((spec, _)) = pod_spec(document, path) else { return Vec::new() };
    let lists = ["containers", "initContainers"].into_iter().filter_map(|key| spec.get(key));
    let named = lists.flat_map(Node::items).filter_map(|c| Some((c.get("name")?.as_str()?, c)));
    named.map(|(name, container)| text(name, super::summary::card("Container", container, 0).1)).collect()
}

/// The keys of the ConfigMap or Secret that the place speaks of.
fn keys(facts: &Facts, document: &Document, own: &DocumentFacts, path: &[Step]) -> Vec<Suggestion> {
    for depth in (1..path.len()).rev() {
        let Step::Key(above) = &path[depth - 1] else { continue };
        let kind = match above.as_str() {
            "configMapKeyRef" | "configMap" => "ConfigMap",
            "secretKeyRef" | "secret" => "Secret",
            _ => continue,
        };
        let Some(source) = document.at(&path[..depth]) else { return Vec::new() };
        let name = source.get("name").or_else(|| source.get("secretName")).and_then(Node::as_str);
        let Some(found) = facts.of_kind(kind, &own.namespace).find(|d| Some(d.name.as_str()) == name) else {
            return Vec::new();
        };
        return found.keys.iter().map(|key| text(key, found.name.clone())).collect();
    }
    Vec::new()
}

/// The ports of this container, or of the pods that this Service selects.
fn target_ports(facts: &Facts, document: &Document, own: &DocumentFacts, path: &[Step]) -> Vec<Suggestion> {
    if own.kind == "Service" {
        let workloads = facts.documents().filter(|d| beside(&d.namespace, &own.namespace));
        let selected = workloads.filter(|d| selects(&own.selects, &d.pod_labels));
        let offered = selected.flat_map(|d| d.ports.iter().flat_map(|port| offers(port, Some(&d.name))));
        return distinct(offered.collect());
    }
    let Some((_, depth)) = pod_spec(document, path) else { return Vec::new() };
    let Some(container) = path.get(..depth + 2).and_then(|path| document.at(path)) else { return Vec::new() };
    distinct(container_ports(container).iter().flat_map(|port| offers(port, None)).collect())
}

/// A port by its name and by its number.
fn offers(port: &PortFact, owner: Option<&str>) -> Vec<Suggestion> {
    let mut detail = String::new();
    for part in owner.into_iter().chain([port.container.as_str()]).filter(|p| !p.is_empty()) {
        detail.push_str(part);
        detail.push_str(" · ");
    }
    let number = [&port.number.to_string(), "/", &port.protocol].concat();
    let named = port.name.iter().map(|name| text(name, [&detail, number.as_str()].concat()));
    let by_number = Suggestion {
        value: Value::from(port.number),
        detail: [&detail, port.name.as_deref().unwrap_or(&number)].concat(),
    };
    named.chain([by_number]).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SHOP: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
      - name: nginx
        image: nginx
        ports: [{name: http, containerPort: 80}, {containerPort: 53, protocol: UDP}]
        env:
        - {name: A, valueFrom: {configMapKeyRef: {name: web, key: ''}}}
        volumeMounts: [{name: '', mountPath: /etc}]
        livenessProbe: {httpGet: {port: 0}}
      volumes:
      - {name: conf, configMap: {name: web, items: [{key: '', path: ''}]}}
      - {name: key, secret: {secretName: tls, items: [{key: '', path: ''}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {a.conf: x, b.conf: y}
---
apiVersion: v1
kind: Secret
metadata: {name: tls}
stringData: {tls.key: x}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 0}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other, namespace: elsewhere}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
spec: {containers: [{name: db, ports: [{containerPort: 5432}]}]}
";

    fn documents() -> Vec<Arc<Document>> {
        let stream = crate::yaml::Stream::read(SHOP);
        stream.documents().iter().map(|d| d.document.clone()).collect()
    }

    fn path(text: &str) -> Vec<Step> {
        text.split('.').map(|s| s.parse::<usize>().map_or_else(|_| Step::from(s), Step::from)).collect()
    }

    fn offered(document: usize, editor: &Editor, at: &str) -> Vec<(Value, String)> {
        let documents = documents();
        let facts = Facts::of(&documents);
        suggestions(&facts, &documents[document], editor, &path(at)).into_iter().map(|s| (s.value, s.detail)).collect()
    }

    fn reference(kind: &str) -> Editor {
        Editor::Reference { kind: kind.to_owned() }
    }

    #[test]
    fn offers_what_the_workspace_has() {
        let container = "spec.template.spec.containers.0";
        let values = |document, editor: &Editor, at: &str| -> Vec<Value> {
            offered(document, editor, at).into_iter().map(|o| o.0).collect()
        };
        let key_ref = format!("{container}.env.0.valueFrom.configMapKeyRef");
        assert_eq!(values(0, &reference("ConfigMap"), &format!("{key_ref}.name")), [json!("web"), json!("other")]);
        assert_eq!(
            values(0, &reference("ConfigMapKey"), &format!("{key_ref}.key")),
            [json!("a.conf"), json!("b.conf")]
        );
        let item = |volume: usize, kind: &str| format!("spec.template.spec.volumes.{volume}.{kind}.items.0.key");
        assert_eq!(values(0, &reference("VolumeKey"), &item(0, "configMap")), [json!("a.conf"), json!("b.conf")]);
        assert_eq!(values(0, &reference("VolumeKey"), &item(1, "secret")), [json!("tls.key")]);
        assert_eq!(
            offered(0, &reference("Volume"), &format!("{container}.volumeMounts.0.name")),
            [(json!("conf"), "configMap web".to_owned()), (json!("key"), "secret tls".to_owned())]
        );
        assert_eq!(values(0, &reference("Container"), container), [json!("nginx")]);
        assert_eq!(
            values(0, &reference("ServiceAccount"), "spec.template.spec.serviceAccountName"),
            [json!("default")]
        );
        assert_eq!(values(0, &reference("TopologyKey"), "").len(), 3);
        assert!(values(0, &Editor::Text, "metadata.name").is_empty());
    }

    #[test]
    fn offers_the_ports_of_the_pods_that_are_meant() {
        assert_eq!(
            offered(3, &Editor::TargetPort, "spec.ports.0.targetPort"),
            [
                (json!("http"), "web · nginx · 80/TCP".to_owned()),
                (json!(80), "web · nginx · http".to_owned()),
                (json!(53), "web · nginx · 53/UDP".to_owned()),
            ]
        );
        let probe = "spec.template.spec.containers.0.livenessProbe.httpGet.port";
        let ports: Vec<Value> = offered(0, &Editor::TargetPort, probe).into_iter().map(|o| o.0).collect();
        assert_eq!(ports, [json!("http"), json!(80), json!(53)]);
        assert!(offered(0, &Editor::TargetPort, "spec.nowhere").is_empty());
    }

    #[test]
    fn looks_at_a_document_once() {
        let mut documents = documents();
        let before = Facts::of(&documents);
        documents.remove(0);
        let after = before.update(&documents);
        assert_eq!(after.documents().len(), documents.len());
        for (index, (_, facts)) in after.documents.iter().enumerate() {
            assert!(Rc::ptr_eq(facts, &before.documents[index + 1].1));
        }
    }

    #[test]
    fn a_selector_takes_what_has_all_its_labels() {
        let labels = |pairs: &[(&str, &str)]| -> Labels {
            pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
        };
        assert!(selects(&labels(&[("app", "web")]), &labels(&[("tier", "x"), ("app", "web")])));
        assert!(!selects(&labels(&[("app", "web"), ("a", "b")]), &labels(&[("app", "web")])));
        assert!(!selects(&labels(&[]), &labels(&[("app", "web")])));
    }
}
