use k8s_openapi::api::core::v1::{ContainerPort, PodSpec};

use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::{ErrorList, Options, Path};

/// `validateContainerPorts`.
pub fn validate_container_ports(_ports: &[ContainerPort], _path: &Path<'_>, _errs: &mut ErrorList) {}

/// `ValidatePortNumOrName`.
pub fn validate_port_num_or_name(_port: &IntOrString, _path: &Path<'_>, _errs: &mut ErrorList) {}

/// `validatePodHostNetworkDeps`.
pub fn validate_pod_host_network_deps(_spec: &PodSpec, _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}
