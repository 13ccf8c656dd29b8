//! The defaults of a Pod that a template does not have (`SetDefaults_Pod`).

use k8s_openapi::api::core::v1::{Container, ResourceRequirements};

use super::typed::Pod;
use super::{pod_resources, pod_spec};
use crate::k8s::{Gate, Version};

/// `SetObjectDefaults_Pod`.
pub(super) fn set_defaults(pod: &mut Pod, version: Version) {
    let spec = pod.spec.get_or_insert_default();
    // Up to 1.36 in conversion. A template keeps what is written.
    if let Some(period) = spec.termination_grace_period_seconds.as_mut().filter(|period| **period < 0) {
        *period = 1;
    }
    let containers = spec.containers.iter_mut().chain(spec.init_containers.iter_mut().flatten());
    containers.filter_map(|container| container.resources.as_mut()).for_each(requests_from_limits);
    if Gate::PodLevelResources.on(version) && !Gate::PodLevelResourcesFixDefaulting.on(version) {
        pod_resources::set_defaults_before_fix(spec);
    }
    spec.enable_service_links.get_or_insert(true);
    if spec.host_network == Some(true) {
        spec.containers.iter_mut().for_each(default_host_network_ports);
        spec.init_containers.iter_mut().flatten().for_each(default_host_network_ports);
    }
    pod_spec::set_object_defaults(spec, version);
}

fn requests_from_limits(resources: &mut ResourceRequirements) {
    let Some(limits) = resources.limits.as_ref().filter(|limits| !limits.is_empty()) else { return };
    let requests = resources.requests.get_or_insert_default();
    for (name, limit) in limits {
        if !requests.contains_key(name) {
            requests.insert(name.clone(), limit.clone());
        }
    }
}

fn default_host_network_ports(container: &mut Container) {
    for port in container.ports.iter_mut().flatten() {
        if port.host_port.is_none_or(|p| p == 0) {
            port.host_port = Some(port.container_port);
        }
    }
}
