//! Warnings about containers: amounts, variables, ports.

use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1::{ContainerPort, PodSpec};

use super::MOST_OF_A_SORT;
use crate::check::api::bad_value::quoted;
use crate::check::api::visit::{AnyContainer, visit_containers};
use crate::check::api::{Mend, Path, Warning};
use crate::i18n::{Message, id};
use crate::k8s::{FieldPath, Quantity};

/// Every port is compared with those of its number before it, as the server does; so often at most.
const MOST_COMPARED: usize = 1 << 22;

/// An amount of bytes that is no whole number of them.
pub fn warn_fraction(amount: &str, path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let amount = amount.trim();
    if Quantity::milli_of(amount) % 1000 != 0 {
        let shown = Quantity::shown(amount).unwrap_or_default();
        let text = format!("{}: fractional byte value {} is invalid, must be an integer", path.field(), quoted(&shown));
        let message = Message::new(id::CHECK_API_WARNINGS_FRACTION).with("key", path.called()).with("value", shown);
        warnings.push(Warning::new(path, text, message));
    }
}

/// A container's amounts and variables.
pub fn warn_container(container: AnyContainer<'_>, path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let resources = path.child("resources");
    for name in ["memory", "ephemeral-storage"] {
        let Some(amounts) = container.resources else { break };
        for (kind, amounts) in [("limits", &amounts.limits), ("requests", &amounts.requests)] {
            if let Some(amount) = amounts.as_ref().and_then(|amounts| amounts.get(name)) {
                warn_fraction(&amount.0, &resources.child(kind).key(name), warnings);
            }
        }
    }
    let list = path.child("env");
    let mut seen = HashSet::new();
    for (i, variable) in container.env.iter().enumerate() {
        if seen.insert(variable.name.as_str()) {
            continue;
        }
        // Taking up the earlier value, beside something else, is a use of it.
        let reference = format!("$({})", variable.name);
        let value = variable.value.as_deref().unwrap_or_default();
        if variable.value_from.is_some() || value == reference || !value.contains(&reference) {
            let at = list.index(i);
            let text = format!(
                "{}: hides previous definition of {}, which may be dropped when using apply",
                at.field(),
                quoted(&variable.name)
            );
            let message = Message::new(id::CHECK_API_WARNINGS_HIDDEN).with("value", variable.name.as_str());
            warnings.push(Warning::new(&at, text, message));
        }
    }
}

/// Ports that stand twice, or nearly.
pub fn warn_ports(spec: &PodSpec, path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let mut all: HashMap<(i32, &str), Vec<(FieldPath, &ContainerPort)>> = HashMap::new();
    let (mut left, mut pairs) = (MOST_COMPARED, MOST_OF_A_SORT);
    visit_containers(spec, path, |container, path| {
        let list = path.child("ports");
        for (i, port) in container.ports.iter().enumerate() {
            let at = list.index(i);
            let (ip, host) = address(port);
            if !ip.is_empty() && host == 0 {
                let text = format!("{}: hostIP set without hostPort: {}", at.field(), printed(port));
                let mend = Mend::delete(at.child("hostIP").steps());
                let field = at.child("hostIP");
                warnings.push(Warning::new(&field, text, id::CHECK_API_WARNINGS_HOST_IP).mend(mend));
            }
            let others = all.entry((port.container_port, port.protocol.as_deref().unwrap_or_default())).or_default();
            left = left.saturating_sub(others.len());
            for (other_path, other) in others.iter() {
                if left == 0 || pairs == 0 {
                    break;
                }
                let (other_ip, other_host) = address(other);
                let (what, message) = if ip == other_ip && host == other_host {
                    ("duplicate", id::CHECK_API_WARNINGS_PORT_TWICE)
                } else if host == 0 || other_host == 0 {
                    ("overlapping", id::CHECK_API_WARNINGS_PORT_TWICE)
                } else if host == other_host && ip.is_empty() != other_ip.is_empty() {
                    ("dangerously ambiguous", id::CHECK_API_WARNINGS_PORT_AMBIGUOUS)
                } else {
                    continue;
                };
                pairs -= 1;
                let text = format!("{}: {what} port definition with {other_path}", at.field());
                let message = Message::new(message).with("other", other_path.to_string());
                warnings.push(Warning::new(&at, text, message));
            }
            others.push((at.field(), port));
        }
    });
}

fn address(port: &ContainerPort) -> (&str, i32) {
    (port.host_ip.as_deref().unwrap_or_default(), port.host_port.unwrap_or(0))
}

/// As Go prints the internal type (`%+v`).
fn printed(port: &ContainerPort) -> String {
    let (ip, host) = address(port);
    let (name, protocol) = (port.name.as_deref().unwrap_or_default(), port.protocol.as_deref().unwrap_or_default());
    format!("{{Name:{name} HostPort:{host} ContainerPort:{} Protocol:{protocol} HostIP:{ip}}}", port.container_port)
}

/// Names of ports that stand twice.
pub fn warn_port_names(spec: &PodSpec, path: &Path<'_>, warnings: &mut Vec<Warning>) {
    let mut seen: HashMap<&str, String> = HashMap::new();
    visit_containers(spec, path, |container, path| {
        let list = path.child("ports");
        for (i, port) in container.ports.iter().enumerate() {
            let Some(name) = port.name.as_deref().filter(|name| !name.is_empty()) else { continue };
            let at = list.index(i);
            let Some(other) = seen.get(name) else {
                seen.insert(name, at.field().to_string());
                continue;
            };
            let text = format!(
                "{}: duplicate port name {} with {other}, services and probes that select ports by name will use {other}",
                at.field(),
                quoted(name)
            );
            let message =
                Message::new(id::CHECK_API_WARNINGS_PORT_NAME).with("value", name).with("other", other.as_str());
            warnings.push(Warning::new(&at, text, message));
        }
    });
}
