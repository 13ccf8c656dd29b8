//! Volumes that servers take still and no node mounts any more.

use k8s_openapi::api::core::v1::{FlexVolumeSource, FlockerVolumeSource, GitRepoVolumeSource};

use super::mend::Mend;
use super::{BadValue, ErrorList, Path, content};
use crate::i18n::{Message, id};

/// `validateGitRepoVolumeSource`.
pub fn validate_git_repo_volume_source(source: &GitRepoVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.repository.is_empty() {
        errs.missing(&path.child("repository"), "");
    }
    let directory = source.directory.as_deref().unwrap_or_default();
    errs.invalid_each(&path.child("directory"), directory, content::validate_local_descending_path(directory));
}

/// `validateFlockerVolumeSource`.
pub fn validate_flocker_volume_source(source: &FlockerVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    let name = source.dataset_name.as_deref().unwrap_or_default();
    let uuid = source.dataset_uuid.as_deref().unwrap_or_default();
    if name.is_empty() && uuid.is_empty() {
        let detail = "one of datasetName and datasetUUID is required";
        errs.required(path, detail, id::CHECK_API_VOLUME_LEGACY_FLOCKER_NONE);
    }
    if !name.is_empty() && !uuid.is_empty() {
        let detail = "datasetName and datasetUUID can not be specified simultaneously";
        errs.invalid(path, "resource", detail, id::CHECK_API_VOLUME_LEGACY_FLOCKER_BOTH);
    }
    if name.contains('/') {
        let value = BadValue::from(name);
        let message = Message::new(id::CHECK_API_VOLUME_LEGACY_FLOCKER_SLASH).with("value", value.plain());
        errs.invalid(&path.child("datasetName"), value, "must not contain '/'", message);
    }
}

/// `validateFlexVolumeSource`.
pub fn validate_flex_volume_source(source: &FlexVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.driver.is_empty() {
        errs.missing(&path.child("driver"), "");
    }
    for key in source.options.iter().flatten().map(|(key, _)| key) {
        let namespace = format!(".{}", key.split('/').next().unwrap_or_default().to_lowercase());
        if namespace.ends_with(".kubernetes.io") || namespace.ends_with(".k8s.io") {
            let options = path.child("options");
            let at = options.key(key);
            let value = BadValue::from(key);
            let message = Message::new(id::CHECK_API_VOLUME_LEGACY_FLEX_RESERVED).with("value", value.plain());
            let detail = "kubernetes.io and k8s.io namespaces are reserved";
            errs.invalid(&at, value, detail, message).mend(Mend::delete(at.steps()));
        }
    }
}
