use k8s_openapi::api::core::v1::{PersistentVolumeClaimSpec, PersistentVolumeClaimTemplate};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::bad_value::quoted;
use super::mend::Mend;
use super::{BadValue, ErrorList, Options, Path, content, label_selector, object_meta};
use crate::i18n::{Message, id};
use crate::k8s::{Gate, Quantity};

/// `supportedAccessModes`, sorted.
const ACCESS_MODES: [&str; 4] = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
const ALONE: &str = "ReadWriteOncePod";
const VOLUME_MODES: [&str; 2] = ["Block", "Filesystem"];
const CLAIM: &str = "PersistentVolumeClaim";

/// `ValidatePersistentVolumeClaimTemplate`.
pub fn validate_persistent_volume_claim_template(
    template: &PersistentVolumeClaimTemplate,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    if let Some(meta) = &template.metadata {
        validate_template_object_meta(meta, &path.child("metadata"), errs);
    }
    validate_persistent_volume_claim_spec(&template.spec, &path.child("spec"), opts, errs);
}

/// `ValidateTemplateObjectMeta`: labels and annotations, and nothing else that says anything.
fn validate_template_object_meta(meta: &ObjectMeta, path: &Path<'_>, errs: &mut ErrorList) {
    object_meta::validate_annotations(meta.annotations.as_ref(), &path.child("annotations"), errs);
    object_meta::validate_labels(meta.labels.as_ref(), &path.child("labels"), errs);
    let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    // In the order of Go's fields, named as `validateFieldAllowList` makes names of them.
    for (set, name, real) in [
        (said(&meta.name), "name", "name"),
        (said(&meta.generate_name), "generateName", "generateName"),
        (said(&meta.namespace), "namespace", "namespace"),
        (said(&meta.self_link), "selfLink", "selfLink"),
        (said(&meta.uid), "uID", "uid"),
        (said(&meta.resource_version), "resourceVersion", "resourceVersion"),
        (meta.generation.is_some_and(|n| n != 0), "generation", "generation"),
        (meta.creation_timestamp.is_some(), "creationTimestamp", "creationTimestamp"),
        (meta.deletion_timestamp.is_some(), "deletionTimestamp", "deletionTimestamp"),
        (meta.deletion_grace_period_seconds.is_some(), "deletionGracePeriodSeconds", "deletionGracePeriodSeconds"),
        (meta.owner_references.is_some(), "ownerReferences", "ownerReferences"),
        (meta.finalizers.is_some(), "finalizers", "finalizers"),
        (meta.managed_fields.is_some(), "managedFields", "managedFields"),
    ] {
        if set {
            let at = path.child(real);
            let message = Message::new(id::CHECK_API_CLAIM_METADATA).with("key", real);
            let mend = Mend::delete(at.steps());
            errs.forbidden(&path.child(name), "cannot be set", message).at(&at).mend(mend);
        }
    }
}

/// `ValidatePersistentVolumeClaimSpec`.
fn validate_persistent_volume_claim_spec(
    spec: &PersistentVolumeClaimSpec,
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let modes = spec.access_modes.as_deref().unwrap_or_default();
    let modes_path = path.child("accessModes");
    if modes.is_empty() {
        errs.required(&modes_path, "at least 1 access mode is required", id::CHECK_API_CLAIM_ACCESS_MODES);
    }
    if spec.selector.is_some() {
        label_selector::validate_label_selector(spec.selector.as_ref(), &path.child("selector"), errs);
    }
    let (mut alone, mut other) = (false, false);
    for (i, mode) in modes.iter().enumerate() {
        if mode == ALONE {
            alone = true;
        } else if ACCESS_MODES.contains(&mode.as_str()) {
            other = true;
        } else {
            let from = errs.len();
            errs.not_supported(&modes_path, BadValue::Named(mode.clone()), &ACCESS_MODES);
            errs.move_since(from, &modes_path, &modes_path.index(i));
        }
    }
    if alone && other {
        let detail = "may not use ReadWriteOncePod with other access modes";
        errs.forbidden(&modes_path, detail, id::CHECK_API_CLAIM_ALONE);
    }
    validate_storage(spec, path, errs);
    validate_class_name(spec.storage_class_name.as_deref(), &path.child("storageClassName"), errs);
    if let Some(mode) = spec.volume_mode.as_deref().filter(|mode| !VOLUME_MODES.contains(mode)) {
        errs.not_supported(&path.child("volumeMode"), BadValue::Named(mode.to_owned()), &VOLUME_MODES);
    }
    validate_data_sources(spec, path, errs);
    if opts.on(Gate::VolumeAttributesClass) {
        let at = path.child("volumeAttributesClassName");
        validate_class_name(spec.volume_attributes_class_name.as_deref(), &at, errs);
    }
}

