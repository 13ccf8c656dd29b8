use std::collections::HashSet;

use k8s_openapi::api::core::v1::{ServicePort, ServiceSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::bad_value::quoted;
use super::content::{self, Fault, is_dns1123_label, is_dns1123_subdomain, is_qualified_name, is_valid_port_num};
use super::object_meta::{name_is_dns_label, name_is_dns1035_label, validate_labels, validate_object_meta};
use super::port::validate_port_num_or_name;
use super::service_ip::{cluster_ips, is_headless, validate_service_cluster_ips_related_fields};
use super::service_node_port::node_ports;
use super::service_traffic::validate_traffic;
use super::{BadValue, ErrorList, Mend, Path};
use crate::defaults::Service;
use crate::i18n::{Message, id};
use crate::k8s::Gate;

/// `core.DeprecatedAnnotationTopologyAwareHints`.
pub const TOPOLOGY_HINTS: &str = "service.kubernetes.io/topology-aware-hints";
/// `core.AnnotationTopologyMode`.
pub const TOPOLOGY_MODE: &str = "service.kubernetes.io/topology-mode";
const SOURCE_RANGES: &str = "service.beta.kubernetes.io/load-balancer-source-ranges";
/// `core.MaxClientIPServiceAffinitySeconds`.
const MOST_AFFINITY_SECONDS: i32 = 86_400;

/// The type, which is set by default.
pub fn service_type(spec: &ServiceSpec) -> &str {
    spec.type_.as_deref().unwrap_or_default()
}

/// `ValidateServiceCreate`.
pub fn validate_service_create(service: &Service, errs: &mut ErrorList) {
    let relaxed = Gate::RelaxedServiceNameValidation.on(errs.version);
    let rule = if relaxed { name_is_dns_label } else { name_is_dns1035_label };
    validate_object_meta(&service.metadata, rule, &Path::new("metadata"), errs);
    validate_service(service, errs);
}

/// `validateService`.
fn validate_service(service: &Service, errs: &mut ErrorList) {
    validate_topology_annotations(service, errs);
    let default = ServiceSpec::default();
    let spec = service.spec.as_ref().unwrap_or(&default);
    let path = Path::new("spec");
    let kind = service_type(spec);
    let headless = is_headless(spec);
    let ports = spec.ports.as_deref().unwrap_or_default();
    let ports_path = path.child("ports");

    if ports.is_empty() && !headless && kind != "ExternalName" {
        errs.required(&ports_path, "", id::CHECK_API_SERVICE_PORTS_NEEDED);
    }
    match kind {
        "LoadBalancer" | "NodePort" if headless => {
            let message = Message::new(id::CHECK_API_SERVICE_NONE_WITH_TYPE).with("type", kind);
            let detail = format!("may not be set to 'None' for {kind} services");
            errs.invalid(&path.child("clusterIPs").index(0), "None", &detail, message).at(&path.child("clusterIP"));
        }
        "ExternalName" => validate_external_name(spec, &path, errs),
        _ => {}
    }
    let mut names = HashSet::new();
    for (i, port) in ports.iter().enumerate() {
        validate_service_port(port, i, ports, &mut names, &ports_path.index(i), errs);
    }
    validate_labels(spec.selector.as_ref(), &path.child("selector"), errs);
    validate_session_affinity(spec, &path, errs);
    validate_service_cluster_ips_related_fields(service, errs);
    for (i, ip) in spec.external_ips.iter().flatten().enumerate() {
        let path = path.child("externalIPs");
        let mut faults = content::is_valid_ip_for_legacy_field(ip, errs.version);
        if faults.is_empty() {
            faults = content::validate_endpoint_ip(ip);
        }
        errs.invalid_each(&path.index(i), ip, faults);
    }
    const TYPES: &[&str] = &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    if kind.is_empty() {
        errs.missing(&path.child("type"), "");
    } else if !TYPES.contains(&kind) {
        errs.not_supported(&path.child("type"), BadValue::Named(kind.to_owned()), TYPES);
    }
    validate_node_ports(spec, ports, &ports_path, errs);
    validate_repeated_ports(ports, &ports_path, errs);
    validate_source_ranges(service, spec, &path, errs);
    validate_load_balancer(spec, &path, errs);
    validate_traffic(spec, &path, errs);
}

fn validate_topology_annotations(service: &Service, errs: &mut ErrorList) {
    let Some(annotations) = &service.metadata.annotations else { return };
    let (Some(hints), Some(mode)) = (annotations.get(TOPOLOGY_HINTS), annotations.get(TOPOLOGY_MODE)) else { return };
    if hints != mode {
        let path = Path::new("metadata");
        let path = path.child("annotations");
        let message =
            Message::new(id::CHECK_API_SERVICE_TOPOLOGY).with("one", TOPOLOGY_MODE).with("other", TOPOLOGY_HINTS);
        let detail = format!("must match annotations[{TOPOLOGY_HINTS}] when both are specified");
        errs.invalid(&path.key(TOPOLOGY_MODE), mode, &detail, message)
            .mend(Mend::delete(path.key(TOPOLOGY_HINTS).steps()));
    }
}

/// The part of `validateService` about a Service that is only a name.
fn validate_external_name(spec: &ServiceSpec, path: &Path<'_>, errs: &mut ErrorList) {
    const DETAIL: &str = "may not be set for ExternalName services";
    let say = |key: &str| Message::new(id::CHECK_API_SERVICE_EXTERNAL_NAME_ONLY).with("key", key);
    if let ips @ [_, ..] = cluster_ips(spec) {
        let singular = ips.len() == 1 && spec.cluster_ip.as_deref() == ips.first().map(String::as_str);
        let place = path.child(if singular { "clusterIP" } else { "clusterIPs" });
        errs.forbidden(&path.child("clusterIPs"), DETAIL, say(place.name()))
            .at(&place)
            .mend(Mend::delete(place.steps()));
    }
    if spec.ip_families.as_ref().is_some_and(|families| !families.is_empty()) {
        let path = path.child("ipFamilies");
        errs.forbidden(&path, DETAIL, say("ipFamilies")).mend(Mend::delete(path.steps()));
    }
    if spec.ip_family_policy.is_some() {
        let path = path.child("ipFamilyPolicy");
        errs.forbidden(&path, DETAIL, say("ipFamilyPolicy")).mend(Mend::delete(path.steps()));
    }
    let name = spec.external_name.as_deref().unwrap_or_default();
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() {
        errs.missing(&path.child("externalName"), "");
    } else {
        errs.invalid_each(&path.child("externalName"), name, is_dns1123_subdomain(name));
    }
}

/// `validateServicePort`.
fn validate_service_port<'a>(
    port: &'a ServicePort,
    index: usize,
    ports: &[ServicePort],
    names: &mut HashSet<&'a str>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let name = port.name.as_deref().unwrap_or_default();
    let name_path = path.child("name");
    if !name.is_empty() {
        errs.invalid_each(&name_path, name, is_dns1123_label(name));
        if !names.insert(name) {
            let message = Message::new(id::CHECK_API_SERVICE_NAME_TWICE).with("name", BadValue::from(name).plain());
            let free = free_name(name, index, ports, errs);
            let error = errs.duplicate(&name_path, name, message);
            error.mends.extend(free.map(|free| Mend::set(name_path.steps(), free)));
        }
    } else if ports.len() > 1 {
        errs.required(&name_path, "", id::CHECK_API_SERVICE_NAME_NEEDED);
    }
    invalid_number(&path.child("port"), port.port, errs);
    const PROTOCOLS: &[&str] = &["SCTP", "TCP", "UDP"];
    let protocol = port.protocol.as_deref().unwrap_or_default();
    if protocol.is_empty() {
        errs.missing(&path.child("protocol"), "");
    } else if !PROTOCOLS.contains(&protocol) {
        errs.not_supported(&path.child("protocol"), BadValue::Named(protocol.to_owned()), PROTOCOLS);
    }
    let same = IntOrString::Int(port.port);
    validate_port_num_or_name(port.target_port.as_ref().unwrap_or(&same), &path.child("targetPort"), errs);
    if let Some(protocol) = &port.app_protocol {
        errs.invalid_each(&path.child("appProtocol"), protocol, is_qualified_name(protocol, errs.version));
    }
}

