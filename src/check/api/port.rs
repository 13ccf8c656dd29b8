use std::collections::HashSet;

use k8s_openapi::api::core::v1::{Container, ContainerPort, PodSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::{BadValue, ErrorList, Mend, Options, Path, content};
use crate::i18n::{Message, id};

/// `validateContainerPorts`.
pub fn validate_container_ports(ports: &[ContainerPort], path: &Path<'_>, errs: &mut ErrorList) {
    let mut names = HashSet::new();
    for (i, port) in ports.iter().enumerate() {
        let at = path.index(i);
        let name = port.name.as_deref().unwrap_or_default();
        if !name.is_empty() {
            let faults = content::is_valid_port_name(name);
            if !faults.is_empty() {
                errs.invalid_each(&at.child("name"), name, faults);
            } else if !names.insert(name) {
                let message = Message::new(id::CHECK_API_PORT_NAME_TAKEN).with("name", name);
                errs.duplicate(&at.child("name"), name, message);
            }
        }
        match port.container_port {
            0 => {
                errs.missing(&at.child("containerPort"), "");
            }
            number => port_number(number, &at.child("containerPort"), errs),
        }
        if let Some(number) = port.host_port.filter(|&number| number != 0) {
            port_number(number, &at.child("hostPort"), errs);
        }
        match port.protocol.as_deref().unwrap_or_default() {
            "TCP" | "UDP" | "SCTP" => {}
            "" => {
                errs.missing(&at.child("protocol"), "");
            }
            other => {
                errs.not_supported(&at.child("protocol"), BadValue::Named(other.into()), &["SCTP", "TCP", "UDP"]);
            }
        }
    }
}

/// `ValidatePortNumOrName`.
pub fn validate_port_num_or_name(port: &IntOrString, path: &Path<'_>, errs: &mut ErrorList) {
    match port {
        IntOrString::Int(number) => port_number(*number, path, errs),
        IntOrString::String(name) => errs.invalid_each(path, name, content::is_valid_port_name(name)),
    }
}

/// `IsValidPortNum`, with its fault at `path`.
pub fn port_number(number: i32, path: &Path<'_>, errs: &mut ErrorList) {
    for fault in content::is_valid_port_num(number.into()) {
        errs.invalid(path, number, &fault.detail, fault.message.with("key", path.called()));
    }
}

/// `validatePodHostNetworkDeps`.
pub fn validate_pod_host_network_deps(spec: &PodSpec, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    if spec.host_network != Some(true) {
        return;
    }
    let path = path.child("containers");
    for (i, container) in spec.containers.iter().enumerate() {
        for (j, port) in container.ports.iter().flatten().enumerate() {
            let host = port.host_port.unwrap_or_default();
            if host == port.container_port || (host == 0 && opts.pod.is_none()) {
                continue;
            }
            let (container, list) = (path.index(i), "ports");
            let list = container.child(list);
            let item = list.index(j);
            let at = item.child("hostPort");
            let message = Message::new(id::CHECK_API_PORT_HOST_NETWORK).with("port", port.container_port.to_string());
            errs.invalid(&at, host, "must match `containerPort` when `hostNetwork` is true", message)
                .mend(Mend::set(at.steps(), port.container_port));
        }
    }
}

/// `checkHostPortConflicts`: ports of the node that two container ports want.
pub fn check_host_port_conflicts(containers: &[Container], path: &Path<'_>, errs: &mut ErrorList) {
    let mut taken = HashSet::new();
    for (i, container) in containers.iter().enumerate() {
        let item = path.index(i);
        host_ports(container, &item, &item, &mut taken, errs);
    }
}

/// The same for one init container, as these run one after the other; upstream names it the first of `path`,
/// whichever it is.
pub fn check_host_port_conflicts_alone(container: &Container, path: &Path<'_>, index: usize, errs: &mut ErrorList) {
    host_ports(container, &path.index(0), &path.index(index), &mut HashSet::new(), errs);
}

type HostPort<'a> = (&'a str, &'a str, i32);

fn host_ports<'a>(
    container: &'a Container,
    said: &Path<'_>,
    real: &Path<'_>,
    taken: &mut HashSet<HostPort<'a>>,
    errs: &mut ErrorList,
) {
    let (said, real) = (said.child("ports"), real.child("ports"));
    for (i, port) in container.ports.iter().flatten().enumerate() {
        let Some(number) = port.host_port.filter(|&number| number != 0) else { continue };
        let protocol = port.protocol.as_deref().unwrap_or_default();
        let ip = port.host_ip.as_deref().unwrap_or_default();
        if !taken.insert((protocol, ip, number)) {
            let message = Message::new(id::CHECK_API_PORT_HOST_TAKEN).with("port", number.to_string());
            let (said, real) = (said.index(i), real.index(i));
            let (said, real) = (said.child("hostPort"), real.child("hostPort"));
            let error = errs.duplicate(&said, BadValue::Str(format!("{protocol}/{ip}/{number}")), message);
            error.at(&real).mend(Mend::delete(real.steps()));
        }
    }
}
