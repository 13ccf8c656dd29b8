use k8s_openapi::api::core::v1::PodSpec;

use super::volume::Volumes;
use super::{ErrorList, Options, Path};

/// `validateContainers`.
pub fn validate_containers(
    _spec: &PodSpec,
    _volumes: &Volumes<'_>,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}

/// `validateInitContainers`.
pub fn validate_init_containers(
    _spec: &PodSpec,
    _volumes: &Volumes<'_>,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}

/// `validateEphemeralContainers`.
pub fn validate_ephemeral_containers(
    _spec: &PodSpec,
    _volumes: &Volumes<'_>,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}
