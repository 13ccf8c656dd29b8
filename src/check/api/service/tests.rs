use super::super::case::{brief, said, value};
use super::*;
use crate::k8s::Version;

/// A Service as it is once its defaults are set.
fn service(spec: &str) -> Service {
    let mut service: Service = value(&format!("{{metadata: {{name: a, namespace: b}}, spec: {{{spec}}}}}"));
    let spec = service.spec.as_mut().unwrap();
    spec.type_.get_or_insert_with(|| "ClusterIP".into());
    spec.session_affinity.get_or_insert_with(|| "None".into());
    let kind = spec.type_.clone().unwrap();
    if kind != "ExternalName" {
        spec.internal_traffic_policy.get_or_insert_with(|| "Cluster".into());
    }
    if matches!(kind.as_str(), "NodePort" | "LoadBalancer") {
        spec.external_traffic_policy.get_or_insert_with(|| "Cluster".into());
    }
    if kind == "LoadBalancer" {
        spec.allocate_load_balancer_node_ports.get_or_insert(true);
    }
    for port in spec.ports.iter_mut().flatten() {
        port.protocol.get_or_insert_with(|| "TCP".into());
    }
    service
}

#[track_caller]
fn check(spec: &str, expected: &[&str]) {
    let service = service(spec);
    assert_eq!(brief(Version::LATEST, |errs| validate_service(&service, errs)), expected, "{spec}");
}

/// From `TestValidateServiceCreate`.
#[test]
fn types() {
    check("ports: [{port: 80}]", &[]);
    check("clusterIP: None", &[]);
    check("", &["spec.ports: Required value"]);
    check("type: Foo, ports: [{port: 80}]", &["spec.type: Unsupported value"]);
    check("type: LoadBalancer, clusterIP: None, ports: [{port: 80}]", &["spec.clusterIPs[0]: Invalid value"]);
    check("type: NodePort, clusterIP: None, ports: [{port: 80}]", &["spec.clusterIPs[0]: Invalid value"]);
    check("type: ExternalName, externalName: a.b.", &[]);
    check("type: ExternalName, externalName: .", &["spec.externalName: Required value"]);
    check(
        "type: ExternalName, externalName: a_b, clusterIP: None, ipFamilies: [IPv4], ipFamilyPolicy: SingleStack",
        &[
            "spec.clusterIPs: Forbidden",
            "spec.ipFamilies: Forbidden",
            "spec.ipFamilyPolicy: Forbidden",
            "spec.externalName: Invalid value",
        ],
    );
}

#[test]
fn ports() {
    check(
        "ports: [{port: 0, protocol: tcp, targetPort: 80, appProtocol: 'a b'}]",
        &[
            "spec.ports[0].port: Invalid value",
            "spec.ports[0].protocol: Unsupported value",
            "spec.ports[0].appProtocol: Invalid value",
        ],
    );
    check(
        "ports: [{port: 80}, {port: 80, name: a}, {port: 81, name: a}, {port: 80, protocol: UDP, name: A}]",
        &[
            "spec.ports[0].name: Required value",
            "spec.ports[2].name: Duplicate value",
            "spec.ports[3].name: Invalid value",
            "spec.ports[1]: Duplicate value",
        ],
    );
    check(
        "ports: [{port: 80, name: a, nodePort: 30080}, {port: 81, name: b, nodePort: 30080}]",
        &[
            "spec.ports[0].nodePort: Forbidden",
            "spec.ports[1].nodePort: Forbidden",
            "spec.ports[1].nodePort: Duplicate value",
        ],
    );
    // The same port twice gets the same node port twice.
    check(
        "type: NodePort, ports: [{port: 80, name: a}, {port: 80, name: b}, {port: 80, name: c, protocol: UDP}]",
        &["spec.ports[1].nodePort: Duplicate value", "spec.ports[1]: Duplicate value"],
    );
    let twice = service("ports: [{port: 80, name: a}, {port: 80, name: b}]");
    let of = |version| said(version, |errs| validate_service(&twice, errs));
    assert_eq!(
        of(Version::V1_34),
        [
            "spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,\"TargetPort\":0,\"NodePort\":0}",
        ]
    );
    assert!(of(Version::V1_33)[0].ends_with("core.ServicePort{Name:\"\", Protocol:\"TCP\", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}, NodePort:0}"));
}

#[test]
fn affinity() {
    let ports = "ports: [{port: 80}]";
    check(&format!("sessionAffinity: client, {ports}"), &["spec.sessionAffinity: Unsupported value"]);
    for (seconds, fine) in [(0, false), (1, true), (86_400, true), (86_401, false)] {
        let spec = format!(
            "sessionAffinity: ClientIP, sessionAffinityConfig: {{clientIP: {{timeoutSeconds: {seconds}}}}}, {ports}"
        );
        let expected: &[&str] =
            if fine { &[] } else { &["spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value"] };
        check(&spec, expected);
    }
    check(&format!("sessionAffinity: ClientIP, {ports}"), &["spec.sessionAffinityConfig: Required value"]);
    check(&format!("sessionAffinityConfig: {{}}, {ports}"), &["spec.sessionAffinityConfig: Forbidden"]);
}

