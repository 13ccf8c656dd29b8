//! What the allocator does with node ports in a dry run (`pkg/registry/core/service/{storage,portallocator}`).

use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1::ServiceSpec;

use super::service::service_type;
use super::{ErrorList, Mend, Path, Warning};
use crate::i18n::{Message, id};

/// The first number that a dry run gives away: a guess, as upstream says itself.
const FIRST: i64 = 32_769;

/// `PortAllocationOperation` in a dry run: it knows only its own ports, and no range.
#[derive(Default)]
struct Operation {
    allocated: HashSet<i64>,
    most: i64,
}

impl Operation {
    fn allocate(&mut self, port: i64) -> bool {
        self.most = self.most.max(port);
        self.allocated.insert(port)
    }

    fn allocate_next(&mut self) -> i64 {
        let next = if self.allocated.is_empty() { FIRST } else { self.most.saturating_add(1) };
        self.allocate(next);
        next
    }
}

/// A port whose number is given away already.
struct Taken {
    /// Which of the ports the server names.
    index: usize,
    number: i64,
}

/// `NeedsHealthCheck`.
pub fn needs_health_check(spec: &ServiceSpec) -> bool {
    service_type(spec) == "LoadBalancer" && spec.external_traffic_policy.as_deref() == Some("Local")
}

/// The ports' node ports (0 for none) once the allocator has been there; `Err` when it stopped.
pub fn node_ports(spec: &ServiceSpec) -> Result<Vec<i64>, ()> {
    init_node_ports(spec, &mut Operation::default()).map_err(|_| ())
}

/// The health check's node port once the allocator has been there; 0 where it gives none.
pub fn health_check_node_port(spec: &ServiceSpec) -> i32 {
    match spec.health_check_node_port.unwrap_or_default() {
        0 if needs_health_check(spec) => {
            let mut operation = Operation::default();
            // Where the allocator stops, nothing is validated.
            let _ = init_node_ports(spec, &mut operation);
            operation.allocate_next() as i32
        }
        port => port,
    }
}

/// `initNodePorts`.
fn init_node_ports(spec: &ServiceSpec, operation: &mut Operation) -> Result<Vec<i64>, Taken> {
    let ports = spec.ports.as_deref().unwrap_or_default();
    let mut numbers: Vec<i64> = ports.iter().map(|port| port.node_port.unwrap_or_default().into()).collect();
    let fill = match service_type(spec) {
        "NodePort" => true,
        "LoadBalancer" => spec.allocate_load_balancer_node_ports.unwrap_or(true),
        _ => return Ok(numbers),
    };
    let mut requested: HashMap<i32, i64> = HashMap::new();
    for (port, number) in ports.iter().zip(&numbers).filter(|(_, number)| **number != 0) {
        requested.entry(port.port).or_insert(*number);
    }
    let mut given: HashMap<i32, i64> = HashMap::new();
    for (index, (port, number)) in ports.iter().zip(&mut numbers).enumerate() {
        if *number == 0 && !fill {
            continue;
        }
        match (given.get(&port.port), requested.get(&port.port)) {
            (Some(given), _) if *number == 0 => *number = *given,
            (Some(given), _) if *number == *given => {}
            (Some(_), _) => {
                if !operation.allocate(*number) {
                    return Err(Taken { index, number: *number });
                }
            }
            (None, Some(wanted)) => {
                if !operation.allocate(*wanted) {
                    return Err(Taken { index, number: *wanted });
                }
                *number = *wanted;
                given.insert(port.port, *wanted);
            }
            (None, None) => {
                *number = operation.allocate_next();
                given.insert(port.port, *number);
            }
        }
    }
    Ok(numbers)
}

/// `txnAllocNodePorts`.
pub fn alloc_node_ports(spec: &ServiceSpec, errs: &mut ErrorList) {
    const TAKEN: &str = "provided port is already allocated";
    let mut operation = Operation::default();
    let path = Path::new("spec");
    let say = |port: i64| Message::new(id::CHECK_API_SERVICE_NODE_PORT_TWICE).with("port", port.to_string());
    if let Err(Taken { index, number }) = init_node_ports(spec, &mut operation) {
        errs.invalid(&path.child("ports").index(index).child("nodePort"), number, TAKEN, say(number));
        return;
    }
    let port = i64::from(spec.health_check_node_port.unwrap_or_default());
    if needs_health_check(spec) && port != 0 && !operation.allocate(port) {
        // Of this the server says that it is its own fault (500).
        let detail = format!("failed to allocate requested HealthCheck NodePort {port}: {TAKEN}");
        errs.invalid(&path.child("healthCheckNodePort"), port, &detail, say(port));
    }
}

