//! The title of a card and its one line on the rest: names and values only, the same in every language.

use super::editors::file_mode;
use crate::k8s::ImageRef;
use crate::yaml::{Kind, Node, Scalar};

/// A scalar's text as it is read.
pub(super) fn scalar_text(node: Node) -> Option<String> {
    Some(match node.scalar()? {
        Scalar::Null => return None,
        Scalar::Bool(b) => b.to_string(),
        Scalar::Int(i) => i.to_string(),
        Scalar::UInt(u) => u.to_string(),
        Scalar::Float(f) => f.to_string(),
        Scalar::Str(s) => s.to_owned(),
    })
}

fn text(node: Node, key: &str) -> Option<String> {
    node.get(key).and_then(scalar_text).filter(|t| !t.is_empty())
}

fn text_at(node: Node, path: &[&str]) -> Option<String> {
    path.iter().try_fold(node, |node, key| node.get(key)).and_then(scalar_text).filter(|t| !t.is_empty())
}

/// Title and summary of a card for an item of that type (its short name).
pub(super) fn card(type_name: &str, item: Node, index: usize) -> (String, String) {
    let title = ["name", "key", "containerPort", "port", "mountPath", "ip", "topologyKey", "path", "type", "action"]
        .iter()
        .find_map(|key| text(item, key))
        .unwrap_or_else(|| format!("#{}", index + 1));
    let parts = match type_name {
        "Container" | "EphemeralContainer" => container(item),
        // Without a name the number is its title.
        "ContainerPort" | "ServicePort" => match (text(item, "name"), port(item)) {
            (None, Some(port)) => return (port, String::new()),
            (_, port) => vec![port],
        },
        "EnvFromSource" => return env_from(item, title),
        "KeyToPath" => vec![
            text(item, "path").map(|path| format!("→ {path}")),
            item.get("mode").and_then(|mode| mode.to_json().as_i64()).map(file_mode::octal),
        ],
        "EnvVar" => vec![env(item)],
        "Volume" => vec![volume(item)],
        "VolumeMount" => vec![
            text(item, "mountPath"),
            text(item, "subPath"),
            item.get("readOnly").filter(|n| n.scalar() == Some(Scalar::Bool(true))).map(|_| "readOnly".to_owned()),
        ],
        "Toleration" => vec![
            text(item, "operator").filter(|o| o != "Equal" || text(item, "value").is_none()),
            text(item, "value").map(|v| format!("= {v}")),
            text(item, "effect"),
        ],
        "TopologySpreadConstraint" => {
            vec![text(item, "whenUnsatisfiable"), text(item, "maxSkew").map(|s| format!("± {s}"))]
        }
        "HostAlias" | "NodeSelectorRequirement" | "LabelSelectorRequirement" => {
            let list = item.get("values").or_else(|| item.get("hostnames")).map(list);
            vec![text(item, "operator"), list.filter(|l| !l.is_empty())]
        }
        _ => scalars(item, &title),
    };
    let mut summary = String::new();
    for part in parts.into_iter().flatten().filter(|p| !p.is_empty()) {
        if !summary.is_empty() {
            summary.push_str(" · ");
        }
        summary.push_str(&cut(&part, 60));
    }
    (cut(&title, 60), summary)
}

/// At most that many characters of one line.
fn cut(text: &str, most: usize) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = line.chars().take(most - 1).collect();
    short.push('…');
    short
}

fn list(node: Node) -> String {
    let texts: Vec<String> = node.items().take(8).filter_map(scalar_text).collect();
    texts.join(", ")
}

/// "nginx 1.29 · 80/TCP · 100m, 64Mi"
fn container(item: Node) -> Vec<Option<String>> {
    let image = text(item, "image").map(|image| match ImageRef::parse(&image) {
        Some(parts) => match &parts.tag {
            Some(tag) => format!("{} {tag}", parts.short_name()),
            None => parts.short_name().to_owned(),
        },
        None => image,
    });
    let ports = item.get("ports").map(|ports| {
        let ports: Vec<String> = ports.items().take(4).filter_map(port_number).collect();
        ports.join(", ")
    });
    let resource = |name: &str| {
        text_at(item, &["resources", "requests", name]).or_else(|| text_at(item, &["resources", "limits", name]))
    };
    let resources: Vec<String> = ["cpu", "memory"].iter().filter_map(|name| resource(name)).collect();
    let sidecar = text(item, "restartPolicy").filter(|p| p == "Always").map(|_| "sidecar".to_owned());
    vec![image, ports, Some(resources.join(", ")), sidecar]
}

fn port_number(item: Node) -> Option<String> {
    let number = text(item, "containerPort").or_else(|| text(item, "port"))?;
    Some(format!("{number}/{}", text(item, "protocol").as_deref().unwrap_or("TCP")))
}

fn port(item: Node) -> Option<String> {
    let number = port_number(item)?;
    match text(item, "targetPort") {
        Some(target) => Some(format!("{number} → {target}")),
        None => Some(number),
    }
}

fn env(item: Node) -> Option<String> {
    if let Some(value) = item.get("value") {
        return scalar_text(value).map(|v| format!("= {v}"));
    }
    let from = item.get("valueFrom")?.entries().next()?;
    let part = |key: &str| text(from.value, key);
    let what = [part("name"), part("volumeName"), part("key"), part("fieldPath"), part("resource")];
    Some(what.into_iter().flatten().collect::<Vec<_>>().join(" / "))
}

/// The name of what all keys are taken from, and how they are called.
fn env_from(item: Node, title: String) -> (String, String) {
    let source = item.entries().find(|entry| entry.value.kind() == Kind::Map);
    let named = source.as_ref().and_then(|entry| text(entry.value, "name"));
    let prefix = text(item, "prefix").map(|prefix| format!("{prefix}…"));
    let kind = source.map(|entry| entry.key.trim_end_matches("Ref").to_owned());
    let rest: Vec<String> = kind.into_iter().chain(prefix).collect();
    (named.unwrap_or(title), rest.join(" · "))
}

fn volume(item: Node) -> Option<String> {
    let source = item.entries().find(|e| e.key != "name")?;
    let named = ["name", "secretName", "claimName", "path", "server", "driver", "reference", "medium"]
        .iter()
        .find_map(|key| text(source.value, key));
    Some(match named {
        Some(named) => format!("{} {named}", source.key),
        None => source.key.to_owned(),
    })
}

/// The first few values of anything else.
fn scalars(item: Node, title: &str) -> Vec<Option<String>> {
    if item.kind() != Kind::Map {
        return vec![scalar_text(item)];
    }
    let values = item.entries().filter_map(|e| match e.value.kind() {
        Kind::Scalar => scalar_text(e.value).filter(|t| t != title && !t.is_empty()),
        Kind::Map | Kind::Seq => Some(e.key.to_owned()),
    });
    values.take(3).map(Some).collect()
}
