use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use super::{ErrorList, Path};

/// `ValidateLabelSelector`.
pub fn validate_label_selector(_selector: Option<&LabelSelector>, _path: &Path<'_>, _errs: &mut ErrorList) {}

/// Whether the selector takes the labels (`LabelSelectorAsSelector`, `Matches`); `None` when it is not valid.
/// No selector takes nothing, an empty one everything.
pub fn selects(_selector: Option<&LabelSelector>, _labels: Option<&BTreeMap<String, String>>) -> Option<bool> {
    None
}