/// Node ports that a dry run takes and a creation refuses: outside the range of `--service-node-port-range`, as it is
/// when nobody sets it. A dry run knows no range.
pub fn out_of_range(spec: &ServiceSpec) -> Vec<Warning> {
    const RANGE: std::ops::RangeInclusive<i32> = 30_000..=32_767;
    const DETAIL: &str = "provided port is not in the valid range. The range of valid ports is 30000-32767";
    let path = Path::new("spec");
    let mut warnings = Vec::new();
    let mut look = |path: &Path<'_>, port: Option<i32>| {
        let Some(port) = port.filter(|port| *port > 0 && !RANGE.contains(port)) else { return };
        let text = format!("{}: Invalid value: {port}: {DETAIL}", path.field());
        let message = Message::new(id::CHECK_API_SERVICE_NODE_PORT_RANGE).with("port", port.to_string());
        warnings.push(Warning::new(path, text, message).mend(Mend::delete(path.steps())));
    };
    if matches!(service_type(spec), "NodePort" | "LoadBalancer") {
        let list = path.child("ports");
        for (index, port) in spec.ports.iter().flatten().enumerate() {
            look(&list.index(index).child("nodePort"), port.node_port);
        }
        if needs_health_check(spec) {
            look(&path.child("healthCheckNodePort"), spec.health_check_node_port);
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::super::case::{said, value};
    use super::*;
    use crate::k8s::Version;

    #[test]
    fn numbers_are_given_as_in_a_dry_run() {
        for (yaml, expected) in [
            ("{type: ClusterIP, ports: [{port: 1, nodePort: 5}, {port: 1}]}", Ok(vec![5, 0])),
            ("{type: NodePort, ports: [{port: 1}, {port: 2}, {port: 1}]}", Ok(vec![32769, 32770, 32769])),
            ("{type: NodePort, ports: [{port: 1}, {port: 1, nodePort: 30001}]}", Ok(vec![30001, 30001])),
            ("{type: NodePort, ports: [{port: 1, nodePort: 30001}, {port: 2}]}", Ok(vec![30001, 30002])),
            (
                "{type: NodePort, ports: [{port: 1, nodePort: 30001}, {port: 1, nodePort: 30002}]}",
                Ok(vec![30001, 30002]),
            ),
            ("{type: NodePort, ports: [{port: 1, nodePort: 9}, {port: 2, nodePort: 9}]}", Err(())),
            // The number that the second port was given.
            ("{type: NodePort, ports: [{port: 1, nodePort: 8}, {port: 2}, {port: 3, nodePort: 9}]}", Err(())),
            (
                "{type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{port: 1}, {port: 2, nodePort: 7}]}",
                Ok(vec![0, 7]),
            ),
        ] {
            assert_eq!(node_ports(&value(yaml)), expected, "{yaml}");
        }
    }

    #[test]
    fn the_health_checks_number_comes_after_the_ports() {
        const LOCAL: &str = "type: LoadBalancer, externalTrafficPolicy: Local";
        for (more, expected) in [
            ("ports: [{port: 1, nodePort: 65536}]", 65_537),
            ("ports: [{port: 1}, {port: 2}]", 32_771),
            ("allocateLoadBalancerNodePorts: false, ports: [{port: 1}]", 32_769),
            ("healthCheckNodePort: 7, ports: [{port: 1}]", 7),
        ] {
            assert_eq!(health_check_node_port(&value(&format!("{{{LOCAL}, {more}}}"))), expected, "{more}");
        }
        assert_eq!(health_check_node_port(&value("{type: NodePort, ports: [{port: 1}]}")), 0);
    }

    #[test]
    fn a_number_that_only_a_dry_run_takes_is_pointed_out() {
        let first = "spec.ports[0].nodePort: Invalid value: ";
        let range = ": provided port is not in the valid range. The range of valid ports is 30000-32767";
        let health = "spec.healthCheckNodePort: Invalid value: 70";
        let local = "type: LoadBalancer, externalTrafficPolicy: Local";
        for (yaml, expected) in [
            ("type: NodePort, ports: [{port: 80, nodePort: 80}]".to_owned(), vec![[first, "80", range].concat()]),
            ("type: NodePort, ports: [{port: 80, nodePort: 29999}]".to_owned(), vec![[first, "29999", range].concat()]),
            ("type: NodePort, ports: [{port: 80, nodePort: 32768}]".to_owned(), vec![[first, "32768", range].concat()]),
            ("type: NodePort, ports: [{port: 80, nodePort: 30000}, {port: 81, nodePort: 32767}]".to_owned(), vec![]),
            ("type: NodePort, ports: [{port: 80}, {port: 81, nodePort: 0}]".to_owned(), vec![]),
            // Another rule speaks of it.
            ("ports: [{port: 80, nodePort: 80}]".to_owned(), vec![]),
            (format!("{local}, healthCheckNodePort: 70, ports: [{{port: 80}}]"), vec![[health, range].concat()]),
        ] {
            let found = out_of_range(&value(&format!("{{{yaml}}}")));
            assert_eq!(found.into_iter().map(|warning| warning.text).collect::<Vec<_>>(), expected, "{yaml}");
        }
    }

    #[test]
    fn a_number_twice_is_refused_by_the_allocator() {
        for (yaml, expected) in [
            (
                "{type: NodePort, ports: [{port: 1, nodePort: 30001}, {port: 2, nodePort: 30001}]}",
                "spec.ports[1].nodePort: Invalid value: 30001: provided port is already allocated",
            ),
            (
                "{type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30001, ports: [{port: 1, nodePort: 30001}]}",
                "spec.healthCheckNodePort: Invalid value: 30001: failed to allocate requested HealthCheck NodePort 30001: provided port is already allocated",
            ),
        ] {
            let spec: ServiceSpec = value(yaml);
            assert_eq!(said(Version::LATEST, |errs| alloc_node_ports(&spec, errs)), [expected]);
        }
    }
}
