//! Pods and what makes them: what they name, and whether volumes and mounts go together.

use std::collections::HashSet;

use super::at::At;
use super::facts::{Object, Port, Want, Workload};
use super::finding::RefFinding;
use super::selector::{Selector, labels};
use crate::check::api::{Mend, has_rules};
use crate::check::finding::{Reason, Severity};
use crate::check::nearest::nearest;
use crate::i18n::{Message, id};
use crate::yaml::{Node, Path};

const PROBES: &str = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port";
const VOLUMES: &str = "https://kubernetes.io/docs/concepts/storage/volumes/";

/// Reads a Pod, or what has a template of one.
pub fn read(at: &At<'_, '_>, api_version: &str, kind: &str, object: &mut Object) {
    let own_selector = match (api_version, kind) {
        ("apps/v1", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet") => true,
        ("v1", "Pod") => return pod(at, has_rules(api_version, kind), None, &[], object),
        ("batch/v1", "Job" | "CronJob") | ("v1", "ReplicationController") => false,
        _ => return,
    };
    let Some(spec) = at.get("spec") else { return };
    if kind == "CronJob" {
        let Some(template) = spec.get("jobTemplate") else { return };
        let Some(job) = template.get("spec") else { return };
        let Some(template) = job.get("template") else { return };
        return pod(&template, false, None, &[], object);
    }
    let selector = own_selector.then(|| spec.get("selector").map(|s| Selector::read(s.node))).flatten();
    let Some(template) = spec.get("template") else { return };
    let claimed = if kind == "StatefulSet" { claimed(&spec) } else { Vec::new() };
    pod(&template, has_rules(api_version, kind), selector, &claimed, object);
    if kind == "StatefulSet" {
        object.wants.extend(spec.get("serviceName").and_then(|name| want("Service", &name)));
    }
}

/// The volumes that a StatefulSet makes of its claim templates.
fn claimed<'a>(spec: &At<'_, 'a>) -> Vec<&'a str> {
    let templates = spec.node.get("volumeClaimTemplates").into_iter().flat_map(Node::items);
    templates.filter_map(|template| template.get("metadata")?.get("name")?.as_str()).collect()
}

/// `judged`: the server's own rules speak of the pod too.
fn pod<'a>(at: &At<'_, 'a>, judged: bool, selector: Option<Selector>, claimed: &[&'a str], object: &mut Object) {
    let own = at.node.get("metadata").and_then(|metadata| metadata.get("labels"));
    let labels = own.map(labels).unwrap_or_default();
    let mut workload = Workload { labels, ports: Vec::new(), selector };
    if let Some(spec) = at.get("spec") {
        let account = spec.get("serviceAccountName").or_else(|| spec.get("serviceAccount"));
        let account = account.filter(|a| a.text() != Some("default"));
        object.wants.extend(account.and_then(|account| want("ServiceAccount", &account)));
        pull_secrets(&spec, &mut object.wants);
        let mut mounts = Mounts::default();
        for key in ["initContainers", "containers", "ephemeralContainers"] {
            let Some(list) = spec.get(key) else { continue };
            for container in list.items() {
                if key == "containers" || container.text_of("restartPolicy") == Some("Always") {
                    ports(&container, &mut workload.ports);
                }
                env(&container, &mut object.wants);
                called_ports(&container, &mut object.own);
                mounts.read(&container);
            }
        }
        volumes(&spec, &mut object.wants);
        mounts.check(&spec, claimed, judged, &mut object.own);
    }
    object.workload = Some(workload);
}

/// The Secrets that images are fetched with.
pub fn pull_secrets(at: &At<'_, '_>, wants: &mut Vec<Want>) {
    let Some(list) = at.get("imagePullSecrets") else { return };
    for secret in list.items() {
        wants.extend(secret.get("name").and_then(|name| want("Secret", &name)));
    }
}

/// What is named by a text.
pub fn want(kind: &'static str, name: &At<'_, '_>) -> Option<Want> {
    let text = name.text()?.to_owned();
    Some(Want { kind, name: text, path: name.path(), namespace: None, keys: Vec::new(), port: None })
}

fn ports(container: &At<'_, '_>, out: &mut Vec<Port>) {
    let Some(list) = container.get("ports") else { return };
    out.extend(list.items().filter_map(|port| {
        Some(Port {
            name: port.text_of("name").map(str::to_owned),
            number: port.number_of("containerPort")?,
            protocol: port.text_of("protocol").unwrap_or("TCP").to_owned(),
        })
    }));
}

/// Ports that probes and hooks call by name: the kubelet looks among the container's own.
fn called_ports(container: &At<'_, '_>, out: &mut Vec<RefFinding>) {
    let lifecycle = container.get("lifecycle");
    let probes = ["livenessProbe", "readinessProbe", "startupProbe"].map(|key| container.get(key));
    let hooks = ["postStart", "preStop"].map(|key| lifecycle.as_ref().and_then(|l| l.get(key)));
    for handler in probes.iter().chain(&hooks).flatten() {
        for action in ["httpGet", "tcpSocket"] {
            let Some(action) = handler.get(action) else { continue };
            let Some(port) = action.get("port") else { continue };
            let Some(name) = port.text().filter(|name| name.contains(|c: char| c.is_ascii_alphabetic())) else {
                continue;
            };
            let list = container.node.get("ports").into_iter().flat_map(Node::items);
            let names: Vec<&str> = list.filter_map(|port| port.get("name")?.as_str()).collect();
            if names.contains(&name) {
                continue;
            }
            let only = names.first().copied().filter(|_| names.len() == 1);
            let near = nearest(name, names.iter().copied()).or(only);
            let message = Message::new(id::CHECK_REFS_CALLED_PORT).with("port", name);
            let reason = Reason::FieldValueNotFound;
            let mend = near.map(|near| Mend::set(port.path(), near));
            out.push(RefFinding::new(port.path(), Severity::Warning, reason, message, PROBES).mend(mend));
        }
    }
}

