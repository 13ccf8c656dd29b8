//! Volumes of one vendor's storage, of drivers (CSI) and of images.

use k8s_openapi::api::core::v1::{
    AzureDiskVolumeSource, AzureFileVolumeSource, CSIVolumeSource, ImageVolumeSource, ScaleIOVolumeSource,
    StorageOSVolumeSource,
};

use super::{BadValue, ErrorList, Options, Path, content};
use crate::i18n::{Message, id};
use crate::k8s::Version;

/// `validateAzureFile`.
pub fn validate_azure_file(source: &AzureFileVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.secret_name.is_empty() {
        errs.missing(&path.child("secretName"), "");
    }
    if source.share_name.is_empty() {
        errs.missing(&path.child("shareName"), "");
    }
}

/// `validateAzureDisk`.
pub fn validate_azure_disk(source: &AzureDiskVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    const CACHING: [&str; 3] = ["None", "ReadOnly", "ReadWrite"];
    const KINDS: [&str; 3] = ["Dedicated", "Managed", "Shared"];
    const MANAGED: &str =
        "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
    const BLOB: &str = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";
    let uri = path.child("diskURI");
    if source.disk_name.is_empty() {
        errs.missing(&path.child("diskName"), "");
    }
    if source.disk_uri.is_empty() {
        errs.missing(&uri, "");
    }
    if let Some(mode) = source.caching_mode.as_deref().filter(|mode| !CACHING.contains(mode)) {
        errs.not_supported(&path.child("cachingMode"), BadValue::Named(mode.to_owned()), &CACHING);
    }
    let Some(kind) = source.kind.as_deref() else { return };
    if !KINDS.contains(&kind) {
        errs.not_supported(&path.child("kind"), BadValue::Named(kind.to_owned()), &KINDS);
    }
    let (begins, form) = if kind == "Managed" { ("/subscriptions/", MANAGED) } else { ("https://", BLOB) };
    if !source.disk_uri.starts_with(begins) {
        errs.not_supported(&uri, &source.disk_uri, &[form]);
    }
}

/// `validateStorageOSVolumeSource`.
pub fn validate_storage_os_volume_source(source: &StorageOSVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    let at = path.child("volumeName");
    match source.volume_name.as_deref().unwrap_or_default() {
        "" => {
            errs.missing(&at, "");
        }
        name => errs.invalid_each(&at, name, content::is_dns1123_label(name)),
    }
    if let Some(namespace) = source.volume_namespace.as_deref().filter(|namespace| !namespace.is_empty()) {
        errs.invalid_each(&path.child("volumeNamespace"), namespace, content::is_dns1123_label(namespace));
    }
    if source.secret_ref.as_ref().is_some_and(|secret| secret.name.is_empty()) {
        errs.missing(&path.child("secretRef").child("name"), "");
    }
}

/// `validateScaleIOVolumeSource`.
pub fn validate_scale_io_volume_source(source: &ScaleIOVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    let volume = source.volume_name.as_deref().unwrap_or_default();
    for (key, value) in [("gateway", source.gateway.as_str()), ("system", &source.system), ("volumeName", volume)] {
        if value.is_empty() {
            errs.missing(&path.child(key), "");
        }
    }
}

/// `validateCSIVolumeSource`.
pub fn validate_csi_volume_source(source: &CSIVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    validate_csi_driver_name(&source.driver, &path.child("driver"), errs);
    let Some(secret) = &source.node_publish_secret_ref else { return };
    let parent = path.child("nodePublishSecretRef");
    let at = parent.child("name");
    if secret.name.is_empty() {
        errs.missing(&at, "");
        return;
    }
    let (from, said) = (errs.len(), path.child("name"));
    errs.invalid_each(&said, &secret.name, content::is_dns1123_subdomain(&secret.name));
    errs.move_since(from, &said, &at);
}

/// `ValidateCSIDriverName`: 1.34 and older check the form of a missing name too.
fn validate_csi_driver_name(driver: &str, path: &Path<'_>, errs: &mut ErrorList) {
    if driver.is_empty() {
        errs.missing(path, "");
        if errs.version >= Version::V1_35 {
            return;
        }
    }
    if driver.len() > 63 {
        let message = Message::new(id::CHECK_API_TOO_LONG).with("key", path.called()).with("most", 63);
        errs.too_long(path, 63, message);
    }
    errs.invalid_each(path, driver, content::is_dns1123_subdomain(&driver.to_lowercase()));
}

/// `validateImageVolumeSource`: templates need the reference since 1.37.
pub fn validate_image_volume_source(
    source: &ImageVolumeSource,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    const POLICIES: [&str; 3] = ["Always", "IfNotPresent", "Never"];
    let empty = source.reference.as_deref().unwrap_or_default().is_empty();
    if empty && (opts.pod.is_some() || opts.version >= Version::V1_37) {
        errs.missing(&path.child("reference"), "");
    }
    let at = path.child("pullPolicy");
    match source.pull_policy.as_deref().unwrap_or_default() {
        "" => {
            errs.missing(&at, "");
        }
        policy if POLICIES.contains(&policy) => {}
        policy => {
            errs.not_supported(&at, BadValue::Named(policy.to_owned()), &POLICIES);
        }
    }
}