/// Another name for a port whose name is taken, if the first guess is free. Only the first faults are mended,
/// so only for them the ports are gone through again.
fn free_name(name: &str, index: usize, ports: &[ServicePort], errs: &ErrorList) -> Option<String> {
    if !errs.offers_fixes() {
        return None;
    }
    let free = format!("{name}-{}", index + 1);
    let taken = ports.iter().any(|port| port.name.as_deref() == Some(free.as_str()));
    (!taken && is_dns1123_label(&free).is_empty()).then_some(free)
}

/// The part of `validateService` about `sessionAffinity`, with `validateClientIPAffinityConfig`.
fn validate_session_affinity(spec: &ServiceSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let affinity_path = path.child("sessionAffinity");
    let config_path = path.child("sessionAffinityConfig");
    let client_path = config_path.child("clientIP");
    let seconds_path = client_path.child("timeoutSeconds");
    let config = spec.session_affinity_config.as_ref();
    match spec.session_affinity.as_deref().unwrap_or_default() {
        "" => {
            errs.missing(&affinity_path, "");
        }
        "ClientIP" => {
            let client = config.and_then(|config| config.client_ip.as_ref());
            let detail = "when session affinity type is ClientIP";
            match (config, client, client.and_then(|client| client.timeout_seconds)) {
                (None, ..) => {
                    errs.missing(&config_path, detail);
                }
                (_, None, _) => {
                    errs.missing(&client_path, detail);
                }
                (.., None) => {
                    errs.missing(&seconds_path, detail);
                }
                (.., Some(seconds)) if !(1..=MOST_AFFINITY_SECONDS).contains(&seconds) => {
                    let message = Message::new(id::CHECK_API_BETWEEN)
                        .with("key", "timeoutSeconds")
                        .with("from", "1")
                        .with("to", MOST_AFFINITY_SECONDS.to_string());
                    let detail = format!("must be greater than 0 and less than {MOST_AFFINITY_SECONDS}");
                    errs.invalid(&seconds_path, seconds, &detail, message);
                }
                _ => {}
            }
        }
        "None" => {
            if config.is_some() {
                let detail = "must not be set when session affinity is None";
                errs.forbidden(&config_path, detail, id::CHECK_API_SERVICE_NO_AFFINITY)
                    .mend(Mend::delete(config_path.steps()));
            }
        }
        other => {
            errs.not_supported(&affinity_path, BadValue::Named(other.to_owned()), &["ClientIP", "None"]);
        }
    }
}

