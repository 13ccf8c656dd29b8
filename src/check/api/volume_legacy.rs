use k8s_openapi::api::core::v1::Volume;

use super::{ErrorList, Options, Path};

/// `validateVolumeSource of the sources of clouds and of old`.
pub fn validate_legacy_source(_volume: &Volume, _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}
