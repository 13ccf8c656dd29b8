use k8s_openapi::api::core::v1::ServiceSpec;

use super::service::{invalid_number, service_type};
use super::service_node_port::{health_check_node_port, needs_health_check};
use super::{BadValue, ErrorList, Mend, Path};
use crate::i18n::id;
use crate::k8s::Gate;

const POLICIES: &[&str] = &["Cluster", "Local"];

/// What `validateService` says at its end of where the traffic goes.
pub fn validate_traffic(spec: &ServiceSpec, path: &Path<'_>, errs: &mut ErrorList) {
    validate_service_external_traffic_policy(spec, path, errs);
    validate_service_internal_traffic_fields_value(spec, path, errs);
    validate_service_traffic_distribution(spec, path, errs);
}

/// `ExternallyAccessible`.
fn is_externally_accessible(spec: &ServiceSpec) -> bool {
    match service_type(spec) {
        "LoadBalancer" | "NodePort" => true,
        "ClusterIP" => spec.external_ips.as_ref().is_some_and(|ips| !ips.is_empty()),
        _ => false,
    }
}

/// `validateServiceExternalTrafficPolicy`.
fn validate_service_external_traffic_policy(spec: &ServiceSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let policy = spec.external_traffic_policy.as_deref().unwrap_or_default();
    let policy_path = path.child("externalTrafficPolicy");
    if !is_externally_accessible(spec) {
        if !policy.is_empty() {
            let detail = "may only be set for externally-accessible services";
            let message = id::CHECK_API_SERVICE_EXTERNAL_POLICY;
            errs.invalid(&policy_path, BadValue::Named(policy.to_owned()), detail, message)
                .mend(Mend::delete(policy_path.steps()));
        }
    } else if policy.is_empty() {
        errs.missing(&policy_path, "");
    } else if !POLICIES.contains(&policy) {
        errs.not_supported(&policy_path, BadValue::Named(policy.to_owned()), POLICIES);
    }

    let port = health_check_node_port(spec);
    if port == 0 {
        return;
    }
    let port_path = path.child("healthCheckNodePort");
    if needs_health_check(spec) {
        invalid_number(&port_path, port, errs);
    } else {
        let detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
        errs.invalid(&port_path, port, detail, id::CHECK_API_SERVICE_HEALTH_PORT).mend(Mend::delete(port_path.steps()));
    }
}

/// `validateServiceInternalTrafficFieldsValue`.
fn validate_service_internal_traffic_fields_value(spec: &ServiceSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let path = path.child("internalTrafficPolicy");
    match spec.internal_traffic_policy.as_deref() {
        None => {
            if matches!(service_type(spec), "NodePort" | "LoadBalancer" | "ClusterIP") {
                errs.missing(&path, "");
            }
        }
        Some(policy) if !POLICIES.contains(&policy) => {
            errs.not_supported(&path, BadValue::Named(policy.to_owned()), POLICIES);
        }
        Some(_) => {}
    }
}

/// `validateServiceTrafficDistribution`.
fn validate_service_traffic_distribution(spec: &ServiceSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let Some(distribution) = spec.traffic_distribution.as_deref() else { return };
    let supported: &[&str] = if Gate::PreferSameTrafficDistribution.on(errs.version) {
        &["PreferClose", "PreferSameZone", "PreferSameNode"]
    } else {
        &["PreferClose"]
    };
    if !supported.contains(&distribution) {
        errs.not_supported(&path.child("trafficDistribution"), distribution, supported);
    }
}