/// The part of `validateService` about node ports, as the allocator has given them.
fn validate_node_ports(spec: &ServiceSpec, ports: &[ServicePort], path: &Path<'_>, errs: &mut ErrorList) {
    if service_type(spec) == "ClusterIP" {
        for (i, _) in ports.iter().enumerate().filter(|(_, port)| port.node_port.unwrap_or_default() != 0) {
            let path = path.index(i);
            let path = path.child("nodePort");
            let detail = "may not be used when `type` is 'ClusterIP'";
            errs.forbidden(&path, detail, id::CHECK_API_SERVICE_NODE_PORT_TYPE).mend(Mend::delete(path.steps()));
        }
    }
    let Ok(numbers) = node_ports(spec) else { return };
    let mut seen = HashSet::new();
    for (i, (port, number)) in ports.iter().zip(numbers).enumerate() {
        if number != 0 && !seen.insert((port.protocol.as_deref().unwrap_or_default(), number)) {
            let message = Message::new(id::CHECK_API_SERVICE_NODE_PORT_TWICE).with("port", number.to_string());
            errs.duplicate(&path.index(i).child("nodePort"), number, message);
        }
    }
}

fn validate_repeated_ports(ports: &[ServicePort], path: &Path<'_>, errs: &mut ErrorList) {
    let mut seen = HashSet::new();
    for (i, port) in ports.iter().enumerate() {
        let protocol = port.protocol.as_deref().unwrap_or_default();
        if seen.insert((protocol, port.port)) {
            continue;
        }
        // `core.ServicePort` with these two fields only.
        let value = BadValue::Struct {
            json: serde_json::json!({
                "Name": "", "Protocol": protocol, "AppProtocol": null, "Port": port.port, "TargetPort": 0, "NodePort": 0,
            }),
            go: format!(
                "core.ServicePort{{Name:\"\", Protocol:{}, AppProtocol:(*string)(nil), Port:{}, TargetPort:intstr.IntOrString{{Type:0, IntVal:0, StrVal:\"\"}}, NodePort:0}}",
                quoted(protocol),
                port.port
            ),
        };
        let message = Message::new(id::CHECK_API_SERVICE_PORT_TWICE)
            .with("port", port.port.to_string())
            .with("protocol", BadValue::from(protocol).plain());
        errs.duplicate(&path.index(i), value, message);
    }
}

