use k8s_openapi::api::core::v1::Container;

use super::volume::Volumes;
use super::{ErrorList, Options, Path};

/// `ValidateVolumeMounts`.
pub fn validate_volume_mounts(
    _container: &Container,
    _volumes: &Volumes<'_>,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}

/// `ValidateVolumeDevices`.
pub fn validate_volume_devices(
    _container: &Container,
    _volumes: &Volumes<'_>,
    _path: &Path<'_>,
    _errs: &mut ErrorList,
) {
}
