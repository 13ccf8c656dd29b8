use std::collections::HashMap;

use k8s_openapi::api::core::v1::{PodSpec, Volume};

use super::{ErrorList, Options, Path};

/// The volumes without a fault, by name: what a mount may name.
pub type Volumes<'s> = HashMap<&'s str, &'s Volume>;

/// `ValidateVolumes`.
pub fn validate_volumes<'s>(
    _spec: &'s PodSpec,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) -> Volumes<'s> {
    Volumes::new()
}
