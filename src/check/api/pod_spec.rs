use k8s_openapi::api::core::v1::PodSpec;

use super::{ErrorList, Options, Path};

/// `ValidatePodSpec`.
pub fn validate_pod_spec(_spec: &PodSpec, _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}
