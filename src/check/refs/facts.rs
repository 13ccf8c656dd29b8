//! What one document offers to others and asks of them.

use super::at::At;
use super::finding::RefFinding;
use super::selector::{Labels, Selector, labels};
use super::{pod, pointers};
use crate::yaml::{Document, Node, Path, Step};

/// What one document says to others; owns little, and nothing of a Secret but the names of its keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub(super) objects: Vec<Object>,
}

/// One object of a document: the document itself, or an item of a `List`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    pub kind: String,
    /// `metadata.namespace`; `None` when it is left out, so that it may be any.
    pub namespace: Option<String>,
    pub name: String,
    /// The way to the object.
    pub base: Path,
    /// What can be named in it: itself, and what is made of it.
    pub offers: Vec<Offer>,
    pub wants: Vec<Want>,
    pub service: Option<Service>,
    pub workload: Option<Workload>,
    /// What is wrong within it.
    pub own: Vec<RefFinding>,
}

/// Something that others may name.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub kind: &'static str,
    pub name: String,
    /// Its keys in order; `None` when they cannot be known.
    pub keys: Option<Vec<String>>,
}

/// Something named that has to be somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Want {
    pub kind: &'static str,
    pub name: String,
    pub path: Path,
    /// Where it has to be, when that is not the object's own namespace.
    pub namespace: Option<String>,
    /// Keys of it, and where each is named.
    pub keys: Vec<(String, Path)>,
    /// A port of it, and where it is named.
    pub port: Option<(Target, Path)>,
}

/// A port by its number or by its name.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Number(i64),
    Name(String),
}

/// What a Service sends where.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// In the order of its keys, without labels that only a controller gives.
    pub selector: Labels,
    /// It selects by a label that a controller gives to single pods.
    pub single: bool,
    /// Its type, and whether it is headless: two that differ in it are there for different callers.
    pub sort: (String, bool),
    pub ports: Vec<ServicePort>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ServicePort {
    pub name: Option<String>,
    pub port: i64,
    pub protocol: String,
    pub target: Target,
    /// Where the target is written, or the port that stands for it.
    pub path: Path,
    /// Where it would be written.
    pub target_path: Path,
}

/// What makes pods.
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    /// In the order of their keys.
    pub labels: Labels,
    pub ports: Vec<Port>,
    /// Of those that look after their pods by labels.
    pub selector: Option<Selector>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    pub name: Option<String>,
    pub number: i64,
    pub protocol: String,
}

/// What a document says to others.
pub fn facts(document: &Document) -> Facts {
    let Some(root) = document.root() else { return Facts::default() };
    let text = |key: &str| root.get(key).and_then(Node::as_str);
    if text("apiVersion") == Some("v1") && text("kind") == Some("List") {
        let items = root.get("items").into_iter().flat_map(Node::items).enumerate();
        let objects = items.filter_map(|(i, item)| object(item, vec![Step::from("items"), Step::Index(i)]));
        return Facts { objects: objects.collect() };
    }
    Facts { objects: object(root, Path::new()).into_iter().collect() }
}

fn object(node: Node<'_>, base: Path) -> Option<Object> {
    let mut object = Object::default();
    {
        let at = At::start(node, &base);
        let (api_version, kind) = (at.text_of("apiVersion").unwrap_or_default(), at.text_of("kind")?);
        let metadata = at.get("metadata");
        let of_metadata = |key| metadata.as_ref().and_then(|m| m.text_of(key)).map(str::to_owned);
        object.kind = kind.to_owned();
        object.namespace = of_metadata("namespace");
        object.name = of_metadata("name").unwrap_or_default();
        if let Some(kind) = known(api_version, kind)
            && !object.name.is_empty()
        {
            object.offers.push(Offer { kind, name: object.name.clone(), keys: keys(&at, kind) });
        }
        pod::read(&at, api_version, kind, &mut object);
        pointers::read(&at, api_version, kind, &mut object);
        if (api_version, kind) == ("v1", "Service") {
            object.service = service(&at);
        }
    }
    object.base = base;
    Some(object)
}

/// The kinds that others name, each in its own group.
fn known(api_version: &str, kind: &str) -> Option<&'static str> {
    let group = api_version.split_once('/').map_or("", |(group, _)| group);
    let kinds = [
        ("", "Service"),
        ("", "ConfigMap"),
        ("", "Secret"),
        ("", "PersistentVolumeClaim"),
        ("", "ServiceAccount"),
        ("", "ReplicationController"),
        ("apps", "Deployment"),
        ("apps", "StatefulSet"),
        ("apps", "ReplicaSet"),
        ("rbac.authorization.k8s.io", "Role"),
    ];
    kinds.into_iter().find(|known| *known == (group, kind)).map(|(_, kind)| kind)
}

/// The keys of a ConfigMap or Secret.
fn keys(at: &At<'_, '_>, kind: &str) -> Option<Vec<String>> {
    let maps: &[&str] = match kind {
        "ConfigMap" => &["data", "binaryData"],
        // A controller fills it in.
        "Secret" if at.text_of("type") == Some("kubernetes.io/service-account-token") => return None,
        "Secret" => &["data", "stringData"],
        _ => return None,
    };
    let maps = maps.iter().filter_map(|key| at.node.get(key));
    let mut keys: Vec<String> = maps.flat_map(Node::entries).map(|entry| entry.key.to_owned()).collect();
    keys.sort_unstable();
    keys.dedup();
    Some(keys)
}

/// Labels that a controller gives to the pods it makes; no template has them.
fn is_given(key: &str) -> bool {
    key.starts_with("statefulset.kubernetes.io/")
        || key.starts_with("apps.kubernetes.io/")
        || key.starts_with("batch.kubernetes.io/")
        || matches!(
            key,
            "pod-template-hash"
                | "controller-revision-hash"
                | "pod-template-generation"
                | "job-name"
                | "controller-uid"
        )
}

fn service(at: &At<'_, '_>) -> Option<Service> {
    let spec = at.get("spec")?;
    let sort = spec.text_of("type").unwrap_or("ClusterIP");
    if sort == "ExternalName" {
        return None;
    }
    let mut selector = spec.get("selector").map(|s| labels(s.node)).unwrap_or_default();
    let before = selector.len();
    selector.retain(|(key, _)| !is_given(key));
    let list = spec.get("ports");
    let ports = list.iter().flat_map(At::items).filter_map(|port| {
        let number = port.number_of("port")?;
        let target = port.get("targetPort");
        let path = target.as_ref().map_or_else(|| port.path_of("port"), At::path);
        let target = match target {
            Some(target) => target_of(target.node)?,
            None => Target::Number(number),
        };
        Some(ServicePort {
            name: port.text_of("name").map(str::to_owned),
            port: number,
            protocol: port.text_of("protocol").unwrap_or("TCP").to_owned(),
            target,
            path,
            target_path: port.path_of("targetPort"),
        })
    });
    Some(Service {
        single: selector.len() < before,
        selector,
        sort: (sort.to_owned(), spec.text_of("clusterIP") == Some("None")),
        ports: ports.collect(),
    })
}

/// A port's name or number; `None` for what the server does not take as one.
fn target_of(node: Node<'_>) -> Option<Target> {
    if let Some(number) = super::at::number(node) {
        return Some(Target::Number(number)).filter(|_| number != 0);
    }
    let name = node.as_str()?;
    name.contains(|c: char| c.is_ascii_alphabetic()).then(|| Target::Name(name.to_owned()))
}
