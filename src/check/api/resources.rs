use k8s_openapi::api::core::v1::{PodSpec, ResourceRequirements};

use super::{ErrorList, Options, Path};

/// `ValidateContainerResourceRequirements`.
pub fn validate_container_resource_requirements(
    _resources: &ResourceRequirements,
    _spec: &PodSpec,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}

/// `validatePodResources`.
pub fn validate_pod_resources(_spec: &PodSpec, _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}

/// `validateOverhead`.
pub fn validate_overhead(_spec: &PodSpec, _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}
