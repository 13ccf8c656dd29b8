use k8s_openapi::api::core::v1::TopologySpreadConstraint;

use super::{ErrorList, Options, Path};

/// `validateTopologySpreadConstraints`.
pub fn validate_topology_spread_constraints(
    _constraints: &[TopologySpreadConstraint],
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}
