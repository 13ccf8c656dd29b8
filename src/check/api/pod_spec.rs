use std::collections::HashSet;

use k8s_openapi::api::core::v1::{PodReadinessGate, PodSchedulingGate, PodSchedulingGroup, PodSpec};

use super::affinity::validate_affinity;
use super::container::{validate_containers, validate_ephemeral_containers, validate_init_containers};
use super::content::{is_dns1123_label, is_dns1123_subdomain, is_in_range, is_qualified_name};
use super::dns::{validate_dns_policy, validate_host_aliases, validate_pod_dns_config};
use super::env::validate_file_key_ref_volumes;
use super::host_namespaces::{validate_host_users, validate_share_process_namespace};
use super::object_meta::{name_is_dns_subdomain, validate_labels};
use super::port::validate_pod_host_network_deps;
use super::resource_claim::validate_pod_resource_claims;
use super::resources::{validate_overhead, validate_pod_resources};
use super::security_context::validate_pod_spec_security_context;
use super::toleration::validate_tolerations;
use super::topology_spread::validate_topology_spread_constraints;
use super::volume::validate_volumes;
use super::windows::{validate_linux, validate_windows, validate_windows_host_process_pod};
use super::{BadValue, ErrorList, Mend, Options, Path};
use crate::i18n::{Message, id};
use crate::k8s::{Gate, Version};

/// `ValidatePodSpec`. Nothing is said of image pull secrets, which hold a name only, nor of
/// `serviceAccount`, which is made equal before.
pub fn validate_pod_spec(spec: &PodSpec, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    if spec.termination_grace_period_seconds.is_none() {
        errs.missing(&path.child("terminationGracePeriodSeconds"), "");
    }

    let volumes = validate_volumes(spec, &path.child("volumes"), opts, errs);
    let claims = spec.resource_claims.as_deref().unwrap_or_default();
    validate_pod_resource_claims(claims, &path.child("resourceClaims"), opts, errs);
    validate_containers(spec, &volumes, &path.child("containers"), opts, errs);
    validate_init_containers(spec, &volumes, &path.child("initContainers"), opts, errs);
    validate_ephemeral_containers(spec, &volumes, &path.child("ephemeralContainers"), opts, errs);
    if opts.on(Gate::PodLevelResources) {
        validate_pod_resources(spec, path, opts, errs);
    }

    validate_pod_host_network_deps(spec, path, opts, errs);
    const RESTART_POLICIES: &[&str] = &["Always", "OnFailure", "Never"];
    one_of(spec.restart_policy.as_deref(), RESTART_POLICIES, &path.child("restartPolicy"), errs);
    let dns_policy = spec.dns_policy.as_deref().unwrap_or_default();
    validate_dns_policy(dns_policy, &path.child("dnsPolicy"), errs);
    validate_labels(spec.node_selector.as_ref(), &path.child("nodeSelector"), errs);
    validate_pod_spec_security_context(spec, path, opts, errs);
    if opts.version >= Version::V1_37 {
        validate_share_process_namespace(spec, path, path, errs);
    }
    if let Some(affinity) = &spec.affinity {
        validate_affinity(affinity, &path.child("affinity"), opts, errs);
    }
    validate_pod_dns_config(spec.dns_config.as_ref(), dns_policy, &path.child("dnsConfig"), errs);
    let gates = spec.readiness_gates.as_deref().unwrap_or_default();
    validate_readiness_gates(gates, &path.child("readinessGates"), errs);
    let gates = spec.scheduling_gates.as_deref().unwrap_or_default();
    validate_scheduling_gates(gates, &path.child("schedulingGates"), errs);
    let constraints = spec.topology_spread_constraints.as_deref().unwrap_or_default();
    validate_topology_spread_constraints(constraints, &path.child("topologySpreadConstraints"), opts, errs);
    validate_windows_host_process_pod(spec, path, errs);
    validate_host_users(spec, path, opts, errs);
    validate_pod_host_name(spec, path, errs);

    name(spec.service_account_name.as_deref(), &path.child("serviceAccountName"), errs);
    name(spec.node_name.as_deref(), &path.child("nodeName"), errs);
    if let Some(seconds) = spec.active_deadline_seconds {
        let faults = is_in_range(seconds, 1, i32::MAX.into());
        errs.invalid_each(&path.child("activeDeadlineSeconds"), seconds, faults);
    }
    for (key, label) in [("hostname", &spec.hostname), ("subdomain", &spec.subdomain)] {
        if let Some(label) = label.as_deref().filter(|label| !label.is_empty()) {
            errs.invalid_each(&path.child(key), label, is_dns1123_label(label));
        }
    }
    let tolerations = spec.tolerations.as_deref().unwrap_or_default();
    validate_tolerations(tolerations, &path.child("tolerations"), opts, errs);
    let aliases = spec.host_aliases.as_deref().unwrap_or_default();
    validate_host_aliases(aliases, &path.child("hostAliases"), errs);
    name(spec.priority_class_name.as_deref(), &path.child("priorityClassName"), errs);
    if let Some(class) = &spec.runtime_class_name {
        errs.invalid_each(&path.child("runtimeClassName"), class, name_is_dns_subdomain(class, false));
    }
    if let Some(policy) = &spec.preemption_policy {
        const ALL: &[&str] = &["PreemptLowerPriority", "Never"];
        one_of(Some(policy), ALL, &path.child("preemptionPolicy"), errs);
    }
    if spec.overhead.is_some() {
        validate_overhead(spec, &path.child("overhead"), opts, errs);
    }
    validate_os(spec, path, opts, errs);
    if let Some(group) = &spec.scheduling_group {
        validate_scheduling_group(group, &path.child("schedulingGroup"), errs);
    }
    validate_file_key_ref_volumes(spec, &volumes, path, errs);
}

