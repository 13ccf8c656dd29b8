use k8s_openapi::api::core::v1::Toleration;

use super::{ErrorList, Options, Path};

/// `ValidateTolerations`.
pub fn validate_tolerations(_tolerations: &[Toleration], _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}