/// The amount: upstream's path leaves out `requests`.
fn validate_storage(spec: &PersistentVolumeClaimSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let resources = path.child("resources");
    let said = resources.key("storage");
    let requests = resources.child("requests");
    let at = requests.child("storage");
    match spec.resources.as_ref().and_then(|r| r.requests.as_ref()).and_then(|r| r.get("storage")) {
        None => {
            errs.required(&said, "", id::CHECK_API_CLAIM_NO_STORAGE).at(&at);
        }
        Some(amount) => {
            if let Ok(quantity) = Quantity::parse(&amount.0)
                && quantity.sign().is_le()
            {
                let value = BadValue::Str(Quantity::shown(&amount.0).unwrap_or_default());
                errs.invalid(&said, value, "must be greater than zero", id::CHECK_API_CLAIM_STORAGE).at(&at);
            }
        }
    }
}

/// `ValidateClassName`.
fn validate_class_name(name: Option<&str>, path: &Path<'_>, errs: &mut ErrorList) {
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        errs.invalid_each(path, name, content::is_dns1123_subdomain(name));
    }
}

fn validate_data_sources(spec: &PersistentVolumeClaimSpec, path: &Path<'_>, errs: &mut ErrorList) {
    let (source_path, ref_path) = (path.child("dataSource"), path.child("dataSourceRef"));
    if let Some(source) = &spec.data_source {
        validate_data_source(&source.name, &source.kind, source.api_group.as_deref(), &source_path, errs);
    }
    let Some(reference) = &spec.data_source_ref else { return };
    validate_data_source(&reference.name, &reference.kind, reference.api_group.as_deref(), &ref_path, errs);
    let namespace = reference.namespace.as_deref().filter(|namespace| !namespace.is_empty());
    if let Some(namespace) = namespace {
        errs.invalid_each(&ref_path.child("namespace"), namespace, content::is_dns1123_label(namespace));
    }
    let Some(source) = &spec.data_source else { return };
    if namespace.is_some() {
        let detail = "may not be specified when dataSourceRef.namespace is specified";
        errs.invalid(path, a_path("dataSource"), detail, id::CHECK_API_CLAIM_DATA_SOURCE_TWICE)
            .at(&source_path)
            .mend(Mend::delete(source_path.steps()));
    } else if source.api_group != reference.api_group || source.kind != reference.kind || source.name != reference.name
    {
        errs.invalid(path, a_path("dataSource"), "must match dataSourceRef", id::CHECK_API_CLAIM_DATA_SOURCE_DIFFERS)
            .at(&source_path);
    }
}

/// `validateDataSource`, `validateDataSourceRef`.
fn validate_data_source(name: &str, kind: &str, group: Option<&str>, path: &Path<'_>, errs: &mut ErrorList) {
    if name.is_empty() {
        errs.missing(&path.child("name"), "");
    }
    if kind.is_empty() {
        errs.missing(&path.child("kind"), "");
    }
    match group.unwrap_or_default() {
        "" if kind != CLAIM => {
            let detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
            let message = Message::new(id::CHECK_API_CLAIM_KIND).with("key", path.called());
            errs.invalid(path, kind, detail, message);
        }
        "" => {}
        group => errs.invalid_each(&path.child("apiGroup"), group, content::is_dns1123_subdomain(group)),
    }
}

/// Upstream shows a `field.Path` for a value, which has no public fields.
fn a_path(name: &str) -> BadValue {
    let go = format!("field.Path{{name:{}, index:\"\", parent:(*field.Path)(0xc000000000)}}", quoted(name));
    BadValue::Struct { json: serde_json::json!({}), go }
}

#[cfg(test)]
#[path = "claim_tests.rs"]
mod tests;
