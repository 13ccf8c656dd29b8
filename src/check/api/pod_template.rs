use k8s_openapi::api::core::v1::PodTemplateSpec;

use super::{ErrorList, Path};

/// `ValidatePodTemplateSpec`.
pub fn validate_pod_template_spec(_template: &PodTemplateSpec, _path: &Path<'_>, _errs: &mut ErrorList) {}
