//! Volumes of files: of the node, of NFS, of secrets, config maps and the Pod itself.

use k8s_openapi::api::core::v1::{
    ConfigMapVolumeSource, DownwardAPIVolumeFile, DownwardAPIVolumeSource, HostPathVolumeSource, KeyToPath,
    NFSVolumeSource, SecretVolumeSource,
};

use super::mend::Mend;
use super::{BadValue, ErrorList, Path, content, env};
use crate::i18n::{Message, id};

/// `validVolumeDownwardAPIFieldPathExpressions`, sorted.
const DOWNWARD_FIELDS: [&str; 5] =
    ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

/// `supportedHostPathTypes`, sorted.
const HOST_PATH_TYPES: [&str; 8] =
    ["", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"];

/// `validateHostPathVolumeSource`.
pub fn validate_host_path_volume_source(source: &HostPathVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.path.is_empty() {
        errs.missing(&path.child("path"), "");
        return;
    }
    errs.invalid_each(&path.child("path"), &source.path, content::validate_path_no_backsteps(&source.path));
    if let Some(kind) = source.type_.as_deref().filter(|kind| !HOST_PATH_TYPES.contains(kind)) {
        errs.not_supported(&path.child("type"), BadValue::Named(kind.to_owned()), &HOST_PATH_TYPES);
    }
}

/// `validateNFSVolumeSource`.
pub fn validate_nfs_volume_source(source: &NFSVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.server.is_empty() {
        errs.missing(&path.child("server"), "");
    }
    let at = path.child("path");
    if source.path.is_empty() {
        errs.missing(&at, "");
    }
    if !source.path.starts_with('/') {
        let value = BadValue::from(&source.path);
        let message = Message::new(id::CHECK_API_VOLUME_ABSOLUTE).with("key", "path").with("value", value.plain());
        let error = errs.invalid(&at, value, "must be an absolute path", message);
        if !source.path.is_empty() {
            error.mend(Mend::set(at.steps(), format!("/{}", source.path)));
        }
    }
}

/// `validateSecretVolumeSource`.
pub fn validate_secret_volume_source(source: &SecretVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.secret_name.as_deref().unwrap_or_default().is_empty() {
        errs.missing(&path.child("secretName"), "");
    }
    validate_default_mode(source.default_mode, source.default_user, path, errs);
    for (i, item) in source.items.iter().flatten().enumerate() {
        validate_key_to_path(item, &path.child("items").index(i), errs);
    }
}

/// `validateConfigMapVolumeSource`.
pub fn validate_config_map_volume_source(source: &ConfigMapVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    if source.name.is_empty() {
        errs.missing(&path.child("name"), "");
    }
    validate_default_mode(source.default_mode, source.default_user, path, errs);
    for (i, item) in source.items.iter().flatten().enumerate() {
        validate_key_to_path(item, &path.child("items").index(i), errs);
    }
}

/// `validateDownwardAPIVolumeSource`: upstream's paths leave out which item it is.
pub fn validate_downward_api_volume_source(source: &DownwardAPIVolumeSource, path: &Path<'_>, errs: &mut ErrorList) {
    validate_default_mode(source.default_mode, source.default_user, path, errs);
    for (i, file) in source.items.iter().flatten().enumerate() {
        let from = errs.len();
        validate_downward_api_volume_file(file, path, errs);
        errs.move_since(from, path, &path.child("items").index(i));
    }
}

/// `validateDownwardAPIVolumeFile`.
pub fn validate_downward_api_volume_file(file: &DownwardAPIVolumeFile, path: &Path<'_>, errs: &mut ErrorList) {
    let at = path.child("path");
    if file.path.is_empty() {
        errs.missing(&at, "");
    }
    validate_local_non_reserved_path(&file.path, &at, errs);
    match (&file.field_ref, &file.resource_field_ref) {
        (Some(field), resource) => {
            env::validate_object_field_selector(field, &DOWNWARD_FIELDS, &path.child("fieldRef"), errs);
            if resource.is_some() {
                let detail = "fieldRef and resourceFieldRef can not be specified simultaneously";
                errs.invalid(path, "resource", detail, id::CHECK_API_VOLUME_BOTH_REFS);
            }
        }
        (None, Some(resource)) => {
            let at = path.child("resourceFieldRef");
            env::validate_container_resource_field_selector(resource, &at, true, errs);
        }
        (None, None) => {
            errs.required(path, "one of fieldRef and resourceFieldRef is required", id::CHECK_API_VOLUME_NO_REF);
        }
    }
    validate_mode(file.mode, &path.child("mode"), errs);
    validate_user_field(file.user, &path.child("user"), errs);
}

/// `validateKeyToPath`.
pub fn validate_key_to_path(item: &KeyToPath, path: &Path<'_>, errs: &mut ErrorList) {
    let at = path.child("path");
    if item.key.is_empty() {
        errs.missing(&path.child("key"), "");
    }
    if item.path.is_empty() {
        errs.missing(&at, "");
    }
    validate_local_non_reserved_path(&item.path, &at, errs);
    validate_mode(item.mode, &path.child("mode"), errs);
    validate_user_field(item.user, &path.child("user"), errs);
}

/// `defaultMode` and `defaultUser` of a volume of files.
pub fn validate_default_mode(mode: Option<i32>, user: Option<i64>, path: &Path<'_>, errs: &mut ErrorList) {
    validate_mode(mode, &path.child("defaultMode"), errs);
    validate_user_field(user, &path.child("defaultUser"), errs);
}

/// A file's permissions.
fn validate_mode(mode: Option<i32>, path: &Path<'_>, errs: &mut ErrorList) {
    permissions(mode, 0o777, "must be a number between 0 and 0777 (octal), both inclusive", path, errs);
}

/// The permissions of an `emptyDir`.
pub fn validate_empty_dir_mode(mode: Option<i32>, path: &Path<'_>, errs: &mut ErrorList) {
    permissions(mode, 0o1777, "must be a number between 0 and 01777 (octal), both inclusive", path, errs);
}

fn permissions(mode: Option<i32>, most: i32, detail: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let Some(mode) = mode.filter(|mode| !(0..=most).contains(mode)) else { return };
    let message = Message::new(id::CHECK_API_VOLUME_MODE).with("key", path.called()).with("most", format!("0{most:o}"));
    let error = errs.invalid(path, mode, detail, message);
    // 644 was meant in octal, which YAML would have with a 0 before it.
    if let Ok(meant) = i32::from_str_radix(&mode.to_string(), 8)
        && (0..=most).contains(&meant)
    {
        error.mend(Mend::set(path.steps(), meant));
    }
}

/// `validateUserField`.
pub fn validate_user_field(user: Option<i64>, path: &Path<'_>, errs: &mut ErrorList) {
    let Some(user) = user else { return };
    for fault in content::is_valid_user_id(user) {
        errs.invalid(path, user, &fault.detail, fault.message.with("key", path.called()));
    }
}

/// `ValidateLocalNonReservedPath`.
pub fn validate_local_non_reserved_path(target: &str, path: &Path<'_>, errs: &mut ErrorList) {
    errs.invalid_each(path, target, content::validate_local_non_reserved_path(target));
}