fn env(container: &At<'_, '_>, wants: &mut Vec<Want>) {
    if let Some(list) = container.get("env") {
        for variable in list.items() {
            let Some(from) = variable.get("valueFrom") else { continue };
            for (key, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
                let Some(source) = from.get(key) else { continue };
                let key = source.get("key").and_then(|key| Some((key.text()?.to_owned(), key.path())));
                if let Some(want) = source_of(&source, "name", kind) {
                    wants.push(Want { keys: key.into_iter().collect(), ..want });
                }
            }
        }
    }
    if let Some(list) = container.get("envFrom") {
        for from in list.items() {
            for (key, kind) in [("configMapRef", "ConfigMap"), ("secretRef", "Secret")] {
                wants.extend(from.get(key).and_then(|source| source_of(&source, "name", kind)));
            }
        }
    }
}

/// A ConfigMap or Secret that has to be there.
fn source_of(source: &At<'_, '_>, name: &'static str, kind: &'static str) -> Option<Want> {
    if source.is("optional") {
        return None;
    }
    want(kind, &source.get(name)?)
}

/// The same with the keys that become files.
fn files_of(source: &At<'_, '_>, name: &'static str, kind: &'static str) -> Option<Want> {
    let mut want = source_of(source, name, kind)?;
    if let Some(list) = source.get("items") {
        let keys = list.items().filter_map(|item| item.get("key").and_then(|k| Some((k.text()?.to_owned(), k.path()))));
        want.keys = keys.collect();
    }
    Some(want)
}

fn volumes(spec: &At<'_, '_>, wants: &mut Vec<Want>) {
    let Some(list) = spec.get("volumes") else { return };
    for volume in list.items() {
        wants.extend(volume.get("configMap").and_then(|source| files_of(&source, "name", "ConfigMap")));
        wants.extend(volume.get("secret").and_then(|source| files_of(&source, "secretName", "Secret")));
        if let Some(claim) = volume.get("persistentVolumeClaim") {
            wants.extend(claim.get("claimName").and_then(|name| want("PersistentVolumeClaim", &name)));
        }
        if let Some(csi) = volume.get("csi")
            && let Some(secret) = csi.get("nodePublishSecretRef")
        {
            wants.extend(secret.get("name").and_then(|name| want("Secret", &name)));
        }
        let Some(projected) = volume.get("projected") else { continue };
        let Some(sources) = projected.get("sources") else { continue };
        for source in sources.items() {
            wants.extend(source.get("configMap").and_then(|source| files_of(&source, "name", "ConfigMap")));
            wants.extend(source.get("secret").and_then(|source| files_of(&source, "name", "Secret")));
        }
    }
}

/// What the containers of a pod mount.
#[derive(Default)]
struct Mounts<'a> {
    names: HashSet<&'a str>,
    places: Vec<(&'a str, Path)>,
}

impl<'a> Mounts<'a> {
    fn read(&mut self, container: &At<'_, 'a>) {
        for key in ["volumeMounts", "volumeDevices"] {
            let Some(list) = container.get(key) else { continue };
            for mount in list.items() {
                let Some(name) = mount.get("name") else { continue };
                let Some(text) = name.text() else { continue };
                // The first of a name is enough: what mends it mends the others.
                if self.names.insert(text) {
                    self.places.push((text, name.path()));
                }
            }
        }
    }

    /// `judged`: the server's own rules speak of mounts without a volume already.
    fn check(&self, spec: &At<'_, 'a>, claimed: &[&'a str], judged: bool, out: &mut Vec<RefFinding>) {
        let mut volumes: HashSet<&str> = claimed.iter().copied().collect();
        let list = spec.get("volumes");
        for volume in list.iter().flat_map(At::items) {
            let Some(name) = volume.text_of("name") else { continue };
            if !volumes.insert(name) || self.names.contains(name) {
                continue;
            }
            let message = Message::new(id::CHECK_REFS_UNMOUNTED).with("name", name);
            // The last one takes its list along.
            let all = list.as_ref().filter(|list| list.node.items().len() == 1).map(At::path);
            let mend = Mend::delete(all.unwrap_or_else(|| volume.path()))
                .titled(Message::new(id::CHECK_REFS_FIX_VOLUME).with("name", name));
            out.push(
                RefFinding::new(volume.path_of("name"), Severity::Info, Reason::Warned, message, VOLUMES).mend([mend]),
            );
        }
        if judged {
            return;
        }
        for (name, path) in self.places.iter().filter(|(name, _)| !volumes.contains(name)) {
            let message = Message::new(id::CHECK_REFS_NO_VOLUME).with("name", *name);
            let reason = Reason::FieldValueNotFound;
            out.push(RefFinding::new(path.clone(), Severity::Warning, reason, message, VOLUMES));
        }
    }
}
