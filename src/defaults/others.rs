//! The defaults of Deployment, Service and Job.

use k8s_openapi::api::core::v1::{ClientIPConfig, ServiceSpec, SessionAffinityConfig};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::typed::{Deployment, Job, Service};
use super::{fill, pod_spec};
use crate::k8s::Version;

const ROLLBACK: &str = "deprecated.deployment.rollback.to";

/// `SetObjectDefaults_Deployment`, and what conversion does with its old annotation.
pub(super) fn set_defaults_deployment(deployment: &mut Deployment, version: Version) {
    if let Some(annotations) = &mut deployment.metadata.annotations {
        // It goes to an internal field and back.
        let revision = annotations.get(ROLLBACK).map(|text| text.parse::<i64>());
        match revision {
            Some(Ok(revision)) => drop(annotations.insert(ROLLBACK.to_owned(), revision.to_string())),
            Some(Err(_)) if annotations.get(ROLLBACK).is_some_and(String::is_empty) => {
                annotations.remove(ROLLBACK);
            }
            _ => {}
        }
    }
    let spec = &mut deployment.spec;
    spec.replicas.get_or_insert(1);
    let strategy = spec.strategy.get_or_insert_default();
    fill::text(&mut strategy.type_, "RollingUpdate");
    if strategy.type_.as_deref() == Some("RollingUpdate") {
        let rolling = strategy.rolling_update.get_or_insert_default();
        rolling.max_unavailable.get_or_insert_with(quarter);
        rolling.max_surge.get_or_insert_with(quarter);
    }
    spec.revision_history_limit.get_or_insert(10);
    spec.progress_deadline_seconds.get_or_insert(600);
    pod_spec::set_defaults_template(&mut spec.template, version);
}

fn quarter() -> IntOrString {
    IntOrString::String("25%".to_owned())
}

/// `SetObjectDefaults_Job`; whether the Job's labels are its template's from now on, the same map in Go.
pub(super) fn set_defaults_job(job: &mut Job, version: Version) -> bool {
    let spec = job.spec.get_or_insert_default();
    if spec.completions.is_none() && spec.parallelism.is_none() {
        spec.completions = Some(1);
    }
    spec.parallelism.get_or_insert(1);
    let per_index = spec.backoff_limit_per_index.is_some();
    spec.backoff_limit.get_or_insert(if per_index { i32::MAX } else { 6 });
    let labels = spec.template.metadata.as_ref().and_then(|metadata| metadata.labels.as_ref());
    let shared = labels.filter(|_| job.metadata.labels.as_ref().is_none_or(|own| own.is_empty())).cloned();
    let is_shared = shared.is_some();
    if is_shared {
        job.metadata.labels = shared;
    }
    fill::pointer(&mut spec.completion_mode, "NonIndexed");
    spec.suspend.get_or_insert(false);
    let replacement = if spec.pod_failure_policy.is_some() { "Failed" } else { "TerminatingOrFailed" };
    fill::pointer(&mut spec.pod_replacement_policy, replacement);
    spec.manual_selector.get_or_insert(false);
    for rule in spec.pod_failure_policy.iter_mut().flat_map(|policy| &mut policy.rules) {
        for pattern in rule.on_pod_conditions.iter_mut().flatten() {
            fill::text(&mut pattern.status, "True");
        }
    }
    pod_spec::set_defaults_template(&mut spec.template, version);
    is_shared
}

/// `SetObjectDefaults_Service`.
pub(super) fn set_defaults_service(service: &mut Service) {
    let spec = service.spec.get_or_insert_default();
    set_defaults_session_affinity(spec);
    fill::text(&mut spec.type_, "ClusterIP");
    for port in spec.ports.iter_mut().flatten() {
        fill::text(&mut port.protocol, "TCP");
        let unset = match &port.target_port {
            None | Some(IntOrString::Int(0)) => true,
            Some(IntOrString::String(name)) => name.is_empty(),
            Some(IntOrString::Int(_)) => false,
        };
        if unset {
            port.target_port = Some(IntOrString::Int(port.port));
        }
    }
    let kind = spec.type_.as_deref().unwrap_or_default();
    let has_external_ips = spec.external_ips.as_ref().is_some_and(|ips| !ips.is_empty());
    if matches!(kind, "LoadBalancer" | "NodePort") || (kind == "ClusterIP" && has_external_ips) {
        fill::text(&mut spec.external_traffic_policy, "Cluster");
    }
    if matches!(kind, "LoadBalancer" | "NodePort" | "ClusterIP") {
        fill::pointer(&mut spec.internal_traffic_policy, "Cluster");
    }
    if kind == "LoadBalancer" {
        spec.allocate_load_balancer_node_ports.get_or_insert(true);
    }
}

fn set_defaults_session_affinity(spec: &mut ServiceSpec) {
    fill::text(&mut spec.session_affinity, "None");
    match spec.session_affinity.as_deref() {
        Some("None") => spec.session_affinity_config = None,
        Some("ClientIP") => {
            let client_ip = spec.session_affinity_config.as_ref().and_then(|config| config.client_ip.as_ref());
            if client_ip.and_then(|client_ip| client_ip.timeout_seconds).is_none() {
                let client_ip = Some(ClientIPConfig { timeout_seconds: Some(10_800) });
                spec.session_affinity_config = Some(SessionAffinityConfig { client_ip });
            }
        }
        _ => {}
    }
}