#[test]
fn load_balancers() {
    let ports = "ports: [{port: 80}]";
    check(
        &format!("loadBalancerSourceRanges: [' 10.0.0.0/8 ', x], {ports}"),
        &["spec.LoadBalancerSourceRanges: Forbidden", "spec.LoadBalancerSourceRanges[1]: Invalid value"],
    );
    check(&format!("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], loadBalancerClass: a/b, {ports}"), &[]);
    check(
        &format!("type: LoadBalancer, loadBalancerClass: 'a b', {ports}"),
        &["spec.loadBalancerClass: Invalid value"],
    );
    check(
        &format!("loadBalancerClass: 'a b', allocateLoadBalancerNodePorts: false, {ports}"),
        &["spec.allocateLoadBalancerNodePorts: Forbidden", "spec.loadBalancerClass: Forbidden"],
    );
    let mut service = service(ports);
    service.metadata.annotations = Some(
        [
            (SOURCE_RANGES.to_owned(), "10.0.0.0/8, x".to_owned()),
            (TOPOLOGY_HINTS.into(), "a".into()),
            (TOPOLOGY_MODE.into(), "b".into()),
        ]
        .into(),
    );
    let brief = brief(Version::LATEST, |errs| validate_service(&service, errs));
    assert_eq!(
        brief,
        [
            "metadata.annotations[service.kubernetes.io/topology-mode]: Invalid value",
            "metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Forbidden",
            "metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Invalid value",
        ]
    );
}

#[test]
fn traffic() {
    let ports = "ports: [{port: 80}]";
    check(
        &format!("externalTrafficPolicy: Local, healthCheckNodePort: 30000, {ports}"),
        &["spec.externalTrafficPolicy: Invalid value", "spec.healthCheckNodePort: Invalid value"],
    );
    check(&format!("externalTrafficPolicy: Local, externalIPs: [1.2.3.4], {ports}"), &[]);
    check(
        &format!("type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 70000, {ports}"),
        &["spec.healthCheckNodePort: Invalid value"],
    );
    check(
        &format!("type: NodePort, externalTrafficPolicy: local, internalTrafficPolicy: x, {ports}"),
        &["spec.externalTrafficPolicy: Unsupported value", "spec.internalTrafficPolicy: Unsupported value"],
    );
    let service = service(&format!("trafficDistribution: PreferSameNode, {ports}"));
    let of = |version| said(version, |errs| validate_service(&service, errs));
    assert_eq!(of(Version::V1_34), [""; 0]);
    assert_eq!(
        of(Version::V1_33),
        ["spec.trafficDistribution: Unsupported value: \"PreferSameNode\": supported values: \"PreferClose\""]
    );
}

#[test]
fn fixes_help() {
    let head = "apiVersion: v1\nkind: Service\nmetadata: {name: a, annotations: {service.kubernetes.io/topology-aware-hints: a, service.kubernetes.io/topology-mode: b}}\nspec:\n";
    for (spec, fixes) in [
        (
            "  type: ExternalName\n  externalName: A\n  clusterIP: None\n  ipFamilies: [IPv4]\n  ipFamilyPolicy: SingleStack\n",
            5,
        ),
        ("  ports:\n  - name: a\n    port: 80\n    nodePort: 1\n  - name: a\n    port: 81\n    protocol: tcp\n", 4),
        (
            "  type: Nodeport\n  ports:\n  - port: 80\n  loadBalancerClass: a\n  allocateLoadBalancerNodePorts: true\n  loadBalancerSourceRanges: [10.0.0.0/8]\n  externalTrafficPolicy: Local\n  healthCheckNodePort: 1\n",
            7,
        ),
        ("  clusterIPs: [10.96.0.10]\n  ports:\n  - port: 80\n", 1),
        ("  ipFamilyPolicy: RequireDualStack\n  ports:\n  - port: 80\n", 1),
        ("  ipFamilies: [IPv4, IPv4]\n  ports:\n  - port: 80\n", 1),
    ] {
        super::super::case::assert_fixes_help(&format!("{head}{spec}"), fixes);
    }
}

#[test]
fn addresses_are_looked_at_more_strictly_since_1_36() {
    let service = service(
        "ports: [{port: 80}], type: LoadBalancer, externalIPs: [1.2.3.04, 127.0.0.1], loadBalancerSourceRanges: [10.1.2.3/8]",
    );
    let of = |version| brief(version, |errs| validate_service(&service, errs));
    assert_eq!(of(Version::V1_35), ["spec.externalIPs[1]: Invalid value"]);
    assert_eq!(
        of(Version::V1_36),
        [
            "spec.externalIPs[0]: Invalid value",
            "spec.externalIPs[1]: Invalid value",
            "spec.LoadBalancerSourceRanges[0]: Invalid value",
        ]
    );
}
