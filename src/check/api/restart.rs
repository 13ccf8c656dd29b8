use k8s_openapi::api::core::v1::{Container, PodSpec};

use super::{ErrorList, Options, Path};

/// `validateContainerRestartPolicy`.
pub fn validate_container_restart_policy(
    _container: &Container,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}

/// `validateResizePolicy`.
pub fn validate_resize_policy(
    _container: &Container,
    _spec: &PodSpec,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}