/// `validateRestartPolicy`, `ValidatePreemptionPolicy`.
fn one_of(value: Option<&str>, all: &[&str], path: &Path<'_>, errs: &mut ErrorList) {
    match value.unwrap_or_default() {
        "" => {
            errs.missing(path, "");
        }
        value if all.contains(&value) => {}
        value => {
            errs.not_supported(path, BadValue::Named(value.to_owned()), all);
        }
    }
}

/// A name of another object, where one is given.
fn name(name: Option<&str>, path: &Path<'_>, errs: &mut ErrorList) {
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        errs.invalid_each(path, name, name_is_dns_subdomain(name, false));
    }
}

fn validate_readiness_gates(gates: &[PodReadinessGate], path: &Path<'_>, errs: &mut ErrorList) {
    for (i, gate) in gates.iter().enumerate() {
        let faults = is_qualified_name(&gate.condition_type, errs.version);
        errs.invalid_each(&path.index(i).child("conditionType"), &gate.condition_type, faults);
    }
}

fn validate_scheduling_gates(gates: &[PodSchedulingGate], path: &Path<'_>, errs: &mut ErrorList) {
    let mut seen = HashSet::new();
    for (i, gate) in gates.iter().enumerate() {
        let (from, gate_path) = (errs.len(), path.index(i));
        let faults = is_qualified_name(&gate.name, errs.version);
        errs.invalid_each(&gate_path, &gate.name, faults);
        errs.move_since(from, &gate_path, &gate_path.child("name"));
        if !seen.insert(&gate.name) {
            let message = Message::new(id::CHECK_API_POD_SPEC_GATE_TWICE).with("value", gate.name.as_str());
            errs.duplicate(&gate_path, &gate.name, message).mend(Mend::delete(gate_path.steps()));
        }
    }
}

/// `validatePodHostName`.
fn validate_pod_host_name(spec: &PodSpec, path: &Path<'_>, errs: &mut ErrorList) {
    const MOST: usize = 64;
    let Some(name) = &spec.hostname_override else { return };
    let path = path.child("hostnameOverride");
    let not_with = [("setHostnameAsFQDN", spec.set_hostname_as_fqdn), ("hostNetwork", spec.host_network)];
    for (other, _) in not_with.into_iter().filter(|&(_, set)| set == Some(true)) {
        let message = Message::new(id::CHECK_API_POD_SPEC_NOT_WITH)
            .with("key", path.called())
            .with("other", format!("{other}: true"));
        errs.forbidden(&path, &format!("may not be specified when {other} is true"), message);
    }
    if name.len() > MOST {
        let message = Message::new(id::CHECK_API_TOO_LONG).with("key", path.called()).with("most", MOST);
        errs.too_long(&path, MOST, message);
    }
    errs.invalid_each(&path, name, is_dns1123_subdomain(name));
}

/// `validateOS`, and what the system makes of the rest.
fn validate_os(spec: &PodSpec, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    let Some(os) = &spec.os else { return };
    let os_path = path.child("os");
    match os.name.as_str() {
        "linux" => validate_linux(spec, path, errs),
        "windows" => validate_windows(spec, path, opts, errs),
        "" => {
            let detail = if opts.version == Version::V1_33 { "cannot be empty" } else { "" };
            errs.missing(&os_path.child("name"), detail);
        }
        other => {
            let (from, value) = (errs.len(), BadValue::Named(other.to_owned()));
            errs.not_supported(&os_path, value, &["linux", "windows"]);
            errs.move_since(from, &os_path, &os_path.child("name"));
        }
    }
}

