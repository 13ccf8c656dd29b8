use k8s_openapi::api::core::v1::{EnvFromSource, EnvVar, ObjectFieldSelector, PodSpec, ResourceFieldSelector};

use super::volume::Volumes;
use super::{ErrorList, Options, Path};

/// `ValidateEnv`.
pub fn validate_env(_env: &[EnvVar], _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}

/// `ValidateEnvFrom`.
pub fn validate_env_from(_sources: &[EnvFromSource], _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}

/// `validateObjectFieldSelector`.
pub fn validate_object_field_selector(
    _selector: &ObjectFieldSelector,
    _allowed: &[&str],
    _path: &Path<'_>,
    _errs: &mut ErrorList,
) {
}

/// `validateContainerResourceFieldSelector`.
pub fn validate_container_resource_field_selector(
    _selector: &ResourceFieldSelector,
    _path: &Path<'_>,
    _volume: bool,
    _errs: &mut ErrorList,
) {
}

/// `validateFileKeyRefVolumes`.
pub fn validate_file_key_ref_volumes(_spec: &PodSpec, _volumes: &Volumes<'_>, _path: &Path<'_>, _errs: &mut ErrorList) {
}
