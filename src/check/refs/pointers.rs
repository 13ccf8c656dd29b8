//! What is no pod and names others: Ingresses, autoscalers, bindings; and what makes Secrets of its own.

use super::at::{At, number};
use super::facts::{Object, Offer, Target, Want};
use super::pod::{pull_secrets, want};

/// Reads what names others, or makes others.
pub fn read(at: &At<'_, '_>, api_version: &str, kind: &str, object: &mut Object) {
    let group = api_version.split_once('/').map_or("", |(group, _)| group);
    match (group, kind) {
        ("networking.k8s.io", "Ingress") => ingress(at, &mut object.wants),
        ("autoscaling", "HorizontalPodAutoscaler") => autoscaler(at, &mut object.wants),
        ("rbac.authorization.k8s.io", "RoleBinding" | "ClusterRoleBinding") => binding(at, &mut object.wants),
        ("", "ServiceAccount") => pull_secrets(at, &mut object.wants),
        _ => object.offers.extend(made(at, kind, &object.name)),
    }
}

fn ingress(at: &At<'_, '_>, wants: &mut Vec<Want>) {
    let Some(spec) = at.get("spec") else { return };
    wants.extend(spec.get("defaultBackend").and_then(|b| backend(&b)));
    if let Some(rules) = spec.get("rules") {
        for rule in rules.items() {
            let Some(http) = rule.get("http") else { continue };
            let Some(paths) = http.get("paths") else { continue };
            for path in paths.items() {
                wants.extend(path.get("backend").and_then(|b| backend(&b)));
            }
        }
    }
    let annotations = at.node.get("metadata").and_then(|m| m.get("annotations"));
    let mut annotations = annotations.into_iter().flat_map(|a| a.entries());
    if annotations.any(|a| a.key.starts_with("cert-manager.io/") || a.key == "kubernetes.io/tls-acme") {
        // The Secrets are made for it.
        return;
    }
    let Some(tls) = spec.get("tls") else { return };
    for entry in tls.items() {
        wants.extend(entry.get("secretName").and_then(|name| want("Secret", &name)));
    }
}

fn backend(backend: &At<'_, '_>) -> Option<Want> {
    let service = backend.get("service")?;
    let mut wanted = want("Service", &service.get("name")?)?;
    if let Some(port) = service.get("port") {
        let named = port.get("name").and_then(|n| Some((Target::Name(n.text()?.to_owned()), n.path())));
        let numbered = || port.get("number").and_then(|n| Some((Target::Number(number(n.node)?), n.path())));
        wanted.port = named.or_else(numbered);
    }
    Some(wanted)
}

fn autoscaler(at: &At<'_, '_>, wants: &mut Vec<Want>) {
    let Some(spec) = at.get("spec") else { return };
    let Some(target) = spec.get("scaleTargetRef") else { return };
    let kind = match (target.text_of("apiVersion"), target.text_of("kind")) {
        (Some("apps/v1"), Some("Deployment")) => "Deployment",
        (Some("apps/v1"), Some("StatefulSet")) => "StatefulSet",
        (Some("apps/v1"), Some("ReplicaSet")) => "ReplicaSet",
        (Some("v1"), Some("ReplicationController")) => "ReplicationController",
        _ => return,
    };
    wants.extend(target.get("name").and_then(|name| want(kind, &name)));
}

fn binding(at: &At<'_, '_>, wants: &mut Vec<Want>) {
    if let Some(role) = at.get("roleRef")
        && role.text_of("kind") == Some("Role")
    {
        wants.extend(role.get("name").and_then(|name| want("Role", &name)));
    }
    let Some(subjects) = at.get("subjects") else { return };
    for subject in subjects.items() {
        if subject.text_of("kind") != Some("ServiceAccount") || subject.text_of("name") == Some("default") {
            continue;
        }
        let Some(wanted) = subject.get("name").and_then(|name| want("ServiceAccount", &name)) else { continue };
        let namespace = subject.text_of("namespace").map(str::to_owned);
        wants.push(Want { namespace, ..wanted });
    }
}

/// ConfigMaps and Secrets that well-known tools make of their own objects; with which keys is theirs to know.
fn made(at: &At<'_, '_>, kind: &str, name: &str) -> Vec<Offer> {
    let spec = at.get("spec");
    let of_spec = |key| spec.as_ref().and_then(|s| s.text_of(key));
    let secret = |name: &str| Offer { kind: "Secret", name: name.to_owned(), keys: None };
    match kind {
        "SealedSecret" => vec![secret(name)],
        "Certificate" => of_spec("secretName").map(secret).into_iter().collect(),
        "ExternalSecret" => {
            let target = spec.as_ref().and_then(|s| s.get("target"));
            let named = target.as_ref().and_then(|t| t.text_of("name"));
            vec![secret(named.unwrap_or(name))]
        }
        "Kustomization" => {
            let mut offers = Vec::new();
            for (list, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
                let Some(list) = at.get(list) else { continue };
                let names = list.items().filter_map(|item| item.text_of("name").map(str::to_owned));
                offers.extend(names.map(|name| Offer { kind, name, keys: None }));
            }
            offers
        }
        _ => Vec::new(),
    }
}
