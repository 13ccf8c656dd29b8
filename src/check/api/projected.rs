use k8s_openapi::api::core::v1::ProjectedVolumeSource;

use super::{ErrorList, Options, Path};

/// `validateProjectedVolumeSource`.
pub fn validate_projected_volume_source(
    _source: &ProjectedVolumeSource,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}
