use k8s_openapi::api::core::v1::Affinity;

use super::{ErrorList, Options, Path};

/// `validateAffinity`.
pub fn validate_affinity(_affinity: &Affinity, _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}
