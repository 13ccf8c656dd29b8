use k8s_openapi::api::core::v1::{NodeSelector, NodeSelectorTerm};

use super::{ErrorList, Path};

/// `ValidateNodeSelector`.
pub fn validate_node_selector(_selector: &NodeSelector, _path: &Path<'_>, _errs: &mut ErrorList) {}

/// `ValidateNodeSelectorTerm`; label values are looked at in required terms only.
pub fn validate_node_selector_term(
    _term: &NodeSelectorTerm,
    _label_values: bool,
    _path: &Path<'_>,
    _errs: &mut ErrorList,
) {
}
