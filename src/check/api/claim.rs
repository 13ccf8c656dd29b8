use k8s_openapi::api::core::v1::PersistentVolumeClaimTemplate;

use super::{ErrorList, Options, Path};

/// `ValidatePersistentVolumeClaimTemplate`.
pub fn validate_persistent_volume_claim_template(
    _template: &PersistentVolumeClaimTemplate,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}
