use std::collections::BTreeMap;

use k8s_openapi::api::core::v1::PodSpec;

use super::{ErrorList, Options, Path, Warning};
use crate::i18n::id;

/// `ValidatePodSpecificAnnotations`.
pub fn validate_pod_specific_annotations(
    _annotations: Option<&BTreeMap<String, String>>,
    _spec: &PodSpec,
    _path: &Path<'_>,
    _opts: Options<'_>,
    _errs: &mut ErrorList,
) {
}

/// `validateSeccompAnnotationsAndFields`.
pub fn validate_seccomp_annotations_and_fields(
    _annotations: Option<&BTreeMap<String, String>>,
    _spec: &PodSpec,
    _spec_path: &Path<'_>,
    _errs: &mut ErrorList,
) {
}

/// `validateAppArmorAnnotationsAndFieldsMatchOnCreate`.
pub fn validate_app_armor_annotations_and_fields_match_on_create(
    _annotations: Option<&BTreeMap<String, String>>,
    _spec: &PodSpec,
    _spec_path: &Path<'_>,
    _errs: &mut ErrorList,
) {
}

/// The warning of `applyAppArmorVersionSkew` about an annotation that was copied to its field, or could not be.
pub fn warn_app_armor(key: &str) -> Warning {
    let (metadata, text) = (Path::new("metadata"), "deprecated since v1.30; use the \"appArmorProfile\" field instead");
    let annotations = metadata.child("annotations");
    let path = annotations.key(key);
    Warning::new(&path, format!("{}: {text}", path.field()), id::CHECK_API_APP_ARMOR_ANNOTATION)
}