fn validate_scheduling_group(group: &PodSchedulingGroup, path: &Path<'_>, errs: &mut ErrorList) {
    let path = path.child("podGroupName");
    match &group.pod_group_name {
        Some(name) => errs.invalid_each(&path, name, name_is_dns_subdomain(name, false)),
        None => {
            let message = Message::new(id::CHECK_API_MISSING).with("key", path.called());
            errs.invalid(&path, BadValue::Null, "must specify one of: `podGroupName`", message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said as faults, spec_faults, value as read};
    use super::*;
    use Version::{V1_33, V1_34, V1_37};

    #[test]
    fn scalar_fields() {
        let long = format!("{{hostnameOverride: {}}}", "a".repeat(65));
        for (spec, expected) in [
            ("{activeDeadlineSeconds: 1, hostname: a, subdomain: b, nodeName: n.x, serviceAccountName: s.x}", &[][..]),
            ("{hostname: '', subdomain: '', nodeName: '', serviceAccountName: '', priorityClassName: ''}", &[]),
            (
                "{restartPolicy: always}",
                &[
                    r#"spec.restartPolicy: Unsupported value: "always": supported values: "Always", "OnFailure", "Never""#,
                ],
            ),
            ("{restartPolicy: ''}", &["spec.restartPolicy: Required value"]),
            ("{dnsPolicy: ''}", &["spec.dnsPolicy: Required value"]),
            (
                "{preemptionPolicy: x}",
                &[
                    r#"spec.preemptionPolicy: Unsupported value: "x": supported values: "PreemptLowerPriority", "Never""#,
                ],
            ),
            ("{preemptionPolicy: ''}", &["spec.preemptionPolicy: Required value"]),
            ("{terminationGracePeriodSeconds: null}", &["spec.terminationGracePeriodSeconds: Required value"]),
            (
                "{activeDeadlineSeconds: 0}",
                &["spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive"],
            ),
            (
                "{activeDeadlineSeconds: 2147483648}",
                &["spec.activeDeadlineSeconds: Invalid value: 2147483648: must be between 1 and 2147483647, inclusive"],
            ),
            ("{hostname: a.b}", &[r#"spec.hostname: Invalid value: "a.b": must not contain dots"#]),
            ("{subdomain: a.b}", &[r#"spec.subdomain: Invalid value: "a.b": must not contain dots"#]),
            (
                "{hostnameOverride: a, setHostnameAsFQDN: true, hostNetwork: true}",
                &[
                    "spec.hostnameOverride: Forbidden: may not be specified when setHostnameAsFQDN is true",
                    "spec.hostnameOverride: Forbidden: may not be specified when hostNetwork is true",
                ],
            ),
            (&long, &["spec.hostnameOverride: Too long: may not be more than 64 bytes"]),
            ("{os: {name: linux}}", &[]),
            ("{os: {name: ''}}", &["spec.os.name: Required value"]),
            ("{os: {name: Linux}}", &[r#"spec.os: Unsupported value: "Linux": supported values: "linux", "windows""#]),
            (
                "{schedulingGates: [{name: a/b}, {name: c}, {name: a/b}]}",
                &[r#"spec.schedulingGates[2]: Duplicate value: "a/b""#],
            ),
            (
                "{schedulingGroup: {}}",
                &["spec.schedulingGroup.podGroupName: Invalid value: null: must specify one of: `podGroupName`"],
            ),
        ] {
            assert_eq!(spec_faults(spec, V1_37), expected, "{spec}");
        }
        assert_eq!(spec_faults("{os: {name: ''}}", V1_33), ["spec.os.name: Required value: cannot be empty"]);
        assert_eq!(spec_faults("{os: {name: ''}}", V1_34), ["spec.os.name: Required value"]);
    }

    #[test]
    fn names_of_other_objects() {
        for key in [
            "serviceAccountName: A",
            "nodeName: A",
            "priorityClassName: A",
            "runtimeClassName: A",
            "runtimeClassName: ''",
            "hostnameOverride: A",
            "schedulingGroup: {podGroupName: A}",
            "readinessGates: [{conditionType: a b}]",
            "schedulingGates: [{name: a b}]",
        ] {
            let said = spec_faults(&format!("{{{key}}}"), V1_37);
            assert!(matches!(&said[..], [one] if one.contains("Invalid value")), "{key}: {said:?}");
        }
    }

    #[test]
    fn places_and_mends_are_the_names() {
        let mut errs = ErrorList::new(V1_37);
        let gates: Vec<PodSchedulingGate> = read("[{name: a b}]");
        validate_scheduling_gates(&gates, &Path::new("gates"), &mut errs);
        assert_eq!(errs.since(0)[0].steps(), Path::new("gates").index(0).child("name").steps());
        let spec: PodSpec = read("{containers: [], os: {name: Linux}}");
        let opts = Options { version: V1_37, pod: None };
        validate_os(&spec, &Path::new("spec"), opts, &mut errs);
        let name = Path::new("spec");
        let name = name.child("os");
        let name = name.child("name").steps();
        assert_eq!(
            (errs.since(1)[0].steps(), &errs.since(1)[0].mends[..]),
            (name.clone(), &[Mend::set(name, "linux")][..])
        );
        assert_eq!(faults(V1_37, |errs| validate_readiness_gates(&[], &Path::ROOT, errs)), [""; 0]);
    }
}
