use k8s_openapi::api::core::v1::{PodSpec, SecurityContext};

use super::{ErrorList, Options, Path};

/// `validatePodSpecSecurityContext`.
pub fn validate_pod_spec_security_context(
    _spec: &PodSpec,
    _spec_path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}

/// `ValidateSecurityContext`; `host_users` is whether the pod uses the host's user namespace.
pub fn validate_security_context(
    _context: &SecurityContext,
    _path: &Path<'_>,
    _host_users: bool,
    _errs: &mut ErrorList,
) {
}

/// `validateHostUsers`.
pub fn validate_host_users(_spec: &PodSpec, _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}
