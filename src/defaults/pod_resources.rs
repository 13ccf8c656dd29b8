//! Resources of a pod as a whole: what its containers sum up to, and what is filled in from that.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::{Container, PodSpec, ResourceRequirements};
use k8s_openapi::apimachinery::pkg::api::resource;

use super::aggregate::{aggregate_container_limits, aggregate_container_requests};
use super::fill::Resources;
use crate::k8s::Quantity;

/// `IsSupportedPodLevelResource`: whether a pod as a whole can have the resource.
pub fn is_supported_pod_level_resource(name: &str) -> bool {
    matches!(name, "cpu" | "memory") || is_huge_page(name)
}

fn is_huge_page(name: &str) -> bool {
    name.starts_with("hugepages-")
}

/// `IsOvercommitAllowed`.
fn is_overcommit_allowed(name: &str) -> bool {
    (!name.contains('/') || name.contains("kubernetes.io/")) && !is_huge_page(name)
}

fn written(amount: Quantity) -> resource::Quantity {
    resource::Quantity(amount.canonical())
}

fn is_empty(list: &Option<Resources>) -> bool {
    list.as_ref().is_none_or(BTreeMap::is_empty)
}

/// The defaults of 1.34 to 1.36, set while decoding (`defaultHugePagePodLimits`, `defaultPodRequests`).
pub(super) fn set_defaults_before_fix(spec: &mut PodSpec) {
    let Some(mut resources) = spec.resources.take() else { return };
    default_huge_page_limits(&mut resources, spec);
    if !is_empty(&resources.limits) {
        default_requests(&mut resources, spec);
    }
    spec.resources = Some(resources);
}

/// The defaults since 1.37, set when fields have been dropped (`DefaultPodLevelResources`).
pub(super) fn default_pod_level_resources(spec: &mut PodSpec) {
    let Some(mut resources) = spec.resources.take() else { return };
    if !is_empty(&resources.limits) || !is_empty(&resources.requests) {
        default_huge_page_limits(&mut resources, spec);
        default_requests(&mut resources, spec);
        default_limits(&mut resources, spec);
    }
    spec.resources = Some(resources);
}

fn default_huge_page_limits(resources: &mut ResourceRequirements, spec: &PodSpec) {
    if is_empty(&resources.limits) && is_empty(&resources.requests) {
        return;
    }
    let requested = |name: &str| resources.requests.as_ref().is_some_and(|list| list.contains_key(name));
    for (name, limit) in aggregate_container_limits(spec) {
        if is_huge_page(name) && !requested(name) {
            resources.limits.get_or_insert_default().entry(name.to_owned()).or_insert_with(|| written(limit.amount));
        }
    }
}

fn default_requests(resources: &mut ResourceRequirements, spec: &PodSpec) {
    let mut requests = resources.requests.take().unwrap_or_default();
    for (name, request) in aggregate_container_requests(spec) {
        if is_supported_pod_level_resource(name) && is_overcommit_allowed(name) {
            requests.entry(name.to_owned()).or_insert_with(|| written(request.amount));
        }
    }
    for (name, limit) in resources.limits.iter().flatten() {
        if is_supported_pod_level_resource(name) && !requests.contains_key(name) {
            requests.insert(name.clone(), limit.clone());
        }
    }
    resources.requests = Some(requests).filter(|list| !list.is_empty());
}

fn default_limits(resources: &mut ResourceRequirements, spec: &PodSpec) {
    let limited = |name: &str| resources.limits.as_ref().is_some_and(|list| list.contains_key(name));
    let everywhere = |name: &str| {
        let mut containers = spec.containers.iter().chain(spec.init_containers.iter().flatten());
        let limit = |c: &Container| c.resources.as_ref()?.limits.as_ref()?.get(name).map(|_| ());
        // An ephemeral container cannot have limits, so one of them ends it.
        containers.all(|c| limit(c).is_some()) && spec.ephemeral_containers.iter().flatten().next().is_none()
    };
    let requests = resources.requests.iter().flatten();
    let candidates: Vec<(String, Quantity)> = requests
        .filter(|(name, _)| is_supported_pod_level_resource(name) && !limited(name) && everywhere(name))
        .filter_map(|(name, request)| Some((name.clone(), Quantity::parse(&request.0).ok()?)))
        .collect();
    if candidates.is_empty() {
        return;
    }
    let aggregated = aggregate_container_limits(spec);
    for (name, request) in candidates {
        if let Some(limit) = aggregated.get(name.as_str()) {
            let limit = if request > limit.amount { request } else { limit.amount };
            resources.limits.get_or_insert_default().insert(name, written(limit));
        }
    }
}
