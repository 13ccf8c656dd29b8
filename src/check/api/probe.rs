use k8s_openapi::api::core::v1::{Container, Lifecycle};

use super::{ErrorList, Options, Path};

/// `validateLivenessProbe, validateReadinessProbe, validateStartupProbe`.
pub fn validate_probes(_container: &Container, _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}

/// `validateLifecycle`.
pub fn validate_lifecycle(
    _lifecycle: &Lifecycle,
    _grace_period: Option<i64>,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}