/// The part of `validateService` about who may reach the load balancer.
fn validate_source_ranges(service: &Service, spec: &ServiceSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let balanced = service_type(spec) == "LoadBalancer";
    if let Some(ranges) = spec.load_balancer_source_ranges.as_ref().filter(|ranges| !ranges.is_empty()) {
        // The server writes the field's name with a capital.
        let path_said = path.child("LoadBalancerSourceRanges");
        let place = path.child("loadBalancerSourceRanges");
        if !balanced {
            load_balancer_only(&path_said, &place, errs);
        }
        for (i, range) in ranges.iter().enumerate() {
            let range = range.trim();
            let faults = content::is_valid_cidr_for_legacy_field(range, errs.version);
            invalid_each_at(&path_said.index(i), &place.index(i), range, faults, errs);
        }
        return;
    }
    let Some(ranges) = service.metadata.annotations.as_ref().and_then(|a| a.get(SOURCE_RANGES)) else { return };
    let path = Path::new("metadata");
    let path = path.child("annotations");
    let path = path.key(SOURCE_RANGES);
    if !balanced {
        load_balancer_only(&path, &path, errs);
    }
    for range in ranges.trim().split(',').filter(|_| !ranges.trim().is_empty()) {
        let range = range.trim();
        for mut fault in content::is_valid_cidr_for_legacy_field(range, errs.version) {
            // One range of several: the annotation cannot be set to it.
            fault.meant = None;
            errs.invalid_each(&path, range, vec![fault]);
        }
    }
}

/// A port's number (`IsValidPortNum`).
pub fn invalid_number(path: &Path<'_>, port: i32, errs: &mut ErrorList) {
    for fault in is_valid_port_num(port.into()) {
        errs.invalid(path, port, &fault.detail, fault.message.with("key", path.called()));
    }
}

fn invalid_each_at(path: &Path<'_>, place: &Path<'_>, value: &str, faults: Vec<Fault>, errs: &mut ErrorList) {
    for fault in faults {
        let message = fault.message.with("key", place.called()).with("value", BadValue::from(value).plain());
        let error = errs.invalid(path, value, &fault.detail, message).at(place);
        error.mends.extend(fault.meant.map(|meant| Mend::set(place.steps(), meant)));
    }
}

fn load_balancer_only(path: &Path<'_>, place: &Path<'_>, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_SERVICE_LOAD_BALANCER_ONLY).with("key", place.name());
    errs.forbidden(path, "may only be used when `type` is 'LoadBalancer'", message)
        .at(place)
        .mend(Mend::delete(place.steps()));
}

/// The rest about load balancers, with `validateLoadBalancerClassField`.
fn validate_load_balancer(spec: &ServiceSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let balanced = service_type(spec) == "LoadBalancer";
    let ports_path = path.child("allocateLoadBalancerNodePorts");
    if spec.allocate_load_balancer_node_ports.is_some() && !balanced {
        load_balancer_only(&ports_path, &ports_path, errs);
    }
    if spec.allocate_load_balancer_node_ports.is_none() && balanced {
        errs.missing(&Path::new("allocateLoadBalancerNodePorts"), "").at(&ports_path);
    }
    if let Some(class) = &spec.load_balancer_class {
        let path = path.child("loadBalancerClass");
        if balanced {
            errs.invalid_each(&path, class, is_qualified_name(class, errs.version));
        } else {
            load_balancer_only(&path, &path, errs);
        }
    }
}

#[cfg(test)]
mod tests;
